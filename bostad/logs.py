"""What stands in the server's log: events on one line each, never a personnummer."""

import logging


class RefusalsOnOneLine(logging.Filter):
    """A refused request (403, 404, 400) is an event, and no fault whose traceback anyone will read."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True

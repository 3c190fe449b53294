"""Asks the Celery worker to make a file. It is a wish only: beat finds what waits, asked for or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_left_to_beat: ContextVar[bool] = ContextVar("left_to_beat", default=False)


@contextmanager
def left_to_beat() -> Iterator[None]:
    """Inside, nobody is asked: for a command that makes its files by itself, with or without a broker.

    What is still waiting afterwards is found by beat within half a minute.
    """
    token = _left_to_beat.set(True)
    try:
        yield
    finally:
        _left_to_beat.reset(token)


def ask(task: str, pk: int) -> None:
    """Calls the task of `documents.tasks` for one row. A broker that is away costs nothing: beat finds what waits."""
    if _left_to_beat.get():
        return
    from bostad.documents import tasks

    getattr(tasks, task).delay(pk)

"""`make clean-data`: removes what `make run` has stored in var/, so that it starts afresh."""

from __future__ import annotations

import shutil
import sys

from tools.project import VAR, NotReadyError, say, tell
from tools.run import only_one


def main() -> int:
    try:
        with only_one(VAR):
            data = VAR / "postgres"
            if data.is_symlink():  # root's project, closed to the user that PostgreSQL runs as
                shutil.rmtree(data.resolve().parent, ignore_errors=True)
            shutil.rmtree(VAR)
    except NotReadyError as reason:
        return tell(reason)
    say("var/ is gone; the next `make run` starts afresh.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Runs a command with throw-away servers: `python -m tools.with_servers python -m pytest`.

The command sees DATABASE_URL and REDIS_URL; where they are set already (also in .env), those are used and nothing is
started. The servers are gone afterwards, whatever happens.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from types import FrameType

import environ

from tools.processes import outlived_by_nobody
from tools.project import PROJECT, NotReadyError, tell
from tools.servers import addresses, throw_away


def run(command: list[str], env: dict[str, str]) -> int:
    """The command's exit code. It shares our terminal, which brings Ctrl-C to both: it decides, we wait for it."""
    process = subprocess.Popen([*outlived_by_nobody(signal.SIGTERM), *command], env=env)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGINT:
            process.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    code = process.wait()
    return 128 - code if code < 0 else code


def stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    environ.Env.read_env(PROJECT / ".env")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    signal.signal(signal.SIGTERM, stop)
    try:
        with throw_away(os.environ) as servers:
            return run(command, {**os.environ, **addresses(servers)})
    except NotReadyError as reason:
        return tell(reason)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Where things lie, and how the tools speak."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VAR = PROJECT / "var"  # everything made while running: database, secret key, static files, stamps
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"


class NotReadyError(Exception):
    """Something that the reader must do first, said in one sentence and shown without a traceback."""


def say(text: str) -> None:
    print(f"bostad: {text}", flush=True)


def tell(reason: NotReadyError) -> int:
    """Show the sentence; the exit code to leave with."""
    print(f"bostad: {reason}", file=sys.stderr, flush=True)
    return 1


def fingerprint(*parts: bytes | str) -> str:
    """A short name for some content, safe in file names."""
    digest = hashlib.sha256()
    for part in parts:
        data = os.fsencode(part)
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]


def is_current(stamp: Path, mark: str) -> bool:
    """Whether the work behind this stamp file was done for the same inputs."""
    return stamp.is_file() and stamp.read_text() == mark

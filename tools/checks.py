"""Everything that is checked without running a test: `make checks`, and with `--all` what `make quality` adds.

Each check is a command. All run, whatever the others say; only those that fail are heard.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from tools.project import PROJECT

PYTHON = sys.executable
DJANGO = (PYTHON, "-W", "ignore", "manage.py")
IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
AUDIT = ("--progress-spinner=off", "--require-hashes", "--disable-pip", "-r", "requirements.txt")


@dataclass(frozen=True)
class Check:
    """A command that succeeds when all is well."""

    what: str
    command: tuple[str, ...]


MUST_HOLD = (
    Check("code: faults", (PYTHON, "-m", "ruff", "check", "--output-format=concise", ".")),
    Check("code: form", (PYTHON, "-m", "ruff", "format", "--check", "--output-format=concise", ".")),
    Check("order of the house", (PYTHON, "-c", IMPORTS)),
    Check("Django's own checks", (*DJANGO, "check", "--fail-level", "WARNING")),
    Check("models and migrations agree", (*DJANGO, "makemigrations", "--check", "--dry-run")),
)
BESIDES = (
    Check("types", (PYTHON, "-m", "mypy")),
    Check("templates: faults", (PYTHON, "-m", "djlint", "--lint", "--quiet", "templates")),
    Check("templates: form", (PYTHON, "-m", "djlint", "--check", "templates")),
    Check(
        "migrations that would stop a running house",
        (*DJANGO, "lintmigrations", "--settings=tools.quality_settings", "--project-root-path=.", "--quiet", "ok"),
    ),
    Check("packages with known security holes", (PYTHON, "-m", "pip_audit", *AUDIT)),
)


def holds(check: Check) -> bool:
    """Run the check, say in one line how it went, and let it speak where it failed."""
    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "LOG_LEVEL": "WARNING"}
    done = subprocess.run(
        check.command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    failed = done.returncode != 0
    print(f"{'FAILED' if failed else 'ok':<7}{check.what} ({time.monotonic() - started:.1f} s)", flush=True)
    if failed:
        print(done.stdout, flush=True)
    return not failed


def main(words: list[str]) -> int:
    failed = [check for check in (*MUST_HOLD, *(BESIDES if "--all" in words else ())) if not holds(check)]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

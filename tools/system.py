"""What bostad needs from the machine itself: libraries and programs that no Python wheel brings.

Where apt and root (or sudo without a password) are there, what is missing is installed; elsewhere it is named in one
sentence with the command to run. Runs on the machine's own Python, before anything else exists.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.project import PYTHON, NotReadyError, say

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass(frozen=True)
class Need:
    """One thing of the machine's, and how to see whether it is there."""

    what: str
    package: str
    present: Callable[[], bool]
    required: bool = True


def chromium() -> str | None:
    """The path of the machine's Chromium, which the browser tests drive; None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def can_make_virtual_environment() -> bool:
    if PYTHON.exists():
        return True
    return all(importlib.util.find_spec(module) for module in ("venv", "ensurepip"))


def distribution() -> str:
    """The ID in /etc/os-release: `debian`, `ubuntu` and so on; empty where there is no such file."""
    try:
        lines = Path("/etc/os-release").read_text().splitlines()
    except OSError:
        return ""
    return next((line[3:].strip('"') for line in lines if line.startswith("ID=")), "")


def needs(*, for_tests: bool) -> list[Need]:
    """Everything asked of the machine; the tests need a browser besides."""
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    found = [
        Need("Python's venv module", f"{python}-venv", can_make_virtual_environment),
        Need("Pango, which lays out the PDFs", "libpangoft2-1.0-0", lambda: has_library("libpangoft2-1.0.so.0")),
        Need(
            "HarfBuzz-Subset, which trims the fonts in PDFs",
            "libharfbuzz-subset0",
            lambda: has_library("libharfbuzz-subset.so.0"),
            required=for_tests,  # WeasyPrint only warns without it, but the tests take warnings for errors
        ),
    ]
    if for_tests:
        package = "chromium-browser" if distribution() == "ubuntu" else "chromium"
        # Playwright's own Node is linked with it, and a small Debian has none
        found.append(Need("libatomic, for Playwright", "libatomic1", lambda: has_library("libatomic.so.1")))
        found.append(Need("Chromium, which the browser tests drive", package, lambda: chromium() is not None))
    return found


def as_root() -> list[str] | None:
    """What to put before a command so that root runs it without a question; None where that cannot be had."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0:
        return [sudo, "-n"]
    return None


def missing_sentence(missing: list[Need], *, reason: str) -> str:
    """One sentence: what is missing, why it was not installed, and the command that brings it."""
    things = "; ".join(need.what for need in missing)
    command = shlex.join(["sudo", "apt-get", "install", *(need.package for need in missing)])
    return f"this machine lacks {things} ({reason}): run `{command}` (or what your system calls these), then try again."


def provide(*, for_tests: bool) -> None:
    """See to it that the machine has what is needed; refuses with one sentence where it cannot."""
    missing = [need for need in needs(for_tests=for_tests) if not need.present()]
    if not missing:
        return
    apt, root = shutil.which("apt-get"), as_root()
    if apt is None:
        reason = "there is no apt-get to install it with"
    elif root is None:
        reason = "installing it takes root, or sudo without a password"
    else:
        reason = "apt-get could not install it"
        install(missing, apt_get=[*root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"])
    if still := [need for need in missing if need.required and not need.present()]:
        raise NotReadyError(missing_sentence(still, reason=reason))


def install(missing: list[Need], *, apt_get: list[str]) -> None:
    """Each package by itself, so that one which this distribution calls otherwise does not keep the rest away."""
    say(f"Installing {', '.join(need.package for need in missing)} with apt-get.")
    commands = [["update"], *(["install", "-y", "--no-install-recommends", need.package] for need in missing)]
    for command in commands:
        done = subprocess.run(
            [*apt_get, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if done.returncode:
            print(done.stdout.decode(errors="replace"), file=sys.stderr)
    importlib.invalidate_caches()

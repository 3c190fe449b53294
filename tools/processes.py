"""Starting programs that never outlive us, and stopping them for certain."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from signal import Signals

from tools.project import NotReadyError

STOP_SECONDS = 10
SERVER_STOP_SECONDS = 60


@dataclass(frozen=True)
class Running:
    """A program that we started in a session of its own, and the signal that makes it stop in order."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: Signals = Signals.SIGTERM
    seconds: float = STOP_SECONDS

    def ask_to_stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait_or_kill(self) -> None:
        """Wait until it has ended; kill it when that takes too long, and what it has left running in any case."""
        try:
            self.process.wait(self.seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
        kill_group(self.process.pid)
        self.process.wait()

    def stop(self) -> None:
        self.ask_to_stop()
        self.wait_or_kill()


@dataclass(frozen=True)
class Server(Running):
    """A server of our own, and the variable that tells Django where it is. A database writes much before it ends."""

    seconds: float = SERVER_STOP_SECONDS
    variable: str = ""
    url: str = ""


def start(
    command: list[str],
    *,
    when_orphaned: Signals = Signals.SIGTERM,
    user: pwd.struct_passwd | None = None,
    output: int | None = None,
    stdin: int = subprocess.DEVNULL,
    cwd: str | os.PathLike[str] = "/",
    env: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """The program, in a session of its own; the kernel sends it `when_orphaned` when this process is gone."""
    return subprocess.Popen(
        [*outlived_by_nobody(when_orphaned, user), *command],
        start_new_session=True,
        stdin=stdin,
        stdout=output,
        stderr=output,
        cwd=cwd,
        env=server_environment() if env is None else env,
    )


def outlived_by_nobody(when_orphaned: Signals, user: pwd.struct_passwd | None = None) -> list[str]:
    """What stands before a command so that the kernel stops it when its parent dies; runs it as `user` where given."""
    setpriv = shutil.which("setpriv")  # part of util-linux, which every Debian has
    if setpriv is None:
        if user is not None:
            raise NotReadyError("PostgreSQL does not run as root, and `setpriv` (package util-linux) is missing.")
        return []
    change = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] if user else []
    return [setpriv, f"--pdeathsig={when_orphaned.name.removeprefix('SIG')}", *change]


def kill_group(leader: int) -> None:
    """Kill whatever is left of a process group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def server_environment() -> dict[str, str]:
    """What a server sees of our environment: nothing that could turn it (PGDATA, LC_ALL and the like)."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}

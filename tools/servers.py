"""A PostgreSQL and a Valkey of our own, for whichever of DATABASE_URL and REDIS_URL names none."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.postgres import data_folder, servant, socket_folder, start_postgres, temporary_root
from tools.processes import Server
from tools.project import PROJECT, NotReadyError
from tools.valkey import start_valkey


@contextmanager
def kept(
    var: Path, environment: Mapping[str, str], output: Callable[[str], int | None] = lambda name: None
) -> Iterator[list[Server]]:
    """Servers whose data stays in `var`. `output` gives each its place to write to."""
    user = servant()
    with ExitStack() as stack:
        started: list[Server] = []
        if not environment.get("DATABASE_URL"):
            sockets = socket_folder(PROJECT, temporary_root(user), os.geteuid())
            stack.callback(shutil.rmtree, sockets, ignore_errors=True)
            data = data_folder(var, user)
            started.append(start_postgres(data, sockets, durable=True, output=output("postgres")))
            stack.callback(started[-1].stop)
        if not environment.get("REDIS_URL"):
            started.append(start_valkey(var / "valkey", output=output("valkey")))
            stack.callback(started[-1].stop)
        yield started


@contextmanager
def throw_away(environment: Mapping[str, str]) -> Iterator[list[Server]]:
    """Empty servers for one command, gone with all they held after it. They are heard only when they do not start."""
    with ExitStack() as stack:
        root = Path(tempfile.mkdtemp(prefix="bostad-", dir=temporary_root(servant())))
        stack.callback(shutil.rmtree, root, ignore_errors=True)
        root.chmod(0o711)  # PostgreSQL's user must pass; what lies inside is private, each by itself
        log = stack.enter_context((root / "log").open("w+b"))
        started: list[Server] = []
        try:
            if not environment.get("DATABASE_URL"):
                postgres = start_postgres(root / "postgres", root / "s", durable=False, output=log.fileno())
                stack.callback(postgres.stop)
                started.append(postgres)
            if not environment.get("REDIS_URL"):
                started.append(start_valkey(root / "valkey", output=log.fileno()))
                stack.callback(started[-1].stop)
        except NotReadyError:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace"))
            raise
        yield started


def addresses(servers: list[Server]) -> dict[str, str]:
    """What to put into the environment of those who use the servers."""
    return {server.variable: server.url for server in servers}

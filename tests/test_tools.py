"""The tools: what they say to one who lacks something, where they put things, and that their servers come back."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import environ
import psycopg
import pytest
import redis

from tools import postgres, prepare, processes, run, set_up, system
from tools.project import PROJECT, NotReadyError, fingerprint, is_current

# --- what the machine lacks ------------------------------------------------------------------------------------------

PANGO = system.Need("Pango, which lays out the PDFs", "libpangoft2-1.0-0", lambda: False)
TRIMMER = system.Need("HarfBuzz-Subset", "libharfbuzz-subset0", lambda: False, required=False)


def test_what_is_missing_is_said_in_one_sentence_with_the_command() -> None:
    said = system.missing_sentence([PANGO], reason="there is no apt-get to install it with")
    assert "Pango, which lays out the PDFs" in said
    assert "`sudo apt-get install libpangoft2-1.0-0`" in said
    assert "\n" not in said


def test_a_machine_without_root_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "needs", lambda *, for_tests: [PANGO])
    monkeypatch.setattr(system, "as_root", lambda: None)
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(NotReadyError, match="takes root, or sudo without a password"):
        system.provide(for_tests=False)


def test_what_is_only_better_to_have_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "needs", lambda *, for_tests: [TRIMMER])
    monkeypatch.setattr(system, "as_root", lambda: None)
    system.provide(for_tests=False)


def test_only_the_tests_need_a_browser_and_what_drives_it() -> None:
    for_run = {need.package for need in system.needs(for_tests=False)}
    for_tests = {need.package for need in system.needs(for_tests=True)}
    assert {package.removesuffix("-browser") for package in for_tests - for_run} == {"chromium", "libatomic1"}


def test_a_linked_environment_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / ".venv"
    link.symlink_to(PROJECT / ".venv")
    monkeypatch.setattr(set_up, "VENV", link)
    monkeypatch.setattr(set_up.subprocess, "run", lambda *_, **__: pytest.fail("pip was called"))
    set_up.python_packages()


# --- stamps ----------------------------------------------------------------------------------------------------------


def test_a_stamp_is_current_for_the_same_content_only(tmp_path: Path) -> None:
    stamp, mark = tmp_path / "stamp", fingerprint(b"one", "two")
    assert not is_current(stamp, mark)
    stamp.write_text(mark)
    assert is_current(stamp, mark)
    assert not is_current(stamp, fingerprint(b"onet", "wo"))


def test_a_changed_style_sheet_is_collected_anew(tmp_path: Path) -> None:
    for name in ("package-lock.json", "requirements.txt", "bostad/settings.py", "tools/prepare.py", "static/own.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    before = prepare.static_fingerprint(tmp_path)
    assert prepare.static_fingerprint(tmp_path) == before
    (tmp_path / "static/own.css").write_text("changed")
    assert prepare.static_fingerprint(tmp_path) != before


# --- where things lie ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("temporary", ["/tmp", "/run/user/1000", "/" + "mycket_lång_mapp/" * 12])
def test_the_socket_fits_however_long_the_paths_are(temporary: str) -> None:
    folder = postgres.socket_folder(Path("/hem/" + "å" * 200 + "/bostad"), Path(temporary), uid=1000)
    assert len(os.fsencode(folder / postgres.SOCKET_NAME)) < 100


def test_two_projects_and_two_users_have_sockets_of_their_own() -> None:
    def folder(project: str, uid: int) -> Path:
        return postgres.socket_folder(Path(project), Path("/tmp"), uid)

    assert len({folder("/a", 1), folder("/b", 1), folder("/a", 2)}) == 3


def test_django_and_libpq_read_the_address_of_a_socket_alike() -> None:
    sockets = Path("/tmp/mapp med mellanslag & ö/50%")
    url = postgres.database_url(sockets)
    settings = environ.Env.db_url_config(url)
    assert (settings["NAME"], settings["USER"], settings["HOST"]) == ("bostad", "bostad", "")
    assert settings["OPTIONS"] == {"host": str(sockets)}
    assert psycopg.conninfo.conninfo_to_dict(url) == {"user": "bostad", "dbname": "bostad", "host": str(sockets)}


def test_a_private_folder_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "theirs").symlink_to("/")
    with pytest.raises(NotReadyError, match="belongs to another user"):
        postgres.private_folder(tmp_path / "theirs")


def test_only_the_owner_looks_into_a_private_folder(tmp_path: Path) -> None:
    assert postgres.private_folder(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


# --- running ---------------------------------------------------------------------------------------------------------


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = run.secret_key(tmp_path)
    assert len(first) > 50
    assert run.secret_key(tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with run.only_one(tmp_path), pytest.raises(NotReadyError, match="already runs"), run.only_one(tmp_path):
        pass
    with run.only_one(tmp_path):
        pass


def test_a_taken_port_is_named_with_another_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "free", lambda port: False)
    monkeypatch.setattr(run, "PORT_SECONDS", 0)
    with pytest.raises(NotReadyError, match=r"port 8000 is taken.*PORT=8001 make run"):
        run.chosen_port({})


@pytest.mark.parametrize("word", ["åtta", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(word: str) -> None:
    with pytest.raises(NotReadyError, match="no port number"):
        run.chosen_port({"PORT": word})


def test_one_that_ends_is_named() -> None:
    one = processes.Running("worker", processes.start([sys.executable, "-c", "raise SystemExit(3)"]))
    one.process.wait()
    with pytest.raises(NotReadyError, match=r"worker ended by itself \(exit code 3\)"):
        run.died([one])


# --- the servers, for real -------------------------------------------------------------------------------------------

SUPERVISOR = """
import sys, time
from pathlib import Path
from tools.postgres import start_postgres
from tools.valkey import start_valkey
folder = Path(sys.argv[1])
database = start_postgres(folder / "data", folder / "s", durable=True, output=2)
broker = start_valkey(folder / "valkey", output=2)
print("ready", database.url, database.process.pid, broker.url, broker.process.pid, flush=True)
time.sleep(600)
"""


class Supervised:
    """A process that started both servers and then waits."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", SUPERVISOR, str(folder)]
        self.process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        with self.process.stdout as said:
            words = next((line.split()[1:] for line in said if line.startswith("ready ")), None)
        if words is None:
            self.kill()
            pytest.fail("the servers did not start")
        self.database, self.broker = words[0], words[2]
        self.servers = [int(words[1]), int(words[3])]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def kill_and_wait_for_the_servers(self) -> None:
        self.kill()
        end = time.monotonic() + 20
        while any(map(alive, self.servers)):
            assert time.monotonic() < end, "the servers outlived the one who started them"
            time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether the process still runs: a dead one whose parent has not asked about it keeps its number."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place that the user PostgreSQL runs as may enter, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory(prefix="bostad-test ö ", dir=postgres.temporary_root(postgres.servant())) as made:
        Path(made).chmod(0o711)
        yield Path(made)


def test_the_servers_end_with_a_killed_supervisor_and_start_again_on_the_same_data(folder: Path) -> None:
    first = Supervised(folder)
    with psycopg.connect(first.database) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('åäö')")
        assert connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
    with redis.Redis.from_url(first.broker) as broker:
        assert broker.ping()

    first.kill()
    second = Supervised(folder)  # while the first's servers may still be on their way down
    try:
        assert not any(map(alive, first.servers))
        with psycopg.connect(second.database) as connection:
            assert connection.execute("SELECT word FROM kept").fetchone() == ("åäö",)
            assert connection.execute("SELECT upper('åäö'), 'å' < 'z'").fetchone() == ("ÅÄÖ", False)
    finally:
        second.kill_and_wait_for_the_servers()


def test_a_database_that_was_killed_itself_starts_again(folder: Path) -> None:
    first = Supervised(folder)
    os.kill(first.servers[0], signal.SIGKILL)
    first.kill()
    assert (folder / "data" / "postmaster.pid").exists()
    second = Supervised(folder)
    try:
        with psycopg.connect(second.database) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        second.kill_and_wait_for_the_servers()


def test_a_pid_file_that_names_another_program_does_not_hinder(folder: Path) -> None:
    first = Supervised(folder)
    first.kill_and_wait_for_the_servers()
    pid_file = folder / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{folder / 'data'}\n")
    postgres.clear_after_crash(folder / "data", folder / "s")
    assert not pid_file.exists()


def test_a_command_with_servers_has_both_and_nothing_is_left(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.with_servers", sys.executable, "-c"]
    script = (
        "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']).close(); print(os.environ['DATABASE_URL'])"
    )
    alone = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    done = subprocess.run(
        [*command, script + "; raise SystemExit(7)"], cwd=PROJECT, env=alone, capture_output=True, text=True
    )
    assert done.returncode == 7, done.stderr
    host = environ.Env.db_url_config(done.stdout.strip())["OPTIONS"]["host"]
    assert not Path(host).parent.exists()


def test_addresses_that_are_given_are_used_and_nothing_is_started() -> None:
    given = {**os.environ, "DATABASE_URL": "postgres://their/database", "REDIS_URL": "redis://their"}
    command = [sys.executable, "-m", "tools.with_servers", "sh", "-c", 'echo "$DATABASE_URL $REDIS_URL"']
    done = subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, text=True)
    assert done.stdout.split() == ["postgres://their/database", "redis://their"]

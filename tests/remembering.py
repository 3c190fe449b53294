"""What many tests begin with is built once in each process; its rows are kept, and put back for the next test.

    town = remembered("town", lambda: ...)
    contract = along(("contract", wishes), [("registered", register), ("ordered", order)], begun)

The first test that asks has it built by the services, with every guard up and every deferred constraint asked. Whoever
asks for the same later, with nothing else written meanwhile, gets the same rows, as `pg_restore` would put them back:
past triggers that they have passed already. What the test does with them is undone with the test's transaction.

Cases do not know of each other, so what was built beside one may be put back beside another. What changed rows that
were there before, or was asked to stand on one of them, is put back only where exactly the same went before.

Only a superuser may put rows back past the guards, and the role of the tests is none: a function of the superuser's does
it, in the throw-away server that `tools.postgres` starts. On another server, and where a test is no transaction,
everything is built each time.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import psycopg
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from bostad.documents import printing

Value = TypeVar("Value")
Rows = dict[str, list[str]]  # of each table, as PostgreSQL writes a row

STEP_LOG = "casework_steplog"
# Written by migrations and `post_migrate` and by nothing else: they may stay from test to test.
STAYS = {"django_migrations", "django_content_type", "auth_permission", "casework_transition", "casework_casestate"}


@dataclass(frozen=True)
class Wish:
    """What is asked for: a thing, how far it is to come, the how many of its sort, and what it is built upon."""

    name: Hashable
    milestones: tuple[Hashable, ...]
    number: int
    upon: "Path"
    around: Hashable  # the day and the printers, which show in rows as well


@dataclass(frozen=True, eq=False)
class Kept:
    """What came of it."""

    name: Hashable
    is_ground: bool
    value: Any
    statements: str  # that put its rows back


Path = tuple[Kept, ...]  # all that was built since the database was empty, in order
_kept: dict[Wish, Kept] = {}
_building: list[bool] = []
_marks: list[tuple[Path, int]] = []  # where a test stood, and how many rows its transaction had written then


def remembered(name: Any, make: Callable[[], Value], *, is_ground: bool = False) -> Value:
    """What `make` gives; a copy, which may be changed. All else stands on the ground: a town, say."""
    return along(name, [("", lambda _: make())], None, is_ground=is_ground)


def along(
    name: Any, way: Iterable[tuple[Hashable, Callable[[Any], Any]]], begun: Any, *, is_ground: bool = False
) -> Any:
    """The same of what is built in several acts: each takes what the one before it gave, the first `begun`."""
    acts = list(way)
    path = None if _building else _standing()
    if path is None or told_apart(name) is None:
        for _, act in acts:
            begun = act(begun)
        return begun
    stages = _stages(path, name, [milestone for milestone, _ in acts])
    known = max((number for number, either in enumerate(stages, 1) if _known(either)), default=0)
    before = seen = _look() if known < len(acts) else NOTHING
    value = begun
    if known:
        kept = _known(stages[known - 1])
        _put_back(kept)
        value = deepcopy(kept.value)
        _stand((*path, kept))
    for (_, act), either in zip(acts[known:], stages[known:], strict=True):
        with anew():
            value = act(value)
        seen = _look(seen)
        _stand((*path, _keep(either, value, before.rows, seen.rows, is_ground=is_ground)))
    return value


@contextmanager
def anew() -> Iterator[None]:
    """What is asked for meanwhile is built by the services: a part of something, or for a test of what building leaves."""
    _building.append(True)
    try:
        yield
    finally:
        _building.pop()


def forget() -> None:
    """Where numbers begin anew, rows of before would meet them."""
    _kept.clear()


# --- what stands -----------------------------------------------------------------------------------------------------

Either = tuple[Wish, Wish]  # put back anywhere on the same ground, or only where exactly the same went before


def _stages(path: Path, name: Any, milestones: list[Hashable]) -> list[Either]:
    told = told_apart(name)
    ground = tuple(each for each in path if each.is_ground)
    number = sum(each.name == told for each in path)
    around = (timezone.now().date(), *(printer.typeset.__qualname__ for printer in printing._printers.values()))
    anywhere = path if _stands_on_others(name) else ground
    ways = [tuple(milestones[:end]) for end in range(1, len(milestones) + 1)]
    return [(Wish(told, way, number, anywhere, around), Wish(told, way, number, path, around)) for way in ways]


def _known(either: Either) -> Kept | None:
    return next((_kept[wish] for wish in either if wish in _kept), None)


def told_apart(value: Any) -> Hashable:
    """A key that two values share only if they are the same; None where there is no knowing."""
    if isinstance(value, Model):
        return (value._meta.label, value.pk)
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)} | {"": type(value).__name__}
    if isinstance(value, Mapping):
        value = list(value.items())
    if isinstance(value, list | tuple):
        inner = tuple(map(told_apart, value))
        return None if None in inner else inner
    try:
        hash(value)
    except TypeError:
        return None
    return (type(value).__name__, value)


WRITTEN = "(n_tup_ins + n_tup_upd + n_tup_del)"
UNREAD = "relname NOT IN ('django_session', 'audit_readlog')"  # what pages leave behind, and no service asks for
COUNTED = f"SELECT coalesce(sum({WRITTEN}), 0) FROM pg_stat_xact_user_tables WHERE {UNREAD}"
FIRST_WRITTEN = ("organisation_organisation", "organisation_staff", "organisation_setting", "people_person")


def _standing() -> Path | None:
    """All that was built since the database was empty, if nothing else was written. A rollback takes the mark along."""
    if not connection.in_atomic_block or not _can_put_back(connection.settings_dict["NAME"]):
        return None
    mark, writes, written = _ask(
        f"SELECT current_setting('tests.mark', true), pg_current_xact_id_if_assigned() IS NOT NULL, ({COUNTED})"
    )
    if mark:
        path, then = _marks[int(mark)]
        return path if then == written else None
    if writes and _ask(f"SELECT {' OR '.join(f'EXISTS (SELECT FROM {table})' for table in FIRST_WRITTEN)}")[0]:
        return None
    return ()


def _stand(path: Path) -> None:
    _ask(f"SELECT set_config('tests.mark', '{len(_marks)}', true)")
    _marks.append((path, _ask(COUNTED)[0]))


# --- rows ------------------------------------------------------------------------------------------------------------

PUT_BACK = """
CREATE SCHEMA IF NOT EXISTS remembering;
GRANT USAGE ON SCHEMA remembering TO PUBLIC;
CREATE OR REPLACE FUNCTION remembering.put_back(statements text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET session_replication_role = replica
AS $$ BEGIN EXECUTE statements; END $$;
"""


@cache
def _can_put_back(database: str) -> bool:
    """Whether the superuser of a throw-away server, who is let in through its socket as we are, made the function."""
    if _ask("SHOW fsync")[0] == "on":
        return False  # somebody's own server, whose superuser is not ours to be
    socket = connection.connection.info.host
    try:
        with psycopg.connect(dbname=database, host=socket, user="postgres", connect_timeout=5) as superuser:
            superuser.execute(PUT_BACK)
    except psycopg.Error:
        return False
    return True


def _put_back(kept: Kept) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT remembering.put_back(%s)", [kept.statements])


def _keep(either: Either, value: Any, before: Rows, now: Rows, *, is_ground: bool) -> Kept:
    """Keeps what is new since `before`, if nothing waits to be refused."""
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT asked; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK TO asked; RELEASE asked")
    gone, added = _less(before, now), _less(now, before)
    wish = either[1] if gone else either[0]
    statements = [f"DELETE FROM {table} t USING {_these(table, rows)} gone WHERE t.{_key(table)} = gone.{_key(table)}"
                  for table, rows in gone.items()]  # fmt: skip
    statements += [f"INSERT INTO {table} SELECT * FROM {_these(table, rows)}" for table, rows in added.items()]
    if STEP_LOG in added:  # the guards ask whether a step was taken in this very transaction
        statements.append(f"UPDATE {STEP_LOG} SET xid = pg_current_xact_id()::text::bigint")
    _kept[wish] = Kept(wish.name, is_ground, deepcopy(value), ";".join(statements))
    return _kept[wish]


def _stands_on_others(name: Any) -> bool:
    """Whether it names a row or a person, which something else may have to do with."""
    if isinstance(name, Mapping):
        return any(map(_stands_on_others, name.values()))
    if isinstance(name, list | tuple):
        return any(map(_stands_on_others, name))
    return isinstance(name, Model) or is_dataclass(name)


@dataclass(frozen=True)
class Look:
    """What stands in each table, and how often it has been written to."""

    written: Mapping[str, int]
    rows: Rows


NOTHING = Look({}, {})


def _look(last: Look = NOTHING) -> Look:
    """Reads what has been written to since the last look in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT relname, {WRITTEN} FROM pg_stat_xact_user_tables WHERE {WRITTEN} > 0")
        written = {table: times for table, times in cursor.fetchall() if table not in STAYS}
        changed = [table for table, times in written.items() if last.written.get(table) != times]
        rows = {table: found for table, found in last.rows.items() if table not in changed}
        if changed:
            cursor.execute(
                " UNION ALL ".join(f"SELECT '{table}', array_agg(t::text) FROM {table} t" for table in changed)
            )
            rows |= {table: found for table, found in cursor.fetchall() if found}
    return Look(written, rows)


def _less(some: Rows, others: Rows) -> Rows:
    """Those of the rows that are not among the others."""
    found = {}
    for table, rows in some.items():
        known = set(others.get(table, ()))
        if left := [row for row in rows if row not in known]:
            found[table] = left
    return found


def _these(table: str, rows: list[str]) -> str:
    quoted = ("'" + row.replace("'", "''") + "'" for row in rows)
    return f"unnest(ARRAY[{','.join(quoted)}]::{table}[])"


@cache
def _key(table: str) -> str:
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_column(cursor, table)


def _ask(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()

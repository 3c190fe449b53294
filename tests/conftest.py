"""What every test can ask for: a database that forgets, a town with its people, papers that are quick to print."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, TransactionTestCase

from bostad.organisation.models import Staff
from bostad.organisation.scope import Scope
from tests import remembering
from tests.plain_papers import blank_pages
from tests.town import Town, a_town

# --- the process -----------------------------------------------------------------------------------------------------


def pytest_collection_finish() -> None:
    """Thousands of collected tests live as long as the process, and need not be looked through for garbage each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


# --- the database ----------------------------------------------------------------------------------------------------

GUARDS = "SELECT tgrelid::regclass, quote_ident(tgname) FROM pg_trigger WHERE tgtype & 32 > 0 AND NOT tgisinternal"


def forget_everything(test_case: TransactionTestCase) -> None:
    """Instead of Django's `flush`, which logs and history refuse: TRUNCATE fires a guard of theirs.

    The owner of a table may take its guards down, so no superuser is needed; pgtrigger's own switch is dead on purpose.
    What migrations made stays, so that nothing has to be made again.
    """
    remembering.forget()
    tables = sorted(set(connection.introspection.table_names()) - remembering.STAYS)
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        guards = cursor.fetchall()
        cursor.execute(
            "; ".join(
                [
                    *(f"ALTER TABLE {table} DISABLE TRIGGER {guard}" for table, guard in guards),
                    f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))} RESTART IDENTITY",
                    *(f"ALTER TABLE {table} ENABLE TRIGGER {guard}" for table, guard in guards),
                ]
            )
        )


@pytest.fixture(scope="session", autouse=True)
def _forget_our_way() -> Iterator[None]:
    """For `django_db(transaction=True)`, `transactional_db` and `live_server` alike: all of them end in this method."""
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = forget_everything
    yield
    TransactionTestCase._fixture_teardown = flush


# --- papers ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def fast_files() -> Iterator[None]:
    """Each document becomes one blank page in a millisecond instead of a typeset one in a second.

    `register_printer` is how an app says what its papers look like, so this is a printer like another and no stand-in
    for ours: the data are checked as always (what the paper would lack is refused), frozen, hashed and stored.
    For tests that are about who signs what when, never for those about what stands on the paper.
    """
    with blank_pages():
        yield


# --- the town and its people -----------------------------------------------------------------------------------------


@pytest.fixture
def town(db: None) -> Town:
    return a_town()


@pytest.fixture
def administrator(town: Town) -> Scope:
    """Avtalsadministratör at VOF's queue, Debiteringen."""
    return town.administrator


@pytest.fixture
def provider(town: Town) -> Scope:
    """On the staff of Rönngården, a private care provider."""
    return town.provider


@pytest.fixture
def other_provider(town: Town) -> Scope:
    return town.other_provider


@pytest.fixture
def manager(town: Town) -> Scope:
    """Enhetschef at VOF."""
    return town.manager


@pytest.fixture
def property_officer(town: Town) -> Scope:
    """FF-handläggare, who lets kommunala kontrakt."""
    return town.property_officer


@pytest.fixture
def coordinator(town: Town) -> Scope:
    """Bosamordnare at SOF, who lets försöks-, tränings- and jourlägenheter."""
    return town.coordinator


@pytest.fixture
def caseworker(town: Town) -> Scope:
    """Biståndshandläggare at VOF."""
    return town.caseworker


@pytest.fixture
def other_department(town: Town) -> Scope:
    """Avtalsadministratör, but at SOF."""
    return town.other_department


@pytest.fixture
def outsider(town: Town) -> Scope:
    """Signs in, and has no role."""
    return town.outsider


@pytest.fixture
def log_reviewer(town: Town) -> Scope:
    """Logggranskare at VOF: sees who has read, never what."""
    return town.log_reviewer


@pytest.fixture
def signed_in(client: Client):
    """`signed_in(administrator)` gives a browser-less client in which that person is signed in."""

    def as_(scope: Scope) -> Client:
        client.force_login(Staff.objects.get(pk=scope.staff_id), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


@pytest.fixture
def on_the_day(settings: Any, tmp_path: Path) -> Iterator[None]:
    """The clock at the door stands still on `tests.pages.DAY`; static files need no manifest."""
    plain_static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain_static}
    settings.STATIC_ROOT, settings.SECURE_SSL_REDIRECT = tmp_path, False
    with time_machine.travel("2026-10-20 10:00Z", tick=False):
        yield

"""What every test of referrals can ask for."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.plain_papers import blank_pages
from tests.referrals.town import Referring, a_referring_town
from tests.town import Town, a_town


@pytest.fixture
def place(town: Town) -> Referring:
    return a_referring_town(town)


@pytest.fixture(scope="module")
def one_place(django_db_setup: None, django_db_blocker) -> Iterator[Referring]:
    """One town for a whole module, on blank papers: what a test changes is forgotten after it, the town after the last.

    For tables of many short questions to the same case. A test that asks for it asks for `db` as well.
    """
    with django_db_blocker.unblock(), blank_pages(), transaction.atomic():
        yield a_referring_town(a_town())
        transaction.set_rollback(True)

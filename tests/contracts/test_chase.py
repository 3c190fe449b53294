"""The list of originals to chase: its button counts what it writes, and afterwards it says when that was."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from bostad.casework.refusals import StepNotTaken
from bostad.documents.models import Letter
from contracts import chasing
from contracts.models import Contract
from contracts.services import issuing
from tests.making import a_contract, a_dwelling
from tests.pages import DAY, client_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files", "on_the_day")]
PAGE = "contracts:chase"


class _Undone(Exception):
    pass


def is_written(contract: Contract, by, today: date) -> bool:
    """Whether the step itself writes a reminder; what it did is undone."""
    try:
        with transaction.atomic():
            issuing.remind_provider(contract.pk, by=by, today=today)
            raise _Undone
    except _Undone:
        return True
    except StepNotTaken:
        return False


@pytest.fixture
def later() -> Iterator[date]:
    """Two days after the originals of a contract that was handed over should have been back."""
    with time_machine.travel("2026-10-28 10:00Z", tick=False):
        yield date(2026, 10, 28)


@pytest.mark.rule("R-0-17")
def test_what_can_be_reminded_of_is_what_the_step_writes(town):
    contracts = [a_contract(town, state) for state in ("dispatched", "received", "signed", "handed_over", "sent_back")]
    contracts += [a_contract(town, state) for state in ("active", "moved_out", "sent_back_again")]
    contracts.append(a_contract(town, "issued"))
    reminded = a_contract(town, "handed_over")
    issuing.remind_provider(reminded.pk, by=town.administrator, today=date(2026, 10, 27))
    contracts.append(reminded)
    seen = set()
    for by in (town.administrator, town.other_department):
        for today in (
            DAY,
            date(2026, 10, 27),
            date(2026, 10, 28),
            date(2026, 11, 10),
            date(2027, 6, 30),
            date(2027, 7, 30),
        ):
            expected = {contract.pk for contract in contracts if is_written(contract, by, today)}
            assert chasing.to_remind(contracts, by=by, today=today) == expected, (by.name, today)
            seen.add(len(expected))
    assert len(seen) > 2, seen


@pytest.mark.rule("R-0-17")
def test_the_button_counts_what_it_writes_and_is_then_replaced_by_the_day(town, later):
    client = client_of(town.administrator)
    for state in ("handed_over", "handed_over", "active"):
        a_contract(town, state)
    assert "Skriv 2 påminnelser" in text_of(client.get(reverse(PAGE)))
    after = text_of(client.post(reverse("contracts:remind_all"), follow=True)).replace("\u00a0", " ")
    assert "2 påminnelser ligger i utskriftskön" in after
    assert Letter.objects.filter(kind="reminder").count() == 2
    assert "Skriv " not in after.partition("<main")[2]
    assert "Senaste påminnelsen skrevs 28 okt 2026" in after
    assert after.count("1 gång<small>senast 28 okt 2026</small>") == 2
    again = text_of(client.post(reverse("contracts:remind_all"), follow=True))
    assert "Det finns ingen påminnelse att skriva idag." in again
    assert Letter.objects.filter(kind="reminder").count() == 2


@pytest.mark.rule("R-0-26")
def test_who_was_reminded_lately_is_not_reminded_again_with_the_others(town):
    contract = a_contract(town, "handed_over")
    on, by = date(2026, 10, 28), town.administrator
    issuing.remind_provider(contract.pk, by=by, today=on)
    for days, expected in ((1, set()), (6, set()), (7, {contract.pk})):
        today = on + timedelta(days=days)
        assert chasing.to_remind([contract], by=by, today=today, rest_days=7) == expected, days
    assert chasing.to_remind([contract], by=by, today=on + timedelta(days=1)) == {contract.pk}  # one by one it may be


def test_the_list_and_its_button_can_be_of_one_provider(town, later):
    client = client_of(town.administrator)
    here = a_contract(town, "handed_over")
    elsewhere = a_dwelling(town, provider=town.lindgarden)
    there = a_contract(town, "handed_over", dwelling=elsewhere, orders="other_provider")
    whole = text_of(client.get(reverse(PAGE)))
    assert here.number in whole and there.number in whole
    mine = text_of(client.get(reverse(PAGE), {"utforare": town.lindgarden.pk})).partition("<main")[2]
    assert there.number in mine and here.number not in mine
    assert "Skriv en påminnelse" in mine
    client.post(reverse("contracts:remind_all"), {"utforare": town.lindgarden.pk})
    assert set(Letter.objects.filter(kind="reminder").values_list("case", flat=True)) == {there.pk}

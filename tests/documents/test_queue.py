"""The print queue: a letter is struck out or printed again for a reason, and the posting list can be taken along."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bostad.casework.models import JournalEntry
from bostad.casework.refusals import StepNotTaken
from bostad.documents import letters
from bostad.documents.models import Letter
from contracts.services import issuing
from tests import making
from tests.making import DAYS, a_contract
from tests.pages import DAY, client_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files", "on_the_day")]


@pytest.fixture
def reminder(town) -> Letter:
    contract = a_contract(town, "handed_over")
    issuing.remind_provider(contract.pk, by=town.administrator, today=date(2026, 10, 27))
    making.the_worker(DAY)
    return Letter.objects.get(case=contract, kind="reminder")


def ask(client, name, letter, why="Bladet kom just med posten"):
    return text_of(client.post(reverse(f"documents:{name}", args=[letter.pk]), {"why": why}, follow=True))


def test_a_reminder_is_struck_out_for_a_reason_that_stands_in_the_journal(town, reminder):
    client = client_of(town.administrator)
    address = reverse("documents:strike", args=[reminder.pk])
    assert address in text_of(client.get(reverse("documents:print_queue")))
    assert "Fyll i skäl" in ask(client, "strike", reminder, why=" ")
    assert "klart" in ask(client, "strike", reminder)
    reminder.refresh_from_db()
    assert reminder.state == "cancelled"
    note = JournalEntry.objects.get(case=reminder.case_id)
    assert note.text == f"{reminder.title} ströks ur utskriftskön: Bladet kom just med posten"
    assert "brevet är struket" in ask(client, "strike", reminder)
    assert JournalEntry.objects.count() == 1


def test_a_letter_that_a_step_rests_on_is_not_struck_out_alone(town):
    contract = a_contract(town, "issued")
    making.the_worker(DAY)
    letter = contract.letters.get(kind="contract")
    client = client_of(town.administrator)
    assert reverse("documents:strike", args=[letter.pk]) not in text_of(client.get(reverse("documents:print_queue")))
    assert "hör till ett steg" in ask(client, "strike", letter)
    letter.refresh_from_db()
    assert letter.state == "queued"


def go_on_until_closed(town, contract):
    way = making.way_to("closed")
    made = making.Making(town)
    made.pk, made.dwelling = contract.pk, contract.dwelling
    for milestone in way[way.index("active") + 1 :]:
        making.ACTS[milestone](made, DAYS[milestone])


def test_what_is_queued_in_a_case_that_has_closed_says_so_and_may_be_struck_out(town):
    contract = a_contract(town, "active")
    issuing.notify_owner(contract.pk, by=town.administrator, today=DAYS["active"])
    making.the_worker(DAYS["active"])
    letter, client = Letter.objects.get(case=contract, kind="owner_notice"), client_of(town.administrator)
    address = reverse("documents:strike", args=[letter.pk])
    open_page = text_of(client.get(reverse("documents:print_queue")))
    assert "Ärendet är avslutat" not in open_page
    assert address not in open_page
    go_on_until_closed(town, contract)
    closed_page = text_of(client.get(reverse("documents:print_queue")))
    assert "Ärendet är avslutat" in closed_page
    assert address in closed_page
    assert "klart" in ask(client, "strike", letter, why="Hyresförhållandet är redan slut")
    letter.refresh_from_db()
    assert letter.state == "cancelled"


def test_a_printed_letter_is_printed_again_for_a_reason(town):
    contract = a_contract(town, "printed")
    letter = contract.letters.get(kind="contract")
    first, client = letter.batch, client_of(town.administrator)
    assert reverse("documents:print_again", args=[letter.pk]) in text_of(client.get(reverse("documents:print_queue")))
    ask(client, "print_again", letter, why="Skrivaren rev sönder bladet")
    letter.refresh_from_db()
    assert letter.state == "printed"
    assert letter.batch != first
    assert JournalEntry.objects.get(case=contract.pk).text.endswith("skrevs ut igen: Skrivaren rev sönder bladet")


def test_what_waits_to_be_printed_is_not_printed_again(town, reminder):
    with pytest.raises(StepNotTaken, match="i utskriftskön"):
        letters.print_again(letter_id=reminder.pk, why="x", by=town.administrator, today=DAY)


def test_nobody_else_strikes_out_or_prints_again(town, reminder):
    for by in (town.provider, town.caseworker, town.other_department, town.property_officer):
        for act in (letters.strike, letters.print_again):
            with pytest.raises(PermissionDenied):
                act(letter_id=reminder.pk, why="x", by=by, today=DAY)


def test_the_posting_list_can_be_taken_along(town):
    contract = a_contract(town, "issued")
    letter = contract.letters.get(kind="contract")
    Letter.objects.filter(pk=letter.pk).update(recipient={**letter.recipient, "name": "=Sara\x07"})
    making.print_letters(contract, by=town.administrator, today=DAY)
    letter.refresh_from_db()
    response = client_of(town.administrator).get(reverse("documents:batch_csv", args=[letter.batch_id]))
    heading, line = csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert heading[:3] == ["Ärende", "Brev", "Till"]
    assert line[:3] == [contract.number, letter.title, "'=Sara"]
    assert line[-2:] == ["Utskrivet", ""]

"""Bytes: where they lie, that they are what the row says, and that one file that cannot be made stops no other."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bostad.casework.models import JournalEntry
from bostad.casework.refusals import StepNotTaken
from bostad.documents import letters, printing, services, tasks
from bostad.documents.models import Document, DocumentFile, PrintBatch
from tests import making
from tests.making import a_contract
from tests.pages import DAY, PDF, client_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files", "on_the_day")]


# --- where they lie --------------------------------------------------------------------------------------------------


def test_no_list_of_letters_fetches_the_bytes_of_a_print_file(town):
    contract = a_contract(town, "municipality_signed")
    batch = contract.letters.get(kind="contract").batch
    client = client_of(town.administrator)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("documents:print_queue"))
        client.get(reverse("documents:batch", args=[batch.pk]))
        letters.post(letter_id=contract.letters.get(kind="contract").pk, on=DAY, by=town.administrator, today=DAY)
    assert not [q["sql"] for q in queries if '"content"' in q["sql"]]
    assert client.get(reverse("documents:batch_file", args=[batch.pk])).content.startswith(b"%PDF")


# --- that they are what the row says ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stored", [None, b"another file"])
def test_no_document_is_ready_without_the_file_that_its_hash_is_of(town, stored):
    contract = a_contract(town, "ordered")
    document = contract.documents.get(kind="order")
    copy = Document.objects.get(pk=document.pk)
    copy.pk, copy.file_state, copy.sha256 = None, "waiting", ""
    copy.save()
    if stored:
        DocumentFile.objects.create(document=copy, content=stored)
    with pytest.raises(IntegrityError, match="its file is there"), transaction.atomic():
        Document.objects.filter(pk=copy.pk).update(file_state="ready", sha256="0" * 64)
    with pytest.raises(IntegrityError, match="its file is there"), transaction.atomic():
        copy.pk, copy.file_state, copy.sha256 = None, "ready", "0" * 64
        copy.save(force_insert=True)


def test_a_document_that_came_in_is_ready_at_once_with_its_own_hash(town):
    contract = a_contract(town, "ordered")
    document = services.receive(
        case=contract, title="Intyg", content=PDF, content_type="application/pdf", on=DAY, by=town.administrator
    )
    document.refresh_from_db()
    assert document.is_ready
    assert bytes(document.file.content) == PDF


# --- what cannot be made ---------------------------------------------------------------------------------------------


@pytest.fixture
def asked_for(monkeypatch):
    """The numbers of the documents that beat has put in the queue."""
    numbers = []
    monkeypatch.setattr(tasks.make_file, "delay", numbers.append)
    monkeypatch.setattr(tasks.make_batch, "delay", lambda pk: numbers.append(-pk))
    return numbers


@pytest.fixture
def broken_press(fast_files):
    """Fails as no press should: with an error that is no sentence of ours."""

    def typeset(data, sheet):
        raise RuntimeError("out of paper")

    real = printing.printer("order")
    printing.register_printer("order", replace(real, typeset=typeset))
    yield
    printing.register_printer("order", real)


def ordered(town) -> Document:
    return a_contract(town, "ordered").documents.get(kind="order")


def test_beat_asks_for_the_oldest_first_and_not_again_within_minutes(town, asked_for):
    first, second = ordered(town), ordered(town)
    tasks.make_what_waits()
    assert asked_for == [first.pk, second.pk]
    tasks.make_what_waits()
    assert asked_for == [first.pk, second.pk]
    Document.objects.filter(pk=second.pk).update(asked_at=timezone.now() - timedelta(minutes=6))
    tasks.make_what_waits()
    assert asked_for == [first.pk, second.pk, second.pk]


def test_those_that_fail_do_not_stand_before_the_others(town, asked_for, monkeypatch):
    first, second = ordered(town), ordered(town)
    tasks._ask_again(Document, tasks.make_file, 1)
    tasks._ask_again(Document, tasks.make_file, 1)
    assert asked_for == [first.pk, second.pk]


@pytest.mark.usefixtures("broken_press")
def test_a_file_that_fails_again_and_again_is_given_up_in_words(town):
    document = ordered(town)
    for _ in range(5):
        with pytest.raises(RuntimeError):
            services.make_file(document.pk)
        document.refresh_from_db()
        assert document.file_state == "waiting"
    services.make_file(document.pk)
    document.refresh_from_db()
    assert document.file_state == "failed"
    assert "Framställningen avbröts flera gånger" in document.file_problem


def test_a_worker_that_was_killed_has_tried_too(town):
    """It leaves no word behind: the attempt is counted before it is made."""
    document = ordered(town)
    for _ in range(5):
        assert services.begin_attempt(Document, document.pk)
    assert not services.begin_attempt(Document, document.pk)


def test_a_print_file_that_cannot_be_joined_is_given_up_too(town, monkeypatch):
    contract = a_contract(town, "issued")
    making.the_worker(DAY)
    chosen = [contract.letters.get(kind="contract").pk]
    batch = letters.print_letters(letters=chosen, by=town.administrator, today=DAY)
    monkeypatch.setattr(letters.pdf, "join", lambda contents: 1 / 0)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            letters.make_batch_file(batch.pk)
    letters.make_batch_file(batch.pk)
    batch.refresh_from_db()
    assert (batch.file_state, batch.attempts) == ("failed", 5)
    assert not PrintBatch.objects.to_ask_for(timezone.now()).exists()


def test_a_file_that_comes_at_last_is_as_good_as_any(town):
    document = ordered(town)
    Document.objects.filter(pk=document.pk).update(attempts=4)
    services.make_file(document.pk)
    document.refresh_from_db()
    assert (document.file_state, document.attempts) == ("ready", 5)


@pytest.mark.usefixtures("broken_press")
def test_what_could_not_be_made_is_made_again_when_somebody_asks(town, asked_for, django_capture_on_commit_callbacks):
    document = ordered(town)
    Document.objects.filter(pk=document.pk).update(attempts=5)
    services.make_file(document.pk)
    page, again = (
        reverse("documents:documents", args=[document.case.number]),
        reverse("documents:make_again", args=[document.pk]),
    )
    client, elsewhere = client_of(town.administrator), client_of(town.other_department)
    assert again in text_of(client.get(page))
    assert elsewhere.post(again).status_code == 404
    assert again not in text_of(client_of(town.provider).get(page))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(again)
    assert asked_for == [document.pk]
    document.refresh_from_db()
    assert (document.file_state, document.attempts, document.file_problem) == ("waiting", 0, "")
    note = JournalEntry.objects.get(case=document.case_id)
    assert note.text.startswith(
        "Beställning av andrahandskontrakt framställs igen. Det som hindrade var: Framställningen avbröts flera gånger."
    )
    assert note.by_id == town.administrator.staff_id
    with pytest.raises(StepNotTaken, match="framställs just nu"):
        services.make_again(document_id=document.pk, by=town.administrator, today=DAY)
    assert JournalEntry.objects.count() == 1

"""What comes in: who may file it and when, what becomes of a paper in the wrong case, and papers with a hidden address."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.urls import reverse

from bostad.audit.models import ReadLog
from bostad.casework.refusals import StepNotTaken
from bostad.documents import services
from bostad.documents.models import Document, VoidedDocument
from tests import making
from tests.making import a_contract
from tests.pages import DAY, PDF, a_place, client_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files", "on_the_day")]
FORM = "Lägg till en handling"


def send(client, contract, title="Intyg"):
    upload = SimpleUploadedFile("intyg.pdf", PDF, "application/pdf")
    address = reverse("documents:documents", args=[contract.number])
    return client.post(address, {"title": title, "on": str(DAY), "file": upload})


def page(client, contract) -> str:
    return text_of(client.get(reverse("documents:documents", args=[contract.number])))


# --- who, and when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["administrator", "provider"])
def test_who_works_with_an_open_case_files_what_comes_in(town, role):
    contract, client = a_contract(town, "dispatched"), client_of(getattr(town, role))
    assert FORM in page(client, contract)
    assert send(client, contract).status_code == 302
    assert contract.documents.filter(title="Intyg").exists()


@pytest.mark.parametrize("role", ["administrator", "provider"])
def test_nothing_comes_into_a_closed_case(town, role):
    contract, client = a_contract(town, "cancelled"), client_of(getattr(town, role))
    assert contract.closed_on
    assert FORM not in page(client, contract)
    assert send(client, contract).status_code == 403
    assert not contract.documents.filter(title="Intyg").exists()


def test_nobody_else_files_anything_whatever_the_door(town):
    contract = a_contract(town, "dispatched")
    for by in (town.other_provider, town.other_department, town.outsider, town.log_reviewer):
        with pytest.raises(PermissionDenied):
            services.receive(case=contract, title="x", content=PDF, content_type="application/pdf", on=DAY, by=by)


# --- in the wrong case -----------------------------------------------------------------------------------------------


@pytest.fixture
def place(town):
    return a_place(town)


def void(client, document, why="Hör till en annan hyresgäst"):
    return client.post(reverse("documents:void", args=[document.pk]), {"why": why})


def test_a_voided_document_stays_with_who_and_why_and_only_the_manager_opens_it(town, place):
    administrator, manager = client_of(town.administrator), client_of(town.manager)
    address = reverse("documents:file", args=[place.received.pk])
    assert administrator.get(address).status_code == 200
    assert void(administrator, place.received).status_code == 302
    shown = page(administrator, place.contract)
    assert "Makulerad" in shown
    assert "Gun-britt" in shown.partition("Makulerad ")[2][:200]
    assert "Hör till en annan hyresgäst" in shown
    assert "Intyg från läkare" not in shown
    assert administrator.get(address).status_code == 404
    assert "Intyg från läkare" in page(manager, place.contract)
    assert manager.get(address).status_code == 200


def test_what_a_provider_sent_into_the_wrong_case_is_gone_for_it(town, place):
    provider = client_of(town.provider)
    send(provider, place.contract, "Fullmakt för en annan")
    document = Document.objects.get(title="Fullmakt för en annan")
    assert void(provider, document).status_code == 403
    void(client_of(town.administrator), document)
    assert "Fullmakt för en annan" not in page(provider, place.contract)
    assert "Makulerad" not in page(provider, place.contract)
    assert provider.get(reverse("documents:file", args=[document.pk])).status_code == 404


def test_a_document_is_voided_once_for_a_reason_and_for_ever(town, place):
    client = client_of(town.administrator)
    assert "Svara på frågan" in text_of(void(client, place.received, why=" "))
    void(client, place.received)
    void(client, place.received, why="Ett annat skäl")
    voided = VoidedDocument.objects.get()
    assert voided.why == "Hör till en annan hyresgäst"
    with pytest.raises(ProgrammingError), transaction.atomic():
        VoidedDocument.objects.update(why="x")


def test_what_the_department_issued_is_not_voided_here(town, place):
    with pytest.raises(StepNotTaken, match="kommit in"):
        services.void(document=place.document, why="x", by=town.administrator)


# --- a hidden address ------------------------------------------------------------------------------------------------


@pytest.fixture
def hidden(town):
    contract = a_contract(town, "dispatched", protected=True)
    making.let_handle(town, contract, town.provider)
    return contract


@pytest.mark.parametrize("role", ["administrator", "provider"])
def test_a_paper_of_a_restricted_case_opens_for_a_reason_that_is_logged(town, hidden, role):
    client = client_of(getattr(town, role))
    document = hidden.documents.filter(kind="contract").first()
    address = reverse("documents:file", args=[document.pk])
    for refused in (client.get(address), client.post(address), client.post(address, {"reason": "  "})):
        assert refused["Content-Type"].startswith("text/html")
        assert "Varför behövs handlingen?" in text_of(refused)
    before = ReadLog.objects.count()
    opened = client.post(address, {"reason": "Nycklarna ska lämnas"})
    assert opened["Content-Type"] == "application/pdf"
    (row,) = ReadLog.objects.order_by("id")[before:]
    assert row.why.startswith("Nycklarna ska lämnas. Handling: ")
    assert (row.case_ids, len(row.person_ids)) == ([hidden.pk], 1)


def test_a_paper_of_another_case_opens_at_once(town):
    document = a_contract(town, "dispatched").documents.filter(kind="contract").first()
    opened = client_of(town.provider).get(reverse("documents:file", args=[document.pk]))
    assert opened["Content-Type"] == "application/pdf"


def test_who_prints_gives_no_reason_for_each_batch(town, hidden):
    batch = hidden.letters.get(kind="contract").batch
    opened = client_of(town.administrator).get(reverse("documents:batch_file", args=[batch.pk]))
    assert opened["Content-Type"] == "application/pdf"

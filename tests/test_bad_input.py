"""Whatever is typed or sent: a sentence in Swedish or a sane page, never an error, and nothing of another's is touched."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from bostad.casework import steps
from bostad.casework.models import Case, Consent, Deadline, JournalEntry
from bostad.documents.models import Document, Letter
from bostad.forms import DateField, MoneyField
from bostad.organisation.models import Staff
from bostad.organisation.scope import Scope
from contracts.kind import CONTRACT
from contracts.models import Contract
from tests import making
from tests.factories import a_personnummer
from tests.pages import DAY, PDF, a_place, client_of, text_of
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

LONG = "å" * 6000
HTML = '<script>alert("x")</script>\u202e😀'
RUBBISH = [
    "",
    LONG,
    "\0",
    "a\0b",
    "9999-12-31",
    "0001-01-01",
    "-1",
    "9" * 5000,
    "²",
    "1e400",
    HTML,
    "None",
    "[]",
    "' OR 1=1",
]
EVERYWHERE = [LONG, "a\0b", "9999-12-31", HTML, "-1"]
# What the field lets through, so that it is the step that must answer: tried in one field at a time.
BY_SORT: list[tuple[type, list[str]]] = [
    (DateField, ["2095-12-31", "1953-01-01"]),
    (MoneyField, ["9999999,99"]),
    (forms.IntegerField, ["1"]),
    (forms.ModelChoiceField, []),
    (forms.ChoiceField, []),
    (forms.CharField, [LONG]),
]
ENGLISH = re.compile(
    r"\b(this field|enter a|ensure|select a|null characters|not allowed|invalid|required)\b", re.IGNORECASE
)


def fine(response: Any) -> bool:
    """Also that what a form says of it is Swedish."""
    context = response.context or {}
    for name in ("form", "note_form", "contact_form", "filter_form"):
        form = context.get(name) if response.context else None
        if isinstance(form, forms.BaseForm) and form.is_bound:
            said = " ".join(str(text) for texts in form.errors.values() for text in texts)
            assert not ENGLISH.search(said), said
    return response.status_code in (200, 302, 404, 409)


def undone(client: Client, address: str, data: dict[str, Any]) -> Any:
    """The answer, and nothing of what it did."""
    with transaction.atomic():
        response = client.post(address, data)
        transaction.set_rollback(True)
    return response


def filled(form: forms.BaseForm) -> dict[str, Any]:
    """Something that each field of the form takes, where that can be known."""
    return {form.add_prefix(name): _value(form, name, field) for name, field in form.fields.items()}


def _value(form: forms.BaseForm, name: str, field: forms.Field) -> Any:
    known = form.get_initial_for_field(field, name)
    if known not in (None, ""):
        return field.prepare_value(known)
    if isinstance(field, DateField):
        return str(DAY)
    if isinstance(field, forms.ModelChoiceField):
        return field.queryset.values_list("pk", flat=True).first() or ""
    if isinstance(field, forms.MultipleChoiceField):
        return [value for value, _ in field.choices]
    if isinstance(field, forms.ChoiceField):
        return next((value for value, _ in field.choices if value), "")
    return {"personnummer": a_personnummer(7), "postal_code": "59099", "notice_months": "3"}.get(name, "8")


def one_wrong(form: forms.BaseForm) -> Iterator[dict[str, Any]]:
    """The filled form with rubbish of its own sort in one field at a time."""
    right = filled(form)
    for name, field in form.fields.items():
        for sort, rubbish in BY_SORT:
            if isinstance(field, sort):
                for text in rubbish:
                    yield right | {form.add_prefix(name): text}
                break


def tried(client: Client, address: str, form: forms.BaseForm, /, **always: str) -> int:
    """Empty, rubbish everywhere, rubbish in one field: how many tries were answered well."""
    everywhere = ({form.add_prefix(name): text for name in form.fields} for text in EVERYWHERE)
    tries = [{}, *everywhere, *one_wrong(form)]
    for data in tries:
        assert fine(undone(client, address, data | always)), (address, data)
    return len(tries)


# --- forms ---------------------------------------------------------------------------------------------------------------


def offered(client: Client, scope: Scope, contract: Contract, seen: set[str]) -> Iterator[tuple[str, forms.BaseForm]]:
    """The forms of the steps that the person can take now, each name once."""
    for found in steps.available(contract, scope, DAY):
        if not found.allowed or found.step.name in seen:
            continue
        address = reverse("contracts:step", args=[contract.number, found.step.name])
        page = client.get(address)
        if page.status_code == 200 and page.context.get("form") is not None:
            seen.add(found.step.name)
            yield address, page.context["form"]


@pytest.mark.parametrize("form", ["care_dementia", "trial"])
def test_no_step_of_a_contract_breaks_on_rubbish(town: Town, form: str):
    """At every milestone, everything that the people of the case may do then."""
    made = making.Making(town, form=form, represented=True, category="bpsd" if form == "care_dementia" else "none")
    people = {made.orderer, made.office, town.manager}
    seen: set[str] = set()
    for milestone in making.way_to("billed", made.is_care):
        making.ACTS[milestone](made, making.DAYS[milestone])
        for scope in people:
            client = client_of(scope)
            for address, step_form in offered(client, scope, made.contract, seen):
                assert tried(client, address, step_form) > 5
    known = {name for name, made_ in CONTRACT.steps.items() if name not in ("register", "receive_sheet")}
    assert len(seen & known) >= 18, sorted(known - seen)


@pytest.mark.parametrize("role", ["provider", "coordinator"])
def test_a_registration_does_not_break_on_rubbish(town: Town, role: str):
    making.a_dwelling(town, "care_dementia" if role == "provider" else "trial")
    client = client_of(getattr(town, role))
    page = client.get(reverse("contracts:register"))
    assert tried(client, reverse("contracts:register"), page.context["form"]) > 40


def test_no_tab_of_a_case_breaks_on_rubbish(town: Town):
    place, client = a_place(town), client_of(town.administrator)
    journal = client.get(place.address("casework:journal")).context
    tried(client, place.address("casework:journal"), journal["note_form"], form="note")
    tried(client, place.address("casework:journal"), journal["contact_form"], form="contact")
    for name in ("casework:consents", "casework:hand_over", "documents:documents", "contracts:receive"):
        address = place.address(name)
        assert tried(client, address, client.get(address).context["form"]) > 5


def test_the_doors_without_a_form_of_their_own_take_rubbish(town: Town, settings):
    settings.DEMO = True
    place, client = a_place(town), client_of(town.administrator)
    posted = [
        ("overview:search", "q"), ("contracts:contracts", "q"), ("contracts:contracts", "lage"),
        ("overview:dwellings", "q"), ("overview:dwellings", "lediga"), ("overview:assign", "rad"), ("overview:assign", "assignee"),
        ("overview:demo_day", "day"), ("organisation:demo_sign_in", "person"), ("organisation:demo_sign_in", "next"),
        ("documents:print_chosen", "rad"), ("documents:post_chosen", "rad"), ("documents:post_chosen", "on"),
        ("documents:post_chosen", "batch"), ("contracts:reveal_address", "reason"), ("contracts:step", "seen"),
        ("casework:revoke_consent", "x"),
    ]  # fmt: skip
    for name, field in posted:
        for text in RUBBISH:
            data = {"rad": "1", "on": str(DAY), "assignee": str(town.administrator.staff_id)} | {field: text}
            assert fine(undone(client, place.address(name), data)), (name, field, text)


def test_a_sign_in_with_rubbish_is_refused_in_swedish(town: Town, client: Client, settings):
    settings.AXES_ENABLED = False
    for text in RUBBISH:
        page = client.post(reverse("organisation:sign_in"), {"username": text, "password": text})
        assert page.status_code == 200
        assert page.context["form"].errors
        assert fine(page), text


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("overview:my_work", ["vems", "slag", "ordning"]),
        ("overview:dwellings", ["q", "lediga", "text", "efter", "fore"]),
        ("overview:routine", ["form", "arende"]),
        ("overview:log_review", ["lasare", "staff", "from_on", "to_on", "number", "why", "efter", "fore"]),
        ("contracts:contracts", ["q", "lage", "form", "utforare", "ordning", "text", "efter", "fore"]),
        ("contracts:export_csv", ["q", "lage", "form", "utforare", "ordning", "text"]),
        ("contracts:export_xlsx", ["q", "lage", "form", "utforare", "ordning"]),
        ("contracts:register", ["bostad"]),
        ("contracts:receive", ["kod"]),
        ("contracts:archive", ["q", "lage", "sida"]),
        ("contracts:originals", ["rad", "batch"]),
        ("documents:print_queue", ["rad", "batch"]),
        ("contracts:step", ["seen"]),
    ],
)
def test_an_address_with_rubbish_in_it_gives_a_sane_page(town: Town, name: str, parameters: list[str]):
    place = a_place(town)
    scope = {"overview:log_review": town.log_reviewer, "contracts:register": town.provider}.get(
        name, town.administrator
    )
    client = client_of(scope)
    for parameter in parameters:
        for text in RUBBISH:
            assert fine(client.get(place.address(name), {parameter: text})), (parameter, text)


@pytest.mark.parametrize("number", ["%00", "K-2026-%00", "%C3%A5", "%F0%9F%98%80", "9" * 300, "..%2F..", "%3Cb%3E"])
def test_a_case_with_a_strange_number_is_not_found(town: Town, number: str):
    client = client_of(town.administrator)
    for address in ("/kontrakt/{}/", "/kontrakt/{}/steg/edit/", "/arende/{}/journal/", "/arende/{}/handlingar/"):
        assert client.get(address.format(number)).status_code == 404, address
    for address in ("/personer/{}/", "/boenden/{}/", "/handling/{}/", "/utskrifter/{}/", "/rutiner/regel/{}/"):
        assert client.get(address.format(number)).status_code == 404, address


# --- dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2100-12-31", "1952-12-31"])
def test_a_day_that_the_calendar_does_not_know_is_refused_by_the_form(town: Town, day: str):
    place, client = a_place(town), client_of(town.administrator)
    data = {"form": "note", "note-kind": "note", "note-on": day, "note-text": "Samtal"}
    page = client.post(place.address("casework:journal"), data)
    assert page.status_code == 200
    (said,) = page.context["note_form"].errors["on"]
    assert said.startswith("Året måste vara mellan ")
    assert not JournalEntry.objects.filter(text="Samtal").exists()


# --- what was typed stays --------------------------------------------------------------------------------------------------


def test_what_was_typed_in_a_note_stays_and_is_no_markup(town: Town):
    place, client = a_place(town), client_of(town.administrator)
    data = {"form": "note", "note-kind": "visit", "note-on": "i går", "note-text": HTML}
    page = text_of(client.post(place.address("casework:journal"), data))
    assert html.escape(HTML) in page
    assert HTML not in page
    assert 'value="i går"' in page
    assert "Skriv datumet som 2026-10-15" in page


def test_what_was_typed_in_a_registration_stays(town: Town):
    dwelling = making.a_dwelling(town)
    typed = {"dwelling": dwelling.pk, "first_name": "Åke", "last_name": HTML, "personnummer": "811218-9875"}
    page = text_of(client_of(town.provider).post(reverse("contracts:register"), typed))
    for text in ("Åke", html.escape(HTML), "811218-9875"):
        assert f'value="{text}"' in page
    assert f'<option value="{dwelling.pk}" selected' in page
    assert not Contract.objects.exists()


def test_a_refusal_of_the_routine_keeps_the_order_as_it_was_typed(town: Town):
    contract = making.a_contract(town, "registered")
    typed = {"orderer_name": "Sara", "street": "Rönnvägen 3", "postal_code": "123", "city": "Ekstad", "phone": "1"}
    address = reverse("contracts:step", args=[contract.number, "order_contract"])
    page = client_of(town.provider).post(address, typed)
    assert "postal_code" in page.context["form"].errors
    assert 'value="123"' in text_of(page)
    assert 'value="Rönnvägen 3"' in text_of(page)
    contract.refresh_from_db()
    assert contract.state == "registered"


@pytest.mark.rule("R-0-9")
def test_a_second_press_is_told_that_it_is_already_done_and_keeps_the_typed(town: Town):
    contract = making.a_contract(town, "ordered")
    client = client_of(town.administrator)
    address = reverse("contracts:step", args=[contract.number, "return_for_completion"])
    stale = client.get(address).context["form"]["seen"].value()
    making.ACTS["returned"](making.Making(town, pk=contract.pk), making.DAYS["returned"])
    making.ACTS["ordered"](making.Making(town, pk=contract.pk), making.DAYS["returned"])
    page = client.post(address, {"seen": stale, "missing": "Beslutets datum saknas."})
    assert "redan gjort" in text_of(page)
    assert "Beslutets datum saknas." in text_of(page)
    assert contract.completion_requests.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tom.pdf", b"", "Filen är tom. Välj en annan fil."),
        ("virus.exe", b"MZ" + b"\0" * 100, "Filen är inte en pdf, jpeg-bild eller png-bild."),
        ("bild.png", PDF, "Filens namn slutar på .png, men innehållet är en pdf."),
        ("sida.pdf", HTML.encode(), "Filen är inte en pdf"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(town: Town, name: str, content: bytes, says: str):
    place = a_place(town)
    before = Document.objects.count()
    page = client_of(town.administrator).post(
        place.address("documents:documents"),
        {"title": "Intyg om hyra", "on": str(DAY), "file": SimpleUploadedFile(name, content)},
    )
    assert says in html.unescape(text_of(page))
    assert 'value="Intyg om hyra"' in text_of(page)
    assert Document.objects.count() == before


# --- what is another's -------------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(town: Town) -> Contract:
    """FF's own contract, which VOF has no part in."""
    return making.a_contract(town, "issued", form="municipal")


def test_rows_of_another_department_cannot_be_assigned(town: Town, elsewhere: Contract):
    row = Deadline.objects.filter(case=elsewhere.pk).first()
    before = elsewhere.assignee_id, elsewhere.unit_id
    client_of(town.administrator).post(
        reverse("overview:assign"), {"rad": row.pk, "assignee": town.administrator.staff_id}
    )
    elsewhere.refresh_from_db()
    assert (elsewhere.assignee_id, elsewhere.unit_id) == before


def test_a_row_cannot_be_assigned_to_somebody_in_another_department(town: Town):
    contract = making.a_contract(town, "ordered")
    row = Deadline.objects.filter(case=contract.pk).first()
    page = client_of(town.administrator).post(
        reverse("overview:assign"), {"rad": row.pk, "assignee": town.property_officer.staff_id}, follow=True
    )
    assert "Välj vem raderna ska tilldelas." in text_of(page)
    contract.refresh_from_db()
    assert contract.assignee_id is None


def test_a_row_can_be_assigned_to_a_colleague(town: Town):
    contract = making.a_contract(town, "ordered")
    row = Deadline.objects.filter(case=contract.pk, status="open").first()
    client_of(town.manager).post(reverse("overview:assign"), {"rad": row.pk, "assignee": town.administrator.staff_id})
    contract.refresh_from_db()
    assert contract.assignee_id == town.administrator.staff_id


def test_letters_of_another_department_are_neither_printed_nor_posted(town: Town, elsewhere: Contract):
    theirs = making.a_contract(town, "printed")
    making.the_worker(DAY)
    before = list(Letter.objects.order_by("pk").values())
    client = client_of(town.property_officer)
    rows = list(Letter.objects.filter(case=theirs.pk).values_list("pk", flat=True))
    assert rows
    client.post(reverse("documents:print_chosen"), {"rad": rows})
    client.post(reverse("documents:post_chosen"), {"rad": rows, "on": str(DAY)})
    assert list(Letter.objects.order_by("pk").values()) == before


def test_a_consent_of_another_case_is_not_revoked_by_this_cases_address(town: Town):
    here, there = a_place(town), a_place(town)
    address = reverse("casework:revoke_consent", args=[here.contract.number, there.consent.pk])
    assert client_of(town.administrator).post(address).status_code == 404
    assert Consent.objects.get(pk=there.consent.pk).revoked_on is None


def test_a_case_is_not_handed_to_a_unit_of_another_department(town: Town):
    place = a_place(town)
    unit = Staff.objects.get(pk=town.property_officer.staff_id).unit
    data = {"unit": unit.pk, "assignee": town.property_officer.staff_id, "reason": "Fel väg"}
    page = client_of(town.administrator).post(place.address("casework:hand_over"), data)
    assert {"unit", "assignee"} <= set(page.context["form"].errors)
    assert 'value="Fel väg"' in text_of(page)
    assert Case.objects.get(pk=place.contract.pk).unit_id == place.contract.unit_id


@pytest.mark.rule("R-0-12")
def test_a_contract_is_not_issued_on_another_departments_delegation(town: Town):
    contract = making.a_contract(town, "ordered")
    address = reverse("contracts:step", args=[contract.number, "issue"])
    client = client_of(town.administrator)
    data = filled(client.get(address).context["form"]) | {"signer": town.delegations[town.ff.pk].pk}
    page = client.post(address, data)
    assert "signer" in page.context["form"].errors
    contract.refresh_from_db()
    assert contract.state == "ordered"


@pytest.mark.rule("R-0-3")
def test_a_tenant_is_not_registered_on_another_providers_dwelling(town: Town):
    dwelling = making.a_dwelling(town)
    making.a_dwelling(town, provider=town.lindgarden)
    client = client_of(town.other_provider)
    assert str(dwelling) not in text_of(client.get(reverse("contracts:register"), {"bostad": dwelling.pk}))
    typed = {
        "housing_form": "care_dementia", "dwelling": dwelling.pk, "move_in_on": "2026-11-01",
        "contract_on": "2026-11-01", "first_name": "Harald", "last_name": "Nyberg", "personnummer": a_personnummer(3),
        "is_protected": "nej", "decision_number": "B-1", "decided_on": "2026-09-11", "legal_basis": "11 kap. 1 § SoL",
    }  # fmt: skip
    page = client.post(reverse("contracts:register"), typed)
    assert "dwelling" in page.context["form"].errors
    assert not Contract.objects.exists()

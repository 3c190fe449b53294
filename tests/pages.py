"""Pages without a browser: a day on which all tests of pages take place, and a contract with everything beside it."""

from dataclasses import dataclass
from datetime import date
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter

from bostad.casework import services
from bostad.casework.models import Consent, ConsentForm, ConsentPartner
from bostad.documents import services as documents
from bostad.documents.models import Document, Letter, Original, PrintBatch
from bostad.organisation.models import Staff
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from contracts.models import Contract
from tests import making
from tests.factories import StaffFactory, UnitFactory
from tests.remembering import remembered
from tests.town import Town

DAY = date(2026, 10, 20)  # a Tuesday, after a contract that went its way has come into force


def _a_pdf() -> bytes:
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(content)
    return content.getvalue()


PDF = _a_pdf()


def client_of(scope: Scope, **wishes: Any) -> Client:
    client = Client(**wishes)
    client.cookies = remembered(("signed in", scope.staff_id), lambda: _signed_in(scope))
    return client


def _signed_in(scope: Scope) -> SimpleCookie:
    client = Client()
    client.force_login(Staff.objects.get(pk=scope.staff_id), backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies


def people_of(town: Town) -> dict[str, Scope]:
    """One person of each role that the town knows, and those that it lacks."""
    unit = UnitFactory(organisation=town.sof, name="Myndighet vuxna")
    added = {
        "caseworker_elsewhere": StaffFactory(username="elsa", unit=unit, roles=[(Role.CASEWORKER, town.sof)]),
        "department_administrator": StaffFactory(
            username="dag", unit=town.debiteringen, roles=[(Role.DEPARTMENT_ADMINISTRATOR, town.vof)]
        ),
        "landlord": StaffFactory(username="hyr", unit=None, roles=[(Role.LANDLORD, town.landlord)]),
    }
    return town.everybody() | {name: scope_for(staff, DAY) for name, staff in added.items()}


@dataclass(frozen=True)
class Place:
    """A contract, and an address of each sort that leads to it."""

    contract: Contract
    consent: Consent
    document: Document  # issued to the provider
    received: Document  # that the department got from others
    batch: PrintBatch
    sheet: Original
    letter: Letter

    @property
    def person_id(self) -> int:
        return self.contract.parties.values_list("person", flat=True)[0]

    def arguments(self) -> dict[str, list[Any]]:
        """What the addresses with arguments are visited with."""
        number = self.contract.number
        return {
            "overview:person": [self.person_id],
            "overview:change_person": [self.person_id],
            "overview:dwelling": [self.contract.dwelling_id],
            "overview:rule": ["R-0-12"],
            "overview:owner": [self.contract.dwelling.real_property.landlord_id],
            "overview:routine": ["contract"],
            "casework:journal": [number],
            "casework:deadlines": [number],
            "casework:consents": [number],
            "casework:revoke_consent": [number, self.consent.pk],
            "casework:log": [number],
            "casework:hand_over": [number],
            "documents:documents": [number],
            "documents:file": [self.document.pk],
            "documents:void": [self.received.pk],
            "documents:make_again": [self.document.pk],
            "documents:batch": [self.batch.pk],
            "documents:batch_csv": [self.batch.pk],
            "documents:strike": [self.letter.pk],
            "documents:print_again": [self.letter.pk],
            "documents:batch_file": [self.batch.pk],
            "contracts:contract": [number],
            "contracts:reveal_address": [number],
            "contracts:originals": [number],
            "contracts:step": [number, "record_waiver"],
        }

    def address(self, name: str) -> str:
        return reverse(name, args=self.arguments().get(name, []))


def a_place(town: Town, contract: Contract | None = None) -> Place:
    contract = contract or making.a_contract(town, "dispatched")
    return remembered(("place", contract), lambda: _a_place(town, contract))


def _a_place(town: Town, contract: Contract) -> Place:
    by = town.administrator
    party = contract.parties.select_related("person").first()
    consent = services.record_consent(
        case=contract, person=party.person, partner=ConsentPartner.HEALTHCARE, partner_name="Vårdcentralen Lind",
        purpose="Inflyttningen", form=ConsentForm.ORAL, given_on=DAY, by=by,
    )  # fmt: skip
    services.write_note(case=contract, text="Anteckning som bara förvaltningen läser", on=DAY, by=by)
    received = documents.receive(
        case=contract, title="Intyg från läkare", content=PDF, content_type="application/pdf", on=DAY, by=by
    )
    letter = Letter.objects.filter(case=contract.pk, kind="contract").get()
    sheet = Original.objects.filter(case=contract.pk, kind="contract").order_by("code").first()
    return Place(contract, consent, sheet.document, received, letter.batch, sheet, letter)


def a_contract_of(town: Town, tenant: making.TenantInput, until: str = "dispatched", **wishes: Any) -> Contract:
    """As `making.a_contract`, for a tenant of one's own choice."""
    return making.a_contract(town, until, tenants=(tenant,), **wishes)


def text_of(response: Any) -> str:
    """What a page or a file says, exports unpacked."""
    content = response.getvalue() if response.streaming else response.content
    if "spreadsheetml" in response["Content-Type"]:
        book = load_workbook(BytesIO(content))
        return "\n".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)
    if response["Content-Type"] == "application/pdf":
        return str(PdfReader(BytesIO(content)).metadata)
    return content.decode("utf-8-sig")

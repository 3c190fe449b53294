"""Contracts that have come so far, through the services and by the people whose work each step is.

    contract = a_contract(town, "dispatched", form="care_dementia", category="bpsd")

`WAY` is the way of a contract in care housing, `OWN_WAY` that of one let by the municipality itself; the words are
states, and milestones within them. Every step has its day (`DAYS`), so that a test can count from them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bostad.documents import letters
from bostad.documents import services as documents
from bostad.documents.models import Document, Holder, Letter, Original, PrintBatch, SheetKind
from bostad.documents.states import FileState
from bostad.housing.models import Dwelling, Tenure
from bostad.organisation.scope import Scope
from bostad.people.representing import RepresentativeInput
from contracts.models import Contract
from contracts.services import ending, issuing, ordering, signing
from contracts.services.ordering import DecisionInput, OrderInput, Registration, TenantInput
from contracts.services.signing import Signing
from contracts.states import CARE, Capacity, CategoryAnswer, EndReason, HousingForm, NoticeBy
from tests.factories import DwellingFactory, HeadLeaseFactory, a_personnummer
from tests.remembering import along, remembered
from tests.town import Town

DAYS = {
    "registered": date(2026, 10, 1),  # a Thursday
    "ordered": date(2026, 10, 1),
    "returned": date(2026, 10, 2),
    "issued": date(2026, 10, 2),
    "printed": date(2026, 10, 2),
    "municipality_signed": date(2026, 10, 2),
    "dispatched": date(2026, 10, 5),
    "received": date(2026, 10, 7),
    "signed": date(2026, 10, 9),
    "handed_over": date(2026, 10, 9),
    "sent_back": date(2026, 10, 12),
    "active": date(2026, 10, 14),
    "notice_given": date(2027, 2, 10),
    "agreed": date(2027, 5, 28),
    "moved_out": date(2027, 5, 31),
    "sent_back_again": date(2027, 6, 1),
    "all_back": date(2027, 6, 3),
    "billed": date(2027, 6, 3),
    "grant_ended": date(2027, 6, 4),
    "closed": date(2027, 6, 7),
    "cancelled": date(2026, 10, 15),
}
MOVE_IN = date(2026, 10, 15)
RENT = Decimal(6780)


@dataclass
class Making:
    """One contract being made: what was asked for, and who does what."""

    town: Town
    form: str = HousingForm.CARE_DEMENTIA
    category: str = CategoryAnswer.NONE
    tenants: int = 1
    represented: bool = False
    protected: bool = False
    electricity_included: bool = True
    block_let: bool = False
    tenure: str = Tenure.RENTED
    move_in: date = MOVE_IN
    term_to: date | None = None
    notice_months: int = 3
    rent: Decimal = RENT
    orders: str = "provider"  # which provider's staff
    notice: dict[str, Any] = field(default_factory=dict)
    dwelling: Dwelling | None = None
    pk: int = 0

    @property
    def is_care(self) -> bool:
        return self.form in CARE

    @property
    def orderer(self) -> Scope:
        return getattr(self.town, self.orders) if self.is_care else self.office

    @property
    def office(self) -> Scope:
        if self.is_care:
            return self.town.administrator
        return self.town.property_officer if self.form == HousingForm.MUNICIPAL else self.town.coordinator

    @property
    def contract(self) -> Contract:
        return Contract.objects.get(pk=self.pk)

    def registration(self, **changes: Any) -> Registration:
        self.dwelling = self.dwelling or a_dwelling(
            self.town, self.form, self.category, electricity_included=self.electricity_included,
            block_let=self.block_let, tenure=self.tenure,
        )  # fmt: skip
        return a_registration(
            self.dwelling, form=self.form, tenants=self.tenants, represented=self.represented,
            protected=self.protected, move_in=self.move_in, **changes,
        )  # fmt: skip


def a_contract(town: Town, until: str = "registered", **wishes: Any) -> Contract:
    """A contract that has come to the state or milestone `until`; see `Making` for what can be wished."""
    making = Making(town, **wishes)

    def act(milestone: str) -> Callable[[Any], tuple[int, Dwelling | None]]:
        def do(so_far: tuple[int, Dwelling | None]) -> tuple[int, Dwelling | None]:
            making.pk, making.dwelling = so_far
            ACTS[milestone](making, DAYS[milestone])
            return making.pk, making.dwelling

        return do

    way = [(milestone, act(milestone)) for milestone in way_to(until, making.is_care)]
    making.pk, making.dwelling = along(("contract", wishes), way, (0, making.dwelling))
    return making.contract


def way_to(until: str, is_care: bool = True) -> list[str]:
    """The milestones on the way, `until` the last."""
    if until in ("returned", "cancelled"):
        return [*way_to({"returned": "ordered", "cancelled": "registered"}[until], is_care), until]
    way = WAY if is_care else OWN_WAY
    return list(way[: way.index(until) + 1])


# --- what is put in --------------------------------------------------------------------------------------------------


def a_dwelling(
    town: Town,
    form: str = HousingForm.CARE_DEMENTIA,
    category: str = "none",
    *,
    block_let: bool = False,
    head_rent: Decimal = Decimal(7000),
    **fields: Any,
) -> Dwelling:
    """At Rönngården for care forms, else managed by the department that lets in that form; rented of the landlord."""
    asked = ("dwelling", form, category, block_let, head_rent, fields)
    return remembered(asked, lambda: _a_dwelling(town, form, category, block_let, head_rent, fields))


def _a_dwelling(
    town: Town, form: str, category: str, block_let: bool, head_rent: Decimal, fields: dict[str, Any]
) -> Dwelling:
    manager = town.vof if form in CARE else town.ff if form == HousingForm.MUNICIPAL else town.sof
    defaults = {
        "manager": manager,
        "provider": town.ronngarden if form in CARE else None,
        "housing_forms": [form],
        "allowed_categories": [] if category in ("", "none") else [category],
        "real_property__landlord": town.landlord,
    }
    dwelling = DwellingFactory(**defaults | fields)
    if dwelling.tenure == Tenure.RENTED:
        HeadLeaseFactory(dwelling=dwelling, is_block_let=block_let, rent=head_rent)
    return dwelling


_taken: Callable[[], int] = iter(range(1, 20_000)).__next__


def a_tenant(n: int | None = None, **changes: Any) -> TenantInput:
    number = _taken() if n is None else n
    given: dict[str, Any] = {
        "first_name": "Harald",
        "last_name": f"Nyberg {number}",
        "personnummer": a_personnummer(number),
    }
    return TenantInput(**given | changes)


def a_registration(
    dwelling: Dwelling,
    *,
    form: str = HousingForm.CARE_DEMENTIA,
    tenants: int | Iterable[TenantInput] = 1,
    represented: bool = False,
    protected: bool = False,
    move_in: date = MOVE_IN,
    **changes: Any,
) -> Registration:
    representative = RepresentativeInput(
        name="Birgitta Nyberg", authority="trustee", reference="Registerutdrag 3 mars 2025", from_on=date(2025, 3, 3),
        street="Lindgatan 8", postal_code="59098", city="Ekstad",
    )  # fmt: skip
    people = [a_tenant() for _ in range(tenants)] if isinstance(tenants, int) else list(tenants)
    if represented:
        people[0] = replace(people[0], representative=representative)
    given: dict[str, Any] = {
        "dwelling": dwelling,
        "housing_form": form,
        "move_in_on": move_in,
        "contract_on": move_in,
        "tenants": tuple(people),
        "decision": None if form == HousingForm.MUNICIPAL else a_decision(),
        "municipal_ground": "FF:s egen grund: tidigare remitterad" if form == HousingForm.MUNICIPAL else "",
        "is_protected": protected,
    }
    return Registration(**given | changes)


def a_decision(**changes: Any) -> DecisionInput:
    given = {
        "number": f"B-2026-{_taken():06d}",
        "board": "vård- och omsorgsnämnden",
        "decided_on": date(2026, 9, 11),
        "legal_basis": "11 kap. 1 § socialtjänstlagen (2025:400)",
    }
    return DecisionInput(**given | changes)


def an_order(category: str = CategoryAnswer.NONE, **changes: Any) -> OrderInput:
    given: dict[str, Any] = {
        "category": category,
        "orderer_name": "Sara Wikander",
        "street": "Rönnvägen 3",
        "postal_code": "59099",
        "city": "Ekstad",
        "phone": "0199-20 00 01",
        "email": "sara@ronngarden.example",
        "confirmed": True,
    }
    return OrderInput(**given | changes)


def terms(town: Town, contract: Contract, **changes: Any) -> issuing.Terms:
    return issuing.Terms(**{"rent": RENT, "delegation": town.delegations[contract.department_id]} | changes)


def signed_by_all(contract: Contract, on: date, capacity: str = Capacity.TENANT) -> dict[int, Signing]:
    return {person: Signing(capacity, on) for person in signing.tenants_of(contract)}


def codes(contract: Contract, *kinds: str, **which: str) -> set[str]:
    """The numbers on the valid sheets; without kinds those that are signed."""
    kinds = kinds or (SheetKind.CONTRACT, SheetKind.CATEGORY_ANNEX)
    sheets = Original.objects.filter(case_id=contract.pk, kind__in=kinds, **which).valid()
    return set(sheets.order_by("code").values_list("code", flat=True))


def code_of(contract: Contract, holder: str, kind: str = SheetKind.CONTRACT) -> str:
    (code,) = codes(contract, kind, holder=holder)
    return code


# --- what each does --------------------------------------------------------------------------------------------------


def the_worker(today: date) -> None:
    """What the Celery worker does when it is told to look: makes the files, queues letters, makes print files."""
    for pk in Document.objects.filter(file_state=FileState.WAITING).values_list("pk", flat=True):
        documents.make_file(pk)
    letters.queue_ready(today)
    for pk in PrintBatch.objects.filter(file_state=FileState.WAITING).values_list("pk", flat=True):
        letters.make_batch_file(pk)


def _register(making: Making, today: date) -> None:
    making.pk = ordering.register(making.registration(), by=making.orderer, today=today).pk


def _order(making: Making, today: date) -> None:
    ordering.order(making.pk, an_order(making.category), by=making.orderer, today=today)
    if making.protected:  # the manager names the one who handles it
        let_handle(making.town, making.contract, making.office)


def let_handle(town: Town, contract: Contract, scope: Scope) -> None:
    """The manager names one who may open a restricted case."""
    from bostad.casework.services import give_access
    from bostad.organisation.models import Staff

    give_access(case=contract, staff=Staff.objects.get(pk=scope.staff_id), reason="handlägger", by=town.manager)


def _return(making: Making, today: date) -> None:
    ordering.return_for_completion(making.pk, missing="Beslutet saknas.", by=making.office, today=today)


def _issue(making: Making, today: date) -> None:
    asked = terms(
        making.town, making.contract, rent=making.rent, notice_months=making.notice_months,
        term_to=making.term_to or (date(2027, 5, 31) if making.form == HousingForm.EMERGENCY else None),
    )  # fmt: skip
    issuing.issue(making.pk, asked, by=making.office, today=today)


def print_letters(contract: Contract, *, by: Scope, today: date) -> None:
    the_worker(today)
    queued = Letter.objects.filter(case=contract.pk, state="queued").values_list("pk", flat=True)
    letters.print_letters(letters=list(queued), by=by, today=today)
    the_worker(today)


def _print(making: Making, today: date) -> None:
    print_letters(making.contract, by=making.office, today=today)


def _sign_for_municipality(making: Making, today: date) -> None:
    issuing.sign_for_municipality(making.pk, signed_on=today, by=making.office, today=today)


def _dispatch(making: Making, today: date) -> None:
    issuing.dispatch(making.pk, posted_on=today, by=making.office, today=today)


def _receive(making: Making, today: date) -> None:
    first, second = sorted(codes(making.contract, SheetKind.CONTRACT))
    signing.acknowledge_receipt(
        making.pk, first=first, second=second, received_on=today, by=making.orderer, today=today
    )


def _sign(making: Making, today: date) -> None:
    signing.record_signatures(
        making.pk, step="record_signatures" if making.is_care else "sign_at_desk",
        signings=signed_by_all(making.contract, today), codes=codes(making.contract), by=making.orderer, today=today,
    )  # fmt: skip


def _hand_over(making: Making, today: date) -> None:
    signing.hand_over_original(making.pk, handed_over_on=today, by=making.orderer, today=today)


def _send_back(making: Making, today: date) -> None:
    signing.send_back_original(making.pk, sent_back_on=today, by=making.orderer, today=today)


def _file(making: Making, today: date) -> None:
    """The municipality's original and category annex."""
    for code in sorted(codes(making.contract, holder=Holder.MUNICIPALITY)):
        signing.receive_sheet(code=code, shelf="B12", by=making.office, today=today)


def _give_notice(making: Making, today: date) -> None:
    ending.give_notice(making.pk, a_notice(today, **making.notice), by=making.orderer, today=today)


def a_notice(on: date, **changes: Any) -> ending.NoticeInput:
    given: dict[str, Any] = {
        "notice_on": on,
        "notice_by": NoticeBy.TENANT,
        "reason": EndReason.MOVED_TO_OTHER_CARE,
        "planned_move_out_on": DAYS["moved_out"],
    }
    if changes.get("notice_by") == NoticeBy.ESTATE:
        given["representative"] = an_estates_representative(on)
    return ending.NoticeInput(**given | changes)


def an_estates_representative(from_on: date) -> RepresentativeInput:
    return RepresentativeInput(
        "Anna Nyberg", "estate", "Bouppteckning den 1 februari 2027", from_on,
        street="Lindgatan 8", postal_code="59098", city="Ekstad",
    )  # fmt: skip


def _sign_move_out(making: Making, today: date) -> None:
    ending.sign_move_out(
        making.pk, code=code_of(making.contract, Holder.TENANT), signings=signed_by_all(making.contract, today),
        by=making.orderer, today=today,
    )  # fmt: skip


def _move_out(making: Making, today: date) -> None:
    ending.move_out(making.pk, a_move_out(today), by=making.orderer, today=today)


def a_move_out(on: date, **changes: Any) -> ending.MoveOutInput:
    given: dict[str, Any] = {
        "moved_out_on": on,
        "closing_on": on,
        "reason": EndReason.MOVED_TO_OTHER_CARE,
        "left_property": False,
    }
    return ending.MoveOutInput(**given | changes)


def _send_back_again(making: Making, today: date) -> None:
    ending.send_back_tenants_original(making.pk, sent_back_on=today, by=making.orderer, today=today)


def _file_the_last(making: Making, today: date) -> None:
    code = code_of(making.contract, Holder.TENANT)
    signing.receive_sheet(code=code, shelf="B13", by=making.office, today=today)


def _bill(making: Making, today: date) -> None:
    ending.notify_billing(making.pk, last_charged_on=DAYS["moved_out"], by=making.office, today=today)


def _end_grant(making: Making, today: date) -> None:
    if making.contract.grant_id:
        ending.end_grant(
            making.pk, continues=False, ended_on=DAYS["moved_out"], number="B-2027-1", by=making.office, today=today
        )


def _close(making: Making, today: date) -> None:
    ending.close(making.pk, by=making.office, today=today)


def _cancel(making: Making, today: date) -> None:
    ordering.call_off(making.pk, "cancel", reason="Hyresgästen ångrade sig.", by=making.office, today=today)


ACTS: dict[str, Callable[[Making, date], None]] = {
    "registered": _register,
    "ordered": _order,
    "returned": _return,
    "issued": _issue,
    "printed": _print,
    "municipality_signed": _sign_for_municipality,
    "dispatched": _dispatch,
    "received": _receive,
    "signed": _sign,
    "handed_over": _hand_over,
    "sent_back": _send_back,
    "active": _file,
    "notice_given": _give_notice,
    "agreed": _sign_move_out,
    "moved_out": _move_out,
    "sent_back_again": _send_back_again,
    "all_back": _file_the_last,
    "billed": _bill,
    "grant_ended": _end_grant,
    "closed": _close,
    "cancelled": _cancel,
}
WAY = tuple(milestone for milestone in ACTS if milestone not in ("returned", "cancelled"))
OWN_WAY = tuple(m for m in WAY if m not in ("dispatched", "received", "sent_back", "sent_back_again"))

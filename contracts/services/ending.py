"""Notice, moving out, the grant, property left behind, billing, closing, taking over (R-0-19 to R-0-22, R-0-27)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from bostad import dates
from bostad.casework import steps
from bostad.casework.models import CaseParty
from bostad.casework.refusals import StepNotTaken
from bostad.documents import letters
from bostad.documents.models import Holder, SheetKind
from bostad.documents.services import approved_template, find_sheet, freeze
from bostad.documents.states import INVALID, OriginalState
from bostad.housing.models import Occupancy
from bostad.organisation.models import DelegatedAct, Delegation
from bostad.organisation.scope import Scope
from bostad.people.models import Person
from bostad.people.representing import RepresentativeInput
from contracts import documents
from contracts.models import AbandonedDecision, AbandonedProperty, Contract, Ending, Grant, Waiver
from contracts.services.issuing import delegations_on, sender_of
from contracts.services.ordering import representative_of
from contracts.services.sheets import move_all, sheets_of
from contracts.services.signing import Signing, activate_if_complete, not_in_the_future, sign_sheet
from contracts.states import EndReason, NoticeBy, ServiceManner, SignedFor
from contracts.tenancy_time import in_a_row_since, lawful_end

STAYS_ON = "Hyresgästen har tagit över kontraktet och bor kvar."


GRANT_ENDS_WITHIN = 12  # months from the day on which its end is registered


@dataclass(frozen=True)
class NoticeInput:
    notice_on: date
    notice_by: str
    reason: str
    planned_move_out_on: date
    died_on: date | None = None
    grounds: str = ""
    agreed_end_on: date | None = None
    deceased: int | None = None  # which of several tenants has died
    representative: RepresentativeInput | None = None  # who acts for the estate, and from now on signs


def give_notice(pk: int, data: NoticeInput, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Records a notice (R-0-19), prints what answers it, and the agreement to move out that shall be signed.

    The municipality's own notice is written, has its grounds and a delegation (R-4-17); the tenant's is confirmed.
    """
    with steps.door(Contract, pk, "give_notice", by=by, today=today, seen=seen) as contract:
        ending = Ending(
            contract=contract,
            notice_on=data.notice_on,
            notice_by=data.notice_by,
            died_on=data.died_on if data.notice_by == NoticeBy.ESTATE else None,
            reason=data.reason,
            grounds=data.grounds,
            agreed_end_on=data.agreed_end_on,
            planned_move_out_on=data.planned_move_out_on,
        )
        if data.notice_by == NoticeBy.ESTATE:
            _record_death(contract, data)
        delegation = _delegation(contract, data, by)
        ending.save()
        if data.planned_move_out_on >= data.notice_on:
            if data.notice_by != NoticeBy.TERM:
                _print_notices(contract, ending, delegation, by, today)
            _print_agreement(contract, ending, by, today)
    return contract


def record_service(
    pk: int, *, served_on: date, manner: str, by: Scope, today: date, seen: int | None = None
) -> Contract:
    """The municipality's notice has reached the tenant. From that day its time runs (JB 8:8, 12:4)."""
    not_in_the_future(served_on, today, "served_on")
    if manner not in ServiceManner.values:
        raise StepNotTaken("Välj hur uppsägningen delgavs.", "manner")
    with steps.door(Contract, pk, "record_service", by=by, today=today, seen=seen) as contract:
        Ending.objects.filter(contract=contract, withdrawn_on=None).update(served_on=served_on, served_by=manner)
    return contract


def _record_death(contract: Contract, data: NoticeInput) -> None:
    if data.died_on is None:
        raise StepNotTaken("Ange dödsdagen.", "died_on")
    tenants = contract.tenants
    of = tenants if len(tenants) == 1 else [party for party in tenants if party.person_id == data.deceased]
    if not of:
        raise StepNotTaken("Välj vem av hyresgästerna som har avlidit.", "deceased")
    (deceased,) = of
    if data.representative is None:  # whose authority ended with the death acts for nobody, and gets no letter
        raise StepNotTaken("Ange vem som företräder dödsboet, med postadress.", "representative")
    _alive_until(deceased.person, data.died_on)
    Person.objects.filter(pk=deceased.person_id, died_on=None).update(died_on=data.died_on)
    deceased.representative = representative_of(contract, deceased.person, data.representative)
    deceased.save(update_fields=["representative"])


def _delegation(contract: Contract, data: NoticeInput, by: Scope) -> Delegation:
    if data.notice_by != NoticeBy.MUNICIPALITY:
        return contract.delegation
    if contract.department_id not in by.organisation_ids:
        raise StepNotTaken("Bara förvaltningen kan säga upp avtalet för kommunen.", "notice_by")
    found = delegations_on(contract.department_id, data.notice_on, DelegatedAct.TERMINATE_TENANCY)
    mine = found.filter(staff=by.staff_id).first()
    if mine is None:
        raise StepNotTaken("Den som säger upp för kommunen saknar delegation den dagen.", "notice_by")
    return mine


def _print_notices(contract: Contract, ending: Ending, delegation: Delegation, by: Scope, today: date) -> None:
    """One letter to each tenant, or to who represents that tenant."""
    version = approved_template("termination", today)
    title = "Uppsägning" if ending.notice_by == NoticeBy.MUNICIPALITY else "Bekräftelse på uppsägning"
    for number, tenant in enumerate(contract.tenants, start=1):
        data = documents.termination_data(
            contract, tenant, version, on=today, last_on=last_day(contract, ending),
            delegation=delegation, sender=sender_of(contract, by),
        )  # fmt: skip
        paper = freeze(case=contract, kind="termination", template=version, data=data, on=today, by=by, title=title)
        letters.write_letter(
            case=contract, key=f"termination:{ending.pk}:{number}", kind="termination",
            title=f"{title}, {contract.number}", recipient=data["recipient"], documents=[paper], by=by,
        )  # fmt: skip


def last_day(contract: Contract, ending: Ending) -> date:
    """What both have agreed on, else what the law gives."""
    return ending.agreed_end_on or lawful_end(contract, ending, since=in_a_row_since([contract])[contract.pk])


def _print_agreement(contract: Contract, ending: Ending, by: Scope, today: date) -> None:
    """The agreement with its data filled in. It belongs to the tenant's original and carries that sheet's code."""
    original = next(iter(sheets_of(contract, kind=SheetKind.CONTRACT, holder=Holder.TENANT)))
    version = approved_template("move_out_agreement", today)
    freeze(
        case=contract, kind="move_out_agreement", template=version,
        data=documents.move_out_data(contract, version, last_on=last_day(contract, ending)),
        sheet={**original.document.sheet, "sheet_title": "Överenskommelse om avflyttning"}, on=today, by=by,
    )  # fmt: skip


def record_representative(
    pk: int, *, tenant: int, data: RepresentativeInput, by: Scope, today: date, seen: int | None = None
) -> Contract:
    """Somebody has come to act for one of the tenants since the contract was issued (R-0-15)."""
    with steps.door(Contract, pk, "record_representative", by=by, today=today, seen=seen) as contract:
        party = _tenant(contract, tenant)
        party.representative = representative_of(contract, party.person, data)
        party.save(update_fields=["representative"])
    return contract


def record_death(
    pk: int, *, tenant: int, died_on: date | None, by: Scope, today: date, seen: int | None = None
) -> Contract:
    """A tenant has died; no day takes back one that was recorded by mistake, which the department does."""
    with steps.door(Contract, pk, "record_death", by=by, today=today, seen=seen) as contract:
        party = _tenant(contract, tenant)
        if died_on is None:
            if contract.department_id not in by.departments:
                raise StepNotTaken("Ange dödsdagen. En felaktig dödsdag tas bort av förvaltningen.", "died_on")
        else:
            not_in_the_future(died_on, today, "died_on")
            _alive_until(party.person, died_on)
        Person.objects.filter(pk=party.person_id).update(died_on=died_on)
    return contract


def _tenant(contract: Contract, person: int) -> CaseParty:
    found = next((party for party in contract.tenants if party.person_id == person), None)
    if found is None:
        raise StepNotTaken("Välj vem av hyresgästerna det gäller.", "tenant")
    return found


def _alive_until(person: Person, died_on: date) -> None:
    if person.born_on and person.born_on > died_on:
        raise StepNotTaken("Dödsdagen kan inte vara före födelsedagen.", "died_on")


def withdraw_notice(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Both agree that the tenancy goes on. The notice stays in the case, with the day it was taken back."""
    with transaction.atomic():
        with steps.door(Contract, pk, "withdraw_notice", by=by, today=today, seen=seen, note=reason) as contract:
            Ending.objects.filter(contract=contract, withdrawn_on=None).update(withdrawn_on=today)
            letters.cancel_letters(contract, kind="termination")
        activate_if_complete(pk, today)
    return contract


def sign_move_out(
    pk: int, *, code: str, signings: Mapping[int, Signing], by: Scope, today: date, seen: int | None = None
) -> Contract:
    """The agreement was signed on the tenant's own original, whose number is read from the paper (R-0-20)."""
    with steps.door(Contract, pk, "sign_move_out", by=by, today=today, seen=seen) as contract:
        sheet = find_sheet(code)
        is_tenants = sheet and (sheet.case_id, sheet.kind, sheet.holder) == (pk, SheetKind.CONTRACT, Holder.TENANT)
        if not is_tenants or sheet.state in INVALID:
            raise StepNotTaken(
                "Överenskommelsen undertecknas på hyresgästens original. Skriv numret på det bladet.", "code"
            )
        sign_sheet(contract, sheet, signings, SignedFor.MOVE_OUT, by)
    return contract


def record_obstacle(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The manager decides that nobody can or will sign, and says why: a deviation that stays in the log (R-0-20)."""
    if not reason.strip():
        raise StepNotTaken("Skriv varför överenskommelsen inte kan undertecknas.", "reason")
    with steps.door(Contract, pk, "record_obstacle", by=by, today=today, seen=seen, note=reason) as contract:
        Ending.objects.filter(contract=contract, withdrawn_on=None).update(agreement_obstacle=reason)
    return contract


@dataclass(frozen=True)
class MoveOutInput:
    moved_out_on: date
    closing_on: date
    reason: str
    left_property: bool | None


def move_out(pk: int, data: MoveOutInput, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The dates and the reason (R-0-19). The dwelling is free the day after the closing date (R-0-22)."""
    with steps.door(Contract, pk, "move_out", by=by, today=today, seen=seen) as contract:
        ending = contract.ending
        ending.moved_out_on, ending.closing_on = data.moved_out_on, data.closing_on
        ending.reason, ending.left_property = data.reason, data.left_property
        ending.save()
        if data.closing_on < contract.move_in_on:
            raise StepNotTaken("Avslutningsdatumet kan inte vara före inflyttningen.", "closing_on")
        Occupancy.objects.filter(pk=contract.occupancy_id).update(to_on=data.closing_on)
    return contract


def undo_move_out(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The manager takes back a move-out that was recorded with a wrong date. The dwelling is held as before."""
    with steps.door(Contract, pk, "undo_move_out", by=by, today=today, seen=seen, note=reason) as contract:
        Ending.objects.filter(contract=contract, withdrawn_on=None).update(
            moved_out_on=None, closing_on=None, left_property=None, billing_notified_on=None, last_charged_on=None
        )
        Occupancy.objects.filter(pk=contract.occupancy_id).update(to_on=None)
    return contract


def reopen(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    with steps.door(Contract, pk, "reopen", by=by, today=today, seen=seen, note=reason) as contract:
        pass
    return contract


def send_back_tenants_original(
    pk: int, *, sent_back_on: date, by: Scope, today: date, seen: int | None = None
) -> Contract:
    not_in_the_future(sent_back_on, today, "sent_back_on")
    with steps.door(Contract, pk, "send_back_tenants_original", by=by, today=today, seen=seen) as contract:
        move_all(
            sheets_of(contract, holder=Holder.TENANT, kind=SheetKind.CONTRACT), OriginalState.ON_ITS_WAY,
            on=sent_back_on, by=by,
        )  # fmt: skip
    return contract


def end_grant(
    pk: int,
    *,
    continues: bool,
    ended_on: date | None = None,
    number: str = "",
    by: Scope,
    today: date,
    seen: int | None = None,
) -> Contract:
    """The grant ends by a decision of its own, or goes on in another dwelling. The tenancy is not touched (R-4-20)."""
    if not continues and (ended_on is None or not number):
        raise StepNotTaken("Ange beslutet om att biståndet upphör, och från vilken dag.", "number")
    if continues and (ended_on or number):
        raise StepNotTaken(
            "Biståndet kan inte både fortsätta och upphöra. Ta bort beslutet, eller svara nej.", "continues"
        )
    with steps.door(Contract, pk, "end_grant", by=by, today=today, seen=seen) as contract:
        if continues:
            contract.grant_continues = True
        elif ended_on < contract.grant.decided_on:
            raise StepNotTaken("Biståndet kan inte upphöra innan det beslutades.", "ended_on")
        elif ended_on > dates.add_months(today, GRANT_ENDS_WITHIN):
            raise StepNotTaken("Biståndet kan inte upphöra mer än ett år fram.", "ended_on")
        else:
            Grant.objects.filter(pk=contract.grant_id).update(ended_on=ended_on, ending_number=number)
    return contract


@dataclass(frozen=True)
class PropertyInput:
    found_on: date
    inventory: str
    has_value: bool
    stored_at: str
    keep_until: date
    notified_on: date | None = None


def record_property(pk: int, data: PropertyInput, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Lists what was left (R-4-19)."""
    not_in_the_future(data.found_on, today, "found_on")
    if data.notified_on:
        not_in_the_future(data.notified_on, today, "notified_on")
    with steps.door(Contract, pk, "record_property", by=by, today=today, seen=seen) as contract:
        AbandonedProperty.objects.create(
            case_id=pk, found_on=data.found_on, inventory=data.inventory, has_value=data.has_value,
            stored_at=data.stored_at, keep_until=data.keep_until, notified_on=data.notified_on,
        )  # fmt: skip
        Ending.objects.filter(contract=contract, withdrawn_on=None).update(left_property=True)
    return contract


def decide_property(
    pk: int, *, decision: str, notified_on: date | None, by: Scope, today: date, seen: int | None = None
) -> Contract:
    """Nothing is disposed of or sold before the owner is told and the time of storage is over (R-4-19)."""
    if decision not in AbandonedDecision.values:
        raise StepNotTaken("Välj vad som händer med egendomen.", "decision")
    if notified_on:
        not_in_the_future(notified_on, today, "notified_on")
    with steps.door(Contract, pk, "decide_property", by=by, today=today, seen=seen) as contract:
        left = contract.abandoned_property
        left.notified_on = notified_on or left.notified_on
        if decision != AbandonedDecision.RETURNED and (left.notified_on is None or today <= left.keep_until):
            raise StepNotTaken(
                "Ägaren ska vara underrättad och egendomen förvarad till och med "
                f"{dates.day_with_year(left.keep_until)} innan den bortskaffas.",
                "decision",
            )
        left.decision, left.decided_on, left.decided_by_id = decision, today, by.staff_id
        left.save()
    return contract


def notify_billing(pk: int, *, last_charged_on: date, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Billing gets the closing data and the last charged day (R-0-27)."""
    with steps.door(Contract, pk, "notify_billing", by=by, today=today, seen=seen) as contract:
        ending = contract.ending
        ending.billing_notified_on, ending.last_charged_on = today, last_charged_on
        ending.save()
    return contract


def close(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    with steps.door(Contract, pk, "close", by=by, today=today, seen=seen) as contract:
        contract.outcome = contract.ending.reason
    return contract


def take_over(
    pk: int,
    *,
    takeover_on: date,
    special_reasons: str,
    owner_consents: bool,
    by: Scope,
    today: date,
    seen: int | None = None,
) -> Contract:
    """The tenant takes the first-hand lease over; the municipality's sublease ends that day (R-4-5, R-4-7, R-4-27).

    Nobody moves: what is left to do is the same as after a move, but for the agreement to move out.
    """
    not_in_the_future(takeover_on, today, "takeover_on")
    with steps.door(Contract, pk, "take_over", by=by, today=today, seen=seen) as contract:
        if takeover_on < contract.move_in_on:
            raise StepNotTaken("Övertagandet kan inte vara före inflyttningen.", "takeover_on")
        contract.takeover_reasons, contract.owner_consents = special_reasons.strip(), owner_consents
        if contract.takeover_reasons or contract.housing_form != "training":
            contract.takeover_on = takeover_on
        Ending.objects.create(
            contract=contract, notice_on=takeover_on, notice_by=NoticeBy.TENANT, reason=EndReason.TAKEN_OVER,
            planned_move_out_on=takeover_on, agreed_end_on=takeover_on, moved_out_on=takeover_on,
            closing_on=takeover_on, left_property=False, agreement_obstacle=STAYS_ON,
        )  # fmt: skip
        Occupancy.objects.filter(pk=contract.occupancy_id).update(to_on=takeover_on)
    return contract


@dataclass(frozen=True)
class WaiverInput:
    signed_on: date
    spouse_accepts: bool | None = None
    tribunal_number: str = ""
    approved_on: date | None = None
    valid_to: date | None = None


def record_waiver(pk: int, data: WaiverInput, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """A waiver of security of tenure: a paper of its own (JB 12:45 a)."""
    not_in_the_future(data.signed_on, today, "signed_on")
    if data.approved_on and not data.tribunal_number:
        raise StepNotTaken("Ange hyresnämndens ärendenummer.", "tribunal_number")
    if data.approved_on:
        not_in_the_future(data.approved_on, today, "approved_on")
    with steps.door(Contract, pk, "record_waiver", by=by, today=today, seen=seen) as contract:
        Waiver.objects.create(
            case_id=pk, signed_on=data.signed_on, spouse_accepts=data.spouse_accepts,
            tribunal_number=data.tribunal_number, approved_on=data.approved_on, valid_to=data.valid_to,
        )  # fmt: skip
    return contract


def decide_on_security(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The tenant stays, and will have a right to extension (JB 12:45). No more warnings."""
    with steps.door(Contract, pk, "decide_on_security", by=by, today=today, seen=seen, note=reason) as contract:
        contract.security_decided_on = today
    return contract


def decide_on_term(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """No notice is given before the term runs out; what then happens follows from its length (JB 12:3)."""
    with steps.door(Contract, pk, "decide_on_term", by=by, today=today, seen=seen, note=reason) as contract:
        contract.term_decided_on = today
    return contract


def become_indefinite(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    with steps.door(Contract, pk, "become_indefinite", by=by, today=today, seen=seen) as contract:
        pass
    return contract

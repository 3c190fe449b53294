"""At the provider's desk and back: receipt, signatures, hand-over, return, archive (R-0-15 to R-0-17, R-0-26)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from bostad import dates
from bostad.casework import steps
from bostad.casework.models import Case, CaseParty
from bostad.casework.refusals import StepNotTaken
from bostad.documents.letters import cancel_letters
from bostad.documents.models import Holder, Original, SheetKind
from bostad.documents.services import find_sheet, move, normalise_code
from bostad.documents.states import INVALID, ORIGINAL_MOVES, OriginalState
from bostad.organisation.scope import SYSTEM, Scope
from bostad.people.models import ENDS_WITH_DEATH, Representative
from contracts.kind import CONTRACT
from contracts.models import Contract, Ending, Signature
from contracts.services.from_offer import tell_referral
from contracts.services.sheets import move_all, not_yet_filed, sheets_of
from contracts.states import Capacity, ContractState, SignedFor


def acknowledge_receipt(
    pk: int, *, first: str, second: str, received_on: date, by: Scope, today: date, seen: int | None = None
) -> Contract:
    """The provider reads the numbers on both papers. A number of another contract, or the same twice, is refused."""
    with steps.door(Contract, pk, "acknowledge_receipt", by=by, today=today, seen=seen) as contract:
        wanted = {sheet.code: sheet for sheet in sheets_of(contract, kind=SheetKind.CONTRACT)}
        annexes = {sheet.code for sheet in sheets_of(contract)} - set(wanted)
        for field, code in (("first", first), ("second", second)):
            if normalise_code(code) in annexes:
                raise StepNotTaken("Det är en bilaga. Skriv numret på originalet som den hör till.", field)
            if normalise_code(code) not in wanted:
                raise StepNotTaken("Numret hör inte till det här kontraktet. Numret står vid koden på bladet.", field)
        if normalise_code(first) == normalise_code(second):
            raise StepNotTaken("Det är samma blad två gånger. Skriv numret på det andra originalet.", "second")
        contract.received_by_provider_on = received_on
        if contract.dispatched_on <= received_on <= today:
            move_all(sheets_of(contract), OriginalState.AT_PROVIDER, on=received_on, by=by)
    return contract


@dataclass(frozen=True)
class Signing:
    """Who signed for a tenant, by what right, and the sheets that bear the signature."""

    capacity: str
    on: date


def record_signatures(
    pk: int,
    *,
    step: str,
    signings: Mapping[int, Signing],
    codes: set[str],
    by: Scope,
    today: date,
    seen: int | None = None,
) -> Contract:
    """Writes one signature per tenant and sheet (R-0-15). `signings` is by person id, `codes` the signed sheets.

    `step` is `record_signatures`, or `sign_at_desk` where the municipality lets by itself.
    """
    if step not in ("record_signatures", "sign_at_desk"):
        raise ValueError(step)
    with transaction.atomic():
        contract = _record_signatures(pk, step, signings, codes, by, today, seen)
        if signings:
            tell_referral(contract, signed_on=max(signing.on for signing in signings.values()), today=today)
    return contract


def _record_signatures(
    pk: int, step: str, signings: Mapping[int, Signing], codes: set[str], by: Scope, today: date, seen: int | None
) -> Contract:
    with steps.door(Contract, pk, step, by=by, today=today, seen=seen) as contract:
        read = {normalise_code(code) for code in codes}
        signed = [s for s in sheets_of(contract) if s.code in read and s.kind != SheetKind.ELECTRICITY_ANNEX]
        for sheet in signed:
            sign_sheet(contract, sheet, signings, SignedFor.AGREEMENT, by)
        if signings:
            last = max(signing.on for signing in signings.values())
            move_all([s for s in signed if last >= s.since], OriginalState.SIGNED, on=last, by=by)
        if step == "sign_at_desk":
            cancel_letters(contract, kind="contract")  # it was printed to be signed here; nothing is left to post
    return contract


def tenants_of(contract: Contract) -> dict[int, CaseParty]:
    return {party.person_id: party for party in contract.tenants}


def sign_sheet(
    contract: Contract, sheet: Original, signings: Mapping[int, Signing], signed_for: SignedFor, by: Scope
) -> None:
    """One signature for each tenant. Only the contract's own tenants sign, or who represents just that tenant."""
    tenants = tenants_of(contract)
    if set(signings) - set(tenants):
        raise StepNotTaken("Bara kontraktets hyresgäster, eller deras företrädare, undertecknar.", "signed_on")
    for tenant_id, signing in signings.items():
        tenant = tenants[tenant_id]
        representative = _signer(tenant, signing)
        Signature.objects.create(
            original=sheet, tenant=tenant.person, signed_for=signed_for, capacity=signing.capacity,
            representative=representative, signed_on=signing.on, recorded_by_id=by.staff_id,
            signer_name=representative.name if representative else tenant.person.name,
        )  # fmt: skip


def _signer(tenant: CaseParty, signing: Signing) -> Representative | None:
    """Who signs for the tenant, by authority recorded and in force that day (R-0-15); None for the tenant's own hand.

    Nobody signs after death, and what a court or a guardian gave ends with it: then the estate's representative signs.
    """
    field, found = f"capacity_{tenant.person_id}", tenant.representative
    died_on = tenant.person.died_on
    dead = died_on is not None and died_on < signing.on
    if signing.capacity != Capacity.REPRESENTATIVE:
        if dead:
            raise StepNotTaken("Hyresgästen var avliden den dagen. Dödsboets företrädare undertecknar.", field)
        return None
    if found is None:
        raise StepNotTaken("Ingen företrädare för den hyresgästen är registrerad.", field)
    if dead and found.authority in ENDS_WITH_DEATH:
        raise StepNotTaken("Behörigheten upphörde när hyresgästen avled. Dödsboets företrädare undertecknar.", field)
    if not found.may_sign_housing_on(signing.on):
        raise StepNotTaken("Företrädarens behörighet gäller inte den dagen.", field)
    return found


def hand_over_original(pk: int, *, handed_over_on: date, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The tenant or the representative keeps one original, with its annexes (R-0-16)."""
    not_in_the_future(handed_over_on, today, "handed_over_on")
    with transaction.atomic():
        with steps.door(Contract, pk, "hand_over_original", by=by, today=today, seen=seen) as contract:
            kept = not_yet_filed(sheets_of(contract, holder=Holder.TENANT))
            move_all(kept, OriginalState.WITH_TENANT, on=handed_over_on, by=by)
        activate_if_complete(pk, today)
    return contract


def send_back_original(pk: int, *, sent_back_on: date, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The municipality's original, with its annexes, is in the post (R-0-17)."""
    not_in_the_future(sent_back_on, today, "sent_back_on")
    with steps.door(Contract, pk, "send_back_original", by=by, today=today, seen=seen) as contract:
        back = not_yet_filed(sheets_of(contract, holder=Holder.MUNICIPALITY))
        move_all(back, OriginalState.ON_ITS_WAY, on=sent_back_on, by=by)
    return contract


def not_in_the_future(day: date, today: date, field: str) -> None:
    if day > today:
        raise StepNotTaken("Datumet kan inte vara efter idag.", field)


NO_SUCH_SHEET = "Inget blad har den koden. Kontrollera tecknen, till exempel K-2026-000158-B."


def sheet_to_receive(code: str, by: Scope) -> Original:
    """The sheet with that code, if the person may see its contract. Says why it cannot be filed, if it cannot."""
    sheet = find_sheet(code)
    if sheet is None or not Case.objects.visible_to(by).filter(pk=sheet.case_id).exists():
        raise StepNotTaken(NO_SUCH_SHEET, "code")
    if sheet.state == OriginalState.ARCHIVED:
        raise StepNotTaken(f"Bladet {sheet.code} ligger redan i arkivet, på hyllplats {sheet.shelf}.", "code")
    if sheet.state in INVALID:
        raise StepNotTaken(f"Bladet {sheet.code} är ogiltigt. Det har ersatts eller återkallats.", "code")
    if sheet.kind != SheetKind.ELECTRICITY_ANNEX and not sheet.signatures.exists():
        raise StepNotTaken(
            f"Underskrifterna på bladet {sheet.code} är inte registrerade. Registrera dem först.", "code"
        )
    if sheet.holder == Holder.TENANT and not _may_come_back(sheet):
        what = "hyresgästens original" if sheet.kind == SheetKind.CONTRACT else "en bilaga till hyresgästens original"
        raise StepNotTaken(
            f"Bladet {sheet.code} är {what}. Hyresgästen behåller det tills överenskommelsen om avflyttning är "
            "undertecknad.",
            "code",
        )
    if (sheet.state, OriginalState.ARCHIVED) not in ORIGINAL_MOVES:
        where = sheet.get_state_display().lower()
        since = dates.day_with_year(sheet.since)
        raise StepNotTaken(f"Bladet {sheet.code} har inte varit ute. Det är {where} sedan den {since}.", "code")
    return sheet


def _may_come_back(sheet: Original) -> bool:
    """The agreement to move out is signed on the tenant's original, or it was decided that nobody can sign it."""
    decided = Ending.objects.filter(contract=sheet.case_id, withdrawn_on=None).exclude(agreement_obstacle="")
    signed = Signature.objects.filter(original__case=sheet.case_id, signed_for=SignedFor.MOVE_OUT)
    return decided.exists() or signed.exists()


def receive_sheet(*, code: str, shelf: str, by: Scope, today: date) -> Original:
    """Files the paper with that code, on its place on the shelf (R-0-17, R-0-21)."""
    sheet_to_receive(code, by)  # a wrong code is told before a missing place
    if not shelf.strip():
        raise StepNotTaken("Ange hyllplatsen.", "shelf")
    if len(shelf.strip()) > Original._meta.get_field("shelf").max_length:
        raise StepNotTaken("Hyllplatsen är för lång.", "shelf")
    with transaction.atomic():
        case_id = sheet_to_receive(code, by).case_id
        with steps.door(Contract, case_id, "receive_sheet", by=by, today=today, note=normalise_code(code)):
            sheet = sheet_to_receive(code, by)  # again, now that nobody else can file it
            move(
                sheet,
                OriginalState.ARCHIVED,
                on=today,
                by=by,
                shelf=shelf.strip(),
                note=f"Hyllplats {shelf.strip()}"[:200],
            )
        activate_if_complete(case_id, today)
    return sheet


def activate_if_complete(pk: int, today: date) -> bool:
    """When the last paper is where it belongs the contract comes into force by itself."""
    contract = Contract.objects.get(pk=pk)
    if contract.state != ContractState.SIGNED:
        return False
    facts = CONTRACT.load_facts([pk], today)[pk]
    if not all(need.holds(facts) for need in CONTRACT.steps["activate"].needs):
        return False
    with steps.door(Contract, pk, "activate", by=SYSTEM, today=today):
        pass
    return True


def activate(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """By hand, where the last condition was met outside the routine."""
    with steps.door(Contract, pk, "activate", by=by, today=today, seen=seen) as contract:
        pass
    return contract

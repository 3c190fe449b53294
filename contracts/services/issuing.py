"""Issue, sign for the municipality, post, remind (R-0-12 to R-0-14, R-0-18, R-0-24), and tell the owner (JB 12:39)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bostad import dates
from bostad.casework import steps
from bostad.casework.models import Dispatch
from bostad.casework.refusals import StepNotTaken
from bostad.documents import letters
from bostad.documents.models import Document, Letter, Original, SheetKind, TextTemplate
from bostad.documents.pdf import Sheet
from bostad.documents.services import approved_template, freeze, make_original
from bostad.documents.states import LetterState, OriginalState
from bostad.organisation.models import DelegatedAct, Delegation, Staff
from bostad.organisation.scope import Scope
from bostad.organisation.settings_keys import resolve
from contracts import documents
from contracts.kind import CONTRACT
from contracts.loading import template_kind
from contracts.models import Contract
from contracts.rules.issuing import can_be_written
from contracts.services.sheets import call_off_papers, move_all, sheets_of

HOLDER_LINES = {
    ("contract", "tenant"): "Hyresgästens original",
    ("contract", "municipality"): "Kommunens original",
    ("annex", "tenant"): "Hyresgästens exemplar",
    ("annex", "municipality"): "Kommunens exemplar",
}
LETTERS = {
    (SheetKind.CONTRACT, "tenant"): "A",
    (SheetKind.CONTRACT, "municipality"): "B",
    (SheetKind.CATEGORY_ANNEX, "tenant"): "C",
    (SheetKind.CATEGORY_ANNEX, "municipality"): "D",
    (SheetKind.ELECTRICITY_ANNEX, "tenant"): "E",
    (SheetKind.ELECTRICITY_ANNEX, "municipality"): "F",
}


@dataclass(frozen=True)
class Terms:
    """What the office adds to the order: money per month in kronor, term and notice, and who signs."""

    rent: Decimal
    delegation: Delegation
    furniture_rent: Decimal = Decimal(0)
    other_rent: Decimal = Decimal(0)
    other_rent_for: str = ""
    term_to: date | None = None
    notice_months: int = 3


def delegations_on(department_id: int, on: date, act: DelegatedAct):
    """Who may sign that day, by the delegation order."""
    return (
        Delegation.objects.filter(organisation=department_id, act=act, from_on__lte=on)
        .exclude(to_on__lt=on)
        .select_related("staff")
        .order_by("staff__last_name")
    )


def issue(pk: int, terms: Terms, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Freezes the contract's data and orders its papers: two identical originals, annexes and covering letter."""
    with steps.door(Contract, pk, "issue", by=by, today=today, seen=seen) as contract:
        signers = delegations_on(contract.department_id, today, DelegatedAct.SIGN_SUBLET_CONTRACT)
        if not signers.filter(pk=terms.delegation.pk).exists():
            raise StepNotTaken("Den som undertecknar saknar delegation.", "signer")
        contract.rent, contract.furniture_rent = terms.rent, terms.furniture_rent
        contract.other_rent, contract.other_rent_for = terms.other_rent, terms.other_rent_for
        contract.term_to, contract.notice_months = terms.term_to, terms.notice_months
        contract.delegation = terms.delegation
        contract.head_lease = contract.dwelling.head_lease_on(contract.move_in_on)
        contract.electricity_included = contract.dwelling.electricity_included
        contract.issued_on = today
        contract.save()
        if can_be_written(CONTRACT.load_facts([pk], today)[pk]):
            _make_papers(contract, edition=1, by=by, today=today)
    return contract


def _make_papers(contract: Contract, *, edition: int, by: Scope, today: date) -> None:
    """From one frozen set of data: the originals differ in nothing but their own code and holder line (R-0-12)."""
    version = approved_template(template_kind(contract.housing_form), today)
    data = documents.contract_data(contract, version)
    sheets = _sheets(contract, SheetKind.CONTRACT, version, data, edition=edition, by=by, on=today)
    for number, (kind, _title) in enumerate(documents.annexes(contract), start=1):
        annex = approved_template(kind, today)
        make = documents.category_annex_data if kind == "category_annex" else documents.electricity_annex_data
        sheets += _sheets(
            contract, SheetKind(kind), annex, make(contract, annex, str(number)), edition=edition, by=by, on=today,
            number=number,
        )  # fmt: skip
    _write_letter(contract, sheets, edition=edition, by=by, today=today)


def _sheets(
    contract: Contract,
    kind: SheetKind,
    version: TextTemplate,
    data,
    *,
    edition: int,
    by: Scope,
    on: date,
    number: int = 0,
) -> list[Original]:
    made = []
    for holder in _holders(contract, kind):
        is_contract = kind == SheetKind.CONTRACT
        suffix = LETTERS[kind, holder] + (str(edition) if edition > 1 else "")
        title = documents.title(contract) if is_contract else f"Bilaga {number}, {kind.label}"
        sheet: Sheet = {
            "code": f"{contract.number}-{suffix}",
            "holder": holder,
            "holder_line": HOLDER_LINES["contract" if is_contract else "annex", holder],
            "sheet_title": title,
        }
        document = freeze(
            case=contract, kind=kind.value, template=version, data=data, sheet=sheet, on=on, by=by,
            title=f"{title}, {sheet['holder_line'].lower()}",
        )  # fmt: skip
        made.append(make_original(document=document, code=sheet["code"], kind=kind, holder=holder, on=on, by=by))
    return made


def _holders(contract: Contract, kind: SheetKind) -> list[str]:
    """One annex with each original; the electricity annex as the municipality has decided (requirements.md point 13)."""
    if kind == SheetKind.ELECTRICITY_ANNEX:
        copies = resolve("contracts.electricity_annex_copies", contract.issued_on, contract.department_id).value
        return ["tenant"] if copies == "tenant" else ["tenant", "municipality"]
    return ["tenant", "municipality"]


def _write_letter(contract: Contract, sheets: list[Original], *, edition: int, by: Scope, today: date) -> None:
    """One envelope: the covering letter first, then the sheets in the order of their codes.

    What the municipality lets by itself is signed at its own desk: printed like a letter, but with nobody to cover for.
    """
    cover = [_cover(contract, sheets, by=by, today=today)] if contract.is_care else []
    letters.write_letter(
        case=contract,
        key=f"contract:{contract.pk}:{edition}",
        kind="contract",
        title=f"Kontrakt {contract.number}",
        recipient=documents.recipient(contract),
        documents=[*cover, *(sheet.document for sheet in sorted(sheets, key=lambda sheet: sheet.code))],
        by=by,
        goes_by_post=contract.is_care,
    )


def _cover(contract: Contract, sheets: list[Original], *, by: Scope, today: date) -> Document:
    version = approved_template("covering_letter", today)
    days = resolve("contracts.return_days", contract.opened_on, contract.department_id).value
    return_by = dates.next_working_day(today + timedelta(days=days))
    data = documents.covering_letter_data(
        contract, version, sheets=sheets, on=today, sender=sender_of(contract, by), return_by=return_by
    )
    return freeze(case=contract, kind="covering_letter", template=version, data=data, on=today, by=by)


def sender_of(contract: Contract, by: Scope) -> Staff | None:
    """Who answers questions on a letter: the department's own, never the provider that set it going."""
    return Staff.objects.filter(pk=by.staff_id, unit__organisation=contract.department_id).first()


def sign_for_municipality(pk: int, *, signed_on: date, by: Scope, today: date, seen: int | None = None) -> Contract:
    """Both originals and the category annex were signed that day, by the one the paper names (R-0-12, R-0-14)."""
    if signed_on > today:
        raise StepNotTaken("Underskriften kan inte vara efter idag.", "signed_on")
    with steps.door(Contract, pk, "sign_for_municipality", by=by, today=today, seen=seen) as contract:
        signed = [sheet for sheet in sheets_of(contract) if sheet.kind != SheetKind.ELECTRICITY_ANNEX]
        move_all(
            signed, OriginalState.SIGNED_FOR_MUNICIPALITY, on=signed_on, by=by,
            note=f"{contract.delegation.staff}, {contract.delegation}",
        )  # fmt: skip
    return contract


def dispatch(pk: int, *, posted_on: date, by: Scope, today: date) -> Contract:
    """From the case's page: posts the contract's letter, which takes the step (R-0-13)."""
    letter = Letter.objects.filter(case=pk, kind="contract").exclude(state=LetterState.CANCELLED).last()
    if letter is None:
        raise StepNotTaken("Kontraktet har inget brev i utskriftskön.")
    letters.post(letter_id=letter.pk, on=posted_on, by=by, today=today)
    return Contract.objects.get(pk=pk)


def on_posting(pk: int, posted_on: date, by: Scope, today: date) -> None:
    """What posting the letter means to the contract. Called by `letters.post`, under the case's lock."""
    contract = Contract.objects.get(pk=pk)
    if not contract.is_care:
        raise StepNotTaken("Kontraktet undertecknas hos förvaltningen och postas inte.")
    with steps.door(Contract, pk, "dispatch", by=by, today=today) as contract:
        contract.dispatched_on = posted_on
        move_all(sheets_of(contract), OriginalState.SENT, on=posted_on, by=by)


def replace_sheets(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """A sheet is lost: all are void and new ones are made of the same frozen data, under new codes (R-0-24)."""
    with steps.door(Contract, pk, "replace_sheets", by=by, today=today, seen=seen, note=reason) as contract:
        old = sheets_of(contract)
        frozen = {sheet.code: sheet.document for sheet in old}
        edition = 1 + Letter.objects.filter(case=pk, kind="contract").count()
        call_off_papers(contract, on=today, by=by, note=reason, kind="contract")
        contract.dispatched_on = contract.received_by_provider_on = None
        contract.save()
        new = [_again(sheet, frozen[sheet.code], edition, by=by, on=today) for sheet in old]
        _write_letter(contract, new, edition=edition, by=by, today=today)
    return contract


def _again(sheet: Original, document: Document, edition: int, *, by: Scope, on: date) -> Original:
    letter = LETTERS[SheetKind(sheet.kind), sheet.holder]
    code = f"{sheet.case.number}-{letter}{edition}"
    fresh = freeze(
        case=sheet.case, kind=document.kind, template=document.template, data=document.data,
        sheet={**document.sheet, "code": code}, on=on, by=by, title=document.title,
    )  # fmt: skip
    return make_original(document=fresh, code=code, kind=sheet.kind, holder=sheet.holder, on=on, by=by)


def notify_owner(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """A letter to the owner: the dwelling is sublet. It names no tenant (JB 12:39 third paragraph)."""
    with steps.door(Contract, pk, "notify_owner", by=by, today=today, seen=seen) as contract:
        if contract.head_lease is None:
            raise StepNotTaken("Inget inhyrningsavtal är knutet till kontraktet.")
        version = approved_template("owner_notice", today)
        data = documents.owner_notice_data(contract, version, on=today, sender=sender_of(contract, by))
        notice = freeze(case=contract, kind="owner_notice", template=version, data=data, on=today, by=by)
        letters.write_letter(
            case=contract, key=f"owner_notice:{pk}:{steps.last_log_id(pk)}", kind="owner_notice",
            title=f"Underrättelse till ägaren, {contract.number}", recipient=data["recipient"], documents=[notice], by=by,
        )  # fmt: skip
    return contract


def owner_was_notified(pk: int, *, posted_on: date, by: Scope, today: date) -> Contract:
    """From the case's page: posts the letter to the owner, which takes the step."""
    letter = Letter.objects.filter(case=pk, kind="owner_notice").exclude(state=LetterState.CANCELLED).last()
    if letter is None:
        raise StepNotTaken("Underrättelsen ligger inte i utskriftskön.")
    letters.post(letter_id=letter.pk, on=posted_on, by=by, today=today)
    return Contract.objects.get(pk=pk)


def on_owner_posting(pk: int, posted_on: date, by: Scope, today: date) -> None:
    """The owner is notified when the letter is in the post, not when it is written. Called by `letters.post`."""
    with steps.door(Contract, pk, "owner_was_notified", by=by, today=today) as contract:
        contract.owner_notified_on = posted_on


WITH_PROVIDER = (
    OriginalState.SENT,
    OriginalState.AT_PROVIDER,
    OriginalState.SIGNED,
    OriginalState.ON_ITS_WAY,
)


def remind_provider(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """A reminder of the sheets that should be back (D-0-7). Never more than one a day."""
    with steps.door(Contract, pk, "remind_provider", by=by, today=today, seen=seen) as contract:
        if Dispatch.objects.filter(key=_reminder_key(pk, today)).exists():
            raise StepNotTaken("En påminnelse är redan skriven idag.")
        missing = missing_sheets(contract, today)
        if not missing:
            raise StepNotTaken("Inget blad är försenat än.")
        version = approved_template("reminder", today)
        occurrence = 1 + Letter.objects.filter(case=pk, kind="reminder").exclude(state=LetterState.CANCELLED).count()
        data = documents.reminder_data(
            contract, version, missing=missing, occurrence=occurrence, on=today, sender=sender_of(contract, by),
            return_by=dates.next_working_day(today + timedelta(days=14)),
        )  # fmt: skip
        reminder = freeze(case=contract, kind="reminder", template=version, data=data, on=today, by=by)
        letters.write_letter(
            case=contract, key=_reminder_key(pk, today), kind="reminder",
            title=f"Påminnelse {occurrence}, {contract.number}", recipient=data["recipient"], documents=[reminder], by=by,
        )  # fmt: skip
    return contract


def _reminder_key(pk: int, today: date) -> str:
    return f"reminder:{pk}:{today}"


# Deadlines by which a sheet should be back: sent by the provider, and here. By whose original it is.
AWAITED = {
    "municipality": ("contracts.return", "contracts.file"),
    "tenant": ("contracts.tenants_original", "contracts.file_tenants_original"),
}


def missing_sheets(contract: Contract, today: date) -> list[tuple[Original, date]]:
    """The sheets that the provider should have sent back by now, each with the day it was due."""
    due = {
        deadline.kind: deadline.due_on
        for deadline in contract.deadlines.filter(
            kind__in=[*AWAITED["municipality"], *AWAITED["tenant"]], status="open", due_on__lt=today
        )
    }
    found = []
    for sheet in sheets_of(contract):
        late = [due[kind] for kind in AWAITED[sheet.holder] if kind in due]
        waits = sheet.kind != SheetKind.ELECTRICITY_ANNEX and (
            sheet.state in WITH_PROVIDER or (sheet.holder == "tenant" and sheet.state == OriginalState.WITH_TENANT)
        )
        if waits and late:
            found.append((sheet, min(late)))
    return found

"""A contract's own parts of a case's page: head, tabs, panels, the two originals and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from bostad import dates, identifiers, words
from bostad.casework.deadlines import deadline_kind
from bostad.casework.models import Case, CaseParty
from bostad.casework.pages import HIDDEN_ADDRESS, PROTECTED, Action, CaseHead, Fact, KindPages, Tab, told_deadlines
from bostad.casework.step_views import done_by
from bostad.documents.models import Holder, Movement, Original, SheetKind
from bostad.documents.states import OriginalState
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope
from bostad.people.models import Representative
from contracts import carried
from contracts.forms.steps import STEP_FORMS
from contracts.models import Contract, Ending
from contracts.services.from_offer import may_write
from contracts.services.sheets import sheets_of
from contracts.states import (
    CARE,
    LOOKS,
    CategoryAnswer,
    ContractState,
    EndReason,
    HousingForm,
    NoticeBy,
    SignedFor,
)
from contracts.tenancy_time import in_a_row_since, lawful_end, lawful_ground
from referrals.models import Referral


def tenant_names(contract: Contract, scope: Scope, tenants: list[CaseParty] | None = None) -> str:
    """A provider is shown the names that it gave itself; a number never fetches a name for it."""
    own = contract.department_id in scope.departments
    return " och ".join(
        party.shown_name(own=own, restricted=contract.is_restricted) for party in tenants or contract.tenants
    )


def representatives(tenants: list[CaseParty]) -> list[Representative]:
    return [party.representative for party in tenants if party.representative]


def shows_protected(contract: Contract, scope: Scope) -> bool:
    """The badge is for the department, and for a provider that declared the protection itself."""
    return contract.is_restricted and (contract.department_id in scope.departments or contract.declared_protected)


def address_of(contract: Contract, scope: Scope, *, revealed: bool = False) -> str:
    if contract.dwelling is None:
        return "–"
    if shows_protected(contract, scope) and not revealed:
        return HIDDEN_ADDRESS
    return f"{contract.dwelling.designation}, {contract.dwelling}"


def head(case: Case, scope: Scope, today: date, *, revealed: bool = False) -> CaseHead:
    contract: Any = case
    looks, tenants = [LOOKS[ContractState(contract.state)]], contract.tenants
    if shows_protected(contract, scope):
        looks.append(PROTECTED)
    late = told_deadlines(contract, scope).still_open().overdue(today).order_by("due_on").first()
    facts = [
        Fact("Bostad", address_of(contract, scope, revealed=revealed)),
        Fact("Inflyttning", dates.day_with_year(contract.move_in_on)),
    ]
    if contract.provider:
        facts.append(
            Fact("Utförare", contract.provider.name, note="privat" if contract.provider.is_private else "kommunal")
        )
    for who in representatives(tenants):
        facts.append(Fact("Företrädare", who.name, note=who.get_authority_display().lower()))
    facts.append(Fact("Handläggs av", str(contract.assignee or contract.unit)))
    return CaseHead(
        kind=f"{'Andrahandskontrakt' if contract.is_sublet else 'Hyreskontrakt'}, {contract.get_housing_form_display().lower()}",
        number=contract.number,
        title=tenant_names(contract, scope, tenants) or "Ingen hyresgäst",
        looks=tuple(looks),
        facts=tuple(facts),
        due=words.Due("overdue", f"{deadline_kind(late.kind).label}: {words.due(late.due_on, today).words}")
        if late
        else None,
    )


OTHERS_DONE = {
    "register": "Hyresgästen är registrerad", "edit": "Uppgifterna är ändrade",
    "order_contract": "Kontraktet är beställt", "receive_sheet": "Ett blad är arkiverat",
}  # fmt: skip


def _variant(case: Any) -> str:
    if case.housing_form in CARE:
        return "vard"
    return "kommunalt" if case.housing_form == HousingForm.MUNICIPAL else "forsok"


PAGES = KindPages(
    head=head,
    tabs=(
        Tab("Översikt", "contracts:contract"),
        Tab("Original och bilagor", "contracts:originals", lambda case, scope: case.originals.valid().count()),
        Tab(
            "Journal",
            "casework:journal",
            lambda case, scope: case.journal.count() + case.contact_attempts.count() or None,
            owner_only=True,
        ),
        Tab("Handlingar", "documents:documents", None),
        Tab("Bevakningar", "casework:deadlines", lambda case, scope: told_deadlines(case, scope).still_open().count()),
        Tab(
            "Samtycken",
            "casework:consents",
            lambda case, scope: case.consents.filter(revoked_on=None).count(),
            owner_only=True,
        ),
        Tab("Logg", "casework:log", None, owner_only=True),
    ),
    list_url="contracts:contracts",
    names=tenant_names,
    shows_protected=shows_protected,
    variant=_variant,
    done=done_by(STEP_FORMS, OTHERS_DONE),
    meet_at={
        "print": ("documents:print_queue", "Till utskrifter"),
        "receive_sheet": ("contracts:receive", "Ta emot ett blad"),
    },
)


def _may_write(case: Case, scope: Scope) -> bool:
    return isinstance(case, Referral) and may_write(case, scope) and Role.PROPERTY_OFFICER in scope.roles


WRITE_CONTRACT = Action(
    "write_contract",
    "Skriv kontraktet",
    "Hushåll, bostad och inhyrningsavtal följer med från erbjudandet.",
    ("R-1-51", "R-1-3"),
    "contracts:from_offer",
    _may_write,
)


# --- the agreement's data ------------------------------------------------------------------------------------------------


def agreement_facts(contract: Contract, scope: Scope, today: date, *, revealed: bool) -> list[Fact]:
    own = contract.department_id in scope.departments
    facts = []
    tenants = contract.tenants
    for party in tenants:
        person = party.person
        number = identifiers.format_personnummer(person.personnummer, on=today) if person.personnummer else "saknas"
        name = party.shown_name(own=own, restricted=contract.is_restricted)
        url = reverse("overview:person", args=[person.pk]) if own and name == person.name else ""
        facts.append(Fact("Hyresgäst", name, url=url, below=number, rules=("R-0-5",)))
    hidden = shows_protected(contract, scope) and not revealed  # the dwelling's own page has its address
    url = "" if hidden else reverse("overview:dwelling", args=[contract.dwelling_id])
    if own and contract.offer:
        facts += carried.children(contract.offer, today)
    facts.append(Fact("Hyresobjekt", address_of(contract, scope, revealed=revealed), url=url, rules=("R-0-6",)))
    facts.append(Fact("Boendeform", contract.get_housing_form_display(), rules=("R-0-1",)))
    if contract.housing_form in CARE:
        answer = CategoryAnswer(contract.category).label if contract.category else "inte besvarat än"
        facts.append(Fact("Kategoriboende", answer, rules=("R-0-8",)))
    if contract.grant:
        ended = f", upphörde {dates.day_with_year(contract.grant.ended_on)}" if contract.grant.ended_on else ""
        decided = f"{contract.grant.number}, {dates.day_with_year(contract.grant.decided_on)}{ended}"
        facts.append(Fact("Biståndsbeslut", decided, below=contract.grant.legal_basis, rules=("R-0-2",)))
    if contract.municipal_ground:
        facts.append(Fact("Grund", contract.municipal_ground, rules=("R-1-3",)))
    if own and not hidden:  # the owner and the number tell where it is
        facts += carried.head_lease(contract.dwelling, contract.move_in_on)
    facts.append(Fact("Kontraktsdatum", dates.day_with_year(contract.contract_on)))
    return facts + _represented(tenants) + _terms(contract) + _order(contract)


def _represented(tenants: list[CaseParty]) -> list[Fact]:
    """By what paper, and how long: what whoever checks an authority wants to see."""
    found = []
    for who in representatives(tenants):
        until = f" till {dates.day_with_year(who.to_on)}" if who.to_on else ""
        paper = f"{who.get_authority_display()}, {who.reference}, från {dates.day_with_year(who.from_on)}{until}"
        found.append(Fact("Företrädare", who.name, below=paper, rules=("R-0-15",)))
    return found


def _terms(contract: Contract) -> list[Fact]:
    if contract.rent is None:
        return []
    parts = [f"varav {words.kr(contract.furniture_rent)} för möbler"] if contract.furniture_rent else []
    parts += [f"varav {words.kr(contract.other_rent)} för {contract.other_rent_for}"] if contract.other_rent else []
    until = f"till och med {dates.day_with_year(contract.term_to)}" if contract.term_to else "tills vidare"
    months = contract.notice_months
    return [
        Fact("Hyra", f"{words.kr(contract.total_rent)} i månaden", below=", ".join(parts), rules=("JB 12:55",)),
        Fact("El", "ingår" if contract.includes_electricity else "ingår inte", rules=("R-0-18",)),
        Fact("Hyrestid", until, rules=("R-4-18",)),
        Fact(
            "Uppsägning", f"{months} {'månad' if months == 1 else 'månader'}, vid dödsfall en månad", rules=("JB 12:5",)
        ),
    ]


def _order(contract: Contract) -> list[Fact]:
    order = getattr(contract, "order", None)
    if order is None:
        return []
    below = f"{order.street}, {words.postal_code(order.postal_code)} {order.city}"
    return [
        Fact(
            "Beställt av",
            f"{order.orderer_name}, {dates.day_with_year(order.ordered_on)}",
            below=below,
            rules=("R-0-9",),
        )
    ]


def ending_facts(contract: Contract, *, own: bool) -> list[Fact]:
    """By what the tenancy ends, and when. What the manager wrote of a deviation is the department's own."""
    ending = contract.ending
    if ending is None:
        return []
    facts = _taken_over(ending) if ending.reason == EndReason.TAKEN_OVER else _given_up(contract, ending, own)
    if ending.billing_notified_on:
        facts.append(
            Fact("Debiteringen meddelad", dates.day_with_year(ending.billing_notified_on),
                 below=f"sista debiterade dag {dates.day_with_year(ending.last_charged_on)}", rules=("R-0-27",))
        )  # fmt: skip
    return facts


def _taken_over(ending: Ending) -> list[Fact]:
    """Nobody gave notice and nobody moved."""
    return [
        Fact("Övertaget från och med", dates.day_with_year(ending.closing_on), rules=("R-4-5",)),
        Fact("Orsak", ending.get_reason_display()),
    ]


def _given_up(contract: Contract, ending: Ending, own: bool) -> list[Fact]:
    lawful = lawful_end(contract, ending, since=in_a_row_since([contract])[contract.pk])
    ground, paragraph = lawful_ground(contract, ending, lawful)
    facts = [*_notice_given(ending), *_deaths(contract, ending, own), Fact("Orsak", ending.get_reason_display())]
    facts.append(Fact("Planerad utflyttning", dates.day_with_year(ending.planned_move_out_on)))
    if ending.served_on:
        manner = ending.get_served_by_display().lower()
        facts.append(Fact("Delgiven", dates.day_with_year(ending.served_on), below=manner, rules=("JB 8:8",)))
    facts.append(Fact("Hyrestiden slutar enligt lag", dates.day_with_year(lawful), below=ground, rules=(paragraph,)))
    if ending.agreed_end_on:
        instead = "gäller i stället för lagens dag" if ending.agreed_end_on != lawful else ""
        facts.append(Fact("Överenskommen sista dag", dates.day_with_year(ending.agreed_end_on), below=instead))
    if ending.moved_out_on:
        facts.append(Fact("Utflyttningsdatum", dates.day_with_year(ending.moved_out_on), rules=("R-0-19",)))
        facts.append(Fact("Avslutningsdatum", dates.day_with_year(ending.closing_on), rules=("R-0-19",)))
    if ending.agreement_obstacle and own:
        facts.append(Fact("Avvikelse", ending.agreement_obstacle, rules=("R-0-20",)))
    return facts


def _notice_given(ending: Ending) -> list[Fact]:
    day = dates.day_with_year(ending.notice_on)
    if ending.notice_by == NoticeBy.TERM:
        return [Fact("Registrerat", day, note="utan uppsägning", rules=("R-0-19",))]
    return [Fact("Uppsägningsdatum", day, note=f"av {ending.get_notice_by_display().lower()}", rules=("R-0-19",))]


def _deaths(contract: Contract, ending: Ending, own: bool) -> list[Fact]:
    """A provider reads the day that stands in the notice. Another may have come to the person from another case."""
    if not own:
        return [_day_of_death(ending.died_on)] if ending.died_on else []
    tenants = contract.tenants
    return [
        _day_of_death(party.person.died_on, of=party.person.name if len(tenants) > 1 else "")
        for party in tenants
        if party.person.died_on
    ]


def _day_of_death(day: date, of: str = "") -> Fact:
    return Fact("Dödsdag", dates.day_with_year(day), below=of, rules=("JB 12:5",))


# --- sheets of paper -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stop:
    at: str
    label: str
    day: date | None = None
    detail: str = ""
    rules: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    id: str
    title: str
    number: str
    code: str
    pages: int | None
    place: str
    place_icon: str
    place_tone: str
    since: date
    trail: tuple[Stop, ...]


_WAY = {
    Holder.TENANT: (
        (OriginalState.PRINTED, ()),
        (OriginalState.SIGNED_FOR_MUNICIPALITY, ("R-0-12",)),
        (OriginalState.SENT, ("R-0-13",)),
        (OriginalState.AT_PROVIDER, ("R-0-26",)),
        (OriginalState.SIGNED, ("R-0-15",)),
        (OriginalState.WITH_TENANT, ("R-0-16",)),
        (OriginalState.ON_ITS_WAY, ("R-0-21",)),
        (OriginalState.ARCHIVED, ("R-0-21",)),
    ),
    Holder.MUNICIPALITY: (
        (OriginalState.PRINTED, ()),
        (OriginalState.SIGNED_FOR_MUNICIPALITY, ("R-0-12",)),
        (OriginalState.SENT, ("R-0-13",)),
        (OriginalState.AT_PROVIDER, ("R-0-26",)),
        (OriginalState.SIGNED, ("R-0-15",)),
        (OriginalState.ON_ITS_WAY, ("R-0-17",)),
        (OriginalState.ARCHIVED, ("R-0-17",)),
    ),
}
_AT_PROVIDER_ONLY = {OriginalState.SENT, OriginalState.AT_PROVIDER, OriginalState.ON_ITS_WAY}
_STOP_LABELS = {
    OriginalState.SIGNED: "Undertecknat av hyresgästen eller företrädaren",
    OriginalState.WITH_TENANT: "Överlämnat till hyresgästen",
    OriginalState.ARCHIVED: "Hyllplats i arkivet",
}


def sheets(contract: Contract, scope: Scope) -> list[Sheet]:
    """The two originals, each with its own way and fate."""
    return [_sheet(contract, original, scope) for original in _with_moves(sheets_of(contract, kind=SheetKind.CONTRACT))]


def _with_moves(originals: list[Original]) -> list[Original]:
    moves = Movement.objects.filter(original__in=[o.pk for o in originals]).order_by("id")
    by_sheet: dict[int, dict[str, Movement]] = {}
    for move in moves:
        by_sheet.setdefault(move.original_id, {})[move.state] = move
    for original in originals:
        original.came = by_sheet.get(original.pk, {})
        if original.state != OriginalState.ARCHIVED:
            original.came.pop(OriginalState.ARCHIVED, None)  # it was filed by mistake
    return originals


def _sheet(contract: Contract, original: Original, scope: Scope) -> Sheet:
    place, icon, tone = where(contract, original, scope)
    return Sheet(
        id=f"o{original.pk}",
        title=f"{original.get_holder_display()} original",
        number=original.code,
        code=original.code,
        pages=original.document.pages,
        place=place,
        place_icon=icon,
        place_tone=tone,
        since=original.since,
        trail=tuple(_trail(contract, original)),
    )


def where(contract: Contract, original: Original, scope: Scope) -> tuple[str, str, str]:
    """Where the sheet is now, with icon and tone: the tone warns while somebody waits for it."""
    if original.state == OriginalState.WITH_TENANT:
        tenants = contract.tenants
        names = [who.name for who in representatives(tenants)]
        tenant = " och ".join(names) or tenant_names(contract, scope, tenants)
        return f"Hos {tenant}", "home", ""
    provider = contract.provider.name if contract.provider else "förvaltningen"
    return {
        OriginalState.MADE: ("Ska skrivas ut", "printer", ""),
        OriginalState.PRINTED: ("Hos förvaltningen, ska undertecknas", "pen", ""),
        OriginalState.SIGNED_FOR_MUNICIPALITY: ("Hos förvaltningen, undertecknat", "pen", ""),
        OriginalState.SENT: (f"På väg till {provider}", "send", "warning"),
        OriginalState.AT_PROVIDER: (f"Hos {provider}", "wait", "warning"),
        OriginalState.SIGNED: (f"Hos {provider}, undertecknat", "wait", "warning"),
        OriginalState.ON_ITS_WAY: ("På väg till förvaltningen", "send", "warning"),
        OriginalState.ARCHIVED: (f"I arkivet, {original.shelf}", "shelf", ""),
        OriginalState.LOST: ("Saknas, enligt chefens beslut", "alert", ""),
        OriginalState.RECALLED: ("Återkallat, ska förstöras", "alert", "warning"),
        OriginalState.VOID: ("Ogiltigt", "x", ""),
    }[OriginalState(original.state)]


def _trail(contract: Contract, original: Original) -> Iterable[Stop]:
    way = [(s, r) for s, r in _WAY[Holder(original.holder)] if contract.provider_id or s not in _AT_PROVIDER_ONLY]
    reached = [state for state, _ in way if state in original.came]
    last = max((i for i, (state, _) in enumerate(way) if state in original.came), default=-1)
    for position, (state, rules) in enumerate(way):
        label = _STOP_LABELS.get(state, OriginalState(state).label)
        move = original.came.get(state)
        if move:
            yield Stop("done", label, move.on, move.note, rules)
        elif position < last:
            continue  # the paper came by a shorter way
        elif position == last + 1 and len(reached) < len(way):
            yield Stop("now", label, None, "", rules)
        else:
            yield Stop("next", label, None, "", rules)


@dataclass(frozen=True)
class Mark:
    when: str
    words: str


@dataclass(frozen=True)
class Annex:
    title: str
    number: str
    rules: tuple[str, ...]
    place: str
    municipality: Mark
    tenant: Mark


def annexes(contract: Contract, scope: Scope, today: date) -> list[Annex]:
    found = []
    for original in _with_moves([s for s in sheets_of(contract) if s.kind != SheetKind.CONTRACT]):
        signed = original.kind == SheetKind.CATEGORY_ANNEX
        own = original.came.get(OriginalState.SIGNED_FOR_MUNICIPALITY)
        theirs = original.signatures.filter(signed_for=SignedFor.AGREEMENT).order_by("signed_on").last()
        found.append(
            Annex(
                title=original.document.title,
                number=original.code,
                rules=("R-0-14",) if signed else ("R-0-18",),
                place=where(contract, original, scope)[0],
                municipality=_mark(signed, own.on if own else None, today),
                tenant=_mark(signed, theirs.signed_on if theirs else None, today),
            )
        )
    return found


def _mark(needed: bool, on: date | None, today: date) -> Mark:
    if not needed:
        return Mark("", "behövs inte")
    return Mark("met", words.met(on, today).words) if on else Mark("", "inte än")

"""Finds people, cases and dwellings by number, name or address, of what this person may see. Personnummer by POST only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from bostad import identifiers
from bostad.casework.graph import kind_of
from bostad.casework.models import Case, CaseParty
from bostad.casework.pages import PROTECTED, as_kinds, pages_of
from bostad.documents.services import find_sheet
from bostad.housing.models import Dwelling
from bostad.organisation.scope import Scope
from bostad.people.models import Person
from contracts.lists import Row, rows_of
from contracts.models import Contract

AT_MOST = 50


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    note: str
    icon: str


@dataclass(frozen=True)
class Found:
    cases: list[Hit]
    people: list[Hit]
    dwellings: list[Hit]
    case_ids: list[int]
    person_ids: list[int]

    @property
    def is_empty(self) -> bool:
        return not (self.cases or self.people or self.dwellings)


def search(typed: str, scope: Scope, today: date) -> Found:
    """Typed text is a case number, a sheet's code, a personnummer, a name or an address: all are tried that can fit."""
    visible = Contract.objects.visible_to(scope)
    parties = _parties(typed, scope, today)
    numbers = visible.filter(number__icontains=typed)[:AT_MOST]
    sheet = find_sheet(typed)
    ids = {c.pk for c in numbers} | {party.case_id for party in parties}
    if sheet and visible.filter(pk=sheet.case_id).exists():
        ids.add(sheet.case_id)
    cases = list(visible.filter(pk__in=ids).for_list().order_by("-id")[:AT_MOST])
    others = _others(typed, scope, {party.case_id for party in parties})
    people = {party.person_id: party for party in parties if party.case.department_id in scope.departments}
    return Found(
        cases=[*(_case(row) for row in rows_of(cases, scope, today)), *(_other(case, scope) for case in others)],
        people=[_person(party) for party in people.values()],
        dwellings=[_dwelling(dwelling) for dwelling in _dwellings(typed, scope)],
        case_ids=[case.pk for case in (*cases, *others)],
        person_ids=list(people),
    )


def _others(typed: str, scope: Scope, of_parties: set[int]) -> list[Case]:
    """Assessments, questions and referrals by number or party: the own ones, and those that are shared with the department."""
    rows = Case.objects.exclude(kind="contract").values_list("pk", "kind")
    fitting = rows.filter(number__icontains=typed)
    found = [
        *fitting.visible_to(scope)[:AT_MOST],
        *fitting.shared_with(scope)[:AT_MOST],
        *rows.filter(pk__in=of_parties),
    ]
    return sorted(as_kinds(dict(found)), key=lambda case: -case.pk)[:AT_MOST]


def _other(case: Case, scope: Scope) -> Hit:
    kind, pages = kind_of(case), pages_of(case)
    name = PROTECTED.label if pages.shows_protected(case, scope) else pages.names(case, scope)
    state = kind.states(case.state).label.lower()
    return Hit(name, reverse(kind.page, args=[case.number]), f"{case.number}, {kind.label.lower()}, {state}", "doc")


def _parties(typed: str, scope: Scope, today: date) -> list[CaseParty]:
    """Of the own cases, and of the referrals that another department has sent: who calls is found by name or number."""
    mine = _matching(CaseParty.objects.filter(case__in=Case.objects.visible_to(scope)), typed, scope, today)
    sent = CaseParty.objects.filter(case__in=Case.objects.shared_with(scope).filter(kind="referral"))
    theirs = _matching(sent, typed, scope, today)
    return [*mine, *(party for party in theirs if party.given_name in ("", party.person.name))]  # as it is shown there


def _matching(rows: QuerySet[CaseParty], typed: str, scope: Scope, today: date) -> list[CaseParty]:
    """A personnummer finds exactly; a name finds by its parts. A protected person is found by number only."""
    rows = rows.select_related("person", "case")
    if identifiers.looks_like_personnummer(typed):
        try:
            number = identifiers.parse_personnummer(typed, on=today, allow_coordination=True)
        except identifiers.IdentifierError:
            return []
        return list(rows.filter(person__personnummer=number)[:AT_MOST])
    if len(typed.strip()) < 2:
        return []
    rows = rows.filter(case__confidentiality="normal", person__protection="none")
    if not scope.departments:  # a provider knows the names that it gave
        for word in typed.split():
            rows = rows.filter(given_last_name__icontains=word) | rows.filter(given_first_name__icontains=word)
        return list(rows[:AT_MOST])
    rows = rows.filter(person__in=Person.objects.named(typed))
    return list(rows.order_by("person__sort_key", "-id")[:AT_MOST])


def _dwellings(typed: str, scope: Scope) -> list[Dwelling]:
    if len(typed.strip()) < 2 or identifiers.looks_like_personnummer(typed):
        return []
    mine = Dwelling.objects.visible_to(scope)
    return list(mine.matching(typed).by_address()[:20])


def _case(row: Row) -> Hit:
    contract = row.contract
    return Hit(
        row.names,
        reverse("contracts:contract", args=[contract.number]),
        f"{contract.number}, {row.look.label.lower()}",
        "pen",
    )


def _person(party: CaseParty) -> Hit:
    protected = party.case.is_restricted or party.person.is_protected
    born = f"född {party.person.born_on.year}" if party.person.born_on else ""
    return Hit(
        "Skyddade uppgifter" if protected else party.person.name,
        reverse("overview:person", args=[party.person_id]),
        "" if protected else born,
        "user",
    )


def _dwelling(dwelling: Dwelling) -> Hit:
    return Hit(str(dwelling), reverse("overview:dwelling", args=[dwelling.pk]), dwelling.designation, "home")

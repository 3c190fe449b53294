"""Who an application concerns: adults with numbers, children with their kind of housing, protection of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bostad.casework import protection
from bostad.casework.models import Case, CaseParty, PartyRole
from bostad.casework.refusals import StepNotTaken
from bostad.identifiers import IdentifierError, parse_personnummer
from bostad.organisation.scope import Scope
from bostad.people.models import ChildHousing, Person
from bostad.people.representing import recorded, typed_again
from bostad.people.services import child_leaves, child_of_household, household_of, person_by_number
from referrals import representatives

GROWN_UP = 18
LEFT = "left"  # how a child lives that has left the household


@dataclass(frozen=True)
class AdultInput:
    first_name: str
    last_name: str
    personnummer: str


@dataclass(frozen=True)
class ChildInput:
    first_name: str
    last_name: str
    personnummer: str
    housing: str  # ChildHousing: permanent, alternating, contact


@dataclass(frozen=True)
class HouseholdInput:
    adults: Sequence[AdultInput]
    children: Sequence[ChildInput] = ()
    is_protected: bool = False


def write_household(case: Case, data: HouseholdInput, *, by: Scope, today: date) -> None:
    """The parties of a new case, and its household. A flag on anybody, a child too, restricts the case and what was there.

    Refuses a number that is none, one that stands twice, a child of 18 or more, and an applicant under 18.
    """
    _check(data, today)
    adults = [_person(who, today) for who in data.adults]
    children = [_person(who, today) for who in data.children]
    household = household_of(adults, today)
    for given, child in zip(data.children, children, strict=True):
        child_of_household(household, child, housing=given.housing, on=today)
    _parties(case, data.adults, adults, PartyRole.APPLICANT, today)
    _parties(case, data.children, children, PartyRole.CHILD, today)
    case.household = household
    case.save()
    everybody = [*adults, *children]
    protection.hold(everybody)
    if data.is_protected:
        protection.declare(everybody)
    protect(case, everybody, by, today)


def add_child(case: Case, given: ChildInput, *, by: Scope, today: date) -> Person:
    """A child that came later, or came back. Refuses one that already belongs to the case."""
    if given.housing not in ChildHousing.values:
        raise StepNotTaken("Ange om barnet bor stadigvarande, växelvis eller har umgänge.", "housing")
    child = _person(given, today)
    known = case.parties.filter(person=child).first()
    if known is not None and known.to_on is None:
        raise StepNotTaken("Barnet hör redan till hushållet.", "personnummer")
    child_of_household(case.household, child, housing=given.housing, on=today)
    if known is None:
        _parties(case, [given], [child], PartyRole.CHILD, today)
    else:
        case.parties.filter(pk=known.pk).update(to_on=None, child_housing=given.housing)
    everybody = [party.person for party in case.parties.select_related("person")]
    protect(case, everybody, by, today)
    return child


def change_child(case: Case, child: Person, housing: str, *, today: date) -> None:
    """How a child of the case lives from today; `LEFT` when it is of the household no more. Refuses a child of others."""
    party = case.parties.filter(person=child, role=PartyRole.CHILD, to_on=None).first()
    if party is None:
        raise StepNotTaken("Barnet hör inte till ärendet.", "child")
    if housing == party.child_housing:
        raise StepNotTaken("Så bor barnet redan, enligt ärendet.", "housing")
    if housing == LEFT:
        case.parties.filter(pk=party.pk).update(to_on=today)
        child_leaves(case.household, child, on=today)
    elif housing in ChildHousing.values:
        case.parties.filter(pk=party.pk).update(child_housing=housing)
        child_of_household(case.household, child, housing=housing, on=today)
    else:
        raise StepNotTaken("Ange hur barnet bor.", "housing")


def copy_household(source: Case, target: Case, *, by: Scope, today: date) -> None:
    """The same people as in the case before, as they are today."""
    parties = list(source.parties.filter(to_on=None).select_related("person", "representative").order_by("id"))
    own = representatives.of_department(target.department_id)
    for party in parties:
        CaseParty.objects.create(
            case_id=target.pk, person=party.person, role=party.role,
            representative=recorded(party.person, typed_again(party.representative), among=own),
            given_first_name=party.given_first_name, given_last_name=party.given_last_name,
            child_housing=party.child_housing, from_on=today,
        )  # fmt: skip
    target.household = source.household
    target.save()
    protect(target, [party.person for party in parties], by, today)


def protect(case: Case, persons: list[Person], by: Scope, today: date) -> None:
    protection.hold(persons)
    if protection.is_protected(persons, case.household_id, today):
        protection.restrict(case, {by.staff_id})
        protection.restrict_what_was_there(persons, [case.household], but=case.pk)


def _check(data: HouseholdInput, today: date) -> None:
    if not data.adults:
        raise StepNotTaken("Ange vem som ansöker, med personnummer.", "personnummer")
    numbers = [_number(who, today) for who in (*data.adults, *data.children)]
    if len(set(numbers)) < len(numbers):
        raise StepNotTaken("Samma personnummer står två gånger.", "personnummer_2")
    for child in data.children:
        if child.housing not in ChildHousing.values:
            raise StepNotTaken("Ange om barnet bor stadigvarande, växelvis eller har umgänge.", "children")


def _number(who: AdultInput | ChildInput, today: date) -> str:
    if not (who.first_name.strip() and who.last_name.strip()):
        raise StepNotTaken("Ange förnamn och efternamn.", "first_name")
    try:
        return parse_personnummer(who.personnummer, on=today, allow_coordination=True)
    except IdentifierError as problem:
        raise StepNotTaken(str(problem), "personnummer") from None


def _person(who: AdultInput | ChildInput, today: date) -> Person:
    person = person_by_number(_number(who, today), first_name=who.first_name, last_name=who.last_name)
    age = person.age_on(today)
    if age is not None and age >= GROWN_UP and isinstance(who, ChildInput):
        raise StepNotTaken(f"{who.first_name} har fyllt 18 år och är inget barn i hushållet.", "children")
    if age is not None and age < GROWN_UP and isinstance(who, AdultInput):
        raise StepNotTaken(f"{who.first_name} är under 18 år och kan inte ansöka själv.", "personnummer")
    return person


def _parties(
    case: Case, given: Sequence[AdultInput | ChildInput], persons: list[Person], role: str, today: date
) -> None:
    CaseParty.objects.bulk_create(
        CaseParty(
            case_id=case.pk, person=person, role=role, given_first_name=who.first_name, given_last_name=who.last_name,
            child_housing=who.housing if isinstance(who, ChildInput) else "", from_on=today,
        )
        for who, person in zip(given, persons, strict=True)
    )  # fmt: skip

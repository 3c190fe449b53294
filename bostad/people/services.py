"""Finds or makes the people behind what was typed: one person per number, one household per family."""

from collections.abc import Sequence
from datetime import date, timedelta

from bostad.people.models import Household, HouseholdMember, HouseholdRole, Person


def person_by_number(personnummer: str, *, first_name: str, last_name: str) -> Person:
    """The person behind the number (12 digits, checked). One that is known keeps the registered name."""
    person, _ = Person.objects.get_or_create(
        personnummer=personnummer, defaults={"first_name": first_name, "last_name": last_name}
    )
    return person


def household_of(adults: Sequence[Person], on: date) -> Household:
    """The household that the first of them lives in, with all of them as adults in it from that day."""
    known = HouseholdMember.objects.filter(person=adults[0], role=HouseholdRole.ADULT, to_on=None).first()
    household = known.household if known else Household.objects.create()
    members = _members_on(household, on)
    HouseholdMember.objects.bulk_create(
        HouseholdMember(household=household, person=person, role=HouseholdRole.ADULT, from_on=on)
        for person in adults
        if person.pk not in members
    )
    return household


def child_of_household(household: Household, child: Person, *, housing: str, on: date) -> HouseholdMember:
    """The child lives there from that day in this way: what was known before ends the day before, or is corrected."""
    known = household.members.filter(person=child, role=HouseholdRole.CHILD).exclude(to_on__lt=on).first()
    if known is None:
        return HouseholdMember.objects.create(
            household=household, person=child, role=HouseholdRole.CHILD, child_housing=housing, from_on=on
        )
    if known.child_housing == housing and known.to_on is None:
        return known
    if known.from_on < on and known.child_housing != housing:
        known.to_on = on - timedelta(days=1)
        known.save(update_fields=["to_on"])
        return HouseholdMember.objects.create(
            household=household, person=child, role=HouseholdRole.CHILD, child_housing=housing, from_on=on
        )
    known.child_housing, known.to_on = housing, None
    known.save(update_fields=["child_housing", "to_on"])
    return known


def child_leaves(household: Household, child: Person, *, on: date) -> None:
    """The day is the child's last in the household."""
    household.members.filter(person=child, role=HouseholdRole.CHILD, to_on=None).update(to_on=on)


def _members_on(household: Household, on: date) -> set[int]:
    return set(household.members.exclude(to_on__lt=on).values_list("person_id", flat=True))

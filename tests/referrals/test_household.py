"""The household of a referral changes while it is written or gone through: children come, live otherwise, leave (R-1-38)."""

from datetime import date, timedelta
from typing import Any

import pytest

from bostad.casework.refusals import StepNotTaken
from bostad.people.models import Person, Protection
from referrals.loading.referral import load
from referrals.models import Referral
from referrals.services import household, validity, writing
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.test_one_home import an_intake
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]


def named(referral: Referral) -> list[tuple[str, str]]:
    """The children that the version in writing, or of an own group the only one, lists: name and kind of housing."""
    version = writing.signed_version(referral) if referral.is_own else writing.version_in_writing(referral)
    return [(one["name"], one["housing"]) for one in version.content["household"]["members"] if one["child"]]


@pytest.mark.rule("R-1-38")
@pytest.mark.rule("R-1-36")
def test_a_child_that_is_born_before_the_extension_stands_in_it(place: Referring):
    referral = making.a_referral(place, "registered")
    today = date(2027, 7, 1)
    by: dict[str, Any] = {"by": place.caseworker, "today": today}
    newborn = making.a_child(today - timedelta(days=20), first_name="Noor", last_name="Haddad")
    with pytest.raises(StepNotTaken):  # what is signed is not changed beside the extension
        household.add_child(referral.pk, newborn, **by)
    validity.begin_extension(referral.pk, **by)
    household.add_child(referral.pk, newborn, **by)
    assert named(referral) == [("Noor Haddad", "permanent")]
    with pytest.raises(StepNotTaken, match="hör redan"):
        household.add_child(referral.pk, newborn, **by)
    assert writing.signed_version(referral).content["household"]["members"][1:] == []


@pytest.mark.rule("R-1-38")
def test_a_child_lives_otherwise_leaves_and_comes_back(place: Referring):
    referral = making.a_referral(place, "draft", children=1)
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["draft"] + timedelta(days=1)}
    child = referral.parties.get(role="child").person
    household.change_child(referral.pk, child, "contact", **by)
    assert named(referral) == [(child.name, "contact")]
    household.change_child(referral.pk, child, "left", **by)
    assert (named(referral), load([referral.pk], by["today"])[referral.pk].children) == ([], 0)
    with pytest.raises(StepNotTaken):  # there is no child left to say it of
        household.change_child(referral.pk, child, "alternating", **by)
    again = making.a_child(first_name=child.first_name, last_name=child.last_name, personnummer=child.personnummer)
    household.add_child(referral.pk, again, **by)
    assert named(referral) == [(child.name, "permanent")]
    assert referral.household.members.filter(person=child, to_on=None).count() == 1


def test_how_the_child_lives_is_one_of_the_four_and_the_child_is_the_households_own(place: Referring):
    referral = making.a_referral(place, "draft", children=1)
    stranger = making.a_referral(place, "draft", children=1).parties.get(role="child").person
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["draft"]}
    with pytest.raises(StepNotTaken, match="Ange hur barnet bor"):
        household.change_child(referral.pk, referral.parties.get(role="child").person, "", **by)
    with pytest.raises(StepNotTaken, match="hör inte till ärendet"):
        household.change_child(referral.pk, stranger, "left", **by)


@pytest.mark.rule("R-1-31")
def test_who_changes_the_household_has_written_the_referral(place: Referring):
    referral = making.a_referral(place, "draft")
    assert place.colleague.staff_id not in writing.version_in_writing(referral).authors
    household.add_child(referral.pk, making.a_child(), by=place.colleague, today=DAYS["draft"])
    assert place.colleague.staff_id in writing.version_in_writing(referral).authors


def test_a_protected_child_that_comes_closes_the_referral(place: Referring):
    referral = making.a_referral(place, "draft")
    child = making.a_child()
    household.add_child(referral.pk, child, by=place.caseworker, today=DAYS["draft"])
    assert not Referral.objects.get(pk=referral.pk).is_restricted
    other = making.a_child()
    Person.objects.create(
        first_name=other.first_name, last_name=other.last_name, personnummer=other.personnummer,
        protection=Protection.CONFIDENTIAL,
    )  # fmt: skip
    household.add_child(referral.pk, other, by=place.caseworker, today=DAYS["draft"])
    assert Referral.objects.get(pk=referral.pk).is_restricted


def test_the_property_department_changes_the_household_that_it_took_in(place: Referring):
    intake = an_intake(making.a_household())
    referral = validity.take_in(intake, unit=place.town.ff.units.get(), by=place.officer, today=DAYS["registered"])
    household.add_child(referral.pk, making.a_child(), by=place.officer, today=DAYS["registered"])
    assert len(named(referral)) == 1


@pytest.mark.rule("R-1-38", "R-1-33")
def test_a_referral_that_replaces_another_has_the_household_of_that_one(place: Referring):
    it = making.making_of(place, "filled", children=1)
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["filled"]}
    household.change_child(it.pk, it.referral.parties.get(role="child").person, "left", **by)
    household.add_child(it.pk, making.a_child(first_name="Noor", last_name="Haddad"), **by)
    making.go_on(it, ["approved", "signed", "submitted", "registered"])
    new = writing.replace(it.pk, writing.OpeningInput("municipal", "Stöd."), by=place.caseworker, today=DAYS["offered"])
    assert named(new) == [("Noor Haddad", "permanent")]


@pytest.mark.rule("R-1-38")
def test_how_a_child_lived_before_is_not_written_over(place: Referring):
    referral = making.a_referral(place, "draft", children=1)
    child = referral.parties.get(role="child").person
    household.change_child(referral.pk, child, "contact", by=place.caseworker, today=DAYS["filled"])
    rows = referral.household.members.filter(person=child).order_by("from_on")
    assert list(rows.values_list("child_housing", "from_on", "to_on")) == [
        ("permanent", DAYS["applied"], DAYS["filled"] - timedelta(days=1)), ("contact", DAYS["filled"], None),
    ]  # fmt: skip

"""The household of a referral changes while it is written or gone through: children come, live otherwise, leave (R-1-38)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from bostad.casework.refusals import Refused, StepNotTaken
from bostad.people.models import Person, Protection
from referrals import childrens_analyses, content, reading
from referrals.loading.assessment import load as load_assessments
from referrals.loading.referral import load
from referrals.models import ChildAnalysis, Referral
from referrals.services import assessing, household, validity, writing
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.test_one_home import an_intake
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]


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
        household.add_child(referral, newborn, **by)
    validity.begin_extension(referral.pk, **by)
    household.add_child(referral, newborn, **by)
    assert named(referral) == [("Noor Haddad", "permanent")]
    with pytest.raises(StepNotTaken, match="hör redan"):
        household.add_child(referral, newborn, **by)
    assert writing.signed_version(referral).content["household"]["members"][1:] == []


@pytest.mark.rule("R-1-38")
def test_a_child_lives_otherwise_leaves_and_comes_back(place: Referring):
    referral = making.a_referral(place, "draft", children=1)
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["draft"] + timedelta(days=1)}
    child = referral.parties.get(role="child").person
    household.change_child(referral, child, "contact", **by)
    assert named(referral) == [(child.name, "contact")]
    household.change_child(referral, child, "left", **by)
    assert (named(referral), load([referral.pk], by["today"])[referral.pk].children) == ([], 0)
    with pytest.raises(StepNotTaken):  # there is no child left to say it of
        household.change_child(referral, child, "alternating", **by)
    again = making.a_child(first_name=child.first_name, last_name=child.last_name, personnummer=child.personnummer)
    household.add_child(referral, again, **by)
    assert named(referral) == [(child.name, "permanent")]
    assert referral.household.members.filter(person=child, to_on=None).count() == 1


def test_how_the_child_lives_is_one_of_the_four_and_the_child_is_the_households_own(place: Referring):
    referral = making.a_referral(place, "draft", children=1)
    stranger = making.a_referral(place, "draft", children=1).parties.get(role="child").person
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["draft"]}
    with pytest.raises(StepNotTaken, match="Ange hur barnet bor"):
        household.change_child(referral, referral.parties.get(role="child").person, "", **by)
    with pytest.raises(StepNotTaken, match="hör inte till ärendet"):
        household.change_child(referral, stranger, "left", **by)


@pytest.mark.rule("R-1-31")
def test_who_changes_the_household_has_written_the_referral(place: Referring):
    referral = making.a_referral(place, "draft")
    assert place.colleague.staff_id not in writing.version_in_writing(referral).authors
    household.add_child(referral, making.a_child(), by=place.colleague, today=DAYS["draft"])
    assert place.colleague.staff_id in writing.version_in_writing(referral).authors


def test_a_protected_child_that_comes_closes_the_referral(place: Referring):
    referral = making.a_referral(place, "draft")
    child = making.a_child()
    household.add_child(referral, child, by=place.caseworker, today=DAYS["draft"])
    assert not Referral.objects.get(pk=referral.pk).is_restricted
    other = making.a_child()
    Person.objects.create(
        first_name=other.first_name, last_name=other.last_name, personnummer=other.personnummer,
        protection=Protection.CONFIDENTIAL,
    )  # fmt: skip
    household.add_child(referral, other, by=place.caseworker, today=DAYS["draft"])
    assert Referral.objects.get(pk=referral.pk).is_restricted


def test_the_property_department_changes_the_household_that_it_took_in(place: Referring):
    intake = an_intake(making.a_household())
    referral = validity.take_in(intake, unit=place.town.ff.units.get(), by=place.officer, today=DAYS["registered"])
    household.add_child(referral, making.a_child(), by=place.officer, today=DAYS["registered"])
    assert len(named(referral)) == 1


@pytest.mark.rule("R-1-38", "R-1-33")
def test_a_referral_that_replaces_another_has_the_household_of_that_one(place: Referring):
    it = making.making_of(place, "filled", children=1)
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["filled"]}
    household.change_child(it.referral, it.referral.parties.get(role="child").person, "left", **by)
    household.add_child(it.referral, making.a_child(first_name="Noor", last_name="Haddad"), **by)
    _analyse(it, DAYS["filled"])
    making.go_on(it, ["approved", "signed", "submitted", "registered"])
    new = writing.replace(it.pk, writing.OpeningInput("municipal", "Stöd."), by=place.caseworker, today=DAYS["offered"])
    assert named(new) == [("Noor Haddad", "permanent")]


@pytest.mark.rule("R-1-38")
def test_how_a_child_lived_before_is_not_written_over(place: Referring):
    referral = making.a_referral(place, "draft", children=1)
    child = referral.parties.get(role="child").person
    household.change_child(referral, child, "contact", by=place.caseworker, today=DAYS["filled"])
    rows = referral.household.members.filter(person=child).order_by("from_on")
    assert list(rows.values_list("child_housing", "from_on", "to_on")) == [
        ("permanent", DAYS["applied"], DAYS["filled"] - timedelta(days=1)), ("contact", DAYS["filled"], None),
    ]  # fmt: skip


# --- the perspective of a child that came later (R-1-11) -----------------------------------------------------------------


def _with_a_newborn(place: Referring, until: str = "filled") -> making.Making:
    it = making.making_of(place, until)
    household.add_child(it.referral, making.a_child(first_name="Noor"), by=place.caseworker, today=DAYS[until])
    return it


def _analyse(it: making.Making, day: date, words: str = "Behöver ett eget rum.") -> None:
    child = it.referral.parties.get(role="child", to_on=None).person
    household.analyse_child(it.referral, child, household.AnalysisInput(words), by=it.place.caseworker, today=day)


@pytest.mark.rule("R-1-11")
def test_a_child_that_came_since_is_analysed_before_the_person_signs(place: Referring):
    it = _with_a_newborn(place)
    with pytest.raises(Refused) as refusal:
        making.ACTS["approved"](it, DAYS["approved"])
    assert [lack.condition.name for lack in refusal.value.lacks] == ["every_child_is_analysed"]
    _analyse(it, DAYS["filled"])
    making.ACTS["approved"](it, DAYS["approved"])
    assert it.referral.state == "approved"


@pytest.mark.rule("R-1-11")
def test_a_child_that_lives_otherwise_now_is_analysed_anew(place: Referring):
    it = making.making_of(place, "filled", children=1)
    child, by = it.referral.parties.get(role="child").person, {"by": place.caseworker, "today": DAYS["filled"]}
    household.change_child(it.referral, child, "alternating", **by)
    with pytest.raises(Refused, match="Följderna för varje barn"):
        making.ACTS["approved"](it, DAYS["approved"])
    page = client_of(place.caseworker).get(reverse("referrals:referral", args=[it.referral.number])).content.decode()
    assert "Skrevs när det var på annat sätt: bor stadigvarande" in page
    _analyse(it, DAYS["filled"])
    making.ACTS["approved"](it, DAYS["approved"])
    assert it.referral.state == "approved"


@pytest.mark.rule("R-1-36", "R-1-38")
def test_what_a_child_bears_on_is_gone_through_again_when_it_lives_otherwise(place: Referring):
    it, by = making.making_of(place, "registered", children=1), {"by": place.caseworker, "today": DAYS["registered"]}
    validity.begin_extension(it.pk, **by)
    for section in content.SECTIONS:
        validity.confirm_section(it.pk, section.key, **by)
    household.change_child(it.referral, it.referral.parties.get(role="child").person, "contact", **by)
    reviewed = writing.version_in_writing(it.referral).reviewed
    assert {section.key for section in content.SECTIONS} - set(reviewed) == {"household", "need", "children"}


@pytest.mark.rule("R-1-11")
def test_what_another_department_says_of_the_child_neither_stops_nor_shows_here(place: Referring):
    it = making.making_of(place, "filled", children=1)
    theirs = replace(it.household, children=[replace(one, housing="contact") for one in it.household.children])
    application = assessing.ApplicationInput("social", DAYS["filled"], "written", "Bostad.", theirs)
    unit = place.sof.units.get(name="Barn och familj")
    assessing.apply(application, unit=unit, by=place.sof_caseworker, today=DAYS["filled"])
    assert load([it.pk], DAYS["filled"])[it.pk].children_analysed == 1
    page = client_of(place.caseworker).get(reverse("referrals:referral", args=[it.referral.number])).content.decode()
    assert "umgänge" not in page
    assert "Skrevs när" not in page
    child = it.referral.parties.get(role="child").person
    shown = client_of(place.caseworker).get(reverse("overview:person", args=[it.referral.parties.first().person_id]))
    assert child.name in shown.content.decode()
    assert "Umgänge" not in shown.content.decode()
    making.ACTS["approved"](it, DAYS["approved"])
    housing = [one["housing"] for one in it.referral.versions.get().content["household"]["members"] if one["child"]]
    assert housing == ["permanent"]


@pytest.mark.rule("R-1-11")
def test_what_a_replacement_that_was_given_up_said_of_a_child_stops_nothing(place: Referring):
    it, day = making.making_of(place, "registered", children=1), DAYS["offered"]
    by: dict[str, Any] = {"by": place.caseworker, "today": day}
    child = it.referral.parties.get(role="child").person
    new = writing.replace(it.pk, writing.OpeningInput("municipal", "Nytt."), **by)
    household.change_child(new, child, "alternating", **by)
    household.analyse_child(new, child, household.AnalysisInput("Två hem."), **by)
    assert (
        load([it.pk, new.pk], day)[it.pk].children_analysed == load([it.pk, new.pk], day)[new.pk].children_analysed == 1
    )
    validity.withdraw(new.pk, reason="Ångrade sig.", **by)
    validity.begin_extension(it.pk, **by)
    household.change_child(it.referral, child, "contact", **by)
    assert load([it.pk], day)[it.pk].children_analysed == 0
    household.analyse_child(it.referral, child, household.AnalysisInput("Varannan helg."), **by)
    assert load([it.pk], day)[it.pk].children_analysed == 1
    party = it.referral.parties.get(role="child")
    assert childrens_analyses.to_read(childrens_analyses.of_case(it.referral), party).consequences == "Varannan helg."


@pytest.mark.rule("R-1-11")
def test_before_the_decision_too_a_child_that_lives_otherwise_is_analysed_anew(place: Referring):
    case = making.an_assessment(place, "written", children=1)
    child, by = case.parties.get(role="child").person, {"by": place.caseworker, "today": DAYS["written"]}
    household.change_child(case, child, "contact", **by)
    assert load_assessments([case.pk], by["today"])[case.pk].children_analysed == 0
    criterion = next(
        one for one in reading.criteria(case, load_assessments([case.pk], by["today"])[case.pk]) if one.note
    )
    assert child.first_name in criterion.note
    household.analyse_child(case, child, household.AnalysisInput("Byter skola."), **by)
    assert load_assessments([case.pk], by["today"])[case.pk].children_analysed == 1


@pytest.mark.rule("R-1-11", "R-1-36")
def test_a_child_that_is_born_during_the_year_is_analysed_before_the_extension_is_signed(place: Referring):
    it, today = making.making_of(place, "registered"), date(2027, 7, 1)
    by: dict[str, Any] = {"by": place.caseworker, "today": today}
    validity.begin_extension(it.pk, **by)
    newborn = making.a_child(today - timedelta(days=20), first_name="Noor")
    household.add_child(it.referral, newborn, **by)
    economy = writing.version_in_writing(it.referral).content["economy"] | {"checked_on": today.isoformat()}
    writing.write_section(it.pk, "economy", economy, step="review_extension", **by)
    for section in content.SECTIONS:
        if section.key != "economy":
            validity.confirm_section(it.pk, section.key, **by)

    def approve() -> None:
        writing.approve(
            it.pk, signatures=making.signatures_of(it.referral), signed_on=today,
            content_hash=making.hash_now(it.referral), step="approve_extension", **by,
        )  # fmt: skip

    with pytest.raises(Refused, match="Följderna för varje barn"):
        approve()
    _analyse(it, today)
    approve()
    assert writing.version_in_writing(it.referral).approved_on == today


@pytest.mark.rule("R-1-11")
def test_what_the_assessment_says_of_a_child_is_enough_and_what_is_said_later_is_read(place: Referring):
    it = making.making_of(place, "filled", children=1)
    child = it.referral.parties.get(role="child").person
    assert load([it.pk], DAYS["filled"])[it.pk].children_analysed == 1
    _analyse(it, DAYS["filled"], "Byter skola.")
    assert childrens_analyses.of_case(it.referral)[child.pk][-1].consequences == "Byter skola."
    assert ChildAnalysis.objects.filter(child=child).count() == 2  # what the decision rested on is not written over
    household.change_child(it.referral, child, "left", by=place.caseworker, today=DAYS["filled"])
    facts = load([it.pk], DAYS["filled"])[it.pk]
    assert (facts.children, facts.children_analysed) == (0, 0)


@pytest.mark.rule("R-1-11")
def test_another_households_analysis_counts_for_nobody_here(place: Referring):
    it, other = _with_a_newborn(place), making.making_of(place, "filled", children=1)
    assert load([it.pk, other.pk], DAYS["filled"])[it.pk].children_analysed == 0
    assert load([it.pk, other.pk], DAYS["filled"])[other.pk].children_analysed == 1


@pytest.mark.rule("R-1-11")
def test_the_property_department_reads_nothing_of_it(place: Referring):
    it = _with_a_newborn(place)
    _analyse(it, DAYS["filled"], "Ordnunio")
    own = client_of(place.caseworker).get(reverse("referrals:referral", args=[it.referral.number]))
    assert "Ordnunio" in own.content.decode()
    for milestone in ("approved", "signed", "submitted", "registered"):
        making.ACTS[milestone](it, DAYS[milestone])
    theirs = client_of(place.officer).get(reverse("referrals:referral", args=[it.referral.number]))
    assert "Noor" in theirs.content.decode()
    assert "Ordnunio" not in theirs.content.decode()


@pytest.mark.rule("R-1-11")
def test_a_child_that_moves_out_during_the_investigation_is_of_the_household_no_more(place: Referring):
    case = making.an_assessment(place, "investigating", children=2)
    child = case.parties.filter(role="child").first().person
    household.change_child(case, child, "left", by=place.caseworker, today=DAYS["investigating"])
    assert case.parties.filter(role="child", to_on=None).count() == 1
    with pytest.raises(StepNotTaken, match="hör inte till"):
        household.analyse_child(
            case, child, household.AnalysisInput("Flyttar."), by=place.caseworker, today=DAYS["investigating"]
        )


@pytest.mark.rule("R-4-10")
def test_a_child_at_risk_is_told_of_from_the_referral_too(place: Referring):
    it = _with_a_newborn(place)
    child = it.referral.parties.get(role="child").person
    client = client_of(place.caseworker)
    address = reverse("referrals:referral_step", args=[it.referral.number, "analyse_child"])
    typed = {"child": child.pk, "consequences": "Far illa.", "is_at_risk": "ja", "risk_ground": "Våld i hemmet."}
    assert "Underrätta barn- och familjeenheten genast." in client.post(address, typed, follow=True).content.decode()
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["filled"]}
    with pytest.raises(StepNotTaken, match="efter idag"):
        household.tell_children_unit(it.referral, told_on=DAYS["filled"] + timedelta(days=1), what="Våld.", **by)
    household.tell_children_unit(it.referral, told_on=DAYS["filled"], what="Våld i hemmet.", **by)
    assert [entry.text for entry in it.referral.journal.all()] == [
        "Barn- och familjeenheten underrättad: Våld i hemmet."
    ]


def test_no_child_is_offered_a_siblings_words(place: Referring):
    it = making.making_of(place, "filled", children=2)
    address = reverse("referrals:referral_step", args=[it.referral.number, "analyse_child"])
    page = client_of(place.caseworker).get(address).content.decode()
    form = page.partition('name="consequences"')[2].partition("</textarea>")[0]
    assert form
    assert "Kan gå kvar" not in form

"""Rules of seeds 1 and 4 that no condition asks for: what keeps them instead."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bostad.casework.graph import kind
from bostad.casework.models import JournalEntry
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.models import Setting
from bostad.overview import routines
from referrals import auditing
from referrals.models import Assessment
from referrals.services import assessing, household, validity, writing
from referrals.services.validity import IntakeInput
from referrals.services.writing import OpeningInput
from referrals.settings_keys import GUIDELINES, LEASE_FORMS
from referrals.states import HousingNow, LeaseForm, OwnGround, Permit, Support
from tests.factories import SettingFactory
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]


@pytest.mark.rule("R-4-1")
def test_what_is_applied_for_is_one_of_four(place: Referring):
    supports = {making.an_assessment(place, "applied", support=support).support for support in Support}
    assert supports == {"social", "trial", "training", "emergency"}
    with pytest.raises(IntegrityError, match="support_is_one_of_four"), transaction.atomic():
        Assessment.objects.update(support="hotel")


@pytest.mark.rule("R-4-10")
def test_signs_that_a_child_suffers_are_told_to_the_unit_and_stand_in_the_journal(place: Referring):
    case = making.an_assessment(place, "investigating", children=1)
    told = {"what": "Barnet sover hos bekanta.", "by": place.caseworker, "today": DAYS["investigating"]}
    with pytest.raises(StepNotTaken, match="efter idag"):
        household.tell_children_unit(case, told_on=DAYS["written"], **told)
    household.tell_children_unit(case, told_on=DAYS["investigating"], **told)
    case.refresh_from_db()
    assert case.children_unit_told_on == DAYS["investigating"]
    assert "Barnet sover hos bekanta." in JournalEntry.objects.get(case=case.pk).text


@pytest.mark.rule("R-1-65")
@pytest.mark.rule("R-1-13")
def test_who_lives_in_a_municipal_lease_may_be_referred_to_a_guarantee(place: Referring):
    answers = {"write_registration": {"housing_now": HousingNow.MUNICIPAL}}
    referral = making.a_referral(place, "draft", lease_form=LeaseForm.GUARANTEE, answers=answers)
    assert (referral.state, referral.lease_form) == ("draft", "guarantee")


@pytest.mark.rule("R-1-78")
def test_which_forms_a_department_refers_to_is_its_own_dated_setting(place: Referring):
    SettingFactory(key=LEASE_FORMS.key, organisation=place.amf, value=["municipal"])
    case = making.an_assessment(place, "granted")
    with pytest.raises(StepNotTaken) as refusal:
        writing.open_referral(case.pk, OpeningInput(LeaseForm.GUARANTEE), by=place.caseworker, today=DAYS["draft"])
    assert refusal.value.field == "lease_form"
    writing.open_referral(case.pk, OpeningInput(LeaseForm.MUNICIPAL), by=place.caseworker, today=DAYS["draft"])


@pytest.mark.rule("R-1-78")
@pytest.mark.parametrize("code", ["amf", "sof", "vof"])
def test_there_is_a_chart_for_each_pair_of_departments_and_each_form(code: str):
    referral = kind("referral")
    steps = {}
    for form in ("kontrakt", "garanti"):
        label, facts = referral.variants[f"ff-{code}-{form}"]
        assert label.startswith(f"FF–{code.upper()}")
        found = routines.steps_for(referral, facts)
        assert routines.draw(referral, found, "registered", frozenset()).nodes
        steps[form] = {step.name for step in found}
    assert "record_lease_signed" in steps["kontrakt"] - steps["garanti"]
    assert "record_owner_lease" in steps["garanti"] - steps["kontrakt"]


def lanes_of(variant: str) -> dict[str, list[str]]:
    """The states that stand in each lane of the drawing, from the beginning."""
    found = kind("referral")
    drawing = routines.draw(found, routines.steps_for(found, found.variants[variant][1]))
    return {
        lane.label: [node.state for node in drawing.nodes if lane.y <= node.y < lane.y + drawing.lane_height]
        for lane in drawing.lanes
    }


@pytest.mark.rule("R-1-78")
@pytest.mark.parametrize("form", ["kontrakt", "garanti"])
@pytest.mark.parametrize("code", ["amf", "sof", "vof"])
def test_what_waits_for_the_property_department_stands_in_its_lane(code: str, form: str):
    lanes = lanes_of(f"ff-{code}-{form}")
    assert list(lanes) == ["FF", "Förvaltning", "Avslut"]
    assert lanes["FF"] == ["submitted", "registered"]
    assert lanes["Förvaltning"][:3] == ["draft", "approved", "signed"]


@pytest.mark.rule("R-1-78", "R-1-23")
@pytest.mark.parametrize("form", ["kontrakt", "garanti"])
def test_a_household_of_the_property_departments_own_is_with_it_all_the_way_and_never_written(form: str):
    lanes = lanes_of(f"ff-{form}")
    assert list(lanes) == ["FF", "Avslut"]
    assert lanes["FF"] == ["registered", "offered", "accepted", "lease_signed"]
    referral = kind("referral")
    told = routines.tell(referral, routines.steps_for(referral, referral.variants[f"ff-{form}"][1]))
    assert "Registrerad, Erbjuden bostad, Erbjudandet antaget → Återtagen" in {step.way for step in told}
    assert not [step.way for step in told if "Utkast" in step.way or "Inskickad" in step.way]


@pytest.mark.rule("R-1-78", "R-1-23")
@pytest.mark.parametrize(("form", "short"), [(LeaseForm.MUNICIPAL, "kontrakt"), (LeaseForm.GUARANTEE, "garanti")])
def test_a_household_of_the_property_departments_own_has_the_chart_of_its_form(
    place: Referring, on_the_day, form, short
):
    data = IntakeInput(
        making.a_household(),
        form,
        OwnGround.ASSIGNED_NEWCOMER,
        2,
        permit=Permit.PERMANENT,
        assignment_reference="MIG-1",
        debt_total=0,
    )
    taken_in = validity.take_in(
        data, unit=place.ff.units.get(name="Uthyrning"), by=place.officer, today=DAYS["registered"]
    )
    page = client_of(place.officer).get(reverse("referrals:referral", args=[taken_in.number])).content.decode()
    assert f"?form=ff-{short}&amp;arende={taken_in.number}" in page
    _, facts = kind("referral").variants[f"ff-{short}"]
    steps = {step.name for step in routines.steps_for(kind("referral"), facts)}
    assert ("record_owner_lease" in steps, "record_lease_signed" in steps) == (short == "garanti", short == "kontrakt")
    assert "close_own" in steps


@pytest.mark.rule("R-1-89")
def test_the_case_leads_to_its_own_chart_and_the_step_names_the_guidelines(place: Referring, on_the_day):
    referral = making.a_referral(place, "draft", lease_form=LeaseForm.GUARANTEE)
    client = client_of(place.caseworker)
    page = client.get(reverse("referrals:referral", args=[referral.number])).content.decode()
    chart = f"{reverse('overview:routine', args=['referral'])}?form=ff-amf-garanti&amp;arende={referral.number}"
    assert chart in page
    assert client.get(chart.replace("&amp;", "&")).status_code == 200
    step = client.get(reverse("referrals:referral_step", args=[referral.number, "withdraw"])).content.decode()
    assert GUIDELINES.default in step


@pytest.mark.rule("R-4-26")
def test_a_decision_keeps_the_guidelines_of_its_day(place: Referring):
    Setting.objects.filter(key=GUIDELINES.key).delete()
    case = making.an_assessment(place, "granted")
    SettingFactory(
        key=GUIDELINES.key, organisation=place.amf, value="Riktlinjer antagna 2026-10-01", from_on=date(2026, 10, 1)
    )
    assert case.decisions.get().document.data["guidelines"] == GUIDELINES.default


@pytest.mark.rule("R-4-22")
def test_the_audit_counts_what_is_missing_and_lists_the_same_cases(place: Referring):
    without_plan = making.an_assessment(place, "granted", support=Support.TRAINING)
    making.an_assessment(place, "granted")  # a home of one's own needs a referral, and no plan
    undecided = making.an_assessment(place, "investigating", children=1)
    table = {line.support: {cell.lack: cell.count for cell in line.cells} for line in auditing.table(place.manager)}
    assert (table["training"]["plan"], table["social"]["plan"]) == (1, 0)
    assert (table["social"]["beslut"], table["social"]["barn"]) == (1, 1)
    assert [case.pk for case in auditing.cases(place.manager, "plan")] == [without_plan.pk]
    assert [case.pk for case in auditing.cases(place.manager, "barn")] == [undecided.pk]
    assert not auditing.cases(place.sof_manager, "plan").exists()
    for lack in auditing.LACKS:
        total = sum(cells[lack] for cells in table.values())
        assert auditing.cases(place.manager, lack).count() == total, lack


@pytest.mark.rule("R-1-11")
def test_a_child_that_comes_later_belongs_to_the_household_and_is_analysed(place: Referring):
    case = making.an_assessment(place, "written", children=1)
    by = {"by": place.caseworker, "today": DAYS["written"]}
    known = case.parties.get(role="child").person
    with pytest.raises(StepNotTaken, match="hör redan"):
        again = making.a_child(first_name=known.first_name, personnummer=known.personnummer)
        household.add_child(case, again, **by)
    household.add_child(case, making.a_child(first_name="Noor", housing="alternating"), **by)
    assert case.household.members.filter(role="child").count() == 2
    with pytest.raises(StepNotTaken, match="Följderna för varje barn"):
        assessing.assess(case.pk, text="Stöd är skäligt.", **by)
    assert case.parties.filter(role="child", given_first_name="Noor").exists()

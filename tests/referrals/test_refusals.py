"""What the services refuse themselves, and the days that they count: decisions, dialogues, signatures, answers, own households."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bostad import dates
from bostad.casework.models import ConsentForm, ConsentPartner, Deadline
from bostad.casework.refusals import Refused, StepNotTaken
from bostad.casework.services import record_consent
from bostad.organisation.models import Delegation, Setting
from referrals.models import Assessment, Decision, Offer, Question, Referral
from referrals.rules.criteria import the_target_group_is_the_departments
from referrals.services import asking, assessing, deciding, household, offering, validity, writing
from referrals.services.assessing import ApplicationInput, PlanInput
from referrals.services.people import AdultInput, HouseholdInput
from referrals.services.validity import IntakeInput
from referrals.services.writing import OpeningInput
from referrals.states import DecisionKind, LeaseForm, OwnGround, Permit, Support, TargetGroup
from tests.factories import SettingFactory
from tests.referrals import making
from tests.referrals.making import DAYS, Making
from tests.referrals.town import Referring, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_place")]
A_DAY = timedelta(1)


@pytest.fixture(scope="module")
def assessed(one_place: Referring) -> Assessment:
    """Of two adults without children; every criterion holds."""
    return making.an_assessment(one_place, "assessed", adults=2)


@pytest.fixture(scope="module")
def granted(one_place: Referring) -> Making:
    """One adult, with a decision and no referral yet."""
    return making.making_of(one_place, "granted")


@pytest.fixture(scope="module")
def filled(one_place: Referring) -> Making:
    """A draft in which everything stands; its person is informed of one offer."""
    return making.making_of(one_place, "filled")


@pytest.fixture(scope="module")
def submitted(one_place: Referring) -> Making:
    return making.making_of(one_place, "submitted")


@pytest.fixture(scope="module")
def booked(one_place: Referring) -> Making:
    """A guarantee: the person is informed of the home, and does without seeing it."""
    made = making.making_of(one_place, "suitable", lease_form=LeaseForm.GUARANTEE)
    booking = making.a_booking(DAYS["booked"], viewing_at=None, viewing_waived="Bor i samma hus.")
    offering.inform_client(made.pk, booking, by=one_place.caseworker, today=DAYS["booked"])
    return made


# --- the decision ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def refused(one_place: Referring, assessed: Assessment) -> Decision:
    data = making.a_decision_input(motivation="Kriterierna är inte uppfyllda.", other_support="Stödboende är utrett.")
    return deciding.decide(assessed.pk, "refuse", data, by=one_place.caseworker, today=DAYS["refused"])


@pytest.mark.rule("R-1-32", "FL 44")
@pytest.mark.parametrize(
    ("received_on", "appeal_by"),
    [
        (date(2026, 9, 17), date(2026, 10, 8)),
        (date(2026, 9, 18), date(2026, 10, 9)),
        (date(2026, 9, 19), date(2026, 10, 12)),  # three weeks end on a Saturday
        (date(2026, 10, 10), date(2026, 11, 2)),  # on the eve of All Saints' Day
    ],
)
def test_a_refusal_is_appealed_within_three_weeks_of_its_receipt(
    one_place: Referring, refused: Decision, received_on: date, appeal_by: date
):
    deciding.record_receipt(refused.case_id, received_on=received_on, by=one_place.caseworker, today=date(2026, 10, 20))
    refused.refresh_from_db()
    assert refused.received_on == received_on
    assert refused.appeal_by == appeal_by == dates.appeal_deadline(received_on)


@pytest.mark.rule("R-1-32", "FL 44")
def test_a_refusal_is_not_final_while_it_can_be_appealed(one_place: Referring, refused: Decision):
    by, pk = one_place.caseworker, refused.case_id
    with pytest.raises(StepNotTaken, match="tog emot beslutet"):
        deciding.gain_force(pk, by=by, today=date(2027, 1, 4))
    deciding.record_receipt(pk, received_on=DAYS["refused"], by=by, today=DAYS["refused"])
    refused.refresh_from_db()
    with pytest.raises(StepNotTaken):
        deciding.gain_force(pk, by=by, today=refused.appeal_by)
    deciding.gain_force(pk, by=by, today=date(2026, 12, 1))
    assert Assessment.objects.get(pk=pk).state == "closed"


@pytest.mark.rule("R-1-32", "FL 44")
def test_nobody_receives_a_decision_before_it_is_taken_nor_after_today(one_place: Referring, refused: Decision):
    for received_on, why in ((DAYS["refused"] - A_DAY, "innan det fattades"), (DAYS["refused"] + A_DAY, "efter idag")):
        with pytest.raises(StepNotTaken, match=why):
            deciding.record_receipt(
                refused.case_id, received_on=received_on, by=one_place.caseworker, today=DAYS["refused"]
            )
    refused.refresh_from_db()
    assert (refused.received_on, refused.appeal_by) == (None, None)


@pytest.mark.rule("R-1-10", "R-1-32")
def test_nothing_is_refused_before_other_support_is_examined(one_place: Referring, assessed: Assessment):
    by = {"by": one_place.caseworker, "today": DAYS["refused"]}
    for step in ("refuse", "grant_other"):
        with pytest.raises(StepNotTaken, match=r"annat stöd|annan boendeinsats"):
            deciding.decide(assessed.pk, step, making.a_decision_input(), **by)
    assert not assessed.decisions.exists()


@pytest.mark.rule("R-4-14")
def test_nobody_decides_without_a_delegation_of_their_own(one_place: Referring, assessed: Assessment):
    assert deciding.delegation_of(assessed, one_place.caseworker, DAYS["granted"]) is not None
    assert deciding.delegation_of(assessed, one_place.colleague, DAYS["granted"]) is None
    with pytest.raises(StepNotTaken, match="Du saknar delegation"):
        deciding.decide(assessed.pk, "grant", making.a_decision_input(), by=one_place.colleague, today=DAYS["granted"])
    assert Assessment.objects.get(pk=assessed.pk).state == "assessed"


@pytest.mark.rule("R-4-14")
@pytest.mark.parametrize(
    ("from_on", "to_on"), [(DAYS["granted"] + A_DAY, None), (date(2020, 1, 1), DAYS["granted"] - A_DAY)]
)
def test_a_delegation_of_another_time_decides_nothing(one_place: Referring, assessed: Assessment, from_on, to_on):
    mine = Delegation.objects.filter(staff=one_place.caseworker.staff_id)
    mine.update(from_on=from_on, to_on=to_on)
    with pytest.raises(StepNotTaken, match="Du saknar delegation"):
        deciding.decide(assessed.pk, "grant", making.a_decision_input(), by=one_place.caseworker, today=DAYS["granted"])


@pytest.mark.rule("R-1-11")
def test_a_decision_on_a_family_weighs_the_child(one_place: Referring):
    case = making.an_assessment(one_place, "assessed", children=1)
    data = making.a_decision_input()
    with pytest.raises(StepNotTaken, match="barnets bästa"):
        deciding.decide(case.pk, "grant", data, by=one_place.caseworker, today=DAYS["granted"])
    weighed = replace(data, child_analysis="Barnet behöver ro.")
    assert deciding.decide(case.pk, "grant", weighed, by=one_place.caseworker, today=DAYS["granted"]).document_id


@pytest.mark.rule("R-1-21")
def test_a_department_grants_to_its_own_target_groups_alone(one_place: Referring, assessed: Assessment):
    by = {"by": one_place.caseworker, "today": DAYS["assessed"]}
    assessing.reopen_investigation(assessed.pk, reason="Annan målgrupp.", **by)
    assessing.write_findings(assessed.pk, "write_target", {"target_group": TargetGroup.PSYCHOSOCIAL}, **by)
    assessing.assess(assessed.pk, text="Stöd är skäligt.", **by)
    with pytest.raises(Refused) as refusal:
        deciding.decide(assessed.pk, "grant", making.a_decision_input(), **by)
    assert [lack.condition for lack in refusal.value.lacks] == [the_target_group_is_the_departments]
    amfs = Setting.objects.filter(key="referrals.target_groups", organisation=one_place.amf)
    amfs.update(value=[TargetGroup.ECONOMIC, TargetGroup.PSYCHOSOCIAL])
    assert deciding.decide(assessed.pk, "grant", making.a_decision_input(), **by).kind == DecisionKind.GRANT


@pytest.mark.rule("R-4-15")
@pytest.mark.rule("R-4-9")
def test_a_training_home_has_its_plan_before_the_case_is_closed(one_place: Referring):
    case = making.an_assessment(one_place, "granted", support=Support.TRAINING, children=1)
    by = {"by": one_place.caseworker, "today": DAYS["draft"]}
    with pytest.raises(StepNotTaken, match="En plan för boendet"):
        assessing.complete(case.pk, **by)
    plan = PlanInput("Eget kontrakt.", "Betala i tid.", "Boendestöd.", "Varje månad.", DAYS["draft"])
    with pytest.raises(StepNotTaken, match="efter idag"):
        assessing.make_plan(case.pk, replace(plan, agreed_on=DAYS["draft"] + A_DAY), **by)
    assessing.make_plan(case.pk, plan, **by)
    assessing.complete(case.pk, **by)
    assert Assessment.objects.get(pk=case.pk).state == "closed"


@pytest.mark.rule("R-4-9")
def test_a_home_of_the_municipality_is_not_granted_before_each_child_was_offered_support(one_place: Referring):
    case = making.an_assessment(one_place, "assessed", support=Support.TRAINING, children=2)
    by = {"by": one_place.caseworker, "today": DAYS["granted"]}
    child = case.parties.filter(role="child").first().person
    household.analyse_child(case, child, household.AnalysisInput("Kan gå kvar."), **by)
    data = making.a_decision_input(child_analysis="Barnet behöver ro.")
    with pytest.raises(StepNotTaken, match="ska erbjudas nödvändigt stöd"):
        deciding.decide(case.pk, "grant", data, **by)
    offered = household.AnalysisInput("Kan gå kvar.", support_offered_on=DAYS["granted"], support_offered="Samtal")
    household.analyse_child(case, child, offered, **by)
    assert deciding.decide(case.pk, "grant", data, **by).kind == DecisionKind.GRANT


# --- whose is it? ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-24")
def test_no_department_is_asked_with_the_consent_of_one_adult_of_two(one_place: Referring):
    by, today = one_place.caseworker, DAYS["investigating"]
    case = making.an_assessment(one_place, "investigating", adults=2)
    asked = {"departments": [one_place.sof], "text": "Vem ansvarar?", "by": by, "today": today}
    for party in case.parties.order_by("id").select_related("person"):
        with pytest.raises(StepNotTaken, match="samtycke från varje vuxen") as refusal:
            asking.ask(case.pk, **asked)
        assert refusal.value.field == "departments"
        record_consent(
            case=case, person=party.person, partner=ConsentPartner.DEPARTMENT, partner_name="Socialförvaltningen",
            purpose="vilken förvaltning som ansvarar", form=ConsentForm.WRITTEN, given_on=today, by=by,
        )  # fmt: skip
    assert not Question.objects.exists()
    assert asking.ask(case.pk, **asked).state == "asked"


@pytest.mark.rule("R-1-25")
def test_a_department_that_investigates_already_takes_no_second_case_of_the_person_over(one_place: Referring):
    by, today = one_place.caseworker, DAYS["investigating"]
    case = making.an_assessment(one_place, "investigating")
    making.consent_of(case, by=by, given_on=today)
    question = asking.ask(case.pk, departments=[one_place.sof], text="Vem ansvarar?", by=by, today=today)
    answer = {"position": "ours", "reason": "Målgruppen.", "by": one_place.sof_caseworker, "today": today}
    asking.answer(question.pk, organisation=one_place.sof, **answer)
    adult = case.parties.get().person
    known = AdultInput(adult.first_name, adult.last_name, adult.personnummer)
    theirs = ApplicationInput("social", today, "written", "Söker bostad.", HouseholdInput((known,), ()))
    unit = one_place.sof.units.get(name="Barn och familj")
    other = assessing.apply(theirs, unit=unit, by=one_place.sof_caseworker, today=today)
    with pytest.raises(StepNotTaken, match="Socialförvaltningen har redan en pågående utredning") as refusal:
        asking.settle(question.pk, responsible=one_place.sof, meeting=None, by=by, today=today)
    assert other.number not in refusal.value.sentence
    assert Assessment.objects.get(pk=case.pk).state == "investigating"
    assert Assessment.objects.filter(department=one_place.sof).count() == 1


# --- the referral ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-27")
@pytest.mark.parametrize(
    ("dialogue", "why"),
    [
        ({"debt_dialogue_on": DAYS["draft"] + A_DAY, "debt_dialogue_with": "Nadja Persson"}, "efter idag"),
        ({"debt_dialogue_on": DAYS["draft"], "debt_dialogue_with": " "}, "vem på"),
    ],
)
def test_a_dialogue_on_debts_has_been_and_was_with_somebody(one_place: Referring, granted: Making, dialogue, why: str):
    data = OpeningInput(LeaseForm.GUARANTEE, "Behöver stöd i början.", **dialogue)
    with pytest.raises(StepNotTaken, match=why):
        writing.open_referral(granted.assessment_pk, data, by=one_place.caseworker, today=DAYS["draft"])
    assert not Referral.objects.filter(assessment=granted.assessment_pk).exists()


@pytest.mark.rule("R-1-27")
@pytest.mark.parametrize("late", [False, True])
def test_a_guarantee_with_debts_rests_on_a_dialogue_before_the_referral_was_begun(filled: Making, late: bool):
    """Held too late by a day it is no earlier dialogue."""
    economy = making.sections_of(filled)["economy"] | {"debt_total": 12_000}
    writing.write_section(filled.pk, "economy", economy, by=filled.place.caseworker, today=DAYS["filled"])
    Referral.objects.filter(pk=filled.pk).update(
        lease_form=LeaseForm.GUARANTEE, debt_dialogue_on=DAYS["draft"] + A_DAY * late, debt_dialogue_with="Nadja"
    )
    if late:
        with pytest.raises(StepNotTaken, match="dialog med FF"):
            making.ACTS["approved"](filled, DAYS["approved"])
    else:
        making.ACTS["approved"](filled, DAYS["approved"])
    assert filled.referral.state == ("draft" if late else "approved")


def approve(made: Making, signed_on: date, today: date) -> None:
    writing.approve(
        made.pk, signatures=making.signatures_of(made.referral), signed_on=signed_on,
        content_hash=making.hash_now(made.referral), by=made.place.caseworker, today=today,
    )  # fmt: skip


@pytest.mark.rule("R-1-29")
@pytest.mark.parametrize(
    ("signed_on", "why"),
    [
        (DAYS["informed"] - A_DAY, "innan remissen undertecknas"),
        (DAYS["draft"] - A_DAY, "före den dag då lydelsen påbörjades"),
        (DAYS["approved"] + A_DAY, "efter idag"),
    ],
)
def test_who_signs_has_been_told_before_that_one_home_is_offered(filled: Making, signed_on: date, why: str):
    with pytest.raises(StepNotTaken, match=why):
        approve(filled, signed_on, DAYS["approved"])
    approve(filled, DAYS["informed"], DAYS["approved"])
    assert filled.referral.versions.get().approved_on == DAYS["informed"]


@pytest.mark.rule("R-1-42")
def test_a_debt_picture_from_long_ago_is_approved_by_nobody(filled: Making):
    by = {"by": filled.place.caseworker, "today": DAYS["filled"]}
    economy = making.sections_of(filled)["economy"]
    old = {"checked_on": dates.add_months(DAYS["approved"], -3) - A_DAY}
    writing.write_section(filled.pk, "economy", economy | {"checked_on": old["checked_on"].isoformat()}, **by)
    with pytest.raises(StepNotTaken, match="Skuldbilden är kontrollerad för länge sedan"):
        making.ACTS["approved"](filled, DAYS["approved"])
    fresh = (old["checked_on"] + A_DAY).isoformat()
    writing.write_section(filled.pk, "economy", economy | {"checked_on": fresh}, **by)
    making.ACTS["approved"](filled, DAYS["approved"])
    assert filled.referral.state == "approved"


@pytest.mark.rule("R-1-34")
@pytest.mark.parametrize(
    ("wanted", "first_day"),
    [("decision", "granted"), ("signature", "signed"), ("registration", "registered"), (None, "registered")],
)
def test_the_municipality_says_from_which_day_the_year_is_counted(submitted: Making, wanted, first_day: str):
    if wanted:
        SettingFactory(key="referrals.valid_from", organisation=None, value=wanted)
    making.ACTS["registered"](submitted, DAYS["registered"])
    referral = submitted.referral
    assert referral.registered_on == DAYS["registered"]
    assert (referral.valid_from, referral.valid_to) == (DAYS[first_day], dates.add_months(DAYS[first_day], 12))


# --- the property department's own households ------------------------------------------------------------------------------

INTAKE = DAYS["registered"]


def take_in(place: Referring, **wishes) -> Referral:
    given = {
        "household": making.a_household(), "lease_form": LeaseForm.MUNICIPAL, "rooms_min": 2,
        "own_ground": OwnGround.ASSIGNED_NEWCOMER, "assignment_reference": "MIG 2026-114",
    }  # fmt: skip
    unit = place.ff.units.get(name="Uthyrning")
    return validity.take_in(IntakeInput(**given | wishes), unit=unit, by=place.officer, today=INTAKE)


@pytest.mark.rule("R-1-23", "R-1-85")
@pytest.mark.parametrize(
    ("ground", "why"),
    [
        ({"permit": Permit.TEMPORARY, "permit_to": INTAKE}, "gått ut"),
        ({"permit": Permit.TEMPORARY, "permit_to": INTAKE - A_DAY}, "gått ut"),
        ({"permit": Permit.TEMPORARY}, "när det tillfälliga"),
        ({"permit": ""}, "uppehållstillstånd"),
    ],
)
def test_a_newcomer_has_a_permit_that_is_in_force(one_place: Referring, ground, why: str):
    with pytest.raises(StepNotTaken, match=why):
        take_in(one_place, **ground)
    assert not Referral.objects.exclude(own_ground="").exists()


@pytest.mark.rule("R-1-23", "R-1-85")
def test_nobody_is_taken_in_without_a_ground(one_place: Referring):
    with pytest.raises(StepNotTaken):
        take_in(one_place, own_ground="")
    assert not Referral.objects.filter(assessment=None).exists()


@pytest.mark.rule("R-1-23", "R-1-85")
@pytest.mark.parametrize(
    "ground",
    [
        {"permit": Permit.TEMPORARY, "permit_to": INTAKE + A_DAY},
        {"permit": Permit.PERMANENT},
        {"own_ground": OwnGround.FOLLOW_UP_ENDED, "assignment_reference": "R-2024-000001"},
    ],
)
def test_ffs_own_household_is_registered_at_once_without_decision_or_year(one_place: Referring, ground):
    own = take_in(one_place, **ground)
    assert (own.state, own.registered_on, own.officer_id) == ("registered", INTAKE, one_place.officer.staff_id)
    assert (own.decision, own.assessment, own.valid_to) == (None, None, None)
    assert own.own_ground == ground.get("own_ground", "newcomer")


def offer_a_home(place: Referring, own: Referral, free_from: date, today: date) -> None:
    offering.make_offer(own.pk, dwelling=a_home(place), free_from=free_from, by=place.officer, today=today)


@pytest.mark.rule("R-1-85")
def test_a_newcomer_is_offered_no_home_after_the_permit_has_ended(one_place: Referring):
    own = take_in(one_place, permit=Permit.TEMPORARY, permit_to=date(2026, 10, 31))
    with pytest.raises(StepNotTaken, match="ledig först 1 november 2026") as refusal:
        offer_a_home(one_place, own, date(2026, 11, 1), DAYS["offered"])
    assert "till och med 31 oktober 2026" in refusal.value.sentence
    with pytest.raises(StepNotTaken, match="gällde till och med 31 oktober 2026"):
        offer_a_home(one_place, own, date(2026, 11, 1), date(2026, 11, 1))
    offer_a_home(one_place, own, date(2026, 10, 31), DAYS["offered"])
    assert Referral.objects.get(pk=own.pk).state == "offered"


@pytest.mark.rule("R-1-85")
def test_a_permit_that_was_prolonged_lets_homes_be_offered_again(one_place: Referring):
    own = take_in(one_place, permit=Permit.TEMPORARY, permit_to=date(2026, 10, 31))
    by = {"by": one_place.officer, "today": date(2026, 11, 2)}
    for permit_to, why in ((None, "när det tillfälliga"), (date(2026, 11, 2), "gått ut")):
        with pytest.raises(StepNotTaken, match=why):
            validity.renew_permit(own.pk, permit=Permit.TEMPORARY, permit_to=permit_to, **by)
    validity.renew_permit(own.pk, permit=Permit.TEMPORARY, permit_to=date(2027, 10, 31), **by)
    due = Deadline.objects.still_open().get(case=own.pk, kind="referral_permit").due_on
    assert due == date(2027, 8, 31)
    validity.renew_permit(own.pk, permit=Permit.PERMANENT, permit_to=None, **by)
    offer_a_home(one_place, own, date(2027, 11, 2), by["today"])
    assert Referral.objects.get(pk=own.pk).state == "offered"


DIALOGUE = {"debt_dialogue_on": INTAKE, "debt_dialogue_with": "Nadja Persson"}


@pytest.mark.rule("R-1-27")
@pytest.mark.parametrize(
    ("debts", "why"),
    [
        ({}, "Ange hushållets skulder"),
        ({"debt_total": 1}, "dialog med FF"),
        ({"debt_total": 1} | DIALOGUE | {"debt_dialogue_on": INTAKE + A_DAY}, "efter idag"),
        ({"debt_total": 1} | DIALOGUE | {"debt_dialogue_with": " "}, "vem på"),
        ({"debt_total": 20_001} | DIALOGUE, "högre än 20.000.kr"),
        ({"debt_total": 0}, ""),
        ({"debt_total": 20_000} | DIALOGUE, ""),
    ],
)
def test_ffs_own_household_gets_a_guarantee_by_the_same_conditions_as_others(one_place: Referring, debts, why: str):
    SettingFactory(key="referrals.guarantee_debt_limit", organisation=None, value=20_000)
    asked = {"permit": Permit.PERMANENT, "lease_form": LeaseForm.GUARANTEE} | debts
    if why:
        with pytest.raises(StepNotTaken, match=why):
            take_in(one_place, **asked)
    else:
        assert take_in(one_place, **asked).versions.get().content["economy"] == {"debt_total": debts["debt_total"]}


@pytest.mark.rule("R-1-27")
def test_ffs_own_household_is_asked_for_no_debts_where_the_city_lets(one_place: Referring):
    assert "economy" not in take_in(one_place, permit=Permit.PERMANENT).versions.get().content


@pytest.mark.rule("R-1-27")
def test_a_guarantee_above_the_limit_is_refused_with_the_dialogue_too(one_place: Referring):
    SettingFactory(key="referrals.guarantee_debt_limit", organisation=None, value=10_000)
    made = making.making_of(one_place, "filled", lease_form="guarantee", debts=10_001)
    with pytest.raises(StepNotTaken, match="gränsen för hyresgaranti"):
        making.ACTS["approved"](made, DAYS["approved"])
    below = making.making_of(one_place, "filled", lease_form="guarantee", debts=10_000)
    making.ACTS["approved"](below, DAYS["approved"])
    assert below.referral.state == "approved"


@pytest.mark.rule("R-1-23")
def test_no_other_department_takes_in_a_household_of_ffs(one_place: Referring):
    with pytest.raises(StepNotTaken):
        take_in(replace(one_place, officer=one_place.caseworker), permit=Permit.PERMANENT)


# --- the answer and the owner's lease --------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-49")
@pytest.mark.parametrize(
    ("answered_on", "why"), [(DAYS["booked"] - A_DAY, "informerades"), (DAYS["accepted"] + A_DAY, "efter idag")]
)
def test_a_person_answers_after_being_informed_and_no_later_than_today(booked: Making, answered_on: date, why: str):
    by = {"by": booked.place.caseworker, "today": DAYS["accepted"]}
    with pytest.raises(StepNotTaken, match=why):
        offering.accept(booked.pk, answered_on=answered_on, **by)
    with pytest.raises(StepNotTaken, match=why):
        offering.decline(booked.pk, reason="area", answered_on=answered_on, **by)
    assert Offer.objects.get(referral=booked.pk).state == "suitable"
    assert offering.accept(booked.pk, answered_on=DAYS["booked"], **by).state == "accepted"


@pytest.mark.rule("R-1-49")
def test_who_does_not_do_without_the_viewing_answers_after_it(booked: Making):
    by = {"by": booked.place.caseworker, "today": DAYS["accepted"]}
    offering.inform_client(booked.pk, making.a_booking(DAYS["booked"], viewing_waived=""), **by)
    with pytest.raises(StepNotTaken, match="efter visningen"):
        offering.accept(booked.pk, answered_on=date(2026, 10, 6), **by)
    assert offering.accept(booked.pk, answered_on=date(2026, 10, 7), **by).client_answer_on == date(2026, 10, 7)


@pytest.mark.rule("R-1-51")
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"owner_lease_on": DAYS["accepted"] - A_DAY}, "före den enskildes svar"),
        ({"owner_lease_on": DAYS["lease_signed"] + A_DAY}, "efter idag"),
        ({"owner_lease_move_in_on": DAYS["lease_signed"] - A_DAY}, "före kontraktet"),
        ({"owner_lease_reference": ""}, "Ange ägarens kontrakt"),
        ({"owner_lease_rent": None}, "Ange ägarens kontrakt"),
    ],
)
def test_the_owners_lease_follows_on_the_persons_yes(booked: Making, changes, why: str):
    making.ACTS["accepted"](booked, DAYS["accepted"])
    data = offering.OwnerLeaseInput(DAYS["lease_signed"], "EB-1", Decimal(8900), date(2026, 10, 15), 12)
    by = {"by": booked.place.officer, "today": DAYS["lease_signed"]}
    with pytest.raises(StepNotTaken, match=why):
        offering.record_owner_lease(booked.pk, replace(data, **changes), **by)
    assert booked.referral.state == "accepted"
    offering.record_owner_lease(booked.pk, replace(data, owner_lease_on=DAYS["accepted"]), **by)
    assert booked.referral.state == "lease_signed"

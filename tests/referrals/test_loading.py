"""What the rules are asked of is what stands in the case: each fact seen as it is when it is so, and when it is not.

One household's case is made once, by the services. Each test changes what one answer depends on, and loads the facts.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bostad.casework.models import CaseParty, ConsentForm, ConsentPartner
from bostad.casework.refusals import StepNotTaken
from bostad.casework.services import record_consent, revoke_consent
from bostad.housing.models import Dwelling, Occupancy
from bostad.identifiers import make_fictional_personnummer
from bostad.organisation.models import Delegation
from bostad.people.models import Authority, Person
from referrals.facts import AssessmentFacts, QuestionFacts, ReferralFacts
from referrals.loading import assessment as assessments
from referrals.loading import question as questions
from referrals.loading import referral as referrals
from referrals.models import (
    Assessment,
    ChildAnalysis,
    CompletionPoint,
    Decision,
    Findings,
    Offer,
    OfferOverride,
    Question,
    Referral,
    ReferralVersion,
)
from referrals.services import asking, assessing, deciding, offering, validity
from referrals.services.asking import MeetingInput
from referrals.services.deciding import DecisionInput
from referrals.services.people import HouseholdInput
from referrals.services.validity import IntakeInput
from referrals.states import (
    Ability,
    DecisionKind,
    Difficulty,
    ExposedGroup,
    HousingNow,
    LeaseForm,
    OwnGround,
    Permit,
    Position,
    Problem,
    Purpose,
    Support,
    SupportForm,
    TargetGroup,
)
from tests.factories import RepresentativeFactory
from tests.referrals import making
from tests.referrals.making import DAYS, Making
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db]
TODAY = DAYS["booked"]
EARLY = DAYS["investigating"]


@pytest.fixture(scope="module")
def made(one_place: Referring) -> Making:
    """Two adults and two children: granted, referred to FF, and informed of a home that is to be shown."""
    older, younger = date(1980, 3, 3), date(2007, 5, 5)
    household = HouseholdInput(
        tuple(making.an_adult(personnummer=make_fictional_personnummer(born, 984)) for born in (older, younger)),
        (making.a_child(), making.a_child()),
    )
    return making.making_of(one_place, "booked", household=household, adults=2, children=2)


@pytest.fixture(scope="module")
def early(one_place: Referring) -> Assessment:
    """The case of two adults that is being investigated, and nothing is known of it yet."""
    return making.an_assessment(one_place, "investigating", adults=2)


def facts_of(case: Assessment | int, today: date = TODAY) -> AssessmentFacts:
    pk = case if isinstance(case, int) else case.pk
    return assessments.load([pk], today)[pk]


def referral_facts(made: Making, today: date = TODAY) -> ReferralFacts:
    return referrals.load([made.pk], today)[made.pk]


def question_facts(question: Question, today: date = EARLY) -> QuestionFacts:
    return questions.load([question.pk], today)[question.pk]


# --- what the investigation has found ------------------------------------------------------------------------------------

UNANSWERED = {
    field.attname: field.get_default()
    for field in Findings._meta.concrete_fields
    if not field.primary_key  # everything else that the investigation can say
}
YES_NO = (
    "is_registered_here", "is_crime_victim", "has_own_lease", "alternatives_exhausted", "needs_interventions",
    "has_economic_assistance", "is_homeless_for_economic_reasons", "lacks_economy", "has_special_difficulty",
    "known_for_other_reasons", "is_placed", "is_ready_for_own", "relevant_help_received", "able_to_manage",
    "takeover_is_realistic", "needs_more_supervision",
)  # fmt: skip
IN_WORDS = {
    "exception_has_ground": "exception_ground",
    "housing_is_described": "housing_now_text",
    "alternatives_are_described": "alternatives_text",
    "is_not_able": "not_able_because",
    "ability_is_described": "ability_text",
    "readiness_is_described": "readiness_text",
    "care_need_is_described": "care_need_text",
    "special_housing_considered": "special_housing_text",
    "contact_is_described": "contact_text",
    "not_approvable_is_described": "not_approvable_text",
    "acute_situation_is_described": "acute_situation_text",
    "evictions_examined": "evictions_text",
    "rent_debts_examined": "rent_debts_text",
    "other_debts_examined": "other_debts_text",
    "payment_plan_examined": "payment_plan_text",
    "debt_relief_examined": "debt_relief_text",
}
CHOSEN: tuple[tuple[str, dict[str, Any], Any], ...] = (
    ("housing_now", {"housing_now": HousingNow.OWN}, "own"),
    ("difficulties", {"difficulties": [Difficulty.SOCIAL, Difficulty.DEBTS]}, ("social", "debts")),
    ("evidence", {"searched_elsewhere": True}, (True, None, None)),
    ("evidence", {"searched_second_hand": True}, (None, True, None)),
    ("evidence", {"lacks_guarantor": True}, (None, None, True)),
    ("evidence", {"searched_elsewhere": False, "lacks_guarantor": True}, (False, None, True)),
    ("exposed_group", {"exposed_group": ExposedGroup.MENTAL}, "mental"),
    ("ability", {"ability": Ability.NOT}, "not"),
    ("target_group", {"target_group": TargetGroup.YOUNG_CARE}, "young_care"),
    ("children_return_decided", {"children_return_decided_on": date(2026, 9, 1)}, True),
    ("placement_ended_on", {"placement_ended_on": date(2026, 5, 31)}, date(2026, 5, 31)),
    ("problems", {"problems": [Problem.HOMELESS, Problem.MENTAL]}, ("homeless", "mental")),
    ("planned_end_on", {"planned_end_on": date(2027, 1, 31)}, date(2027, 1, 31)),
)


def found(made: Making, **answers: Any) -> AssessmentFacts:
    """The facts when the investigation has answered this, and nothing else."""
    Findings.objects.filter(pk=made.assessment_pk).update(**UNANSWERED | answers)
    return facts_of(made.assessment_pk)


@pytest.mark.rule(
    "R-1-8", "R-1-9", "R-1-12", "R-1-16", "R-1-18", "R-1-19", "R-1-20", "R-1-83", "R-4-3", "R-4-4"
)  # fmt: skip
@pytest.mark.parametrize("fact", YES_NO)
def test_a_yes_is_a_yes_and_a_no_a_no_and_neither_changes_anything_else(made: Making, fact: str):
    unanswered = found(made)
    assert getattr(unanswered, fact) is None
    for answer in (True, False):
        assert found(made, **{fact: answer}) == replace(unanswered, **{fact: answer})


@pytest.mark.rule(
    "R-1-8", "R-1-9", "R-1-10", "R-1-13", "R-1-15", "R-1-22", "R-1-83", "R-1-84", "R-4-1", "R-4-6", "R-4-12", "R-4-13",
    "R-4-24",
)  # fmt: skip
@pytest.mark.parametrize("fact", IN_WORDS)
def test_what_nobody_has_described_is_not_described(made: Making, fact: str):
    unanswered = found(made)
    assert getattr(unanswered, fact) is False
    assert found(made, **{IN_WORDS[fact]: "Se läkarintyg."}) == replace(unanswered, **{fact: True})


@pytest.mark.rule("R-1-10", "R-1-13", "R-1-14", "R-1-15", "R-1-16", "R-1-19", "R-1-21", "R-1-82", "R-4-2", "R-4-6")
@pytest.mark.parametrize(("fact", "answers", "value"), CHOSEN)
def test_what_was_chosen_is_what_is_known(made: Making, fact: str, answers: dict[str, Any], value: Any):
    unanswered = found(made)
    assert getattr(unanswered, fact) in ("", (), (None, None, None), None, False)
    assert found(made, **answers) == replace(unanswered, **{fact: value})


@pytest.mark.rule("R-1-8", "R-1-18")
def test_what_the_services_wrote_is_what_the_rules_are_asked_of(made: Making):
    facts = facts_of(made.assessment_pk)
    for answers in making.ANSWERS[Support.SOCIAL].values():
        for name in set(answers) & set(YES_NO):
            assert getattr(facts, name) is answers[name], name
    assert facts.difficulties == ("debts", "language")
    assert (facts.exposed_group, facts.ability, facts.target_group) == ("refused", "with_support", "economic")
    assert facts.evidence == (True, True, True)
    assert facts.department_groups == (TargetGroup.ECONOMIC,)


# --- whom an application concerns ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-4-11", "R-4-2", "R-1-19")
def test_who_applies_and_how_old_they_are(made: Making):
    facts = facts_of(made.assessment_pk)
    assert (facts.applicants, facts.applicants_numbered, facts.children) == (2, 2, 2)
    assert (facts.age, facts.youngest_adult_age) == (46, 19)
    assert facts_of(made.assessment_pk, date(2025, 5, 4)).youngest_adult_age == 17
    unnumbered = made.assessment.parties.filter(role="applicant").order_by("id").values("person")[1:2]
    Person.objects.filter(pk__in=unnumbered).update(personnummer=None)
    assert facts_of(made.assessment_pk) == replace(facts, applicants_numbered=1)


@pytest.mark.rule("R-1-11", "R-1-12", "R-1-20", "R-4-9")
@pytest.mark.parametrize(
    ("of_one", "fact", "value"),
    [
        ({"consequences": ""}, "children_analysed", 1),
        ({"support_offered_on": None}, "children_offered_support", 1),
        ({"is_at_risk": True, "risk_ground": "Mögel."}, "child_is_at_risk", True),
    ],
)
def test_each_child_counts_for_itself(made: Making, of_one: dict[str, Any], fact: str, value: Any):
    facts = facts_of(made.assessment_pk)
    assert (facts.children_analysed, facts.children_offered_support, facts.child_is_at_risk) == (2, 2, False)
    of_case = ChildAnalysis.objects.filter(case=made.assessment_pk).order_by("id")
    ChildAnalysis.objects.filter(pk=of_case.first().pk).update(**of_one)
    assert facts_of(made.assessment_pk) == replace(facts, **{fact: value})


@pytest.mark.rule("R-1-11")
def test_the_analysis_of_a_child_that_is_not_of_the_case_counts_for_nobody(made: Making):
    stranger = Person.objects.create(first_name="Noor", last_name="Berg")
    facts = facts_of(made.assessment_pk)
    ChildAnalysis.objects.create(
        case=made.assessment, child=stranger, consequences="Flyttar.", is_at_risk=True, risk_ground="Mögel.",
        support_offered_on=TODAY,
    )  # fmt: skip
    assert facts_of(made.assessment_pk) == facts


@pytest.mark.rule("R-1-24")
def test_the_household_consents_when_every_adult_has_and_nobody_has_taken_it_back(one_place: Referring, early):
    seen = [facts_of(early, EARLY).department_consent]
    given = []
    for party in early.parties.filter(role="applicant").order_by("id").select_related("person"):
        given.append(
            record_consent(
                case=early, person=party.person, partner=ConsentPartner.DEPARTMENT, partner_name="Socialförvaltningen",
                purpose="vilken förvaltning som ansvarar", form=ConsentForm.WRITTEN, given_on=EARLY,
                by=one_place.caseworker,
            )
        )  # fmt: skip
        seen.append(facts_of(early, EARLY).department_consent)
    assert seen == [False, False, True]
    revoke_consent(consent=given[0], on=EARLY, by=one_place.caseworker)
    assert facts_of(early, EARLY).department_consent is False


@pytest.mark.rule("R-1-24")
def test_a_landlord_who_may_know_is_no_department(one_place: Referring, early: Assessment):
    for party in early.parties.select_related("person"):
        record_consent(
            case=early, person=party.person, partner=ConsentPartner.LANDLORD, partner_name="Ekstads Bostads AB",
            purpose="skulder", form=ConsentForm.WRITTEN, given_on=EARLY, by=one_place.caseworker,
        )  # fmt: skip
    assert facts_of(early, EARLY).department_consent is False


# --- application, assessment, appeal -------------------------------------------------------------------------------------


@pytest.mark.rule("R-4-11", "R-4-16", "R-1-8", "R-1-10", "R-1-32")
@pytest.mark.parametrize(
    ("changes", "fact", "before", "after"),
    [
        ({"application_form": ""}, "application_is_documented", True, False),
        ({"applied_on": date(2026, 8, 1)}, "applied_on", DAYS["applied"], date(2026, 8, 1)),
        ({"assessed_on": None}, "assessed_on", DAYS["assessed"], None),
        ({"assessment_text": ""}, "is_assessed_in_words", True, False),
        ({"other_support_text": "Stödboende."}, "other_support_examined", False, True),
        ({"closed_on": TODAY}, "closed_on", None, TODAY),
        ({"support": Support.TRIAL}, "support", "social", "trial"),
    ],
)
def test_what_the_case_says_itself(made: Making, changes: dict[str, Any], fact: str, before: Any, after: Any):
    facts = facts_of(made.assessment_pk)
    assert getattr(facts, fact) == before
    Assessment.objects.filter(pk=made.assessment_pk).update(**changes)
    assert facts_of(made.assessment_pk) == replace(facts, **{fact: after})


@pytest.mark.rule("R-1-32")
def test_an_appeal_is_known_of_the_decision(made: Making):
    facts = facts_of(made.assessment_pk)
    assert (facts.appealed_on, facts.appeal_is_rejected, facts.appeal_settled_on) == (None, False, None)
    appeal = {"appealed_on": TODAY, "appeal_is_rejected": True, "appeal_settled_on": TODAY}
    Decision.objects.filter(case=made.assessment_pk).update(**appeal)
    assert facts_of(made.assessment_pk) == replace(facts, **appeal)


@pytest.mark.rule("R-4-11", "R-1-8")
def test_an_investigation_that_has_just_begun_has_found_nothing(early: Assessment):
    facts = facts_of(early, EARLY)
    assert (facts.application_is_documented, facts.assessed_on, facts.is_assessed_in_words) == (True, None, False)
    assert (facts.has_referral, facts.has_plan, facts.question_is_open, facts.decision_kind) == (False,) * 3 + ("",)
    assert (facts.children, facts.age is not None) == (0, True)


@pytest.mark.rule("R-1-28", "R-1-37")
def test_a_referral_goes_on_until_it_is_closed(made: Making):
    facts = facts_of(made.assessment_pk)
    assert (facts.has_referral, facts.referral_is_open) == (True, True)
    Referral.objects.filter(pk=made.pk).update(closed_on=TODAY)
    assert facts_of(made.assessment_pk) == replace(facts, referral_is_open=False)


@pytest.mark.rule("R-4-15")
def test_a_plan_is_there_when_it_has_been_made(one_place: Referring):
    case = making.an_assessment(one_place, "granted", support=Support.TRAINING)
    facts = facts_of(case)
    assert facts.has_plan is False
    plan = assessing.PlanInput("Eget kontrakt.", "Betala i tid.", "Boendestöd.", "Varje månad.", DAYS["granted"])
    assessing.make_plan(case.pk, plan, by=one_place.caseworker, today=DAYS["draft"])
    assert facts_of(case) == replace(facts, has_plan=True)


# --- the decision ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-32", "FL 44")
def test_a_decision_is_received_on_a_day_and_can_be_appealed_until_another(made: Making):
    facts = facts_of(made.assessment_pk)
    assert (facts.received_on, facts.appeal_by) == (None, None)
    deciding.record_receipt(made.assessment_pk, received_on=date(2026, 9, 18), by=made.place.caseworker, today=TODAY)
    after = replace(facts, received_on=date(2026, 9, 18), appeal_by=date(2026, 10, 9))
    assert facts_of(made.assessment_pk) == after


@pytest.mark.rule("R-4-14")
@pytest.mark.parametrize(
    ("from_on", "to_on", "covers"),
    [
        (DAYS["granted"], DAYS["granted"], True),
        (DAYS["granted"] + timedelta(1), None, False),
        (date(2020, 1, 1), DAYS["granted"] - timedelta(1), False),
    ],
)
def test_a_delegation_covers_the_day_of_the_decision(made: Making, from_on: date, to_on: date | None, covers: bool):
    facts = facts_of(made.assessment_pk)
    assert facts.decider_has_delegation is True
    used = Decision.objects.filter(case=made.assessment_pk).values("delegation")
    Delegation.objects.filter(pk__in=used).update(from_on=from_on, to_on=to_on)
    assert facts_of(made.assessment_pk) == replace(facts, decider_has_delegation=covers)


@pytest.mark.rule("R-4-14")
def test_nobody_decides_by_the_delegation_of_another(made: Making):
    facts = facts_of(made.assessment_pk)
    used = Decision.objects.filter(case=made.assessment_pk).values("delegation")
    Delegation.objects.filter(pk__in=used).update(staff=made.place.colleague.staff_id)
    assert facts_of(made.assessment_pk) == replace(facts, decider_has_delegation=False)


@pytest.mark.rule("R-1-11", "R-1-32", "R-4-14")
def test_a_decision_without_its_paper_or_without_the_child_is_seen_to_lack_it(made: Making, early: Assessment):
    facts = facts_of(made.assessment_pk)
    assert (facts.decision_kind, facts.decided_on) == ("grant", DAYS["granted"])
    assert (facts.decision_has_document, facts.decision_has_child_analysis) == (True, True)
    taken = Decision.objects.get(case=made.assessment_pk)
    Decision.objects.create(
        case_id=early.pk, kind=DecisionKind.REFUSAL, number="B-2026-999999", person=taken.person, law=taken.law,
        motivation="Avslag.", decided_on=TODAY, decided_by=taken.decided_by, delegation=taken.delegation,
    )  # fmt: skip
    bare = facts_of(early)
    assert (bare.decision_kind, bare.decided_on) == ("refusal", TODAY)
    assert (bare.decision_has_document, bare.decision_has_child_analysis) == (False, False)


# --- whose is it? ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def question(one_place: Referring, early: Assessment) -> Question:
    """AMF asks SOF."""
    by = one_place.caseworker
    making.consent_of(early, by=by, given_on=EARLY)
    return asking.ask(early.pk, departments=[one_place.sof], text="Vem ansvarar?", by=by, today=EARLY)


def answered(place: Referring, question: Question, position: Position) -> None:
    asking.answer(
        question.pk, organisation=place.sof, position=position, reason="Målgruppen.", by=place.sof_caseworker,
        today=EARLY,
    )  # fmt: skip


@pytest.mark.rule("R-1-25")
def test_a_question_is_open_until_it_is_settled_or_dropped(one_place: Referring, early: Assessment, question):
    assert facts_of(early, EARLY).question_is_open is True
    assert question_facts(question).assessment_is_open is True
    asking.drop(question.pk, reason="Behövs inte.", by=one_place.caseworker, today=EARLY)
    assert facts_of(early, EARLY).question_is_open is False


@pytest.mark.rule("R-1-25")
def test_nothing_is_assessed_while_it_is_not_clear_whose_it_is(one_place: Referring, early: Assessment, question):
    with pytest.raises(StepNotTaken, match="ansvar"):
        assessing.assess(early.pk, text="Stöd är skäligt.", by=one_place.caseworker, today=EARLY)
    assert Assessment.objects.get(pk=early.pk).state == "investigating"


@pytest.mark.rule("R-1-25")
@pytest.mark.parametrize(("position", "takes_it"), [(Position.OURS, True), (Position.NOT_OURS, False)])
def test_who_has_answered_and_who_takes_it(one_place: Referring, question: Question, position, takes_it: bool):
    before = question_facts(question)
    sof = one_place.sof.pk
    assert (before.asked_ids, before.answered_ids, before.somebody_takes_it) == ((sof,), (), False)
    answered(one_place, question, position)
    after = question_facts(question)
    assert (after.asked_ids, after.answered_ids, after.somebody_takes_it) == ((sof,), (sof,), takes_it)


@pytest.mark.rule("R-1-24")
def test_a_consent_holds_from_its_day_until_it_is_taken_back(one_place: Referring, question: Question):
    assert question_facts(question).consent_holds is True
    assert question_facts(question, EARLY - timedelta(1)).consent_holds is False
    revoke_consent(consent=question.consent, on=EARLY, by=one_place.caseworker)
    after = question_facts(question)
    assert (after.consent_holds, after.consent_revoked_on) == (False, EARLY)


@pytest.mark.rule("R-1-25")
def test_the_group_its_meeting_and_what_it_came_to(one_place: Referring, question: Question):
    before = question_facts(question)
    assert (before.lifted_on, before.meeting_on, before.responsible_id) == (None, None, None)
    answered(one_place, question, Position.NOT_OURS)
    asking.lift(question.pk, by=one_place.caseworker, today=EARLY)
    assert question_facts(question).lifted_on == EARLY
    meeting = MeetingInput(DAYS["written"], "Karin, AMF. Emma, SOF.", "SOF ansvarar.")
    with pytest.raises(StepNotTaken, match="mötet"):
        asking.settle(
            question.pk, responsible=one_place.sof, meeting=None, by=one_place.caseworker, today=DAYS["written"]
        )
    asking.settle(
        question.pk, responsible=one_place.sof, meeting=meeting, by=one_place.caseworker, today=DAYS["written"]
    )
    after = question_facts(question)
    assert (after.meeting_on, after.responsible_id) == (DAYS["written"], one_place.sof.pk)
    assert after.assessment_is_open is False


# --- what a referral says ------------------------------------------------------------------------------------------------


def say(made: Making, section: str, *, purpose: str = Purpose.EXTENSION, **values: Any) -> ReferralVersion:
    """A further version is in writing, in which one section says something else."""
    last = made.referral.versions.order_by("number").last()
    said = last.content | {section: last.content.get(section, {}) | values}
    return ReferralVersion.objects.create(
        referral=made.referral, number=last.number + 1, purpose=purpose, content=said, begun_on=TODAY,
        authors=[made.place.caseworker.staff_id], reviewed=["need"],
    )  # fmt: skip


@pytest.mark.rule("R-1-26", "R-1-27", "R-1-38", "R-1-42", "R-1-44")
@pytest.mark.parametrize(
    ("section", "values", "fact", "before", "after"),
    [
        ("economy", {"checked_on": "2026-01-31"}, "economy_checked_on", date(2026, 9, 10), date(2026, 1, 31)),
        ("economy", {"checked_on": ""}, "economy_checked_on", date(2026, 9, 10), None),
        ("economy", {"debt_total": 12_000}, "debt_total", 0, 12_000),
        ("economy", {"income": ""}, "missing", (), ("economy",)),
        ("decision", {"form_motivation": ""}, "form_has_motivation", True, False),
        ("health", {"adaptation": "Rullstol"}, "health_without_reason", False, True),
        ("household", {}, "purpose", "first", "extension"),
        ("household", {}, "version_begun_on", DAYS["draft"], TODAY),
        ("household", {}, "is_being_written", False, True),
        ("household", {}, "signatures", 2, 0),
        ("household", {}, "signatures_are_of_this", True, False),
        ("household", {}, "approved_on", DAYS["approved"], None),
        ("household", {}, "manager_signed_on", DAYS["signed"], None),
    ],
)
def test_the_version_that_is_written_is_what_is_asked_of(made: Making, section, values, fact: str, before, after):
    assert getattr(referral_facts(made), fact) == before
    say(made, section, **values)
    assert getattr(referral_facts(made), fact) == after


@pytest.mark.rule("R-1-36")
def test_an_extension_has_gone_through_the_sections_that_it_has_gone_through(made: Making):
    every = ("household", "need", "situation", "support", "economy", "decision", "health", "areas", "children",
             "contacts")  # fmt: skip
    say(made, "household")
    assert referral_facts(made).unreviewed == tuple(key for key in every if key != "need")


@pytest.mark.rule("R-1-33")
def test_a_completion_is_asked_for_on_a_day(made: Making):
    facts = referral_facts(made)
    assert (facts.completion_asked_on, facts.completion_is_named) == (None, False)
    CompletionPoint.objects.create(
        version=made.referral.versions.get(), section="need", text="Antal rum?", asked_on=DAYS["returned"],
        asked_by_id=made.place.officer.staff_id,
    )  # fmt: skip
    assert referral_facts(made) == replace(facts, completion_asked_on=DAYS["returned"])
    on_the_day = referral_facts(made, DAYS["returned"])
    assert on_the_day.completion_is_named is True


OTHER_DAY = date(2026, 9, 19)
OWNERS = {
    "owner_lease_on": TODAY, "owner_lease_reference": "EB-1", "owner_lease_rent": 8900,
    "owner_lease_move_in_on": date(2026, 10, 15), "guarantee_months": 24, "guarantee_to": date(2028, 10, 14),
}  # fmt: skip
OF_OWNERS = {
    "owner_lease_on": TODAY, "guarantee_months": 24, "guarantee_year_to": date(2027, 10, 14),
    "municipality_rents_the_home": True,
}  # fmt: skip


@pytest.mark.rule("R-1-1", "R-1-5", "R-1-27", "R-1-29", "R-1-34", "R-1-35", "R-1-51")
@pytest.mark.parametrize(
    ("changes", "facts"),
    [
        (
            {"debt_dialogue_on": OTHER_DAY, "debt_dialogue_with": "Nadja"},
            {"debt_dialogue_on": OTHER_DAY, "debt_dialogue_is_named": True},
        ),
        ({"informed_on": OTHER_DAY}, {"informed_on": OTHER_DAY}),
        ({"informed_on": None}, {"informed_on": None}),
        ({"submitted_on": OTHER_DAY}, {"submitted_on": OTHER_DAY}),
        ({"valid_from": OTHER_DAY}, {"valid_from": OTHER_DAY}),
        ({"valid_to": date(2027, 1, 1)}, {"valid_to": date(2027, 1, 1)}),
        ({"extensions": 1}, {"extensions": 1}),
        ({"let_run_out_on": OTHER_DAY}, {"let_run_out_on": OTHER_DAY}),
        ({"contract_signed_on": OTHER_DAY}, {"contract_signed_on": OTHER_DAY}),
        (OWNERS, OF_OWNERS | {"owner_lease_is_complete": True}),
        (OWNERS | {"owner_lease_reference": ""}, OF_OWNERS),
        (OWNERS | {"owner_lease_rent": None}, OF_OWNERS),
    ],
)
def test_what_the_referral_says_itself(made: Making, changes: dict[str, Any], facts: dict[str, Any]):
    before = referral_facts(made)
    assert (before.debt_dialogue_is_named, before.owner_lease_is_complete) == (False, False)
    assert (before.informed_on, before.registered_on) == (DAYS["informed"], DAYS["registered"])
    Referral.objects.filter(pk=made.pk).update(**changes)
    assert referral_facts(made) == replace(before, **facts)


@pytest.mark.rule("R-1-1")
def test_a_dwelling_serves_the_forms_that_it_is_let_in(made: Making):
    before = referral_facts(made)
    assert before.dwelling_serves_form is True
    Dwelling.objects.filter(pk=made.home.pk).update(housing_forms=[LeaseForm.GUARANTEE])
    assert referral_facts(made) == replace(before, dwelling_serves_form=False)


@pytest.mark.rule("R-1-30", "R-1-47")
def test_the_household_and_who_acts_for_it(made: Making):
    facts = referral_facts(made)
    assert (facts.adults, facts.children, facts.represented, facts.is_granted) == (2, 2, False, True)
    party = made.referral.parties.filter(role="applicant").first()
    acting = RepresentativeFactory(person=party.person, authority=Authority.TRUSTEE)
    CaseParty.objects.filter(pk=party.pk).update(representative=acting)
    assert referral_facts(made) == replace(facts, represented=True, words_name_who_acts=False)


@pytest.mark.rule("R-1-23", "R-1-85")
def test_a_household_of_ffs_own_rests_on_its_own_ground_and_on_no_decision(one_place: Referring, made: Making):
    of_another = referral_facts(made)
    assert (of_another.is_own, of_another.own_ground, of_another.permit, of_another.permit_to) == (False, "", "", None)
    data = IntakeInput(
        making.a_household(), LeaseForm.MUNICIPAL, OwnGround.ASSIGNED_NEWCOMER, 2, permit=Permit.TEMPORARY,
        permit_to=date(2028, 1, 1), assignment_reference="MIG-1",
    )  # fmt: skip
    own = validity.take_in(data, unit=one_place.town.ff.units.get(), by=one_place.officer, today=TODAY)
    facts = referrals.load([own.pk], TODAY)[own.pk]
    assert (facts.is_own, facts.own_ground, facts.is_granted, facts.decided_on) == (True, "newcomer", False, None)
    assert (facts.permit, facts.permit_to) == ("temporary", date(2028, 1, 1))
    assert (facts.valid_from, facts.valid_to) == (None, None)


@pytest.mark.rule("R-1-35", "R-1-37", "R-1-52", "R-1-53")
@pytest.mark.parametrize(
    ("kind", "forms", "facts"),
    [
        (DecisionKind.EXTENSION, (), {"extension_decided": True}),
        (DecisionKind.CESSATION, (), {"cessation_decided_on": TODAY}),
        (DecisionKind.HOUSING, (), {"housing_decided_on": TODAY}),
        (
            DecisionKind.HOUSING,
            (SupportForm.HOUSING_SECRETARY,),
            {"housing_decided_on": TODAY, "support_is_decided": True},
        ),
    ],
)
def test_what_was_decided_in_the_referral(made: Making, kind: DecisionKind, forms, facts: dict[str, Any]):
    Referral.objects.filter(pk=made.pk).update(dwelling=made.home)  # as of who has accepted it
    before = referral_facts(made)
    assert (before.extension_decided, before.cessation_decided_on) == (False, None)
    assert (before.housing_decided_on, before.support_is_decided) == (None, False)
    deciding.take(
        made.referral, kind, DecisionInput("Skäl.", support_forms=forms), by=made.place.caseworker, today=TODAY
    )
    assert referral_facts(made) == replace(before, **facts)
    assert referral_facts(made, TODAY + timedelta(1)).extension_decided is False


# --- the offer -------------------------------------------------------------------------------------------------------------


def held(**times: Any) -> Callable[[Making], object]:
    return lambda made: Occupancy.objects.create(dwelling=made.home, **times)


def home(**fields: Any) -> Callable[[Making], object]:
    return lambda made: Dwelling.objects.filter(pk=made.home.pk).update(**fields)


def offer(**fields: Any) -> Callable[[Making], object]:
    return lambda made: Offer.objects.filter(referral=made.pk).update(**fields)


LAST_NIGHT, TONIGHT = datetime(2026, 10, 6, 22, 30, tzinfo=UTC), datetime(2026, 10, 12, 22, 30, tzinfo=UTC)


@pytest.mark.rule("R-1-1", "R-1-45", "R-1-48", "R-1-49")
@pytest.mark.parametrize(
    ("happens", "facts"),
    [
        (held(from_on=date(2026, 1, 1)), {"dwelling_is_free": False}),
        (held(from_on=date(2026, 1, 1), to_on=date(2026, 10, 15)), {"dwelling_is_free": False}),
        (held(from_on=date(2026, 1, 1), to_on=date(2026, 10, 14)), {}),
        (held(from_on=date(2026, 1, 1), voided=True), {}),
        (home(withdrawn_on=TODAY), {"dwelling_is_free": False}),
        (home(housing_forms=["guarantee"]), {"dwelling_serves_form": False}),
        (home(monthly_rent=12_000), {"misfits": ("rent",)}),
        (home(rooms=1), {"misfits": ("size",)}),
        (offer(despite="Hushållet önskar det."), {"misfit_has_reason": True}),
        (offer(informed_on=None), {"client_informed_on": None}),
        (offer(viewing_at=None), {"viewing_on": None}),
        (offer(viewing_at=LAST_NIGHT), {"viewing_on": date(2026, 10, 7)}),
        (offer(viewing_at=LAST_NIGHT + timedelta(days=1)), {"viewing_on": date(2026, 10, 8)}),
        (offer(viewing_waived="Bor i samma hus."), {"viewing_is_waived": True}),
        (offer(signing_at=None), {"signing_on": None}),
        (offer(signing_at=TONIGHT), {"signing_on": date(2026, 10, 13)}),
        (offer(client_answer_on=DAYS["accepted"]), {"client_answer_on": DAYS["accepted"]}),
        (offer(answered_on=None), {"answered_on": None}),
        (offer(answer_by=date(2026, 11, 2)), {"answer_by": date(2026, 11, 2)}),
        (offer(state="accepted"), {"offer_state": "accepted"}),
    ],
)
def test_what_is_known_of_the_offer_and_its_dwelling(made: Making, happens, facts: dict[str, Any]):
    before = referral_facts(made)
    assert (before.dwelling_is_free, before.dwelling_serves_form, before.misfits) == (True, True, ())
    assert (before.misfit_has_reason, before.viewing_is_waived, before.offer_state) == (False, False, "suitable")
    assert (before.client_informed_on, before.viewing_on, before.signing_on) == (
        DAYS["booked"], date(2026, 10, 7), date(2026, 10, 12),
    )  # fmt: skip
    happens(made)
    assert referral_facts(made) == replace(before, **facts)


@pytest.mark.rule("R-1-29")
def test_a_no_is_counted_and_so_is_a_managers_decision_on_one_more(made: Making):
    before = referral_facts(made)
    assert (before.declined, before.overrides, before.waiting_since) == (0, 0, DAYS["registered"])
    day = DAYS["accepted"]
    offering.decline(made.pk, reason="area", answered_on=day, by=made.place.caseworker, today=day)
    after = referral_facts(made)
    assert (after.declined, after.overrides, after.waiting_since, after.offer_state) == (1, 0, day, "declined")
    OfferOverride.objects.create(
        referral=made.referral, reason="Hot.", on=DAYS["lease_signed"], by_id=made.place.manager.staff_id
    )
    assert referral_facts(made) == replace(after, overrides=1, waiting_since=DAYS["lease_signed"])


@pytest.mark.rule("R-1-50")
def test_a_home_that_the_department_finds_unsuitable_is_no_offer_that_was_declined(made: Making):
    day = DAYS["accepted"]
    offering.take_back_offer(made.pk, reason="Vattenskada.", by=made.place.officer, today=day)
    after = referral_facts(made)
    assert (after.declined, after.offer_state, after.waiting_since) == (0, "lapsed", day)

"""Every condition of the routines as a question to facts: no database, no clock. One row for each answer."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from bostad.casework import conditions
from bostad.casework.conditions import Condition
from bostad.casework.graph import kinds
from referrals.facts import AssessmentFacts, QuestionFacts, ReferralFacts
from referrals.rules import (
    appeal,
    assessment,
    criteria,
    guarantee,
    offer,
    question,
    representative,
    supported,
    validity,
    writing,
)
from referrals.states import (
    CITYS_OWN,
    SUPPORTED,
    Ability,
    Difficulty,
    ExposedGroup,
    HousingNow,
    OfferState,
    OwnGround,
    Permit,
    Problem,
    Purpose,
    TargetGroup,
)

TODAY = date(2026, 10, 20)
A_DAY = timedelta(1)
SOF, AMF, VOF, FF = 1, 2, 3, 4

# An application of which every rule says yes: a homeless adult on economic assistance.
ASSESSMENT = AssessmentFacts(
    today=TODAY, state="assessed", support="social", department_id=AMF, unit_id=1, assignee_id=1,
    applied_on=date(2026, 9, 1), application_is_documented=True, applicants=1, applicants_numbered=1,
    age=34, youngest_adult_age=34, children=1,
    is_registered_here=True, housing_now=HousingNow.NO_ROOF, housing_is_described=True,
    counts_as_homeless=(HousingNow.NO_ROOF,), has_own_lease=False,
    alternatives_exhausted=True, alternatives_are_described=True, difficulties=(Difficulty.DEBTS, Difficulty.SOCIAL),
    evidence=(True, True, True), exposed_group=ExposedGroup.REFUSED_BY_OWNERS, ability=Ability.WITH_SUPPORT,
    ability_is_described=True,
    target_group=TargetGroup.ECONOMIC, department_groups=(TargetGroup.ECONOMIC,), has_economic_assistance=True,
    is_homeless_for_economic_reasons=True, lacks_economy=True, has_special_difficulty=False,
    children_analysed=1, children_offered_support=1, department_consent=True,
    assessed_on=date(2026, 10, 10), is_assessed_in_words=True, other_support_examined=True, decision_kind="refusal",
    decided_on=date(2026, 10, 12), decision_has_document=True, decider_has_delegation=True,
    decision_has_child_analysis=True, received_on=date(2026, 9, 15), appeal_by=date(2026, 10, 19),
    appealed_on=date(2026, 10, 15), has_referral=True, has_plan=True,
)  # fmt: skip
# What an application for a trial, training or emergency home holds besides.
SUPPORTED_HOME: dict[str, Any] = {
    "contact_is_described": True, "not_approvable_is_described": True, "problems": (Problem.HOMELESS, Problem.ADDICTION),
    "relevant_help_received": True, "able_to_manage": True, "takeover_is_realistic": True,
    "needs_more_supervision": True, "acute_situation_is_described": True, "planned_end_on": date(2026, 12, 1),
    "evictions_examined": True, "rent_debts_examined": True, "other_debts_examined": True,
    "payment_plan_examined": True, "debt_relief_examined": True,
}  # fmt: skip
TRIAL, TRAINING, EMERGENCY = ({"support": s} | SUPPORTED_HOME for s in ("trial", "training", "emergency"))
FAMILY = {
    "department_groups": (TargetGroup.FAMILY_KNOWN, TargetGroup.RETURNING_CHILDREN),
    "target_group": TargetGroup.FAMILY_KNOWN, "known_for_other_reasons": True, "children": 2,
}  # fmt: skip
READY = {
    "target_group": TargetGroup.YOUNG_READY, "is_placed": True, "is_ready_for_own": True, "readiness_is_described": True,
}  # fmt: skip
OWN_LEASE = FAMILY | {"has_own_lease": True, "child_is_at_risk": True}

QUESTION = QuestionFacts(
    today=TODAY, state="lifted", department_id=SOF, unit_id=1, assignee_id=1, asked_on=date(2026, 10, 1),
    asked_ids=(AMF, VOF), answered_ids=(VOF, AMF), consent_holds=True, lifted_on=date(2026, 10, 8),
    meeting_on=date(2026, 10, 15), responsible_id=VOF,
)  # fmt: skip

# A referral on its way through an extension, with an accepted offer and a lease: every rule says yes of it.
REFERRAL = ReferralFacts(
    today=TODAY, state="accepted", lease_form="municipal", department_id=SOF, unit_id=1, assignee_id=1,
    property_department_id=FF, opened_on=date(2026, 3, 10), own_ground=OwnGround.FOLLOW_UP_ENDED, own_ground_is_referenced=True, is_granted=True,
    adults=2, is_being_written=True, purpose=Purpose.EXTENSION, form_has_motivation=True,
    economy_checked_on=date(2026, 9, 1), debt_total=0, informed_on=date(2026, 3, 12), signatures=2,
    signatures_are_of_this=True, approved_on=date(2026, 3, 12), manager_signed_on=date(2026, 3, 15),
    completion_is_named=True, valid_from=date(2026, 3, 20), valid_to=date(2027, 3, 20), extension_decided=True,
    cessation_decided_on=date(2026, 10, 1), received_on=date(2026, 10, 2), appeal_by=date(2026, 10, 23),
    appealed_on=date(2026, 10, 15), offer_state=OfferState.SUITABLE, dwelling_is_free=True, dwelling_serves_form=True,
    client_informed_on=date(2026, 10, 1), viewing_on=date(2026, 10, 5), signing_on=date(2026, 10, 9),
    client_answer_on=date(2026, 10, 6), contract_signed_on=date(2026, 10, 9), owner_lease_on=date(2026, 10, 9),
    owner_lease_is_complete=True, guarantee_months=12,
    guarantee_year_to=date(2026, 10, 14), guarantee_shown=("orderly", "paid", "cared"),
    guarantee_dialogue_on=date(2026, 10, 12), guarantee_ended_on=date(2026, 10, 14), housing_decided_on=date(2026, 10, 10), support_is_decided=True,
    days=(("referrals.economy_months", 3), ("referrals.guarantee_debt_limit", None), ("referrals.max_extensions", 1),
          ("referrals.warning_months", (6, 11))),
)  # fmt: skip
GUARANTEE = {"lease_form": "guarantee"}
LIMIT = {"days": (("referrals.guarantee_debt_limit", 20_000),)}

WELL = {
    "referrals.rules.criteria": ASSESSMENT, "referrals.rules.supported": ASSESSMENT,
    "referrals.rules.assessment": ASSESSMENT, "referrals.rules.question": QUESTION,
    "referrals.rules.writing": REFERRAL, "referrals.rules.validity": REFERRAL, "referrals.rules.offer": REFERRAL,
    "referrals.rules.guarantee": REFERRAL, "referrals.rules.appeal": ASSESSMENT,
    "referrals.rules.representative": ASSESSMENT,
}  # fmt: skip
ALL = [(made, module) for made, module in conditions.declared() if module.startswith("referrals.rules.")]
FACTS_OF = {made.name: WELL[module] for made, module in ALL}
# What cannot be well at the same time as the rest: an offer lives, nobody has said no to it, and the year runs.
ELSEWHERE = {"the_year_is_over", "an_offer_was_declined", "an_offer_awaits_an_answer", "no_offer_lives"}

Changes = dict[str, Any]


def of_each(name: str, *values: Any, **also: Any) -> list[Changes]:
    return [{name: value} | also for value in values]


def missing_each(base: Changes, *names: str) -> list[Changes]:
    """The same facts, each time with one of them unanswered, and each time with a no."""
    return [base | {name: value} for name in names for value in (None, False)]


# The rule's id, the rule, facts that make it say no, and other facts of which it still says yes.
TABLE: list[tuple[str, Condition, list[Changes], list[Changes]]] = [
    # --- the right to support
    ("R-1-9", criteria.is_registered_or_excepted,
     [*of_each("is_registered_here", None, False),
      {"is_registered_here": False, "is_crime_victim": True},
      {"is_registered_here": False, "exception_has_ground": True},
      {"is_registered_here": None, "is_crime_victim": True, "exception_has_ground": True}],
     [{"is_registered_here": False, "is_crime_victim": True, "exception_has_ground": True},
      TRIAL | {"is_registered_here": None}]),
    ("R-1-8", criteria.the_need_cannot_be_met_otherwise,
     [*of_each("alternatives_exhausted", None, False), {"alternatives_are_described": False}],
     [TRAINING | {"alternatives_exhausted": None}]),
    ("R-1-10", criteria.is_able_to_manage_a_home,
     [*of_each("ability", "", Ability.NOT), {"ability_is_described": False}],
     [{"ability": Ability.ALONE}, EMERGENCY | {"ability": ""}]),
    ("R-1-12", criteria.has_no_lease_of_their_own,
     [{"has_own_lease": None}, {"has_own_lease": True}, OWN_LEASE | {"child_is_at_risk": False}],
     [OWN_LEASE, TRIAL | {"has_own_lease": True}]),
    ("R-1-20", criteria.own_lease_is_excepted,
     [{"has_own_lease": True}, OWN_LEASE | {"children": 0}, OWN_LEASE | {"child_is_at_risk": False},
      OWN_LEASE | {"department_groups": (TargetGroup.ECONOMIC,)},
      OWN_LEASE | {"target_group": TargetGroup.ADDICTION, "department_groups": (TargetGroup.ADDICTION,)}],
     [OWN_LEASE, OWN_LEASE | {"target_group": TargetGroup.RETURNING_CHILDREN}]),
    ("R-1-13", criteria.is_homeless_or_in_the_citys_own,
     [*of_each("housing_now", "", HousingNow.TEMPORARY, HousingNow.OWN, HousingNow.INSTITUTION),
      {"housing_now": HousingNow.INSTITUTION, "is_placed": True},
      {"housing_now": HousingNow.OWN} | OWN_LEASE | {"child_is_at_risk": False}],
     [*of_each("housing_now", *sorted(CITYS_OWN)),
      {"housing_now": HousingNow.TEMPORARY, "counts_as_homeless": (HousingNow.NO_ROOF, HousingNow.TEMPORARY)},
      {"housing_now": HousingNow.INSTITUTION, "is_placed": True, "target_group": TargetGroup.YOUNG_READY},
      {"housing_now": HousingNow.OWN} | OWN_LEASE, TRIAL | {"housing_now": HousingNow.OWN}]),
    ("R-1-14", criteria.difficulties_are_combined,
     of_each("difficulties", (), (Difficulty.SHORTAGE,), (Difficulty.DEBTS,), (Difficulty.DEBTS, Difficulty.RENT_DEBTS),
             (Difficulty.SHORTAGE, Difficulty.SOCIAL), (Difficulty.SHORTAGE, Difficulty.DEBTS, Difficulty.RENT_DEBTS)),
     [{"difficulties": (Difficulty.RENT_DEBTS, Difficulty.SOCIAL)},
      {"difficulties": (Difficulty.ABILITY, Difficulty.LANGUAGE)}, TRIAL | {"difficulties": ()}]),
    ("R-1-15", criteria.own_possibilities_are_exhausted,
     [*of_each("evidence", (None, True, True), (True, None, True), (True, True, None), (False, True, True),
               (True, False, True), (True, True, False)),
      {"evidence": (None, False, False), "is_not_able": True}],
     [{"evidence": (False, False, False), "is_not_able": True}, TRIAL | {"evidence": (None, None, None)}]),
    ("R-1-16", criteria.belongs_to_an_exposed_group,
     [{"exposed_group": ""},
      *[{"exposed_group": group, "needs_interventions": needed} for needed in (None, False)
        for group in (ExposedGroup.ADDICTION, ExposedGroup.DISABILITY, ExposedGroup.MENTAL)],
      {"exposed_group": ExposedGroup.FAMILY},
      FAMILY | {"exposed_group": ExposedGroup.FAMILY, "children": 0},
      FAMILY | {"exposed_group": ExposedGroup.FAMILY, "known_for_other_reasons": False},
      FAMILY | {"exposed_group": ExposedGroup.FAMILY, "housing_now": HousingNow.TRAINING},
      OWN_LEASE | {"exposed_group": ExposedGroup.FAMILY, "housing_now": HousingNow.OWN, "child_is_at_risk": False}],
     [*[{"exposed_group": group, "needs_interventions": True}
        for group in (ExposedGroup.ADDICTION, ExposedGroup.DISABILITY, ExposedGroup.MENTAL)],
      FAMILY | {"exposed_group": ExposedGroup.FAMILY},
      FAMILY | {"exposed_group": ExposedGroup.FAMILY, "housing_now": HousingNow.MUNICIPAL},
      OWN_LEASE | {"exposed_group": ExposedGroup.FAMILY, "housing_now": HousingNow.OWN},
      TRIAL | {"exposed_group": ""}]),
    ("R-1-17", criteria.all_three_criteria_hold,
     [{"housing_now": HousingNow.TEMPORARY}, {"difficulties": (Difficulty.SHORTAGE,)}, {"evidence": (True, True, None)},
      {"exposed_group": ""}],
     [TRAINING | {"housing_now": "", "difficulties": (), "exposed_group": ""}]),
    # --- whose target group
    ("R-1-21", criteria.the_target_group_is_the_departments,
     [{"target_group": ""}, {"target_group": TargetGroup.ADDICTION}, {"department_groups": ()}],
     [TRIAL | {"target_group": ""}]),
    ("R-1-18", criteria.economic_ground_holds,
     [*missing_each({}, "has_economic_assistance", "is_homeless_for_economic_reasons"),
      {"lacks_economy": False}, {"lacks_economy": None, "has_special_difficulty": None}],
     [{"lacks_economy": False, "has_special_difficulty": True},
      {"target_group": TargetGroup.ADDICTION, "has_economic_assistance": False}]),
    ("R-1-19", criteria.family_ground_holds,
     [*missing_each(FAMILY, "known_for_other_reasons"), FAMILY | {"children": 0},
      {"target_group": TargetGroup.RETURNING_CHILDREN},
      {"target_group": TargetGroup.RETURNING_CHILDREN, "children_return_decided": True, "children": 0}],
     [FAMILY, {"target_group": TargetGroup.RETURNING_CHILDREN, "children_return_decided": True}]),
    ("R-1-19", criteria.the_young_are_18_to_20,
     [{"target_group": group, "age": age} for age in (None, 17, 21)
      for group in (TargetGroup.YOUNG_GROWN_UP_PLACED, TargetGroup.YOUNG_READY, TargetGroup.YOUNG_CARE)],
     [{"target_group": TargetGroup.YOUNG_CARE, "age": age} for age in (18, 19, 20)] + [{"age": 21}]),
    ("R-1-82", criteria.grown_up_in_a_placement_that_ended,
     [{"target_group": TargetGroup.YOUNG_GROWN_UP_PLACED, "placement_ended_on": on} for on in (None, TODAY + A_DAY)],
     [{"target_group": TargetGroup.YOUNG_GROWN_UP_PLACED, "placement_ended_on": TODAY}]),
    ("R-1-83", criteria.placed_and_judged_ready,
     [*missing_each(READY, "is_placed", "is_ready_for_own"), READY | {"readiness_is_described": False}], [READY]),
    ("R-1-84", criteria.care_need_beyond_the_housing,
     [{"target_group": TargetGroup.YOUNG_CARE}],
     [{"target_group": TargetGroup.YOUNG_CARE, "care_need_is_described": True, "is_placed": False}]),
    ("R-1-22", criteria.special_housing_was_considered,
     [{"target_group": TargetGroup.LASTING_DISABILITY}],
     [{"target_group": TargetGroup.LASTING_DISABILITY, "special_housing_considered": True}]),
    # --- trial, training and emergency homes
    ("R-4-24", supported.cannot_be_approved_on_own_merits,
     [base | {name: False} for base in (TRIAL, TRAINING, EMERGENCY)
      for name in ("contact_is_described", "not_approvable_is_described")],
     [TRIAL, TRAINING, EMERGENCY]),
    ("R-4-8", supported.homelessness_alone_is_no_ground,
     [base | {"problems": problems} for base in (TRIAL, TRAINING) for problems in ((), (Problem.HOMELESS,))],
     [TRIAL, TRAINING | {"problems": (Problem.SOCIAL,)}, EMERGENCY | {"problems": (Problem.HOMELESS,)}]),
    ("R-4-2", supported.a_trial_home_is_for_adults,
     [TRIAL | {"youngest_adult_age": age} for age in (None, 17)],
     [TRIAL | {"youngest_adult_age": 18}, EMERGENCY | {"youngest_adult_age": None}]),
    ("R-4-3", supported.a_trial_can_end_in_a_lease_of_their_own,
     missing_each(TRIAL, "relevant_help_received", "able_to_manage", "takeover_is_realistic"),
     [TRIAL, TRAINING | {"takeover_is_realistic": False}]),
    ("R-4-4", supported.training_is_for_greater_need,
     missing_each(TRAINING, "needs_more_supervision"), [TRAINING, TRIAL | {"needs_more_supervision": False}]),
    ("R-4-6", supported.an_emergency_home_is_short,
     [EMERGENCY | {"planned_end_on": None}, EMERGENCY | {"planned_end_on": ASSESSMENT.applied_on},
      EMERGENCY | {"acute_situation_is_described": False}],
     [EMERGENCY, TRIAL | {"planned_end_on": None}]),
    ("R-4-12", supported.earlier_evictions_and_debts_are_examined,
     [base | {name: False} for base in (TRIAL, TRAINING, EMERGENCY)
      for name in ("evictions_examined", "rent_debts_examined", "other_debts_examined")],
     [TRIAL, TRAINING, EMERGENCY]),
    ("R-4-13", supported.payment_plan_and_debt_relief_are_tried,
     [TRAINING | {name: False} for name in ("payment_plan_examined", "debt_relief_examined")], [TRAINING]),
    ("R-4-9", supported.trial_and_training_are_not_first_for_families,
     [TRIAL | {"children": 1}, TRAINING | {"children": 1}],
     [TRIAL | {"children": 0}, EMERGENCY | {"children": 1}]),
    ("R-4-9", supported.every_child_is_offered_support,
     [base | {"children": 2, "children_offered_support": 1} for base in (TRIAL, TRAINING, EMERGENCY)],
     [TRIAL | {"children": 2, "children_offered_support": 2}, {"children_offered_support": 0}]),
    # --- who acts for an adult
    ("R-1-47", representative.the_representative_may_act,
     [{"represented": True, "representatives_may_act": False}],
     [{"represented": True}, {"represented": False, "representatives_may_act": False}]),
    ("R-1-47", representative.the_representative_can_be_written_to,
     [{"represented": True, "representatives_have_address": False}],
     [{"represented": True}, {"represented": False, "representatives_have_address": False}]),
    ("R-1-47", writing.the_words_name_who_acts, [{"words_name_who_acts": False}], []),
    ("R-1-30", writing.who_signed_had_the_right, [{"signers_had_the_right": False}], []),
    # --- the order of handling
    ("R-4-11", assessment.the_application_is_documented,
     [{"application_is_documented": False}, {"applied_on": None}, {"applied_on": TODAY + A_DAY}], [{"applied_on": TODAY}]),
    ("R-4-11", assessment.the_applicant_is_known,
     [{"applicants": 0, "applicants_numbered": 0}, {"applicants": 2}], [{"applicants": 2, "applicants_numbered": 2}]),
    ("R-1-11", assessment.every_child_is_analysed, [{"children_analysed": 0}, {"children": 2}], [{"children": 0, "children_analysed": 0}]),
    ("R-1-25", assessment.responsibility_is_settled, [{"question_is_open": True}], []),
    ("R-1-24", assessment.a_dialogue_needs_consent, [{"department_consent": False}], []),
    ("R-1-8", assessment.the_assessment_is_individual, [{"is_assessed_in_words": False}], []),
    ("R-4-16", assessment.the_order_of_handling_is_kept,
     [{"applied_on": None}, {"assessed_on": None}, {"assessed_on": TODAY + A_DAY},
      {"applied_on": date(2026, 10, 11)}],
     [{"applied_on": TODAY, "assessed_on": TODAY}]),
    ("R-1-10", assessment.other_support_was_examined, [{"other_support_examined": False}], []),
    ("R-1-32", assessment.a_refusal_is_a_formal_decision,
     of_each("decision_kind", "refusal", "other", "cessation", decision_has_document=False),
     [{"decision_kind": "grant", "decision_has_document": False}]),
    ("R-4-14", assessment.a_decision_exists, [{"decision_kind": ""}, {"decision_has_document": False}], []),
    ("R-1-11", assessment.the_decision_weighs_the_child,
     [{"decision_has_child_analysis": False}], [{"decision_has_child_analysis": False, "children": 0}]),
    ("R-4-14", assessment.the_decider_has_delegation, [{"decider_has_delegation": False}], []),
    ("FL 44", appeal.the_decision_was_received, [{"received_on": None}], []),
    ("FL 44", appeal.the_time_of_appeal_is_over, of_each("appeal_by", TODAY, TODAY + A_DAY), [{"appeal_by": None}]),
    ("FL 43", appeal.the_appeal_has_a_day,
     [{"appealed_on": None}, {"decided_on": None}, {"appealed_on": date(2026, 10, 11)}, {"appealed_on": TODAY + A_DAY}],
     of_each("appealed_on", date(2026, 10, 12), TODAY)),
    ("FL 45", appeal.a_timely_appeal_is_not_rejected,
     [{"appeal_is_rejected": True, "appeal_by": None},
      {"appeal_is_rejected": True, "appeal_by": date(2026, 10, 15)}],
     [{"appeal_is_rejected": True, "appeal_by": date(2026, 10, 14)}]),
    ("R-4-15", assessment.a_plan_exists, [TRIAL | {"has_plan": False}, EMERGENCY | {"has_plan": False}], [TRIAL, {"has_plan": False}]),
    ("R-1-37", assessment.no_referral_goes_on, [{"referral_is_open": True}], []),
    ("R-1-28", assessment.the_referral_is_written, [{"has_referral": False}], [TRIAL | {"has_referral": False}]),
    # --- unclear responsibility
    ("R-1-24", question.the_consent_holds, [{"consent_holds": False}], []),
    ("R-1-24", question.another_referring_department_is_asked,
     of_each("asked_ids", (), (SOF,), (AMF, SOF)), of_each("asked_ids", (AMF,), (AMF, VOF))),
    ("R-1-25", question.everybody_asked_has_answered, of_each("answered_ids", (), (AMF,)), [{"asked_ids": ()}]),
    ("R-1-25", question.the_group_has_met,
     of_each("meeting_on", None, date(2026, 10, 7), TODAY + A_DAY),
     [{"lifted_on": None, "meeting_on": None}, {"meeting_on": TODAY}]),
    ("R-1-25", question.one_of_them_is_responsible, of_each("responsible_id", None, FF), of_each("responsible_id", SOF, AMF)),
    ("R-1-25", question.it_is_given_to_nobody_against_its_word,
     [{"lifted_on": None}, {"lifted_on": None, "taker_ids": (AMF,)}],
     [{}, {"lifted_on": None, "taker_ids": (VOF,)}, {"lifted_on": None, "responsible_id": SOF}]),
    ("R-1-25", question.they_do_not_agree, [{"somebody_takes_it": True}], [{"somebody_takes_it": False}]),
    # --- the referral in writing
    ("R-1-28", writing.a_decision_on_support_exists, [{"is_granted": False}], [{"is_granted": False, "is_own": True}]),
    ("R-1-1", writing.the_form_is_chosen, of_each("lease_form", "", "trial"), [GUARANTEE]),
    ("R-1-26", writing.the_choice_of_form_is_motivated,
     [{"form_has_motivation": False}], [{"form_has_motivation": False, "is_own": True}]),
    ("R-1-27", writing.the_debts_are_low_enough_for_a_guarantee,
     [GUARANTEE | LIMIT | {"debt_total": 20_001}],
     [GUARANTEE | LIMIT | {"debt_total": 20_000}, GUARANTEE | {"debt_total": 900_000}, LIMIT | {"debt_total": 900_000}]),
    ("R-1-27", writing.a_guarantee_needs_no_debts_or_a_dialogue,
     [GUARANTEE | {"debt_total": debts} | talk
      for debts, talk in [
          (None, {}), (1, {}), (1, {"debt_dialogue_on": date(2026, 3, 10)}), (1, {"debt_dialogue_is_named": True}),
          (1, {"debt_dialogue_on": date(2026, 3, 11), "debt_dialogue_is_named": True}),
      ]],
     [GUARANTEE, {"debt_total": None}, {"debt_total": 900_000},
      GUARANTEE | {"debt_total": 1, "debt_dialogue_on": date(2026, 3, 10), "debt_dialogue_is_named": True}]),
    ("R-1-38", writing.the_mandatory_content_is_there,
     [{"missing": ("economy",)}, {"missing": ("need",), "is_own": True}, {"missing": ("household", "economy"), "is_own": True}],
     [{"missing": ("economy",), "is_own": True}]),
    ("R-1-42", writing.the_debt_picture_is_fresh,
     of_each("economy_checked_on", date(2026, 7, 19), TODAY + A_DAY),
     [*of_each("economy_checked_on", date(2026, 7, 20), TODAY, None),
      {"economy_checked_on": date(2020, 1, 1), "is_own": True}]),
    ("R-1-44", writing.health_stands_only_when_relevant, [{"health_without_reason": True}], []),
    ("R-1-29", writing.the_person_knows_that_one_home_is_offered, [{"informed_on": None}], []),
    ("R-1-30", writing.every_adult_has_signed, [{"signatures": 1}, {"adults": 0}], [{"adults": 1, "signatures": 1}]),
    ("R-1-30", writing.the_signatures_are_of_this_content, [{"signatures_are_of_this": False}], []),
    ("R-1-31", writing.the_signer_is_not_the_author, [{"signer_is_author": True}], []),
    ("R-1-31", writing.the_manager_has_signed, [{"manager_signed_on": None}], []),
    ("R-1-33", writing.what_was_asked_is_answered, [{"unanswered": ("need",)}], []),
    ("R-1-33", writing.what_the_receiver_asked_is_answered, [{"unanswered_of_receiver": ("need",)}],
     [{"unanswered": ("need",)}]),
    ("R-1-33", writing.what_is_missing_is_named, [{"completion_is_named": False}], []),
    ("R-1-36", writing.every_section_is_gone_through,
     [{"unreviewed": ("need",)}], of_each("purpose", "first", "change", "completion", unreviewed=("need",))),
    ("R-1-36", writing.an_extension_is_begun,
     [{"is_being_written": False}, *of_each("purpose", "", "first", "change", "completion")], []),
    # --- how long it holds
    ("R-1-34", validity.the_referral_is_valid,
     [{"valid_to": None}, {"valid_to": TODAY - A_DAY}], [{"valid_to": TODAY}, {"valid_to": None, "is_own": True}]),
    ("R-1-34", validity.the_year_is_over, of_each("valid_to", None, TODAY), [{"valid_to": TODAY - A_DAY}]),
    ("R-1-35", validity.it_may_be_extended_again,
     of_each("extensions", 1, 2), [{"extensions": 1, "days": (("referrals.max_extensions", 2),)}]),
    ("R-1-34", validity.the_extension_is_asked_for,
     of_each("valid_to", date(2027, 4, 21), date(2027, 6, 1)), of_each("valid_to", None, date(2027, 4, 20))),
    ("R-1-35", validity.the_extension_is_decided, [{"extension_decided": False}], []),
    ("R-1-37", validity.the_cessation_is_decided, [{"cessation_decided_on": None}], []),
    # --- the offer
    ("R-1-48", offer.the_dwelling_is_free, [{"dwelling_is_free": False}], []),
    ("R-1-1", offer.the_dwelling_serves_the_form, [{"dwelling_serves_form": False}], []),
    ("R-1-85", offer.an_own_ground_is_recorded,
     [{"own_ground": ""}, {"own_ground": OwnGround.ASSIGNED_NEWCOMER},
      {"own_ground": OwnGround.ASSIGNED_NEWCOMER, "permit": Permit.TEMPORARY}],
     [{"own_ground": OwnGround.ASSIGNED_NEWCOMER, "permit": Permit.PERMANENT},
      {"own_ground": OwnGround.ASSIGNED_NEWCOMER, "permit": Permit.TEMPORARY, "permit_to": TODAY}]),
    ("R-1-85", offer.the_permit_has_not_ended,
     [{"permit": Permit.TEMPORARY}, {"permit": Permit.TEMPORARY, "permit_to": TODAY - A_DAY}],
     [{"permit": Permit.TEMPORARY, "permit_to": TODAY}, {"permit": Permit.PERMANENT}]),
    ("R-1-85", offer.the_home_is_free_while_the_permit_lasts,
     [{"permit": Permit.TEMPORARY, "permit_to": TODAY, "offer_free_from": TODAY + A_DAY},
      {"permit": Permit.TEMPORARY, "offer_free_from": TODAY}],
     [{"permit": Permit.TEMPORARY, "permit_to": TODAY, "offer_free_from": TODAY},
      {"permit": Permit.TEMPORARY, "permit_to": TODAY}, {"permit": Permit.PERMANENT, "offer_free_from": TODAY}]),
    ("R-1-85", offer.the_own_ground_can_be_traced, [{"own_ground_is_referenced": False}], []),
    ("R-1-45", offer.a_misfit_has_a_reason, [{"misfits": ("area",)}], [{"misfits": ("area",), "misfit_has_reason": True}]),
    ("R-1-29", offer.one_home_is_offered,
     [{"declined": 1}, {"declined": 2, "overrides": 1}], [{"declined": 1, "overrides": 1}]),
    ("R-1-29", offer.nobody_has_another_offer, [{"offered_elsewhere": True}], []),
    ("R-1-29", offer.a_no_elsewhere_has_a_reason,
     [{"declined_elsewhere": True}], [{"declined_elsewhere": True, "no_elsewhere_has_reason": True}]),
    ("R-1-29", offer.an_offer_was_declined,
     [{"declined": 0}, {"declined": 1, "overrides": 1}], [{"declined": 1}, {"declined": 2, "overrides": 1}]),
    ("R-1-48", offer.an_offer_awaits_an_answer,
     of_each("offer_state", "", *(set(OfferState.values) - {"open"})), [{"offer_state": "open"}]),
    ("R-1-50", offer.the_department_finds_it_suitable,
     of_each("offer_state", "", "open", "unsuitable", "declined", "lapsed"), of_each("offer_state", "accepted", "lease_signed")),
    ("R-1-49", offer.the_client_is_informed, [{"client_informed_on": None}], []),
    ("R-1-49", offer.a_viewing_is_booked_or_waived, [{"viewing_on": None}], [{"viewing_on": None, "viewing_is_waived": True}]),
    ("R-1-49", offer.the_signing_is_booked,
     [{"signing_on": None}, {"signing_on": date(2026, 10, 4)}],
     [{"signing_on": date(2026, 10, 5)}, {"viewing_on": None}]),
    ("R-1-49", offer.the_viewing_has_been,
     [{"viewing_on": None}, {"client_answer_on": None}, {"client_answer_on": date(2026, 10, 4)}],
     [{"client_answer_on": date(2026, 10, 5)}, {"viewing_on": None, "viewing_is_waived": True}]),
    ("R-1-51", offer.ff_signs_only_municipal_leases, [GUARANTEE], []),
    ("R-1-51", offer.the_municipal_lease_is_signed, [{"contract_signed_on": None}], []),
    ("R-1-51", offer.the_owners_lease_is_recorded, [{"owner_lease_on": None}, {"owner_lease_is_complete": False}], []),
    ("R-1-51", offer.the_owner_has_the_home_to_let, [{"municipality_rents_the_home": True}], []),
    ("R-1-51", offer.a_guaranteed_home_is_the_owners_to_let,
     [GUARANTEE | {"municipality_has_the_home": True}], [GUARANTEE, {"municipality_has_the_home": True}]),
    ("R-1-5", offer.the_guarantee_runs_one_or_two_years, of_each("guarantee_months", None, 6, 36), [{"guarantee_months": 24}]),
    ("R-1-6", guarantee.the_household_has_been_orderly,
     of_each("guarantee_shown", (), ("paid", "cared")), [{"guarantee_shown": ("orderly",)}]),
    ("R-1-6", guarantee.the_rent_was_paid_in_time,
     of_each("guarantee_shown", (), ("orderly", "cared")), [{"guarantee_shown": ("paid",)}]),
    ("R-1-6", guarantee.the_flat_was_cared_for,
     of_each("guarantee_shown", (), ("orderly", "paid")), [{"guarantee_shown": ("cared",)}]),
    ("R-1-63", guarantee.the_owner_was_heard,
     of_each("guarantee_dialogue_on", None, TODAY + A_DAY), [{"guarantee_dialogue_on": TODAY}]),
    ("R-1-62", guarantee.the_guarantee_has_run_a_year,
     [{"guarantee_year_to": None}, {"guarantee_ended_on": None}, {"guarantee_ended_on": date(2026, 10, 13)}],
     [{"guarantee_ended_on": date(2026, 10, 15)}]),
    ("R-1-52", offer.housing_is_decided, [{"housing_decided_on": None}], []),
    ("R-1-53", offer.the_housing_is_tied_to_interventions,
     [{"support_is_decided": False}], [GUARANTEE | {"support_is_decided": False}]),
    ("R-1-37", offer.no_offer_lives,
     of_each("offer_state", "open", "suitable", "accepted"),
     of_each("offer_state", "", "lease_signed", "unsuitable", "declined", "lapsed")),
]  # fmt: skip


def rows(which: int) -> list:
    return [
        pytest.param(made, changes, id=f"{made.name}-{number}", marks=pytest.mark.rule(rule))
        for rule, made, *answers in TABLE
        for number, changes in enumerate(answers[which], 1)
    ]


def test_every_rule_stands_in_the_table_once():
    names = [made.name for made, _ in ALL]
    assert names == list(dict.fromkeys(names))
    assert sorted(made.name for _, made, _, _ in TABLE) == sorted(names)
    assert [rule for rule, made, _, _ in TABLE if made.rule != rule] == []
    assert all(no for _, _, no, _ in TABLE)


@pytest.mark.parametrize("rule", [made for made, _ in ALL], ids=lambda rule: rule.name)
def test_where_all_is_well_nothing_is_lacking(rule):
    assert rule.holds(FACTS_OF[rule.name]) == (rule.name not in ELSEWHERE)


@pytest.mark.rules_in("referrals.rules")
@pytest.mark.parametrize(("rule", "changes"), rows(0))
def test_a_rule_says_no_in_words(rule, changes):
    facts = replace(FACTS_OF[rule.name], **changes)
    assert not rule.holds(facts)
    says = rule.says(replace(facts, valid_to=facts.valid_to or TODAY) if rule is validity.the_year_is_over else facts)
    assert says.strip().endswith(".")
    assert "None" not in says


@pytest.mark.parametrize(("rule", "changes"), rows(1))
def test_a_rule_still_says_yes(rule, changes):
    assert rule.holds(replace(FACTS_OF[rule.name], **changes))


@pytest.mark.rule("R-4-25")
@pytest.mark.parametrize("support", [TRIAL, TRAINING, EMERGENCY], ids=lambda base: base["support"])
def test_a_home_with_support_does_not_ask_for_the_right_to_one_of_their_own(support):
    """R-4-25: separate handling for each, with common starting points."""
    facts = replace(ASSESSMENT, **support | {"target_group": "", "housing_now": "", "children": 0})
    assert support["support"] in SUPPORTED
    assert all(rule.holds(facts) for rule in assessment.TO_GRANT)


# --- where each is asked ------------------------------------------------------------------------------------------------

HOLDS = (
    "a_decision_on_support_exists the_form_is_chosen the_choice_of_form_is_motivated the_mandatory_content_is_there "
    "a_guarantee_needs_no_debts_or_a_dialogue the_debts_are_low_enough_for_a_guarantee the_debt_picture_is_fresh "
    "health_stands_only_when_relevant "
)
RIGHT = (
    "is_registered_or_excepted the_need_cannot_be_met_otherwise is_able_to_manage_a_home has_no_lease_of_their_own "
    "own_lease_is_excepted is_homeless_or_in_the_citys_own difficulties_are_combined own_possibilities_are_exhausted "
    "belongs_to_an_exposed_group all_three_criteria_hold the_target_group_is_the_departments economic_ground_holds "
    "family_ground_holds the_young_are_18_to_20 grown_up_in_a_placement_that_ended placed_and_judged_ready "
    "care_need_beyond_the_housing special_housing_was_considered cannot_be_approved_on_own_merits "
    "homelessness_alone_is_no_ground a_trial_home_is_for_adults a_trial_can_end_in_a_lease_of_their_own "
    "training_is_for_greater_need an_emergency_home_is_short earlier_evictions_and_debts_are_examined "
    "every_child_is_offered_support "
)
TOLD = "payment_plan_and_debt_relief_are_tried trial_and_training_are_not_first_for_families "
EVERY_DECISION = (
    "the_order_of_handling_is_kept every_child_is_analysed a_decision_exists the_decider_has_delegation "
    "the_decision_weighs_the_child "
)
ACTS = "the_representative_may_act "
RIGHTFUL = "who_signed_had_the_right "
ANSWERED = "what_was_asked_is_answered "
NAMES = "the_words_name_who_acts "
AGAINST = EVERY_DECISION + ACTS + "other_support_was_examined a_refusal_is_a_formal_decision "
BEFORE_CLIENT = "the_department_finds_it_suitable the_client_is_informed "

# Which conditions stand before which step. One that is taken away from a step is missed here.
ASKED = {
    "assessment.apply": "the_application_is_documented the_applicant_is_known",
    "assessment.withdraw": "no_referral_goes_on",
    "assessment.ask_responsibility": "a_dialogue_needs_consent",
    "assessment.assess": "responsibility_is_settled every_child_is_analysed the_assessment_is_individual "
    "earlier_evictions_and_debts_are_examined " + TOLD,
    "assessment.grant": RIGHT + EVERY_DECISION + TOLD + ACTS,
    "assessment.record_representative": ACTS + "the_representative_can_be_written_to",
    "assessment.grant_other": AGAINST,
    "assessment.refuse": AGAINST,
    "assessment.record_receipt": "the_decision_was_received",
    "assessment.correct_receipt": "the_decision_was_received",
    "assessment.record_appeal": "the_appeal_has_a_day",
    "assessment.settle_appeal": "a_timely_appeal_is_not_rejected",
    "assessment.gain_force": "the_decision_was_received the_time_of_appeal_is_over",
    "assessment.make_plan": "a_plan_exists",
    "assessment.open_referral": "the_referral_is_written",
    "assessment.complete": "the_referral_is_written a_plan_exists",
    "question.ask": "the_consent_holds another_referring_department_is_asked",
    "question.answer": "the_consent_holds",
    "question.lift": "the_consent_holds everybody_asked_has_answered they_do_not_agree",
    "question.settle": "the_consent_holds everybody_asked_has_answered one_of_them_is_responsible "
    "it_is_given_to_nobody_against_its_word the_group_has_met",
    "referral.open": "a_decision_on_support_exists the_form_is_chosen",
    "referral.take_in": "the_form_is_chosen the_mandatory_content_is_there an_own_ground_is_recorded "
    "the_own_ground_can_be_traced a_guarantee_needs_no_debts_or_a_dialogue the_debts_are_low_enough_for_a_guarantee",
    "referral.renew_permit": "an_own_ground_is_recorded the_permit_has_not_ended",
    "referral.end_guarantee": "the_household_has_been_orderly the_rent_was_paid_in_time the_flat_was_cared_for "
    "the_owner_was_heard the_guarantee_has_run_a_year",
    "referral.choose_form": "the_form_is_chosen",
    "referral.record_representative": ACTS + "the_representative_can_be_written_to",
    "referral.record_receipt": "the_decision_was_received",
    "referral.correct_receipt": "the_decision_was_received",
    "referral.correct_information": "the_person_knows_that_one_home_is_offered",
    "referral.print_to_sign": HOLDS + "every_child_is_analysed every_section_is_gone_through",
    "referral.record_appeal": "the_appeal_has_a_day",
    "referral.settle_appeal": "a_timely_appeal_is_not_rejected",
    "referral.inform": "the_person_knows_that_one_home_is_offered",
    "referral.approve": HOLDS
    + ACTS
    + NAMES
    + ANSWERED
    + "every_child_is_analysed the_person_knows_that_one_home_is_offered every_adult_has_signed the_signatures_are_of_this_content",
    "referral.sign": HOLDS
    + "the_signatures_are_of_this_content the_signer_is_not_the_author the_manager_has_signed "
    + ANSWERED
    + RIGHTFUL,
    "referral.send_back": "what_is_missing_is_named",
    "referral.submit": HOLDS + RIGHTFUL + "the_signatures_are_of_this_content the_manager_has_signed",
    "referral.register": RIGHTFUL + "the_mandatory_content_is_there the_manager_has_signed the_referral_is_valid "
    "what_the_receiver_asked_is_answered",
    "referral.ask_completion": "what_is_missing_is_named",
    "referral.supersede": "no_offer_lives",
    "referral.begin_extension": "the_referral_is_valid it_may_be_extended_again the_extension_is_asked_for",
    "referral.review_extension": "the_referral_is_valid",
    "referral.send_back_extension": "the_referral_is_valid what_is_missing_is_named",
    "referral.approve_extension": HOLDS
    + ACTS
    + NAMES
    + ANSWERED
    + "the_referral_is_valid every_child_is_analysed an_extension_is_begun every_section_is_gone_through every_adult_has_signed the_signatures_are_of_this_content",
    "referral.extend": HOLDS
    + RIGHTFUL
    + ANSWERED
    + "the_referral_is_valid it_may_be_extended_again every_section_is_gone_through every_adult_has_signed "
    "the_signatures_are_of_this_content the_signer_is_not_the_author the_extension_is_decided",
    "referral.expire": "the_year_is_over no_offer_lives",
    "referral.cease": ACTS + "the_cessation_is_decided",
    "referral.make_offer": "the_referral_is_valid the_permit_has_not_ended one_home_is_offered no_offer_lives "
    "the_dwelling_is_free the_dwelling_serves_the_form a_misfit_has_a_reason nobody_has_another_offer "
    "the_home_is_free_while_the_permit_lasts a_no_elsewhere_has_a_reason a_guaranteed_home_is_the_owners_to_let",
    "referral.find_suitable": "an_offer_awaits_an_answer",
    "referral.find_unsuitable": "an_offer_awaits_an_answer",
    "referral.inform_client": BEFORE_CLIENT + ACTS + "a_viewing_is_booked_or_waived the_signing_is_booked",
    "referral.accept": BEFORE_CLIENT + "a_viewing_is_booked_or_waived the_viewing_has_been",
    "referral.decline": BEFORE_CLIENT,
    "referral.allow_another_offer": "an_offer_was_declined",
    "referral.record_lease_signed": "ff_signs_only_municipal_leases the_municipal_lease_is_signed",
    "referral.record_owner_lease": "the_owners_lease_is_recorded the_owner_has_the_home_to_let "
    "the_guarantee_runs_one_or_two_years",
    "referral.correct_owner_lease": "the_owners_lease_is_recorded the_owner_has_the_home_to_let "
    "the_guarantee_runs_one_or_two_years",
    "referral.decide_housing": "housing_is_decided the_housing_is_tied_to_interventions",
}


# Of these the ones that are said and logged, and never in the way. All others refuse.
WARNED = {
    "assessment.assess": TOLD,
    "assessment.grant": TOLD + ACTS,
    "assessment.record_representative": ACTS,
    "assessment.grant_other": ACTS,
    "assessment.refuse": ACTS,
    "referral.record_representative": ACTS,
    "referral.approve": ACTS + NAMES + ANSWERED,
    "referral.sign": ANSWERED,
    "referral.register": "what_the_receiver_asked_is_answered",
    "referral.begin_extension": "the_extension_is_asked_for",
    "referral.approve_extension": ACTS + NAMES + ANSWERED,
    "referral.extend": ANSWERED,
    "referral.cease": ACTS,
    "referral.inform_client": ACTS,
}


def test_each_step_asks_its_rules():
    steps = {
        f"{kind.key}.{step.name}": step
        for kind in kinds()
        for step in kind.steps.values()
        if kind.key in {"assessment", "question", "referral"}
    }
    refusing = {name: {made.name for made in (*step.needs, *step.asks)} for name, step in steps.items()}
    warning = {name: {made.name for made in step.tells} for name, step in steps.items()}
    wanted = {name: set(rules.split()) for name, rules in WARNED.items()}
    assert {name: rules for name, rules in warning.items() if rules} == wanted
    assert {name: rules for name, rules in refusing.items() if rules} == {
        name: left for name, rules in ASKED.items() if (left := set(rules.split()) - wanted.get(name, set()))
    }


def test_the_facts_hold_nothing_that_could_be_a_persons_name_or_number():
    """The log keeps them for ever: texts are codes of ours, all else is ids, days, amounts and yes or no."""
    texts = {
        cls.__name__: {field.name for field in fields(cls) if field.type in ("str", str)}
        for cls in (AssessmentFacts, QuestionFacts, ReferralFacts)
    }
    assert texts == {
        "AssessmentFacts": {
            "state",
            "support",
            "housing_now",
            "exposed_group",
            "ability",
            "target_group",
            "decision_kind",
        },
        "QuestionFacts": {"state"},
        "ReferralFacts": {"state", "lease_form", "own_ground", "permit", "purpose", "offer_state"},
    }

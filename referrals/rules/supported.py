"""Trial, training and emergency homes (seed 4): separate handling for each, with common starting points (R-4-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad.casework.conditions import condition
from referrals.rules import STOCKHOLM
from referrals.states import SUPPORTED, Problem, Support

if TYPE_CHECKING:
    from referrals.facts import AssessmentFacts

ADULT = 18


def _is(facts: AssessmentFacts, *supports: str) -> bool:
    return facts.support in supports


@condition(
    "R-4-24",
    "Beskriv kontakten med socialtjänsten och varför den sökande inte kan bli godkänd för eget kontrakt.",
    source=STOCKHOLM + "34–38, 100–104",
    meet_at="write_supported",
    field="not_approvable_text",
)
def cannot_be_approved_on_own_merits(facts: AssessmentFacts) -> bool:
    return facts.support not in SUPPORTED or (facts.contact_is_described and facts.not_approvable_is_described)


@condition(
    "R-4-8",
    "Enbart hemlöshet är aldrig skäl för försöks- eller träningslägenhet.",
    source=STOCKHOLM + "179–181",
    meet_at="write_supported",
    field="problems",
)
def homelessness_alone_is_no_ground(facts: AssessmentFacts) -> bool:
    """R-4-2 and R-4-4 as well: addiction, mental or serious social problems are the ground of both."""
    return not _is(facts, Support.TRIAL, Support.TRAINING) or bool(set(facts.problems) - {Problem.HOMELESS})


@condition(
    "R-4-2",
    "Försökslägenhet är för vuxna.",
    source=STOCKHOLM + "163–167",
    meet_at="write_supported",
)
def a_trial_home_is_for_adults(facts: AssessmentFacts) -> bool:
    adult = facts.youngest_adult_age is not None and facts.youngest_adult_age >= ADULT
    return not _is(facts, Support.TRIAL) or adult


@condition(
    "R-4-3",
    "Försökslägenhet kräver att relevant hjälp har getts, att ett eget boende bedöms fungera och att kontraktet realistiskt kan tas över.",
    source=STOCKHOLM + "168–172",
    meet_at="write_supported",
    field="takeover_is_realistic",
)
def a_trial_can_end_in_a_lease_of_their_own(facts: AssessmentFacts) -> bool:
    checks = (facts.relevant_help_received, facts.able_to_manage, facts.takeover_is_realistic)
    return not _is(facts, Support.TRIAL) or all(check is True for check in checks)


@condition(
    "R-4-4",
    "Träningslägenhet är för den som har större behov av stöd och tillsyn.",
    source=STOCKHOLM + "173–176",
    meet_at="write_supported",
    field="needs_more_supervision",
)
def training_is_for_greater_need(facts: AssessmentFacts) -> bool:
    return not _is(facts, Support.TRAINING) or facts.needs_more_supervision is True


@condition(
    "R-4-6",
    "Jourlägenhet är ett kortvarigt boende för en akut situation: beskriv den, och ange när boendet ska sluta.",
    source=STOCKHOLM + "184–189",
    meet_at="write_supported",
    field="planned_end_on",
)
def an_emergency_home_is_short(facts: AssessmentFacts) -> bool:
    ends = facts.planned_end_on is not None and facts.applied_on is not None and facts.planned_end_on > facts.applied_on
    return not _is(facts, Support.EMERGENCY) or (ends and facts.acute_situation_is_described)


@condition(
    "R-4-12",
    "Utred tidigare vräkningar, hyresskulder och andra skulder före beslutet.",
    source=STOCKHOLM + "230–236",
    meet_at="write_supported",
    field="evictions_text",
)
def earlier_evictions_and_debts_are_examined(facts: AssessmentFacts) -> bool:
    examined = facts.evictions_examined and facts.rent_debts_examined and facts.other_debts_examined
    return facts.support not in SUPPORTED or examined


@condition(
    "R-4-13",
    "Avbetalningsplan och skuldsanering bör prövas så tidigt som möjligt. Budget- och skuldrådgivaren kan hjälpa till.",
    source=STOCKHOLM + "236–242",
    meet_at="write_supported",
)
def payment_plan_and_debt_relief_are_tried(facts: AssessmentFacts) -> bool:
    return facts.support not in SUPPORTED or (facts.payment_plan_examined and facts.debt_relief_examined)


@condition(
    "R-4-9",
    "Försöks- och träningslägenheter är i första hand inte för barnfamiljer.",
    source=STOCKHOLM + "205–211",
)
def trial_and_training_are_not_first_for_families(facts: AssessmentFacts) -> bool:
    return not _is(facts, Support.TRIAL, Support.TRAINING) or facts.children == 0


@condition(
    "R-4-9",
    "Varje barn som ska bo eller vistas i bostaden ska erbjudas nödvändigt stöd.",
    source=STOCKHOLM + "205–214",
    meet_at="analyse_child",
)
def every_child_is_offered_support(facts: AssessmentFacts) -> bool:
    return facts.support not in SUPPORTED or facts.children_offered_support >= facts.children


CHECKLIST = (
    cannot_be_approved_on_own_merits,
    homelessness_alone_is_no_ground,
    a_trial_home_is_for_adults,
    a_trial_can_end_in_a_lease_of_their_own,
    training_is_for_greater_need,
    an_emergency_home_is_short,
    earlier_evictions_and_debts_are_examined,
    every_child_is_offered_support,
)

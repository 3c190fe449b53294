"""Who has the right to a municipal home: the three criteria, their exceptions, and whose target group it is.

All are asked for support to a home of one's own (seed 1). Trial, training and emergency homes have `supported.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad.casework.conditions import condition
from referrals.rules import HELSINGBORG
from referrals.states import (
    CITYS_OWN,
    NEEDS_INTERVENTIONS,
    OLDEST,
    SOF_FAMILY,
    YOUNG,
    YOUNGEST,
    Ability,
    Difficulty,
    ExposedGroup,
    HousingNow,
    Support,
    TargetGroup,
)

if TYPE_CHECKING:
    from referrals.facts import AssessmentFacts


def _other_support(facts: AssessmentFacts) -> bool:
    return facts.support != Support.SOCIAL


# --- entry -------------------------------------------------------------------------------------------------------------


@condition(
    "R-1-9",
    "Den sökande är inte folkbokförd i kommunen, och inget undantag med grund är registrerat.",
    source=HELSINGBORG + "174",
    meet_at="write_registration",
    field="is_registered_here",
)
def is_registered_or_excepted(facts: AssessmentFacts) -> bool:
    excepted = facts.is_registered_here is False and facts.is_crime_victim is True and facts.exception_has_ground
    return _other_support(facts) or facts.is_registered_here is True or excepted


@condition(
    "R-1-8",
    "Behovet kan tillgodoses på annat sätt, eller så är det inte utrett.",
    source=HELSINGBORG + "172",
    meet_at="write_need",
    field="alternatives_exhausted",
)
def the_need_cannot_be_met_otherwise(facts: AssessmentFacts) -> bool:
    exhausted = facts.alternatives_exhausted is True and facts.alternatives_are_described
    return _other_support(facts) or exhausted


@condition(
    "R-1-10",
    "Förmågan att sköta ett boende, med eller utan stöd, är inte bedömd som tillräcklig.",
    source=HELSINGBORG + "178",
    meet_at="write_need",
    field="ability",
)
def is_able_to_manage_a_home(facts: AssessmentFacts) -> bool:
    able = facts.ability in (Ability.ALONE, Ability.WITH_SUPPORT) and facts.ability_is_described
    return _other_support(facts) or able


@condition(
    "R-1-12",
    "Den sökande har ett eget hyreskontrakt på den öppna marknaden.",
    source=HELSINGBORG + "187",
    meet_at="write_registration",
    field="has_own_lease",
)
def has_no_lease_of_their_own(facts: AssessmentFacts) -> bool:
    """Or the one exception, of R-1-20."""
    excepted = facts.has_own_lease is True and own_lease_is_excepted.holds(facts)
    return _other_support(facts) or facts.has_own_lease is False or excepted


@condition(
    "R-1-20",
    "Undantaget för eget kontrakt gäller barnfamiljer hos socialförvaltningen, när ett barn riskerar allvarlig skada i bostaden.",
    source=HELSINGBORG + "236–240",
    meet_at="analyse_child",
)
def own_lease_is_excepted(facts: AssessmentFacts) -> bool:
    """Only a department that has the target groups of SOF's child and family unit can use it: it must choose one."""
    family = facts.target_group in SOF_FAMILY and facts.target_group in facts.department_groups
    return facts.has_own_lease is not True or (family and facts.children > 0 and facts.child_is_at_risk)


# --- the three criteria --------------------------------------------------------------------------------------------------


@condition(
    "R-1-13",
    "Den sökande är inte helt bostadslös, och bor inte i någon av kommunens egna boendeinsatser.",
    source=HELSINGBORG + "194–198",
    meet_at="write_registration",
    field="housing_now",
)
def is_homeless_or_in_the_citys_own(facts: AssessmentFacts) -> bool:
    """A young person who is ready to leave a placement (R-1-83) lives in one: the placement is the municipality's."""
    homeless = facts.housing_now in (*facts.counts_as_homeless, *CITYS_OWN)
    ready = facts.target_group == TargetGroup.YOUNG_READY and facts.is_placed is True
    placed = ready and facts.housing_now == HousingNow.INSTITUTION
    excepted = facts.has_own_lease is True and own_lease_is_excepted.holds(facts)
    return _other_support(facts) or homeless or placed or excepted


@condition(
    "R-1-14",
    "Svårigheterna är för få. Bostadsbristen räcker inte: det ska vara en kombination av andra svårigheter.",
    source=HELSINGBORG + "200–206",
    meet_at="write_need",
    field="difficulties",
)
def difficulties_are_combined(facts: AssessmentFacts) -> bool:
    """Debts of every sort are one difficulty: they count in combination with another."""
    economic = {Difficulty.DEBTS, Difficulty.RENT_DEBTS}
    own = set(facts.difficulties) - {Difficulty.SHORTAGE}
    combined = len(own - economic) + bool(own & economic)
    return _other_support(facts) or combined >= 2


@condition(
    "R-1-15",
    "Visa att möjligheterna är uttömda: sökt i andra kommuner, sökt i andra hand och saknar borgensman, eller varför det inte går.",
    source=HELSINGBORG + "207–209",
    meet_at="write_need",
    field="searched_elsewhere",
)
def own_possibilities_are_exhausted(facts: AssessmentFacts) -> bool:
    """Each of the three is answered; a no stands only beside the reason why the person is not able to."""
    answered = None not in facts.evidence
    return _other_support(facts) or (answered and (all(facts.evidence) or facts.is_not_able))


@condition(
    "R-1-16",
    "Den sökande hör inte till en socialt utsatt grupp som behöver särskilt stöd.",
    source=HELSINGBORG + "210–218",
    meet_at="write_need",
    field="exposed_group",
)
def belongs_to_an_exposed_group(facts: AssessmentFacts) -> bool:
    if _other_support(facts):
        return True
    if facts.exposed_group in NEEDS_INTERVENTIONS:
        return facts.needs_interventions is True
    if facts.exposed_group == ExposedGroup.FAMILY:
        known = facts.known_for_other_reasons is True and facts.children > 0
        homeless = facts.housing_now in (*facts.counts_as_homeless, HousingNow.MUNICIPAL)
        excepted = facts.has_own_lease is True and own_lease_is_excepted.holds(facts)
        return known and (homeless or excepted)
    return facts.exposed_group == ExposedGroup.REFUSED_BY_OWNERS


@condition(
    "R-1-17",
    "Alla tre grundkriterierna ska vara uppfyllda.",
    source=HELSINGBORG + "192",
    meet_at="write_need",
)
def all_three_criteria_hold(facts: AssessmentFacts) -> bool:
    second = difficulties_are_combined.holds(facts) and own_possibilities_are_exhausted.holds(facts)
    return is_homeless_or_in_the_citys_own.holds(facts) and second and belongs_to_an_exposed_group.holds(facts)


# --- whose target group --------------------------------------------------------------------------------------------------


@condition(
    "R-1-21",
    "Målgruppen hör inte till den här förvaltningen. Fråga den andra förvaltningen, med samtycke.",
    source=HELSINGBORG + "220–270",
    meet_at="write_target",
    field="target_group",
)
def the_target_group_is_the_departments(facts: AssessmentFacts) -> bool:
    return _other_support(facts) or facts.target_group in facts.department_groups


@condition(
    "R-1-18",
    "Målgruppen kräver ekonomiskt bistånd, bostadslöshet av ekonomiska skäl, och att ekonomin eller särskilda svårigheter hindrar.",
    source=HELSINGBORG + "230–232",
    meet_at="write_target",
    field="has_economic_assistance",
)
def economic_ground_holds(facts: AssessmentFacts) -> bool:
    if facts.target_group != TargetGroup.ECONOMIC:
        return True
    hindered = facts.lacks_economy is True or facts.has_special_difficulty is True
    return facts.has_economic_assistance is True and facts.is_homeless_for_economic_reasons is True and hindered


@condition(
    "R-1-19",
    "Målgruppen kräver barn, och att familjen är aktuell av andra skäl eller att barnen enligt beslut flyttar hem.",
    source=HELSINGBORG + "240–245",
    meet_at="write_target",
    field="known_for_other_reasons",
)
def family_ground_holds(facts: AssessmentFacts) -> bool:
    if facts.target_group == TargetGroup.FAMILY_KNOWN:
        return facts.known_for_other_reasons is True and facts.children > 0
    if facts.target_group == TargetGroup.RETURNING_CHILDREN:
        return facts.children_return_decided and facts.children > 0
    return True


@condition(
    "R-1-19",
    f"Målgruppen är unga vuxna, {YOUNGEST}–{OLDEST} år.",
    source=HELSINGBORG + "246–253",
    meet_at="write_target",
    field="target_group",
)
def the_young_are_18_to_20(facts: AssessmentFacts) -> bool:
    """Age on the day of the question: so the decision asks it of the day of decision."""
    in_age = facts.age is not None and YOUNGEST <= facts.age <= OLDEST
    return facts.target_group not in YOUNG or in_age


@condition(
    "R-1-82",
    "Ange när placeringen avslutades. Något vårdbehov krävs inte.",
    source=HELSINGBORG + "246–248",
    meet_at="write_target",
    field="placement_ended_on",
)
def grown_up_in_a_placement_that_ended(facts: AssessmentFacts) -> bool:
    ended = facts.placement_ended_on is not None and facts.placement_ended_on <= facts.today
    return facts.target_group != TargetGroup.YOUNG_GROWN_UP_PLACED or ended


@condition(
    "R-1-83",
    "Målgruppen kräver en pågående placering och en bedömning att den unge är redo för eget boende.",
    source=HELSINGBORG + "250–251",
    meet_at="write_target",
    field="is_ready_for_own",
)
def placed_and_judged_ready(facts: AssessmentFacts) -> bool:
    ready = facts.is_placed is True and facts.is_ready_for_own is True and facts.readiness_is_described
    return facts.target_group != TargetGroup.YOUNG_READY or ready


@condition(
    "R-1-84",
    "Beskriv vårdbehovet utöver bostadsfrågan. Någon placering krävs inte.",
    source=HELSINGBORG + "253",
    meet_at="write_target",
    field="care_need_text",
)
def care_need_beyond_the_housing(facts: AssessmentFacts) -> bool:
    return facts.target_group != TargetGroup.YOUNG_CARE or facts.care_need_is_described


@condition(
    "R-1-22",
    "Skriv varför särskilt boende enligt SoL eller LSS inte passar.",
    source=HELSINGBORG + "258–262",
    meet_at="write_target",
    field="special_housing_text",
)
def special_housing_was_considered(facts: AssessmentFacts) -> bool:
    return facts.target_group != TargetGroup.LASTING_DISABILITY or facts.special_housing_considered


RIGHT_TO_SUPPORT = (
    is_registered_or_excepted,
    the_need_cannot_be_met_otherwise,
    is_able_to_manage_a_home,
    has_no_lease_of_their_own,
    own_lease_is_excepted,
    is_homeless_or_in_the_citys_own,
    difficulties_are_combined,
    own_possibilities_are_exhausted,
    belongs_to_an_exposed_group,
    all_three_criteria_hold,
    the_target_group_is_the_departments,
    economic_ground_holds,
    family_ground_holds,
    the_young_are_18_to_20,
    grown_up_in_a_placement_that_ended,
    placed_and_judged_ready,
    care_need_beyond_the_housing,
    special_housing_was_considered,
)

"""Which criteria hold at this moment, which do not, and why: drawn from the conditions and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from bostad.casework.conditions import Condition
from referrals.facts import AssessmentFacts
from referrals.rules import assessment, criteria, supported
from referrals.states import Support


@dataclass(frozen=True)
class Criterion:
    """One group of conditions under a heading, with those that do not hold."""

    label: str
    rules: tuple[str, ...]
    lacks: tuple[Condition, ...]

    @property
    def holds(self) -> bool:
        return not self.lacks


_SOCIAL: tuple[tuple[str, Sequence[Condition]], ...] = (
    ("Folkbokförd i kommunen, eller undantag", (criteria.is_registered_or_excepted,)),
    ("Kriterium 1: helt bostadslös", (criteria.is_homeless_or_in_the_citys_own,)),
    (
        "Kriterium 2: svårt att själv ordna bostad",
        (criteria.difficulties_are_combined, criteria.own_possibilities_are_exhausted),
    ),
    ("Kriterium 3: socialt utsatt grupp", (criteria.belongs_to_an_exposed_group,)),
    ("Behovet kan inte tillgodoses på annat sätt", (criteria.the_need_cannot_be_met_otherwise,)),
    ("Klarar ett boende med eller utan stöd", (criteria.is_able_to_manage_a_home,)),
    ("Inget eget hyreskontrakt", (criteria.has_no_lease_of_their_own, criteria.own_lease_is_excepted)),
    (
        "Förvaltningens målgrupp",
        (
            criteria.the_target_group_is_the_departments,
            criteria.economic_ground_holds,
            criteria.family_ground_holds,
            criteria.the_young_are_18_to_20,
            criteria.grown_up_in_a_placement_that_ended,
            criteria.placed_and_judged_ready,
            criteria.care_need_beyond_the_housing,
            criteria.special_housing_was_considered,
        ),
    ),
)
_SUPPORTED: tuple[tuple[str, Sequence[Condition]], ...] = (
    ("Kontakt, och kan inte få eget kontrakt", (supported.cannot_be_approved_on_own_merits,)),
    (
        "Grund för boendet",
        (
            supported.homelessness_alone_is_no_ground,
            supported.a_trial_home_is_for_adults,
            supported.a_trial_can_end_in_a_lease_of_their_own,
            supported.training_is_for_greater_need,
            supported.an_emergency_home_is_short,
        ),
    ),
    ("Vräkningar och skulder utredda", (supported.earlier_evictions_and_debts_are_examined,)),
    ("Barn erbjuds stöd", (supported.every_child_is_offered_support,)),
)
_CHILDREN = ("Barnets perspektiv", (assessment.every_child_is_analysed,))


def criteria_of(facts: AssessmentFacts) -> list[Criterion]:
    groups = _SOCIAL if facts.support == Support.SOCIAL else _SUPPORTED
    if facts.children:
        groups = (*groups, _CHILDREN)
    return [
        Criterion(
            label,
            tuple(dict.fromkeys(condition.rule for condition in conditions)),
            tuple(condition for condition in conditions if not condition.holds(facts)),
        )
        for label, conditions in groups
    ]

"""Which criteria hold at this moment, which do not, and why: drawn from the conditions and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

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
    is_open: bool  # nothing has been answered of it
    note: str = ""  # what the case's own department may read beside it

    @property
    def holds(self) -> bool:
        return not self.lacks

    @property
    def at(self) -> str:
        """yes, no, or part while nobody has looked into it."""
        return "yes" if self.holds else "part" if self.is_open else "no"


# The heading, what is asked, and the facts that answer it.
_SOCIAL: tuple[tuple[str, Sequence[Condition], Sequence[str]], ...] = (
    ("Folkbokförd i kommunen, eller undantag", (criteria.is_registered_or_excepted,), ("is_registered_here",)),
    ("Kriterium 1: helt bostadslös", (criteria.is_homeless_or_in_the_citys_own,), ("housing_now",)),
    (
        "Kriterium 2: svårt att själv ordna bostad",
        (criteria.difficulties_are_combined, criteria.own_possibilities_are_exhausted),
        ("difficulties", "evidence"),
    ),
    ("Kriterium 3: socialt utsatt grupp", (criteria.belongs_to_an_exposed_group,), ("exposed_group",)),
    (
        "Behovet kan inte tillgodoses på annat sätt",
        (criteria.the_need_cannot_be_met_otherwise,),
        ("alternatives_exhausted",),
    ),
    ("Klarar ett boende med eller utan stöd", (criteria.is_able_to_manage_a_home,), ("ability",)),
    (
        "Inget eget hyreskontrakt",
        (criteria.has_no_lease_of_their_own, criteria.own_lease_is_excepted),
        ("has_own_lease",),
    ),
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
        ("target_group",),
    ),
)
_SUPPORTED: tuple[tuple[str, Sequence[Condition], Sequence[str]], ...] = (
    (
        "Kontakt, och kan inte få eget kontrakt",
        (supported.cannot_be_approved_on_own_merits,),
        ("contact_is_described", "not_approvable_is_described"),
    ),
    (
        "Grund för boendet",
        (
            supported.homelessness_alone_is_no_ground,
            supported.a_trial_home_is_for_adults,
            supported.a_trial_can_end_in_a_lease_of_their_own,
            supported.training_is_for_greater_need,
            supported.an_emergency_home_is_short,
        ),
        ("problems", "acute_situation_is_described", "planned_end_on"),
    ),
    (
        "Vräkningar och skulder utredda",
        (supported.earlier_evictions_and_debts_are_examined,),
        ("evictions_examined", "rent_debts_examined", "other_debts_examined"),
    ),
    ("Barn erbjuds stöd", (supported.every_child_is_offered_support,), ("children_offered_support",)),
)
_CHILDREN = ("Barnets perspektiv", (assessment.every_child_is_analysed,), ("children_analysed",))
_UNANSWERED = {field.name: field.default for field in fields(AssessmentFacts)}


def criteria_of(facts: AssessmentFacts) -> list[Criterion]:
    groups = _SOCIAL if facts.support == Support.SOCIAL else _SUPPORTED
    if facts.children:
        groups = (*groups, _CHILDREN)
    return [
        Criterion(
            label,
            tuple(dict.fromkeys(condition.rule for condition in conditions)),
            tuple(condition for condition in conditions if not condition.holds(facts)),
            all(getattr(facts, name) == _UNANSWERED[name] for name in names),
        )
        for label, conditions, names in groups
    ]

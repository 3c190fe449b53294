"""What is written of each child, in the assessment and since: a referral on it may add a child, or say more of one (R-1-11).

What was written of a child who lives in another way today is history: that child's perspective is to be described anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from bostad.casework.models import Case
from bostad.people.models import HouseholdMember, HouseholdRole
from referrals.models import ChildAnalysis, Referral

Housing = Mapping[tuple[int | None, int], str]  # household and child → ChildHousing


def by_assessment(assessment_ids: Iterable[int]) -> Mapping[int, Mapping[int, ChildAnalysis]]:
    """Assessment → child → what was written last: in a referral on it, the newest first, else in itself. Two queries."""
    ids = set(assessment_ids)
    basis = dict(Referral.objects.filter(assessment__in=ids).values_list("pk", "assessment")) | {pk: pk for pk in ids}
    found: dict[int, dict[int, ChildAnalysis]] = defaultdict(dict)
    for row in ChildAnalysis.objects.filter(case__in=basis).select_related("child").order_by("case", "id"):
        found[basis[row.case_id]][row.child_id] = row
    return found


def of_case(case: Case) -> Mapping[int, ChildAnalysis]:
    """The same for one assessment, or for a referral on one. Of the department's own: nobody else reads any of it."""
    basis = case.assessment_id if case.kind == "referral" else case.pk
    return by_assessment([basis])[basis] if basis else {}


def housing_of(household_ids: Iterable[int | None], today: date) -> Housing:
    """How each child of the households lives that day."""
    rows = HouseholdMember.objects.filter(household__in=set(household_ids), role=HouseholdRole.CHILD)
    now = rows.exclude(to_on__lt=today).order_by("from_on")
    return {
        (household, child): how for household, child, how in now.values_list("household", "person", "child_housing")
    }


def is_of_today(analysis: ChildAnalysis | None, case: Case, housing: Housing) -> bool:
    """Something is written, and of the child as it lives now."""
    if analysis is None or not analysis.consequences:
        return False
    return analysis.housing in ("", housing.get((case.household_id, analysis.child_id), ""))

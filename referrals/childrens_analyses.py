"""What is written of each child, in the assessment and since: a referral on it may add a child, or say more of one (R-1-11)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bostad.casework.models import Case
from referrals.models import ChildAnalysis, Referral


def by_assessment(assessment_ids: Iterable[int]) -> Mapping[int, Mapping[int, ChildAnalysis]]:
    """Assessment → child → what was written last. Two queries, however many are asked for."""
    ids = set(assessment_ids)
    basis = dict(Referral.objects.filter(assessment__in=ids).values_list("pk", "assessment")) | {pk: pk for pk in ids}
    found: dict[int, dict[int, ChildAnalysis]] = defaultdict(dict)
    for row in ChildAnalysis.objects.filter(case__in=basis).select_related("child").order_by("id"):
        found[basis[row.case_id]][row.child_id] = row
    return found


def of_case(case: Case) -> Mapping[int, ChildAnalysis]:
    """The same for one assessment, or for a referral on one. Of the department's own: nobody else reads any of it."""
    basis = case.assessment_id if case.kind == "referral" else case.pk
    return by_assessment([basis])[basis] if basis else {}

"""What is written of each child, in the assessment and since: a referral on it may add a child, or say more of one (R-1-11).

What was written of a child who lives in another way today is history: that child's perspective is to be described anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bostad.casework.models import Case, CaseParty
from referrals.models import ChildAnalysis, Referral

ByChild = Mapping[int, Sequence[ChildAnalysis]]  # the oldest case first


def by_assessment(assessment_ids: Iterable[int]) -> Mapping[int, ByChild]:
    """Assessment → child → all that was written, in itself and in the referrals on it. Two queries."""
    ids = set(assessment_ids)
    basis = dict(Referral.objects.filter(assessment__in=ids).values_list("pk", "assessment")) | {pk: pk for pk in ids}
    found: dict[int, dict[int, list[ChildAnalysis]]] = defaultdict(lambda: defaultdict(list))
    for row in ChildAnalysis.objects.filter(case__in=basis).select_related("child").order_by("case", "id"):
        found[basis[row.case_id]][row.child_id].append(row)
    return found


def of_case(case: Case) -> ByChild:
    """The same for one assessment, or for a referral on one. Of the department's own: nobody else reads any of it."""
    basis = case.assessment_id if case.kind == "referral" else case.pk
    return by_assessment([basis])[basis] if basis else {}


def of_today(found: ByChild, party: CaseParty) -> ChildAnalysis | None:
    """What was written last of the child as it lives now, in whatever case on the assessment."""
    fitting = [
        row for row in found.get(party.person_id, ()) if row.consequences and row.housing in ("", party.child_housing)
    ]
    return fitting[-1] if fitting else None


def to_read(found: ByChild, party: CaseParty) -> ChildAnalysis | None:
    """The one of today; before that is written what the case itself says, or the newest."""
    rows = found.get(party.person_id, ())
    own = [row for row in rows if row.case_id == party.case_id]
    return of_today(found, party) or next(iter([*own, *reversed(rows)]), None)

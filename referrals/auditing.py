"""R-4-22: what the auditor found missing, counted over all cases that a manager sees. Each number is a list."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bostad.casework.models import CaseParty, PartyRole
from bostad.organisation.scope import Scope
from referrals.models import Assessment, ChildAnalysis, Decision, HousingPlan
from referrals.states import AGAINST, SUPPORTED, AssessmentState, Support

S = AssessmentState
LACKS = {
    "ansokan": "Ansökan",
    "beslut": "Beslut",
    "plan": "Plan för boendet",
    "barn": "Barnanalys",
    "overklagande": "Överklagandehänvisning",
    "delgivning": "Dag för mottagande",
}


def cases(scope: Scope, lack: str, support: str = "") -> QuerySet[Assessment]:
    """The cases that lack it, of the departments that this manager sees."""
    rows = Assessment.objects.visible_to(scope).filter(_lacking(lack))
    return rows.filter(support=support) if support else rows


def _lacking(lack: str) -> Q:
    decisions = Decision.objects.filter(case=OuterRef("pk"), kind__in=["grant", "other", "refusal"])
    against = decisions.filter(kind__in=AGAINST)
    children = CaseParty.objects.filter(case=OuterRef("pk"), role=PartyRole.CHILD, to_on=None)
    analysed = ChildAnalysis.objects.filter(case=OuterRef(OuterRef("pk"))).values("child")
    plans = HousingPlan.objects.filter(assessment=OuterRef("pk"))
    return {
        "ansokan": Q(application_note="") | Q(application_form=""),
        "beslut": Q(closed_on=None) & ~Exists(decisions),
        "plan": Q(support__in=SUPPORTED, state__in=[S.GRANTED, S.CLOSED]) & Exists(decisions.filter(kind="grant")) & ~Exists(plans),
        "barn": Exists(children.exclude(person__in=analysed)) & ~Q(state__in=[S.WITHDRAWN, S.TRANSFERRED]),
        "overklagande": Exists(against.filter(document=None)),
        "delgivning": Exists(decisions.filter(received_on=None)),
    }[lack]  # fmt: skip


@dataclass(frozen=True)
class Cell:
    lack: str
    count: int


@dataclass(frozen=True)
class Line:
    support: str
    label: str
    total: int
    cells: tuple[Cell, ...]


def table(scope: Scope) -> list[Line]:
    """One query: a line for each kind of support, a cell for each thing that can be missing."""
    rows = Assessment.objects.visible_to(scope).order_by().values("support")
    counted = rows.annotate(
        total=Count("pk"), **{f"lacks_{lack}": Count("pk", filter=_lacking(lack)) for lack in LACKS}
    )
    known = {row["support"]: row for row in counted}
    return [
        Line(
            support, label, known.get(support, {}).get("total", 0),
            tuple(Cell(lack, known.get(support, {}).get(f"lacks_{lack}", 0)) for lack in LACKS),
        )
        for support, label in Support.choices
    ]  # fmt: skip

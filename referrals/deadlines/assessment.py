"""What must be done with an application, by whom and by when."""

from collections.abc import Iterator
from datetime import timedelta

from bostad import dates
from bostad.casework.deadlines import DeadlineKind, Planned
from referrals.deadlines.shared import days, managers_of, once, owner, working_days
from referrals.facts import AssessmentFacts
from referrals.states import APPEALABLE, BEFORE_DECISION, SUPPORTED, AssessmentState, Support

S = AssessmentState


def _begin(facts: AssessmentFacts) -> Iterator[Planned]:
    if facts.state == S.APPLIED and facts.applied_on:
        yield from once(working_days(facts.applied_on, facts, "referrals.begin_days"), owner(facts))


def _decide(facts: AssessmentFacts) -> Iterator[Planned]:
    """One clock from the application to the decision; the step it asks for follows the state."""
    if facts.state in BEFORE_DECISION and facts.applied_on:
        yield from once(days(facts.applied_on, facts, "referrals.decide_days"), owner(facts))


def _receipt(facts: AssessmentFacts) -> Iterator[Planned]:
    if facts.decided_on and facts.state in (S.GRANTED, *APPEALABLE):
        yield from once(dates.add_working_days(facts.decided_on, 5), owner(facts), facts.received_on)


def _force(facts: AssessmentFacts) -> Iterator[Planned]:
    if facts.state in APPEALABLE and facts.appeal_by:
        yield from once(facts.appeal_by + timedelta(days=1), owner(facts))


def _appeal(facts: AssessmentFacts) -> Iterator[Planned]:
    if facts.state == S.APPEALED and facts.appealed_on:
        yield from once(dates.add_working_days(facts.appealed_on, 5), managers_of(facts))


def _referral(facts: AssessmentFacts) -> Iterator[Planned]:
    if facts.state == S.GRANTED and facts.support == Support.SOCIAL and facts.decided_on and not facts.has_referral:
        yield from once(working_days(facts.decided_on, facts, "referrals.write_days"), owner(facts))


def _plan(facts: AssessmentFacts) -> Iterator[Planned]:
    if facts.state == S.GRANTED and facts.support in SUPPORTED and facts.decided_on and not facts.has_plan:
        yield from once(working_days(facts.decided_on, facts, "referrals.write_days"), owner(facts))


def _complete(facts: AssessmentFacts) -> Iterator[Planned]:
    if facts.state == S.GRANTED and (facts.has_referral or facts.has_plan) and facts.decided_on:
        yield from once(dates.add_working_days(facts.decided_on, 20), owner(facts))


DEADLINES = (
    DeadlineKind(
        "assessment_begin", "assessment", "Inled utredningen", "R-4-16",
        "Ansökan är registrerad och väntar på att utredas.", _begin, step="begin",
    ),
    DeadlineKind(
        "assessment_decide", "assessment", "Fatta beslut", "R-4-16",
        "Ansökan ska utredas, bedömas och avgöras.", _decide, escalate_after=0,
    ),
    DeadlineKind(
        "assessment_receipt", "assessment", "Registrera när beslutet togs emot", "R-1-32",
        "Utan den dagen börjar ingen överklagandetid.", _receipt, step="record_receipt",
    ),
    DeadlineKind(
        "assessment_force", "assessment", "Beslutet får laga kraft", "R-1-32",
        "Överklagandetiden är slut.", _force, step="gain_force", acts=True,
    ),
    DeadlineKind(
        "assessment_appeal", "assessment", "Lämna överklagandet vidare eller avvisa det", "R-1-32",
        "Ett överklagande lämnas skyndsamt till förvaltningsrätten.", _appeal, step="settle_appeal", escalate_after=0,
    ),
    DeadlineKind(
        "assessment_referral", "assessment", "Skriv remiss", "R-1-28",
        "Stödet är beviljat. Bostad kan erbjudas först när remissen är registrerad.", _referral, step="open_referral",
    ),
    DeadlineKind(
        "assessment_plan", "assessment", "Upprätta plan för boendet", "R-4-15",
        "En plan finns i varje ärende.", _plan, step="make_plan",
    ),
    DeadlineKind(
        "assessment_complete", "assessment", "Avsluta utredningen", "R-4-16",
        "Remissen eller planen finns, och utredningen är klar.", _complete, step="complete",
    ),
)  # fmt: skip

"""Decisions: taken once, with law, reasons, the child's best and how to appeal; received on a day; appealed (R-1-32, FL 44)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from bostad import dates
from bostad.casework import steps
from bostad.casework.models import Case, PartyRole
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.models import DelegatedAct, Delegation
from bostad.organisation.scope import Scope
from bostad.organisation.settings_keys import resolve
from referrals import documents
from referrals.models import Assessment, Decision, Referral
from referrals.settings_keys import LAW
from referrals.states import DecisionKind

STEPS = {"grant": DecisionKind.GRANT, "grant_other": DecisionKind.OTHER, "refuse": DecisionKind.REFUSAL}


@dataclass(frozen=True)
class DecisionInput:
    motivation: str
    child_analysis: str = ""
    other_support: str = ""
    support_forms: tuple[str, ...] = ()


def decide(pk: int, step: str, data: DecisionInput, *, by: Scope, today: date, seen: int | None = None) -> Decision:
    """`grant`, `grant_other` or `refuse` the application. The decision's paper is frozen with it."""
    with steps.door(Assessment, pk, step, by=by, today=today, seen=seen) as assessment:
        assessment.other_support_text = data.other_support.strip() or assessment.other_support_text
        assessment.outcome = STEPS[step].value
        decision = take(assessment, STEPS[step], data, by=by, today=today)
    return decision


def take(case: Case, kind: DecisionKind, data: DecisionInput, *, by: Scope, today: date) -> Decision:
    """Writes the decision of a step that is being taken. Refuses who has no delegation, and a decision without reasons."""
    if not data.motivation.strip():
        raise StepNotTaken("Motivera beslutet.", "motivation")
    delegation = delegation_of(case, by, today)
    if delegation is None:
        raise StepNotTaken("Du saknar delegation för beslutet idag. Be någon som har den.", "motivation")
    applicant = case.parties.filter(role=PartyRole.APPLICANT).order_by("id").first()
    decision = Decision.objects.create(
        case_id=case.pk, kind=kind, number=_next_number(today), person_id=applicant.person_id,
        law=resolve(LAW.key, today, case.department_id).value, motivation=data.motivation.strip(),
        child_analysis=data.child_analysis.strip(), other_support=data.other_support.strip(),
        support_forms=list(data.support_forms), decided_on=today, decided_by_id=by.staff_id, delegation=delegation,
    )  # fmt: skip
    decision.document = documents.freeze_decision(decision, by=by, today=today)
    decision.save(update_fields=["document"])
    return decision


def delegation_of(case: Case, by: Scope, today: date) -> Delegation | None:
    """What lets this person decide on support for the case's department on that day."""
    mine = Delegation.objects.filter(
        staff=by.staff_id, organisation=case.department_id, act=DelegatedAct.DECIDE_SUPPORT, from_on__lte=today
    )
    return mine.exclude(to_on__lt=today).order_by("id").first()


def record_receipt(pk: int, *, received_on: date, by: Scope, today: date, seen: int | None = None) -> Case:
    """The day on which the person received the decision. From it, and from nothing else, the time of appeal is counted."""
    return _receipt(pk, "record_receipt", received_on, "", by, today, seen)


def correct_receipt(
    pk: int, *, received_on: date, reason: str, by: Scope, today: date, seen: int | None = None
) -> Case:
    """Another day than the one that was recorded: the time of appeal is counted anew. Why stands in the journal."""
    if not reason.strip():
        raise StepNotTaken("Skriv vad som blev fel.", "reason")
    return _receipt(pk, "correct_receipt", received_on, reason, by, today, seen)


def _receipt(pk: int, step: str, received_on: date, note: str, by: Scope, today: date, seen: int | None) -> Case:
    if received_on > today:
        raise StepNotTaken("Beslutet kan inte ha tagits emot efter idag.", "received_on")
    model, kinds = _appealable(pk)
    with steps.door(model, pk, step, by=by, today=today, seen=seen, note=note) as case:
        _receive(case.decisions.get(kind__in=kinds), received_on)
    return case


def _appealable(pk: int) -> tuple[type[Case], Sequence[DecisionKind]]:
    """The decision of an application, or of a referral that the right has ceased: both are received and appealed."""
    if Referral.objects.filter(pk=pk).exists():
        return Referral, [DecisionKind.CESSATION]
    return Assessment, list(STEPS.values())


def _receive(decision: Decision, received_on: date) -> None:
    if received_on < decision.decided_on:
        raise StepNotTaken("Den enskilde kan inte ta emot beslutet innan det fattades.", "received_on")
    decision.received_on, decision.appeal_by = received_on, dates.appeal_deadline(received_on)
    decision.save(update_fields=["received_on", "appeal_by"])


def record_appeal(pk: int, *, appealed_on: date, by: Scope, today: date, seen: int | None = None) -> Case:
    """Also of a case that the night has closed: what came on the last day, and what came too late."""
    model, kinds = _appealable(pk)
    with steps.door(model, pk, "record_appeal", by=by, today=today, seen=seen) as case:
        case.decisions.filter(kind__in=kinds).update(appealed_on=appealed_on)
    return case


def settle_appeal(pk: int, *, reject: bool, reason: str, by: Scope, today: date, seen: int | None = None) -> Case:
    """Passes the appeal on to the court, or rejects it as too late (FL 45, 46)."""
    model, kinds = _appealable(pk)
    with steps.door(model, pk, "settle_appeal", by=by, today=today, seen=seen, note=reason) as case:
        case.decisions.filter(kind__in=kinds).update(appeal_is_rejected=reject, appeal_settled_on=today)
    return case


def gain_force(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Assessment:
    with steps.door(Assessment, pk, "gain_force", by=by, today=today, seen=seen) as assessment:
        pass
    return assessment


def _next_number(today: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('referrals_decision_number')")
        (number,) = cursor.fetchone()
    return f"B-{today.year}-{number:06d}"

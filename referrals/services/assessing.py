"""From application to assessment (R-4-11, R-4-12, R-4-16, R-1-8 to R-1-22)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bostad.casework import steps
from bostad.casework.models import Case, PartyRole
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.models import Organisation, Unit
from bostad.organisation.scope import Scope
from referrals.models import Assessment, Findings, HousingPlan
from referrals.services.people import HouseholdInput, copy_household, write_household
from referrals.services.receivers import receiving_unit
from referrals.states import ASSESSMENT_ENDED, ApplicationForm, Support

WRITES = ("write_registration", "write_need", "write_target", "write_supported")


@dataclass(frozen=True)
class ApplicationInput:
    support: str
    applied_on: date
    form: str
    note: str
    household: HouseholdInput


def apply(data: ApplicationInput, *, unit: Unit, by: Scope, today: date) -> Assessment:
    """Opens an assessment in the unit's department. Refuses a second one for a person who has one open there."""
    _check(data, today)
    with steps.opening(
        Assessment, "apply", by=by, today=today, department=unit.organisation, unit=unit, assignee_id=by.staff_id,
        support=data.support, applied_on=data.applied_on, application_form=data.form, application_note=data.note,
    ) as assessment:  # fmt: skip
        Findings.objects.create(assessment=assessment)
        write_household(assessment, data.household, by=by, today=today)
        _refuse_a_second(assessment)
    return assessment


def take_over(
    source: Case, *, department: Organisation, applied_on: date, note: str, by: Scope, today: date
) -> Assessment:
    """An assessment in the department that is responsible, of the same household (R-1-25).

    The application is its own now, in the applicant's words. Nothing that the other has found out follows.
    """
    old = Assessment.objects.get(pk=source.pk)
    with steps.opening(
        Assessment, "apply", by=by, today=today, department=department, unit=receiving_unit(department),
        support=old.support, applied_on=applied_on, application_form=old.application_form, note=note,
        application_note=old.application_note,
    ) as assessment:  # fmt: skip
        Findings.objects.create(assessment=assessment)
        copy_household(source, assessment, by=by, today=today)
        if _others_of(assessment).exists():
            raise StepNotTaken(
                f"{department.name} har redan en pågående utredning av samma sak för den sökande. "
                "Kom överens om vilken av de två som går vidare.",
                "responsible",
            )
    return assessment


def _check(data: ApplicationInput, today: date) -> None:
    if data.support not in Support.values:
        raise StepNotTaken("Välj vad ansökan gäller.", "support")
    if data.form not in ApplicationForm.values:
        raise StepNotTaken("Ange om ansökan är skriftlig eller muntlig.", "application_form")
    if not data.note.strip():
        raise StepNotTaken("Skriv vad ansökan gäller.", "application_note")
    if data.applied_on > today:
        raise StepNotTaken("Ansökan kan inte ha kommit in efter idag.", "applied_on")


def _others_of(assessment: Assessment) -> QuerySet[Assessment]:
    """What is open for one of the same people, of the same support in the same department."""
    adults = assessment.parties.filter(role=PartyRole.APPLICANT).values("person")
    return Assessment.objects.filter(
        department=assessment.department_id, support=assessment.support, parties__person__in=adults,
        parties__role=PartyRole.APPLICANT,
    ).exclude(pk=assessment.pk).exclude(state__in=ASSESSMENT_ENDED)  # fmt: skip


def _refuse_a_second(assessment: Assessment) -> None:
    if known := _others_of(assessment).order_by("id").first():
        where = "" if known.is_restricted else f" {known.number}"
        raise StepNotTaken(f"Förvaltningen har redan en pågående utredning{where} för den sökande.", "personnummer")


def begin(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Assessment:
    with steps.door(Assessment, pk, "begin", by=by, today=today, seen=seen) as assessment:
        if assessment.assignee_id is None:  # who begins it has it
            assessment.assignee_id, assessment.unit_id = by.staff_id, assessment.unit_id or by.unit_id
    return assessment


def write_findings(
    pk: int, step: str, answers: Mapping[str, Any], *, by: Scope, today: date, seen: int | None = None
) -> Assessment:
    """Saves what is known of one part of the investigation, half-done too."""
    if step not in WRITES:
        raise ValueError(step)
    with steps.door(Assessment, pk, step, by=by, today=today, seen=seen) as assessment:
        findings = Findings.objects.get(assessment=assessment)
        for name, value in answers.items():
            setattr(findings, name, value)
        findings.save()
    return assessment


def assess(pk: int, *, text: str, by: Scope, today: date, seen: int | None = None) -> Assessment:
    with steps.door(Assessment, pk, "assess", by=by, today=today, seen=seen) as assessment:
        assessment.assessment_text = text.strip()
        assessment.assessed_on, assessment.assessed_by_id = today, by.staff_id
    return assessment


def reopen_investigation(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Assessment:
    with steps.door(Assessment, pk, "reopen_investigation", by=by, today=today, seen=seen, note=reason) as assessment:
        assessment.assessed_on, assessment.assessed_by_id = None, None
    return assessment


@dataclass(frozen=True)
class PlanInput:
    goal: str
    own_part: str
    support: str
    follow_up: str
    agreed_on: date


def make_plan(pk: int, data: PlanInput, *, by: Scope, today: date, seen: int | None = None) -> Assessment:
    if data.agreed_on > today:
        raise StepNotTaken("Planen kan inte vara upprättad efter idag.", "agreed_on")
    with steps.door(Assessment, pk, "make_plan", by=by, today=today, seen=seen) as assessment:
        HousingPlan.objects.create(assessment=assessment, **vars(data))
    return assessment


def complete(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Assessment:
    with steps.door(Assessment, pk, "complete", by=by, today=today, seen=seen) as assessment:
        assessment.outcome = "granted"
    return assessment

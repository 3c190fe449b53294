"""Whose is it? The question to other departments, their answers, samarbetsgruppen, and the outcome (R-1-24, R-1-25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from bostad.casework import steps
from bostad.casework.models import Case, CaseLink, Consent, ConsentPartner, PartyRole, Share, ShareGround
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.models import Organisation
from bostad.organisation.scope import SYSTEM, Scope
from referrals import documents
from referrals.loading.question import consenting
from referrals.models import Assessment, GroupMeeting, Question, QuestionAnswer
from referrals.services import assessing
from referrals.services.people import copy_household
from referrals.services.receivers import referring_departments
from referrals.states import QUESTION_ENDED, Position


def ask(
    pk: int, *, departments: Sequence[Organisation], text: str, by: Scope, today: date, seen: int | None = None
) -> Question:
    """Asks the departments, with the consent of every adult. They read the question alone; the case stays here."""
    if not text.strip():
        raise StepNotTaken("Skriv frågan. Det är allt som de tillfrågade förvaltningarna läser.", "text")
    with steps.door(Assessment, pk, "ask_responsibility", by=by, today=today, seen=seen) as assessment:
        allowed = {row.pk for row in referring_departments(today)} - {assessment.department_id}
        if not departments or not {department.pk for department in departments} <= allowed:
            raise StepNotTaken("Välj minst en annan remitterande förvaltning.", "departments")
        consents = _consents(assessment, departments, today, field="departments")
        question = _open(assessment, consents, departments, text.strip(), by, today)
    return question


def _consents(assessment: Assessment, departments: Sequence[Organisation], today: date, *, field: str) -> list[Consent]:
    """Of every adult, for each department that is asked: consent to tell one is no consent to tell another."""
    given = list(assessment.consents.filter(partner=ConsentPartner.DEPARTMENT, given_on__lte=today, revoked_on=None))
    adults = set(assessment.parties.filter(role=PartyRole.APPLICANT, to_on=None).values_list("person", flat=True))
    for department in departments:
        if adults - consenting(given, department):
            raise StepNotTaken(
                f"Dialogen kräver samtycke från varje vuxen i hushållet till att {department.name} får veta. "
                f"Registrera det under Samtycken i utredningen {assessment.number}.",
                field,
            )
    return given


def _open(
    assessment: Assessment,
    consents: Sequence[Consent],
    departments: Sequence[Organisation],
    text: str,
    by: Scope,
    today: date,
) -> Question:
    with steps.opening(
        Question, "ask", by=by, today=today, department_id=assessment.department_id, unit_id=assessment.unit_id,
        assignee_id=assessment.assignee_id, assessment=assessment, consent=consents[0], text=text, asked_on=today,
    ) as question:  # fmt: skip
        copy_household(assessment, question, by=by, today=today)
        CaseLink.objects.create(case_id=assessment.pk, other_id=question.pk, reason="responsibility")
        for department in departments:
            Share.objects.create(
                case_id=question.pk, organisation=department, ground=ShareGround.CONSENT, from_on=today
            )
        documents.freeze_consent(question, by=by, today=today)
    return question


def answer(
    pk: int, *, organisation: Organisation, position: str, reason: str, by: Scope, today: date, seen: int | None = None
) -> Question:
    """An asked department's position. Refuses an answer for a department that one does not work for."""
    if organisation.pk not in by.organisation_ids:
        raise StepNotTaken("Du kan bara svara för din egen förvaltning.", "position")
    if position not in Position.values:
        raise StepNotTaken("Svara om det är er förvaltning som ansvarar.", "position")
    if not reason.strip():
        raise StepNotTaken("Skriv varför, utifrån riktlinjerna.", "reason")
    with steps.door(Question, pk, "answer", by=by, today=today, seen=seen) as question:
        if not question.shares.in_force().filter(organisation=organisation).exists():
            raise StepNotTaken("Förvaltningen är inte tillfrågad.", "position")
        QuestionAnswer.objects.create(
            question=question, organisation=organisation, position=position, reason=reason.strip(), on=today,
            by_id=by.staff_id,
        )  # fmt: skip
    return question


def lift(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Question:
    with steps.door(Question, pk, "lift", by=by, today=today, seen=seen) as question:
        question.lifted_on = today
        documents.freeze_group_material(question, by=by, today=today)
    return question


@dataclass(frozen=True)
class MeetingInput:
    held_on: date
    members: str
    outcome: str


def settle(
    pk: int, *, responsible: Organisation, meeting: MeetingInput | None, by: Scope, today: date, seen: int | None = None
) -> Question:
    """Says whose it is. Is it another's, that department has an assessment of its own in the same moment (R-1-25)."""
    with transaction.atomic():
        question = _settle(pk, responsible, meeting, by, today, seen)
        if responsible.pk != question.department_id:
            _hand_over(question, responsible, today)
    return question


def _settle(
    pk: int, responsible: Organisation, meeting: MeetingInput | None, by: Scope, today: date, seen: int | None
) -> Question:
    with steps.door(Question, pk, "settle", by=by, today=today, seen=seen) as question:
        if meeting is not None:
            GroupMeeting.objects.create(question=question, **vars(meeting))
            _let_know(question, responsible, today)
        question.settled_on, question.responsible = today, responsible
        question.outcome = "own" if responsible.pk == question.department_id else "other"
    return question


def _let_know(question: Question, responsible: Organisation, today: date) -> None:
    """The group, in which every referring department sits, may name one that was not asked: with consent that it knows."""
    known = {question.department_id, *question.shares.values_list("organisation", flat=True)}
    if responsible.pk in known or responsible.pk not in {row.pk for row in referring_departments(today)}:
        return
    _consents(question.assessment, [responsible], today, field="responsible")
    Share.objects.create(case_id=question.pk, organisation=responsible, ground=ShareGround.CONSENT, from_on=today)


def _hand_over(question: Question, responsible: Organisation, today: date) -> None:
    old = question.assessment
    note = f"Övertaget enligt ansvarsfråga {question.number}."
    with steps.door(Assessment, old.pk, "hand_to_responsible", by=SYSTEM, today=today, note=note) as assessment:
        assessment.outcome = "transferred"
    new = assessing.take_over(
        Case.objects.get(pk=old.pk),
        department=responsible,
        applied_on=old.applied_on,
        note=note,
        by=SYSTEM,
        today=today,
    )
    CaseLink.objects.create(case_id=old.pk, other_id=new.pk, reason="transferred")


@transaction.atomic
def withdraw_application(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Assessment:
    """The applicant takes the application back, and with it falls what was asked. `reason` says how that is known."""
    with steps.door(Assessment, pk, "withdraw", by=by, today=today, seen=seen, note=reason) as assessment:
        assessment.outcome = "withdrawn"
    for question in assessment.questions.exclude(state__in=QUESTION_ENDED).order_by("pk"):
        drop(question.pk, reason="Ansökan är återtagen.", by=SYSTEM, today=today)
    return assessment


def drop(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Question:
    with steps.door(Question, pk, "drop", by=by, today=today, seen=seen, note=reason) as question:
        question.outcome = "dropped"
    return question

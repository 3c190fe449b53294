"""Whose is it? A dialogue between departments, with the person's consent, and the group that settles it (R-1-24, R-1-25)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from bostad import history
from bostad.casework import triggers
from bostad.casework.models import Case, Consent
from bostad.casework.querysets import CaseQuerySet
from bostad.organisation.models import Organisation, Staff
from referrals.models.assessment import Assessment
from referrals.models.routine_question import QuestionRoutine
from referrals.states import Position


@history.tracked()
class Question(QuestionRoutine, Case):
    """Owned by the asking department. What the asked ones read is this row: never the assessment."""

    case_ptr = models.OneToOneField(Case, models.CASCADE, parent_link=True, related_name="as_question")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="questions", verbose_name="utredning")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+", verbose_name="samtycke")
    text = models.TextField("frågan", help_text="Det här läser de tillfrågade förvaltningarna.")
    asked_on = models.DateField("ställd")
    lifted_on = models.DateField("lyft till samarbetsgruppen", null=True, editable=False)
    settled_on = models.DateField("avgjord", null=True, editable=False)
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="ansvarig förvaltning"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "ansvarsfråga", "ansvarsfrågor"
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on=None, responsible=None) | Q(settled_on__isnull=False, responsible__isnull=False),
                name="a_settled_question_has_a_responsible_department",
                violation_error_message="Ange vilken förvaltning som ansvarar.",
            ),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(settled_on=None) & ~Q(lifted_on=None),
                name="lifted_once_at_a_time",
                violation_error_message="Ärendet ligger redan i samarbetsgruppen.",
            ),
        ]
        triggers = [
            triggers.child_of_kind("question"),
            triggers.by_a_step("NEW.case_ptr_id", pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.number


@history.tracked()
class QuestionAnswer(models.Model):
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="förvaltning")
    position = models.CharField("ståndpunkt", max_length=8, choices=Position)
    reason = models.TextField("skäl")
    on = models.DateField("dag")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="av")

    class Meta:
        verbose_name, verbose_name_plural = "svar på ansvarsfråga", "svar på ansvarsfrågor"
        constraints = [
            models.UniqueConstraint(
                fields=["question", "organisation"],
                name="a_department_answers_once",
                violation_error_message="Förvaltningen har redan svarat.",
            )
        ]
        triggers = [triggers.part_by_a_step("question_id")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_position_display()}"


@history.tracked()
class GroupMeeting(models.Model):
    """Samarbetsgruppen: its members of every referring department, and what it came to."""

    question = models.OneToOneField(Question, models.PROTECT, related_name="meeting")
    held_on = models.DateField("möte")
    members = models.TextField("närvarande", help_text="En rad för var och en: namn och förvaltning.")
    outcome = models.TextField("vad gruppen kom fram till")

    class Meta:
        verbose_name, verbose_name_plural = "möte i samarbetsgruppen", "möten i samarbetsgruppen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(members="") & ~Q(outcome=""), name="a_meeting_has_members_and_an_outcome"
            )
        ]
        triggers = [triggers.part_by_a_step("question_id")]

    def __str__(self) -> str:
        return f"samarbetsgruppen {self.held_on}"

"""An application for support to a home, its investigation and assessment. Seen by its own department only."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework import triggers
from bostad.casework.models import Case
from bostad.casework.querysets import CaseQuerySet
from bostad.organisation.models import Staff
from bostad.people.models import ChildHousing, Person
from referrals.models.routine_assessment import AssessmentRoutine
from referrals.states import ApplicationForm, Support


@history.tracked()
class Assessment(AssessmentRoutine, Case):
    case_ptr = models.OneToOneField(Case, models.CASCADE, parent_link=True, related_name="as_assessment")
    support = models.CharField("ansökan gäller", max_length=10, choices=Support)
    applied_on = models.DateField("ansökan kom in")
    application_form = models.CharField("ansökans form", max_length=7, choices=ApplicationForm)
    application_note = models.TextField("vad ansökan gäller")
    assessed_on = models.DateField("bedömd", null=True, editable=False)
    assessment_text = models.TextField("bedömning", blank=True)
    assessed_by = models.ForeignKey(Staff, models.PROTECT, null=True, editable=False, related_name="+")
    other_support_text = models.TextField("annat stöd som har prövats", blank=True)
    children_unit_told_on = models.DateField("barn- och familjeenheten underrättad", null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "utredning", "utredningar"
        constraints = [
            models.CheckConstraint(
                condition=Q(assessed_on=None) | Q(assessed_on__gte=F("applied_on")),
                name="nothing_is_assessed_before_it_is_applied_for",
                violation_error_message="Bedömningen kan inte vara före ansökan.",
            ),
            models.CheckConstraint(
                condition=Q(support__in=Support.values),
                name="support_is_one_of_four",
                violation_error_message="Välj vad ansökan gäller.",
            ),
            models.CheckConstraint(condition=~Q(application_note=""), name="an_application_says_what_it_is_for"),
        ]
        triggers = [
            triggers.child_of_kind("assessment"),
            triggers.by_a_step("NEW.case_ptr_id", pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.number


@history.tracked()
class ChildAnalysis(models.Model):
    """R-1-11, R-4-9: what the decision means for one child, and what it needs. One for each child of the household.

    It stands in the assessment; of a child that comes, or lives otherwise, while the referral is written, in that.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="child_analyses", verbose_name="ärende")
    child = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="barn")
    housing = models.CharField("så bodde barnet då", max_length=11, choices=ChildHousing, blank=True, editable=False)
    consequences = models.TextField("följder för barnet")
    special_needs = models.TextField("barnets särskilda behov", blank=True)
    is_at_risk = models.BooleanField(
        "allvarlig risk för barnets hälsa och utveckling i nuvarande bostad", default=False
    )
    risk_ground = models.TextField("vad risken består i", blank=True)
    support_offered_on = models.DateField("nödvändigt stöd erbjudet", null=True, blank=True)
    support_offered = models.CharField("vilket stöd", max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "barnanalys", "barnanalyser"
        constraints = [
            models.UniqueConstraint(fields=["case", "child"], name="one_analysis_per_child"),
            models.CheckConstraint(
                condition=Q(is_at_risk=False) | ~Q(risk_ground=""),
                name="a_risk_has_a_ground",
                violation_error_message="Skriv vad risken består i.",
            ),
        ]
        triggers = [triggers.part_by_a_step("case_id")]

    def __str__(self) -> str:
        return f"barnanalys {self.child_id}"


@history.tracked()
class HousingPlan(models.Model):
    """R-4-15: the plan for a trial, training or emergency home. It exists in every case."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="housing_plan")
    goal = models.TextField("mål")
    own_part = models.TextField("vad den enskilde ska arbeta med")
    support = models.TextField("stöd i boendet")
    follow_up = models.TextField("hur och när planen följs upp")
    agreed_on = models.DateField("upprättad")

    class Meta:
        verbose_name, verbose_name_plural = "plan för boendet", "planer för boendet"
        triggers = [triggers.part_by_a_step("assessment_id")]

    def __str__(self) -> str:
        return f"plan {self.agreed_on}"

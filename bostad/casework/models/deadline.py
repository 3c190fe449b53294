"""What is to be done, by whom, by when (bevakningar). Rows are driven by the addressee: that is `Mitt arbete`."""

from django.db import models
from django.db.models import Q

from bostad import history
from bostad.casework import triggers
from bostad.casework.models.case import Case
from bostad.casework.querysets import DeadlineQuerySet
from bostad.organisation.models import Organisation, Staff, Unit


class DeadlineStatus(models.TextChoices):
    OPEN = "open", "Öppen"
    MET = "met", "Gjord"
    CANCELLED = "cancelled", "Bortfallen"


@history.tracked()
class Deadline(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=40)
    occurrence = models.PositiveIntegerField(default=0)
    planned_on = models.DateField("planerad")
    due_on = models.DateField("senast")
    escalate_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="deadlines", verbose_name="förvaltning")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="deadlines", verbose_name="enhet")
    assignee = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="deadlines", verbose_name="handläggare")
    watcher_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="watched_deadlines", verbose_name="väntande enhet"
    )
    acts = models.BooleanField(default=False)
    detail = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=9, choices=DeadlineStatus, default=DeadlineStatus.OPEN)
    met_on = models.DateField(null=True)
    settings_used = models.JSONField(default=dict)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "bevakning", "bevakningar"
        indexes = [
            models.Index(fields=["assignee", "due_on", "id"], name="deadline_mine", condition=Q(status="open")),
            models.Index(fields=["unit", "due_on", "id"], name="deadline_of_unit", condition=Q(status="open")),
            models.Index(fields=["department", "due_on", "id"], name="deadline_of_dept", condition=Q(status="open")),
            models.Index(fields=["watcher_unit", "due_on", "id"], name="deadline_watched", condition=Q(status="open")),
            models.Index(fields=["due_on", "id"], name="deadline_to_act", condition=Q(status="open", acts=True)),
            models.Index(
                fields=["escalate_on"], name="deadline_escalate", condition=Q(status="open", escalated_on=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "occurrence"], name="deadline_once"),
            models.CheckConstraint(
                condition=Q(status="met", met_on__isnull=False) | ~Q(status="met"), name="a_met_deadline_has_a_day"
            ),
        ]
        triggers = [
            triggers.met_by_facts,
            triggers.final("same_deadline", "TRUE", ["case_id", "kind", "occurrence"]),
            triggers.never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

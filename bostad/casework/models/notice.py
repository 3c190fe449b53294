"""That somebody was told of something to do: on `Mitt arbete` until the case is opened, and by one e-mail."""

from django.db import models
from django.db.models import Q

from bostad.casework.models.deadline import Deadline
from bostad.organisation.models import Staff


class Notice(models.Model):
    """Each is told of a deadline once. Its text is a link: nothing of the case leaves the house by mail."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="notices")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="notices")
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = "avisering", "aviseringar"
        constraints = [models.UniqueConstraint(fields=["deadline", "staff"], name="told_once")]
        indexes = [
            models.Index(fields=["staff"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["staff"], name="notice_unsent", condition=Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"avisering {self.pk}"

"""Who read what. One row per page that shows a person or a case; the rows can only be added (SoLPuL 10 §)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models

from bostad.history import append_only, no_truncate
from bostad.organisation.models import Staff, Unit


class ReadLog(models.Model):
    at = models.DateTimeField("när", auto_now_add=True)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="vem")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="enhet")
    page = models.CharField("sida", max_length=80)
    case_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="ärenden")
    person_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="personer")
    why = models.CharField("varför", max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "läsning", "läsningar"
        indexes = [
            GinIndex(fields=["case_ids"], name="readlog_by_case"),
            GinIndex(fields=["person_ids"], name="readlog_by_person"),
            BrinIndex(fields=["at"], name="readlog_by_time"),
            models.Index(fields=["staff", "-at"], name="readlog_by_staff"),
        ]
        triggers = [append_only(), no_truncate()]

    def __str__(self) -> str:
        return f"{self.staff} {self.page} {self.at:%Y-%m-%d %H:%M}"

"""The municipality's wording, in versions: written by one, approved by another, and then never changed (R-0-24)."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.documents import clauses, wording
from bostad.documents.printing import template_kinds
from bostad.documents.querysets import TemplateQuerySet
from bostad.organisation.models import Organisation, Staff


@history.tracked()
class TextTemplate(models.Model):
    kind = models.CharField("mall", max_length=40)
    version = models.PositiveIntegerField("lydelse")
    name = models.CharField("namn", max_length=120)
    wording = models.CharField(max_length=64, editable=False, blank=True)  # of the fixed text, see documents.wording
    clauses = models.JSONField("särskilda bestämmelser", default=list, blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="förvaltas av")
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="skriven av")
    approved_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkänd av"
    )
    approved_on = models.DateField("godkänd", null=True, blank=True)
    valid_from = models.DateField("gäller från och med")

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "mall", "mallar"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"],
                name="template_version_once",
                violation_error_message="Lydelsen finns redan.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_on=None)
                | Q(approved_by__isnull=False, approved_on__isnull=False),
                name="approval_has_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")),
                name="template_is_approved_by_another",
                violation_error_message="Den som har skrivit mallen kan inte själv godkänna den.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__approved_by__isnull=False),
            ),
            pgtrigger.Trigger(
                name="kept_by_a_department",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                IF (SELECT kind FROM organisation_organisation WHERE id = NEW.owner_id) <> 'department' THEN
                    RAISE EXCEPTION 'bostad: a template is kept by a municipal department'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, lydelse {self.version}"

    def save(self, *args, **kwargs) -> None:
        """What is written, or approved, is the fixed text as it stands that moment, with these clauses."""
        self.clean()
        self.wording = wording.current(self.kind)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "wording"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """What the press could not set is refused when it is written, not when a tenant waits for it."""
        if self.kind not in template_kinds():
            raise ValidationError({"kind": "Det finns ingen sådan handling."})
        try:
            clauses.check(self.clauses)
        except ValidationError as fault:
            raise ValidationError({"clauses": fault.messages}) from fault

    @property
    def is_current(self) -> bool:
        """Whether the fixed text still is the one that was approved (R-0-24)."""
        return self.wording == wording.current(self.kind)

"""Sheets of paper that exist once: two originals are two sheets with two fates."""

import pgtrigger
from django.db import models
from django.db.models import Q

from bostad import history
from bostad.casework.models import Case
from bostad.casework.triggers import by_a_step
from bostad.documents.models.document import Document
from bostad.documents.querysets import OriginalQuerySet
from bostad.documents.states import ORIGINAL_MOVES, OriginalState
from bostad.history import append_only, no_truncate
from bostad.organisation.models import Staff


class Holder(models.TextChoices):
    TENANT = "tenant", "Hyresgästens"
    MUNICIPALITY = "municipality", "Kommunens"


class SheetKind(models.TextChoices):
    CONTRACT = "contract", "original"
    CATEGORY_ANNEX = "category_annex", "kategoribilaga"
    ELECTRICITY_ANNEX = "electricity_annex", "elbilaga"


MOVED = pgtrigger.Insert | pgtrigger.UpdateOf("state", "since", "shelf")


@history.tracked()
class Original(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="originals")
    document = models.OneToOneField(Document, models.PROTECT, related_name="original")
    code = models.CharField("bladets nummer", max_length=24, unique=True)
    kind = models.CharField("blad", max_length=17, choices=SheetKind)
    holder = models.CharField("vems", max_length=12, choices=Holder)
    state = models.CharField("var", max_length=24, choices=OriginalState, default=OriginalState.MADE)
    since = models.DateField("sedan")
    shelf = models.CharField("hyllplats", max_length=40, blank=True)

    objects = OriginalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "originalblad", "originalblad"
        indexes = [
            models.Index(fields=["case", "code"], name="original_by_case"),
            models.Index(fields=["state", "since"], name="original_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "holder"],
                condition=~Q(state__in=["recalled", "void"]),
                name="one_valid_sheet_of_each",
            ),
            models.CheckConstraint(
                condition=~Q(state="archived") | ~Q(shelf=""),
                name="an_archived_sheet_has_a_shelf",
                violation_error_message="Ange hyllplatsen.",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="moves", field="state", transitions=ORIGINAL_MOVES),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="same_paper", fields=["case", "document", "code", "kind", "holder"]),
            by_a_step("NEW.case_id", MOVED, unless="NEW.state = 'printed'"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        return f"{self.get_holder_display()} {self.get_kind_display()}"


class Movement(models.Model):
    """One thing that happened to a sheet. The trail on the page is these rows."""

    original = models.ForeignKey(Original, models.PROTECT, related_name="movements")
    state = models.CharField(max_length=24, choices=OriginalState)
    on = models.DateField("dag")
    note = models.CharField("anteckning", max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", verbose_name="av")

    class Meta:
        indexes = [models.Index(fields=["original", "id"], name="movement_by_original")]
        triggers = [append_only(), no_truncate()]

    def __str__(self) -> str:
        return f"{self.original} {self.state} {self.on}"

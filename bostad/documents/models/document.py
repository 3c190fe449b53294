"""A document of a case: issued from frozen data, or received. Its bytes never change and lie in PostgreSQL."""

import pgtrigger
from django.db import models
from django.db.models import Q

from bostad.casework.models import Case
from bostad.documents.models.template import TextTemplate
from bostad.documents.querysets import DocumentQuerySet, MadeByTheWorkerQuerySet
from bostad.documents.states import FileState
from bostad.history import append_only, no_truncate
from bostad.organisation.models import Staff

MADE_OF_ITS_BYTES = """
    IF EXISTS (SELECT 1 FROM documents_documentfile f
               WHERE f.document_id = NEW.id AND encode(sha256(f.content), 'hex') = NEW.sha256) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'bostad: a document is ready when its file is there, with its hash' USING ERRCODE = 'check_violation';
"""


class Origin(models.TextChoices):
    ISSUED = "issued", "Utfärdad"
    RECEIVED = "received", "Inkommen"


class MadeByTheWorker(models.Model):
    """What the worker makes a file of, and how often it has tried."""

    file_state = models.CharField(max_length=7, choices=FileState, default=FileState.WAITING)
    file_problem = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)  # when beat last put it in the queue

    objects = MadeByTheWorkerQuerySet.as_manager()

    class Meta:
        abstract = True


class Document(MadeByTheWorker):
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    title = models.CharField("handling", max_length=160)
    origin = models.CharField("ursprung", max_length=8, choices=Origin)
    template = models.ForeignKey(TextTemplate, models.PROTECT, null=True, related_name="+", verbose_name="mall")
    data = models.JSONField(default=dict)
    sheet = models.JSONField(null=True)
    content_type = models.CharField(max_length=60, default="application/pdf")
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True)
    on = models.DateField("dag")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", verbose_name="av")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "handling", "handlingar"
        indexes = [
            models.Index(fields=["case", "-id"], name="document_by_case"),
            models.Index(fields=["id"], name="document_waiting", condition=Q(file_state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file_state="ready") | ~Q(sha256=""), name="a_ready_document_has_a_hash"
            ),
            models.CheckConstraint(
                condition=Q(origin="received") | Q(template__isnull=False), name="an_issued_document_has_a_template"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="frozen",
                fields=["case", "kind", "title", "origin", "template", "data", "sheet", "on", "created_by"],
            ),
            pgtrigger.Protect(
                name="ready_is_final", operation=pgtrigger.Update, condition=pgtrigger.Q(old__file_state="ready")
            ),
            pgtrigger.Trigger(
                name="made_of_its_bytes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__file_state="ready"),
                func=MADE_OF_ITS_BYTES,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        return self.file_state == FileState.READY

    @property
    def is_voided(self) -> bool:
        return hasattr(self, "voided")


class DocumentFile(models.Model):
    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="file")
    content = models.BinaryField()

    class Meta:
        triggers = [append_only(), no_truncate()]

    def __str__(self) -> str:
        return f"fil {self.document_id}"


class VoidedDocument(models.Model):
    """A document that came into the wrong case, or should never have come in: it stays, and only managers open it."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="voided")
    at = models.DateTimeField("när", auto_now_add=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="av")
    why = models.CharField("varför", max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = "makulerad handling", "makulerade handlingar"
        triggers = [append_only(), no_truncate()]

    def __str__(self) -> str:
        return f"makulerad {self.document_id}"

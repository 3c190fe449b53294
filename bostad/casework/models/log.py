"""What has been done in a case, and by whom. These rows are only ever added."""

from django.db import models

from bostad.casework.models.case import Case
from bostad.casework.triggers import stamp_transaction
from bostad.history import append_only, no_truncate
from bostad.organisation.models import Staff, Unit


class StepLog(models.Model):
    """One step taken: from, to, by whom, which conditions were asked with which inputs, under which settings."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps_taken")
    step = models.CharField("steg", max_length=40)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30)
    at = models.DateTimeField("när", auto_now_add=True)
    on = models.DateField("dag")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", verbose_name="vem")
    conditions = models.JSONField("villkor", default=list)
    inputs = models.JSONField("underlag", default=dict)
    note = models.TextField("anteckning", blank=True)
    xid = models.BigIntegerField(editable=False, default=0)  # the transaction: set by trigger, read by the guard

    class Meta:
        verbose_name, verbose_name_plural = "taget steg", "tagna steg"
        indexes = [models.Index(fields=["case", "-id"], name="steplog_by_case")]
        triggers = [stamp_transaction, append_only(), no_truncate()]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"


class Assignment(models.Model):
    """Who had the case from when, and why it was handed over."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="enhet")
    assignee = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", verbose_name="handläggare")
    on = models.DateField("dag")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", verbose_name="av")
    reason = models.CharField("skäl", max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = "överlämning", "överlämningar"
        triggers = [append_only(), no_truncate()]

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}"


class JournalKind(models.TextChoices):
    NOTE = "note", "Anteckning"
    CALL = "call", "Samtal"
    VISIT = "visit", "Besök"
    MEETING = "meeting", "Möte"
    LETTER = "letter", "Brev"


class JournalEntry(models.Model):
    """Signed and dated. A correction is a new entry that points at the old one, which stays."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="journal")
    kind = models.CharField("slag", max_length=8, choices=JournalKind, default=JournalKind.NOTE)
    on = models.DateField("dag")
    text = models.TextField("text")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="skriven av")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")

    class Meta:
        verbose_name, verbose_name_plural = "journalanteckning", "journalanteckningar"
        indexes = [models.Index(fields=["case", "-on", "-id"], name="journal_by_case")]
        triggers = [append_only(), no_truncate()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class ContactChannel(models.TextChoices):
    PHONE = "phone", "Telefon"
    LETTER = "letter", "Brev"
    VISIT = "visit", "Hembesök"
    EMAIL = "email", "E-post"
    MEETING = "meeting", "Möte"


class ContactOutcome(models.TextChoices):
    REACHED = "reached", "Fick kontakt"
    NOT_REACHED = "not_reached", "Fick inte kontakt"
    NO_SHOW = "no_show", "Kom inte"
    MESSAGE_LEFT = "message_left", "Lämnade meddelande"


class ContactAttempt(models.Model):
    """An attempt counts also when nobody answered: that it was made, when and how."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contact_attempts")
    on = models.DateField("dag")
    channel = models.CharField("sätt", max_length=8, choices=ContactChannel)
    contact = models.CharField("med vem", max_length=120)
    outcome = models.CharField("utfall", max_length=12, choices=ContactOutcome)
    note = models.TextField("anteckning", blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="av")

    class Meta:
        verbose_name, verbose_name_plural = "kontaktförsök", "kontaktförsök"
        indexes = [models.Index(fields=["case", "-on", "-id"], name="contact_by_case")]
        triggers = [append_only(), no_truncate()]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.on}"


class Dispatch(models.Model):
    """The intent to tell somebody something. `documents` turns it into one letter, once: the key is unique."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="dispatches")
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = "utskick", "utskick"
        triggers = [append_only(), no_truncate()]

    def __str__(self) -> str:
        return self.key

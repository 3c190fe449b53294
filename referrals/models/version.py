"""What a referral says, in versions. What was approved or signed is frozen: a change is a new version, without signatures."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework import triggers
from bostad.organisation.models import Staff
from bostad.people.models import Person, Representative
from referrals.models.referral import Referral
from referrals.states import Purpose

OF_VERSION = "(SELECT referral_id FROM referrals_referralversion WHERE id = ROW.version_id)"


@history.tracked()
class ReferralVersion(models.Model):
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("lydelse")
    purpose = models.CharField("varför", max_length=10, choices=Purpose, default=Purpose.FIRST)
    content = models.JSONField("innehåll", default=dict)
    reviewed = ArrayField(models.CharField(max_length=12), default=list, verbose_name="genomgångna avsnitt")
    begun_on = models.DateField("påbörjad")
    authors = ArrayField(models.BigIntegerField(), default=list, verbose_name="skriven av")
    approved_on = models.DateField("godkänd av den enskilde", null=True, editable=False)
    approved_hash = models.CharField("kontrollsumma", max_length=64, blank=True, editable=False)
    signed_on = models.DateField("undertecknad av chef", null=True, editable=False)
    signed_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="undertecknad av"
    )
    sent_on = models.DateField("skickad till FF", null=True, editable=False)
    voided_on = models.DateField("ersatt", null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = "remissens lydelse", "remissers lydelser"
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="version_once"),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(voided_on=None, signed_on=None),
                name="one_version_in_writing",
                violation_error_message="Remissen skrivs redan.",
            ),
            models.CheckConstraint(
                condition=Q(approved_on=None, approved_hash="") | Q(approved_on__isnull=False, approved_hash__gt=""),
                name="an_approval_is_of_a_content",
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_by=None)
                | Q(signed_on__gte=F("approved_on"), signed_by__isnull=False, approved_on__isnull=False),
                name="the_manager_signs_what_is_approved",
                violation_error_message="Chefen undertecknar efter den enskilde.",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(signed_on__isnull=False, sent_on__gte=F("signed_on")),
                name="what_is_sent_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(authors__contains=[F("signed_by")]),
                name="author_and_signer_are_never_the_same",
                violation_error_message="Den som har skrivit remissen kan inte underteckna den.",
            ),
        ]
        triggers = [
            triggers.part_by_a_step("referral_id"),
            triggers.final("same_version", "TRUE", ["referral_id", "number", "begun_on"]),
            triggers.final_when("sent_on", ["sent_on"]),
            triggers.final_when("voided_on", ["voided_on"]),
            pgtrigger.Protect(
                name="approved_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.approved_on IS NOT NULL AND (OLD.content, OLD.authors, OLD.approved_on, OLD.approved_hash) "
                    "IS DISTINCT FROM (NEW.content, NEW.authors, NEW.approved_on, NEW.approved_hash)"
                ),
            ),
            pgtrigger.Protect(
                name="signed_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.signed_on IS NOT NULL AND (OLD.signed_on, OLD.signed_by_id) "
                    "IS DISTINCT FROM (NEW.signed_on, NEW.signed_by_id)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"lydelse {self.number}"


@history.tracked()
class VersionSignature(models.Model):
    """R-1-30: who of the household has approved and signed exactly this content, and in what capacity."""

    version = models.ForeignKey(ReferralVersion, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="för")
    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="företrädare"
    )
    signed_on = models.DateField("undertecknad")
    content_hash = models.CharField("kontrollsumma", max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = "underskrift på remiss", "underskrifter på remisser"
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="signed_once_per_person")]
        triggers = [triggers.part_by_a_step(OF_VERSION), history.append_only(), history.no_truncate()]

    def __str__(self) -> str:
        return f"undertecknad {self.signed_on}"


@history.tracked()
class CompletionPoint(models.Model):
    """What somebody asks to have completed or changed, of one section: the manager before signing, or FF (R-1-33).

    `fields` names those of the section that it is about; none of them is the section as a whole.
    """

    version = models.ForeignKey(ReferralVersion, models.PROTECT, related_name="points")
    section = models.CharField("avsnitt", max_length=12)
    fields = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name="uppgifter")
    text = models.TextField("vad som saknas")
    asked_on = models.DateField("dag")
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="av")

    class Meta:
        verbose_name, verbose_name_plural = "begärd komplettering", "begärda kompletteringar"
        triggers = [triggers.part_by_a_step(OF_VERSION), history.append_only(), history.no_truncate()]

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:40]}"

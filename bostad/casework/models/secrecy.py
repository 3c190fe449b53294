"""What makes a case visible beyond its owner, and what may be told to whom."""

from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework import triggers
from bostad.casework.models.case import Case
from bostad.casework.querysets import ShareQuerySet
from bostad.organisation.models import Organisation, Staff
from bostad.people.models import Person


class ShareGround(models.TextChoices):
    """By what right something crosses the department's border."""

    ROUTINE = "routine", "Utföraren verkställer beslutet"
    CONSENT = "consent", "Samtycke"
    STATUTE = "statute", "Lag"
    SIGNED_REFERRAL = "signed_referral", "Undertecknad remiss"


@history.tracked()
class Share(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="shares", verbose_name="delas med")
    ground = models.CharField("grund", max_length=15, choices=ShareGround)
    from_on = models.DateField("från och med")
    ended_on = models.DateField("upphörde", null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "delning", "delningar"
        indexes = [
            models.Index(fields=["organisation", "-case"], name="share_by_org", condition=Q(ended_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"], condition=Q(ended_on=None), name="shared_once_at_a_time"
            )
        ]
        triggers = [triggers.part_by_a_step("case_id")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.organisation}"


@history.tracked()
class CaseAccess(models.Model):
    """The named people who may open a restricted case. Nobody else finds it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="access")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="case_access", verbose_name="medarbetare")
    reason = models.CharField("skäl", max_length=200)
    granted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", verbose_name="beslutad av")

    class Meta:
        verbose_name, verbose_name_plural = "åtkomst", "åtkomster"
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="access_once")]

    def __str__(self) -> str:
        return f"{self.staff} → {self.case_id}"


class ConsentPartner(models.TextChoices):
    PROVIDER = "provider", "Utförare"
    DEPARTMENT = "department", "Annan förvaltning"
    LANDLORD = "landlord", "Hyresvärd eller inkassobolag"
    HEALTHCARE = "healthcare", "Hälso- och sjukvård"
    RELATIVE = "relative", "Anhörig"
    OTHER = "other", "Annan"


class ConsentForm(models.TextChoices):
    WRITTEN = "written", "Skriftligt"
    ORAL = "oral", "Muntligt"


AS_GIVEN = ["case_id", "person_id", "partner", "partner_name", "purpose", "form", "given_on", "recorded_by_id"]


@history.tracked()
class Consent(models.Model):
    """Per person and partner, for a purpose, and revocable at any time. It lifts secrecy; it is no ground in GDPR."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents", verbose_name="den som samtycker")
    partner = models.CharField("får veta", max_length=10, choices=ConsentPartner)
    partner_name = models.CharField("namn", max_length=120)
    purpose = models.CharField("om vad", max_length=200)
    form = models.CharField("form", max_length=7, choices=ConsentForm)
    given_on = models.DateField("lämnat")
    revoked_on = models.DateField("återkallat", null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="registrerat av")

    class Meta:
        verbose_name, verbose_name_plural = "samtycke", "samtycken"
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_on=None) | Q(revoked_on__gte=F("given_on")),
                name="consent_is_revoked_after_it_is_given",
                violation_error_message="Ett samtycke kan inte återkallas innan det lämnats.",
            )
        ]
        triggers = [
            triggers.final("as_it_was_given", "TRUE", AS_GIVEN),
            triggers.final_when("revoked_on", ["revoked_on"]),
            triggers.never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.partner_name}"

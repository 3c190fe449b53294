"""Who works here: organisations, their units and staff, roles, absence, delegation and dated settings."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Func, Q
from django.db.models.functions import Coalesce
from guardian.models import GroupObjectPermissionBase

from bostad import history
from bostad.organisation import setting_key
from bostad.organisation.roles import PERMISSIONS


class DateRange(Func):
    """`daterange(from, to, '[]')`: both days belong to the period, an empty end is open."""

    function = "daterange"
    output_field = DateRangeField()


def closed_period(from_on: str, to_on: str) -> DateRange:
    return DateRange(from_on, to_on, RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def refuse_backwards(from_on: date | None, to_on: date | None) -> None:
    """In `clean`: the database compares periods, and knows none that ends before it begins."""
    if from_on and to_on and to_on < from_on:
        raise ValidationError({"to_on": "Sista dagen kan inte vara före den första."})


class PostalAddress(models.Model):
    street = models.CharField("gatuadress", max_length=120, blank=True)
    postal_code = models.CharField("postnummer", max_length=5, blank=True)
    city = models.CharField("postort", max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def address(self) -> dict[str, str]:
        return {"street": self.street, "postal_code": self.postal_code, "city": self.city}

    @property
    def has_address(self) -> bool:
        return bool(self.street and self.postal_code and self.city)


class OrganisationKind(models.TextChoices):
    DEPARTMENT = "department", "Förvaltning"
    PROVIDER = "provider", "Utförare"
    LANDLORD = "landlord", "Hyresvärd"
    AGENT = "agent", "Ombud"
    AUTHORITY = "authority", "Myndighet"


@history.tracked()
class Organisation(PostalAddress):
    kind = models.CharField("slag", max_length=12, choices=OrganisationKind)
    name = models.CharField("namn", max_length=120, unique=True)
    code = models.CharField("kortnamn", max_length=12, blank=True)
    board = models.CharField("nämnd", max_length=120, blank=True)
    organisation_number = models.CharField("organisationsnummer", max_length=10, blank=True)
    is_private = models.BooleanField("privat", default=False)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "organisation", "organisationer"
        permissions = PERMISSIONS

    def __str__(self) -> str:
        return self.code or self.name


@history.tracked()
class Unit(PostalAddress):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units", verbose_name="organisation")
    name = models.CharField("namn", max_length=120)
    is_queue = models.BooleanField("tar emot beställningar", default=False, help_text="R-0-25: en mottagande kö.")
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "enhet", "enheter"
        permissions = PERMISSIONS
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="unit_name_once_per_organisation"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_queue=True),
                name="one_receiving_queue",
                violation_error_message="Förvaltningen har redan en enhet som tar emot beställningar.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@history.tracked(exclude=["password", "last_login"])
class Staff(AbstractUser):
    """A person who signs in. Roles come from groups (see `scope.py`), never from `is_staff`."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name="enhet")
    title = models.CharField("titel", max_length=80, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "medarbetare", "medarbetare"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper() or self.username[:2].upper()


@history.tracked()
class OrganisationGroupObjectPermission(GroupObjectPermissionBase):
    """A group holds a role on a whole organisation. Guardian finds it by its name; the key is a real one."""

    content_object = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")


@history.tracked()
class UnitGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Unit, models.CASCADE, related_name="roles")


@history.tracked()
class StaffGroup(Staff.groups.through):
    """Who is in which group, and so holds which roles: the table of `Staff.groups`, under a name to keep history by."""

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = "grupptillhörighet", "grupptillhörigheter"


@history.tracked()
class Absence(models.Model):
    """While it lasts, the colleague's list stands beside the substitute's own; no row is rewritten."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences", verbose_name="medarbetare")
    substitute = models.ForeignKey(Staff, models.PROTECT, related_name="substitutions", verbose_name="ersättare")
    from_on = models.DateField("från och med")
    to_on = models.DateField("till och med")

    class Meta:
        verbose_name, verbose_name_plural = "frånvaro", "frånvaro"
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gte=models.F("from_on")),
                name="absence_ends_after_it_begins",
                violation_error_message="Frånvaron kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                condition=~Q(staff=models.F("substitute")),
                name="absence_has_another_substitute",
                violation_error_message="Ersättaren måste vara någon annan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} {self.from_on}–{self.to_on}"


class DelegatedAct(models.TextChoices):
    SIGN_SUBLET_CONTRACT = "sign_sublet_contract", "Underteckna andrahandskontrakt"
    TERMINATE_TENANCY = "terminate_tenancy", "Säga upp hyresavtal"
    DECIDE_SUPPORT = "decide_support", "Besluta om bistånd till boende"


@history.tracked()
class Delegation(models.Model):
    """Who may sign what for the municipality, by which item of the delegation order, and when (R-0-12)."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="delegations", verbose_name="medarbetare")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="förvaltning")
    act = models.CharField("vad", max_length=30, choices=DelegatedAct)
    item = models.CharField("punkt i delegationsordningen", max_length=20)
    from_on = models.DateField("från och med")
    to_on = models.DateField("till och med", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "delegation", "delegationer"
        constraints = [
            ExclusionConstraint(
                name="one_delegation_at_a_time",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("act", RangeOperators.EQUAL),
                    (closed_period("from_on", "to_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Delegationen överlappar en som redan finns.",
            )
        ]

    def __str__(self) -> str:
        return f"delegation {self.item}"

    def clean(self) -> None:
        refuse_backwards(self.from_on, self.to_on)


@history.tracked()
class Setting(models.Model):
    """The value of a key of `settings_keys.py` for a time. Without an organisation it holds for the municipality."""

    key = models.CharField("inställning", max_length=80)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="settings", verbose_name="organisation"
    )
    from_on = models.DateField("gäller från och med")
    to_on = models.DateField("gäller till och med", null=True, blank=True)
    value = models.JSONField("värde")
    decided_by = models.CharField("beslutad av", max_length=120, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "inställning", "inställningar"
        constraints = [
            ExclusionConstraint(
                name="one_value_at_a_time",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    # by the field's own name: Django's validation of a form knows no other
                    (Coalesce("organisation", 0, output_field=models.BigIntegerField()), RangeOperators.EQUAL),
                    (closed_period("from_on", "to_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Inställningen har redan ett värde under en del av tiden.",
            )
        ]

    def __str__(self) -> str:
        known = setting_key.declared().get(self.key)
        return f"{known.label if known else self.key} från {self.from_on}"

    def save(self, *args, **kwargs) -> None:
        """One value that no clock can count with would stop the sweep for the whole municipality."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"setting {self.key}"])  # one at a time
            self.clean()
            super().save(*args, **kwargs)

    def clean(self) -> None:
        setting_key.check(self.key, self.value)
        refuse_backwards(self.from_on, self.to_on)
        if self._only_ends():
            return
        if self.organisation_id is not None and setting_key.declared()[self.key].is_of_the_municipality:
            raise ValidationError({"key": "Värdet är detsamma i hela kommunen, och beslutas inte av en förvaltning."})
        if self.from_on and setting_key.declared()[self.key].is_of_one_at_a_time:
            self._refuse_what_is_anothers()

    def _only_ends(self) -> bool:
        """What was decided before may always be ended, whatever has been decided since."""
        before = Setting.objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or self.to_on is None or (before.to_on is not None and self.to_on > before.to_on):
            return False
        same = ("key", "organisation_id", "from_on", "value")
        return all(getattr(before, name) == getattr(self, name) for name in same)

    def _refuse_what_is_anothers(self) -> None:
        others = Setting.objects.filter(key=self.key).exclude(organisation=self.organisation_id)
        at_once = others.filter(Q(to_on=None) | Q(to_on__gte=self.from_on))
        if self.to_on is not None:
            at_once = at_once.filter(from_on__lte=self.to_on)
        for row in at_once.select_related("organisation"):
            if common := [choice for choice in self.value if choice in row.value]:
                whose = row.organisation or "Kommunen"
                raise ValidationError({"value": f"{whose} har redan: {setting_key.told(self.key, common)}."})


class DemoDay(models.Model):
    """The day of the demo: one row that web, worker and beat share. Read in demo mode only."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField("dag")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_demo_day")]

    def __str__(self) -> str:
        return str(self.day)

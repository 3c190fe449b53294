"""Persons, their households over time, those who may act for them, and protected identity."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from bostad import dates, history, identifiers, swedish
from bostad.organisation.models import PostalAddress, closed_period
from bostad.people.querysets import HouseholdQuerySet, PersonQuerySet


class Protection(models.TextChoices):
    """law.md 3: a warning flag, a protected registration, or another identity altogether."""

    NONE = "none", "Ingen"
    CONFIDENTIAL = "confidential", "Sekretessmarkering"
    REGISTRATION = "registration", "Skyddad folkbokföring"
    FICTITIOUS = "fictitious", "Fingerade personuppgifter"


@history.tracked()
class Person(PostalAddress):
    first_name = models.CharField("förnamn", max_length=80)
    last_name = models.CharField("efternamn", max_length=80)
    sort_key = models.CharField(max_length=200, editable=False)
    personnummer = models.CharField("personnummer", max_length=12, null=True, blank=True, unique=True)
    reserve_number = models.CharField(
        "reservnummer",
        max_length=20,
        blank=True,
        help_text="Lokalt nummer utan kontrollsiffra. Slås aldrig ihop av sig självt.",
    )
    born_on = models.DateField("född", null=True, blank=True)
    died_on = models.DateField("avliden", null=True, blank=True)
    protection = models.CharField("skydd", max_length=14, choices=Protection, default=Protection.NONE)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "person", "personer"
        indexes = [
            models.Index(fields=["sort_key"], name="person_by_name", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["sort_key"], name="person_by_part_of_name", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(personnummer=None) | Q(personnummer__regex=r"^[0-9]{12}$"),
                name="personnummer_has_12_digits",
            ),
            models.CheckConstraint(
                condition=Q(died_on=None) | Q(born_on=None) | Q(died_on__gte=F("born_on")),
                name="death_is_not_before_birth",
                violation_error_message="Dödsdagen kan inte vara före födelsedagen.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.sort_key = swedish.sort_key(f"{self.last_name} {self.first_name}")
        if self.personnummer and not self.born_on:
            self.born_on = identifiers.birth_date(self.personnummer)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_protected(self) -> bool:
        """Of the person's own flag. Ask the household too: a protected child protects everybody in it."""
        return self.protection != Protection.NONE

    def age_on(self, day: date) -> int | None:
        return dates.age_on(self.born_on, day) if self.born_on else None


class Household(models.Model):
    """Who lives, or shall live, together. Members come and go by date; the household stays."""

    created_at = models.DateTimeField(auto_now_add=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "hushåll", "hushåll"

    def __str__(self) -> str:
        return f"hushåll {self.pk}"


class HouseholdRole(models.TextChoices):
    ADULT = "adult", "Vuxen"
    CHILD = "child", "Barn"


class ChildHousing(models.TextChoices):
    """Every definition of a family with children is derived from this (point 9 of requirements.md)."""

    PERMANENT = "permanent", "Bor stadigvarande"
    ALTERNATING = "alternating", "Bor växelvis"
    CONTACT = "contact", "Umgänge"


@history.tracked()
class HouseholdMember(models.Model):
    household = models.ForeignKey(Household, models.PROTECT, related_name="members", verbose_name="hushåll")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name="person")
    role = models.CharField("roll", max_length=5, choices=HouseholdRole)
    child_housing = models.CharField("barnets boende", max_length=11, choices=ChildHousing, blank=True)
    from_on = models.DateField("från och med")
    to_on = models.DateField("till och med", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "hushållsmedlem", "hushållsmedlemmar"
        constraints = [
            models.CheckConstraint(
                condition=Q(role="child", child_housing__gt="") | Q(role="adult", child_housing=""),
                name="a_child_has_a_kind_of_housing",
                violation_error_message="Ange om barnet bor stadigvarande, växelvis eller har umgänge.",
            ),
            ExclusionConstraint(
                name="member_once_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (closed_period("from_on", "to_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Personen är redan med i hushållet under den tiden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class Authority(models.TextChoices):
    """By what right somebody signs for another."""

    TRUSTEE = "trustee", "God man"
    ADMINISTRATOR = "administrator", "Förvaltare"
    FUTURE_POWER = "future_power", "Framtidsfullmakt"
    POWER_OF_ATTORNEY = "power_of_attorney", "Fullmakt"
    GUARDIAN = "guardian", "Vårdnadshavare"
    ESTATE = "estate", "Företrädare för dödsboet"


# What a court, an authority or kinship gave. A power of attorney may outlive its giver, for the estate (AvtL 21 §).
ENDS_WITH_DEATH = frozenset({Authority.TRUSTEE, Authority.ADMINISTRATOR, Authority.FUTURE_POWER, Authority.GUARDIAN})


@history.tracked()
class Representative(PostalAddress):
    """Somebody who acts for a person, and the paper that says so. Without that paper no signature counts (R-0-15)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="representatives", verbose_name="företräder")
    name = models.CharField("namn", max_length=120)
    authority = models.CharField("behörighet", max_length=17, choices=Authority)
    covers_housing = models.BooleanField("omfattar bostaden", default=True)
    reference = models.CharField(
        "handling", max_length=120, help_text="Registerutdrag, beslut eller fullmakt som visar behörigheten."
    )
    from_on = models.DateField("gäller från och med")
    to_on = models.DateField("gäller till och med", null=True, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "företrädare", "företrädare"
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="authority_has_a_paper"),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="authority_ends_after_it_begins",
                violation_error_message="Behörigheten kan inte sluta innan den börjar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_authority_display().lower()}"

    def may_sign_housing_on(self, day: date) -> bool:
        return self.covers_housing and self.from_on <= day and (self.to_on is None or day <= self.to_on)

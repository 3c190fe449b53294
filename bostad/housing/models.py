"""Landlords' properties, dwellings, the leases by which the municipality holds them, and who lives there when."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from bostad import history, swedish
from bostad.housing import let_as
from bostad.housing.querysets import DwellingQuerySet, HeadLeaseQuerySet, OccupancyQuerySet
from bostad.organisation.models import Organisation, PostalAddress, Staff, closed_period, refuse_backwards


class Tenure(models.TextChoices):
    """R-1-2: by what right the municipality disposes of the dwelling."""

    RENTED = "rented", "Inhyrd hyreslägenhet"
    COOPERATIVE = "cooperative", "Bostadsrätt"
    OWNED = "owned", "Äganderätt"
    OWN_STOCK = "own_stock", "Eget hyreshus"


class Category(models.TextChoices):
    """R-0-8: the kinds of category housing that a dwelling may be set aside for."""

    BPSD = "bpsd", "BPSD-boende"
    YOUNG_DEMENTIA = "young_dementia", "Boende för yngre demenssjuka"
    COUPLE = "couple", "Parboende"


@history.tracked()
class Property(PostalAddress):
    landlord = models.ForeignKey(
        Organisation, models.PROTECT, related_name="properties", verbose_name="fastighetsägare"
    )
    designation = models.CharField("fastighetsbeteckning", max_length=80, unique=True)
    name = models.CharField("namn", max_length=80, blank=True)
    area = models.CharField("område", max_length=60, blank=True, help_text="Stadsdel eller bostadsområde.")

    class Meta:
        verbose_name, verbose_name_plural = "fastighet", "fastigheter"

    def __str__(self) -> str:
        return self.name or self.designation


class OwnerContactChannel(models.TextChoices):
    MEETING = "meeting", "Möte"
    PHONE = "phone", "Telefon"
    MAIL = "mail", "E-post"
    LETTER = "letter", "Brev"


class OwnerContact(models.Model):
    """R-1-88: what a department has talked over with a property owner. About dwellings, never about who lives there."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts", verbose_name="fastighetsägare")
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="förvaltning")
    on = models.DateField("dag")
    channel = models.CharField("hur", max_length=7, choices=OwnerContactChannel)
    with_whom = models.CharField("med vem hos ägaren", max_length=120)
    text = models.TextField("vad det gällde")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="av")

    class Meta:
        verbose_name, verbose_name_plural = "ägarkontakt", "ägarkontakter"
        indexes = [models.Index(fields=["owner", "department", "on"], name="owner_contact_by_owner")]
        triggers = [history.append_only(), history.no_truncate()]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.on}"


@history.tracked()
class Dwelling(PostalAddress):
    real_property = models.ForeignKey(Property, models.PROTECT, related_name="dwellings", verbose_name="fastighet")
    designation = models.CharField("objektsbeteckning", max_length=40, unique=True)
    apartment_number = models.CharField(
        "lägenhetsnummer",
        max_length=4,
        validators=[RegexValidator(r"^\d{4}$", "Lägenhetsnumret har fyra siffror.")],
        help_text="Lantmäteriets nummer: våningen och ordningen från vänster.",
    )
    sort_key = models.CharField(max_length=160, editable=False)
    rooms = models.DecimalField("rum", max_digits=3, decimal_places=1)
    has_kitchen = models.BooleanField("kök", default=True, help_text="Annars kokvrå eller pentry.")
    area_m2 = models.DecimalField("yta, m²", max_digits=6, decimal_places=1)
    included_spaces = models.CharField("utrymmen som ingår", max_length=160, blank=True)
    furnished_items = models.TextField("möbler och inventarier", blank=True)
    tenure = models.CharField("upplåtelseform", max_length=11, choices=Tenure)
    manager = models.ForeignKey(
        Organisation, models.PROTECT, related_name="managed_dwellings", verbose_name="förvaltas av"
    )
    provider = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="provided_dwellings",
        verbose_name="utförare",
        help_text="Vård- och omsorgsboenden: den som driver boendet.",
    )
    housing_forms = ArrayField(
        models.CharField(max_length=20), verbose_name="boendeformer", help_text="De former som bostaden får hyras ut i."
    )
    allowed_categories = ArrayField(
        models.CharField(max_length=14, choices=Category), default=list, blank=True, verbose_name="tillåtna kategorier"
    )
    electricity_included = models.BooleanField("el ingår i grundhyran")
    monthly_rent = models.DecimalField("hyra per månad", max_digits=9, decimal_places=2)
    has_lift = models.BooleanField("hiss", default=False)
    is_wheelchair_accessible = models.BooleanField("anpassad för rullstol", default=False)
    withdrawn_on = models.DateField("utgår", null=True, blank=True)

    objects = DwellingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "bostad", "bostäder"
        indexes = [
            models.Index(fields=["manager", "sort_key"], name="dwelling_by_manager"),
            models.Index(fields=["provider", "sort_key"], name="dwelling_by_provider"),
            GinIndex(fields=["sort_key"], name="dwelling_by_part_of_address", opclasses=["gin_trgm_ops"]),
            GinIndex(OpClass(Upper("designation"), "gin_trgm_ops"), name="dwelling_by_part_of_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["street", "postal_code", "apartment_number"],
                name="apartment_number_once_per_entrance",
                violation_error_message="Lägenhetsnumret finns redan på adressen.",
            ),
            models.CheckConstraint(condition=Q(area_m2__gt=0, rooms__gt=0), name="dwelling_has_a_size"),
            models.CheckConstraint(
                condition=Q(tenure__in=Tenure.values),
                name="dwelling_has_a_tenure",
                violation_error_message="Välj bostadens upplåtelseform.",
            ),
            models.CheckConstraint(condition=Q(monthly_rent__gte=0), name="rent_is_not_negative"),
            models.CheckConstraint(condition=Q(housing_forms__len__gt=0), name="dwelling_has_a_housing_form"),
        ]

    def __str__(self) -> str:
        return f"{self.street}, lgh {self.apartment_number}"

    def save(self, *args, **kwargs) -> None:
        self.sort_key = swedish.sort_key(f"{self.street} {self.apartment_number}")
        super().save(*args, **kwargs)

    @property
    def size_label(self) -> str:
        rooms = f"{self.rooms:.1f}".removesuffix(".0").replace(".", ",")
        return f"{rooms} rum och {'kök' if self.has_kitchen else 'kokvrå'}"

    @property
    def area_label(self) -> str:
        return f"{self.area_m2:.1f} m²".replace(".0", "").replace(".", ",")

    @property
    def form_labels(self) -> list[str]:
        names = dict(let_as.choices())
        return [names.get(form, form) for form in self.housing_forms]

    @property
    def category_labels(self) -> list[str]:
        return [str(Category(category).label) for category in self.allowed_categories]

    @property
    def is_sublet(self) -> bool:
        """Second hand only where the municipality itself is a tenant; its own stock is let first hand (law.md 1)."""
        return self.tenure == Tenure.RENTED

    def head_lease_on(self, day: date) -> "HeadLease | None":
        """The municipality's own lease of the dwelling that day; of its own stock there is none."""
        rows = self.head_leases.on(day)
        return rows.select_related("owner").first() if self.is_sublet else None


@history.tracked()
class HeadLease(models.Model):
    """The municipality's own lease with the owner. Its notices are not the sublease's notices."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="head_leases", verbose_name="bostad")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="head_leases", verbose_name="fastighetsägare")
    reference = models.CharField("avtalsnummer", max_length=60)
    from_on = models.DateField("från och med")
    to_on = models.DateField("till och med", null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField("uppsägningstid, månader", default=3)
    is_block_let = models.BooleanField(
        "blockuthyrning",
        default=False,
        help_text="Bostaden hyrs tillsammans med minst två till för att hyras ut vidare (JB 12:45 andra stycket).",
    )

    objects = HeadLeaseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "inhyrningsavtal", "inhyrningsavtal"
        constraints = [
            ExclusionConstraint(
                name="one_head_lease_at_a_time",
                expressions=[
                    ("dwelling", RangeOperators.EQUAL),
                    (closed_period("from_on", "to_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Bostaden har redan ett inhyrningsavtal under den tiden.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.owner})"

    def clean(self) -> None:
        refuse_backwards(self.from_on, self.to_on)

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    def rent_on(self, day: date) -> Decimal | None:
        row = self.rents.filter(from_on__lte=day).order_by("-from_on").first()
        return row.monthly_rent if row else None


@history.tracked()
class HeadRent(models.Model):
    """What the municipality pays, from a day on, until the next row."""

    head_lease = models.ForeignKey(HeadLease, models.PROTECT, related_name="rents", verbose_name="inhyrningsavtal")
    from_on = models.DateField("från och med")
    monthly_rent = models.DecimalField("hyra per månad", max_digits=9, decimal_places=2)

    class Meta:
        verbose_name, verbose_name_plural = "inhyrningshyra", "inhyrningshyror"
        constraints = [
            models.UniqueConstraint(fields=["head_lease", "from_on"], name="one_head_rent_per_day"),
            models.CheckConstraint(condition=Q(monthly_rent__gte=0), name="head_rent_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.monthly_rent} kr från {self.from_on}"


@history.tracked()
class Occupancy(models.Model):
    """One tenancy's hold on a dwelling. Two can never overlap; couples share one (R-0-22)."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="occupancies", verbose_name="bostad")
    from_on = models.DateField("från och med")
    to_on = models.DateField("till och med", null=True, blank=True)
    voided = models.BooleanField("ogiltig", default=False)

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "upptagen tid", "upptagna tider"
        constraints = [
            ExclusionConstraint(
                name="one_tenancy_at_a_time",
                expressions=[
                    ("dwelling", RangeOperators.EQUAL),
                    (closed_period("from_on", "to_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided=False),
                violation_error_message="Bostaden är upptagen under den tiden.",
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="occupancy_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dwelling} {self.from_on}–{self.to_on or ''}"

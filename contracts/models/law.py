"""Acts beside the contract that the law keeps apart from it: the grant, the waiver, property left behind."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework.models import Case
from bostad.casework.triggers import by_a_step, part_by_a_step
from bostad.organisation.models import Staff
from bostad.people.models import Person

ITS_CONTRACTS = "ANY (SELECT case_ptr_id FROM contracts_contract WHERE grant_id = NEW.id)"
GIVEN_UP = "NOT EXISTS (SELECT 1 FROM contracts_grant WHERE id = NEW.id)"  # mistyped, and corrected in the same breath


@history.tracked()
class Grant(models.Model):
    """The decision under SoL that opens the dwelling (R-0-2). It ends by a decision of its own (R-4-20)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name="beviljat")
    number = models.CharField("beslutsnummer", max_length=40)
    board = models.CharField("nämnd", max_length=120)
    decided_on = models.DateField("beslutsdatum")
    legal_basis = models.CharField("lagrum", max_length=80)
    is_granted = models.BooleanField("bifall", default=True)
    valid_from = models.DateField("gäller från och med")
    valid_to = models.DateField("gäller till och med", null=True, blank=True)
    ended_on = models.DateField("upphörde", null=True, blank=True)
    ending_number = models.CharField("beslut om upphörande", max_length=40, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "biståndsbeslut", "biståndsbeslut"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ending_number="") | Q(ended_on__isnull=False, ending_number__gt=""),
                name="an_ended_grant_has_a_decision",
                violation_error_message="Ange beslutet om att biståndet upphör.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("decided_on")),
                name="a_grant_ends_after_it_is_decided",
                violation_error_message="Biståndet kan inte upphöra innan det beslutades.",
            ),
        ]
        triggers = [by_a_step(ITS_CONTRACTS, pgtrigger.Insert | pgtrigger.Update, unless=GIVEN_UP)]

    def __str__(self) -> str:
        return f"{self.number}, {self.decided_on}"


@history.tracked()
class Waiver(models.Model):
    """Avstående från besittningsskydd: a paper of its own, never a clause of the contract (JB 12:45 a).

    One that has run out may be followed by another.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="waivers")
    signed_on = models.DateField("undertecknat")
    spouse_accepts = models.BooleanField("make eller sambo godkänner", null=True)
    tribunal_number = models.CharField("hyresnämndens ärendenummer", max_length=40, blank=True)
    approved_on = models.DateField("godkänt av hyresnämnden", null=True, blank=True)
    valid_to = models.DateField("gäller till och med", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "avstående från besittningsskydd", "avståenden från besittningsskydd"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on=None) | ~Q(tribunal_number=""),
                name="an_approval_has_a_number",
                violation_error_message="Ange hyresnämndens ärendenummer.",
            )
        ]
        triggers = [part_by_a_step("case_id")]

    def __str__(self) -> str:
        return f"avstående {self.signed_on}"


class AbandonedDecision(models.TextChoices):
    RETURNED = "returned", "Lämnad till hyresgästen eller dödsboet"
    DISPOSED = "disposed", "Bortskaffad"
    SOLD = "sold", "Såld"


@history.tracked()
class AbandonedProperty(models.Model):
    """What was left in the dwelling: listed, stored, told of, and decided on (R-4-19)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="abandoned_property")
    found_on = models.DateField("funnen")
    inventory = models.TextField("förteckning")
    has_value = models.BooleanField("kan ha värde")
    stored_at = models.CharField("förvaras", max_length=120)
    notified_on = models.DateField("ägaren underrättad", null=True, blank=True)
    keep_until = models.DateField("förvaras till och med")
    decision = models.CharField("beslut", max_length=8, choices=AbandonedDecision, blank=True)
    decided_on = models.DateField("beslutat", null=True, blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "kvarlämnad egendom", "kvarlämnad egendom"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None)
                | Q(decision__gt="", decided_on__isnull=False, decided_by__isnull=False),
                name="a_decision_on_property_has_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(keep_until__gte=F("found_on")) & (Q(notified_on=None) | Q(notified_on__gte=F("found_on"))),
                name="property_is_kept_and_told_of_after_it_is_found",
                violation_error_message="Förvaringen och underrättelsen kan inte vara före den dag egendomen hittades.",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "returned"])
                | Q(notified_on__isnull=False, decided_on__gt=F("keep_until")),
                name="nothing_is_disposed_of_unseen",
                violation_error_message="Ägaren ska vara underrättad och förvaringstiden ska ha gått ut.",
            ),
        ]
        triggers = [part_by_a_step("case_id")]

    def __str__(self) -> str:
        return f"kvarlämnad egendom {self.found_on}"

"""A tenancy let by the municipality: its data. What may be done with it stands in `routine.py`."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q

from bostad import history
from bostad.casework.models import Case, CaseParty, PartyRole
from bostad.casework.triggers import by_a_step, child_of_kind, final_when, never_deleted
from bostad.housing.models import HeadLease, Occupancy
from bostad.organisation.models import Delegation, Organisation
from contracts import applies
from contracts.models.law import Grant
from contracts.models.parts import Ending
from contracts.models.routine import ContractRoutine
from contracts.querysets import ContractQuerySet
from contracts.states import CategoryAnswer, HousingForm
from referrals.models import Offer

# What stands on the paper. A correction of it is a new contract (R-0-24).
LOCKED_WHEN_ISSUED = (
    "housing_form", "category", "provider_id", "grant_id", "municipal_ground", "occupancy_id", "move_in_on", "contract_on",
    "head_lease_id", "notice_months", "rent", "furniture_rent", "other_rent", "other_rent_for", "electricity_included",
    "issued_on", "delegation_id",
)  # fmt: skip

# What steps write, before and after the issue.
OF_STEPS = ("term_to", "dispatched_on", "received_by_provider_on", "owner_notified_on", "takeover_on")


@history.tracked()
class Contract(ContractRoutine, Case):
    case_ptr = models.OneToOneField(Case, models.PROTECT, parent_link=True, related_name="as_contract")
    housing_form = models.CharField("boendeform", max_length=13, choices=HousingForm)
    category = models.CharField("kategoriboende", max_length=14, choices=CategoryAnswer, blank=True)
    provider = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="contracts", verbose_name="utförare"
    )
    grant = models.ForeignKey(
        Grant, models.PROTECT, null=True, blank=True, related_name="contracts", verbose_name="biståndsbeslut"
    )
    grant_continues = models.BooleanField("biståndet fortsätter", default=False)
    offer = models.ForeignKey(
        Offer, models.PROTECT, null=True, blank=True, related_name="contracts", verbose_name="erbjudande"
    )
    municipal_ground = models.CharField("grund för kommunalt kontrakt", max_length=200, blank=True)
    declared_protected = models.BooleanField("beställaren anger skyddade uppgifter", default=False)
    occupancy = models.OneToOneField(
        Occupancy, models.PROTECT, null=True, related_name="contract", verbose_name="upptagen tid"
    )
    move_in_on = models.DateField("inflyttningsdatum")
    contract_on = models.DateField("kontraktsdatum")
    # the lease's terms, written when it is issued
    head_lease = models.ForeignKey(
        HeadLease, models.PROTECT, null=True, related_name="contracts", verbose_name="inhyrningsavtal"
    )
    term_to = models.DateField("hyrestid till och med", null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField("uppsägningstid, månader", default=3)
    rent = models.DecimalField("hyra per månad", max_digits=9, decimal_places=2, null=True, blank=True)
    furniture_rent = models.DecimalField("tillägg för möbler", max_digits=9, decimal_places=2, default=Decimal(0))
    other_rent = models.DecimalField("annat tillägg", max_digits=9, decimal_places=2, default=Decimal(0))
    other_rent_for = models.CharField("tillägget avser", max_length=80, blank=True)
    issued_on = models.DateField("utfärdat", null=True)
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="+", verbose_name="undertecknat med stöd av"
    )
    dispatched_on = models.DateField("postat", null=True)
    received_by_provider_on = models.DateField("mottaget av utföraren", null=True)
    electricity_included = models.BooleanField("el ingår i hyran", null=True)
    owner_notified_on = models.DateField("ägaren underrättad", null=True)
    security_decided_on = models.DateField("ställning tagen till besittningsskyddet", null=True)
    term_decided_on = models.DateField("ställning tagen till hyrestidens slut", null=True)
    takeover_on = models.DateField("övertaget", null=True)
    takeover_reasons = models.TextField("särskilda skäl för övertagande", blank=True)
    owner_consents = models.BooleanField("ägaren godkänner övertagandet", default=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "kontrakt", "kontrakt"
        indexes = [models.Index(fields=["provider", "-case_ptr"], name="contract_by_provider")]
        constraints = [
            models.CheckConstraint(
                condition=Q(housing_form__in=HousingForm.values), name="contract_has_a_housing_form"
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=False)
                | ~Q(housing_form__in=["sheltered", "care_somatic", "care_dementia"]),
                name="care_housing_has_a_provider",
            ),
            models.CheckConstraint(
                condition=Q(takeover_on=None) | ~Q(housing_form="emergency"),
                name="an_emergency_flat_is_never_taken_over",
                violation_error_message="En jourlägenhet kan aldrig tas över.",
            ),
            models.CheckConstraint(
                condition=Q(takeover_on=None) | ~Q(housing_form="training") | ~Q(takeover_reasons=""),
                name="a_training_flat_is_taken_over_for_reasons",
            ),
        ]
        triggers = [
            child_of_kind("contract"),
            final_when("issued_on", LOCKED_WHEN_ISSUED),
            by_a_step("NEW.case_ptr_id", pgtrigger.UpdateOf(*OF_STEPS)),
        ]

    @property
    def total_rent(self) -> Decimal | None:
        return None if self.rent is None else self.rent + self.furniture_rent + self.other_rent

    @property
    def tenants(self) -> list[CaseParty]:
        """In the order in which they stand on the paper. Read anew each time: a service may just have written them."""
        parties = self.parties.filter(role=PartyRole.TENANT).select_related("person", "representative")
        return list(parties.order_by("id"))

    @property
    def ending(self) -> Ending | None:
        """The notice in force. Read anew each time: a service may just have written it."""
        return self.endings.filter(withdrawn_on=None).first()

    @property
    def is_sublet(self) -> bool:
        """Second hand: as the dwelling was held when the contract was issued, whatever has become of that since."""
        if self.issued_on:
            return self.head_lease_id is not None
        return self.dwelling is not None and self.dwelling.is_sublet

    @property
    def includes_electricity(self) -> bool:
        if self.electricity_included is not None:
            return self.electricity_included
        return self.dwelling is None or self.dwelling.electricity_included

    @property
    def is_care(self) -> bool:
        return applies.is_care(self.housing_form)


HOLDERS = "SELECT case_ptr_id FROM contracts_contract WHERE occupancy_id = NEW.id"


class HeldDwelling(Occupancy):
    """An occupancy as the contract that holds it knows it: it begins, ends and is voided in that contract's steps."""

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = "upptagen tid", "upptagna tider"
        triggers = [
            by_a_step(
                f"ANY ({HOLDERS})", pgtrigger.Update, unless=f"NOT EXISTS ({HOLDERS})"
            ),  # one given up is held by nobody
            never_deleted(),
        ]

"""A referral to the property department: for whom, for which form, from when to when. Its content is in versions."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework import triggers
from bostad.casework.models import Case
from bostad.casework.querysets import CaseQuerySet
from bostad.housing.models import Occupancy
from bostad.organisation.models import Organisation, Staff
from referrals.models.assessment import Assessment
from referrals.models.decision import Decision
from referrals.models.routine_referral import ReferralRoutine
from referrals.states import GUARANTEE_MONTHS, LeaseForm, OwnGround, Permit, ReferralState


@history.tracked()
class Referral(ReferralRoutine, Case):
    case_ptr = models.OneToOneField(Case, models.CASCADE, parent_link=True, related_name="as_referral")
    lease_form = models.CharField("form", max_length=9, choices=LeaseForm)
    property_department = models.ForeignKey(
        Organisation, models.PROTECT, related_name="received_referrals", verbose_name="fastighetsförvaltning"
    )
    # of a referring department
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, related_name="referrals", verbose_name="utredning"
    )
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="referrals", verbose_name="beslut")
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replacements", verbose_name="ersätter"
    )
    given_up = models.BooleanField("återtagen innan den skickades", default=False, editable=False)
    debt_dialogue_on = models.DateField("dialog med FF om skulder", null=True, blank=True)
    debt_dialogue_with = models.CharField("med vem på FF", max_length=120, blank=True)
    informed_on = models.DateField("informerad om ett enda erbjudande", null=True, editable=False)
    informed_how = models.CharField("hur", max_length=120, blank=True, editable=False)
    # of the property department's own target groups
    own_ground = models.CharField("FF:s egen grund", max_length=15, choices=OwnGround, blank=True)
    permit = models.CharField("uppehållstillstånd", max_length=9, choices=Permit, blank=True)
    permit_to = models.DateField("tillståndet gäller till", null=True, blank=True)
    assignment_reference = models.CharField("anvisning eller tidigare ärende", max_length=80, blank=True)
    # validity
    submitted_on = models.DateField("inskickad", null=True, editable=False)
    registered_on = models.DateField("registrerad", null=True, editable=False)
    officer = models.ForeignKey(
        Staff, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="FF-handläggare"
    )
    valid_from = models.DateField("gäller från och med", null=True, editable=False)
    valid_to = models.DateField("gäller till och med", null=True, editable=False)
    extensions = models.PositiveSmallIntegerField("förlängningar", default=0, editable=False)
    let_run_out_on = models.DateField("besked att remissen får upphöra", null=True, editable=False)
    end_noted_on = models.DateField("FF har tagit del av slutet", null=True, editable=False)
    # the municipal lease, as the contract reported it
    contract_number = models.CharField("kontrakt", max_length=16, blank=True, editable=False)
    contract_signed_on = models.DateField("kontraktet undertecknat", null=True, editable=False)
    # the owner's first-hand lease of a guarantee
    owner_lease_on = models.DateField("ägarens kontrakt tecknat", null=True, editable=False)
    owner_lease_reference = models.CharField("ägarens kontraktsnummer", max_length=60, blank=True, editable=False)
    owner_lease_rent = models.DecimalField("hyra", max_digits=9, decimal_places=2, null=True, editable=False)
    owner_lease_move_in_on = models.DateField("inflyttning", null=True, editable=False)
    guarantee_months = models.PositiveSmallIntegerField("garantins tid, månader", null=True, editable=False)
    guarantee_to = models.DateField("garantin gäller till och med", null=True, editable=False)
    owner_occupancy = models.OneToOneField(
        Occupancy, models.PROTECT, null=True, editable=False, related_name="guaranteed", verbose_name="upptagen tid"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "remiss", "remisser"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None, valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="a_validity_ends_after_it_begins",
                violation_error_message="Giltigheten kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                condition=Q(own_ground="", decision__isnull=False)
                | Q(own_ground__gt="", decision=None, assessment=None),
                name="a_referral_rests_on_a_decision_or_an_own_ground",
                violation_error_message="En remiss kräver ett beslut om stöd, eller FF:s egen grund.",
            ),
            models.CheckConstraint(
                condition=~Q(own_ground="newcomer")
                | Q(permit="permanent")
                | Q(permit="temporary", permit_to__isnull=False),
                name="a_newcomer_has_a_permit",
                violation_error_message="Ange uppehållstillståndets slag, och dess slut om det är tillfälligt.",
            ),
            models.CheckConstraint(
                condition=Q(debt_dialogue_on=None) | ~Q(debt_dialogue_with=""),
                name="a_dialogue_names_somebody",
                violation_error_message="Ange vem på fastighetsförvaltningen dialogen fördes med.",
            ),
            models.CheckConstraint(
                condition=Q(owner_lease_on=None, guarantee_months=None, guarantee_to=None)
                | Q(guarantee_months__in=GUARANTEE_MONTHS, guarantee_to__gt=F("owner_lease_move_in_on")),
                name="a_guarantee_runs_one_or_two_years",
                violation_error_message="En hyresgaranti gäller ett eller två år.",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(replaces=None, given_up=False),
                name="a_decision_is_referred_once",
                violation_error_message="Det finns redan en remiss på beslutet.",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(given_up=False),
                name="a_referral_is_replaced_once",
                violation_error_message="Remissen ersätts redan av en annan.",
            ),
        ]
        triggers = [
            triggers.child_of_kind("referral"),
            triggers.by_a_step("NEW.case_ptr_id", pgtrigger.Update),
            triggers.final("same_basis", "TRUE", ["assessment_id", "decision_id", "replaces_id", "own_ground"]),
            triggers.final_when("registered_on", ["registered_on", "lease_form", "property_department_id"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def replaced_by(self) -> "Referral | None":
        """The referral that is written, or holds, instead of this one."""
        return self.replacements.filter(given_up=False).first()

    @property
    def may_be_replaced(self) -> bool:
        """R-1-33: what is found missing after the registration comes in a new referral, while no home is offered."""
        return not self.is_own and self.state == ReferralState.REGISTERED and self.replaced_by is None

    @property
    def is_own(self) -> bool:
        """Of the property department's own target groups."""
        return bool(self.own_ground)


@history.tracked()
class OfferOverride(models.Model):
    """R-1-29: one alternative is offered. Another only by this: by whom, why. Each opens one more offer."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="overrides")
    reason = models.TextField("skäl")
    on = models.DateField("dag")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="beslutat av")

    class Meta:
        verbose_name, verbose_name_plural = "beslut om ytterligare erbjudande", "beslut om ytterligare erbjudanden"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="another_offer_has_a_reason")]
        triggers = [triggers.part_by_a_step("referral_id"), history.append_only(), history.no_truncate()]

    def __str__(self) -> str:
        return f"ytterligare erbjudande {self.on}"

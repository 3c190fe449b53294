"""What is recorded along a contract's way: the order, requests for completion, signatures, and its ending."""

from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework.triggers import part_by_a_step
from bostad.documents.models import Original
from bostad.organisation.models import PostalAddress, Staff
from bostad.people.models import Person, Representative
from contracts.states import Capacity, EndReason, NoticeBy, ServiceManner, SignedFor

SUBJECT = "Beställning av andrahandskontrakt"
MATTER_TYPE = "hyror, inflyttning och kontrakt"


@history.tracked()
class Order(PostalAddress):
    """The order to Debiteringen; the address is where the contract is posted (R-0-9, R-0-10)."""

    contract = models.OneToOneField("contracts.Contract", models.PROTECT, related_name="order")
    subject = models.CharField("ämne", max_length=60, default=SUBJECT)
    matter_type = models.CharField("ärendetyp", max_length=60, default=MATTER_TYPE)
    orderer = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="beställare")
    orderer_name = models.CharField("beställarens namn", max_length=120)
    recipient = models.CharField("mottagare", max_length=120, blank=True)
    phone = models.CharField("telefon", max_length=40)
    email = models.EmailField("e-post", blank=True)
    ordered_on = models.DateField("beställt")
    confirmed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", verbose_name="bekräftat av")
    message = models.TextField("meddelande", blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "beställning", "beställningar"
        constraints = [
            models.CheckConstraint(
                condition=Q(subject=SUBJECT, matter_type=MATTER_TYPE),
                name="order_has_the_routines_subject",
                violation_error_message="Beställningen har fel ämne eller ärendetyp.",
            ),
            models.CheckConstraint(
                condition=~Q(street="") & ~Q(postal_code="") & ~Q(city=""),
                name="order_has_a_postal_address",
                violation_error_message="Ange adressen som kontraktet ska skickas till.",
            ),
        ]
        triggers = [part_by_a_step("contract_id")]

    def __str__(self) -> str:
        return f"beställning {self.ordered_on}"


@history.tracked()
class CompletionRequest(models.Model):
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="completion_requests")
    asked_on = models.DateField("begärt")
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="begärt av")
    missing = models.TextField("vad saknas")
    answered_on = models.DateField("besvarat", null=True)

    class Meta:
        verbose_name, verbose_name_plural = "begäran om komplettering", "begäranden om komplettering"
        constraints = [models.CheckConstraint(condition=~Q(missing=""), name="a_request_says_what_is_missing")]
        triggers = [part_by_a_step("contract_id")]

    def __str__(self) -> str:
        return f"komplettering {self.asked_on}"


@history.tracked()
class Signature(models.Model):
    """One tenant's signature on one sheet, by whose hand and by what right (R-0-15)."""

    original = models.ForeignKey(Original, models.PROTECT, related_name="signatures", verbose_name="blad")
    tenant = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="hyresgäst")
    signed_for = models.CharField("undertecknat", max_length=9, choices=SignedFor, default=SignedFor.AGREEMENT)
    capacity = models.CharField("egenskap", max_length=14, choices=Capacity)
    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, related_name="+", verbose_name="företrädare"
    )
    signer_name = models.CharField("namn", max_length=120)
    signed_on = models.DateField("undertecknat den")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="registrerat av")

    class Meta:
        verbose_name, verbose_name_plural = "underskrift", "underskrifter"
        constraints = [
            models.UniqueConstraint(
                fields=["original", "tenant", "signed_for"], name="one_signature_per_tenant_and_sheet"
            ),
            models.CheckConstraint(
                condition=Q(capacity="tenant", representative=None)
                | Q(capacity="representative", representative__isnull=False),
                name="a_representative_signs_by_recorded_authority",
                violation_error_message="Företrädarens behörighet är inte registrerad.",
            ),
        ]

        triggers = [part_by_a_step("(SELECT case_id FROM documents_original WHERE id = ROW.original_id)")]

    def __str__(self) -> str:
        return f"{self.signer_name} {self.signed_on}"


@history.tracked()
class Ending(models.Model):
    """How the tenancy ends: notice, the four dates and the reason, and what billing is told (R-0-19, R-0-27).

    A notice that is taken back stays, with the day; another is a row of its own.
    """

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="endings")
    notice_on = models.DateField("uppsägningsdatum")
    notice_by = models.CharField("uppsagt av", max_length=12, choices=NoticeBy)
    died_on = models.DateField("dödsdag", null=True)
    reason = models.CharField("orsak", max_length=12, choices=EndReason)
    grounds = models.TextField("skäl för uppsägningen", blank=True)
    agreed_end_on = models.DateField("överenskommen sista dag", null=True)
    planned_move_out_on = models.DateField("planerad utflyttning")
    served_on = models.DateField("delgiven", null=True)
    served_by = models.CharField("delgiven genom", max_length=10, choices=ServiceManner, blank=True)
    moved_out_on = models.DateField("utflyttningsdatum", null=True)
    closing_on = models.DateField("avslutningsdatum", null=True)
    agreement_obstacle = models.TextField("varför överenskommelsen inte kan undertecknas", blank=True)
    left_property = models.BooleanField("kvarlämnad egendom", null=True)
    billing_notified_on = models.DateField("debiteringen meddelad", null=True)
    last_charged_on = models.DateField("sista debiterade dag", null=True)
    withdrawn_on = models.DateField("uppsägningen återtagen", null=True)

    class Meta:
        verbose_name, verbose_name_plural = "avslut", "avslut"
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(withdrawn_on=None),
                name="one_notice_at_a_time",
                violation_error_message="Kontraktet är redan uppsagt.",
            ),
            models.CheckConstraint(
                condition=Q(served_on=None, served_by="") | Q(served_on__gte=F("notice_on"), served_by__gt=""),
                name="the_service_comes_after_the_notice",
                violation_error_message="Uppsägningen kan inte delges innan den skrevs.",
            ),
            models.CheckConstraint(
                condition=Q(moved_out_on=None) | Q(moved_out_on__gte=F("notice_on")),
                name="nobody_moves_out_before_notice",
                violation_error_message="Utflyttningen kan inte vara före uppsägningen.",
            ),
            models.CheckConstraint(
                condition=Q(closing_on=None) | Q(moved_out_on__isnull=False, closing_on__gte=F("moved_out_on")),
                name="nothing_closes_before_moving_out",
                violation_error_message="Avslutningsdatumet kan inte vara före utflyttningen.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_end_on=None) | Q(agreed_end_on__gte=F("notice_on")),
                name="the_agreed_end_comes_after_the_notice",
                violation_error_message="Den överenskomna sista dagen kan inte vara före uppsägningen.",
            ),
            models.CheckConstraint(
                condition=Q(last_charged_on=None) | Q(last_charged_on__lte=F("closing_on")),
                name="nobody_is_charged_after_closing",
                violation_error_message="Sista debiterade dag kan inte vara efter avslutningsdatumet.",
            ),
            models.CheckConstraint(
                condition=Q(notice_by="estate", died_on__isnull=False) | ~Q(notice_by="estate"),
                name="an_estate_gives_notice_after_a_death",
                violation_error_message="Ange dödsdagen.",
            ),
        ]
        triggers = [part_by_a_step("contract_id")]

    def __str__(self) -> str:
        return f"uppsagt {self.notice_on}"

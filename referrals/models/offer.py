"""One dwelling, offered to the referring department for one household (R-1-48). It holds the dwelling while it lives."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework import triggers
from bostad.housing.models import Dwelling
from bostad.organisation.models import Staff
from referrals.models.referral import Referral
from referrals.states import LIVE, OFFER_MOVES, DeclinedReason, OfferState, UnsuitableReason

_LIVE = ", ".join(f"'{state}'" for state in LIVE)

# R-1-29, R-1-34, R-1-48: asked at birth, while the referral still stands as registered.
born_of_a_referral_in_force = pgtrigger.Trigger(
    name="born_of_a_referral_in_force",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func=f"""
    IF NOT EXISTS (SELECT 1 FROM casework_case c JOIN referrals_referral r ON r.case_ptr_id = c.id
                   WHERE c.id = NEW.referral_id AND c.state = 'registered'
                     AND (r.own_ground <> '' OR r.valid_to >= NEW.offered_on)) THEN
        RAISE EXCEPTION 'bostad: nothing is offered on a referral that is not in force' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM referrals_offer o
               JOIN casework_caseparty theirs ON theirs.case_id = o.referral_id
               JOIN casework_caseparty ours ON ours.person_id = theirs.person_id AND ours.case_id = NEW.referral_id
               WHERE o.state IN ({_LIVE}) AND ours.role = 'applicant' AND theirs.role = 'applicant') THEN
        RAISE EXCEPTION 'bostad: one home at a time is offered to a person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,  # noqa: S608 - the states are our own
)


@history.tracked()
class Offer(models.Model):
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="offers", verbose_name="remiss")
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="offers", verbose_name="bostad")
    state = models.CharField("läge", max_length=12, choices=OfferState, default=OfferState.OPEN)
    offered_on = models.DateField("lämnat")
    offered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="av")
    free_from = models.DateField("ledig från och med")
    answer_by = models.DateField("svar senast")
    despite = models.TextField("varför bostaden erbjuds trots det som inte passar", blank=True)
    despite_no = models.TextField("varför ett boende erbjuds efter ett nej på en annan remiss", blank=True)
    # the department's position
    answered_on = models.DateField("förvaltningens svar", null=True, blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    unsuitable_reason = models.CharField("skäl", max_length=13, choices=UnsuitableReason, blank=True)
    answer_note = models.TextField("kommentar", blank=True)
    # the client
    informed_on = models.DateField("den enskilde informerad", null=True, blank=True)
    viewing_at = models.DateTimeField("visning", null=True, blank=True)
    viewing_waived = models.CharField("visning avstådd, skäl", max_length=200, blank=True)
    signing_at = models.DateTimeField("kontraktskrivning", null=True, blank=True)
    client_answer_on = models.DateField("den enskildes svar", null=True, blank=True)
    declined_reason = models.CharField("skäl att tacka nej", max_length=7, choices=DeclinedReason, blank=True)
    declined_note = models.TextField("vad den enskilde har sagt", blank=True)
    lapse_reason = models.CharField("varför erbjudandet förföll", max_length=200, blank=True)
    ended_on = models.DateField("slut", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "erbjudande", "erbjudanden"
        indexes = [models.Index(fields=["state", "answer_by"], name="offer_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(state__in=LIVE),
                name="a_dwelling_stands_in_one_live_offer",
                violation_error_message="Bostaden är redan erbjuden någon annan.",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(state__in=LIVE),
                name="one_live_offer_per_referral",
                violation_error_message="Remissen har redan ett erbjudande.",
            ),
            models.CheckConstraint(condition=Q(answer_by__gte=F("offered_on")), name="an_answer_comes_after_the_offer"),
            models.CheckConstraint(
                condition=~Q(state="unsuitable") | ~Q(unsuitable_reason=""),
                name="unsuitable_has_a_reason",
                violation_error_message="Ange varför bostaden inte passar.",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_reason=""),
                name="a_no_has_a_reason",
                violation_error_message="Ange varför den enskilde tackar nej.",
            ),
        ]
        triggers = [
            triggers.part_by_a_step("referral_id"),
            born_of_a_referral_in_force,
            triggers.final("same_offer", "TRUE", ["referral_id", "dwelling_id", "offered_on"]),
            pgtrigger.FSM(name="offer_moves", field="state", transitions=sorted(OFFER_MOVES)),
        ]

    def __str__(self) -> str:
        return f"{self.dwelling}, {self.get_state_display().lower()}"

"""The end of a guarantee: what shows that the household has done its part, and what the owner and FF agreed on (R-1-6)."""

from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework import triggers
from bostad.organisation.models import Staff
from referrals.models.referral import Referral

EVIDENCE = ("orderly", "paid", "cared")


@history.tracked()
class GuaranteeEnding(models.Model):
    """Once: three checks, each with its evidence, after a dialogue with the owner. What lacks one ends nothing."""

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="guarantee_ending")
    orderly = models.TextField("skötsamhet, underlag")
    paid = models.TextField("hyran betald i tid, underlag")
    cared = models.TextField("lägenheten vårdad, underlag")
    dialogue_on = models.DateField("dialog med ägaren")
    dialogue_with = models.CharField("med vem hos ägaren", max_length=120)
    ended_on = models.DateField("garantin upphörde")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="av")

    class Meta:
        verbose_name, verbose_name_plural = "avslut av hyresgaranti", "avslut av hyresgarantier"
        constraints = [
            models.CheckConstraint(
                condition=~Q(orderly="") & ~Q(paid="") & ~Q(cared="") & ~Q(dialogue_with=""),
                name="a_guarantee_ends_with_evidence",
                violation_error_message="Skriv vad som visar att hushållet har skött sina åtaganden.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("dialogue_on")),
                name="a_guarantee_ends_after_the_dialogue",
                violation_error_message="Garantin kan inte upphöra före dialogen med ägaren.",
            ),
        ]
        triggers = [triggers.part_by_a_step("referral_id"), history.append_only(), history.no_truncate()]

    def __str__(self) -> str:
        return f"garantin upphörde {self.ended_on}"

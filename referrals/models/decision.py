"""A decision about support: by which law, why, by whom, and when the person received it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bostad import history
from bostad.casework import triggers
from bostad.casework.models import Case
from bostad.documents.models import Document
from bostad.organisation.models import Delegation, Staff
from bostad.people.models import Person
from referrals.states import DecisionKind

CONTENT = ("case_id", "kind", "number", "person_id", "law", "motivation", "child_analysis", "decided_on",
           "decided_by_id", "delegation_id", "document_id", "support_forms", "other_support")  # fmt: skip


@history.tracked()
class Decision(models.Model):
    """Taken once and never changed. Served or not is a fact: without a day of receipt there is no day of appeal."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", verbose_name="ärende")
    kind = models.CharField("beslut", max_length=9, choices=DecisionKind)
    number = models.CharField("beslutsnummer", max_length=16, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="decisions", verbose_name="den som beslutet gäller")
    law = models.CharField("lagrum", max_length=120)
    motivation = models.TextField("motivering")
    child_analysis = models.TextField("barnets bästa", blank=True)
    other_support = models.TextField("annat stöd", blank=True)
    support_forms = models.JSONField("insatser", default=list, blank=True)
    decided_on = models.DateField("beslutsdag")
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="beslutat av")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="+", verbose_name="delegation")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="decision")
    received_on = models.DateField("togs emot av den enskilde", null=True, blank=True)
    appeal_by = models.DateField("kan överklagas till och med", null=True, blank=True)
    appealed_on = models.DateField("överklagandet kom in", null=True, editable=False)
    appeal_is_rejected = models.BooleanField("överklagandet avvisat som för sent", default=False, editable=False)
    appeal_settled_on = models.DateField("överklagandet avgjort eller överlämnat", null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = "beslut", "beslut"
        indexes = [models.Index(fields=["person", "kind"], name="decision_by_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(motivation=""), name="a_decision_has_reasons"),
            models.CheckConstraint(condition=~Q(law=""), name="a_decision_names_its_law"),
            models.CheckConstraint(
                condition=Q(received_on=None, appeal_by=None)
                | Q(received_on__gte=F("decided_on"), appeal_by__gt=F("received_on")),
                name="an_appeal_counts_from_the_day_of_receipt",
                violation_error_message="Den enskilde kan inte ta emot beslutet innan det fattades.",
            ),
            models.CheckConstraint(
                condition=Q(appeal_settled_on=None, appeal_is_rejected=False) | Q(appealed_on__isnull=False),
                name="an_appeal_is_settled_that_came",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind__in=["grant", "other", "refusal"]),
                name="an_application_is_decided_once",
                violation_error_message="Ansökan är redan avgjord.",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind="housing"),
                name="housing_is_decided_once",
                violation_error_message="Beslutet om boende är redan fattat.",
            ),
        ]
        triggers = [
            triggers.part_by_a_step("case_id"),
            pgtrigger.Protect(
                name="taken_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.document_id IS NOT NULL AND ({', '.join(f'OLD.{c}' for c in CONTENT)}) "
                    f"IS DISTINCT FROM ({', '.join(f'NEW.{c}' for c in CONTENT)})"
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

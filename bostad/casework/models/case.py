"""What every process of the house has in common: number, kind, state, owner, dwelling, parties, links."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django_fsm import ConcurrentTransitionMixin

from bostad import history
from bostad.casework import triggers
from bostad.casework.querysets import CaseQuerySet
from bostad.casework.state_field import StateField
from bostad.housing.models import Dwelling
from bostad.organisation.models import Organisation, Staff, Unit
from bostad.people.models import ChildHousing, Household, Person, Representative


class Confidentiality(models.TextChoices):
    NORMAL = "normal", "Som förvaltningens ärenden"
    RESTRICTED = "restricted", "Endast namngivna medarbetare"


@history.tracked()
class Case(ConcurrentTransitionMixin, models.Model):
    number = models.CharField("nummer", max_length=16, unique=True, editable=False)
    kind = models.CharField("slag", max_length=20, editable=False)
    state = StateField("läge")
    version = models.PositiveIntegerField(default=0, editable=False)
    opened_on = models.DateField("öppnat", editable=False)
    closed_on = models.DateField("avslutat", null=True, editable=False)
    outcome = models.CharField("utfall", max_length=30, blank=True, editable=False)
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="cases", verbose_name="förvaltning")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="cases", verbose_name="enhet")
    assignee = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="handläggare"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="hushåll"
    )
    dwelling = models.ForeignKey(
        Dwelling, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="bostad"
    )
    confidentiality = models.CharField(
        "vem får läsa", max_length=10, choices=Confidentiality, default=Confidentiality.NORMAL
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "ärende", "ärenden"
        indexes = [
            models.Index(fields=["department", "kind", "state", "-id"], name="case_by_department"),
            models.Index(fields=["unit", "kind", "state", "-id"], name="case_by_unit"),
            models.Index(fields=["assignee", "state"], name="case_by_assignee"),
            models.Index(fields=["dwelling", "-id"], name="case_by_dwelling"),
            GinIndex(OpClass(Upper("number"), "gin_trgm_ops"), name="case_by_part_of_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="case_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=~Q(unit=None) | ~Q(assignee=None), name="a_case_has_an_owner"),
        ]
        triggers = [
            triggers.guard_state,
            triggers.opened_by_a_step,
            triggers.by_a_step("NEW.id", pgtrigger.Update, when_changed=["closed_on", "outcome", "department_id"]),
        ]

    def __str__(self) -> str:
        return self.number

    def refresh_from_db(self, using=None, fields=None, from_queryset=None) -> None:
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)  # so that the descriptor takes what the database says
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)

    @property
    def is_restricted(self) -> bool:
        return self.confidentiality == Confidentiality.RESTRICTED


class PartyRole(models.TextChoices):
    TENANT = "tenant", "Hyresgäst"
    APPLICANT = "applicant", "Sökande"
    CHILD = "child", "Barn"
    RELATED = "related", "Berörd"


@history.tracked()
class CaseParty(models.Model):
    """Whom a case concerns, and when. Matching and history go by this, never by a name in a text."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="case_parties", verbose_name="person")
    role = models.CharField("roll", max_length=12, choices=PartyRole)
    given_first_name = models.CharField("förnamn som det uppgavs", max_length=80, blank=True)
    given_last_name = models.CharField("efternamn som det uppgavs", max_length=80, blank=True)
    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="parties", verbose_name="företrädare"
    )
    child_housing = models.CharField(
        "så bor barnet, enligt ärendet", max_length=11, choices=ChildHousing, blank=True, editable=False
    )
    from_on = models.DateField("från och med")
    to_on = models.DateField("till och med", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "part", "parter"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "role"],
                name="party_once_per_role",
                violation_error_message="Personen står redan som part i ärendet.",
            )
        ]
        triggers = [
            triggers.by_a_step(
                "COALESCE(NEW.case_id, OLD.case_id)", pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"

    def shown_name(self, *, own: bool, restricted: bool) -> str:
        """The registered name for the case's own department, else the name as it was given.

        Where the case is restricted and the two differ, nobody is shown the registered one: a mistyped number may be a
        protected person's, who has nothing to do with this case.
        """
        agrees = self.given_name in ("", self.person.name)
        return self.person.name if agrees or (own and not restricted) else self.given_name

    @property
    def given_name(self) -> str:
        """As the other organisation wrote it: all that it is shown, so that a number does not fetch a name."""
        return f"{self.given_first_name} {self.given_last_name}".strip()


class CaseLink(models.Model):
    """One case came out of another, replaces it or awaits it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked_from")
    reason = models.CharField("samband", max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other", "reason"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason} {self.other_id}"


class CaseState(models.Model):
    """The states of every kind, kept equal to the code by `post_migrate`; lists and SQL read the label here."""

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=30)
    label = models.CharField(max_length=60)
    is_open = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "state"], name="state_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Transition(models.Model):
    """The edges of every kind's graph, kept equal to the code by `post_migrate`; the guard on `Case` reads them."""

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source", "target"], name="transition_once")]
        triggers = [triggers.drawn_by_the_code]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source} → {self.target}"

"""What stands beside a person: the household and the representatives, as far as the reader's own cases reach."""

from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bostad.casework.models import Case, CaseParty
from bostad.organisation.scope import Scope
from bostad.people.models import ChildHousing, Household, HouseholdMember, Person, Representative
from contracts.models import Signature


@dataclass(frozen=True)
class Member:
    """Another member of a household, and the time that both were in it."""

    name: str
    role: str
    child_housing: str
    from_on: date
    to_on: date | None
    died_on: date | None
    is_now: bool


def own_cases(scope: Scope) -> QuerySet[Case]:
    """The cases of the reader's departments that the reader may open: what a provider shares is not among them."""
    return Case.objects.visible_to(scope).filter(department__in=scope.departments)


def own_parties(pk: int, scope: Scope) -> list[CaseParty]:
    """What the person is party of in the reader's own cases, the latest first. Refuses, as unseen, where there is none.

    Not where a number was mistyped: see `CaseParty.shown_name`.
    """
    rows = CaseParty.objects.filter(person=pk, case__in=own_cases(scope)).select_related("case", "person")
    former = _former_names(pk)
    parties = [party for party in rows.order_by("-case__opened_on", "-id") if _is_this_person(party, former)]
    if not parties:
        raise Http404("Personen finns inte, eller så får du inte läsa om den.")
    return parties


def _is_this_person(party: CaseParty, former: set[str]) -> bool:
    shown = party.shown_name(own=True, restricted=party.case.is_restricted)
    return shown == party.person.name or shown in former


def is_named_so(own: list[CaseParty]) -> bool:
    """Whether a case names the person as the register does, or has done: else the number may be mistyped, a stranger's."""
    person = own[0].person
    names = {"", person.name, *_former_names(person.pk)}
    return any(party.given_name in names for party in own)


def _former_names(pk: int) -> set[str]:
    """What the person has been called in the register: a case from before the name changed is of the same person."""
    rows = apps.get_model("people", "PersonEvent").objects.filter(pgh_obj=pk).values_list("first_name", "last_name")
    return {" ".join(names) for names in rows}


def is_shielded(own: list[CaseParty], today: date) -> bool:
    """By the person's own flag, by a case that is closed to others, or by anybody of the household."""
    person = own[0].person
    return (
        person.is_protected
        or any(party.case.is_restricted for party in own)
        or Household.objects.of_person_on(person.pk, today).protected_on(today).exists()
    )


def household_of(person: Person, scope: Scope, today: date) -> list[Member]:
    """Of the others in the person's households those who are parties of a case that the reader may open.

    Of the rest not even the number is told: that a child lives there can be another department's secret. So is how a
    child lives, which is told as those cases have it.
    """
    stays = list(person.memberships.all())
    known = CaseParty.objects.filter(person=OuterRef("person"), case__in=own_cases(scope))
    others = (
        HouseholdMember.objects.filter(Exists(known), household__in=[stay.household_id for stay in stays])
        .annotate(said=Subquery(known.filter(to_on=None).order_by("-id").values("child_housing")[:1]))
        .exclude(person=person)
        .select_related("person")
        .order_by("from_on", "id")
    )
    pairs = [(stay, other) for other in others for stay in stays if stay.household_id == other.household_id]
    members = [_together(person, stay, other, today) for stay, other in pairs]
    return [member for member in members if member.to_on is None or member.from_on <= member.to_on]


def _together(person: Person, stay: HouseholdMember, other: HouseholdMember, today: date) -> Member:
    dead = person.died_on or other.person.died_on
    ends = [day for day in (stay.to_on, other.to_on, person.died_on, other.person.died_on) if day]
    to_on = min(ends, default=None)
    return Member(
        name=other.person.name,
        role=other.get_role_display(),
        child_housing=ChildHousing(other.said).label if other.said else "",
        from_on=max(stay.from_on, other.from_on),
        to_on=to_on,
        died_on=other.person.died_on,
        is_now=not dead and (to_on is None or to_on >= today),
    )


def representatives_of(person: Person, scope: Scope) -> QuerySet[Representative]:
    """Who stands as the person's representative in a case that the reader may open, or has signed one as such."""
    own = own_cases(scope).values("pk")
    signed = Signature.objects.filter(original__case__in=own).values("representative")
    return (
        person.representatives.filter(Q(parties__case__in=own) | Q(pk__in=signed)).distinct().order_by("-from_on", "id")
    )

"""Whom an assessment or a referral concerns: a child comes, lives otherwise or leaves; who acts for an adult (R-1-38, R-1-47).

An adult who comes or goes is another household with other needs: that is a new application, not a correction.
`case` is an assessment or a referral; each step is taken in the case as it is then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from bostad.casework import steps
from bostad.casework.models import Case, CaseParty, JournalEntry, PartyRole
from bostad.casework.refusals import StepNotTaken, constraints_speak
from bostad.organisation.scope import Scope
from bostad.people.models import Authority, Person, Representative
from bostad.people.representing import RepresentativeInput, recorded
from referrals import representatives
from referrals.models import Assessment, ChildAnalysis, Referral, ReferralVersion
from referrals.services import people
from referrals.services.writing import members_of, signed_version, with_representatives

Ours = Assessment | Referral
OF_THE_CHILDREN = {"household", "need", "children"}  # sections of a referral
NOT_OF_ADULTS = (Authority.ESTATE, Authority.GUARDIAN)


# --- children ------------------------------------------------------------------------------------------------------------


def add_child(case: Ours, child: people.ChildInput, *, by: Scope, today: date, seen: int | None = None) -> Ours:
    """Refuses one that belongs to the case already, and a person of 18 or more."""
    with steps.door(type(case), case.pk, "add_child", by=by, today=today, seen=seen) as ours:
        people.add_child(ours, child, by=by, today=today)
        _write_members(ours, by, today)
    return ours


def change_child(case: Ours, child: Person, housing: str, *, by: Scope, today: date, seen: int | None = None) -> Ours:
    with steps.door(type(case), case.pk, "change_child", by=by, today=today, seen=seen) as ours:
        people.change_child(ours, child, housing, today=today)
        _write_members(ours, by, today)
    return ours


@dataclass(frozen=True)
class AnalysisInput:
    consequences: str
    special_needs: str = ""
    is_at_risk: bool = False
    risk_ground: str = ""
    support_offered_on: date | None = None
    support_offered: str = ""


def analyse_child(
    case: Ours, child: Person, data: AnalysisInput, *, by: Scope, today: date, seen: int | None = None
) -> Ours:
    """R-1-11, R-4-9: one child's perspective. Refuses a person who is no child of the case."""
    if data.is_at_risk and not data.risk_ground.strip():
        raise StepNotTaken("Skriv vad risken består i.", "risk_ground")
    if data.support_offered_on and data.support_offered_on > today:
        raise StepNotTaken("Stödet kan inte vara erbjudet efter idag.", "support_offered_on")
    with steps.door(type(case), case.pk, "analyse_child", by=by, today=today, seen=seen) as ours:
        party = ours.parties.filter(person=child, role=PartyRole.CHILD, to_on=None).first()
        if party is None:
            raise StepNotTaken("Barnet hör inte till ärendet.", "child")
        written = vars(data) | {"housing": party.child_housing}
        ChildAnalysis.objects.update_or_create(case_id=ours.pk, child=child, defaults=written)
    return ours


def tell_children_unit(
    case: Ours, *, told_on: date, what: str, by: Scope, today: date, seen: int | None = None
) -> Ours:
    """R-4-10: signs that a child suffers are told at once. What was told stands in the journal of the case."""
    if told_on > today:
        raise StepNotTaken("Dagen kan inte vara efter idag.", "told_on")
    with steps.door(type(case), case.pk, "tell_children_unit", by=by, today=today, seen=seen) as ours:
        if isinstance(ours, Assessment):
            ours.children_unit_told_on = told_on
        JournalEntry.objects.create(
            case_id=ours.pk, on=told_on, text=f"Barn- och familjeenheten underrättad: {what}", by_id=by.staff_id
        )
    return ours


def _write_members(case: Ours, by: Scope, today: date) -> None:
    """The version lists the household as it is now: who wrote that is one of its authors (R-1-31).

    What an extension has gone through and a child bears on is to be gone through again (R-1-36).
    """
    if (version := _open_version(case)) is not None:
        version.reviewed = sorted(set(version.reviewed) - OF_THE_CHILDREN)
        household = version.content.get("household", {}) | {"members": members_of(case, today)}
        _write(version, version.content | {"household": household}, by)


# --- who acts for an adult ---------------------------------------------------------------------------------------------


def record_representative(
    case: Ours, person: Person, data: RepresentativeInput, *, by: Scope, today: date, seen: int | None = None
) -> Ours:
    """R-1-47: who acts for the adult from now on, here and in the open cases that belong together with this one.

    Refuses who is no adult of the case, an authority that nobody has over a living adult, and one that
    has not begun or is over: until then who stands here acts.
    """
    if data.authority in NOT_OF_ADULTS:
        raise StepNotTaken("Välj en behörighet som gäller för en vuxen.", "authority")
    if data.from_on > today:
        raise StepNotTaken("Registrera företrädaren när behörigheten har börjat gälla.", "authority_from")
    if data.to_on is not None and data.to_on < today:
        raise StepNotTaken("Behörigheten har redan upphört.", "authority_to")

    def write(ours: Ours, party: CaseParty) -> None:
        own = representatives.of_department(ours.department_id)
        party.representative = recorded(party.person, data, among=own)
        party.save(update_fields=["representative"])

    return _in_the_chain("record_representative", case, person, write, by, today, seen)


def end_representation(
    case: Ours, person: Person, ended_on: date, *, by: Scope, today: date, seen: int | None = None
) -> Ours:
    """The authority ends with that day: it is kept, and from the next day on letters go to the person again."""
    who = next((party.representative for party in representatives.adults(case) if party.person_id == person.pk), None)
    if who is None:
        raise StepNotTaken("Välj vem av de vuxna det gäller.", "person")
    if ended_on > today:
        raise StepNotTaken("Dagen kan inte vara efter idag.", "ended_on")
    if ended_on < who.from_on:
        raise StepNotTaken("Behörigheten kan inte ha upphört innan den började.", "ended_on")
    if who.to_on is not None and ended_on > who.to_on:
        raise StepNotTaken("Behörigheten gällde inte längre än så redan förut.", "ended_on")

    def write(ours: Ours, party: CaseParty) -> None:
        Representative.objects.filter(pk=who.pk).update(to_on=ended_on)

    return _in_the_chain("end_representation", case, person, write, by, today, seen, only=who)


def _in_the_chain(
    step: str, case: Ours, person: Person, write: Callable[[Ours, CaseParty], None],
    by: Scope, today: date, seen: int | None, *, only: Representative | None = None,
) -> Ours:  # fmt: skip
    """The same step in the case and in the open ones on the same assessment, of those that this person handles.

    `only` leaves out those in which somebody else acts for the adult.
    """
    with constraints_speak(), transaction.atomic():
        Case.objects.locked().get(pk=case.pk)  # nothing is opened on it meanwhile
        for one in _chain(step, case, by, today):
            mine = one.pk == case.pk
            party = next((row for row in representatives.adults(one) if row.person_id == person.pk), None)
            if party is None and mine:
                raise StepNotTaken("Välj vem av de vuxna det gäller.", "person")
            if mine and only is not None and party.representative_id != only.pk:
                raise StepNotTaken("En annan företrädare har registrerats under tiden. Läs sidan på nytt.", "person")
            if party is None or (only is not None and party.representative_id != only.pk):
                continue
            with steps.door(type(one), one.pk, step, by=by, today=today, seen=seen if mine else None) as ours:
                write(ours, party)
                _write_contacts(ours, by, today)
    return case


def _chain(step: str, case: Ours, by: Scope, today: date) -> list[Ours]:
    """The case itself, and of its assessment and the referrals on that those in which this person may take the step."""
    basis = case.assessment_id if isinstance(case, Referral) else case.pk
    others = [
        *Assessment.objects.filter(pk=basis, closed_on=None).exclude(pk=case.pk),
        *Referral.objects.filter(assessment=basis, assessment__isnull=False, closed_on=None).exclude(pk=case.pk),
    ]
    return [case, *(one for one in others if _may_take(step, one, by, today))]


def _may_take(step: str, case: Ours, by: Scope, today: date) -> bool:
    return any(found.step.name == step and found.allowed for found in steps.available(case, by, today))


def _write_contacts(case: Ours, by: Scope, today: date) -> None:
    version = _open_version(case)
    if version is not None:
        _write(version, with_representatives(case, version.content, today), by)


# --- the words of the referral -------------------------------------------------------------------------------------------


def _open_version(case: Ours) -> ReferralVersion | None:
    """The version whose words may be written: of an own group the only one; nothing that somebody has approved."""
    if not isinstance(case, Referral):
        return None
    if case.is_own:
        return signed_version(case)
    return case.versions.filter(voided_on=None, signed_on=None, approved_on=None).first()


def _write(version: ReferralVersion, said: dict, by: Scope) -> None:
    if said != version.content:
        version.content = said
        version.authors = sorted({*version.authors, by.staff_id})
        version.save(update_fields=["content", "reviewed", "authors"])

"""Protected identity: a flag on anybody of a household closes every case of it to all but named people (law.md 3)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from bostad.casework.graph import kind_of
from bostad.casework.models import Case, CaseAccess, CaseParty, Confidentiality
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, staff_holding
from bostad.people.models import Household, Person, Protection

WHY = "Skyddade uppgifter: beställare, handläggare eller chef"


def hold(persons: Iterable[Person]) -> None:
    """Until the transaction ends nobody else declares or asks of these: one order for all, so that nobody waits in a ring."""
    pks = [person.pk for person in persons]
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk"))


def declare(persons: Iterable[Person]) -> None:
    """Somebody said that they are protected: a stronger protection that is known already stays."""
    pks = [person.pk for person in persons]
    Person.objects.filter(pk__in=pks, protection=Protection.NONE).update(protection=Protection.CONFIDENTIAL)


def is_protected(persons: Sequence[Person], household_id: int | None, on: date) -> bool:
    """By a flag of one of these persons, or of anybody in the household on that day, a child too."""
    flagged = Person.objects.filter(pk__in=[p.pk for p in persons]).exclude(protection=Protection.NONE)
    return flagged.exists() or Household.objects.protected_on(on).filter(pk=household_id).exists()


def restrict(case: Case, named: Iterable[int | None] = ()) -> None:
    """Only named people open the case from now on, and the managers of its department, who name more."""
    managers = staff_holding(Role.MANAGER, case.department_id).values_list("pk", flat=True)
    if not managers:
        raise StepNotTaken("Förvaltningen kan inte ta emot registreringen här. Ring förvaltningen.")
    case.confidentiality = Confidentiality.RESTRICTED
    _close(case, {*named, *managers})


def _close(case: Case, named: Iterable[int | None]) -> None:
    Case.objects.filter(pk=case.pk).update(confidentiality=Confidentiality.RESTRICTED)
    let_read(case, {*named, *kind_of(case).keeps_reading(case)})


def let_read(case: Case, staff: Iterable[int | None]) -> None:
    for pk in set(staff) - {None}:
        CaseAccess.objects.get_or_create(case_id=case.pk, staff_id=pk, defaults={"reason": WHY})


@transaction.atomic
def learn(person: Person, level: str, *, by: Scope, today: date) -> None:
    """The protection became known while cases of the person were open to others: from now on they are not.

    Who says it goes on reading the cases that they read before.
    """
    households = list(Household.objects.of_person_on(person.pk, today))
    # the cases first, as every step does; then all of the household, so that who registers one of them is waited for
    list(Case.objects.locked().filter(_of([person], households)).order_by("pk").values_list("pk"))
    hold([person, *Person.objects.filter(memberships__household__in=households)])
    theirs = Case.objects.visible_to(by).filter(parties__person=person, department__in=by.departments)
    read_before = list(theirs.distinct())
    Person.objects.filter(pk=person.pk).update(protection=level)
    restrict_what_was_there([person], households)
    for case in read_before:
        let_read(case, [by.staff_id])


def _of(persons: Iterable[Person], households: Iterable[Household]) -> Q:
    """The cases that concern one of them, by a subquery, so that each is found once and can be locked."""
    parties = CaseParty.objects.filter(person__in=[person.pk for person in persons]).values("case")
    return Q(pk__in=parties) | Q(household__in=[household.pk for household in households])


def restrict_what_was_there(
    persons: Sequence[Person], households: Iterable[Household], *, but: int | None = None
) -> None:
    """Protection reaches every case of the household, of every kind, also those that were open before it was known.

    A department without a manager is no reason to say no here: who asks must not learn of its cases. Whoever handled
    the case goes on reading it, and the department's administrators name a manager.
    """
    theirs = _of(persons, households)
    found = Case.objects.filter(theirs, confidentiality=Confidentiality.NORMAL).exclude(pk=but).values("pk")
    for other in Case.objects.locked().filter(pk__in=found).order_by("pk"):
        case = kind_of(other).model.objects.get(pk=other.pk)
        managers = staff_holding(Role.MANAGER, case.department_id).values_list("pk", flat=True)
        _close(case, {*managers, case.assignee_id})


def name_new_managers() -> int:
    """Who became a manager after a case was closed to others reads it too: else nobody is left who can name anyone.

    Run by the sweep, so that it holds whichever way the role was given. Returns how many were named.
    """
    closed = Case.objects.filter(confidentiality=Confidentiality.RESTRICTED)
    named = 0
    for department in closed.values_list("department", flat=True).distinct().order_by():
        managers = staff_holding(Role.MANAGER, department).order_by("pk")
        for pk in managers.values_list("pk", flat=True):
            unread = closed.filter(department=department).exclude(access__staff=pk)
            rows = [CaseAccess(case_id=case, staff_id=pk, reason=WHY) for case in unread.values_list("pk", flat=True)]
            named += len(CaseAccess.objects.bulk_create(rows, ignore_conflicts=True))
    return named

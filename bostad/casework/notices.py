"""Who has something new to do is told of it: a mark on `Mitt arbete`, and an e-mail with nothing but links.

A deadline is told when it is at most a week away: after the step that asks for it, else by the sweep. Who took the step
knows of it already. While somebody is away, the substitute is told.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bostad.casework import deadlines
from bostad.casework.deadlines import deadline_kind
from bostad.casework.graph import kind
from bostad.casework.models import Case, CaseAccess, Deadline, Notice
from bostad.organisation.models import Absence, Staff
from bostad.organisation.scope import Scope, staff_holding

SOON = timedelta(days=7)
BATCH = 1_000
SUBJECT = "Du har något nytt att göra i bostad"


def tell(case_ids: list[int], today: date, by: Scope) -> None:
    """After a step: what is new, to those whose work it is. Inside the step's transaction."""
    _tell(list(_untold(today).filter(case__in=case_ids)), today, by.staff_id)


def tell_what_is_near(today: date, batch: int = BATCH) -> int:
    """Of the sweep: what was planned long ago and is due within a week. How many deadlines were told of."""
    told, last = 0, 0
    while rows := list(_untold(today).filter(pk__gt=last).order_by("pk")[:batch]):
        with transaction.atomic():
            told += _tell(rows, today, None)
        last = rows[-1].pk
    return told


def _untold(today: date) -> QuerySet[Deadline]:
    known = [declared.key for declared in deadlines.declared()]  # what the code has lost since is nobody's work
    near = Deadline.objects.still_open().filter(acts=False, due_on__lte=today + SOON, notices=None, kind__in=known)
    return near.select_related("case")


def _tell(rows: list[Deadline], today: date, by: int | None) -> int:
    """Of how many of them somebody was told. What nobody works with yet is tried again by the next sweep."""
    if not rows:
        return 0
    now = timezone.now()
    to = _recipients(rows, today)
    Notice.objects.bulk_create(
        [
            Notice(deadline=row, staff_id=staff, read_at=now if staff == by else None, sent_at=now if staff == by else None)
            for row in rows
            for staff in to[row.pk]
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return sum(bool(staff) for staff in to.values())


def _recipients(rows: list[Deadline], today: date) -> dict[int, set[int]]:
    """Staff by deadline. Of a restricted case nobody but its named people."""
    away = dict(Absence.objects.filter(from_on__lte=today, to_on__gte=today).values_list("staff", "substitute"))
    named = _named([row.case for row in rows])
    of_place: dict[tuple, set[int]] = {}
    found = {}
    for row in rows:
        if row.assignee_id:
            staff = {row.assignee_id}
        else:
            place = (row.department_id, row.unit_id, row.kind)
            staff = of_place[place] if place in of_place else of_place.setdefault(place, _whose_work(*place))
        staff = {away.get(one, one) for one in staff}
        found[row.pk] = staff & named[row.case_id] if row.case.is_restricted else staff
    return found


def _named(cases: Iterable[Case]) -> dict[int, set[int]]:
    named: dict[int, set[int]] = defaultdict(set)
    restricted = [case.pk for case in cases if case.is_restricted]
    for case_id, staff in CaseAccess.objects.filter(case__in=restricted).values_list("case", "staff"):
        named[case_id].add(staff)
    return named


def _whose_work(department: int, unit: int | None, key: str) -> set[int]:
    """Who may take the step that the deadline asks for: those of the unit, or of the department where it has none."""
    declared = deadline_kind(key)
    made = kind(declared.case_kind).steps.get(declared.step)
    roles = {by.role for by in made.by if by.role} if made else set()
    holders = {person.pk: person.unit_id for role in roles for person in staff_holding(role, department)}
    return {pk for pk, place in holders.items() if place == unit} or set(holders)


# --- reading and sending -------------------------------------------------------------------------------------------------


def were_read(case_id: int, staff_id: int | None) -> None:
    Notice.objects.filter(deadline__case=case_id, staff=staff_id, read_at=None).update(read_at=timezone.now())


def unread_by(staff_id: int | None) -> set[int]:
    """The deadlines that this person has been told of and not looked at."""
    return set(Notice.objects.filter(staff=staff_id, read_at=None).values_list("deadline", flat=True))


def send_waiting() -> int:
    """One e-mail to each person who has something new. What cannot be sent now waits for the next time."""
    waiting = Notice.objects.filter(sent_at=None).exclude(staff__email="").values_list("staff", flat=True).distinct()
    return sum(_send(staff) for staff in Staff.objects.filter(pk__in=list(waiting), is_active=True).order_by("pk"))


@transaction.atomic
def _send(staff: Staff) -> int:
    """A mail server that fails leaves them unsent; a process that dies in between sends once more."""
    unsent = Notice.objects.filter(staff=staff, sent_at=None).select_for_update(skip_locked=True)
    held = list(unsent.values_list("pk", "deadline__case"))
    if not held:
        return 0
    Notice.objects.filter(pk__in=[pk for pk, _ in held]).update(sent_at=timezone.now())
    cases = Case.objects.filter(pk__in={case for _, case in held}).order_by("number")
    return send_mail(SUBJECT, _text(cases), settings.DEFAULT_FROM_EMAIL, [staff.email])


def _text(cases: Iterable[Case]) -> str:
    links = [settings.SITE_URL + reverse(kind(case.kind).page, args=[case.number]) for case in cases]
    mine = settings.SITE_URL + reverse("overview:my_work")
    return "\n".join(["Det här väntar på dig:", *links, "", "Allt som är ditt att göra:", mine, ""])

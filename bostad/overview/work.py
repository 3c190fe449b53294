"""Mitt arbete: what is late, due today, due within the week, and what waits for others. Rows are deadlines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from bostad import dates, words
from bostad.casework.deadlines import deadline_kind
from bostad.casework.graph import Look, kind, kinds
from bostad.casework.models import Case, CaseParty, Deadline
from bostad.casework.notices import unread_by
from bostad.casework.pages import PROTECTED, pages_of
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope

STOP = 500
SHOWN = 200  # rows of a section
WEEK = 7  # days ahead that the page shows
WHOSE = {"mitt": "Mitt", "enhetens": "Enhetens", "utan": "Utan handläggare", "eskalerat": "Eskalerat"}
ORDERS = {"dag": "Dag", "hushall": "Hushåll", "slag": "Slag av ärende"}


@dataclass(frozen=True)
class Task:
    value: int
    due: words.Due
    title: str
    url: str
    why: str
    rules: tuple[str, ...]
    who: str
    number: str
    look: Look
    initials: str
    assignee: str
    kind: str
    is_new: bool  # told of, and not looked at yet


@dataclass(frozen=True)
class Group:
    when: str
    id: str
    title: str
    summary: str
    tasks: tuple[Task, ...]
    oldest: str = ""  # the day of the first by date, in whatever order they stand


@dataclass(frozen=True)
class Tile:
    when: str
    label: str
    count: int | str
    note: str
    url: str


def deadlines_of(whose: str, scope: Scope) -> QuerySet[Deadline]:
    """The open deadlines of a list. A provider's staff share their list: it is addressed to the provider."""
    rows = Deadline.objects.still_open()
    if whose == "mitt" and not scope.partner_ids:
        return rows.for_staff(scope)
    visible = rows.visible_to(scope)
    if whose == "utan":
        return visible.filter(assignee=None)
    if whose == "eskalerat":
        return visible.filter(escalated_on__isnull=False)
    if whose == "enhetens" and scope.unit_id and Role.MANAGER not in scope.roles:
        return visible.filter(unit=scope.unit_id)
    return visible


def tabs_for(scope: Scope) -> dict[str, str]:
    if scope.partner_ids and not scope.departments:
        return {"mitt": "Alla"}
    if Role.MANAGER in scope.roles:
        return WHOSE
    return {key: label for key, label in WHOSE.items() if key != "eskalerat"}


def count(rows: QuerySet) -> int:
    return rows.order_by()[:STOP].count()


Section = tuple[str, str, str, QuerySet[Deadline], str]  # when, anchor, title, rows, note


def groups(whose: str, kind_key: str, order: str, scope: Scope, today: date) -> list[Group]:
    """The four sections: a constant number of queries, at most `SHOWN` rows in each."""
    mine, week = _mine(whose, kind_key, scope), today + timedelta(days=WEEK)
    waiting = Deadline.objects.still_open().awaited_by(scope).exclude(department__in=scope.departments)
    if kind_key:
        waiting = waiting.filter(case__kind=kind_key)
    by_day = order not in ("hushall", "slag")
    sections = [
        ("overdue", "forsenat", "Försenat", mine.filter(due_on__lt=today), "äldst först" if by_day else ""),
        ("today", "idag", "Idag", mine.filter(due_on=today), dates.long_day(today)),
        (
            "soon",
            "vecka",
            "Närmaste veckan",
            mine.filter(due_on__gt=today, due_on__lte=week),
            f"till och med {dates.long_day(week)}",
        ),
        ("waiting", "vantar", "Väntar på andra", waiting, "bevakningen stängs när det är gjort"),
    ]
    return _taken(sections, order, scope, today)


def later(whose: str, kind_key: str, order: str, scope: Scope, today: date) -> list[Group]:
    """The section of what is due after the week. On a page of its own, since every row that is shown is read."""
    rows = after_the_week(whose, kind_key, scope, today)
    found = count(rows)
    note = "närmast först" if found <= SHOWN else f"de närmaste av {found}"
    return _taken([("later", "senare", "Längre fram", rows, note)], order, scope, today)


def after_the_week(whose: str, kind_key: str, scope: Scope, today: date) -> QuerySet[Deadline]:
    return _mine(whose, kind_key, scope).filter(due_on__gt=today + timedelta(days=WEEK))


def _mine(whose: str, kind_key: str, scope: Scope) -> QuerySet[Deadline]:
    mine = deadlines_of(whose, scope)
    return mine.filter(case__kind=kind_key) if kind_key else mine


def _taken(sections: list[Section], order: str, scope: Scope, today: date) -> list[Group]:
    taken = [
        (section, list(section[3].select_related("case", "assignee", "department").order_by("due_on", "id")[:SHOWN]))
        for section in sections
    ]
    names = _names({row.case_id for _, rows in taken for row in rows}, scope)
    new = unread_by(scope.staff_id)
    return [
        Group(
            when,
            id_,
            title,
            _summary(len(rows), note),
            tuple(_sorted(tasks := [_task(row, when, names, scope, today, row.pk in new) for row in rows], order)),
            tasks[0].due.date_words if tasks else "",
        )
        for (when, id_, title, _, note), rows in taken
    ]


def _summary(number: int, note: str) -> str:
    counted = f"{number} {'bevakning' if number == 1 else 'bevakningar'}"
    return f"{counted}, {note}" if note else counted


def _sorted(tasks: Iterable[Task], order: str) -> list[Task]:
    key = {"hushall": lambda task: task.who, "slag": lambda task: (task.kind, task.title)}.get(order)
    return sorted(tasks, key=key) if key else list(tasks)


def _names(case_ids: set[int], scope: Scope) -> dict[int, str]:
    """Whom each case concerns. Protected households have no name in a list.

    That a number is protected is told to no other organisation that did not say so itself.
    """
    found: dict[int, list[str]] = {}
    parties = CaseParty.objects.filter(case__in=case_ids, role__in=["tenant", "applicant"]).select_related(
        "person", "case__as_contract"
    )
    for party in parties.order_by("id"):
        own = party.case.department_id in scope.departments
        name = party.person.name if own else party.given_name or party.person.name
        case = getattr(party.case, "as_contract", party.case)
        protected = pages_of(case).shows_protected(case, scope)
        found.setdefault(party.case_id, []).append(PROTECTED.label if protected else name)
    return {case: " och ".join(dict.fromkeys(names)) for case, names in found.items()}


def _task(row: Deadline, when: str, names: dict[int, str], scope: Scope, today: date, is_new: bool) -> Task:
    declared, of = deadline_kind(row.kind), kind(row.case.kind)
    mine = row.department_id in scope.departments or row.department_id in scope.partner_ids
    place = of.step_page if declared.step and mine and not row.acts else of.page
    arguments = [row.case.number, declared.step] if place == of.step_page else [row.case.number]
    title = declared.label if when != "waiting" else f"{row.department.name}: {words.in_sentence(declared.label)}"
    return Task(
        value=row.pk,
        due=_waiting(row, today) if when == "waiting" else words.due(row.due_on, today),
        title=title,
        url=reverse(place, args=arguments),
        why=f"{declared.why} {row.detail}".strip(),
        rules=(declared.rule,),
        who=names.get(row.case_id, ""),
        number=row.case.number,
        look=of.looks[of.states(row.case.state)],
        initials=row.assignee.initials if row.assignee else "",
        assignee=str(row.assignee or ""),
        kind=of.label,
        is_new=is_new,
    )


def _waiting(row: Deadline, today: date) -> words.Due:
    late = row.due_on < today
    due = words.due(row.due_on, today)
    return due if late else words.Due("waiting", due.date_words, "senast", due.date_words)


def tiles(found: list[Group], today: date) -> list[Tile]:
    notes = {
        "overdue": ("inget har passerat sin dag", lambda g: f"äldst: {g.oldest}"),
        "today": ("inga bevakningar", lambda g: "ska göras idag"),
        "soon": (
            "inget den närmaste veckan",
            lambda g: f"till och med {dates.short_day(today + timedelta(days=WEEK))}",
        ),
        "waiting": ("inget ligger hos någon annan", lambda g: "hos andra"),
    }
    return [
        Tile(g.when, g.title, len(g.tasks), notes[g.when][1](g) if g.tasks else notes[g.when][0], f"#{g.id}")
        for g in found
    ]


def next_deadline(whose: str, scope: Scope, today: date) -> Deadline | None:
    """The nearest one after the week, for the empty page."""
    return after_the_week(whose, "", scope, today).select_related("case").order_by("due_on", "id").first()


def kind_choices() -> list[tuple[str, str]]:
    return [("", "Alla slag"), *((k.key, k.plural) for k in kinds())]


def cases_of(deadline_ids: list[int], scope: Scope) -> QuerySet[Case]:
    """The cases behind chosen rows, of those that this person's department owns."""
    rows = Deadline.objects.visible_to(scope).filter(pk__in=deadline_ids)
    return Case.objects.visible_to(scope).filter(Q(pk__in=rows.values("case")), department__in=scope.departments)

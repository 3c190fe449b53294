"""Deadlines (bevakningar): planned from the facts after every step, met by facts, never by a click.

A kind of deadline says for given facts which occurrences there shall be. `replan` makes the table equal to that: it
creates, meets, moves and cancels. It is its own repair: run twice, nothing changes the second time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from bostad.casework.graph import Kind
from bostad.casework.models import Deadline, DeadlineStatus


@dataclass(frozen=True)
class Addressee:
    department_id: int
    unit_id: int | None = None
    assignee_id: int | None = None
    watcher_unit_id: int | None = None  # who waits for it


@dataclass(frozen=True)
class Planned:
    """One occurrence. `planned_on` is the routine's own day, from which a series goes on; `due_on` may be moved."""

    planned_on: date
    due_on: date
    to: Addressee
    occurrence: int = 0
    met_on: date | None = None
    detail: str = ""
    settings_used: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DeadlineKind:
    key: str
    case_kind: str
    label: str  # Swedish, the verb first: what to do
    rule: str
    why: str  # Swedish: why, as the row says it
    plan: Callable[[Any], Iterable[Planned]]
    step: str = ""  # the step that meets it, and so the row's link
    acts: bool = False  # the sweep takes the step by itself on the day
    escalate_after: int = 7  # days after due_on until the manager sees it


_kinds: dict[str, DeadlineKind] = {}


def declare(*kinds: DeadlineKind) -> None:
    for kind in kinds:
        _kinds[kind.key] = kind


def deadline_kind(key: str) -> DeadlineKind:
    return _kinds[key]


def declared() -> list[DeadlineKind]:
    return list(_kinds.values())


def replan(
    kind: Kind, case_ids: list[int], today: date, taken: str = "", facts: Mapping[int, Any] | None = None
) -> None:
    """Makes the deadlines of these cases equal to what their facts ask for. A handful of queries, however many cases.

    `taken` is the step that was just taken: what asked for that step is done, even where the case has left the state
    in which it is planned. All else that is no longer planned is cancelled. `facts` may be given by who just read them.
    """
    if not case_ids:
        return
    if facts is None:
        facts = kind.load_facts(case_ids, today)
    existing = {(d.case_id, d.kind, d.occurrence): d for d in Deadline.objects.filter(case__in=case_ids)}
    new, changed = [], []
    for case_id in case_ids:
        for wanted in (k for k in _kinds.values() if k.case_kind == kind.key):
            for planned in wanted.plan(facts[case_id]):
                row = existing.pop((case_id, wanted.key, planned.occurrence), None)
                if row is None and planned.met_on is None:
                    new.append(_row(case_id, wanted, planned))
                elif row is not None and _bring_up_to_date(row, wanted, planned):
                    changed.append(row)
    for row in existing.values():
        if row.status == DeadlineStatus.OPEN:
            wanted = _kinds.get(row.kind)
            if taken and wanted is not None and wanted.step == taken:
                row.status, row.met_on = DeadlineStatus.MET, today
            else:
                row.status = DeadlineStatus.CANCELLED
            changed.append(row)
    Deadline.objects.bulk_create(new)
    if changed:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL bostad.planning = 'on'")
        Deadline.objects.bulk_update(changed, _CHANGEABLE)


_CHANGEABLE = [
    "status", "met_on", "planned_on", "due_on", "escalate_on", "escalated_on", "department", "unit", "assignee",
    "watcher_unit", "acts", "detail", "settings_used",
]  # fmt: skip


def _row(case_id: int, wanted: DeadlineKind, planned: Planned) -> Deadline:
    row = Deadline(case_id=case_id, kind=wanted.key, occurrence=planned.occurrence, acts=wanted.acts)
    _write(row, wanted, planned)
    return row


def _write(row: Deadline, wanted: DeadlineKind, planned: Planned) -> None:
    row.planned_on, row.due_on = planned.planned_on, planned.due_on
    row.escalate_on = planned.due_on + timedelta(days=wanted.escalate_after)
    row.department_id, row.unit_id = planned.to.department_id, planned.to.unit_id
    row.assignee_id, row.watcher_unit_id = planned.to.assignee_id, planned.to.watcher_unit_id
    row.settings_used = dict(planned.settings_used)
    if row.acts or not wanted.acts:  # what the sweep had to give to a person keeps its reasons
        row.detail = planned.detail


def _bring_up_to_date(row: Deadline, wanted: DeadlineKind, planned: Planned) -> bool:
    before = {name: getattr(row, _column(name)) for name in _CHANGEABLE}
    if planned.met_on is not None:
        if row.status == DeadlineStatus.OPEN:
            row.status, row.met_on = DeadlineStatus.MET, planned.met_on
    else:
        if row.status != DeadlineStatus.OPEN or row.due_on != planned.due_on:
            row.escalated_on, row.acts = None, wanted.acts
        row.status, row.met_on = DeadlineStatus.OPEN, None
        _write(row, wanted, planned)
    return before != {name: getattr(row, _column(name)) for name in _CHANGEABLE}


def _column(name: str) -> str:
    return Deadline._meta.get_field(name).attname

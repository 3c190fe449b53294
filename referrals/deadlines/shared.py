"""What the plans have in common."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bostad import dates
from bostad.casework.deadlines import Addressee, Planned


def owner(facts: Any) -> Addressee:
    return Addressee(facts.department_id, facts.unit_id, facts.assignee_id)


def managers_of(facts: Any) -> Addressee:
    """The unit's managers: nobody by name, so that it stands in each one's list."""
    return Addressee(facts.department_id, facts.unit_id)


def working_days(start: date, facts: Any, key: str) -> date:
    return dates.add_working_days(start, facts.setting(key))


def days(start: date, facts: Any, key: str) -> date:
    return dates.next_working_day(start + timedelta(days=facts.setting(key)))


def once(due_on: date, to: Addressee, met_on: date | None = None, detail: str = "") -> Iterator[Planned]:
    yield Planned(due_on, due_on, to, met_on=met_on, detail=detail)

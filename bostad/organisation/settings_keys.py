"""Dated settings: what differs between municipalities and departments, with unit, default and source.

An app declares its keys in its own `settings_keys.py` and calls `declare` in `ready()`. A value is resolved for the
date of the clock that uses it, and what was used is kept beside what came of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from bostad.organisation.models import Setting
from bostad.organisation.setting_key import SettingKey, declare, declared

__all__ = ["Clock", "Resolved", "SettingKey", "declare", "declared", "resolve", "resolve_for", "resolve_many"]


@dataclass(frozen=True)
class Resolved:
    value: Any
    setting_id: int | None  # None: the default of the code


Clock = tuple[date, int | None]  # the day a clock started, and the organisation whose case it is


def resolve(key: str, on: date, organisation_id: int | None = None) -> Resolved:
    """The organisation's own value on that day, else the municipality's, else the default. Unknown keys are refused."""
    return resolve_many([key], on, organisation_id)[key]


def resolve_many(keys: list[str], on: date, organisation_id: int | None = None) -> dict[str, Resolved]:
    """The same for several keys."""
    return resolve_for(keys, [(on, organisation_id)])[on, organisation_id]


def resolve_for(keys: list[str], clocks: Iterable[Clock]) -> dict[Clock, dict[str, Resolved]]:
    """The same for many days and organisations, in one query however many."""
    clocks, known = list(clocks), declared()
    rows = Setting.objects.filter(
        Q(organisation=None) | Q(organisation__in={organisation for _, organisation in clocks}), key__in=keys
    )
    ordered = sorted(rows, key=lambda row: row.organisation_id is not None)  # the municipality's first
    return {
        (on, organisation): {key: Resolved(known[key].default, None) for key in keys}
        | {
            row.key: Resolved(row.value, row.pk)
            for row in ordered
            if row.organisation_id in ((None,) if known[row.key].is_of_the_municipality else (None, organisation))
            and row.from_on <= on
            and (row.to_on is None or on <= row.to_on)
        }
        for on, organisation in clocks
    }

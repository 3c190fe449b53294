"""What the loaders have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bostad.casework.models import CaseParty
from bostad.organisation.models import Unit
from bostad.organisation.settings_keys import SettingKey, resolve_for

Days = Mapping[tuple[date, int], Mapping[str, Any]]


def grouped(rows: Iterable[Any], key: str) -> Mapping[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def settings_of(cases: Iterable[Any], keys: Iterable[SettingKey]) -> Days:
    """The municipality's own values as they stood on the day on which each case was opened, for its department."""
    clocks = {(case.opened_on, case.department_id) for case in cases}
    found = resolve_for([key.key for key in keys], clocks)
    return {clock: {key: _hashable(value.value) for key, value in values.items()} for clock, values in found.items()}


def numbers(values: Mapping[str, Any], keys: Iterable[SettingKey]) -> tuple[tuple[str, Any], ...]:
    """Those that the facts carry, in a fixed order."""
    return tuple(sorted((key.key, values[key.key]) for key in keys))


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def queues_of(organisation_ids: Iterable[int]) -> Mapping[int, int]:
    """The unit of each department where what comes from another lands: its queue, else its first."""
    units = Unit.objects.filter(organisation__in=set(organisation_ids)).order_by("is_queue", "-id")
    return dict(units.values_list("organisation", "pk"))


def of_representatives(parties: Iterable[CaseParty], today: date) -> dict[str, bool]:
    """Of the parties with their representatives: whether somebody acts for one of them, may do so, and has an address."""
    acting = [party.representative for party in parties if party.representative is not None]
    return {
        "represented": bool(acting),
        "representatives_may_act": all(who.may_sign_housing_on(today) for who in acting),
        "representatives_have_address": all(who.has_address for who in acting),
    }

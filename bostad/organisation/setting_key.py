"""The keys of dated settings, as the apps declare them, and which values each of them may have."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

MAX_TEXT = 300


@dataclass(frozen=True)
class SettingKey:
    key: str
    label: str  # Swedish, as the department administrator reads it
    type: type
    default: Any
    unit: str = ""  # "arbetsdagar", "procent", …
    source: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    several: bool = False  # of the choices: a list of them, each once
    minimum: int = 0  # of a number, and of each number in a list; ten years in days, so that every date is a date
    maximum: int = 3650
    at_least: int = 0  # how many a list holds
    is_of_the_municipality: bool = False  # no organisation has a value of its own
    is_of_one_at_a_time: bool = False  # none of the choices is two organisations' at once


_keys: dict[str, SettingKey] = {}


def declare(*keys: SettingKey) -> None:
    for key in keys:
        _keys[key.key] = key


def declared() -> dict[str, SettingKey]:
    return dict(_keys)


def check(key: str, value: Any) -> None:
    """Refuses, in Swedish, an unknown key and a value that its clocks could not count with."""
    if key not in _keys:
        raise ValidationError({"key": "Inställningen finns inte."})
    if fault := _fault(_keys[key], value):
        raise ValidationError({"value": fault})


def read(key: str, typed: str) -> Any:
    """What a person has typed, as the key's own type; as it stands where it cannot be read so, for `check` to refuse."""
    try:
        if _keys[key].type is int:
            return int(typed)
        if _keys[key].choices:
            chosen = [_code(_keys[key], one) for one in _parts(_keys[key], typed)]
            return chosen if _keys[key].several else chosen[0] if len(chosen) == 1 else typed
        if _keys[key].type is list:
            return [int(number) for number in typed.split(",") if number.strip()]
    except ValueError:
        pass
    return typed


def _parts(key: SettingKey, typed: str) -> list[str]:
    """A label may hold a comma: several labels stand with semicolons between them, as they are listed."""
    is_one = any(label.casefold() == typed.strip().casefold() for _, label in key.choices)
    parts = [typed] if is_one else typed.split(";" if ";" in typed else ",")
    return [part for one in parts if (part := one.strip(" []\"'"))]


def _code(key: SettingKey, typed: str) -> str:
    return next((code for code, label in key.choices if typed.casefold() == label.casefold()), typed)


def written(value: Any) -> str:
    """The same as a person types it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def told(key: str, value: Any) -> str:
    """A value in Swedish words, with its unit."""
    known = _keys.get(key)
    if known is None:
        return written(value)
    labels = dict(known.choices)
    words = (
        "; ".join(str(labels.get(v, v)) for v in value)
        if known.several
        else str(labels.get(value, ""))
        if labels
        else ""
    )
    unit = f" {known.unit}" if known.unit else ""
    return words or f"{written(value)}{unit}"


def _fault(key: SettingKey, value: Any) -> str:
    if key.several:
        return _fault_of_several(key, value)
    if key.choices:
        return "" if value in [choice for choice, _ in key.choices] else f"Välj ett av: {_meaning(key)}."
    return {int: _fault_of_number, list: _fault_of_list, str: _fault_of_text}[key.type](key, value)


def _fault_of_several(key: SettingKey, value: Any) -> str:
    known = dict(key.choices)
    fits = isinstance(value, list) and all(isinstance(v, str) and v in known for v in value)
    fits = fits and len(set(value)) == len(value) >= key.at_least
    return "" if fits else f"Välj bland, vart och ett en gång: {_meaning(key)}."


def _meaning(key: SettingKey) -> str:
    return "; ".join(f"{code} ({label})" for code, label in key.choices)


def _fault_of_number(key: SettingKey, value: Any) -> str:
    return "" if _is_within(key, value) else f"Värdet ska vara ett heltal, {key.minimum}–{key.maximum}."


def _fault_of_list(key: SettingKey, value: Any) -> str:
    """Each number names one occurrence of a deadline, so none may stand twice."""
    fits = isinstance(value, list) and all(_is_within(key, item) for item in value)
    fits = fits and len(set(value)) == len(value) >= key.at_least
    example = written(key.default) or "18, 21, 23"
    wanted = f"Värdet ska vara olika heltal, {key.minimum}–{key.maximum}, till exempel {example}."
    return "" if fits else wanted


def _fault_of_text(key: SettingKey, value: Any) -> str:
    fits = isinstance(value, str) and len(value) <= MAX_TEXT and "\0" not in value
    return "" if fits else f"Värdet ska vara en text på högst {MAX_TEXT} tecken."


def _is_within(key: SettingKey, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and key.minimum <= value <= key.maximum

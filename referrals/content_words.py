"""The content of a referral in words: for the paper, and for who reads the page. Pure.

All that was approved is shown: a field that is not known here stands under its own key, so that nothing is left out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bostad import dates, words
from referrals.content import SECTIONS, Content, Section, is_empty

_HOUSING = {"permanent": "bor stadigvarande", "alternating": "bor växelvis", "contact": "umgänge"}


def _kronor(value: Any) -> str:
    return words.kr(int(value))


def _day(value: Any) -> str:
    return dates.day_with_year(date.fromisoformat(value))


def _rooms(value: Any) -> str:
    return f"{value} rum".replace(".", ",")


def _needed(value: Any) -> str:
    return "Behövs"


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value).strip()


@dataclass(frozen=True)
class Field:
    label: str
    said: Callable[[Any], str] = _text


FIELDS: Mapping[str, Mapping[str, Field]] = {
    "household": {"note": Field("Om hushållet")},
    "need": {
        "rooms_min": Field("Minst", _rooms),
        "rooms_max": Field("Högst", _rooms),
        "rent_max": Field("Högsta hyra per månad", _kronor),
        "needs_lift": Field("Hiss", _needed),
        "needs_wheelchair": Field("Plats för rullstol", _needed),
        "text": Field("Om behovet"),
    },
    "situation": {"now": Field("Bor nu"), "history": Field("Tidigare")},
    "support": {"text": Field("Insatser och stöd")},
    "economy": {
        "income": Field("Försörjning"),
        "debt_total": Field("Skulder, sammanlagt", _kronor),
        "debts": Field("Skuldbild"),
        "text": Field("Om ekonomin"),
        "checked_on": Field("Kontrollerad", _day),
    },
    "decision": {
        "number": Field("Beslut"),
        "decided_on": Field("Beslutsdag", _day),
        "motivation": Field("Motivering"),
        "form_motivation": Field("Varför den här formen"),
    },
    "health": {
        "adaptation": Field("Anpassning av bostaden"),
        "needs_wheelchair": Field("Plats för rullstol", _needed),
        "reason": Field("Varför det behövs för bostaden"),
    },
    "areas": {"barred": Field("Olämpliga områden"), "reason": Field("Varför")},
    "children": {"text": Field("Förskola, skola och annat"), "areas": Field("Områden nära skolan")},
    "contacts": {"text": Field("Kontakter")},
}


def sections(content: Content) -> Iterator[tuple[Section, list[tuple[str, str]]]]:
    """Each section that stands in the content, in the order of the form, with its label and text: the core always."""
    for section in SECTIONS:
        if section.is_core or not is_empty(content, section.key):
            yield section, [*rows(section.key, content.get(section.key, {}))]


def rows(key: str, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is filled in, in the order of the form. What is not asked for (a no, a blank) is no row; a debt of nothing is one."""
    for member in said.get("members", []):
        yield member["name"], _about(member)
    known = FIELDS.get(key, {})
    for name in sorted(said.keys() - {"members"}, key=lambda name: _place(name, known)):
        field = known.get(name, Field(name))
        value = said[name]
        if value is not False and value not in (None, "", []):
            yield field.label, field.said(value)


def _place(name: str, known: Mapping[str, Field]) -> tuple[int, str]:
    return (list(known).index(name) if name in known else len(known), name)


def _about(member: Mapping[str, Any]) -> str:
    age = f"{member['age']} år" if member.get("age") is not None else ""
    who = "barn" if member.get("child") else "vuxen"
    return ", ".join(filter(None, (who, age, _HOUSING.get(member.get("housing", ""), ""))))

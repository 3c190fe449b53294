"""The content of a referral in words, the same on the page, before the signature and on paper. Pure.

All that was approved is shown: a field that has no label here stands under its own key, so that nothing is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bostad import dates, words
from bostad.documents.typography import listed
from bostad.people.models import Authority
from referrals.content import BY_KEY, SECTIONS, Content, Section, is_empty
from referrals.states import LeaseForm

LABELS = {
    "note": "Om hushållet", "rooms_min": "Minst antal rum", "rooms_max": "Högst antal rum", "rent_max": "Högsta hyra",
    "needs_lift": "Hiss eller markplan", "needs_wheelchair": "Anpassad för rullstol", "other": "Annat", "now": "Nu",
    "history": "Tidigare", "income": "Försörjning", "debt_total": "Skulder", "debt_to_landlords": "Därav till hyresvärdar",
    "debt_text": "Skuldbilden", "checked_on": "Kontrollerad", "motivation": "Motivering",
    "form_motivation": "Val av form", "lease_form": "Form", "number": "Beslut", "decided_on": "Beslutsdag", "reason": "Behövs därför att",
    "adaptation": "Bostaden behöver ha", "barred": "Inte lämpligt", "areas": "Nära skolan", "text": "Beskrivning",
}  # fmt: skip
MONEY = ("rent_max", "debt_total", "debt_to_landlords")
DAYS = ("checked_on", "decided_on")
HOUSING = {"permanent": "bor stadigvarande", "alternating": "bor växelvis", "contact": "umgänge"}
LISTED = frozenset({"members", "representatives"})
Rows = list[tuple[str, str]]


def part_of(section: str, fields: Sequence[str]) -> str:
    """A section, and which of its fields, as they are called on the page and on paper."""
    label = BY_KEY[section].label
    return f"{label}: {listed([words.in_sentence(LABELS[name]) for name in fields])}" if fields else label


def sections(content: Content) -> Iterator[tuple[Section, Rows]]:
    """Every section of the core, and of the others those that say something, in the order of the form."""
    for section in SECTIONS:
        if section.is_core or not is_empty(content, section.key):
            yield section, list(rows(content.get(section.key, {})))


def rows(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and text of what is filled in: a no and a debt of nothing are answers too."""
    for member in said.get("members", ()):
        yield "Barn" if member.get("child") else "Vuxen", _member(member)
    for acting in said.get("representatives", ()):
        yield str(Authority(acting["authority"]).label), _acting(acting)
    for name in [*(key for key in LABELS if key in said), *sorted(said.keys() - LABELS.keys() - LISTED)]:
        if said[name] not in (None, "", [], {}):
            yield LABELS.get(name, name), _value(name, said[name])


def _member(member: Mapping[str, Any]) -> str:
    age = f"{member['age']} år" if member.get("age") is not None else ""
    return ", ".join(filter(None, (member["name"], age, HOUSING.get(member.get("housing", ""), ""))))


def _acting(one: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (one["name"], one["phone"], f"för {one['for']}")))


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in MONEY:
        return words.kr(value)
    if name == "lease_form":
        return str(LeaseForm(value).label)
    return dates.day_with_year(date.fromisoformat(value)) if name in DAYS else str(value)

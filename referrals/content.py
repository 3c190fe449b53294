"""What a referral says, section by section: one mandatory core (R-1-38 to R-1-43), and what stands there when relevant.

The content is plain JSON, `{"need": {"rooms_min": 2, …}, …}`, and its hash is what the person approves and signs. Which
of the optional sections a department has is a dated setting; no setting can take away one of the core (R-1-86).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Content = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    key: str
    label: str
    rule: str
    must: tuple[str, ...]  # the fields that a complete section has
    is_core: bool = True
    enough: str = ""  # the field that says all by itself
    may: tuple[str, ...] = ()  # what else is written in it

    @property
    def written(self) -> tuple[str, ...]:
        """The fields that are written in the section itself: those that somebody may ask to have completed (R-1-33)."""
        return tuple(name for name in (*self.must, *self.may) if name not in FIXED)


FIXED = frozenset({"members", "lease_form", "number", "decided_on", "representatives"})  # what no form may change
SECTIONS = (
    Section("household", "Familj och hushåll", "R-1-38", ("members",), may=("note",)),
    Section("need", "Bostadsbehov", "R-1-39", ("rooms_min",), may=("rooms_max", "rent_max", "needs_lift", "other")),
    Section("situation", "Boendesituation", "R-1-40", ("now", "history")),
    Section("support", "Insatser och stöd rörande boende", "R-1-41", ("text",)),
    Section(
        "economy", "Ekonomi", "R-1-42", ("income", "debt_total", "checked_on"), may=("debt_to_landlords", "debt_text")
    ),
    Section("decision", "Beslut och motivering", "R-1-43", ("motivation", "form_motivation")),
    Section("health", "Hälsotillstånd", "R-1-44", ("reason", "adaptation"), is_core=False, may=("needs_wheelchair",)),
    Section("areas", "Olämpligt bostadsområde", "R-1-45", ("barred",), is_core=False),
    Section("children", "Barnperspektiv", "R-1-46", ("text",), is_core=False, may=("areas",)),
    Section("contacts", "Övriga kontakter", "R-1-47", ("text",), is_core=False, enough="representatives"),
)
BY_KEY = {section.key: section for section in SECTIONS}
CORE = tuple(section for section in SECTIONS if section.is_core)
OPTIONAL = tuple(section for section in SECTIONS if not section.is_core)


def label_of(key: str) -> str:
    """The section's name; of a key that is none, the key itself, for whoever is to refuse it."""
    return BY_KEY[key].label if key in BY_KEY else key


def sections_of(optional: Sequence[str]) -> tuple[Section, ...]:
    """The core and those of the optional sections that the department has, in the order of the form."""
    return tuple(section for section in SECTIONS if section.is_core or section.key in optional)


def _has(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], {})


def is_empty(content: Content, key: str) -> bool:
    return not any(_has(value) for value in content.get(key, {}).values())


def is_complete(content: Content, section: Section) -> bool:
    given = content.get(section.key, {})
    return _has(given.get(section.enough)) or all(_has(given.get(name)) for name in section.must)


def missing(content: Content) -> tuple[str, ...]:
    """What lacks something: of the core all of it, of an optional section what was begun."""
    return tuple(
        section.key
        for section in SECTIONS
        if not is_complete(content, section) and (section.is_core or not is_empty(content, section.key))
    )


def health_without_reason(content: Content) -> bool:
    """R-1-44: what stands about health needs a reason why it matters to the dwelling."""
    return not is_empty(content, "health") and not _has(content.get("health", {}).get("reason"))


def hash_of(content: Content) -> str:
    """SHA-256 of the content in one fixed form: the same words give the same sum, whatever order they were written in."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def short_hash_of(content: Content) -> str:
    """The first sixteen figures in groups of four: enough to see that two papers are of the same words."""
    whole = hash_of(content)
    return " ".join(whole[at : at + 4] for at in range(0, 16, 4))


def changed(before: Content, after: Content) -> tuple[str, ...]:
    """The sections in which two versions differ. What is left empty says the same as what was never asked."""
    return tuple(section.key for section in SECTIONS if _said(before, section.key) != _said(after, section.key))


def _said(content: Content, key: str) -> dict[str, Any]:
    return {name: value for name, value in content.get(key, {}).items() if _has(value)}

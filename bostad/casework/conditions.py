"""A rule of a routine: one small question to the facts, with the sentence that is shown when the answer is no."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Condition:
    """`holds` is a pure function of a kind's frozen facts; no database, no clock."""

    name: str
    rule: str  # "R-0-11", or the paragraph where no seed has the rule: "JB 12:55"
    sentence: str | Callable[[Any], str]  # Swedish: what is missing
    source: str  # where the rule stands: "Linköping, rad 91", "JB 12:55 fjärde stycket"
    holds: Callable[[Any], bool]
    meet_at: str = ""  # the step whose page meets it
    field: str = ""  # the form field where the user can mend it
    plainly: str = ""  # the sentence where there is no case to tell it of, for a sentence that needs facts

    @property
    def stated(self) -> str:
        """The rule's sentence without a case: what the routine page says."""
        return self.plainly or str(self.sentence)

    def says(self, facts: Any) -> str:
        return self.sentence(facts) if callable(self.sentence) else self.sentence


def condition(
    rule: str,
    sentence: str | Callable[[Any], str],
    *,
    source: str,
    meet_at: str = "",
    field: str = "",
    plainly: str = "",
) -> Callable[[Callable[[Any], bool]], Condition]:
    """Decorates the question; the rule's module then reads as the routine's own list."""

    def decorate(holds: Callable[[Any], bool]) -> Condition:
        made = Condition(holds.__name__, rule, sentence, source, holds, meet_at, field, plainly)
        if callable(sentence) and not plainly:
            raise TypeError(f"{made.name}: a sentence that needs facts is told plainly too")
        _declared.append((made, holds.__module__))
        return made

    return decorate


@dataclass(frozen=True)
class Kept:
    """A rule that is kept by something else than a condition: a constraint, the shape of the data, what a page shows."""

    rule: str
    sentence: str
    source: str
    by: str  # what keeps it, in Swedish


_kept: list[Kept] = []


def keep(*rules: Kept) -> None:
    _kept.extend(rules)


def kept() -> list[Kept]:
    return list(_kept)


_declared: list[tuple[Condition, str]] = []


def declared() -> list[tuple[Condition, str]]:
    """Every condition with the module where it stands, for `manage.py rules`."""
    return list(_declared)

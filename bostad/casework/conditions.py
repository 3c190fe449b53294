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

    def says(self, facts: Any) -> str:
        return self.sentence(facts) if callable(self.sentence) else self.sentence


def condition(
    rule: str, sentence: str | Callable[[Any], str], *, source: str, meet_at: str = "", field: str = ""
) -> Callable[[Callable[[Any], bool]], Condition]:
    """Decorates the question; the rule's module then reads as the routine's own list."""

    def decorate(holds: Callable[[Any], bool]) -> Condition:
        made = Condition(holds.__name__, rule, sentence, source, holds, meet_at, field)
        _declared.append((made, holds.__module__))
        return made

    return decorate


_declared: list[tuple[Condition, str]] = []


def declared() -> list[tuple[Condition, str]]:
    """Every condition with the module where it stands, for `manage.py rules`."""
    return list(_declared)

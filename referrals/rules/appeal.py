"""Receipt and appeal of a decision, of an application or that a right has ceased (FL 43 to 46, R-1-32, R-1-37)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bostad import dates
from bostad.casework.conditions import condition

if TYPE_CHECKING:
    from datetime import date


class Appealed(Protocol):
    """What the facts of an assessment and of a referral say alike of the decision that can be appealed."""

    today: date
    received_on: date | None
    appeal_by: date | None
    appealed_on: date | None
    appeal_is_rejected: bool

    @property
    def appealable_on(self) -> date | None: ...


@condition(
    "FL 44",
    "Registrera när den enskilde tog emot beslutet. Utan den dagen börjar ingen överklagandetid.",
    source="Förvaltningslagen 44 §",
    meet_at="record_receipt",
)
def the_decision_was_received(facts: Appealed) -> bool:
    return facts.received_on is not None


@condition(
    "FL 44",
    lambda facts: f"Beslutet kan överklagas till och med {dates.day_with_year(facts.appeal_by)}.",
    source="Förvaltningslagen 44 §",
    plainly="Beslutet kan fortfarande överklagas.",
)
def the_time_of_appeal_is_over(facts: Appealed) -> bool:
    return facts.appeal_by is None or facts.appeal_by < facts.today


@condition(
    "FL 43",
    "Ange när överklagandet kom in. Det kan inte vara före beslutet.",
    source="Förvaltningslagen 43–44 §§",
    field="appealed_on",
)
def the_appeal_has_a_day(facts: Appealed) -> bool:
    day, since = facts.appealed_on, facts.appealable_on
    return day is not None and since is not None and since <= day <= facts.today


@condition(
    "FL 45",
    "Överklagandet kom i rätt tid, eller så är dagen då beslutet togs emot inte känd. Det kan inte avvisas.",
    source="Förvaltningslagen 45 §",
    field="outcome",
)
def a_timely_appeal_is_not_rejected(facts: Appealed) -> bool:
    late = facts.appeal_by is not None and facts.appealed_on is not None and facts.appealed_on > facts.appeal_by
    return late or not facts.appeal_is_rejected

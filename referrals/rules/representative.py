"""Who acts for an adult of the household: god man, förvaltare, or who has a power of attorney (R-1-47)."""

from __future__ import annotations

from typing import Protocol

from bostad.casework.conditions import condition
from referrals.rules import HELSINGBORG


class Represented(Protocol):
    """What the facts of an assessment and of a referral say alike of those who act for the adults."""

    represented: bool
    representatives_may_act: bool
    representatives_have_address: bool


@condition(
    "R-1-47",
    "Företrädarens behörighet gäller inte idag. Brev går då till den enskilde själv.",
    source=HELSINGBORG + "345",
    meet_at="record_representative",
    field="authority_from",
)
def the_representative_may_act(facts: Represented) -> bool:
    return not facts.represented or facts.representatives_may_act


@condition(
    "R-1-47",
    "Ange företrädarens postadress: brev till den enskilde går den vägen.",
    source=HELSINGBORG + "345",
    field="representative_street",
)
def the_representative_can_be_written_to(facts: Represented) -> bool:
    return not facts.represented or facts.representatives_have_address

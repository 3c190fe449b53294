"""When the municipality's guarantee for an owner's lease can end (R-1-6, R-1-62, R-1-63)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad import dates
from bostad.casework.conditions import condition
from referrals.rules import HELSINGBORG

if TYPE_CHECKING:
    from referrals.facts import ReferralFacts


@condition(
    "R-1-6",
    "Garantin kan avslutas först när hushållet har visat skötsamhet. Skriv vad som visar det.",
    source=HELSINGBORG + "87–89",
    field="orderly",
)
def the_household_has_been_orderly(facts: ReferralFacts) -> bool:
    return "orderly" in facts.guarantee_shown


@condition(
    "R-1-6",
    "Garantin kan avslutas först när hyran har betalats i tid. Skriv vad som visar det.",
    source=HELSINGBORG + "87–89",
    field="paid",
)
def the_rent_was_paid_in_time(facts: ReferralFacts) -> bool:
    return "paid" in facts.guarantee_shown


@condition(
    "R-1-6",
    "Garantin kan avslutas först när lägenheten har vårdats. Skriv vad som visar det.",
    source=HELSINGBORG + "87–89",
    field="cared",
)
def the_flat_was_cared_for(facts: ReferralFacts) -> bool:
    return "cared" in facts.guarantee_shown


@condition(
    "R-1-63",
    "Garantin avslutas efter en dialog med ägaren: ange dag och med vem.",
    source=HELSINGBORG + "434–436",
    field="dialogue_on",
)
def the_owner_was_heard(facts: ReferralFacts) -> bool:
    day = facts.guarantee_dialogue_on
    return day is not None and day <= facts.today


@condition(
    "R-1-62",
    lambda facts: (
        f"Garantin gäller minst ett år från inflyttningen, till och med {dates.day_with_year(facts.guarantee_year_to)}."
        if facts.guarantee_year_to
        else "Garantin har inte börjat."
    ),
    source=HELSINGBORG + "434–435",
    field="ended_on",
    plainly="Garantin gäller minst ett år från inflyttningen.",
)
def the_guarantee_has_run_a_year(facts: ReferralFacts) -> bool:
    year, ended = facts.guarantee_year_to, facts.guarantee_ended_on
    return year is not None and ended is not None and year <= ended

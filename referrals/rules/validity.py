"""How long a referral holds, and what ends it (R-1-34 to R-1-37). An extension is a decision, never an edit of a date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bostad import dates
from bostad.casework.conditions import condition
from referrals.rules import HELSINGBORG
from referrals.valid_time import VALID_MONTHS

if TYPE_CHECKING:
    from referrals.facts import ReferralFacts


@condition(
    "R-1-34",
    lambda facts: (
        f"Remissen slutade gälla den {dates.day_with_year(facts.valid_to)}."
        if facts.valid_to
        else "Remissen är inte registrerad."
    ),
    source=HELSINGBORG + "323",
    plainly="Remissen gäller ett år. Därefter upphör den.",
)
def the_referral_is_valid(facts: ReferralFacts) -> bool:
    """The property department's own households have no referral, and so no year that ends."""
    return facts.is_own or (facts.valid_to is not None and facts.today <= facts.valid_to)


@condition(
    "R-1-34",
    lambda facts: (
        f"Remissen gäller till och med {dates.day_with_year(facts.valid_to)}."
        if facts.valid_to
        else "Ett eget hushåll har ingen remiss vars tid tar slut."
    ),
    source=HELSINGBORG + "323",
    plainly="Remissen gäller fortfarande.",
)
def the_year_is_over(facts: ReferralFacts) -> bool:
    return facts.valid_to is not None and facts.valid_to < facts.today


@condition(
    "R-1-35",
    "Remissen har redan förlängts så många gånger som riktlinjerna medger.",
    source=HELSINGBORG + "324–325",
)
def it_may_be_extended_again(facts: ReferralFacts) -> bool:
    return facts.extensions < facts.setting("referrals.max_extensions")


@condition(
    "R-1-34",
    lambda facts: (
        f"Remissen gäller till och med {dates.day_with_year(facts.valid_to)}. "
        f"Frågan om förlängning kommer tidigast den {dates.day_with_year(_asked_from(facts))}."
    ),
    source=HELSINGBORG + "323–325",
    plainly="Det är långt kvar av remissens tid. Frågan om förlängning kommer senare.",
)
def the_extension_is_asked_for(facts: ReferralFacts) -> bool:
    return facts.valid_to is None or _asked_from(facts) <= facts.today


def _asked_from(facts: ReferralFacts) -> date:
    first = min(facts.setting("referrals.warning_months"), default=0)
    return dates.add_months(facts.valid_to, first - VALID_MONTHS)


@condition("R-1-35", "Förlängningen kräver ett eget beslut.", source=HELSINGBORG + "324–325", field="motivation")
def the_extension_is_decided(facts: ReferralFacts) -> bool:
    return facts.extension_decided


@condition(
    "R-1-37",
    "Att rätten upphör är ett beslut, som den enskilde kan överklaga.",
    source=HELSINGBORG + "326–331",
    field="motivation",
)
def the_cessation_is_decided(facts: ReferralFacts) -> bool:
    return facts.cessation_decided_on is not None

"""Drawn up, signed for the municipality, posted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bostad.casework.conditions import condition
from contracts.rules.words import SEED, in_order, kr
from contracts.states import CategoryAnswer, HousingForm

if TYPE_CHECKING:
    from contracts.facts import ContractFacts


@condition("R-0-24", "Det finns ingen godkänd mall för boendeformen.", source=SEED + "20")
def an_approved_template_exists(facts: ContractFacts) -> bool:
    return facts.template_is_approved


@condition("R-4-18", "Ange en hyra som är högre än noll.", source="Stockholm, rad 260–264", field="rent")
def the_lease_has_a_rent(facts: ContractFacts) -> bool:
    return facts.rent is not None and facts.rent > 0


@condition("R-4-18", "Ange uppsägningstiden i månader.", source="Stockholm, rad 260–264", field="notice_months")
def the_lease_has_a_notice_time(facts: ContractFacts) -> bool:
    return facts.notice_months > 0


@condition(
    "R-4-6", "En jourlägenhet hyrs ut för en kort tid. Ange slutdatum.", source="Stockholm, rad 118", field="term_to"
)
def an_emergency_let_has_an_end(facts: ContractFacts) -> bool:
    return facts.form != HousingForm.EMERGENCY or facts.term_to is not None


@condition(
    "R-4-18",
    "Hyrestidens sista dag ska vara efter inflyttningsdagen.",
    source="Stockholm, rad 260–264",
    field="term_to",
)
def the_term_ends_after_it_begins(facts: ContractFacts) -> bool:
    return facts.term_to is None or facts.move_in_on is None or facts.term_to > facts.move_in_on


@condition(
    "R-4-18",
    "Hyrestiden är redan slut. Ange en sista dag som inte har varit.",
    source="Stockholm, rad 260–264",
    field="term_to",
)
def the_term_is_not_over(facts: ContractFacts) -> bool:
    """Where the term ends before it begins that alone is said."""
    return facts.term_to is None or facts.today <= facts.term_to or not the_term_ends_after_it_begins.holds(facts)


@condition(
    "R-1-81",
    "Bostaden är inhyrd, men inget inhyrningsavtal gäller på inflyttningsdagen.",
    source="Helsingborg, rad 77–81",
)
def a_rented_dwelling_has_a_head_lease(facts: ContractFacts) -> bool:
    return facts.has_head_lease or not facts.is_sublet


@condition(
    "JB 12:55",
    "Kommunens egen hyra är inte registrerad. Kontrollera själv att hyran inte är högre än den.",
    source="JB 12:55 fjärde stycket",
    field="rent",
)
def the_head_rent_is_known(facts: ContractFacts) -> bool:
    return not facts.is_sublet or facts.head_rent is not None


def _ceiling(facts: ContractFacts) -> str:
    return f"Hyran är högre än kommunens egen hyra, {kr(facts.head_rent)}. En andrahandshyra får inte vara högre."


@condition(
    "JB 12:55",
    _ceiling,
    plainly="Andrahandshyran får inte vara högre än kommunens egen hyra.",
    source="JB 12:55 fjärde stycket",
    field="rent",
)
def the_rent_is_not_above_the_head_rent(facts: ContractFacts) -> bool:
    return not facts.is_sublet or None in (facts.head_rent, facts.rent) or facts.rent <= facts.head_rent


def _furniture(facts: ContractFacts) -> str:
    highest = kr(furniture_ceiling(facts))
    return f"Tillägget för möbler får vara högst {facts.furniture_max_percent} procent av kommunens hyra, {highest}."


@condition(
    "JB 12:55",
    _furniture,
    plainly="Tillägget för möbler får inte vara högre än den procent av hyran som lagen tillåter.",
    source="JB 12:55 fjärde stycket",
    field="furniture_rent",
)
def the_furniture_supplement_is_within_bounds(facts: ContractFacts) -> bool:
    if not facts.is_sublet or facts.head_rent is None:
        return True
    return facts.furniture_rent <= furniture_ceiling(facts)


def furniture_ceiling(facts: ContractFacts) -> Decimal:
    return (facts.head_rent * facts.furniture_max_percent / 100).quantize(Decimal("0.01"))


@condition(
    "JB 12:55",
    "Säg vad tillägget avser. Andra förmåner får bara kosta det de kostar kommunen.",
    source="JB 12:55 fjärde stycket",
    field="other_rent_for",
)
def other_supplements_are_named(facts: ContractFacts) -> bool:
    return facts.other_rent == 0 or facts.other_rent_is_named


def can_be_written(facts: ContractFacts) -> bool:
    """No paper says that a term ends before it begins, or leaves open what a supplement is for: then there is none."""
    return the_term_ends_after_it_begins.holds(facts) and other_supplements_are_named.holds(facts)


@condition("R-0-12", "De två originalen framställs. Sidan visar när de är klara.", source=SEED + "65")
def the_papers_are_ready(facts: ContractFacts) -> bool:
    return facts.papers_are_ready


@condition("R-0-12", "Originalen är inte utskrivna.", source=SEED + "65", meet_at="print")
def the_papers_are_printed(facts: ContractFacts) -> bool:
    return facts.papers_are_printed


@condition("R-0-12", "Den som undertecknar saknar delegation den dagen.", source=SEED + "65", field="signer")
def the_signer_has_delegation(facts: ContractFacts) -> bool:
    return facts.signer_has_delegation


@condition(
    "R-0-12", "Inget av originalen är undertecknat för kommunen.", source=SEED + "65", meet_at="sign_for_municipality"
)
def both_originals_are_signed_for_the_municipality(facts: ContractFacts) -> bool:
    return facts.municipality_signed_on is not None


@condition(
    "R-0-14",
    "Kategoribilagan är inte undertecknad för kommunen.",
    source=SEED + "67, 72",
    meet_at="sign_for_municipality",
)
def the_category_annex_is_signed_for_the_municipality(facts: ContractFacts) -> bool:
    return facts.category in ("", CategoryAnswer.NONE) or facts.category_annex_signed_for_municipality


@condition("R-0-14", "Kategoribilagan saknas bland bladen.", source=SEED + "67, 72")
def a_category_contract_has_its_annex(facts: ContractFacts) -> bool:
    return not can_be_written(facts) or facts.has_category_annex == (facts.category not in ("", CategoryAnswer.NONE))


@condition("R-0-18", "Elbilagan ska följa med när el inte ingår i grundhyran, och bara då.", source=SEED + "76")
def the_electricity_annex_goes_with_the_contract(facts: ContractFacts) -> bool:
    return not can_be_written(facts) or facts.has_electricity_annex != facts.electricity_included


@condition("R-0-13", "Ange dagen då kontrakten postades.", source=SEED + "67", field="posted_on")
def the_posting_has_a_date(facts: ContractFacts) -> bool:
    return facts.dispatched_on is not None


@condition(
    "R-0-13",
    "Postningen kan inte vara före kommunens underskrift eller efter idag.",
    source=SEED + "67",
    field="posted_on",
)
def the_posting_comes_after_the_signature(facts: ContractFacts) -> bool:
    return in_order(facts.municipality_signed_on, facts.dispatched_on, facts.today)

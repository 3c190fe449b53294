"""Registration and order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad.casework.conditions import condition
from contracts.rules.words import SEED
from contracts.states import CARE, SUPPORTED, CategoryAnswer, HousingForm

if TYPE_CHECKING:
    from contracts.facts import ContractFacts


@condition(
    "R-0-1", "Bostaden får inte hyras ut i den boendeformen.", source=SEED + "13", field="dwelling", meet_at="edit"
)
def dwelling_serves_the_form(facts: ContractFacts) -> bool:
    return facts.dwelling_serves_form


@condition(
    "R-0-2",
    "Inget beviljat biståndsbeslut är registrerat.",
    source=SEED + "26",
    meet_at="edit",
    field="decision_number",
)
def a_grant_opens_the_dwelling(facts: ContractFacts) -> bool:
    return facts.grant_is_granted or facts.form == HousingForm.MUNICIPAL


@condition(
    "R-0-2",
    "Biståndsbeslutet gäller inte på inflyttningsdagen.",
    source=SEED + "26",
    meet_at="edit",
    field="decided_on",
)
def the_grant_is_valid_at_move_in(facts: ContractFacts) -> bool:
    """Asked of a grant that is there: where none is, another rule says so."""
    if not facts.grant_is_granted or facts.form == HousingForm.MUNICIPAL:
        return True
    return facts.grant_is_valid_at_move_in


@condition(
    "R-1-51",
    "Erbjudandet som kontraktet bygger på gäller inte längre. Återkalla kontraktet.",
    source="Helsingborg, rad 387–406",
)
def the_offer_still_holds(facts: ContractFacts) -> bool:
    """The right may have ceased, or the offer been taken back, while the contract was under way."""
    return not facts.offer_lapsed


@condition("R-4-14", "Biståndsbeslutet är taget efter kontraktet.", source="Stockholm, rad 46", meet_at="edit")
def the_decision_comes_before_the_lease(facts: ContractFacts) -> bool:
    if facts.form not in SUPPORTED or not facts.has_grant:
        return True
    return None not in (facts.grant_decided_on, facts.contract_on) and facts.grant_decided_on <= facts.contract_on


@condition(
    "R-4-14",
    "Inget beviljat beslut om boendeformen med det numret och den dagen finns här för hyresgästen. Fatta beslutet, eller rätta det.",
    source="Stockholm, rad 46",
    meet_at="edit",
    field="decision_number",
)
def the_decision_stands_here(facts: ContractFacts) -> bool:
    return not facts.is_decided_here or facts.decision_is_found


@condition(
    "R-4-15", "Planen för boendet saknas. Den upprättas i utredningen före kontraktet.", source="Stockholm, rad 64"
)
def the_plan_stands_here(facts: ContractFacts) -> bool:
    return not facts.is_decided_here or facts.plan_is_found


@condition(
    "R-1-3",
    "Ange vilket hushåll som är beslutat, eller FF:s egen grund.",
    source="Helsingborg, rad 78",
    meet_at="edit",
    field="municipal_ground",
)
def the_household_was_decided_beforehand(facts: ContractFacts) -> bool:
    return facts.has_municipal_ground or facts.form != HousingForm.MUNICIPAL


@condition("R-0-3", "Bostaden drivs av en annan utförare.", source=SEED + "30", field="dwelling")
def the_dwelling_is_the_providers_own(facts: ContractFacts) -> bool:
    return facts.dwelling_is_providers or facts.form not in CARE


@condition(
    "R-0-4",
    "Bostaden är upptagen under den tiden. Välj en annan bostad eller ett annat datum.",
    source=SEED + "35",
    meet_at="edit",
    field="dwelling",
)
def holds_the_dwelling(facts: ContractFacts) -> bool:
    """R-0-22 as well: the occupancy's exclusion constraint stands behind this."""
    return facts.holds_dwelling and not facts.dwelling_is_withdrawn


@condition("R-0-22", "Flera hyresgäster på ett kontrakt kräver parboende.", source=SEED + "35, 46", meet_at="edit")
def several_tenants_only_as_a_couple(facts: ContractFacts) -> bool:
    return facts.form not in CARE or facts.tenants <= 1 or facts.category == CategoryAnswer.COUPLE


@condition(
    "R-0-5",
    "Hyresgästens förnamn, efternamn och personnummer saknas.",
    source=SEED + "43",
    meet_at="edit",
    field="personnummer",
)
def tenants_are_named_and_numbered(facts: ContractFacts) -> bool:
    return facts.tenants > 0 and facts.tenants_with_number == facts.tenants


@condition(
    "FB 9:1",
    "En hyresgäst är under 18 år, och ingen vårdnadshavare eller god man är registrerad som företrädare. Den som är "
    "underårig kan inte ingå avtalet utan förmyndarens samtycke.",
    source="föräldrabalken 9 kap. 1 §",
    meet_at="edit",
    field="representative",
)
def a_minor_has_somebody_who_consents(facts: ContractFacts) -> bool:
    """Told and not refused: a consent may have been given on paper by somebody who is not registered."""
    return facts.minors_alone == 0


@condition(
    "R-0-6", "Hyresobjektets beteckning och adress saknas.", source=SEED + "44", meet_at="edit", field="dwelling"
)
def the_object_has_designation_and_address(facts: ContractFacts) -> bool:
    return facts.has_dwelling and facts.dwelling_has_address


@condition("R-0-8", "Svara på om det är ett kategoriboende.", source=SEED + "46", field="category")
def the_category_is_answered(facts: ContractFacts) -> bool:
    return facts.category in CategoryAnswer.values


@condition("R-0-8", "Bostaden är inte avsatt för den kategorin.", source=SEED + "46", field="category")
def the_dwelling_allows_the_category(facts: ContractFacts) -> bool:
    return facts.category in ("", CategoryAnswer.NONE) or facts.category_is_allowed


@condition(
    "R-0-9", "Ange beställarens namn och postadress. Dit skickas kontraktet.", source=SEED + "48", field="street"
)
def the_orderer_has_a_postal_address(facts: ContractFacts) -> bool:
    return facts.order_has_address


@condition("R-0-10", "Beställningen saknar beställarens kontaktuppgifter.", source=SEED + "96–102", field="phone")
def the_order_has_contact_details(facts: ContractFacts) -> bool:
    """Subject and matter type are fixed by a check constraint on `Order`."""
    return facts.ordered_on is not None


@condition(
    "R-0-11", "Bekräfta att kontraktet är korrekt ifyllt för hyresgästen.", source=SEED + "91", field="confirmed"
)
def the_orderer_has_confirmed(facts: ContractFacts) -> bool:
    return facts.order_is_confirmed


@condition("R-0-25", "Förvaltningen har ingen kö som tar emot beställningar.", source=SEED + "39, 97")
def the_order_has_a_queue(facts: ContractFacts) -> bool:
    return facts.queue_unit_id is not None


@condition(
    "R-0-15", "Företrädarens behörighet gäller inte.", source=SEED + "70", meet_at="edit", field="authority_reference"
)
def the_representative_has_authority(facts: ContractFacts) -> bool:
    return not facts.represented or facts.authority_holds


@condition(
    "R-0-15",
    "Företrädarens adress saknas. Den står på kontraktet.",
    source=SEED + "70",
    meet_at="edit",
    field="representative_street",
)
def the_representative_has_an_address(facts: ContractFacts) -> bool:
    return not facts.represented or facts.representatives_have_address


@condition(
    "R-0-5",
    "Namnet i beställningen skiljer sig från det som är registrerat på personnumret. Kontrollera det.",
    source=SEED + "43",
)
def names_agree(facts: ContractFacts) -> bool:
    return not facts.names_differ


@condition(
    "R-0-5",
    "Personnumret är registrerat på ett annat namn. Kontrollera det med beställaren innan något utfärdas.",
    source=SEED + "43",
)
def a_protected_number_has_its_own_name(facts: ContractFacts) -> bool:
    """A mistyped number may be a protected person's: then no paper leaves the house with that person on it."""
    return not (facts.is_restricted and facts.names_differ)


@condition(
    "R-0-22", "Hyresgästen har redan en bostad hos förvaltningen. Kontrollera att den är uppsagd.", source=SEED + "35"
)
def the_tenant_has_no_other_tenancy(facts: ContractFacts) -> bool:
    return not facts.has_other_tenancy

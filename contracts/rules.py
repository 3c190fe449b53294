"""The routine for sublet contracts, rule by rule (seed 0, Linköping), and the lease law around it (JB 12 kap.).

Each rule is one question to the facts and the sentence that is shown when the answer is no. The steps in
`models/contract.py` say where each is asked.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bostad import dates
from bostad.casework.conditions import condition
from contracts.states import BEFORE_ISSUE, CARE, CategoryAnswer, HousingForm, NoticeBy

if TYPE_CHECKING:
    from datetime import date

    from contracts.facts import ContractFacts

SEED = "Linköping, rad "
SECURITY_AFTER_MONTHS = 24  # JB 12:45 första stycket 1

# --- registration and order ----------------------------------------------------------------------------------------


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
    return facts.grant_is_valid_at_move_in or facts.form == HousingForm.MUNICIPAL


@condition("R-4-14", "Biståndsbeslutet är taget efter kontraktet.", source="Stockholm, rad 46", meet_at="edit")
def the_decision_comes_before_the_lease(facts: ContractFacts) -> bool:
    if facts.form not in (HousingForm.TRIAL, HousingForm.TRAINING, HousingForm.EMERGENCY):
        return True
    return None not in (facts.grant_decided_on, facts.contract_on) and facts.grant_decided_on <= facts.contract_on


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


# --- issue, sign, post ---------------------------------------------------------------------------------------------


@condition("R-0-24", "Det finns ingen godkänd mall för boendeformen.", source=SEED + "20")
def an_approved_template_exists(facts: ContractFacts) -> bool:
    return facts.template_is_approved


@condition("R-4-18", "Ange hyra, hyrestid och uppsägningstid.", source="Stockholm, rad 260–264", field="rent")
def the_lease_has_its_terms(facts: ContractFacts) -> bool:
    return facts.rent is not None and facts.rent > 0 and facts.notice_months > 0


@condition(
    "R-4-6", "En jourlägenhet hyrs ut för en kort tid. Ange slutdatum.", source="Stockholm, rad 118", field="term_to"
)
def an_emergency_let_has_an_end(facts: ContractFacts) -> bool:
    return facts.form != HousingForm.EMERGENCY or facts.term_to is not None


@condition("R-4-18", "Hyrestiden slutar innan den börjar.", source="Stockholm, rad 260–264", field="term_to")
def the_term_ends_after_it_begins(facts: ContractFacts) -> bool:
    return facts.term_to is None or facts.move_in_on is None or facts.term_to > facts.move_in_on


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
    return f"Hyran är högre än kommunens egen hyra, {_kr(facts.head_rent)}. En andrahandshyra får inte vara högre."


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
    highest = _kr(furniture_ceiling(facts))
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
    "R-0-12", "Båda originalen är inte undertecknade för kommunen.", source=SEED + "65", meet_at="sign_for_municipality"
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
    return facts.has_category_annex == (facts.category not in ("", CategoryAnswer.NONE))


@condition("R-0-18", "Elbilagan ska följa med när el inte ingår i grundhyran, och bara då.", source=SEED + "76")
def the_electricity_annex_goes_with_the_contract(facts: ContractFacts) -> bool:
    return facts.has_electricity_annex != facts.electricity_included


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
    return _in_order(facts.municipality_signed_on, facts.dispatched_on, facts.today)


# --- receipt, signatures, return -----------------------------------------------------------------------------------


@condition(
    "R-0-26",
    "Utföraren har inte bekräftat att båda originalen kommit fram.",
    source=SEED + "70–72",
    meet_at="acknowledge_receipt",
)
def the_provider_has_both_originals(facts: ContractFacts) -> bool:
    return facts.received_by_provider_on is not None


@condition(
    "R-0-26", "Mottagandet kan inte vara före postningen eller efter idag.", source=SEED + "70–72", field="received_on"
)
def the_receipt_comes_after_the_posting(facts: ContractFacts) -> bool:
    return _in_order(facts.dispatched_on, facts.received_by_provider_on, facts.today)


@condition(
    "R-0-15",
    "Alla hyresgäster, eller deras företrädare, ska underteckna båda originalen.",
    source=SEED + "70",
    meet_at="record_signatures",
)
def both_originals_are_signed_by_every_tenant(facts: ContractFacts) -> bool:
    return facts.both_originals_signed


@condition(
    "R-0-14",
    "Kategoribilagan ska också undertecknas av hyresgästen eller företrädaren.",
    source=SEED + "67, 72",
    meet_at="record_signatures",
)
def the_category_annexes_are_signed(facts: ContractFacts) -> bool:
    return facts.category in ("", CategoryAnswer.NONE) or facts.category_annexes_signed


@condition(
    "R-0-26",
    "Hyresgästen undertecknar efter kommunen: datumet är för tidigt, eller efter idag.",
    source=SEED + "70–72",
    field="signed_on",
)
def the_municipality_signed_first(facts: ContractFacts) -> bool:
    begun = facts.received_by_provider_on or facts.municipality_signed_on
    return _in_order(begun, facts.first_signed_on, facts.tenant_signed_on, facts.today)


@condition("R-0-16", "Hyresgästens original är inte överlämnat.", source=SEED + "73", meet_at="hand_over_original")
def the_tenants_original_is_handed_over(facts: ContractFacts) -> bool:
    return facts.handed_over_on is not None or facts.tenant_original_settled_on is not None


@condition(
    "R-0-16",
    "Överlämnandet kan inte vara före underskriften eller efter idag.",
    source=SEED + "73",
    field="handed_over_on",
)
def the_hand_over_comes_after_the_signature(facts: ContractFacts) -> bool:
    return _in_order(facts.tenant_signed_on, facts.handed_over_on, facts.today)


@condition(
    "R-0-17",
    "Avsändningen kan inte vara före underskriften eller efter idag.",
    source=SEED + "73",
    field="sent_back_on",
)
def the_return_comes_after_the_signature(facts: ContractFacts) -> bool:
    return _in_order(facts.tenant_signed_on, facts.sent_back_on, facts.today)


@condition("R-0-17", "Kommunens original är inte åter.", source=SEED + "73", meet_at="receive_sheet")
def the_municipal_original_is_archived(facts: ContractFacts) -> bool:
    return facts.municipal_original_settled_on is not None


@condition("R-0-14", "Kommunens kategoribilaga är inte åter.", source=SEED + "67, 72", meet_at="receive_sheet")
def the_municipal_annexes_are_archived(facts: ContractFacts) -> bool:
    return facts.annexes_archived


@condition(
    "JB 12:39",
    "Fastighetsägaren är inte underrättad om upplåtelsen. Det ska ske genast.",
    source="JB 12:39 tredje stycket",
    meet_at="notify_owner",
)
def the_owner_is_notified(facts: ContractFacts) -> bool:
    return not facts.is_sublet or facts.owner_notified_on is not None


# --- term and security of tenure -------------------------------------------------------------------------------------


@condition(
    "JB 12:3",
    "Hyrestiden är längre än nio månader. Avtalet slutar inte av sig självt utan måste sägas upp, annars löper det tills vidare.",
    source="JB 12:3 andra stycket",
    field="term_to",
)
def the_term_ends_by_itself(facts: ContractFacts) -> bool:
    if facts.term_to is None or facts.move_in_on is None or facts.term_to < facts.move_in_on:
        return True
    return not dates.tenancy_exceeds_nine_months(tenancy_since(facts), facts.term_to)


def tenancy_since(facts: ContractFacts) -> date | None:
    """The first day of the tenancy: an earlier contract's, where this one went on from it without a day between."""
    return facts.in_a_row_since or facts.move_in_on


@condition("JB 12:3", "Hyrestiden har inte gått ut.", source="JB 12:3 andra stycket")
def the_term_has_run_out(facts: ContractFacts) -> bool:
    return facts.term_to is not None and facts.term_to < facts.today


@condition(
    "JB 12:3",
    "Hyrestiden är nio månader eller kortare. Avtalet slutade av sig självt: registrera avflyttningen, eller uppmana "
    "hyresgästen att flytta. Bor hyresgästen kvar en månad utan uppmaning löper avtalet tills vidare.",
    source="JB 12:3 andra och tredje styckena",
)
def the_tenancy_goes_on(facts: ContractFacts) -> bool:
    """A longer term than nine months in a row does at once, a shorter one when the tenant has stayed a month."""
    if facts.term_to is None:
        return False
    return not the_term_ends_by_itself.holds(facts) or facts.today > dates.add_months(facts.term_to, 1)


@condition(
    "JB 12:3",
    "Hyrestiden går inte ut av sig själv: den är längre än nio månader, eller så löper avtalet tills vidare.",
    source="JB 12:3 andra stycket",
    field="notice_by",
)
def only_a_short_term_ends_without_notice(facts: ContractFacts) -> bool:
    if facts.notice_by != NoticeBy.TERM:
        return True
    return facts.term_to is not None and the_term_ends_by_itself.holds(facts)


@condition(
    "JB 12:45",
    "Bostaden är inhyrd tillsammans med minst två till. Hyresgästen har besittningsskydd från första dagen, om det inte har avståtts från.",
    source="JB 12:45 andra stycket",
)
def no_security_from_the_first_day(facts: ContractFacts) -> bool:
    return not (facts.is_sublet and facts.is_block_let) or waiver_holds(facts)


@condition(
    "JB 12:45",
    "Bostaden är kommunens egen. Uthyrningen är i första hand och hyresgästen har besittningsskydd.",
    source="JB 12:45",
)
def the_let_is_second_hand(facts: ContractFacts) -> bool:
    return facts.is_sublet


@condition(
    "JB 12:45",
    "När hyrestiden slutar har den varat i mer än två år i följd. Hyresgästen har besittningsskydd.",
    source="JB 12:45 första stycket 1",
)
def no_security_after_two_years(facts: ContractFacts) -> bool:
    """Asked of the day on which the tenancy ends, where that is known: a notice in the 22nd month comes too late."""
    if not facts.is_sublet or facts.is_block_let:
        return True  # it has been there from the first day, and another rule says so
    ends = max(facts.today, facts.lawful_end_on or facts.today)
    return not security_exists_on(facts, ends) or waiver_holds(facts)


def security_exists_on(facts: ContractFacts, day: date) -> bool:
    """Whether a tenancy that ends that day gives a right to extension, but for a waiver (JB 12:45).

    A second-hand let does when it has lasted more than two years in a row; a block let, and a let of the municipality's
    own dwelling, when it begins.
    """
    if facts.move_in_on is None or day < facts.move_in_on:
        return False
    if not facts.is_sublet or facts.is_block_let:
        return True
    return dates.tenancy_exceeds_nine_months(tenancy_since(facts), day, months=SECURITY_AFTER_MONTHS)


def waiver_holds(facts: ContractFacts) -> bool:
    """Whether the tenant has waived that right in a way that counts today (JB 12:45 a)."""
    if facts.waiver_signed_on is None or not the_waiver_is_approved_or_written_later.holds(facts):
        return False
    return facts.waiver_valid_to is None or facts.today <= facts.waiver_valid_to


@condition(
    "JB 12:4",
    "Uppsägningstiden är kortare än tre månader. Den korta tiden gäller bara till hyresgästens fördel.",
    source="JB 12:4, 12:5",
    field="notice_months",
)
def the_notice_time_is_three_months(facts: ContractFacts) -> bool:
    return facts.notice_months >= 3


@condition(
    "JB 12:45 a",
    "Avståendet behöver hyresnämndens godkännande: det är skrivet innan hyresgästen fick rätt till förlängning.",
    source="JB 12:45 a",
    field="tribunal_number",
)
def the_waiver_is_approved_or_written_later(facts: ContractFacts) -> bool:
    if facts.waiver_signed_on is None:
        return False
    return facts.waiver_approved_on is not None or security_exists_on(facts, facts.waiver_signed_on)


@condition(
    "JB 12:45 a",
    "Make eller sambo som bor i bostaden ska också godkänna avståendet.",
    source="JB 12:45 a",
    field="spouse_accepts",
)
def the_spouse_accepts_the_waiver(facts: ContractFacts) -> bool:
    if facts.waiver_spouse_accepts is None:
        return facts.tenants < 2
    return facts.waiver_spouse_accepts


# --- notice and moving out -------------------------------------------------------------------------------------------


@condition("R-0-19", "Ange uppsägningsdatum, planerad utflyttning och orsak.", source=SEED + "79", field="notice_on")
def the_notice_is_complete(facts: ContractFacts) -> bool:
    return facts.notice_on is not None and facts.planned_move_out_on is not None and bool(facts.end_reason)


@condition("R-0-19", "Uppsägningen kan inte vara efter idag.", source=SEED + "79", field="notice_on")
def the_notice_is_not_in_the_future(facts: ContractFacts) -> bool:
    return facts.notice_on is None or facts.notice_on <= facts.today


@condition("R-0-19", "Utflyttningen kan inte vara före uppsägningen.", source=SEED + "79", field="planned_move_out_on")
def the_planned_move_out_is_not_before_notice(facts: ContractFacts) -> bool:
    return None in (facts.notice_on, facts.planned_move_out_on) or facts.planned_move_out_on >= facts.notice_on


@condition(
    "JB 12:5",
    "Dödsboet kan säga upp med en månads uppsägningstid inom en månad från dödsfallet. Nu gäller tre månader.",
    source="JB 12:5 andra stycket",
)
def the_estate_gave_notice_within_a_month(facts: ContractFacts) -> bool:
    if facts.notice_by != NoticeBy.ESTATE or None in (facts.died_on, facts.notice_on):
        return True
    return facts.notice_on <= dates.death_notice_deadline(facts.died_on)


@condition(
    "JB 12:5", "Ange dödsdagen. Den kan inte vara efter uppsägningen.", source="JB 12:5 andra stycket", field="died_on"
)
def an_estate_has_a_day_of_death(facts: ContractFacts) -> bool:
    if facts.notice_by != NoticeBy.ESTATE:
        return True
    return facts.died_on is not None and (facts.notice_on is None or facts.died_on <= facts.notice_on)


def _too_early(facts: ContractFacts) -> str:
    return f"Hyrestiden slutar enligt lag tidigast {dates.day_with_year(facts.lawful_end_on)}. Kommunen kan inte säga upp till en tidigare dag."


@condition(
    "JB 12:4",
    _too_early,
    plainly="Kommunen kan inte säga upp till en tidigare dag än lagen ger.",
    source="JB 12:4",
    field="agreed_end_on",
)
def the_municipality_keeps_the_notice_time(facts: ContractFacts) -> bool:
    if facts.notice_by != NoticeBy.MUNICIPALITY or None in (facts.agreed_end_on, facts.lawful_end_on):
        return True
    return facts.agreed_end_on >= facts.lawful_end_on


@condition(
    "JB 12:5",
    "Den andra hyresgästen lever. Dödsboet kan inte säga upp bostaden för den som bor kvar: registrera dödsfallet, "
    "och en uppsägning från den som bor kvar om bostaden ska lämnas.",
    source="JB 12:5 andra stycket",
    field="notice_by",
)
def an_estate_gives_notice_when_nobody_is_left(facts: ContractFacts) -> bool:
    return facts.notice_by != NoticeBy.ESTATE or facts.tenants_dead >= facts.tenants


@condition(
    "R-0-19",
    "Den överenskomna sista dagen kan inte vara före uppsägningen eller inflyttningen.",
    source=SEED + "79",
    field="agreed_end_on",
)
def the_agreed_end_comes_after_the_notice(facts: ContractFacts) -> bool:
    if facts.agreed_end_on is None:
        return True
    return all(facts.agreed_end_on >= day for day in (facts.notice_on, facts.move_in_on) if day)


@condition(
    "JB 12:4",
    "Kommunens uppsägning kan inte dateras före idag. Tiden räknas från det att hyresgästen får den.",
    source="JB 12:4; 8:8",
    field="notice_on",
)
def the_municipalitys_notice_is_not_backdated(facts: ContractFacts) -> bool:
    return facts.notice_by != NoticeBy.MUNICIPALITY or facts.notice_on is None or facts.notice_on >= facts.today


@condition(
    "JB 8:8",
    "Uppsägningen är inte delgiven hyresgästen. Uppsägningstiden räknas från delgivningen.",
    source="JB 8:8",
    meet_at="record_service",
)
def the_municipalitys_notice_is_served(facts: ContractFacts) -> bool:
    served = facts.served_on is not None or facts.agreement_signed_on is not None
    return facts.notice_by != NoticeBy.MUNICIPALITY or served


@condition(
    "JB 8:8",
    "Delgivningen kan inte vara före uppsägningen eller efter idag.",
    source="JB 8:8",
    field="served_on",
)
def the_service_comes_after_the_notice(facts: ContractFacts) -> bool:
    return _in_order(facts.notice_on, facts.served_on, facts.today)


@condition(
    "R-0-19",
    "Uppsägningen kan inte vara före det att kontraktet utfärdades.",
    source=SEED + "79",
    field="notice_on",
)
def the_notice_comes_after_the_contract(facts: ContractFacts) -> bool:
    return None in (facts.notice_on, facts.issued_on) or facts.notice_on >= facts.issued_on


def _closes_too_early(facts: ContractFacts) -> str:
    return (
        f"Hyrestiden slutar enligt lag {dates.day_with_year(facts.lawful_end_on)}. "
        "En tidigare dag kräver att hyresgästen har undertecknat överenskommelsen."
    )


@condition(
    "JB 12:4",
    _closes_too_early,
    plainly="En hyresgäst som inte har undertecknat överenskommelsen har kvar bostaden till uppsägningstidens slut.",
    source="JB 12:4, 12:5",
    field="closing_on",
)
def the_tenancy_is_not_closed_before_its_time(facts: ContractFacts) -> bool:
    if None in (facts.closing_on, facts.lawful_end_on) or facts.agreement_signed_on is not None:
        return True
    return facts.closing_on >= facts.lawful_end_on


def _earlier_than_law(facts: ContractFacts) -> str:
    return f"Uppsägningstiden går ut {dates.day_with_year(facts.lawful_end_on)}. En tidigare dag gäller om båda är överens."


@condition(
    "JB 12:5",
    _earlier_than_law,
    plainly="En tidigare dag än uppsägningstidens slut gäller bara om båda är överens.",
    source="JB 12:4, 12:5",
)
def the_end_is_not_before_the_notice_time(facts: ContractFacts) -> bool:
    return None in (facts.agreed_end_on, facts.lawful_end_on) or facts.agreed_end_on >= facts.lawful_end_on


@condition(
    "R-4-17", "En uppsägning från kommunen är skriftlig och anger skälen.", source="Stockholm, rad 260", field="grounds"
)
def the_municipalitys_notice_has_grounds(facts: ContractFacts) -> bool:
    return facts.notice_by != NoticeBy.MUNICIPALITY or facts.notice_has_grounds


@condition(
    "R-4-20",
    "Biståndet gäller fortfarande. Att säga upp bostaden avslutar det inte: det kräver ett eget beslut.",
    source="Stockholm, rad 260–264",
    meet_at="end_grant",
)
def the_grant_is_settled(facts: ContractFacts) -> bool:
    return facts.form == HousingForm.MUNICIPAL or facts.grant_ended_on is not None or facts.grant_continues


@condition(
    "R-4-20",
    "Hyresavtalet gäller fortfarande. Att biståndet upphör avslutar inte hyresavtalet: det kräver en uppsägning.",
    source="Stockholm, rad 260–264; JB 12:1 femte stycket",
)
def the_tenancy_is_ended_too(facts: ContractFacts) -> bool:
    return facts.notice_on is not None


@condition(
    "R-0-20",
    "Överenskommelsen om avflyttning är inte undertecknad på hyresgästens original.",
    source=SEED + "81",
    meet_at="sign_move_out",
)
def the_move_out_agreement_is_signed(facts: ContractFacts) -> bool:
    return facts.agreement_signed_on is not None or facts.agreement_obstacle


@condition(
    "R-0-20", "Underskriften kan inte vara före uppsägningen eller efter idag.", source=SEED + "81", field="signed_on"
)
def the_agreement_is_signed_after_notice(facts: ContractFacts) -> bool:
    return _in_order(facts.notice_on, facts.agreement_first_signed_on, facts.agreement_signed_on, facts.today)


def _closes_too_late(facts: ContractFacts) -> str:
    return f"Avslutningsdatumet kan inte vara efter den {dates.day_with_year(last_possible_day(facts))}, då hyrestiden slutar."


@condition(
    "R-0-19",
    _closes_too_late,
    plainly="Avslutningsdatumet kan inte vara efter hyrestidens slut.",
    source=SEED + "79",
    field="closing_on",
)
def the_tenancy_is_not_closed_after_its_time(facts: ContractFacts) -> bool:
    """The end by law or by agreement, or the day of moving out where somebody stayed longer."""
    return None in (facts.closing_on, facts.lawful_end_on) or facts.closing_on <= last_possible_day(facts)


def last_possible_day(facts: ContractFacts) -> date:
    return max(day for day in (facts.lawful_end_on, facts.agreed_end_on, facts.moved_out_on) if day)


@condition("R-0-19", "Utflyttningen kan inte vara före inflyttningen.", source=SEED + "79", field="moved_out_on")
def nobody_moves_out_before_moving_in(facts: ContractFacts) -> bool:
    return None in (facts.moved_out_on, facts.move_in_on) or facts.moved_out_on >= facts.move_in_on


@condition("R-0-19", "Ange utflyttningsdatum, orsak och avslutningsdatum.", source=SEED + "79", field="moved_out_on")
def the_ending_is_complete(facts: ContractFacts) -> bool:
    return None not in (facts.moved_out_on, facts.closing_on) and bool(facts.end_reason)


@condition("R-0-19", "Utflyttningen kan inte vara före uppsägningen.", source=SEED + "79", field="moved_out_on")
def nobody_moves_out_before_notice(facts: ContractFacts) -> bool:
    return None in (facts.moved_out_on, facts.notice_on) or facts.moved_out_on >= facts.notice_on


@condition(
    "R-0-19",
    "Utflyttningen kan inte vara efter idag. Registrera den när den har skett.",
    source=SEED + "79",
    field="moved_out_on",
)
def the_move_out_has_happened(facts: ContractFacts) -> bool:
    return facts.moved_out_on is None or facts.moved_out_on <= facts.today


@condition("R-0-19", "Avslutningsdatumet kan inte vara före utflyttningen.", source=SEED + "79", field="closing_on")
def nothing_closes_before_moving_out(facts: ContractFacts) -> bool:
    return None in (facts.moved_out_on, facts.closing_on) or facts.closing_on >= facts.moved_out_on


@condition("R-4-19", "Svara på om någon egendom är kvarlämnad.", source="Stockholm, rad 264", field="left_property")
def it_is_known_if_property_was_left(facts: ContractFacts) -> bool:
    return facts.left_property is not None


@condition(
    "R-4-19",
    "Kvarlämnad egendom är inte förtecknad och beslutad.",
    source="Stockholm, rad 264",
    meet_at="record_property",
)
def property_left_behind_is_decided(facts: ContractFacts) -> bool:
    return facts.left_property is False or facts.property_decided


def _kept_too_short(facts: ContractFacts) -> str:
    months = facts.setting("contracts.property_keep_months")
    return f"Egendomen förvaras i minst {months} månader från den dag den hittades."


@condition(
    "R-4-19",
    _kept_too_short,
    plainly="Egendomen förvaras så länge som kommunen har bestämt, från den dag den hittades.",
    source="Stockholm, rad 264",
    field="keep_until",
)
def property_is_kept_long_enough(facts: ContractFacts) -> bool:
    if None in (facts.property_found_on, facts.property_keep_until):
        return True
    months = facts.setting("contracts.property_keep_months")
    return facts.property_keep_until >= dates.add_months(facts.property_found_on, months)


@condition(
    "R-4-19",
    "Ägaren kan inte ha underrättats innan egendomen hittades.",
    source="Stockholm, rad 264",
    field="notified_on",
)
def the_owner_of_property_is_told_when_it_is_found(facts: ContractFacts) -> bool:
    return None in (facts.property_found_on, facts.property_notified_on) or (
        facts.property_notified_on >= facts.property_found_on
    )


@condition("R-4-19", "Egendomen är inte förtecknad.", source="Stockholm, rad 264", meet_at="record_property")
def property_left_behind_is_listed(facts: ContractFacts) -> bool:
    return facts.property_recorded


@condition("R-0-21", "Hyresgästens original har inte kommit åter.", source=SEED + "82", meet_at="receive_sheet")
def the_tenants_original_is_archived(facts: ContractFacts) -> bool:
    return facts.tenant_original_settled_on is not None or facts.agreement_obstacle


@condition("R-0-27", "Debiteringen är inte meddelad.", source=SEED + "79–81", meet_at="notify_billing")
def billing_is_told(facts: ContractFacts) -> bool:
    return facts.billing_notified_on is not None and facts.last_charged_on is not None


@condition(
    "R-0-27",
    "Sista debiterade dag kan inte vara efter avslutningsdatumet.",
    source=SEED + "79–81",
    field="last_charged_on",
)
def nobody_is_charged_after_closing(facts: ContractFacts) -> bool:
    return None in (facts.last_charged_on, facts.closing_on) or facts.last_charged_on <= facts.closing_on


@condition(
    "R-0-27",
    "Sista debiterade dag kan inte vara före inflyttningen.",
    source=SEED + "79–81",
    field="last_charged_on",
)
def nobody_is_last_charged_before_moving_in(facts: ContractFacts) -> bool:
    return None in (facts.last_charged_on, facts.move_in_on) or facts.last_charged_on >= facts.move_in_on


@condition("R-0-19", "Avslutningsdatumet är inte passerat.", source=SEED + "79")
def the_closing_date_has_come(facts: ContractFacts) -> bool:
    return facts.closing_on is not None and facts.closing_on <= facts.today


@condition(
    "R-0-19",
    "Inflyttningsdagen har kommit. Har hyresgästen aldrig flyttat in beslutar chefen om återkallelsen; annars sägs avtalet upp.",
    source=SEED + "79–82",
)
def nobody_has_moved_in(facts: ContractFacts) -> bool:
    """Before anything is on paper there is nothing to end; after that only until the day of moving in."""
    return facts.state in BEFORE_ISSUE or facts.move_in_on is None or facts.move_in_on > facts.today


# --- taking the lease over -------------------------------------------------------------------------------------------


@condition("R-4-7", "En jourlägenhet kan aldrig tas över.", source="Stockholm, rad 118")
def an_emergency_flat_is_never_taken_over(facts: ContractFacts) -> bool:
    return facts.form != HousingForm.EMERGENCY


@condition(
    "R-4-5",
    "En träningslägenhet tas över bara i mycket speciella fall. Skriv skälen.",
    source="Stockholm, rad 110",
    field="special_reasons",
)
def a_training_flat_is_taken_over_for_special_reasons(facts: ContractFacts) -> bool:
    return facts.form != HousingForm.TRAINING or facts.takeover_has_reasons


@condition(
    "R-4-27", "Fastighetsägaren har inte godkänt övertagandet.", source="Stockholm, rad 173–179", field="owner_consents"
)
def the_owner_consents_to_the_takeover(facts: ContractFacts) -> bool:
    return facts.owner_consents


def _in_order(*days) -> bool:
    """Every day is known and none comes before the one to its left."""
    return None not in days and list(days) == sorted(days)


def _kr(amount: Decimal) -> str:
    whole = f"{amount:,.2f}".removesuffix(".00").replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return f"{whole}\N{NO-BREAK SPACE}kr"

"""One dwelling for one household: offered to the department, found suitable, shown, accepted, signed for (R-1-48 to R-1-53)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad import dates
from bostad.casework.conditions import condition
from referrals.rules import HELSINGBORG
from referrals.states import GUARANTEE_MONTHS, LIVE, LeaseForm, OfferState, OwnGround, Permit

if TYPE_CHECKING:
    from referrals.facts import ReferralFacts


@condition(
    "R-1-48",
    "Bostaden är inte ledig: någon bor där, eller så är den erbjuden någon annan.",
    source=HELSINGBORG + "352–354",
    field="dwelling",
)
def the_dwelling_is_free(facts: ReferralFacts) -> bool:
    return facts.dwelling_is_free


@condition(
    "R-1-1", "Bostaden kan inte lämnas i den form som remissen gäller.", source=HELSINGBORG + "77–86", field="dwelling"
)
def the_dwelling_serves_the_form(facts: ReferralFacts) -> bool:
    return facts.dwelling_serves_form


@condition(
    "R-1-85",
    "Ange FF:s egen grund: tidigare remitterad, eller kommunanvisad nyanländ med uppehållstillstånd.",
    source=HELSINGBORG + "267–273",
    field="own_ground",
)
def an_own_ground_is_recorded(facts: ReferralFacts) -> bool:
    permitted = facts.permit == Permit.PERMANENT or (facts.permit == Permit.TEMPORARY and facts.permit_to is not None)
    return facts.own_ground == OwnGround.FOLLOW_UP_ENDED or (
        facts.own_ground == OwnGround.ASSIGNED_NEWCOMER and permitted
    )


@condition(
    "R-1-85",
    lambda facts: (
        f"Uppehållstillståndet gällde till och med {dates.day_with_year(facts.permit_to)}."
        if facts.permit_to
        else "Uppehållstillståndets sista dag saknas."
    ),
    source=HELSINGBORG + "267–273",
    meet_at="renew_permit",
    plainly="Uppehållstillståndet har gått ut.",
)
def the_permit_has_not_ended(facts: ReferralFacts) -> bool:
    return facts.permit != Permit.TEMPORARY or (facts.permit_to is not None and facts.today <= facts.permit_to)


@condition(
    "R-1-85",
    lambda facts: (
        f"Uppehållstillståndet gäller till och med {dates.day_with_year(facts.permit_to)}, "
        f"och bostaden är ledig först {dates.day_with_year(facts.offer_free_from)}."
        if facts.permit_to and facts.offer_free_from
        else "Bostaden är ledig först när uppehållstillståndet har gått ut."
    ),
    source=HELSINGBORG + "267–273",
    field="free_from",
    plainly="Bostaden är ledig först när uppehållstillståndet har gått ut.",
)
def the_home_is_free_while_the_permit_lasts(facts: ReferralFacts) -> bool:
    if facts.permit != Permit.TEMPORARY or facts.offer_free_from is None:
        return True
    return facts.permit_to is not None and facts.offer_free_from <= facts.permit_to


@condition(
    "R-1-85",
    "Ange anvisningens beteckning, eller numret på det tidigare ärendet.",
    source=HELSINGBORG + "267–273",
    field="assignment_reference",
)
def the_own_ground_can_be_traced(facts: ReferralFacts) -> bool:
    return facts.own_ground_is_referenced


@condition(
    "R-1-45",
    "Bostaden passar inte det som remissen anger. Skriv varför den erbjuds ändå, eller välj en annan.",
    source=HELSINGBORG + "351",
    field="despite",
)
def a_misfit_has_a_reason(facts: ReferralFacts) -> bool:
    """A barred area, another size, no lift: an offer despite of that is a decision that says why."""
    return not facts.misfits or facts.misfit_has_reason


@condition(
    "R-1-29",
    "Den enskilde har redan erbjudits ett boende och tackat nej. Ett nytt erbjudande kräver chefens beslut.",
    source=HELSINGBORG + "315–316",
    meet_at="allow_another_offer",
)
def one_home_is_offered(facts: ReferralFacts) -> bool:
    return facts.declined <= facts.overrides


@condition(
    "R-1-29",
    "Hushållet har redan ett erbjudande som lever. Avvakta svaret på det.",
    source=HELSINGBORG + "315–316",
    field="dwelling",
)
def nobody_has_another_offer(facts: ReferralFacts) -> bool:
    return not facts.offered_elsewhere


@condition(
    "R-1-29",
    "Den enskilde har tackat nej till ett boende på en annan remiss. Skriv varför ytterligare ett erbjuds.",
    source=HELSINGBORG + "315–316",
    field="despite_no",
)
def a_no_elsewhere_has_a_reason(facts: ReferralFacts) -> bool:
    """Of another department's case the property department alone knows, and decides."""
    return not facts.declined_elsewhere or facts.no_elsewhere_has_reason


@condition("R-1-29", "Den enskilde har inte tackat nej till något erbjudande.", source=HELSINGBORG + "315–316")
def an_offer_was_declined(facts: ReferralFacts) -> bool:
    return facts.declined > facts.overrides


@condition("R-1-48", "Det finns inget erbjudande att ta ställning till.", source=HELSINGBORG + "352–354")
def an_offer_awaits_an_answer(facts: ReferralFacts) -> bool:
    return facts.offer_state == OfferState.OPEN


@condition(
    "R-1-50",
    "Bostaden är inte bedömd som passande.",
    source=HELSINGBORG + "372–376",
    meet_at="find_suitable",
)
def the_department_finds_it_suitable(facts: ReferralFacts) -> bool:
    return facts.offer_state in (OfferState.SUITABLE, OfferState.ACCEPTED, OfferState.LEASE_SIGNED)


@condition(
    "R-1-49",
    "Informera den enskilde om bostaden.",
    source=HELSINGBORG + "354–356",
    meet_at="inform_client",
)
def the_client_is_informed(facts: ReferralFacts) -> bool:
    return facts.client_informed_on is not None


@condition(
    "R-1-49",
    "Boka visning, eller skriv varför den enskilde avstår.",
    source=HELSINGBORG + "354–356",
    meet_at="inform_client",
    field="viewing_on",
)
def a_viewing_is_booked_or_waived(facts: ReferralFacts) -> bool:
    return facts.viewing_on is not None or facts.viewing_is_waived


@condition(
    "R-1-49",
    "Boka kontraktskrivningen. Den kan inte vara före visningen.",
    source=HELSINGBORG + "354–356",
    meet_at="inform_client",
    field="signing_on",
)
def the_signing_is_booked(facts: ReferralFacts) -> bool:
    after = facts.viewing_on is None or facts.signing_on is None or facts.signing_on >= facts.viewing_on
    return facts.signing_on is not None and after


@condition(
    "R-1-49",
    "Den enskilde svarar efter visningen, om den inte är avstådd.",
    source=HELSINGBORG + "354–356",
    field="answered_on",
)
def the_viewing_has_been(facts: ReferralFacts) -> bool:
    if facts.viewing_is_waived or facts.viewing_on is None:
        return facts.viewing_is_waived
    return facts.client_answer_on is not None and facts.viewing_on <= facts.client_answer_on


@condition("R-1-51", "Vid hyresgaranti tecknar ägaren kontraktet, inte FF.", source=HELSINGBORG + "387–406")
def ff_signs_only_municipal_leases(facts: ReferralFacts) -> bool:
    return facts.lease_form == LeaseForm.MUNICIPAL


@condition("R-1-51", "Kontraktet är inte undertecknat av båda parter.", source=HELSINGBORG + "387–406")
def the_municipal_lease_is_signed(facts: ReferralFacts) -> bool:
    return facts.contract_signed_on is not None


@condition(
    "R-1-51",
    "Ange ägarens kontrakt: dag, nummer, hyra och inflyttning.",
    source=HELSINGBORG + "387–406",
    field="owner_lease_on",
)
def the_owners_lease_is_recorded(facts: ReferralFacts) -> bool:
    return facts.owner_lease_on is not None and facts.owner_lease_is_complete


@condition(
    "R-1-51",
    "Kommunen förfogar själv över bostaden den dagen. Vid hyresgaranti ska ägaren kunna hyra ut den till hushållet.",
    source=HELSINGBORG + "387–406",
    field="dwelling",
)
def a_guaranteed_home_is_the_owners_to_let(facts: ReferralFacts) -> bool:
    return facts.lease_form != LeaseForm.GUARANTEE or not facts.municipality_has_the_home


@condition(
    "R-1-51",
    "Kommunen hyr själv bostaden den dagen. Inhyrningsavtalet ska ha upphört innan ägaren hyr ut till hushållet.",
    source=HELSINGBORG + "387–406",
    field="owner_lease_move_in_on",
)
def the_owner_has_the_home_to_let(facts: ReferralFacts) -> bool:
    return not facts.municipality_rents_the_home


@condition(
    "R-1-5", "Ange om hyresgarantin gäller ett eller två år.", source=HELSINGBORG + "84–87", field="guarantee_months"
)
def the_guarantee_runs_one_or_two_years(facts: ReferralFacts) -> bool:
    return facts.guarantee_months in GUARANTEE_MONTHS


@condition(
    "R-1-52", "Beslut om boende fattas när kontraktet är tecknat.", source=HELSINGBORG + "357", field="motivation"
)
def housing_is_decided(facts: ReferralFacts) -> bool:
    return facts.housing_decided_on is not None


@condition(
    "R-1-53",
    "Boendet är knutet till förvaltningens insatser: ange vilka.",
    source=HELSINGBORG + "358–359",
    field="support_forms",
)
def the_housing_is_tied_to_interventions(facts: ReferralFacts) -> bool:
    return facts.lease_form == LeaseForm.GUARANTEE or facts.support_is_decided


@condition("R-1-37", "Ett erbjudande är obesvarat.", source=HELSINGBORG + "352–354")
def no_offer_lives(facts: ReferralFacts) -> bool:
    return facts.offer_state not in LIVE

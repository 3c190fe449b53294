"""Taking the lease over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad.casework.conditions import condition
from contracts.states import EndReason, HousingForm

if TYPE_CHECKING:
    from contracts.facts import ContractFacts


@condition(
    "R-4-5",
    "Ett övertagande är ett eget steg, med egna villkor. Välj en annan orsak.",
    source="Stockholm, rad 110–118",
    field="reason",
)
def a_takeover_is_a_step_of_its_own(facts: ContractFacts) -> bool:
    return facts.end_reason != EndReason.TAKEN_OVER


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

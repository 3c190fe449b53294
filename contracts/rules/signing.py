"""Receipt, signatures, hand-over and return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad.casework.conditions import condition
from contracts.rules.words import SEED, in_order
from contracts.states import CategoryAnswer

if TYPE_CHECKING:
    from contracts.facts import ContractFacts


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
    return in_order(facts.dispatched_on, facts.received_by_provider_on, facts.today)


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
    return in_order(begun, facts.first_signed_on, facts.tenant_signed_on, facts.today)


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
    return in_order(facts.tenant_signed_on, facts.handed_over_on, facts.today)


@condition(
    "R-0-17",
    "Avsändningen kan inte vara före underskriften eller efter idag.",
    source=SEED + "73",
    field="sent_back_on",
)
def the_return_comes_after_the_signature(facts: ContractFacts) -> bool:
    return in_order(facts.tenant_signed_on, facts.sent_back_on, facts.today)


@condition("R-0-17", "Kommunens original har inte kommit åter.", source=SEED + "73", meet_at="receive_sheet")
def the_municipal_original_is_archived(facts: ContractFacts) -> bool:
    return facts.municipal_original_settled_on is not None


@condition("R-0-14", "Kommunens kategoribilaga har inte kommit åter.", source=SEED + "67, 72", meet_at="receive_sheet")
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

"""Notice, by the tenant, the estate or the municipality; ending a grant and ending a tenancy are two acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad import dates
from bostad.casework.conditions import condition
from contracts.rules.words import SEED, in_order
from contracts.states import EndReason, HousingForm, NoticeBy

if TYPE_CHECKING:
    from contracts.facts import ContractFacts


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
    "JB 12:5",
    "Har hyresgästen avlidit är det dödsboet som säger upp, eller kommunen.",
    source="JB 12:5",
    field="reason",
)
def a_death_is_not_the_tenants_own_reason(facts: ContractFacts) -> bool:
    return facts.end_reason != EndReason.DIED or facts.notice_by != NoticeBy.TENANT


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
    return in_order(facts.notice_on, facts.served_on, facts.today)


@condition(
    "R-0-19",
    "Uppsägningen kan inte vara före det att kontraktet utfärdades.",
    source=SEED + "79",
    field="notice_on",
)
def the_notice_comes_after_the_contract(facts: ContractFacts) -> bool:
    return None in (facts.notice_on, facts.issued_on) or facts.notice_on >= facts.issued_on


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

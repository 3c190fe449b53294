"""Moving out, what is left behind, and the closing of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad import dates
from bostad.casework.conditions import condition
from contracts.rules.words import SEED, in_order
from contracts.states import BEFORE_ISSUE

if TYPE_CHECKING:
    from datetime import date

    from contracts.facts import ContractFacts


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
    return in_order(facts.notice_on, facts.agreement_first_signed_on, facts.agreement_signed_on, facts.today)


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
    "Det är inte beslutat vad som ska hända med den kvarlämnade egendomen.",
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


def rent_is_owed_until(facts: ContractFacts) -> date:
    """To the closing date. Where both have agreed on an earlier end: to that day, or to the move where it came later."""
    if facts.agreed_end_on is None:
        return facts.closing_on
    return min(facts.closing_on, max(day for day in (facts.agreed_end_on, facts.moved_out_on) if day))


def _charged_too_short(facts: ContractFacts) -> str:
    return (
        f"Hyra ska betalas till och med {dates.day_with_year(rent_is_owed_until(facts))}, då hyresförhållandet slutar. "
        "Sista debiterade dag kan inte vara tidigare."
    )


@condition(
    "R-0-27",
    _charged_too_short,
    plainly="Sista debiterade dag kan inte vara innan hyresförhållandet slutar.",
    source=SEED + "79–81",
    field="last_charged_on",
)
def rent_is_charged_until_the_tenancy_ends(facts: ContractFacts) -> bool:
    return None in (facts.last_charged_on, facts.closing_on) or facts.last_charged_on >= rent_is_owed_until(facts)


@condition("R-0-19", "Avslutningsdatumet har inte passerat.", source=SEED + "79")
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

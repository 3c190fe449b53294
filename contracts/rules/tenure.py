"""Term and security of tenure (JB 12:45 with what excepts from it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bostad import dates
from bostad.casework.conditions import condition
from contracts.states import NoticeBy

if TYPE_CHECKING:
    from datetime import date

    from contracts.facts import ContractFacts


SECURITY_AFTER_MONTHS = 24  # JB 12:45 första stycket 1


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


def _needs_notice(facts: ContractFacts) -> str:
    if facts.term_to is None:
        return "Avtalet löper tills vidare och slutar inte utan uppsägning."
    return "Hyrestiden är längre än nio månader. Avtalet slutar inte av sig självt utan måste sägas upp."


@condition(
    "JB 12:3",
    _needs_notice,
    plainly="Bara en hyrestid som är nio månader eller kortare går ut av sig själv.",
    source="JB 12:3 andra stycket",
    field="notice_by",
)
def only_a_short_term_ends_without_notice(facts: ContractFacts) -> bool:
    if facts.notice_by != NoticeBy.TERM:
        return True
    return facts.term_to is not None and the_term_ends_by_itself.holds(facts)


@condition(
    "JB 12:45",
    "Bostaden är inhyrd tillsammans med minst två till. Hyresgästen har besittningsskydd från första dagen, om hyresgästen inte har avstått från det.",
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

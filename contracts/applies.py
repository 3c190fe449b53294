"""Which steps belong to which contract at all. What does not apply is hidden; what lacks a condition is greyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts.states import CARE, SUPPORTED, NoticeBy

if TYPE_CHECKING:
    from contracts.facts import ContractFacts


def is_care(form: str) -> bool:
    return form in CARE


def is_care_housing(facts: ContractFacts) -> bool:
    return is_care(facts.form)


def is_let_by_the_municipality_itself(facts: ContractFacts) -> bool:
    return not is_care(facts.form)


def is_a_supported_let(facts: ContractFacts) -> bool:
    return facts.form in SUPPORTED


def not_yet_signed_for_the_municipality(facts: ContractFacts) -> bool:
    return facts.municipality_signed_on is None


def receipt_is_awaited(facts: ContractFacts) -> bool:
    return facts.received_by_provider_on is None


def hand_over_is_awaited(facts: ContractFacts) -> bool:
    return facts.handed_over_on is None


def return_is_awaited(facts: ContractFacts) -> bool:
    return is_care(facts.form) and facts.sent_back_on is None and facts.municipal_original_settled_on is None


def a_sheet_is_out(facts: ContractFacts) -> bool:
    return facts.sheets_out > 0


def a_sheet_is_with_the_provider(facts: ContractFacts) -> bool:
    """After the move it is the provider that shall send the tenant's original too, wherever it lies (R-0-21)."""
    tenants_own_is_due = (
        facts.moved_out_on is not None
        and facts.handed_over_on is not None
        and facts.tenant_original_settled_on is None
        and not facts.agreement_obstacle
    )
    return is_care(facts.form) and (facts.sheets_with_provider > 0 or tenants_own_is_due)


def the_owner_is_to_be_notified(facts: ContractFacts) -> bool:
    return facts.is_sublet and facts.owner_notified_on is None and not facts.owner_letter_is_under_way


def a_sheet_is_filed(facts: ContractFacts) -> bool:
    return facts.sheets_filed > 0


def a_sheet_is_called_back(facts: ContractFacts) -> bool:
    return facts.recalled_on is not None


def service_is_awaited(facts: ContractFacts) -> bool:
    return facts.notice_by == NoticeBy.MUNICIPALITY and facts.served_on is None


def is_shared_still(facts: ContractFacts) -> bool:
    return facts.is_shared and facts.recalled_on is None


def the_move_in_day_has_come(facts: ContractFacts) -> bool:
    return facts.move_in_on is not None and facts.move_in_on <= facts.today


def was_not_taken_over(facts: ContractFacts) -> bool:
    return facts.takeover_on is None


def no_waiver_holds(facts: ContractFacts) -> bool:
    over = facts.waiver_valid_to is not None and facts.waiver_valid_to < facts.today
    return facts.waiver_signed_on is None or over


def security_is_to_be_decided(facts: ContractFacts) -> bool:
    return facts.is_sublet and facts.security_decided_on is None


def the_term_is_to_be_decided(facts: ContractFacts) -> bool:
    return facts.term_to is not None and facts.term_decided_on is None


def the_owners_letter_is_under_way(facts: ContractFacts) -> bool:
    return facts.owner_letter_is_under_way


def has_a_term(facts: ContractFacts) -> bool:
    return facts.term_to is not None


def the_grant_is_open(facts: ContractFacts) -> bool:
    return facts.has_grant and facts.grant_ended_on is None and not facts.grant_continues


def nobody_has_signed_the_move_out(facts: ContractFacts) -> bool:
    return facts.agreement_signed_on is None


def the_agreement_is_awaited(facts: ContractFacts) -> bool:
    return facts.agreement_signed_on is None and not facts.agreement_obstacle


def the_tenants_original_is_awaited(facts: ContractFacts) -> bool:
    back = facts.tenant_original_sent_back_on or facts.tenant_original_settled_on
    return is_care(facts.form) and back is None


def property_is_to_be_listed(facts: ContractFacts) -> bool:
    return facts.left_property is not False and not facts.property_recorded


def property_is_to_be_decided(facts: ContractFacts) -> bool:
    return facts.left_property is not False and not facts.property_decided


def billing_is_to_be_told(facts: ContractFacts) -> bool:
    return facts.billing_notified_on is None

"""Which steps belong to which case at all. What does not apply is hidden; what lacks a condition is greyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referrals.states import (
    IN_WRITING,
    SUPPORTED,
    DecisionKind,
    LeaseForm,
    OfferState,
    Permit,
    Purpose,
    ReferralState,
    Support,
)

if TYPE_CHECKING:
    from referrals.facts import AssessmentFacts, QuestionFacts, ReferralFacts

# --- assessment ----------------------------------------------------------------------------------------------------------


def is_for_a_home_of_their_own(facts: AssessmentFacts) -> bool:
    return facts.support == Support.SOCIAL


def is_for_a_supported_home(facts: AssessmentFacts) -> bool:
    return facts.support in SUPPORTED


def has_children(facts: AssessmentFacts) -> bool:
    return facts.children > 0


def somebody_is_represented(facts: AssessmentFacts | ReferralFacts) -> bool:
    return facts.represented


def no_question_is_open(facts: AssessmentFacts) -> bool:
    return not facts.question_is_open


def receipt_is_not_known(facts: AssessmentFacts) -> bool:
    return facts.received_on is None


def the_receipt_can_be_corrected(facts: AssessmentFacts | ReferralFacts) -> bool:
    """Until an appeal is settled by it."""
    return facts.received_on is not None and facts.appeal_settled_on is None


def no_appeal_has_come(facts: AssessmentFacts) -> bool:
    """Of a decision that can be appealed. One that came late is received too, and then rejected (FL 45)."""
    return facts.decision_kind in (DecisionKind.REFUSAL, DecisionKind.OTHER) and facts.appealed_on is None


def a_plan_is_awaited(facts: AssessmentFacts) -> bool:
    return facts.support in SUPPORTED and not facts.has_plan


def a_referral_is_awaited(facts: AssessmentFacts) -> bool:
    return facts.support == Support.SOCIAL and not facts.has_referral


# --- question ------------------------------------------------------------------------------------------------------------


def somebody_has_not_answered(facts: QuestionFacts) -> bool:
    return not set(facts.asked_ids) <= set(facts.answered_ids)


# --- referral ------------------------------------------------------------------------------------------------------------


def the_guarantee_runs(facts: ReferralFacts) -> bool:
    return (
        facts.lease_form == LeaseForm.GUARANTEE
        and facts.owner_lease_on is not None
        and facts.guarantee_ended_on is None
    )


def ff_has_not_noted_the_end(facts: ReferralFacts) -> bool:
    """Of a referral that was sent there, and that it may still read: what was withdrawn before it was registered is not."""
    was_told = facts.registered_on if facts.state == ReferralState.WITHDRAWN else facts.submitted_on
    return not facts.is_own and was_told is not None and facts.end_noted_on is None


def the_cessation_is_not_received(facts: ReferralFacts) -> bool:
    return not facts.is_own and facts.received_on is None


def the_cessation_is_not_appealed(facts: ReferralFacts) -> bool:
    return not facts.is_own and facts.appealed_on is None


def the_appeal_awaits(facts: ReferralFacts) -> bool:
    return facts.appealed_on is not None and facts.appeal_settled_on is None


def comes_from_another_department(facts: ReferralFacts) -> bool:
    return not facts.is_own


def is_of_an_own_group(facts: ReferralFacts) -> bool:
    return facts.is_own


def has_a_temporary_permit(facts: ReferralFacts) -> bool:
    return facts.permit == Permit.TEMPORARY


def is_not_informed(facts: ReferralFacts) -> bool:
    return not facts.is_own and facts.informed_on is None


def is_informed(facts: ReferralFacts) -> bool:
    return not facts.is_own and facts.informed_on is not None


def is_written_and_not_approved(facts: ReferralFacts) -> bool:
    return not facts.is_own and facts.is_being_written and facts.approved_on is None


def is_not_being_extended(facts: ReferralFacts) -> bool:
    return not facts.is_own and not facts.is_being_written


def is_being_extended(facts: ReferralFacts) -> bool:
    return facts.is_being_written and facts.purpose == Purpose.EXTENSION


def is_being_extended_and_not_approved(facts: ReferralFacts) -> bool:
    return is_being_extended(facts) and facts.approved_on is None


def is_being_extended_and_approved(facts: ReferralFacts) -> bool:
    return is_being_extended(facts) and facts.approved_on is not None


def the_household_may_change(facts: ReferralFacts) -> bool:
    """While its words are being written; of an own group, whose words nobody signs, as long as a home is sought."""
    return facts.is_own or facts.state in IN_WRITING or is_being_extended_and_not_approved(facts)


def the_household_may_change_and_has_children(facts: ReferralFacts) -> bool:
    return facts.children > 0 and the_household_may_change(facts)


def a_child_may_be_analysed(facts: ReferralFacts) -> bool:
    """Of an own group nothing is investigated here."""
    return not facts.is_own and the_household_may_change_and_has_children(facts)


def nobody_has_said_let_it_run_out(facts: ReferralFacts) -> bool:
    return not facts.is_own and facts.let_run_out_on is None


def an_offer_is_open(facts: ReferralFacts) -> bool:
    return facts.offer_state == OfferState.OPEN


def another_offer_is_to_be_decided(facts: ReferralFacts) -> bool:
    return facts.declined > facts.overrides


def is_a_guarantee(facts: ReferralFacts) -> bool:
    return facts.lease_form == LeaseForm.GUARANTEE


def is_for_a_municipal_lease(facts: ReferralFacts) -> bool:
    return facts.lease_form == LeaseForm.MUNICIPAL

"""Every step of a referral: written, approved, signed, registered, offered a home, signed for; extended, ended.

`needs` must hold before the step and are shown as what is lacking; `asks` are met by the step's own form; `tells` are
warnings. `applies` hides what does not belong to this referral, or is done.
"""

from referrals.models.routine_household import HouseholdSteps
from referrals.models.routine_offer import OfferSteps
from referrals.models.routine_validity import ValiditySteps
from referrals.models.routine_writing import WritingSteps


class ReferralRoutine(OfferSteps, ValiditySteps, HouseholdSteps, WritingSteps):
    """Steps of the last base are shown first: the routine reads from below, as the graph collects it."""

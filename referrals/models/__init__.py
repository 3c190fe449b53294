from referrals.models.assessment import Assessment, ChildAnalysis, HousingPlan
from referrals.models.decision import Decision
from referrals.models.findings import Findings
from referrals.models.guarantee import GuaranteeEnding
from referrals.models.offer import Offer
from referrals.models.question import GroupMeeting, Question, QuestionAnswer
from referrals.models.referral import OfferOverride, Referral
from referrals.models.version import CompletionPoint, ReferralVersion, VersionSignature

__all__ = [
    "Assessment",
    "ChildAnalysis",
    "CompletionPoint",
    "Decision",
    "Findings",
    "GroupMeeting",
    "GuaranteeEnding",
    "HousingPlan",
    "Offer",
    "OfferOverride",
    "Question",
    "QuestionAnswer",
    "Referral",
    "ReferralVersion",
    "VersionSignature",
]

from bostad.casework.models.case import (
    Case,
    CaseLink,
    CaseParty,
    CaseState,
    Confidentiality,
    PartyRole,
    Transition,
)
from bostad.casework.models.deadline import Deadline, DeadlineStatus
from bostad.casework.models.log import (
    Assignment,
    ContactAttempt,
    ContactChannel,
    ContactOutcome,
    Dispatch,
    JournalEntry,
    JournalKind,
    StepLog,
)
from bostad.casework.models.notice import Notice
from bostad.casework.models.secrecy import (
    CaseAccess,
    Consent,
    ConsentForm,
    ConsentPartner,
    Share,
    ShareGround,
)

__all__ = [
    "Assignment",
    "Case",
    "CaseAccess",
    "CaseLink",
    "CaseParty",
    "CaseState",
    "Confidentiality",
    "Consent",
    "ConsentForm",
    "ConsentPartner",
    "ContactAttempt",
    "ContactChannel",
    "ContactOutcome",
    "Deadline",
    "DeadlineStatus",
    "Dispatch",
    "JournalEntry",
    "JournalKind",
    "Notice",
    "PartyRole",
    "Share",
    "ShareGround",
    "StepLog",
    "Transition",
]

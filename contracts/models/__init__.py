from contracts.models.contract import Contract
from contracts.models.law import AbandonedDecision, AbandonedProperty, Grant, Waiver
from contracts.models.parts import (
    MATTER_TYPE,
    SUBJECT,
    CompletionRequest,
    Ending,
    Order,
    Signature,
)

__all__ = [
    "MATTER_TYPE",
    "SUBJECT",
    "AbandonedDecision",
    "AbandonedProperty",
    "CompletionRequest",
    "Contract",
    "Ending",
    "Grant",
    "Order",
    "Signature",
    "Waiver",
]

"""Every step of a sublet contract: who takes it, out of which states, what must hold, and why it is there.

`needs` must hold before the step and are shown as what is lacking; `asks` are met by the step's own form; `tells` are
warnings. `applies` hides what does not belong to this contract, or is done.
"""

from contracts.models.routine_desk import DeskSteps
from contracts.models.routine_ending import EndingSteps
from contracts.models.routine_issuing import IssuingSteps
from contracts.models.routine_order import OrderSteps
from contracts.models.routine_tenancy import TenancySteps


class ContractRoutine(EndingSteps, TenancySteps, DeskSteps, IssuingSteps, OrderSteps):
    """Steps of the last base are shown first: the routine reads from below, as the graph collects it."""

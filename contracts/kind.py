"""What the spine needs to know of contracts."""

from datetime import date

from bostad.casework.graph import Kind
from bostad.organisation.roles import Role
from bostad.organisation.scope import staff_holding
from contracts.facts import ContractFacts
from contracts.loading import load
from contracts.models import Contract
from contracts.states import ENDED, LOOKS, ContractState, HousingForm


def _variant(form: HousingForm) -> ContractFacts:
    """A case in which everything is still to be done: the steps of this form's routine apply to it."""
    return ContractFacts(
        today=date.max, state="", form=form, is_restricted=False, department_id=0, unit_id=None, assignee_id=None,
        provider_id=None, queue_unit_id=None, is_sublet=True, has_grant=form != HousingForm.MUNICIPAL, sheets_out=1,
        sheets_with_provider=1, term_to=date.max,
    )  # fmt: skip


def _keeps_reading(contract: Contract) -> set[int | None]:
    """Who handles and who ordered a contract that becomes restricted.

    A provider that has not declared the protection itself must not learn of it: all of its staff go on reading.
    """
    order = getattr(contract, "order", None)
    named = {contract.assignee_id, order.orderer_id if order else None}
    if contract.provider_id and not contract.declared_protected:
        named |= set(staff_holding(Role.PROVIDER_STAFF, contract.provider_id).values_list("pk", flat=True))
    return named


CONTRACT = Kind(
    key="contract",
    label="Kontrakt",
    plural="Kontrakt",
    prefix="K",
    model=Contract,
    states=ContractState,
    closed=ENDED,
    load_facts=load,
    looks=LOOKS,
    page="contracts:contract",
    step_page="contracts:step",
    handled_by=frozenset({Role.CONTRACT_ADMINISTRATOR, Role.PROPERTY_OFFICER, Role.HOUSING_COORDINATOR}),
    keeps_reading=_keeps_reading,
    source="Rutin för hantering av andrahandskontrakt, vård- och omsorgsförvaltningen (Linköping)",
    variants={
        "vard": ("Vård- och trygghetsboende", _variant(HousingForm.CARE_DEMENTIA)),
        "kommunalt": ("Kommunalt kontrakt", _variant(HousingForm.MUNICIPAL)),
        "forsok": ("Försöks-, tränings- och jourlägenhet", _variant(HousingForm.TRIAL)),
    },
)

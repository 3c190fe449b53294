"""What the spine needs to know of contracts."""

from bostad.casework.graph import Kind
from contracts.loading import load
from contracts.models import Contract
from contracts.states import ENDED, LOOKS, ContractState

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
    source="Rutin för hantering av andrahandskontrakt, vård- och omsorgsförvaltningen (Linköping)",
)

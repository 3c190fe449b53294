"""That the ways of `tests/making.py` lead where they say."""

import pytest

from contracts.states import ContractState, HousingForm
from tests.making import a_contract

pytestmark = pytest.mark.usefixtures("fast_files")


@pytest.mark.parametrize("state", ContractState.values)
def test_every_state_is_reached_through_the_services(town, state):
    assert a_contract(town, state).state == state


@pytest.mark.parametrize("form", HousingForm.values)
def test_a_contract_of_every_form_can_be_closed(town, form):
    assert a_contract(town, "closed", form=form).state == ContractState.CLOSED

"""Every step in every state, by everybody: what the table of `models/routine_*.py` says is what the door does."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from bostad.casework import steps
from bostad.casework.graph import SYSTEM as BY_SYSTEM
from bostad.casework.graph import Side, Step
from bostad.casework.models import Case, Deadline, StepLog
from bostad.casework.refusals import NotYours, Refused, WrongState
from bostad.organisation.scope import SYSTEM, Scope
from contracts.kind import CONTRACT
from contracts.models import Contract
from contracts.services import ordering, signing
from contracts.states import ContractState
from tests.making import DAYS, a_contract
from tests.town import Town

pytestmark = pytest.mark.usefixtures("fast_files")

CARE_STATES = ContractState.values
OWN_STATES = [state for state in ContractState.values if state != "dispatched"]
ONE_CASE_EACH = [*((state, "care_dementia") for state in CARE_STATES), *((state, "municipal") for state in OWN_STATES)]


def who_may(made: Step, town: Town, contract: Contract) -> Scope | None:
    """One who holds a role of the step on the right side, if the town has such a person."""
    for scope in (SYSTEM, *town.everybody().values()):
        if steps._may(made, contract, scope, steps._standing(contract, scope)):
            return scope
    return None


@pytest.mark.parametrize(("state", "form"), ONE_CASE_EACH)
def test_a_step_is_taken_out_of_its_own_states_and_no_other(town, state, form):
    contract = a_contract(town, state, form=form)
    today, seen = DAYS[state], steps.last_log_id(contract.pk)
    facts = CONTRACT.load_facts([contract.pk], today)[contract.pk]
    for name, made in CONTRACT.steps.items():
        if (by := who_may(made, town, contract)) is None:
            continue  # of a role that this kind of contract has nobody for
        with transaction.atomic():
            answer = take_without_filling_in(contract, name, by, today)
            belongs = state in made.sources and made.applies(facts)
            assert answer in ("taken", "lacking") if belongs else answer == "wrong", name
            if answer == "taken":
                stands_as_it_should(contract, made, state, today)
            transaction.set_rollback(True)
        assert steps.last_log_id(contract.pk) == seen


def take_without_filling_in(contract: Contract, name: str, by: Scope, today: date) -> str:
    try:
        with steps.door(Contract, contract.pk, name, by=by, today=today):
            pass
    except WrongState:
        return "wrong"
    except Refused:
        return "lacking"
    return "taken"


def stands_as_it_should(contract: Contract, made: Step, source: str, today: date) -> None:
    log, case = StepLog.objects.filter(case=contract).latest("id"), Case.objects.get(pk=contract.pk)
    assert (log.step, log.source, log.target) == (made.name, source, made.target or source)
    assert case.state == log.target
    assert case.closed_on == (today if case.state in CONTRACT.closed else None)
    if case.closed_on:  # nothing is left to do but what is waited for after the end
        left = Deadline.objects.still_open().filter(case=case).values_list("kind", flat=True)
        assert set(left) <= {"contracts.end_sharing", "contracts.recalled"}


@pytest.mark.parametrize(
    ("state", "form"), [("ordered", "care_dementia"), ("active", "care_dementia"), ("active", "trial")]
)
def test_everybody_is_offered_the_steps_of_their_role_and_side(town, state, form):
    contract = a_contract(town, state, form=form)
    shared = {share.organisation_id for share in contract.shares.all()}
    for name, scope in town.everybody().items():
        for one in steps.available(contract, scope, DAYS[state]):
            expected = any(
                scope.holds(by.role, contract.department_id, contract.unit_id)
                if by.side is Side.OWNER
                else by.side is Side.COUNTERPART and any(scope.holds(by.role, where) for where in shared)
                for by in one.step.by
            )
            assert one.mine == expected, (name, one.step.name)


@pytest.mark.parametrize("state", ["registered", "active", "moved_out"])
def test_who_has_no_part_in_a_case_takes_no_step_in_it(town, state):
    contract = a_contract(town, state)
    for scope in (town.other_provider, town.other_department, town.property_officer, town.outsider, town.log_reviewer):
        for name in CONTRACT.steps:
            with pytest.raises(NotYours), steps.door(Contract, contract.pk, name, by=scope, today=DAYS[state]):
                pytest.fail("the door was opened")


def test_what_is_lacking_is_said_before_the_page_is_opened(town):
    contract = a_contract(town, "dispatched")
    offered = {one.step.name: one for one in steps.available(contract, town.provider, DAYS["dispatched"])}
    assert offered["acknowledge_receipt"].allowed
    assert not offered["record_signatures"].allowed
    (lack,) = offered["record_signatures"].lacks
    assert (lack.condition.rule, lack.condition.meet_at) == ("R-0-26", "acknowledge_receipt")


def test_the_systems_steps_are_those_that_deadlines_take_or_papers_complete():
    assert {name for name, made in CONTRACT.steps.items() if BY_SYSTEM in made.by} == {
        "activate",
        "become_indefinite",
        "end_sharing",
    }


@pytest.mark.parametrize("name", ["sign_at_desk", "dispatch", "acknowledge_receipt", "send_back_original", "take_over"])
def test_a_step_of_another_routine_is_hidden(town, name):
    made = CONTRACT.steps[name]
    for_care = name in ("dispatch", "acknowledge_receipt", "send_back_original")
    contract = a_contract(town, made.sources[0])
    facts = CONTRACT.load_facts([contract.pk], DAYS[made.sources[0]])[contract.pk]
    assert made.applies(facts) == for_care
    assert made.applies(replace(facts, form="trial")) != for_care or name == "acknowledge_receipt"


@pytest.mark.parametrize(
    ("state", "misused"),
    [("ordered", "return_for_completion"), ("ordered", "recall_order"), ("registered", "order_contract")],
)
def test_a_service_opens_no_other_door_than_its_own(town, state, misused):
    contract = a_contract(town, state)
    for by in (town.administrator, town.provider):
        with pytest.raises(ValueError, match=misused):
            signing.record_signatures(contract.pk, step=misused, signings={}, codes=set(), by=by, today=DAYS[state])
        with pytest.raises(ValueError, match=misused):
            ordering.call_off(contract.pk, misused, reason="…", by=by, today=DAYS[state])
    assert Contract.objects.get(pk=contract.pk).state == state

"""A tenancy that goes on under a new contract is one tenancy (JB 12:3 and 12:45, "i följd")."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bostad.casework.models import Deadline
from contracts import documents
from contracts.kind import CONTRACT
from contracts.services import ordering
from contracts.tenancy_time import in_a_row_since
from tests.making import DAYS, MOVE_IN, Making, a_contract, a_tenant

pytestmark = pytest.mark.usefixtures("fast_files")
ENDED = DAYS["moved_out"]  # the last day of the first contract


def again(town, first, on, **changes):
    """A second contract on the same dwelling, for the same tenant unless told."""
    person = first.tenants[0].person
    same = a_tenant(first_name=person.first_name, last_name=person.last_name, personnummer=person.personnummer)
    making = Making(town, dwelling=first.dwelling, move_in=on)
    data = replace(making.registration(), **{"tenants": (same,)} | changes)
    return ordering.register(data, by=town.provider, today=ENDED)


@pytest.mark.rule("JB 12:45")
def test_the_time_counts_from_the_first_of_contracts_that_follow_on(town):
    first = a_contract(town, "closed")
    second = again(town, first, ENDED + timedelta(days=1))
    facts = CONTRACT.load_facts([first.pk, second.pk], ENDED)
    assert facts[first.pk].in_a_row_since == facts[second.pk].in_a_row_since == MOVE_IN


@pytest.mark.rule("JB 12:45")
@pytest.mark.parametrize("what", ["a day between", "another tenant"])
def test_a_gap_or_another_tenant_begins_anew(town, what):
    first = a_contract(town, "closed")
    on = ENDED + timedelta(days=2 if what == "a day between" else 1)
    second = again(town, first, on, **({"tenants": (a_tenant(),)} if what == "another tenant" else {}))
    assert in_a_row_since([second]) == {second.pk: on}


@pytest.mark.rule("JB 12:45")
def test_the_warnings_before_two_years_count_over_contracts(town):
    contract = a_contract(town, "active")
    due = Deadline.objects.filter(case=contract, kind="contracts.security").order_by("due_on")
    assert [row.due_on for row in due] == [date(2028, 4, 15), date(2028, 7, 15), date(2028, 9, 15)]


def test_the_question_costs_the_same_for_one_contract_and_for_many(town, django_assert_num_queries):
    contracts = [a_contract(town) for _ in range(4)]
    with django_assert_num_queries(1):
        in_a_row_since(contracts)


@pytest.mark.rule("JB 12:3")
def test_the_paper_of_a_short_term_that_follows_on_says_that_notice_is_needed(town):
    first = a_contract(town, "closed")
    following = again(town, first, ENDED + timedelta(days=1))
    alone = a_contract(town)
    for contract, words in ((following, "ska sägas upp"), (alone, "slutar den sista dagen utan uppsägning")):
        contract.term_to = contract.move_in_on + timedelta(days=90)
        assert words in documents.term(contract)["extension_text"]

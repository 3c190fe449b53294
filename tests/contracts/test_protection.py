"""Protection reaches every case of a person, also of two who come at once, and tells nobody what it found."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction

from bostad.casework import protection
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.roles import Role
from bostad.organisation.scope import scope_for
from bostad.people.models import HouseholdMember, Person
from contracts.models import Contract
from contracts.services import ending, ordering
from tests.factories import StaffFactory
from tests.making import DAYS, a_dwelling, a_notice, a_registration, a_tenant
from tests.pages import a_contract_of
from tests.town import TODAY, Town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fast_files")]


class Somebody(threading.Thread):
    """Does one thing on a connection of their own, and keeps what came of it."""

    def __init__(self, do: Callable[[], Any], name: str = "") -> None:
        super().__init__(name=name or None)
        self.do, self.refused = do, None

    def run(self) -> None:
        try:
            self.do()
        except Exception as refused:
            self.refused = refused
        finally:
            connection.close()


def test_who_registers_while_somebody_declares_the_person_protected_waits_for_it(town: Town, monkeypatch):
    tenant = a_tenant()
    Person.objects.create(first_name=tenant.first_name, last_name=tenant.last_name, personnummer=tenant.personnummer)
    first, second = a_dwelling(town), a_dwelling(town)
    asked, go, real = threading.Event(), threading.Event(), protection.is_protected

    def slow(*args: Any, **named: Any) -> bool:
        answer = real(*args, **named)
        if threading.current_thread().name == "slow":
            asked.set()
            go.wait(20)
        return answer

    monkeypatch.setattr(protection, "is_protected", slow)
    by = {"by": town.provider, "today": TODAY}
    plain = Somebody(lambda: ordering.register(a_registration(first, tenants=[tenant]), **by), "slow")
    plain.start()
    asked.wait(20)
    closed = Somebody(lambda: ordering.register(a_registration(second, tenants=[tenant], protected=True), **by))
    closed.start()
    closed.join(1)
    go.set()
    plain.join(20)
    closed.join(20)
    assert (plain.refused, closed.refused) == (None, None)
    assert set(Contract.objects.values_list("confidentiality", flat=True)) == {"restricted"}


def test_a_step_in_another_case_of_the_person_breaks_no_registration(town: Town):
    StaffFactory(roles=[(Role.MANAGER, town.ff)])
    tenant = a_tenant()
    theirs, dwelling = a_contract_of(town, tenant, "active", form="municipal"), a_dwelling(town)
    held, go, day = threading.Event(), threading.Event(), DAYS["notice_given"]

    def notice() -> None:
        with transaction.atomic():
            ending.give_notice(theirs.pk, a_notice(day), by=town.property_officer, today=day)
            held.set()
            go.wait(20)

    giving = Somebody(notice)
    giving.start()
    held.wait(20)
    wish = a_registration(dwelling, tenants=[tenant], protected=True)
    registering = Somebody(lambda: ordering.register(wish, by=town.provider, today=TODAY))
    registering.start()
    registering.join(1)
    go.set()
    giving.join(20)
    registering.join(20)
    assert (giving.refused, registering.refused) == (None, None)
    assert Contract.objects.get(pk=theirs.pk).confidentiality == "restricted"


def test_two_who_want_each_others_case_get_a_sentence_and_no_fault(town: Town, monkeypatch):
    tenant = a_tenant()
    cases = [a_contract_of(town, tenant, "registered") for _ in range(2)]
    both, real = threading.Barrier(2, timeout=3), protection.restrict_what_was_there

    def together(*args: Any, **named: Any) -> None:
        with suppress(threading.BrokenBarrierError):  # the other one is held already: then nobody waits in a ring
            both.wait()
        real(*args, **named)

    monkeypatch.setattr(protection, "restrict_what_was_there", together)

    def edit(case: Contract) -> Callable[[], Any]:
        wish = a_registration(case.dwelling, tenants=[tenant], protected=True)
        return lambda: ordering.edit(case.pk, wish, by=town.provider, today=TODAY)

    editing = [Somebody(edit(case)) for case in cases]
    for one in editing:
        one.start()
    for one in editing:
        one.join(40)
    assert all(one.refused is None or isinstance(one.refused, StepNotTaken) for one in editing)
    assert set(Contract.objects.values_list("confidentiality", flat=True)) == {"restricted"}


def test_a_provider_does_not_learn_that_another_department_knows_the_person(town: Town):
    """FF has no manager: its case is closed all the same, and its handler goes on reading it."""
    tenant = a_tenant()
    theirs = a_contract_of(town, tenant, "active", form="municipal")
    wish = a_registration(a_dwelling(town), tenants=[tenant], protected=True)
    ordering.register(wish, by=town.provider, today=TODAY)
    closed = Contract.objects.get(pk=theirs.pk)
    assert closed.confidentiality == "restricted"
    assert closed in Contract.objects.visible_to(town.property_officer)


def test_a_registration_that_is_withdrawn_joins_nobody(town: Town):
    known = a_tenant()
    before = a_contract_of(town, known, "active")
    wish = a_registration(a_dwelling(town, category="couple"), tenants=[known, a_tenant()])
    contract = ordering.register(wish, by=town.provider, today=TODAY)
    assert HouseholdMember.objects.filter(household=contract.household_id).count() == 2
    ordering.call_off(contract.pk, "withdraw", reason="Fel.", by=town.provider, today=TODAY)
    left = HouseholdMember.objects.filter(household=contract.household_id).values_list("person", flat=True)
    assert set(left) <= {party.person_id for party in before.tenants}


def test_a_manager_who_comes_later_reads_what_was_closed_before(town: Town):
    theirs = a_contract_of(town, a_tenant(), "registered", protected=True)
    new = StaffFactory(roles=[(Role.MANAGER, town.vof)], unit=town.debiteringen)
    elsewhere = StaffFactory(roles=[(Role.MANAGER, town.ff)])
    reads = lambda staff: theirs in Contract.objects.visible_to(scope_for(staff, TODAY))  # noqa: E731
    assert not reads(new)
    assert protection.name_new_managers() == 1
    assert reads(new)
    assert not reads(elsewhere)
    assert protection.name_new_managers() == 0

"""Telling the owner, deciding on a tenancy that goes on, and calling a contract off too late (JB 12:39, 12:45, R-0-19)."""

from datetime import date, timedelta

import pytest

from bostad.casework.deadlines import deadline_kind
from bostad.casework.models import Deadline
from bostad.casework.pages import shown_deadlines, shown_steps
from bostad.casework.refusals import NotYours
from bostad.documents.models import Letter
from contracts.kind import CONTRACT
from contracts.models import Contract
from contracts.services import ending, issuing, ordering
from tests.contracts.refusing import lacking
from tests.making import DAYS, MOVE_IN, a_contract, a_registration, a_tenant, print_letters

pytestmark = pytest.mark.usefixtures("fast_files")
A_DAY = timedelta(days=1)


@pytest.mark.rule("JB 12:39")
def test_the_owner_is_told_when_the_letter_is_posted_and_not_when_it_is_written(town):
    contract = a_contract(town, "issued")
    today = DAYS["issued"]
    issuing.notify_owner(contract.pk, by=town.administrator, today=today)
    still_open = Deadline.objects.still_open().filter(case=contract, kind="contracts.owner")
    assert Contract.objects.get(pk=contract.pk).owner_notified_on is None and still_open.exists()
    print_letters(contract, by=town.administrator, today=today)
    issuing.owner_was_notified(contract.pk, posted_on=today, by=town.administrator, today=today)
    assert Contract.objects.get(pk=contract.pk).owner_notified_on == today
    assert not still_open.all().exists()
    assert Letter.objects.get(kind="owner_notice").state == "posted"


@pytest.mark.rule("JB 12:45 a")
def test_a_waiver_that_has_run_out_may_be_followed_by_another(town):
    contract = a_contract(town, "active", block_let=True)
    waive = lambda on, **more: ending.record_waiver(  # noqa: E731
        contract.pk, ending.WaiverInput(signed_on=on, **more), by=town.administrator, today=on
    )
    waive(MOVE_IN, valid_to=MOVE_IN + A_DAY)
    waive(MOVE_IN + 2 * A_DAY)
    assert contract.waivers.count() == 2
    facts = CONTRACT.load_facts([contract.pk], MOVE_IN + 2 * A_DAY)[contract.pk]
    assert facts.waiver_signed_on == MOVE_IN + 2 * A_DAY


@pytest.mark.rule("R-0-19")
def test_after_the_day_of_moving_in_only_the_manager_calls_a_contract_off(town):
    contract = a_contract(town, "dispatched")
    call_off = lambda step, by, day: ordering.call_off(contract.pk, step, reason="kom aldrig", by=by, today=day)  # noqa: E731
    assert lacking(lambda: call_off("cancel", town.administrator, MOVE_IN)) == {"nobody_has_moved_in"}
    with pytest.raises(NotYours):
        call_off("cancel_late", town.administrator, MOVE_IN)
    assert call_off("cancel_late", town.manager, MOVE_IN).state == "cancelled"


@pytest.mark.rule("R-0-22")
def test_a_tenant_with_another_dwelling_of_the_department_is_told_of(town):
    first = a_contract(town, "active")
    person = first.tenants[0].person
    same = a_tenant(first_name=person.first_name, last_name=person.last_name, personnummer=person.personnummer)
    wanted = a_registration(a_contract(town, "cancelled").dwelling, tenants=[same])
    second = ordering.register(wanted, by=town.provider, today=DAYS["ordered"])
    facts = CONTRACT.load_facts([first.pk, second.pk], DAYS["ordered"])
    assert facts[second.pk].has_other_tenancy and not facts[first.pk].has_other_tenancy  # which is on paper already
    assert not CONTRACT.load_facts([a_contract(town).pk], DAYS["ordered"]).popitem()[1].has_other_tenancy


def test_a_provider_sees_its_own_deadlines_and_not_the_departments(town):
    contract = a_contract(town, "signed")
    seen = {row.label for row in shown_deadlines(contract, town.provider, DAYS["signed"])}
    assert seen == {"Lämna över hyresgästens original", "Skicka kommunens original åter"}
    assert "Underrätta fastighetsägaren" in {
        row.label for row in shown_deadlines(contract, town.administrator, DAYS["signed"])
    }


def test_the_main_button_is_what_the_nearest_deadline_asks_for(town):
    contract = a_contract(town, "signed")
    main = lambda scope: next(s.name for s in shown_steps(contract, scope, DAYS["signed"]) if s.primary)  # noqa: E731
    assert main(town.provider) == "hand_over_original"
    assert main(town.administrator) == "notify_owner"


@pytest.mark.rule("JB 12:45")
@pytest.mark.rule("R-0-17")
def test_what_nothing_asks_for_stands_with_the_other_actions(town):
    contract = a_contract(town, "active", term_to=date(2029, 10, 14))
    steps = {step.name: step for step in shown_steps(contract, town.administrator, DAYS["active"])}
    assert [steps[name].aside for name in ("decide_on_security", "decide_on_term", "receive_sheet")] == [True] * 3
    near = date(2028, 3, 20)  # the warning of the 18th month comes on 15 April
    (main,) = [step.name for step in shown_steps(contract, town.administrator, near) if step.primary]
    assert main in ("decide_on_security", "notify_owner")


@pytest.mark.rule("R-0-17")
def test_a_sheet_that_is_on_its_way_is_the_next_thing_to_receive(town):
    contract = a_contract(town, "sent_back")
    issuing.notify_owner(contract.pk, by=town.administrator, today=DAYS["sent_back"])
    main = [step for step in shown_steps(contract, town.administrator, DAYS["sent_back"]) if step.primary]
    assert [(step.name, step.aside) for step in main] == [("receive_sheet", False)]


@pytest.mark.rule("R-0-25")
def test_no_department_is_told_of_the_queue_of_another(town):
    for key in ("contracts.issue", "contracts.complete"):
        assert "Debiteringen" not in deadline_kind(key).why

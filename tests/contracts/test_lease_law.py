"""Taking over, waiving, and the term that runs out: R-4-5, R-4-7, R-4-27; JB 12:3, 12:45 and 12:45 a."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bostad.casework import steps
from bostad.casework.deadlines import deadline_kind
from bostad.casework.models import Deadline, StepLog
from bostad.casework.refusals import NotYours, WrongState
from bostad.housing.models import Occupancy
from contracts.kind import CONTRACT
from contracts.models import Contract, Waiver
from contracts.rules import tenure
from contracts.services import ending
from tests.contracts.refusing import lacking, told
from tests.making import DAYS, MOVE_IN, a_contract, a_notice

pytestmark = pytest.mark.usefixtures("fast_files")
A_DAY = timedelta(days=1)
ACTIVE = DAYS["active"]
ON = date(2027, 6, 1)


def take_over(town, contract, by=None, on=ON, reasons="", consents=True, today=ON):
    return ending.take_over(
        contract.pk, takeover_on=on, special_reasons=reasons, owner_consents=consents, by=by or town.coordinator,
        today=today,
    )  # fmt: skip


# --- R-4-5, R-4-7, R-4-27 --------------------------------------------------------------------------------------------


@pytest.mark.rule("R-4-27")
def test_taking_over_is_the_aim_of_a_trial_flat_and_is_its_outcome(town):
    contract = a_contract(town, "active", form="trial")
    assert lacking(lambda: take_over(town, contract, consents=False)) == {"the_owner_consents_to_the_takeover"}
    done = take_over(town, contract)
    assert (done.state, done.takeover_on) == ("moved_out", ON)
    assert Occupancy.objects.get().to_on == ON
    close = lambda: ending.close(contract.pk, by=town.coordinator, today=ON)  # noqa: E731
    assert lacking(close) == {"billing_is_told", "the_grant_is_settled"}
    ending.notify_billing(contract.pk, last_charged_on=ON, by=town.coordinator, today=ON)
    ending.end_grant(contract.pk, continues=False, ended_on=ON, number="B-1", by=town.coordinator, today=ON)
    assert close().outcome == "taken_over"
    assert not Deadline.objects.still_open().exists()


@pytest.mark.rule("R-4-5")
@pytest.mark.parametrize("reasons", ["", "   "])
def test_a_training_flat_is_taken_over_for_recorded_reasons_only(town, reasons):
    contract = a_contract(town, "active", form="training")
    assert lacking(lambda: take_over(town, contract, reasons=reasons)) == {
        "a_training_flat_is_taken_over_for_special_reasons"
    }
    with pytest.raises(IntegrityError), transaction.atomic():  # nor by any other door
        Contract.objects.filter(pk=contract.pk).update(takeover_on=ON)
    assert take_over(town, contract, reasons="Har klarat sig länge.").ending.reason == "taken_over"


@pytest.mark.rule("R-4-7")
def test_an_emergency_flat_is_never_taken_over(town):
    contract = a_contract(town, "active", form="emergency")
    assert lacking(lambda: take_over(town, contract, reasons="Ändå")) == {"an_emergency_flat_is_never_taken_over"}
    offered = {one.step.name: one for one in steps.available(contract, town.coordinator, ON)}
    assert not offered["take_over"].allowed
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(takeover_on=ON, takeover_reasons="Ändå")


@pytest.mark.rule("R-4-27")
def test_a_takeover_has_a_day_that_has_come_and_is_not_before_the_move_in(town):
    contract = a_contract(town, "active", form="trial")
    assert "efter idag" in told(lambda: take_over(town, contract, on=ON + A_DAY))
    assert "före inflyttningen" in told(lambda: take_over(town, contract, on=MOVE_IN - A_DAY))


@pytest.mark.rule("R-4-27")
def test_care_housing_is_not_taken_over_and_nobody_else_takes_over(town):
    care = a_contract(town, "active")
    for by in (town.coordinator, town.provider, town.property_officer):
        with pytest.raises(NotYours):
            take_over(town, care, by=by)
    trial = a_contract(town, "active", form="trial")
    with pytest.raises(NotYours):
        take_over(town, trial, by=town.property_officer)
    municipal = a_contract(town, "active", form="municipal")
    with pytest.raises(WrongState):
        take_over(town, municipal, by=town.property_officer)


# --- JB 12:45 a ------------------------------------------------------------------------------------------------------


def waive(town, contract, signed_on, today=None, **given):
    return ending.record_waiver(
        contract.pk, ending.WaiverInput(signed_on=signed_on, **given), by=town.administrator, today=today or signed_on
    )


@pytest.mark.rule("JB 12:45 a")
def test_a_waiver_before_there_is_a_right_needs_the_tribunal(town):
    contract = a_contract(town, "active")
    for signed_on in (DAYS["active"], date(2027, 6, 1), date(2028, 10, 14)):
        assert lacking(lambda on=signed_on: waive(town, contract, on)) == {"the_waiver_is_approved_or_written_later"}
    assert "ärendenummer" in told(lambda: waive(town, contract, ON, approved_on=ON))
    assert "efter idag" in told(lambda: waive(town, contract, ON, approved_on=ON + A_DAY, tribunal_number="1-27"))
    waive(town, contract, ON, approved_on=ON, tribunal_number="1-27")
    with pytest.raises(WrongState):
        waive(town, contract, ON, approved_on=ON, tribunal_number="2-27")
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.update(tribunal_number="")


@pytest.mark.rule("JB 12:45 a")
def test_a_waiver_written_when_there_is_a_right_needs_none(town):
    block = a_contract(town, "active", block_let=True)
    assert waive(town, block, MOVE_IN)
    long = a_contract(town, "active")
    assert waive(town, long, date(2028, 10, 15))


@pytest.mark.rule("JB 12:45 a")
def test_a_spouse_who_lives_there_accepts_too(town):
    couple = a_contract(town, "active", category="couple", tenants=2)
    given = {"approved_on": ON, "tribunal_number": "1-27"}
    for answer in (None, False):
        assert lacking(lambda a=answer: waive(town, couple, ON, spouse_accepts=a, **given)) == {
            "the_spouse_accepts_the_waiver"
        }
    assert waive(town, couple, ON, spouse_accepts=True, **given)
    alone = a_contract(town, "active")
    assert lacking(lambda: waive(town, alone, ON, spouse_accepts=False, **given)) == {"the_spouse_accepts_the_waiver"}


@pytest.mark.rule("JB 12:45")
@pytest.mark.rule("JB 12:45 a")
def test_a_waiver_that_holds_silences_the_warnings_and_one_that_ran_out_does_not(town):
    contract = a_contract(town, "active")
    warnings = Deadline.objects.filter(case=contract, kind="contracts.security")
    assert warnings.still_open().count() == 3
    waive(town, contract, ON, approved_on=ON, tribunal_number="1-27", valid_to=date(2028, 12, 31))
    assert not warnings.still_open().exists()
    for today, said in ((date(2028, 12, 31), False), (date(2029, 1, 1), True)):
        one = a_contract(town, "active")
        waive(town, one, ON, approved_on=ON, tribunal_number="1-27", valid_to=date(2028, 12, 31))
        ending.give_notice(one.pk, a_notice(today, planned_move_out_on=today), by=town.provider, today=today)
        log = StepLog.objects.get(case=one, step="give_notice")
        assert ("no_security_after_two_years" in {c["name"] for c in log.conditions if "told" in c}) == said


# --- JB 12:3 ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("JB 12:3")
def test_a_person_lets_a_term_run_on_only_when_it_has_run_out_and_was_long(town):
    last = date(2027, 7, 15)
    contract = a_contract(town, "active", term_to=last)
    do = lambda one, day: ending.become_indefinite(one.pk, by=town.administrator, today=day)  # noqa: E731
    assert lacking(lambda: do(contract, last)) == {"the_term_has_run_out"}
    short = a_contract(town, "active", term_to=last - A_DAY)
    assert lacking(lambda: do(short, last + A_DAY)) == {"the_tenancy_goes_on"}
    assert do(contract, last + A_DAY).term_to is None
    with pytest.raises(WrongState):
        do(contract, last + A_DAY)


@pytest.mark.rule("JB 12:3")
def test_the_end_of_a_term_is_warned_of_in_good_time(town):
    contract = a_contract(town, "active", term_to=date(2027, 10, 14))
    row = Deadline.objects.get(case=contract, kind="contracts.term")
    assert row.due_on == date(2027, 6, 14)
    assert row.detail == (
        "Hyrestiden slutar 14 oktober 2027. Avtalet slutar inte av sig självt: det har då varat längre än nio månader i "
        "följd."
    )


@pytest.mark.rule("JB 12:3")
def test_of_a_term_that_ends_by_itself_it_is_not_said_that_it_does_not(town):
    contract = a_contract(town, "active", term_to=date(2027, 7, 14))
    row = Deadline.objects.get(case=contract, kind="contracts.term")
    assert row.detail == "Hyrestiden slutar 14 juli 2027. Avtalet slutar då av sig självt, utan uppsägning."
    assert "nio månader" not in deadline_kind("contracts.term").why


@pytest.mark.rule("JB 12:3")
@pytest.mark.parametrize(("term_to", "says"), [
    (None, "Avtalet löper tills vidare och slutar inte utan uppsägning."),
    (date(2027, 10, 14), "Hyrestiden är längre än nio månader. Avtalet slutar inte av sig självt utan måste sägas upp.")])  # fmt: skip
def test_why_a_term_does_not_end_without_notice_is_said_as_it_is(town, term_to, says):
    contract = a_contract(town, "active", term_to=term_to)
    facts = replace(CONTRACT.load_facts([contract.pk], ACTIVE)[contract.pk], notice_by="term")
    assert not tenure.only_a_short_term_ends_without_notice.holds(facts)
    assert tenure.only_a_short_term_ends_without_notice.says(facts) == says


@pytest.mark.rule("JB 12:3")
def test_the_day_after_a_short_term_says_when_and_how_it_would_go_on(town):
    contract = a_contract(town, "active", term_to=date(2027, 5, 31))
    row = Deadline.objects.get(case=contract, kind="contracts.indefinite")
    assert row.due_on == date(2027, 6, 1)
    assert row.detail == (
        "Avtalet slutar av sig självt. Bor hyresgästen kvar till och med 30 juni 2027 utan uppmaning att flytta löper "
        "det sedan tills vidare."
    )

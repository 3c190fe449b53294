"""The sweep finds what is due. Run twice, late, or killed in the middle, it comes to the same."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from threading import Event, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bostad.casework import deadlines, steps, sweep
from bostad.casework.models import Case, Deadline, StepLog
from bostad.casework.tasks import look_at_deadlines
from bostad.organisation.models import Setting
from contracts.kind import CONTRACT
from contracts.models import Contract
from contracts.services import ending, ordering
from tests.making import DAYS, Making, a_contract, a_notice, an_order
from tests.town import TODAY, Town

pytestmark = pytest.mark.usefixtures("fast_files")

YEAR = date(2027, 10, 14)  # the last day of a term of a year
SHORT = date(2027, 3, 31)  # of one that ends by itself
OVER = YEAR + timedelta(days=1)


def ending_in_a_year(town: Town) -> Contract:
    return a_contract(town, "active", term_to=YEAR)


def acting(contract: Contract) -> Deadline:
    return Deadline.objects.get(case=contract, kind="contracts.indefinite")


def rows(*contracts: Contract) -> list[tuple]:
    """All that a sweep can leave, but the moment."""
    ids = [contract.pk for contract in contracts]
    return [
        *Deadline.objects.filter(case__in=ids).order_by("case", "kind", "occurrence").values_list(
            "case", "kind", "occurrence", "status", "acts", "met_on", "due_on", "detail", "escalated_on"
        ),
        *StepLog.objects.filter(case__in=ids).order_by("case", "id").values_list("case", "step", "on"),
        *Contract.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "state", "term_to", "version"),
    ]  # fmt: skip


def done(swept: dict[str, int]) -> tuple[int, int]:
    """How many steps were taken, and how many given to a person."""
    return swept["acted"], swept["given to a person"]


# --- what it does ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("JB 12:3")
def test_a_term_of_more_than_nine_months_that_nobody_ended_goes_on_until_further_notice(town):
    contract = ending_in_a_year(town)
    assert (acting(contract).acts, acting(contract).due_on) == (True, OVER)
    assert sweep.sweep(YEAR)["acted"] == 0  # the last day belongs to the term
    assert sweep.sweep(OVER)["acted"] == 1
    contract.refresh_from_db()
    assert (contract.term_to, contract.state) == (None, "active")
    assert (acting(contract).status, acting(contract).met_on) == ("met", OVER)
    assert StepLog.objects.get(case=contract, step="become_indefinite").staff_id is None


@pytest.mark.rule("JB 12:3")
def test_a_term_of_nine_months_ended_by_itself_and_is_given_to_a_person_with_the_reason(town):
    contract = a_contract(town, "active", term_to=SHORT)
    assert done(sweep.sweep(SHORT + timedelta(days=1))) == (0, 1)
    row = acting(contract)
    assert (row.status, row.acts) == ("open", False)
    assert "slutade av sig självt" in row.detail
    contract.refresh_from_db()
    assert contract.term_to == SHORT
    assert sweep.sweep(SHORT + timedelta(days=2))["given to a person"] == 0  # it does not come back every quarter


def test_what_was_given_to_a_person_keeps_its_reasons_when_the_case_goes_on(town):
    contract = a_contract(town, "active", term_to=SHORT)
    sweep.sweep(SHORT + timedelta(days=1))
    before = rows(contract)
    deadlines.replan(CONTRACT, [contract.pk], SHORT + timedelta(days=2))
    assert rows(contract) == before


def test_a_case_that_has_gone_on_is_not_acted_upon(town):
    contract = ending_in_a_year(town)
    ending.give_notice(contract.pk, a_notice(date(2027, 5, 3)), by=town.provider, today=date(2027, 5, 3))
    assert acting(contract).status == "cancelled"
    assert sweep.sweep(OVER)["acted"] == 0


def test_a_deadline_without_a_ready_case_is_no_stop_for_the_others(town):
    """A row that is due though its case has left: given to a person, and the next one acted upon."""
    gone, due = ending_in_a_year(town), ending_in_a_year(town)
    ending.give_notice(gone.pk, a_notice(date(2027, 5, 3)), by=town.provider, today=date(2027, 5, 3))
    Deadline.objects.filter(case=gone, kind="contracts.indefinite").update(status="open", met_on=None)
    assert done(sweep.sweep(OVER, batch=1)) == (1, 1)
    assert "gått vidare" in acting(gone).detail
    assert acting(due).status == "met"


def breaking(monkeypatch: pytest.MonkeyPatch, *broken: Contract) -> None:
    """The facts of these cannot be read: whoever plans their deadlines raises."""
    replan = deadlines.replan

    def breaks(kind, case_ids, *args, **kwargs) -> None:
        replan(kind, case_ids, *args, **kwargs)
        if {contract.pk for contract in broken} & set(case_ids):
            raise ZeroDivisionError("Harald Nyberg 250101-9801")

    monkeypatch.setattr(deadlines, "replan", breaks)


def test_one_case_that_breaks_stops_nobody_else_and_is_given_to_a_person(town, monkeypatch, caplog):
    contracts = [ending_in_a_year(town) for _ in range(5)]
    broken = contracts[2]
    breaking(monkeypatch, broken)
    assert done(sweep.sweep(OVER)) == (4, 1)
    assert {acting(contract).status for contract in contracts if contract != broken} == {"met"}
    row = acting(broken)
    assert (row.status, row.acts) == ("open", False)
    assert row.detail.startswith("Steget kunde inte tas av sig självt: ")
    assert StepLog.objects.filter(step="become_indefinite").count() == 4
    broken.refresh_from_db()
    assert broken.term_to == YEAR  # nothing of the step is left
    [said] = [record for record in caplog.records if record.name == "bostad.casework.sweep"]
    assert said.getMessage() == f"contracts.indefinite could not be taken in case {broken.pk}: ZeroDivisionError"
    assert said.exc_info is None
    assert sweep.sweep(OVER)["given to a person"] == 0


def test_what_the_database_refuses_at_commit_stops_nobody_else(town, monkeypatch):
    """A constraint that is asked at commit is asked case by case, so the batch survives it."""
    broken, whole = ending_in_a_year(town), ending_in_a_year(town)
    replan = deadlines.replan

    def breaks(kind, case_ids, *args, **kwargs) -> None:
        replan(kind, case_ids, *args, **kwargs)
        if broken.pk in case_ids:
            Deadline.objects.filter(case=broken).update(watcher_unit=999_999_999)

    monkeypatch.setattr(deadlines, "replan", breaks)
    assert done(sweep.sweep(OVER)) == (1, 1)
    assert (acting(whole).status, acting(broken).status) == ("met", "open")


def test_a_kind_of_deadline_that_the_code_has_lost_stops_nobody_else(town):
    lost, due = ending_in_a_year(town), ending_in_a_year(town)
    row = acting(lost)
    row.pk, row.kind = None, "contracts.lost"
    row.save()
    assert done(sweep.sweep(OVER)) == (2, 1)
    assert acting(due).status == "met"


def test_the_task_only_looks(town):
    assert done(look_at_deadlines()) == (0, 0)


# --- twice, late, killed ---------------------------------------------------------------------------------------------


def test_run_twice_nothing_changes_the_second_time(town):
    contracts = [ending_in_a_year(town) for _ in range(3)]
    sweep.sweep(OVER)
    before = rows(*contracts)
    assert done(sweep.sweep(OVER)) == (0, 0)
    assert rows(*contracts) == before


def test_run_late_the_result_is_the_same_but_for_the_day(town):
    contract = ending_in_a_year(town)
    late = OVER + timedelta(days=20)
    assert sweep.sweep(late)["acted"] == 1
    assert (acting(contract).status, acting(contract).met_on, acting(contract).due_on) == ("met", late, OVER)


@pytest.mark.django_db(transaction=True)
def test_stopped_between_two_batches_it_goes_on_where_it_was(town, monkeypatch):
    contracts = [ending_in_a_year(town) for _ in range(3)]
    act, runs = sweep._act, []

    def stops_at_the_second(today: date, batch: int) -> tuple[int, int]:
        runs.append(today)
        if len(runs) == 2:
            raise KeyboardInterrupt
        return act(today, batch)

    monkeypatch.setattr(sweep, "_act", stops_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        sweep.sweep(OVER, batch=1)
    assert Deadline.objects.filter(kind="contracts.indefinite", status="met").count() == 1
    monkeypatch.undo()
    assert sweep.sweep(OVER, batch=1)["acted"] == 2
    assert not Contract.objects.exclude(term_to=None).exists()
    assert StepLog.objects.filter(step="become_indefinite").count() == len(contracts)


@pytest.mark.django_db(transaction=True)
def test_stopped_within_a_batch_the_batch_has_not_been(town, monkeypatch):
    contracts = [ending_in_a_year(town) for _ in range(2)]
    before = rows(*contracts)

    def breaks(*args: object, **kwargs: object) -> None:
        raise MemoryError

    monkeypatch.setattr(deadlines, "replan", breaks)  # the last thing that a step does
    with pytest.raises(MemoryError):
        sweep.sweep(OVER)
    monkeypatch.undo()
    assert rows(*contracts) == before
    assert sweep.sweep(OVER)["acted"] == 2


KILLED = """
import django, os, sys, time
django.setup()
from datetime import date
from django.db import connection
from bostad.casework import deadlines, sweep

replan, done = deadlines.replan, []

def slowly(*args, **kwargs):
    replan(*args, **kwargs)
    done.append(1)
    if len(done) == 2:
        print("in the middle", flush=True)
        time.sleep(60)

deadlines.replan = slowly
sweep.sweep(date.fromisoformat(sys.argv[1]), batch=1)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_within_a_batch_leaves_the_work_to_the_next(town):
    contracts = [ending_in_a_year(town) for _ in range(3)]
    settings = connection.settings_dict
    url = f"postgres://{settings['USER']}@/{settings['NAME']}?host={settings['HOST'] or settings['OPTIONS'].get('host', '')}"
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", KILLED, OVER.isoformat()],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "bostad.settings", "DATABASE_URL": url},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdout is not None
    with worker.stdout:
        assert worker.stdout.readline() == "in the middle\n"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert StepLog.objects.filter(step="become_indefinite").count() == 1
    for _ in range(100):  # until PostgreSQL has noticed
        if sweep.sweep(OVER, batch=1)["acted"]:
            break
        time.sleep(0.1)
    assert sweep.sweep(OVER)["acted"] == 0
    assert StepLog.objects.filter(step="become_indefinite").count() == len(contracts)
    assert not Contract.objects.exclude(term_to=None).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("batch", [1, 10])
def test_a_case_that_somebody_holds_is_left_and_the_others_are_not(town, batch):
    held, free, also = (ending_in_a_year(town) for _ in range(3))
    locked, release = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            Case.objects.locked().get(pk=held.pk)
            locked.set()
            release.wait(timeout=30)
        connection.close()

    colleague = Thread(target=hold)
    colleague.start()
    try:
        assert locked.wait(timeout=10)
        assert sweep.sweep(OVER, batch=batch)["acted"] == 2
    finally:
        release.set()
        colleague.join()
    assert {acting(free).status, acting(also).status} == {"met"}
    assert acting(held).status == "open"
    assert sweep.sweep(OVER, batch=batch)["acted"] == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_do_nothing_twice(town):
    for _ in range(4):
        ending_in_a_year(town)

    def run() -> None:
        sweep.sweep(OVER, batch=1)
        connection.close()

    workers = [Thread(target=run) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    sweep.sweep(OVER)  # what each left to the other
    assert StepLog.objects.filter(step="become_indefinite").count() == 4


# --- escalation ------------------------------------------------------------------------------------------------------


def test_what_has_been_late_for_a_week_is_shown_to_the_manager(town):
    contract = a_contract(town, "ordered")
    row = Deadline.objects.get(case=contract, kind="contracts.issue")
    assert sweep.escalate(row.due_on + timedelta(days=6)) == 0
    late = row.due_on + timedelta(days=7)
    assert sweep.escalate(late) == 1
    assert sweep.escalate(late + timedelta(days=1)) == 0
    row.refresh_from_db()
    assert row.escalated_on == late


@pytest.mark.django_db(transaction=True)
def test_what_somebody_holds_is_escalated_the_next_time_and_nobody_waits(town):
    """The sweep that waited for a page, which waited for a row that the sweep had changed, was a deadlock."""
    held, free = (Deadline.objects.get(case=a_contract(town, "ordered"), kind="contracts.issue") for _ in range(2))
    locked, release = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            Deadline.objects.filter(pk=held.pk).update(detail="planeras om")
            locked.set()
            release.wait(timeout=30)
        connection.close()

    colleague = Thread(target=hold)
    colleague.start()
    try:
        assert locked.wait(timeout=10)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            assert sweep.escalate(held.escalate_on) == 1
    finally:
        release.set()
        colleague.join()
    held.refresh_from_db(), free.refresh_from_db()
    assert (held.escalated_on, free.escalated_on) == (None, free.escalate_on)
    assert sweep.escalate(held.escalate_on) == 1


def test_what_is_late_is_escalated_a_batch_at_a_time(town):
    rows = [Deadline.objects.get(case=a_contract(town, "ordered"), kind="contracts.issue") for _ in range(3)]
    assert sweep.escalate(rows[0].escalate_on, batch=2) == 3


def test_the_notice_to_the_owner_is_escalated_sooner(town):
    contract = a_contract(town, "issued")
    row = Deadline.objects.get(case=contract, kind="contracts.owner")
    assert row.escalate_on == row.due_on + timedelta(days=3)


def test_a_deadline_that_comes_back_begins_anew(town):
    contract = a_contract(town, "ordered")
    row = Deadline.objects.get(case=contract, kind="contracts.issue")
    sweep.escalate(row.escalate_on)
    again = row.escalate_on + timedelta(days=1)
    ordering.recall_order(contract.pk, reason="fel", by=town.provider, today=again)
    row.refresh_from_db()
    assert row.status == "cancelled"
    ordering.order(contract.pk, an_order(), by=town.provider, today=again)
    row.refresh_from_db()
    assert (row.status, row.escalated_on) == ("open", None)
    assert row.due_on > again


# --- planning --------------------------------------------------------------------------------------------------------

MADE = ["registered", "ordered", "returned", "issued", "dispatched", "signed", "active", "notice_given", "moved_out",
        "closed", "cancelled"]  # fmt: skip


@pytest.mark.parametrize("state", MADE)
def test_planning_again_changes_nothing(town, state):
    contract = a_contract(town, state)
    before = rows(contract)
    deadlines.replan(CONTRACT, [contract.pk], DAYS.get(state, TODAY))
    assert rows(contract) == before


AFTER_THE_END = {"contracts.end_sharing"}  # the provider reads for a while what it has done


@pytest.mark.parametrize("form", ["care_dementia", "municipal"])
@pytest.mark.parametrize("state", MADE)
def test_no_deadline_asks_for_a_step_whose_time_has_passed(town, state, form):
    """A row of ”Mitt arbete” leads to a page where the work is done, now or when the case has come there."""
    if state == "dispatched" and form != "care_dementia":
        pytest.skip("a contract of one's own is not posted to anybody")
    contract = a_contract(town, state, form=form)
    facts = CONTRACT.load_facts([contract.pk], DAYS[state])[contract.pk]
    rows_of_work = Deadline.objects.still_open().filter(case=contract)
    for row in rows_of_work:
        made = CONTRACT.steps[deadlines.deadline_kind(row.kind).step]
        assert still_ahead(contract.state) & set(made.sources), row
        assert made.applies(facts) or contract.state not in made.sources, row
    left = set(rows_of_work.values_list("kind", flat=True))
    assert left if contract.closed_on is None else left <= AFTER_THE_END


def still_ahead(state: str) -> set[str]:
    """This state, and those that steps which undo nothing lead to."""
    found = {state}
    while (
        more := {
            made.target
            for made in CONTRACT.steps.values()
            if made.target and not made.undo and found & set(made.sources)
        }
        - found
    ):
        found |= more
    return found


def test_every_deadline_of_a_closed_contract_was_met_or_fell_away(town):
    contract = a_contract(town, "closed")
    left = dict(Deadline.objects.filter(case=contract).values_list("kind", "status"))
    assert {kind for kind, status in left.items() if status == "open"} <= AFTER_THE_END
    met = {key for key, status in left.items() if status == "met"}
    assert {"contracts.order", "contracts.issue", "contracts.dispatch", "contracts.receipt", "contracts.signatures",
            "contracts.hand_over", "contracts.return", "contracts.agreement", "contracts.move_out",
            "contracts.tenants_original", "contracts.billing", "contracts.grant", "contracts.close"} <= met  # fmt: skip


def test_a_deadline_is_met_by_the_fact_and_on_its_day(town):
    contract = a_contract(town, "dispatched")
    met = Deadline.objects.get(case=contract, kind="contracts.dispatch")
    assert (met.status, met.met_on) == ("met", DAYS["dispatched"])
    back = Deadline.objects.get(case=contract, kind="contracts.return")
    assert (back.status, back.due_on) == ("open", date(2026, 10, 26))  # three weeks after the posting, a Monday
    assert (back.department_id, back.watcher_unit_id) == (town.ronngarden.pk, town.debiteringen.pk)


def test_new_settings_do_not_move_the_deadlines_of_old_cases(town):
    old = a_contract(town, "ordered")
    due = Deadline.objects.get(case=old, kind="contracts.issue").due_on
    for key in ("contracts.issue_days", "contracts.return_days"):
        Setting.objects.create(key=key, from_on=TODAY + timedelta(days=1), value=30)
    deadlines.replan(CONTRACT, [old.pk], TODAY + timedelta(days=2))
    assert Deadline.objects.get(case=old, kind="contracts.issue").due_on == due
    making = Making(town)
    later = TODAY + timedelta(days=4)
    new = ordering.register(making.registration(), by=town.provider, today=later)
    ordering.order(new.pk, an_order(), by=town.provider, today=later)
    assert Deadline.objects.get(case=new, kind="contracts.issue").due_on > later + timedelta(days=30)


def test_a_departments_own_setting_goes_before_the_municipalitys(town):
    Setting.objects.create(key="contracts.issue_days", from_on=TODAY, value=10)
    Setting.objects.create(key="contracts.issue_days", organisation=town.vof, from_on=TODAY, value=1)
    contract = a_contract(town, "ordered")
    assert Deadline.objects.get(case=contract, kind="contracts.issue").due_on == date(2026, 10, 2)


def test_a_deadline_that_moved_or_was_reopened_acts_by_itself_again(town):
    contract = ending_in_a_year(town)
    Deadline.objects.filter(case=contract, kind="contracts.indefinite").update(acts=False, detail="…")
    Contract.objects.filter(pk=contract.pk).update(term_to=YEAR + timedelta(days=30))
    deadlines.replan(CONTRACT, [contract.pk], TODAY)
    assert (acting(contract).acts, acting(contract).detail) == (True, "Avtalet löper tills vidare från den dagen.")


def test_a_notice_that_is_taken_back_brings_the_old_deadlines_again(town):
    contract = ending_in_a_year(town)
    before = set(Deadline.objects.still_open().filter(case=contract).values_list("kind", "due_on"))
    on = date(2027, 2, 10)
    ending.give_notice(contract.pk, a_notice(on), by=town.provider, today=on)
    ending.withdraw_notice(contract.pk, reason="ångrade sig", by=town.administrator, today=on)
    assert set(Deadline.objects.still_open().filter(case=contract).values_list("kind", "due_on")) == before


@pytest.mark.rule("JB 12:45")
def test_warnings_of_security_of_tenure_come_at_18_21_and_23_months(town):
    contract = a_contract(town, "active")
    due = Deadline.objects.filter(case=contract, kind="contracts.security").order_by("occurrence")
    assert list(due.values_list("occurrence", "due_on")) == [
        (18, date(2028, 4, 15)), (21, date(2028, 7, 15)), (23, date(2028, 9, 15)),
    ]  # fmt: skip
    assert not Deadline.objects.filter(
        case=a_contract(town, "active", block_let=True), kind="contracts.security"
    ).exists()


def test_planning_takes_the_same_number_of_queries_for_one_case_and_for_many(town, django_assert_max_num_queries):
    """Cases in several states and of several days: the days are what once cost a query each."""
    making = Making(town)
    many = []
    for n in range(12):
        day = TODAY + timedelta(days=n)
        contract = ordering.register(making.registration(), by=town.provider, today=day)
        making.dwelling = None
        if n % 2:
            ordering.order(contract.pk, an_order(), by=town.provider, today=day)
        many.append(contract.pk)
    later = TODAY + timedelta(days=40)
    with count() as one:
        deadlines.replan(CONTRACT, many[:1], later)
    Deadline.objects.filter(case__in=many).update(due_on=later)  # so that there is something to write
    with count() as all_of_them:
        deadlines.replan(CONTRACT, many, later)
    assert all_of_them.queries <= one.queries + 2  # the write, and what lets it through
    assert one.queries <= 22


class count:  # noqa: N801 - reads as a word
    def __enter__(self) -> "count":
        self.context = CaptureQueriesContext(connection)
        self.context.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self.context.__exit__(*raised)
        self.queries = len([q for q in self.context.captured_queries if "SAVEPOINT" not in q["sql"]])


def test_available_steps_of_a_case_take_a_handful_of_queries(town):
    contract = a_contract(town, "signed")
    with count() as taken:
        steps.available(contract, town.provider, DAYS["signed"])
    assert taken.queries <= 60


# --- a new version ---------------------------------------------------------------------------------------------------


def test_a_kind_of_deadline_that_is_new_is_planned_for_the_cases_that_there_are(town, monkeypatch):
    contract, later = ending_in_a_year(town), a_contract(town, "active")
    before = rows(contract, later)
    assert sweep.plan_anew(TODAY, batch=1) >= 2
    assert rows(contract, later) == before  # nothing is new
    new = replace(deadlines.deadline_kind("contracts.indefinite"), key="contracts.new", acts=False)
    monkeypatch.setitem(deadlines._kinds, new.key, new)
    call_command("replan", verbosity=0)
    assert Deadline.objects.still_open().get(kind="contracts.new").case_id == contract.pk

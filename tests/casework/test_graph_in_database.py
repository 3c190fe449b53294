"""The routine as PostgreSQL holds it: every way round the steps is tried, and none of them leads anywhere."""

from collections.abc import Callable

import pgtrigger
import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django_fsm import ConcurrentTransition

from bostad.audit.models import ReadLog
from bostad.casework import services
from bostad.casework.graph import kind, kinds
from bostad.casework.models import Case, CaseState, JournalEntry, StepLog, Transition
from bostad.casework.querysets import CaseQuerySet
from bostad.documents.models import DocumentFile, Movement, PrintBatchFile, VoidedDocument
from contracts.models import Contract
from contracts.services import ordering
from tests.making import DAYS, a_contract, an_order
from tests.referrals import making as referrals

pytestmark = pytest.mark.usefixtures("fast_files")

MAKERS: dict[str, Callable[..., Case]] = {  # how a case of each kind comes to a state
    "contract": a_contract,
    "assessment": referrals.assessment_in,
    "question": referrals.question_in,
    "referral": referrals.referral_in,
}
STATES = [(one.key, state) for one in kinds() for state in one.states.values]


def refused(write: Callable[[], object]) -> str:
    """What the database says when it refuses; the test's own transaction goes on."""
    with pytest.raises((IntegrityError, ProgrammingError)) as said, transaction.atomic():
        write()
    return str(said.value)


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


# --- the tables ------------------------------------------------------------------------------------------------------


def test_every_kind_of_case_is_tried_here():
    assert set(MAKERS) == {one.key for one in kinds()}


def test_the_database_holds_the_graphs_of_the_code(db):
    assert set(Transition.objects.values_list("kind", "source", "target")) == {
        (one.key, source, target) for one in kinds() for source, target in one.edges
    }
    assert set(CaseState.objects.values_list("kind", "state", "label", "is_open")) == {
        (one.key, state.value, state.label, state.value not in one.closed) for one in kinds() for state in one.states
    }


def test_every_state_is_reached_and_every_open_one_left(db):
    for one in kinds():
        edges = one.edges
        reached = {target for _, target in edges}
        assert reached == set(one.states.values), one.key
        assert {source for source, _ in edges} - one.closed == (reached - one.closed) | {""}, one.key
        out_of_closed = [made for made in one.steps.values() if made.target and one.closed & set(made.sources)]
        assert all(made.undo or made.name == "record_appeal" for made in out_of_closed), one.key  # FL 45: also the late


# --- every pair of states, by every door -----------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "source"), STATES)
def test_no_state_is_left_but_by_a_step(town, key, source):
    """Legal pairs are refused for want of the step's log, illegal ones for what they are; SQL and queryset alike."""
    case = MAKERS[key](town, source)
    edges, model = kind(key).edges, kind(key).model
    for target in ["", *kind(key).states.values]:
        if target == source:
            continue
        expected = "changes state only through a step" if (source, target) in edges else "may not go from"
        doors: dict[str, Callable[[], object]] = {
            "SQL": lambda to=target: execute("UPDATE casework_case SET state = %s WHERE id = %s", to, case.pk),
            "queryset": lambda to=target: Case.objects.filter(pk=case.pk).update(state=to),
            "child's queryset": lambda to=target: model.objects.filter(pk=case.pk).update(state=to),
            "instance": lambda to=target: by_hand(model.objects.get(pk=case.pk), to).save(),
            "bulk update": lambda to=target: Case.objects.bulk_update([by_hand(Case(pk=case.pk), to)], ["state"]),
        }
        for door, write in doors.items():
            assert expected in refused(write), (door, target)
    assert Case.objects.get(pk=case.pk).state == source


def by_hand(case: Case, state: str) -> Case:
    """Past the descriptor that refuses an assignment."""
    case.__dict__["state"] = state
    return case


@pytest.mark.parametrize(("key", "source"), STATES)
def test_no_plain_assignment_changes_a_state(town, key, source):
    case = MAKERS[key](town, source)
    for instance in (case, Case.objects.get(pk=case.pk), kind(key).model.objects.only("number").get(pk=case.pk)):
        instance.refresh_from_db()
        for target in set(kind(key).states.values) - {source}:
            with pytest.raises(AttributeError):
                instance.state = target


def test_two_stale_copies_do_not_both_change_the_state(town):
    contract = a_contract(town)
    stale = Contract.objects.get(pk=contract.pk)
    ordering.order(contract.pk, an_order(), by=town.provider, today=DAYS["ordered"])
    stale.order_contract()
    with pytest.raises(ConcurrentTransition), transaction.atomic():
        stale.save()


def test_the_admin_offers_no_state_to_change():
    assert not Case._meta.get_field("state").editable
    for model, page in admin.site._registry.items():
        if issubclass(model, Case):
            assert "state" not in page.list_editable, model


# --- birth -----------------------------------------------------------------------------------------------------------


def a_row(town, **changes):
    return {"kind": "contract", "number": "K-2026-999999", "opened_on": DAYS["registered"], "department": town.vof,
            "unit": town.debiteringen} | changes  # fmt: skip


@pytest.mark.parametrize(("key", "state"), STATES)
def test_no_case_is_born_in_a_state(town, key, state):
    row = a_row(town, kind=key)
    assert "opened by a step" in refused(lambda: by_hand(Case(**row), state).save())
    assert "opened by a step" in refused(lambda: Case.objects.bulk_create([by_hand(Case(**row), state)]))


@pytest.mark.django_db(transaction=True)
def test_a_case_that_no_step_opened_is_refused_at_the_commit(town):
    with pytest.raises(IntegrityError, match="was never opened by a step"), transaction.atomic():
        Case.objects.create(**a_row(town))
        assert Case.objects.count() == 1  # until now it stands
    assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_log_of_an_earlier_transaction_opens_no_door(town):
    """Ordered and taken back: the step is in the log, and still does not carry a second change."""
    contract = a_contract(town, "ordered")
    ordering.recall_order(contract.pk, by=town.provider, today=DAYS["ordered"], reason="fel rum")
    assert StepLog.objects.filter(case=contract, source="registered", target="ordered").exists()
    with pytest.raises(IntegrityError, match="only through a step"):
        Case.objects.filter(pk=contract.pk).update(state="ordered")


@pytest.mark.django_db(transaction=True)
def test_nobody_can_write_another_transaction_into_the_log(town):
    contract = a_contract(town)
    log = StepLog.objects.create(
        case_id=contract.pk, step="order_contract", source="registered", target="ordered", on=DAYS["ordered"], xid=1
    )
    assert StepLog.objects.get(pk=log.pk).xid > 1


# --- what never changes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"kind": "referral"}, {"kind": "nonsense"}, {"number": "K-2026-000000"}])
def test_kind_and_number_never_change(town, change):
    contract = a_contract(town)
    assert "never change" in refused(lambda: Case.objects.filter(pk=contract.pk).update(**change))


def test_a_child_row_has_its_parents_kind(town):
    def a_contract_of_a_referral() -> None:
        parent = Case.objects.create(**a_row(town, kind="referral"))
        child = Contract(case_ptr=parent, housing_form="trial", move_in_on=DAYS["active"], contract_on=DAYS["active"])
        child.save_base(raw=True)  # the child's row alone

    assert "is no contract" in refused(a_contract_of_a_referral)


def test_no_child_row_moves_to_another_case(town):
    contract, other = a_contract(town), Case.objects.create(**a_row(town, kind="referral"))
    assert "is no contract" in refused(
        lambda: execute("UPDATE contracts_contract SET case_ptr_id = %s WHERE case_ptr_id = %s", other.pk, contract.pk)
    )
    Case.objects.filter(pk=other.pk).delete()  # or the end of the test finds it without a state


@pytest.mark.django_db(transaction=True)
def test_a_case_is_never_deleted(town):
    """Its log points at it, and the log lets go of nothing."""
    contract = a_contract(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        execute("DELETE FROM contracts_contract WHERE case_ptr_id = %s", contract.pk)
        execute("DELETE FROM casework_case WHERE id = %s", contract.pk)
    with pytest.raises(ProtectedError):
        Contract.objects.get(pk=contract.pk).delete()
    assert Contract.objects.filter(pk=contract.pk).exists()


# --- tables that only grow -------------------------------------------------------------------------------------------

HISTORY = [model for model in apps.get_models() if model.__name__.endswith("Event")]
GROWING = [StepLog, JournalEntry, ReadLog, Movement, DocumentFile, PrintBatchFile, VoidedDocument, *HISTORY]


@pytest.fixture
def grown(town):
    """A row in most of the tables that only grow."""
    contract = a_contract(town, "dispatched")
    services.write_note(case=contract, text="Ringde Sara.", on=DAYS["dispatched"], by=town.administrator)
    ReadLog.objects.create(staff_id=town.administrator.staff_id, page="contracts:contract", case_ids=[contract.pk])
    return contract


def test_rows_of_logs_and_history_are_neither_changed_nor_deleted(grown):
    untouched = []
    for model in GROWING:
        row = model._base_manager.values_list("pk", flat=True).first()
        if row is None:
            untouched.append(model.__name__)
            continue
        table, key = model._meta.db_table, model._meta.pk.column
        for sql in (f"UPDATE {table} SET {key} = {key} WHERE {key} = %s", f"DELETE FROM {table} WHERE {key} = %s"):
            assert "Cannot update or delete" in refused(lambda s=sql, r=row: execute(s, r)), model
    assert len(untouched) < len(GROWING) / 2, untouched


def test_logs_and_history_are_not_truncated(db):
    for model in GROWING:
        assert "cannot truncate" in refused(lambda m=model: execute(f"TRUNCATE {m._meta.db_table} CASCADE"))


def test_every_model_that_can_change_keeps_its_history(db):
    """The state of things that only grow, or that nobody edits, needs none."""
    without = {
        "Household", "CaseLink", "CaseState", "Transition", "Enclosure", "PrintBatch", "DemoDay", "Document", "StepLog",
        "Assignment", "JournalEntry", "ContactAttempt", "Dispatch", "DocumentFile", "Movement", "ReadLog", "PrintBatchFile", "VoidedDocument",
        "OrganisationGroupObjectPermission", "UnitGroupObjectPermission", "OwnerContact", "Notice",
    }  # fmt: skip
    ours = [m for m in apps.get_models() if m.__module__.startswith(("bostad.", "contracts.")) and m not in HISTORY]
    ours = [model for model in ours if not model._meta.proxy]
    tracked = {event._meta.get_field("pgh_obj").related_model for event in HISTORY}
    assert {m.__name__ for m in ours if m not in tracked} <= without


# --- the switch that is none -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("uri", [None, "casework.Case:guard_state", "casework.StepLog:append_only"])
def test_pgtriggers_own_switch_opens_nothing(grown, uri):
    with pgtrigger.ignore(*filter(None, [uri])):
        no_guard_is_down(grown)


def test_setting_the_switch_by_sql_opens_nothing(grown):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass || ':' || tgname FROM pg_trigger WHERE NOT tgisinternal")
        everything = ",".join(name for (name,) in cursor.fetchall())
    execute("SELECT set_config('pgtrigger.ignore', %s, true)", f"{{{everything}}}")
    no_guard_is_down(grown)


def no_guard_is_down(case: Contract) -> None:
    log = StepLog.objects.filter(case=case)
    assert "Cannot update or delete" in refused(lambda: log._raw_delete("default"))
    assert "only through a step" in refused(lambda: Case.objects.filter(pk=case.pk).update(state="signed"))
    assert "never change" in refused(lambda: Case.objects.filter(pk=case.pk).update(kind="referral"))


def test_the_role_of_the_application_is_no_superuser(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (is_superuser,) = cursor.fetchone()
    if is_superuser:
        pytest.skip("this DATABASE_URL names a superuser, who can switch any trigger off")
    with pytest.raises(ProgrammingError), transaction.atomic():
        execute("SET session_replication_role = replica")


def test_querysets_of_cases_are_the_houses_own():
    assert isinstance(Contract.objects.all(), CaseQuerySet)

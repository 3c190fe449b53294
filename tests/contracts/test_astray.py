"""Paper that is not where it should be (R-0-12, R-0-17, R-0-21), and the end of what a provider may read (R-0-3)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from bostad.casework.models import Case, Deadline, Share, StepLog
from bostad.casework.refusals import NotYours, WrongState
from bostad.casework.sweep import sweep
from bostad.documents.models import Holder, Original
from contracts.models import Contract, Signature
from contracts.services import astray, issuing, ordering, signing
from tests.contracts.refusing import told
from tests.making import DAYS, a_contract, code_of

pytestmark = pytest.mark.usefixtures("fast_files")
A_DAY = timedelta(days=1)
ACTIVE = DAYS["active"]


def state(code):
    return Original.objects.get(code=code).state


def waits(contract, kind):
    return Deadline.objects.still_open().filter(case=contract, kind=f"contracts.{kind}").exists()


# --- filed by mistake ------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-17")
def test_a_sheet_that_is_not_in_the_archive_after_all_is_chased_again(town):
    contract = a_contract(town, "active")
    code = code_of(contract, Holder.MUNICIPALITY)
    mend = lambda **how: astray.mend_filing(  # noqa: E731
        contract.pk, reason="fel blad", by=town.administrator, today=ACTIVE, **{"shelf": "", "code": code} | how
    )
    mend(shelf="C 4")
    assert (state(code), Original.objects.get(code=code).shelf) == ("archived", "C 4")
    assert not waits(contract, "file")
    mend()
    assert state(code) == "on_its_way"
    assert waits(contract, "file")
    assert "fel blad" in StepLog.objects.filter(step="mend_filing").last().note
    signing.receive_sheet(code=code, shelf="B 2", by=town.administrator, today=ACTIVE)
    assert not waits(contract, "file")
    assert "Välj ett av kontraktets blad" in told(lambda: mend(code=code_of(contract, Holder.TENANT)))


# --- lost ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-17")
def test_a_signed_sheet_that_is_lost_does_not_hold_the_contract_for_ever(town):
    contract = a_contract(town, "sent_back")
    code = code_of(contract, Holder.MUNICIPALITY)
    lose = lambda by: astray.record_lost_sheet(contract.pk, code=code, reason="brann upp", by=by, today=ACTIVE)  # noqa: E731
    with pytest.raises(NotYours):
        lose(town.administrator)
    lose(town.manager)
    assert Contract.objects.get(pk=contract.pk).state == "active"
    assert state(code) == "lost"
    assert not waits(contract, "return")
    assert not waits(contract, "file")
    signing.receive_sheet(code=code, shelf="B 2", by=town.administrator, today=ACTIVE + A_DAY)  # and it turned up
    assert state(code) == "archived"


@pytest.mark.rule("R-0-21")
def test_a_tenants_original_that_is_lost_does_not_hold_the_closing(town):
    contract = a_contract(town, "moved_out")
    today = DAYS["moved_out"]
    assert waits(contract, "tenants_original")
    code = code_of(contract, Holder.TENANT)
    astray.record_lost_sheet(contract.pk, code=code, reason="kastat", by=town.manager, today=today)
    assert not waits(contract, "tenants_original")
    assert not waits(contract, "file_tenants_original")


# --- called back -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-12")
def test_sheets_that_the_municipality_has_signed_are_called_back_until_they_are_destroyed(town):
    contract = a_contract(town, "received")
    today = DAYS["received"]
    ordering.call_off(contract.pk, "cancel", reason="blev inte av", by=town.administrator, today=today)
    assert set(Original.objects.values_list("state", flat=True)) == {"recalled"}
    (waiting,) = Deadline.objects.still_open().filter(case=contract)
    assert (waiting.kind, waiting.department) == ("contracts.recalled", contract.provider)
    code = Original.objects.first().code
    assert "ogiltigt" in told(lambda: signing.receive_sheet(code=code, shelf="B", by=town.administrator, today=today))
    destroy = lambda on: astray.confirm_destroyed(contract.pk, destroyed_on=on, by=town.provider, today=today)  # noqa: E731
    for wrong in (today - A_DAY, today + A_DAY):
        assert "före återkallelsen eller efter idag" in told(lambda day=wrong: destroy(day))
    destroy(today)
    assert set(Original.objects.values_list("state", flat=True)) == {"void"}
    assert not waits(contract, "recalled")
    with pytest.raises(WrongState):
        destroy(today)


@pytest.mark.rule("R-0-12")
def test_sheets_that_never_left_the_house_are_void_at_once(town):
    contract = a_contract(town, "municipality_signed")
    issuing.replace_sheets(contract.pk, reason="fläck", by=town.administrator, today=DAYS["issued"])
    assert set(Original.objects.filter(case=contract).values_list("state", flat=True)) == {"made", "void"}
    assert not waits(contract, "recalled")


@pytest.mark.rule("R-0-12")
def test_replaced_sheets_at_the_provider_are_called_back_beside_the_new_ones(town):
    contract = a_contract(town, "dispatched")
    today = DAYS["dispatched"]
    issuing.replace_sheets(contract.pk, reason="borta i posten", by=town.administrator, today=today)
    assert set(Original.objects.filter(case=contract).values_list("state", flat=True)) == {"made", "recalled"}
    assert waits(contract, "recalled")
    assert len(Original.objects.filter(case=contract).valid()) == 2


@pytest.mark.rule("R-0-12")
@pytest.mark.rule("R-0-13")
@pytest.mark.parametrize(("form", "until", "kind"), [
    ("care_dementia", "received", "dispatch"), ("municipal", "municipality_signed", "sign_at_desk")])  # fmt: skip
def test_what_is_to_be_done_with_new_sheets_is_counted_from_the_day_they_were_made(town, form, until, kind):
    contract = a_contract(town, until, form=form)
    office = town.administrator if form == "care_dementia" else town.property_officer
    today = DAYS["issued"] + timedelta(days=60)
    issuing.replace_sheets(contract.pk, reason="borta i posten", by=office, today=today)
    (row,) = Deadline.objects.still_open().filter(case=contract.pk, kind=f"contracts.{kind}")
    assert row.due_on >= today
    late = Deadline.objects.still_open().overdue(today).filter(case=contract.pk).exclude(kind="contracts.owner")
    assert list(late.values_list("kind", flat=True)) == []


# --- R-0-26: who calls and cannot sign in ----------------------------------------------------------------------------


@pytest.mark.rule("R-0-26")
def test_the_administrator_records_a_receipt_that_was_told_by_telephone(town):
    contract = a_contract(town, "dispatched")
    first, second = (code_of(contract, holder) for holder in (Holder.TENANT, Holder.MUNICIPALITY))
    got = signing.acknowledge_receipt(
        contract.pk, first=first, second=second, received_on=DAYS["received"], by=town.administrator,
        today=DAYS["received"],
    )  # fmt: skip
    assert got.received_by_provider_on == DAYS["received"]


# --- no door around the steps ----------------------------------------------------------------------------------------


def _of_another_transaction(cursor):
    """The steps that brought a contract here are of this very transaction, in a test: here they look like older ones."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("ALTER TABLE casework_steplog DISABLE TRIGGER USER")
    cursor.execute("UPDATE casework_steplog SET xid = 1")


@pytest.mark.parametrize("change", ["state = 'with_tenant'", "state = 'recalled'"])
def test_sql_moves_no_sheet_without_a_step(town, change):
    contract = a_contract(town, "signed")
    code = code_of(contract, Holder.MUNICIPALITY)
    with (
        pytest.raises(IntegrityError, match="only through a step"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        _of_another_transaction(cursor)
        cursor.execute(f"UPDATE documents_original SET {change} WHERE code = %s", [code])


@pytest.mark.rule("R-0-15")
def test_sql_signs_nothing_without_a_step(town):
    a_contract(town, "signed")
    with (
        pytest.raises(IntegrityError, match="only through a step"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        _of_another_transaction(cursor)
        Signature.objects.update(signer_name="Någon annan")


# --- R-0-3: how long a provider reads --------------------------------------------------------------------------------


@pytest.mark.rule("R-0-3")
def test_a_provider_reads_a_closed_contract_no_longer_than_the_setting_says(town):
    contract = a_contract(town, "closed")
    closed = DAYS["closed"]
    read = lambda: Case.objects.visible_to(town.provider).filter(pk=contract.pk).exists()  # noqa: E731
    sweep(closed + timedelta(days=89))
    assert read()
    sweep(closed + timedelta(days=90))
    assert not read()
    assert Share.objects.get(case=contract).ended_on == closed + timedelta(days=90)
    assert StepLog.objects.filter(case=contract, step="end_sharing", staff=None).count() == 1
    sweep(closed + timedelta(days=91))
    assert StepLog.objects.filter(case=contract, step="end_sharing").count() == 1


@pytest.mark.rule("R-0-3")
def test_the_provider_reads_on_while_it_has_sheets_to_destroy(town):
    contract = a_contract(town, "received")
    today = DAYS["received"]
    ordering.call_off(contract.pk, "cancel", reason="blev inte av", by=town.administrator, today=today)
    sweep(today + timedelta(days=400))
    assert Share.objects.in_force().filter(case=contract).exists()

"""What no page, import, shell or SQL gets round: the paper's own words, the parties, the graph (design 4)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from bostad.casework.graph_tables import equalise
from bostad.casework.models import Case, CaseParty, Transition
from bostad.documents.models import Original
from contracts.models import Contract, Ending, Order, Signature, Waiver
from tests.making import DAYS, MOVE_IN, a_contract

pytestmark = pytest.mark.usefixtures("fast_files")


@pytest.mark.rule("R-0-24")
@pytest.mark.parametrize(
    "change",
    [
        {"rent": Decimal(1)}, {"move_in_on": DAYS["issued"]}, {"issued_on": None}, {"housing_form": "sheltered"},
        {"notice_months": 1}, {"electricity_included": False}, {"contract_on": DAYS["closed"]}, {"category": "bpsd"},
        {"grant": None}, {"delegation": None}, {"head_lease": None}, {"occupancy": None}, {"other_rent_for": "x"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_what_stands_on_the_paper_changes_no_more(town, change):
    contract = a_contract(town, "issued")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(**change)


@pytest.mark.rule("R-0-24")
def test_until_it_is_issued_all_can_be_mended(town):
    contract = a_contract(town, "ordered")
    assert Contract.objects.filter(pk=contract.pk).update(move_in_on=MOVE_IN) == 1


@pytest.mark.rule("R-0-18")
def test_electricity_is_as_it_was_when_the_contract_was_issued(town):
    contract = a_contract(town, "issued", electricity_included=False)
    contract.dwelling.electricity_included = True
    contract.dwelling.save()
    assert not Contract.objects.get(pk=contract.pk).includes_electricity
    assert a_contract(town, "issued", dwelling=None, electricity_included=True).includes_electricity


@pytest.mark.parametrize("change", ["UPDATE {} SET given_last_name = 'X'", "DELETE FROM {}"])
def test_parties_change_in_steps_only(town, change):
    a_contract(town, "ordered")
    table = CaseParty._meta.db_table
    with (
        pytest.raises(IntegrityError, match="only through a step"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE casework_steplog DISABLE TRIGGER USER")
        cursor.execute("UPDATE casework_steplog SET xid = 1")  # the steps were taken in an earlier transaction
        cursor.execute(change.format(table))


@pytest.mark.parametrize("door", ["insert", "update", "delete"])
def test_nobody_draws_an_edge_into_the_graph(db, door):
    edge = Transition.objects.first()
    do = {
        "insert": lambda: Transition.objects.create(kind="contract", source="registered", target="closed"),
        "update": lambda: Transition.objects.filter(pk=edge.pk).update(target="closed"),
        "delete": lambda: edge.delete(),
    }[door]
    with pytest.raises(IntegrityError, match="drawn by the code alone"), transaction.atomic():
        do()
    before = set(Transition.objects.values_list("kind", "source", "target"))
    equalise()
    assert set(Transition.objects.values_list("kind", "source", "target")) == before


# --- the parts of a case ---------------------------------------------------------------------------------------------

A_DAY = date(2026, 10, 2)
DOORS = {
    "a signature is deleted": ("active", lambda c: Signature.objects.filter(original__case=c.pk).delete()),
    "a sheet is moved on its shelf": ("active", lambda c: sheet_of(c).update(shelf="NOWHERE", since=A_DAY)),
    "a sheet gets another number": ("active", lambda c: sheet_of(c).update(code="K-2026-999999-B")),
    "an ending has other dates": ("closed", lambda c: Ending.objects.filter(contract=c.pk).update(last_charged_on=A_DAY)),
    "an ending is deleted": ("closed", lambda c: Ending.objects.filter(contract=c.pk).delete()),
    "the term is another": ("issued", lambda c: Contract.objects.filter(pk=c.pk).update(term_to=DAYS["closed"])),
    "the posting is another": ("active", lambda c: Contract.objects.filter(pk=c.pk).update(dispatched_on=A_DAY)),
    "the owner was told": ("issued", lambda c: Contract.objects.filter(pk=c.pk).update(owner_notified_on=A_DAY)),
    "nobody confirmed the order": ("active", lambda c: Order.objects.filter(contract=c.pk).update(confirmed_by=None)),
    "the order is deleted": ("active", lambda c: Order.objects.filter(contract=c.pk).delete()),
    "a waiver is written": ("active", lambda c: Waiver.objects.create(case_id=c.pk, signed_on=A_DAY)),
    "the case began earlier": ("active", lambda c: Case.objects.filter(pk=c.pk).update(opened_on=date(1999, 1, 1))),
    "a closed case is opened to all": ("ordered", lambda c: Case.objects.filter(pk=c.pk).update(confidentiality="normal")),
}  # fmt: skip


def sheet_of(contract):
    return Original.objects.filter(case=contract.pk, kind="contract", holder="municipality")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", DOORS)
def test_what_belongs_to_a_step_is_written_by_no_other_door(town, door):
    until, act = DOORS[door]
    contract = a_contract(town, until, protected=until == "ordered")
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        act(contract)

"""What no page, import, shell or SQL gets round: the paper's own words, the parties, the graph (design 4)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from bostad.casework.graph_tables import equalise
from bostad.casework.models import Case, CaseParty, Share, Transition
from bostad.documents.models import Letter, Original
from bostad.housing.models import Occupancy
from contracts.models import Contract, Ending, Grant, Order, Signature, Waiver
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
    "the case ended earlier": ("closed", lambda c: Case.objects.filter(pk=c.pk).update(closed_on=MOVE_IN)),
    "the case ends without its step": ("active", lambda c: Case.objects.filter(pk=c.pk).update(closed_on=DAYS["closed"])),
    "the case has another outcome": ("closed", lambda c: Case.objects.filter(pk=c.pk).update(outcome="x")),
    "another department owns it": ("active", lambda c: Case.objects.filter(pk=c.pk).update(department=c.provider_id)),
    "somebody else may read": ("active", lambda c: Share.objects.create(
        case_id=c.pk, organisation_id=c.dwelling.real_property.landlord_id, ground="statute", from_on=A_DAY)),
    "a share is ended": ("active", lambda c: Share.objects.filter(case=c.pk).update(ended_on=A_DAY)),
    "a grant is ended": ("active", lambda c: Grant.objects.filter(contracts=c.pk).update(ended_on=A_DAY, ending_number="B")),
    "a grant becomes a refusal": ("active", lambda c: Grant.objects.filter(contracts=c.pk).update(is_granted=False)),
    "a grant is written for nobody": ("active", lambda c: Grant.objects.create(
        person=c.parties.first().person, number="B", board="N", decided_on=A_DAY, legal_basis="SoL", valid_from=A_DAY)),
    "the dwelling is set free": ("active", lambda c: Occupancy.objects.filter(pk=c.occupancy_id).update(voided=True)),
    "the tenancy ends earlier": ("active", lambda c: Occupancy.objects.filter(pk=c.occupancy_id).update(to_on=MOVE_IN)),
    "a deadline is ticked off": ("ordered", lambda c: c.deadlines.filter(status="open").update(status="cancelled")),
    "a deadline asks for something else": ("ordered", lambda c: c.deadlines.update(kind="contracts.indefinite")),
    "a deadline is deleted": ("ordered", lambda c: c.deadlines.filter(status="open").delete()),
    "a letter goes elsewhere": ("active", lambda c: Letter.objects.filter(case=c.pk).update(recipient={"name": "X"})),
    "a letter was printed by nobody": ("active", lambda c: Letter.objects.filter(case=c.pk, kind="contract").update(
        state="printed", batch=None)),
    "a letter is deleted": ("active", lambda c: _raw("DELETE FROM documents_letter WHERE case_id = %s", c.pk)),
    "a closed case is opened to all": ("ordered", lambda c: Case.objects.filter(pk=c.pk).update(confidentiality="normal")),
}  # fmt: skip


def _raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def sheet_of(contract):
    return Original.objects.filter(case=contract.pk, kind="contract", holder="municipality")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", DOORS)
def test_what_belongs_to_a_step_is_written_by_no_other_door(town, door):
    until, act = DOORS[door]
    contract = a_contract(town, until, protected=until == "ordered")
    with (
        pytest.raises((IntegrityError, ProgrammingError), match=r"bostad: |pgtrigger: |print_file"),
        transaction.atomic(),
    ):
        act(contract)

"""What is put back from `tests/remembering.py` is what the services built, and only where they would have built the same."""

import pytest
from django.db import IntegrityError, connection, transaction

from bostad.casework.models import Case, StepLog
from contracts.models import Contract
from tests import remembering
from tests.factories import OrganisationFactory
from tests.making import ACTS, DAYS, Making, a_contract, a_dwelling
from tests.town import Town, a_town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]


class _Undone(Exception):
    pass


def undone(do):
    """What it gives, and nothing of what it did."""
    try:
        with transaction.atomic():
            found = do()
            raise _Undone
    except _Undone:
        return found


def what_stands() -> remembering.Rows:
    """Every row of the test; the step log without the transaction that it was written in."""
    rows = dict(remembering._look().rows)
    rows[remembering.STEP_LOG] = list(StepLog.objects.order_by("id").values_list("id", "case", "step", "inputs"))
    return {table: sorted(map(str, found)) for table, found in rows.items()}


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    if not remembering._can_put_back(connection.settings_dict["NAME"]):
        pytest.skip("this DATABASE_URL names a server of somebody's own, where everything is built each time")
    monkeypatch.setattr(remembering, "_kept", {})


def begun_anew(until: str) -> tuple[int, remembering.Rows]:
    def do():
        contract = a_contract(a_town(), until)
        return contract.pk, what_stands()

    return undone(do)


def ordered_anew(**wishes) -> int:
    return undone(lambda: a_contract(a_town(), "ordered", **wishes).pk)


def test_what_is_put_back_is_row_by_row_what_was_built(nothing_kept):
    built = begun_anew("active")
    assert begun_anew("active") == built
    assert begun_anew("dispatched")[0] == built[0]  # the same, when it had come so far
    assert begun_anew("active") == built


def test_a_case_that_was_put_back_goes_on_like_any_other(nothing_kept):
    kept, town = ordered_anew(), a_town()
    making = Making(town, pk=a_contract(town, "ordered").pk)
    ACTS["issued"](making, DAYS["issued"])
    assert (making.pk, making.contract.state) == (kept, "issued")


def test_the_guards_are_up_again(nothing_kept):
    kept, town = ordered_anew(), a_town()
    contract = a_contract(town, "ordered")
    assert contract.pk == kept
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=contract.pk).update(state="active")
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)


def test_two_that_are_asked_for_alike_are_two(nothing_kept):
    def both():
        town = a_town()
        return [a_contract(town).pk, a_contract(town, "ordered").pk]

    first = undone(both)
    assert first[0] != first[1]
    assert undone(both) == first


def test_one_may_be_put_back_beside_another(nothing_kept):
    alone, town = ordered_anew(represented=True), a_town()
    a_contract(town, "issued")
    assert a_contract(town, "ordered", represented=True).pk == alone
    assert Contract.objects.count() == 2


def test_what_stands_on_a_row_is_not_put_back_without_what_went_before(nothing_kept):
    def do(town: Town, *before: str):
        dwelling = a_dwelling(town)
        for state in before:
            a_contract(town, state)
        return a_contract(town, dwelling=dwelling).pk

    alone = undone(lambda: do(a_town()))
    assert undone(lambda: do(a_town())) == alone
    assert undone(lambda: do(a_town(), "ordered")) != alone


def test_where_something_else_was_written_it_is_built(nothing_kept):
    kept, town = ordered_anew(), a_town()
    OrganisationFactory()
    assert a_contract(town, "ordered").pk != kept


def test_what_is_rolled_back_does_not_stand(nothing_kept):
    kept, town = ordered_anew(), a_town()
    undone(lambda: a_contract(town, "ordered"))
    assert a_contract(town, "ordered").pk != kept  # more was written than stands
    assert Contract.objects.count() == 1


def test_what_was_given_may_be_changed(nothing_kept):
    town = undone(a_town)
    town.vof.name = "Något annat"
    assert a_town().vof.name == "Vård- och omsorgsförvaltningen"

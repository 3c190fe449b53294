"""Dated settings: what differs between municipalities and departments, for the day of the clock that uses it."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from bostad.casework.models import Deadline
from bostad.organisation.models import Setting
from bostad.organisation.settings_keys import declared, resolve, resolve_for
from contracts.facts import ContractFacts
from contracts.kind import CONTRACT
from tests import making
from tests.town import TODAY, Town, a_town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]

KEY = "contracts.issue_days"
LATER = date(2027, 1, 1)


def setting(value, from_on: date, to_on: date | None = None, organisation=None, key: str = KEY) -> Setting:
    return Setting.objects.create(key=key, value=value, from_on=from_on, to_on=to_on, organisation=organisation)


def test_without_a_row_the_default_of_the_code_holds():
    assert (resolve(KEY, TODAY).value, resolve(KEY, TODAY).setting_id) == (declared()[KEY].default, None)


def test_a_value_holds_from_its_first_day_to_its_last():
    row = setting(9, date(2026, 10, 1), date(2026, 10, 31))
    found = {day: resolve(KEY, date(2026, *day)).value for day in [(9, 30), (10, 1), (10, 31), (11, 1)]}
    assert found == {(9, 30): 3, (10, 1): 9, (10, 31): 9, (11, 1): 3}
    assert resolve(KEY, date(2026, 10, 5)).setting_id == row.pk


def test_a_departments_own_value_goes_before_the_municipalitys(town: Town):
    own = setting(5, TODAY, organisation=town.vof)
    setting(9, TODAY)
    assert resolve(KEY, TODAY, town.vof.pk).setting_id == own.pk
    assert resolve(KEY, TODAY, town.vof.pk).value == 5
    assert resolve(KEY, TODAY, town.ff.pk).value == 9
    assert resolve(KEY, TODAY).value == 9


@pytest.mark.parametrize("whose", ["municipality", "department"])
def test_two_values_of_one_key_never_hold_on_the_same_day(town: Town, whose: str):
    organisation = town.vof if whose == "department" else None
    setting(5, date(2026, 1, 1), date(2026, 12, 31), organisation)
    with pytest.raises(IntegrityError, match="one_value_at_a_time"), transaction.atomic():
        setting(6, date(2026, 12, 31), None, organisation)
    again = Setting(key=KEY, value=6, from_on=date(2026, 6, 1), organisation=organisation)
    with pytest.raises(ValidationError, match="redan ett värde under en del av tiden"):
        again.full_clean()
    setting(6, date(2027, 1, 1), None, organisation)
    setting(7, date(2026, 6, 1), None, town.ff)
    assert Setting.objects.filter(organisation=organisation, key="contracts.issue_days").count() == 2


def test_an_unknown_key_is_refused():
    with pytest.raises(KeyError):
        resolve("contracts.no_such_key", TODAY)


def test_many_clocks_are_resolved_in_one_query(town: Town, django_assert_num_queries):
    setting(5, TODAY, organisation=town.vof)
    clocks = [(TODAY, town.vof.pk), (TODAY, town.ff.pk), (LATER, town.vof.pk), (date(2020, 1, 1), None)]
    with django_assert_num_queries(1):
        found = resolve_for([KEY], clocks)
    assert [found[clock][KEY].value for clock in clocks] == [5, 3, 5, 3]


def facts_of(contract) -> ContractFacts:
    return CONTRACT.load_facts([contract.pk], TODAY)[contract.pk]


def test_an_old_contract_keeps_the_value_of_the_day_it_was_registered(town: Town):
    old = making.a_contract(town, "ordered")
    row = setting(20, date(2026, 10, 2), organisation=town.vof)
    dwelling = making.a_dwelling(town)
    new = making.ordering.register(making.a_registration(dwelling), by=town.provider, today=date(2026, 10, 2))
    assert facts_of(old).setting(KEY) == 3
    assert facts_of(new).setting(KEY) == 20
    assert row.pk
    before = Deadline.objects.get(case=old.pk, status="open").due_on
    making.ACTS["returned"](making.Making(town, pk=old.pk), date(2026, 10, 2))
    making.ACTS["ordered"](making.Making(town, pk=old.pk), date(2026, 10, 2))
    making.ACTS["ordered"](making.Making(town, pk=new.pk), date(2026, 10, 2))
    due = {d.case_id: d.due_on for d in Deadline.objects.filter(case__in=[old.pk, new.pk], status="open")}
    assert before < due[new.pk]
    assert due[old.pk] < due[new.pk]


@pytest.mark.parametrize(
    ("key", "within", "outside"),
    [
        ("referrals.warning_months", [1, 11], [[], [0], [9, 12]]),
        ("referrals.economy_months", 12, [0, 13]),
        ("referrals.max_extensions", 1, [0, 6]),
        ("referrals.counts_as_homeless", ["no_roof"], [[]]),
    ],
)
def test_a_setting_of_referrals_keeps_within_the_year(key: str, within, outside):
    Setting(key=key, value=within, from_on=TODAY).full_clean()
    for value in outside:
        with pytest.raises(ValidationError) as refused:
            Setting(key=key, value=value, from_on=TODAY).full_clean()
        assert "value" in refused.value.message_dict


@pytest.mark.parametrize(
    ("key", "value"),
    [("referrals.counts_as_homeless", ["no_roof"]), ("referrals.valid_from", "decision")],
)
def test_what_is_alike_in_the_whole_municipality_is_decided_by_no_department(town: Town, key: str, value):
    Setting(key=key, value=value, from_on=TODAY).full_clean()
    with pytest.raises(ValidationError, match="hela kommunen"):
        setting(value, TODAY, organisation=town.vof, key=key)
    old = Setting.objects.bulk_create([Setting(key=key, value=value, from_on=TODAY, organisation=town.vof)])[0]
    assert resolve(key, TODAY, town.vof.pk).setting_id is None  # one from before is not obeyed, and can be ended
    old.to_on = LATER
    old.save()
    old.to_on = None
    with pytest.raises(ValidationError, match="hela kommunen"):
        old.save()


@pytest.mark.rule("R-1-18", "R-1-22")
def test_no_two_departments_have_the_same_target_group_at_once(town: Town):
    key = "referrals.target_groups"
    first = setting(["addiction", "psychosocial"], date(2026, 1, 1), date(2026, 12, 31), town.sof, key)
    for from_on, to_on in ((date(2026, 12, 31), None), (date(2025, 1, 1), date(2026, 1, 1))):
        with pytest.raises(ValidationError, match=f"{town.sof} har redan: .*beroende"):
            setting(["disability", "addiction"], from_on, to_on, town.vof, key)
    assert setting(["disability"], TODAY, None, town.vof, key).pk
    assert setting(["economic", "addiction"], date(2027, 1, 1), None, town.ff, key).pk
    first.value = ["addiction"]
    first.save()


@pytest.mark.django_db(transaction=True)
def test_of_two_departments_that_take_a_target_group_at_once_one_is_refused():
    town, key = a_town(), "referrals.target_groups"
    refused, together = [], threading.Barrier(2)

    def take(organisation) -> None:
        together.wait(10)
        try:
            setting(["addiction"], TODAY, None, organisation, key)
        except ValidationError as said:
            refused.append(said)
        finally:
            connection.close()

    both = [threading.Thread(target=take, args=[organisation]) for organisation in (town.sof, town.vof)]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert (len(refused), Setting.objects.filter(key=key).count()) == (1, 1)

"""The last day of a tenancy by law, for who gave notice and when (law.md 1; JB 12:3, 12:4, 12:5)."""

from datetime import date, timedelta

import pytest

from bostad.dates import fixed_term_notice_end
from contracts.models import Contract, Ending
from contracts.tenancy_time import lawful_end

D = date
FURTHER_NOTICE = {"move_in_on": D(2025, 10, 15)}
A_YEAR = {"move_in_on": D(2026, 1, 1), "term_to": D(2026, 12, 31)}
HALF_A_YEAR = {"move_in_on": D(2026, 1, 1), "term_to": D(2026, 6, 30)}


def end(lease: dict, notice_on: date, by: str = "tenant", months: int = 3, since: date | None = None, **more) -> date:
    contract = Contract(notice_months=months, **lease)
    return lawful_end(contract, Ending(notice_on=notice_on, notice_by=by, **more), since=since or contract.move_in_on)


@pytest.mark.rule("JB 12:4")
@pytest.mark.parametrize(
    ("notice_on", "last"),
    [
        (D(2026, 11, 20), D(2027, 2, 28)),  # the example of law.md
        (D(2026, 11, 30), D(2027, 2, 28)),
        (D(2026, 12, 1), D(2027, 3, 31)),
        (D(2027, 11, 30), D(2028, 2, 29)),
        (D(2026, 9, 24), D(2026, 12, 31)),  # not moved for New Year's Eve
    ],
)
def test_a_notice_ends_the_tenancy_at_the_turn_of_the_month_after_three_months(notice_on, last):
    assert end(FURTHER_NOTICE, notice_on) == end(FURTHER_NOTICE, notice_on, "municipality") == last


@pytest.mark.rule("JB 12:5")
@pytest.mark.parametrize(
    ("by", "months", "last"),
    [
        ("tenant", 1, D(2026, 12, 31)),  # a shorter time in the contract is the tenant's
        ("tenant", 6, D(2027, 2, 28)),  # a longer one is not held against the tenant
        ("municipality", 1, D(2027, 2, 28)),
        ("municipality", 6, D(2027, 5, 31)),
    ],
)
def test_another_time_in_the_contract_counts_only_to_the_tenants_favour(by, months, last):
    assert end(FURTHER_NOTICE, D(2026, 11, 20), by, months) == last


@pytest.mark.rule("JB 12:5")
@pytest.mark.parametrize(
    ("died_on", "notice_on", "last"),
    [
        (D(2026, 11, 3), D(2026, 11, 20), D(2026, 12, 31)),
        (D(2026, 11, 3), D(2026, 12, 3), D(2027, 1, 31)),
        (D(2026, 11, 3), D(2026, 12, 4), D(2027, 3, 31)),  # a day too late
        (D(2026, 11, 26), D(2026, 12, 28), D(2027, 1, 31)),  # the 26th is a holiday, the 27th a Sunday
    ],
)
def test_an_estate_that_gives_notice_within_a_month_of_the_death_leaves_after_one(died_on, notice_on, last):
    assert end(FURTHER_NOTICE, notice_on, "estate", died_on=died_on) == last


@pytest.mark.rule("JB 12:4")
@pytest.mark.parametrize("by", ["tenant", "municipality"])
def test_a_term_of_more_than_nine_months_ends_on_its_day_if_notice_is_given_three_months_before(by):
    assert end(A_YEAR, D(2026, 9, 30), by) == D(2026, 12, 31)


@pytest.mark.rule("JB 12:3")
@pytest.mark.parametrize("by", ["tenant", "municipality"])
def test_a_notice_that_comes_later_ends_it_as_if_it_ran_until_further_notice(by):
    assert end(A_YEAR, D(2026, 10, 1), by) == D(2027, 1, 31)


@pytest.mark.rule("JB 12:5")
def test_a_tenant_leaves_a_long_term_after_three_months_and_the_municipality_waits_for_its_end():
    assert end(A_YEAR, D(2026, 3, 10)) == D(2026, 6, 30)
    assert end(A_YEAR, D(2026, 3, 10), "municipality") == D(2026, 12, 31)
    assert end(A_YEAR, D(2026, 3, 10), "estate", died_on=D(2026, 3, 1)) == D(2026, 4, 30)


@pytest.mark.rule("JB 12:3")
@pytest.mark.parametrize("notice_on", [D(2026, 4, 1), D(2026, 6, 29)])
def test_a_term_of_nine_months_or_less_ends_by_itself(notice_on):
    assert end(HALF_A_YEAR, notice_on) == end(HALF_A_YEAR, notice_on, "municipality") == D(2026, 6, 30)


@pytest.mark.rule("JB 8:8")
def test_the_municipalitys_time_runs_from_the_day_its_notice_is_served():
    assert end(FURTHER_NOTICE, D(2026, 11, 20), "municipality") == D(2027, 2, 28)
    assert end(FURTHER_NOTICE, D(2026, 11, 20), "municipality", served_on=D(2026, 12, 1)) == D(2027, 3, 31)
    assert end(FURTHER_NOTICE, D(2026, 11, 20), "tenant", served_on=D(2026, 12, 1)) == D(2027, 2, 28)


@pytest.mark.rule("JB 12:3")
def test_a_short_term_that_follows_on_another_must_be_given_notice_of():
    assert end(HALF_A_YEAR, D(2026, 5, 20), "municipality") == D(2026, 6, 30)
    assert end(HALF_A_YEAR, D(2026, 5, 20), "municipality", since=D(2025, 7, 1)) == D(2026, 8, 31)


@pytest.mark.rule("JB 12:3")
def test_a_short_term_ends_on_its_last_day_without_notice():
    assert end(HALF_A_YEAR, D(2026, 6, 1), "term") == D(2026, 6, 30)


@pytest.mark.rule("JB 12:4")
def test_the_last_day_for_notice_of_a_term_is_in_time():
    """A term that ends in the middle of a month, so that its own last day and the turn of the month differ."""
    term = {"move_in_on": D(2026, 1, 16), "term_to": D(2027, 1, 15)}
    last = fixed_term_notice_end(term["move_in_on"], term["term_to"])
    assert end(term, last, "municipality") == D(2027, 1, 15)
    assert end(term, last + timedelta(days=1), "municipality") == D(2027, 1, 31)


@pytest.mark.rule("JB 12:3")
@pytest.mark.parametrize("by", ["tenant", "municipality"])
def test_a_notice_after_the_term_ends_nothing_before_it_was_given(by):
    assert end(HALF_A_YEAR, D(2026, 7, 10), by) == D(2026, 10, 31)

"""The Swedish legal calendar. The vectors are those of the law notes; the holidays are written out here anew."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from dateutil.easter import easter
from hypothesis import given, settings
from hypothesis import strategies as st

from bostad import dates

DAY = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
calm = settings(deadline=None)  # the first look at a year fills the cache


def d(text: str) -> date:
    return date.fromisoformat(text)


# --- months and weeks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-01-31", 3, "2026-04-30"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-05-31", 0, "2026-05-31"),
        ("2027-02-28", -3, "2026-11-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-12-31", -3, "2026-09-30"),
    ],
)
def test_a_month_ends_on_the_same_number_or_on_the_last_day(start: str, months: int, end: str) -> None:
    assert dates.add_months(d(start), months) == d(end)


@given(days, st.integers(-300, 300))
def test_adding_months_lands_in_the_right_month_and_clips_only_where_the_day_is_missing(day: date, months: int) -> None:
    end = dates.add_months(day, months)
    assert end.year * 12 + end.month == day.year * 12 + day.month + months
    assert end.day == day.day or (end.day < day.day and (end + DAY).day == 1)


@given(days, days, st.integers(0, 60))
def test_months_keep_the_order_of_days(one: date, other: date, months: int) -> None:
    early, late = sorted((one, other))
    assert dates.add_months(early, months) <= dates.add_months(late, months)


def test_a_month_beyond_the_last_year_is_refused() -> None:
    with pytest.raises(ValueError):
        dates.add_months(date.max, 1)


def test_weeks_end_on_the_same_weekday() -> None:
    assert dates.add_weeks(d("2026-11-27"), 3) == d("2026-12-18")
    assert dates.add_weeks(d("2026-11-27"), -1) == d("2026-11-20")


# --- holidays --------------------------------------------------------------------------------------------------------

HOLIDAYS = {
    "nyårsdagen, a Thursday": "2026-01-01",
    "nyårsdagen, a Saturday": "2028-01-01",
    "nyårsdagen, a Sunday": "2023-01-01",
    "trettondedag jul, a Tuesday": "2026-01-06",
    "trettondedag jul, a Saturday": "2029-01-06",
    "trettondedag jul, a Sunday": "2030-01-06",
    "långfredagen in March": "2027-03-26",
    "långfredagen in April": "2026-04-03",
    "påskdagen": "2026-04-05",
    "annandag påsk": "2026-04-06",
    "annandag påsk at its latest": "2038-04-26",
    "första maj, a Friday": "2026-05-01",
    "första maj, a Saturday": "2027-05-01",
    "första maj, a Sunday": "2022-05-01",
    "Kristi himmelsfärdsdag": "2026-05-14",
    "Kristi himmelsfärdsdag on första maj": "2008-05-01",
    "pingstdagen": "2026-05-24",
    "nationaldagen, a Friday": "2025-06-06",
    "nationaldagen, a Saturday": "2026-06-06",
    "nationaldagen, a Sunday": "2027-06-06",
    "nationaldagen, a Monday after pingstdagen": "2022-06-06",
    "midsommardagen at its earliest": "2026-06-20",
    "midsommardagen at its latest": "2027-06-26",
    "alla helgons dag at its earliest": "2026-10-31",
    "alla helgons dag at its latest": "2027-11-06",
    "juldagen, a Friday": "2026-12-25",
    "juldagen, a Saturday": "2027-12-25",
    "juldagen, a Sunday": "2022-12-25",
    "annandag jul, a Monday": "2022-12-26",
    "annandag jul, a Saturday": "2026-12-26",
    "annandag jul, a Sunday": "2027-12-26",
    "a Sunday with no other name": "2026-11-22",
}

EVES = {
    "midsommarafton at its earliest": "2026-06-19",
    "midsommarafton at its latest": "2027-06-25",
    "julafton, a Thursday": "2026-12-24",
    "julafton, a Monday": "2029-12-24",
    "nyårsafton, a Thursday": "2026-12-31",
    "nyårsafton, a Monday": "2029-12-31",
}

SATURDAYS = {
    "an ordinary Saturday": "2026-11-21",
    "påskafton": "2026-04-04",
    "pingstafton": "2026-05-23",
    "julafton on a Saturday": "2022-12-24",
    "nyårsafton on a Saturday": "2022-12-31",
    "valborg on a Saturday": "2022-04-30",
}

ORDINARY = {
    "skärtorsdagen": "2026-04-02",
    "valborg": "2026-04-30",
    "the Friday after Kristi himmelsfärdsdag": "2026-05-15",
    "annandag pingst": "2026-05-25",
    "the Friday before pingstafton": "2026-05-22",
    "the Monday after a nationaldag on a Sunday": "2027-06-07",
    "the Thursday before midsommarafton": "2026-06-18",
    "the Monday after midsommardagen": "2026-06-22",
    "the Friday before alla helgons dag": "2026-10-30",
    "the Monday after alla helgons dag": "2026-11-02",
    "trettondagsafton": "2026-01-05",
    "the day before julafton": "2026-12-23",
    "a Monday after annandag jul on a Sunday": "2027-12-27",
    "the day before nyårsafton": "2026-12-30",
    "a day after nyårsdagen": "2026-01-02",
    "tjugondag Knut": "2026-01-13",
    "Marie bebådelsedag": "2026-03-25",
    "Lucia on a Monday": "2027-12-13",
}


def named(table: dict[str, str]) -> list[object]:
    return [pytest.param(d(day), id=name) for name, day in table.items()]


@pytest.mark.parametrize("day", named(HOLIDAYS))
def test_a_public_holiday_is_no_working_day(day: date) -> None:
    assert dates.is_public_holiday(day)
    assert not dates.is_working_day(day)


@pytest.mark.parametrize("day", named(EVES))
def test_an_eve_is_no_public_holiday_and_yet_no_working_day(day: date) -> None:
    assert not dates.is_public_holiday(day)
    assert day.weekday() < 5
    assert not dates.is_working_day(day)


@pytest.mark.parametrize("day", named(SATURDAYS))
def test_a_saturday_is_no_public_holiday_and_yet_no_working_day(day: date) -> None:
    assert day.weekday() == 5
    assert not dates.is_public_holiday(day)
    assert not dates.is_working_day(day)


@pytest.mark.parametrize("day", named(ORDINARY))
def test_a_day_that_only_seems_a_holiday_is_a_working_day(day: date) -> None:
    assert not dates.is_public_holiday(day)
    assert dates.is_working_day(day)


def test_eves_that_fall_on_a_sunday_are_holidays_as_sundays() -> None:
    assert dates.is_public_holiday(d("2028-12-24"))
    assert dates.is_public_holiday(d("2028-12-31"))


def test_annandag_pingst_was_a_holiday_until_2004_and_nationaldagen_is_one_since_2005() -> None:
    assert dates.is_public_holiday(d("2004-05-31"))
    assert not dates.is_public_holiday(d("2005-05-16"))
    assert dates.is_working_day(d("2003-06-06"))
    assert not dates.is_working_day(d("2005-06-06"))


def saturday_from(first: date) -> date:
    return first + (5 - first.weekday()) % 7 * DAY


def lag_1989_253(year: int) -> set[date]:
    """The days of lag 1989:253 2 § with the wording since 2005."""
    sunday = easter(year)
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)]
    moving = [sunday + offset * DAY for offset in (-2, 0, 1, 39, 49)]
    return {
        *(date(year, *month_and_day) for month_and_day in fixed),
        *moving,
        saturday_from(date(year, 6, 20)),
        saturday_from(date(year, 10, 31)),
    }


@pytest.mark.parametrize("year", range(2005, dates.LAST_YEAR + 1))
def test_every_day_of_the_year_is_what_the_statutes_say(year: int) -> None:
    holidays = lag_1989_253(year)
    eves = {saturday_from(date(year, 6, 20)) - DAY, date(year, 12, 24), date(year, 12, 31)}
    day = date(year, 1, 1)
    while day.year == year:
        holiday = day.weekday() == 6 or day in holidays
        assert dates.is_public_holiday(day) == holiday, day
        assert dates.is_working_day(day) == (day.weekday() < 5 and not holiday and day not in eves), day
        day += DAY


@pytest.mark.parametrize("day", [d("1952-12-30"), d("2101-01-03")])
def test_a_year_whose_holidays_are_unknown_is_refused(day: date) -> None:
    with pytest.raises(ValueError, match="1953 to 2100"):
        dates.is_working_day(day)


@pytest.mark.parametrize("day", [d("1953-01-02"), d("2100-12-30")])
def test_the_first_and_the_last_known_year_are_answered(day: date) -> None:
    assert dates.is_working_day(day)


@pytest.mark.parametrize(
    "ask",
    [
        dates.is_public_holiday,
        dates.is_working_day,
        dates.next_working_day,
        dates.move_out_day,
        dates.appeal_deadline,
        lambda moment: dates.add_months(moment, 1),
        lambda moment: dates.add_weeks(moment, 1),
        lambda moment: dates.notice_period_end(moment, 3),
        lambda moment: dates.age_on(moment, moment),
    ],
)
def test_a_moment_is_refused_where_a_day_is_needed(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError, match="not a moment"):
        ask(datetime(2026, 12, 24, 23, 30, tzinfo=UTC))


# --- working days ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-21", "2026-11-23"),
        ("2026-12-24", "2026-12-28"),
        ("2026-12-31", "2027-01-04"),
        ("2027-03-26", "2027-03-30"),
        ("2026-06-19", "2026-06-22"),
    ],
)
def test_the_next_working_day_is_the_day_itself_or_the_first_after_it(day: str, then: str) -> None:
    assert dates.next_working_day(d(day)) == d(then)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-20", 5, "2026-11-27"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-12-23", 2, "2026-12-29"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 0, "2026-11-21"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, n: int, end: str) -> None:
    assert dates.add_working_days(d(start), n) == d(end)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        dates.add_working_days(d("2026-11-20"), -1)


@calm
@given(days, st.integers(1, 30))
def test_exactly_so_many_working_days_lie_between(start: date, n: int) -> None:
    end = dates.add_working_days(start, n)
    passed = [start + i * DAY for i in range(1, (end - start).days + 1)]
    assert sum(dates.is_working_day(day) for day in passed) == n
    assert dates.is_working_day(end)


# --- statutory deadlines ---------------------------------------------------------------------------------------------


def test_a_week_from_monday_the_31st_ends_on_monday_the_7th() -> None:
    """JB 12:42 p.1: so the rent due on the 31st is late enough from Tuesday the 8th."""
    assert dates.statutory_deadline(d("2026-08-31"), weeks=1) == d("2026-09-07")


def test_a_week_that_ends_on_a_holiday_is_extended() -> None:
    assert dates.statutory_deadline(d("2025-12-30"), weeks=1) == d("2026-01-07")


def test_a_month_that_ends_on_a_saturday_is_extended_to_monday() -> None:
    assert dates.statutory_deadline(d("2026-01-31"), months=1) == d("2026-03-02")


@pytest.mark.parametrize(
    "time_given",
    [{}, {"weeks": 0}, {"weeks": 1, "months": 1}, {"weeks": -1}, {"months": -1}, {"weeks": 1, "months": -1}],
)
def test_a_statutory_time_is_so_many_weeks_or_so_many_months(time_given: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="weeks or of months"):
        dates.statutory_deadline(d("2026-11-20"), **time_given)


@calm
@given(days, st.integers(1, 60))
def test_a_deadline_is_the_first_working_day_from_the_day_that_the_weeks_give(start: date, weeks: int) -> None:
    deadline = dates.statutory_deadline(start, weeks=weeks)
    unmoved = dates.add_weeks(start, weeks)
    assert unmoved.weekday() == start.weekday()
    assert deadline >= unmoved
    assert dates.is_working_day(deadline)
    assert not any(dates.is_working_day(unmoved + i * DAY) for i in range((deadline - unmoved).days))


@calm
@given(days, st.integers(1, 36))
def test_a_deadline_in_months_is_the_first_working_day_from_the_day_that_the_months_give(
    start: date, months: int
) -> None:
    deadline = dates.statutory_deadline(start, months=months)
    unmoved = dates.add_months(start, months)
    assert deadline >= unmoved
    assert dates.is_working_day(deadline)
    assert not any(dates.is_working_day(unmoved + i * DAY) for i in range((deadline - unmoved).days))


@calm
@given(days, days, st.integers(1, 8))
def test_a_later_start_never_gives_an_earlier_deadline(one: date, other: date, count: int) -> None:
    early, late = sorted((one, other))
    assert dates.statutory_deadline(early, weeks=count) <= dates.statutory_deadline(late, weeks=count)
    assert dates.statutory_deadline(early, months=count) <= dates.statutory_deadline(late, months=count)


# --- recovery and eviction -------------------------------------------------------------------------------------------

RECOVERY = [
    pytest.param("2026-11-27", "2026-12-18", "2026-12-18", "2026-12-22", id="an ordinary Friday"),
    pytest.param("2026-12-03", "2026-12-24", "2026-12-28", "2026-12-30", id="julafton"),
    pytest.param("2026-05-29", "2026-06-19", "2026-06-22", "2026-06-24", id="midsommarafton"),
    pytest.param("2027-03-05", "2027-03-26", "2027-03-30", "2027-04-01", id="långfredagen"),
    pytest.param("2026-12-11", "2027-01-01", "2027-01-04", "2027-01-07", id="nyårsdagen, then trettondedag jul"),
]


@pytest.mark.rule("R-2-2")
@pytest.mark.parametrize(("start", "pay_by", "deadline", "decision"), RECOVERY)
def test_a_dwelling_is_recovered_within_three_weeks(start: str, pay_by: str, deadline: str, decision: str) -> None:
    assert dates.recovery_pay_by(d(start), d(start)) == d(pay_by)
    assert dates.recovery_deadline(d(start), d(start)) == d(deadline)


@pytest.mark.parametrize(("start", "pay_by", "deadline", "decision"), RECOVERY)
def test_an_eviction_waits_for_two_more_working_days(start: str, pay_by: str, deadline: str, decision: str) -> None:
    assert dates.earliest_eviction_decision(d(deadline)) == d(decision)


@pytest.mark.parametrize(("start", "pay_by", "deadline", "decision"), RECOVERY)
def test_the_recovery_clock_starts_at_the_later_of_service_and_message(
    start: str, pay_by: str, deadline: str, decision: str
) -> None:
    long_before = d(start) - 40 * DAY
    assert dates.recovery_deadline(long_before, d(start)) == d(deadline)
    assert dates.recovery_deadline(d(start), long_before) == d(deadline)
    assert dates.recovery_pay_by(long_before, d(start)) == d(pay_by)
    assert dates.recovery_pay_by(d(start), long_before) == d(pay_by)


@pytest.mark.parametrize("days_known", [(None, None), (d("2026-11-27"), None), (None, d("2026-11-27"))])
def test_no_recovery_clock_runs_before_both_service_and_message(days_known: tuple[date | None, date | None]) -> None:
    assert dates.recovery_deadline(*days_known) is None
    assert dates.recovery_pay_by(*days_known) is None


def test_the_counts_of_recovery_can_be_ruled_by_reference_data() -> None:
    start = d("2026-11-02")
    assert dates.recovery_deadline(start, start, weeks=2) == d("2026-11-16")
    assert dates.recovery_pay_by(start, start, weeks=2) == d("2026-11-16")
    assert dates.earliest_eviction_decision(d("2026-11-16"), working_days=3) == d("2026-11-19")


@calm
@given(days, days)
def test_the_safe_day_is_never_after_the_legal_one(served_on: date, notified_on: date) -> None:
    pay_by = dates.recovery_pay_by(served_on, notified_on)
    deadline = dates.recovery_deadline(served_on, notified_on)
    assert pay_by is not None and deadline is not None
    assert (pay_by - max(served_on, notified_on)).days == 21
    assert pay_by <= deadline < dates.earliest_eviction_decision(deadline)


# --- term and notice -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notice_on", "months", "end"),
    [
        pytest.param("2026-11-20", 3, "2027-02-28", id="the example of the law notes"),
        pytest.param("2027-11-20", 3, "2028-02-29", id="in a leap year"),
        pytest.param("2026-06-30", 3, "2026-09-30", id="on the last day of a month"),
        pytest.param("2026-07-01", 3, "2026-10-31", id="on the first day of the next"),
        pytest.param("2026-11-30", 3, "2027-02-28", id="on a last day that February lacks"),
        pytest.param("2026-08-31", 3, "2026-11-30", id="on the 31st"),
        pytest.param("2026-02-28", 3, "2026-05-31", id="on the last of February"),
        pytest.param("2026-09-15", 3, "2026-12-31", id="to the end of the year, an eve"),
        pytest.param("2026-07-15", 3, "2026-10-31", id="to a Saturday and alla helgons dag: not moved"),
        pytest.param("2026-11-20", 1, "2026-12-31", id="one month"),
        pytest.param("2026-11-20", 9, "2027-08-31", id="nine months"),
    ],
)
def test_a_tenancy_ends_at_the_month_end_nearest_after_the_notice_period(notice_on: str, months: int, end: str) -> None:
    assert dates.notice_period_end(d(notice_on), months) == d(end)


@pytest.mark.parametrize("months", [0, -1])
def test_a_notice_period_below_a_month_is_refused(months: int) -> None:
    with pytest.raises(ValueError, match="at least one month"):
        dates.notice_period_end(d("2026-11-20"), months)


@given(days, st.integers(1, 24))
def test_the_whole_notice_period_fits_before_the_first_possible_month_end(notice_on: date, months: int) -> None:
    end = dates.notice_period_end(notice_on, months)
    assert (end + DAY).day == 1
    assert end >= dates.add_months(notice_on, months)
    assert end.replace(day=1) - DAY < dates.add_months(notice_on, months)


@pytest.mark.parametrize(
    ("from_on", "to_on", "by"),
    [
        pytest.param("2026-11-02", "2026-11-02", "2026-11-01", id="one day: a day ahead"),
        pytest.param("2026-11-02", "2026-11-15", "2026-11-14", id="two weeks exactly: a day ahead"),
        pytest.param("2026-11-02", "2026-11-16", "2026-11-09", id="one day more: a week ahead"),
        pytest.param("2026-01-01", "2026-03-31", "2026-03-24", id="three months exactly: a week ahead"),
        pytest.param("2026-01-01", "2026-04-01", "2026-01-01", id="one day more: three months ahead"),
        pytest.param("2026-01-01", "2026-12-31", "2026-09-30", id="a year: three months ahead"),
        pytest.param("2026-03-01", "2027-02-28", "2026-11-28", id="to the end of February: the earlier reading"),
        pytest.param("2025-10-01", "2026-09-13", "2026-06-13", id="by a Saturday: not moved"),
    ],
)
def test_a_fixed_term_is_ended_by_notice_ahead_of_its_last_day(from_on: str, to_on: str, by: str) -> None:
    assert dates.fixed_term_notice_end(d(from_on), d(to_on)) == d(by)


@given(days, st.integers(100, 1500))
def test_notice_on_the_last_day_for_it_never_runs_past_the_term(from_on: date, length: int) -> None:
    to_on = from_on + length * DAY
    by = dates.fixed_term_notice_end(from_on, to_on)
    assert dates.add_months(by, 3) <= to_on
    assert dates.add_months(by + 4 * DAY, 3) > to_on


@pytest.mark.parametrize(
    ("from_on", "to_on", "exceeds"),
    [
        ("2026-01-01", "2026-09-30", False),
        ("2026-01-01", "2026-10-01", True),
        ("2026-05-15", "2027-02-14", False),
        ("2026-05-15", "2027-02-15", True),
        ("2026-05-31", "2027-02-27", False),
        ("2026-05-31", "2027-02-28", True),
        ("2026-01-01", "2026-12-31", True),
    ],
)
def test_a_tenancy_of_more_than_nine_months_is_told_apart(from_on: str, to_on: str, exceeds: bool) -> None:
    assert dates.tenancy_exceeds_nine_months(d(from_on), d(to_on)) is exceeds


def test_the_nine_months_can_be_ruled_by_reference_data() -> None:
    assert dates.tenancy_exceeds_nine_months(d("2026-01-01"), d("2026-07-01"), months=6)


@pytest.mark.parametrize(
    "ask",
    [dates.tenancy_exceeds_nine_months, dates.fixed_term_notice_end, dates.completed_years_and_months, dates.age_on],
)
def test_a_span_that_ends_before_it_begins_is_refused(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="before the first"):
        ask(d("2026-11-20"), d("2026-11-19"))


@pytest.mark.parametrize(
    ("died_on", "notice_by"),
    [
        ("2026-10-20", "2026-11-20"),
        ("2026-01-31", "2026-03-02"),
        ("2026-11-24", "2026-12-28"),
    ],
)
def test_an_estate_gives_notice_within_a_month_of_the_death(died_on: str, notice_by: str) -> None:
    assert dates.death_notice_deadline(d(died_on)) == d(notice_by)


@pytest.mark.parametrize(
    ("notice_on", "end"),
    [
        ("2026-11-20", "2026-12-31"),
        ("2026-11-30", "2026-12-31"),
        ("2026-12-01", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
    ],
)
def test_the_estate_leaves_at_a_month_end_at_the_earliest_a_month_later(notice_on: str, end: str) -> None:
    assert dates.death_notice_end(d(notice_on)) == d(end)


def test_the_months_of_an_estate_can_be_ruled_by_reference_data() -> None:
    assert dates.death_notice_deadline(d("2026-09-21"), months=2) == d("2026-11-23")
    assert dates.death_notice_end(d("2026-09-21"), months=2) == d("2026-11-30")


@pytest.mark.parametrize(
    ("term_ends_on", "day"),
    [
        pytest.param("2026-08-31", "2026-09-01", id="the day after"),
        pytest.param("2026-09-30", "2026-10-01", id="the first of the month"),
        pytest.param("2026-10-31", "2026-11-02", id="past a Sunday"),
        pytest.param("2026-12-31", "2027-01-04", id="past nyårsdagen and a weekend"),
        pytest.param("2026-12-23", "2026-12-28", id="past julafton"),
        pytest.param("2026-06-18", "2026-06-22", id="past midsommarafton"),
        pytest.param("2026-12-30", "2027-01-04", id="past nyårsafton"),
        pytest.param("2026-04-30", "2026-05-04", id="past första maj"),
    ],
)
def test_the_tenant_leaves_the_day_after_the_term_or_the_next_working_day(term_ends_on: str, day: str) -> None:
    assert dates.move_out_day(d(term_ends_on)) == d(day)


def test_the_tenant_leaves_at_noon() -> None:
    assert time(12, 0) == dates.MOVE_OUT_TIME


# --- decisions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received_on", "deadline"),
    [("2026-11-20", "2026-12-11"), ("2026-12-03", "2026-12-28"), ("2026-10-10", "2026-11-02")],
)
def test_an_appeal_is_in_time_for_three_weeks_from_receipt(received_on: str, deadline: str) -> None:
    assert dates.appeal_deadline(d(received_on)) == d(deadline)


def test_a_decision_that_was_not_received_has_no_appeal_deadline() -> None:
    assert dates.appeal_deadline(None) is None


def test_the_weeks_of_an_appeal_can_be_ruled_by_reference_data() -> None:
    assert dates.appeal_deadline(d("2026-11-20"), weeks=4) == d("2026-12-18")


# --- spans and ages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("from_on", "to_on", "passed"),
    [
        ("2026-01-15", "2026-01-15", (0, 0)),
        ("2026-01-15", "2026-02-14", (0, 0)),
        ("2026-01-15", "2026-02-15", (0, 1)),
        ("2025-12-15", "2026-12-14", (0, 11)),
        ("2025-12-15", "2026-12-15", (1, 0)),
        ("2024-11-20", "2027-02-19", (2, 2)),
        ("2026-01-31", "2026-02-27", (0, 0)),
        ("2026-01-31", "2026-02-28", (0, 1)),
    ],
)
def test_whole_years_and_months_are_counted(from_on: str, to_on: str, passed: tuple[int, int]) -> None:
    assert dates.completed_years_and_months(d(from_on), d(to_on)) == passed


@given(days, days)
def test_the_counted_months_have_passed_and_one_more_has_not(one: date, other: date) -> None:
    from_on, to_on = sorted((one, other))
    years, months = dates.completed_years_and_months(from_on, to_on)
    assert 0 <= months <= 11
    passed = years * 12 + months
    assert dates.add_months(from_on, passed) <= to_on < dates.add_months(from_on, passed + 1)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        ("1964-08-23", "2026-08-22", 61),
        ("1964-08-23", "2026-08-23", 62),
        ("2026-11-20", "2026-11-20", 0),
        ("2008-02-29", "2026-02-27", 17),
        ("2008-02-29", "2026-02-28", 18),
        ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20),
        ("1926-01-01", "2026-01-01", 100),
    ],
)
def test_age_changes_on_the_birthday(born_on: str, day: str, age: int) -> None:
    assert dates.age_on(d(born_on), d(day)) == age


@pytest.mark.parametrize(
    ("day", "week"), [("2026-11-20", 47), ("2027-01-01", 53), ("2024-12-30", 1), ("2026-01-01", 1)]
)
def test_weeks_are_numbered_as_in_swedish_calendars(day: str, week: int) -> None:
    assert dates.iso_week(d(day)) == week


# --- wording ---------------------------------------------------------------------------------------------------------


def test_a_day_is_written_in_swedish() -> None:
    assert dates.long_day(d("2026-10-15")) == "torsdag 15 oktober"
    assert dates.short_day(d("2026-10-15")) == "15 okt"
    assert dates.day_with_year(d("2026-10-15")) == "15 oktober 2026"


def test_every_weekday_has_its_name() -> None:
    names = [dates.long_day(d("2026-11-02") + i * DAY).split()[0] for i in range(7)]
    assert names == ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]


def test_every_month_has_its_name_long_and_short() -> None:
    firsts = [date(2026, month, 1) for month in range(1, 13)]
    assert " ".join(dates.day_with_year(day).split()[1] for day in firsts) == (
        "januari februari mars april maj juni juli augusti september oktober november december"
    )
    assert " ".join(dates.short_day(day).split()[1] for day in firsts) == (
        "jan feb mar apr maj jun jul aug sep okt nov dec"
    )
    assert dates.long_day(d("2026-01-01")) == "torsdag 1 januari"


# --- the clock -------------------------------------------------------------------------------------------------------


@pytest.fixture
def own_source() -> Iterator[None]:
    yield
    dates.set_today_source(None)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), "2026-06-30"),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), "2026-12-31"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027-01-01"),
    ],
)
def test_the_day_changes_at_midnight_in_stockholm(moment: datetime, day: str) -> None:
    with time_machine.travel(moment, tick=False):
        assert dates.today() == d(day)
        assert type(dates.today()) is date


@pytest.mark.usefixtures("own_source")
def test_another_source_can_say_which_day_it_is_and_be_taken_back() -> None:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        dates.set_today_source(lambda: d("2030-01-02"))
        assert dates.today() == d("2030-01-02")
        dates.set_today_source(None)
        assert dates.today() == d("2026-11-20")


@pytest.mark.usefixtures("own_source")
def test_a_source_without_an_answer_leaves_it_to_the_clock() -> None:
    dates.set_today_source(lambda: None)
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        assert dates.today() == d("2026-11-20")


@pytest.mark.usefixtures("own_source")
def test_a_source_that_answers_a_moment_is_refused() -> None:
    dates.set_today_source(lambda: datetime(2030, 1, 2, tzinfo=UTC))
    with pytest.raises(TypeError, match="not a moment"):
        dates.today()

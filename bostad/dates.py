"""The Swedish legal calendar: how long a statute's weeks, months and working days last.

Every function takes days and gives days; only `today` asks the clock. A `datetime` is refused (TypeError): a moment in
UTC is often another day in Stockholm. The calendar covers `FIRST_YEAR` to `LAST_YEAR`; other years are refused
(ValueError), as the holidays of those years are not known and every weekday would pass for a working day.

Day counts of statutes are named constants and may be overridden by keyword, so that dated reference data can rule.
Marks: [V] verified in the named source, [G] general knowledge that a municipal jurist has to confirm.
"""

import calendar
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

FIRST_YEAR = Sweden.start_year  # 1953
LAST_YEAR = Sweden.end_year  # 2100

RECOVERY_WEEKS = 3  # JB 12:44 st.1 p.1, a dwelling [V]. Premises have two weeks and are no business of ours.
EVICTION_WORKING_DAYS = 2  # JB 12:44 st.2 [V]
APPEAL_WEEKS = 3  # FL 44 § [V]
DEATH_NOTICE_MONTHS = 1  # JB 12:5 st.2, both to give notice and for the notice to run [V]
MUST_GIVE_NOTICE_AFTER_MONTHS = 9  # JB 12:3 st.2 [V]
SHORT_TERM = timedelta(weeks=2)  # JB 12:4 st.2 p.1 [V]: notice one day ahead
MEDIUM_TERM_MONTHS = 3  # JB 12:4 st.2 p.2 [V]: notice one week ahead
LONG_TERM_NOTICE_MONTHS = 3  # JB 12:4 st.2 p.3, a dwelling [V]
MOVE_OUT_TIME = time(12)  # JB 12:7 st.1 [V]

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


# --- counting --------------------------------------------------------------------------------------------------------


def add_months(start: date, months: int) -> date:
    """The day with the same number `months` calendar months later (earlier if negative), else that month's last day.

    Lag 1930:173 1 § [V]. So 31 January and one month is 28 February, in a leap year 29.
    """
    year, month0 = divmod(_plain(start).year * 12 + start.month - 1 + months, 12)
    return date(year, month0 + 1, min(start.day, calendar.monthrange(year, month0 + 1)[1]))


def add_weeks(start: date, weeks: int) -> date:
    """The same weekday `weeks` weeks later (earlier if negative). Lag 1930:173 1 § [V]."""
    return _plain(start) + timedelta(weeks=weeks)


def is_public_holiday(day: date) -> bool:
    """Whether the day is an *allmän helgdag*: every Sunday, and the days that lag 1989:253 1–2 §§ names [V].

    The three eves, skärtorsdag, påskafton, valborg, pingstafton and annandag pingst (since 2005) are none.
    """
    return _plain(day).weekday() == _SUNDAY or day in _days_of(day.year, PUBLIC)


def is_working_day(day: date) -> bool:
    """Whether the day is a *vardag* as lag 1930:173 2 § uses it: Monday to Friday, no public holiday and no eve [V].

    The eves are midsommarafton, julafton and nyårsafton. A Saturday is never one; whether it counts among the two
    *vardagar* of JB 12:44 st.2 is not settled [G]: not counting it gives the later day, which is the tenant's side.
    """
    return not (is_public_holiday(day) or day.weekday() == _SATURDAY or day in _days_of(day.year, DE_FACTO))


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, otherwise the first one after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(start: date, n: int) -> date:
    """The `n`th working day after `start`; `start` itself is not counted, and n = 0 gives it back unmoved.

    A negative `n` is refused.
    """
    if n < 0:
        raise ValueError("working days are counted forwards")
    for _ in range(n):
        start = next_working_day(start + _DAY)
    return start


def statutory_deadline(start: date, *, weeks: int = 0, months: int = 0) -> date:
    """The last day to do what a statute gives so many weeks *or* months for, from the day `start`.

    Lag 1930:173 [V]: 1 § sets the day, 2 § lets the act wait for the next working day. Refused: both units, none, or a
    count below one. For time to give notice under JB 12:4 the second step does not apply: see `notice_period_end`.
    Beside this date show people the unmoved one (`add_weeks`, `add_months`): it is safe whatever the calendar.
    """
    if weeks < 0 or months < 0 or bool(weeks) == bool(months):
        raise ValueError("a statutory time is a positive number of weeks or of months")
    return next_working_day(add_weeks(start, weeks) if weeks else add_months(start, months))


# --- rent arrears ----------------------------------------------------------------------------------------------------


def recovery_pay_by(
    served_on: date | None, board_notified_on: date | None, *, weeks: int = RECOVERY_WEEKS
) -> date | None:
    """The safe day to show as "betala senast": the recovery time without the extension over weekends and holidays.

    None as in `recovery_deadline`.
    """
    start = _recovery_start(served_on, board_notified_on)
    return None if start is None else add_weeks(start, weeks)


def recovery_deadline(
    served_on: date | None, board_notified_on: date | None, *, weeks: int = RECOVERY_WEEKS
) -> date | None:
    """The last day on which a dwelling's tenant recovers the tenancy by paying, or the board takes over the debt.

    JB 12:44 st.1 p.1 [V]: three weeks from the *later* of two days: the tenant was served with the underrättelse (the
    notice to quit alone is not it), and the message was given to socialnämnden: with registered post the day it was
    *sent* (JB 12:63), not our receipt stamp. A corrected message starts the clock anew (NJA 1985 s. 586).
    None where either day is missing: no clock runs, and no date may be shown. Only for rent; never for disturbance.
    """
    start = _recovery_start(served_on, board_notified_on)
    return None if start is None else statutory_deadline(start, weeks=weeks)


def earliest_eviction_decision(deadline: date, *, working_days: int = EVICTION_WORKING_DAYS) -> date:
    """The second working day after the recovery time: an eviction may be ordered when this day has *passed*.

    JB 12:44 st.2 [V]; that Saturdays are not counted is [G], see `is_working_day`. Show it as Kronofogden's date,
    never as one that is safe for the tenant. `deadline` is what `recovery_deadline` gave.
    """
    return add_working_days(deadline, working_days)


# --- term and notice -------------------------------------------------------------------------------------------------


def notice_period_end(notice_on: date, months: int) -> date:
    """The last day of a tenancy for an indefinite term: the month-end nearest after `months` months from the notice.

    JB 12:4 st.1 and 12:5 st.1 [V]; three months for a dwelling, more if agreed; fewer than one is refused. Not moved
    by weekends or holidays (NJA 1976 s. 672, as noted to lag 1930:173) [V annotation].
    Notice on the last day of a month counts for that month: 30 June and three months is 30 September. The months run
    out on that very day and the turn of the month follows it; landlords print the same rule [G]. 30 November and three
    months is 28 February, as February has no 30th (lag 1930:173 1 §).
    """
    if months < 1:
        raise ValueError("a notice period is at least one month")
    end = add_months(notice_on, months)
    return end.replace(day=calendar.monthrange(end.year, end.month)[1])


def fixed_term_notice_end(from_on: date, to_on: date) -> date:
    """The last day to give notice of a dwelling's fixed term, whose first and last days are given.

    JB 12:4 st.2 [V]: one day ahead if the term is at most two weeks, a week if at most three months, otherwise three
    months. Counted backwards from the last day and never moved forwards. Where February has no such day (30 November
    for 28 February) the earlier reading, 28 November, is given: a warning date, no ground to refuse a notice [G].
    """
    _require_order(from_on, to_on)
    if to_on < from_on + SHORT_TERM:
        return to_on - _DAY
    if to_on < add_months(from_on, MEDIUM_TERM_MONTHS):
        return add_weeks(to_on, -1)
    return add_months(to_on, -LONG_TERM_NOTICE_MONTHS)


def tenancy_exceeds_nine_months(from_on: date, to_on: date, *, months: int = MUST_GIVE_NOTICE_AFTER_MONTHS) -> bool:
    """Whether a tenancy with these first and last days lasted more than nine months in a row.

    JB 12:3 st.2 [V]: then even a fixed term ends only by notice. 1 January to 30 September is nine months exactly: no.
    One more day: yes. Where the ninth month lacks the day, the shorter count decides, which asks for the notice [G].
    """
    _require_order(from_on, to_on)
    return to_on >= add_months(from_on, months)


def death_notice_deadline(died_on: date, *, months: int = DEATH_NOTICE_MONTHS) -> date:
    """The last day on which the estate may give the short notice. JB 12:5 st.2 [V]: within a month of the death.

    Moved to a working day: it is a time to act within, not a notice period as in NJA 1976 s. 672 [G]. Tell the estate
    the unmoved day, `add_months(died_on, 1)`.
    """
    return statutory_deadline(died_on, months=months)


def death_notice_end(notice_on: date, *, months: int = DEATH_NOTICE_MONTHS) -> date:
    """The last day of the tenancy after the estate's notice: a month-end at the earliest one month later.

    JB 12:5 st.2 [V], counted as `notice_period_end`.
    """
    return notice_period_end(notice_on, months)


def move_out_day(term_ends_on: date) -> date:
    """The day to leave the dwelling, at `MOVE_OUT_TIME` (12.00): the day after the term, moved to a working day.

    JB 12:7 [V], eves included; unless the parties agreed on another day.
    """
    return next_working_day(term_ends_on + _DAY)


# --- decisions -------------------------------------------------------------------------------------------------------


def appeal_deadline(received_on: date | None, *, weeks: int = APPEAL_WEEKS) -> date | None:
    """The last day on which an appeal reaches the authority: three weeks from the day the decision was *received*.

    FL 44 § [V]. None where the day of receipt is not known: show "ej delgiven", never count from the posting.
    """
    return None if received_on is None else statutory_deadline(received_on, weeks=weeks)


# --- spans and ages --------------------------------------------------------------------------------------------------


def completed_years_and_months(from_on: date, to_on: date) -> tuple[int, int]:
    """Whole years and months (0–11) passed from one day to another. A later `from_on` is refused.

    Counted as lag 1930:173 1 §: from 31 January a month has passed on 28 February.
    """
    _require_order(from_on, to_on)
    months = (to_on.year - from_on.year) * 12 + to_on.month - from_on.month
    if add_months(from_on, months) > to_on:
        months -= 1
    return divmod(months, 12)


def age_on(born_on: date, day: date) -> int:
    """Years of age. Who was born on 29 February turns a year older on 28 February in other years [G].

    A day before the birth is refused.
    """
    return completed_years_and_months(born_on, day)[0]


def iso_week(day: date) -> int:
    """The week number of Swedish calendars (ISO 8601), 1–53. At the turn of a year it may belong to the other year."""
    return day.isocalendar().week


# --- Swedish wording, without locale ---------------------------------------------------------------------------------


def long_day(day: date) -> str:
    """Weekday, day and month: "torsdag 15 oktober"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def short_day(day: date) -> str:
    """Day and the month's first three letters: "15 okt"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def day_with_year(day: date) -> str:
    """Day, month and year: "15 oktober 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


# --- the clock -------------------------------------------------------------------------------------------------------

_today_source: Callable[[], date | None] | None = None


def set_today_source(source: Callable[[], date | None] | None) -> None:
    """Let `source` say which day it is, in this process; None gives the clock back.

    For the demo mode, where a row in the database holds the day. A source that answers None leaves it to the clock.
    """
    global _today_source
    _today_source = source


def today() -> date:
    """The present day in Stockholm. Ask once, at the door (a view, a task, a command), and pass the day on."""
    day = _today_source() if _today_source else None
    return datetime.now(STOCKHOLM).date() if day is None else _plain(day)


# --- helpers ---------------------------------------------------------------------------------------------------------


@cache
def _days_of(year: int, category: str) -> frozenset[date]:
    """A year's days of one category: PUBLIC holds the holidays but plain Sundays, DE_FACTO the three eves."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the calendar covers {FIRST_YEAR} to {LAST_YEAR}")
    return frozenset(Sweden(years=year, categories=(category,), include_sundays=False, expand=False))


def _recovery_start(served_on: date | None, board_notified_on: date | None) -> date | None:
    return None if served_on is None or board_notified_on is None else max(served_on, board_notified_on)


def _require_order(from_on: date, to_on: date) -> None:
    if _plain(to_on) < _plain(from_on):
        raise ValueError("the last day is before the first")


def _plain(day: date) -> date:
    if isinstance(day, datetime):
        raise TypeError("a day is needed, not a moment: take its date in Stockholm first")
    return day

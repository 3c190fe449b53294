"""How long a referral holds: one year, and one further year by a decision (R-1-34, R-1-35)."""

from datetime import date

from bostad import dates

VALID_MONTHS = 12


def a_year_from(day: date) -> date:
    """The last day of a validity that begins that day, or that is extended from it."""
    return dates.add_months(day, VALID_MONTHS)

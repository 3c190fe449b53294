"""How long a referral holds (R-1-34): the municipality's own months, as they stood when the case was opened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bostad import dates
from bostad.organisation.settings_keys import resolve

if TYPE_CHECKING:
    from referrals.models import Referral

VALID_MONTHS = "referrals.valid_months"


def a_year_from(referral: Referral, day: date) -> date:
    """The last day of a validity that begins that day, or that is extended from it."""
    return dates.add_months(day, resolve(VALID_MONTHS, referral.opened_on, referral.department_id).value)

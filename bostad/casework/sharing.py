"""Ending what lets another organisation read a case."""

from collections.abc import Sequence
from datetime import date

from bostad.casework.models import Share


def end_shares(case_ids: Sequence[int], today: date) -> None:
    """From that day the case is its owner's alone. What was read before stays in the log."""
    Share.objects.in_force().filter(case__in=case_ids).update(ended_on=today)

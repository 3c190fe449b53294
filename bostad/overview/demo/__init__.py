"""Ekstads kommun: an invented municipality with everything in it, for trying bostad out. In demo mode only."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from django.db import transaction
from django.utils import timezone

from bostad import history
from bostad.casework import notices
from bostad.casework.models import Notice
from bostad.documents import worker
from bostad.organisation.models import Staff
from bostad.overview.demo import (
    dwellings,
    organisations,
    people,
    press,
    staff,
    stories_care,
    stories_own,
    stories_referrals,
    templates,
)
from bostad.overview.demo.town import Town
from contracts.models import Contract


def is_made() -> bool:
    return Contract.objects.exists()


def make(today: date, a_press: Callable[[], AbstractContextManager[press.Press]] = press.running) -> None:
    """All or nothing, in one transaction. The worker is not asked: what is written today is found by beat."""
    with a_press() as running, worker.left_to_beat(), transaction.atomic(), history.acting(command="demo"):
        offices = organisations.make()
        colleagues = staff.make(offices, today)
        templates.make(offices, colleagues, today)
        town = Town(
            today=today,
            staff=colleagues,
            dwellings=dwellings.make(offices, today),
            persons=people.make(today),
            press=running,
        )
        town.tell([*stories_care.STORIES, *stories_own.STORIES, *stories_referrals.STORIES])
        notices.tell_what_is_near(today)
        Notice.objects.update(sent_at=timezone.now())  # nobody is mailed of what was always there
        Notice.objects.filter(deadline__due_on__lt=today).update(read_at=timezone.now())  # nor is it news


def renew(today: date) -> None:
    """Kept demo data meet a newer bostad: its wordings, and what its routines ask of settings and delegations."""
    templates.renew(today)
    offices = organisations.known()
    colleagues = {person.username: person for person in Staff.objects.all()}
    with transaction.atomic(), history.acting(command="demo"):
        organisations.add(offices)
        staff.add_delegations(colleagues, offices, today)
        templates.add(offices, colleagues, today)

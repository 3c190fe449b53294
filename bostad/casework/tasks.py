from celery import shared_task

from bostad import dates
from bostad.casework import notices
from bostad.casework.sweep import sweep


@shared_task
def look_at_deadlines() -> dict[str, int]:
    """Wakes every quarter of an hour. What it finds is in PostgreSQL; a lost or doubled call changes nothing."""
    return sweep(dates.today())


@shared_task
def send_notices() -> int:
    """Wakes every minute, and sends what nobody has sent yet."""
    return notices.send_waiting()

"""Celery only says "look now": every task finds its work in PostgreSQL, and running one twice changes nothing."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bostad.settings")
app = Celery("bostad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def warm_the_press(**kwargs: object) -> None:
    """The worker prints, and says at its start what it lacks for that; no other process loads the press."""
    from bostad.documents import press  # noqa: F401


app.conf.beat_schedule = {
    "look at deadlines": {"task": "bostad.casework.tasks.look_at_deadlines", "schedule": 15 * 60},
    "send notices": {"task": "bostad.casework.tasks.send_notices", "schedule": 60},
    "make what waits": {"task": "bostad.documents.tasks.make_what_waits", "schedule": 30},
}

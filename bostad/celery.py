"""Celery only says "look now": every task finds its work in PostgreSQL, and running one twice changes nothing."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bostad.settings")
app = Celery("bostad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "look at deadlines": {"task": "bostad.casework.tasks.look_at_deadlines", "schedule": 15 * 60},
    "make what waits": {"task": "bostad.documents.tasks.make_what_waits", "schedule": 30},
}

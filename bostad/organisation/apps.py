from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate

from bostad import dates, history


class OrganisationConfig(AppConfig):
    name = "bostad.organisation"
    verbose_name = "organisation"

    def ready(self) -> None:
        post_migrate.connect(history.guards_cannot_be_switched_off, dispatch_uid="history.guards")
        if settings.DEMO:
            from bostad.organisation.demo_day import demo_day

            dates.set_today_source(demo_day)

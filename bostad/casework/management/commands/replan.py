from typing import Any

from django.core.management.base import BaseCommand

from bostad import dates
from bostad.casework.sweep import plan_anew


class Command(BaseCommand):
    help = "Plans the deadlines of every case anew, as a new version of the routine asks. Run twice, nothing changes."

    def handle(self, *args: Any, **options: Any) -> None:
        planned = plan_anew(dates.today())
        if options["verbosity"]:
            self.stdout.write(f"{planned} cases planned anew.")

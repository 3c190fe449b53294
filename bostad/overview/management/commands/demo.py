"""`manage.py demo`: the invented municipality, and the day it is there."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bostad import dates
from bostad.organisation.demo_day import move_to
from bostad.overview import demo
from bostad.overview.demo import staff


class Command(BaseCommand):
    help = "Gör Ekstads kommun, en påhittad kommun att prova bostad med. Körs den igen ändras ingenting."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", action="store_true", help="skriv vilka som kan logga in")
        parser.add_argument("--day", type=date.fromisoformat, metavar="ÅÅÅÅ-MM-DD", help="flytta demons dag")

    def handle(self, *, people: bool, day: date | None, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demodata görs bara i demoläge: sätt DEMO=1 i en installation utan riktiga uppgifter.")
        if people:
            self._say_people()
            return
        if day is not None:
            move_to(day)
            self.stdout.write(f"Demons dag är {dates.day_with_year(day)}.")
        if demo.is_made():
            demo.renew(dates.today())
            staff.give_passwords()
            return
        self.stdout.write(
            "Gör Ekstads kommun: 65 bostäder, 40 kontrakt och ett sextiotal utredningar och remisser. Det tar några minuter."
        )
        self.stdout.flush()
        demo.make(dates.today())
        staff.give_passwords()

    def _say_people(self) -> None:
        rows = [("Namn", "Roll", "Arbetar på"), *staff.table()]
        widths = [max(len(row[column]) for row in rows) for column in range(2)]
        for name, role, place in rows:
            self.stdout.write(f"{name:<{widths[0]}}  {role:<{widths[1]}}  {place}")

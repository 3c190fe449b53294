from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bostad import dates
from bostad.documents.services import papers_to_approve


class Command(BaseCommand):
    help = "The papers that cannot be printed today: no approved text in force, or another text than was approved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="ends with 1 where something is lacking")

    def handle(self, *args: Any, **options: Any) -> None:
        lacking = papers_to_approve(dates.today())
        for paper in lacking:
            self.stdout.write(f"{paper.title} ({paper.kind}): {paper.lacks}")
        if not lacking:
            self.stdout.write("Alla handlingar har en godkänd text.")
        elif options["check"]:
            raise CommandError(f"{len(lacking)} att godkänna under Administration, Mallar.")

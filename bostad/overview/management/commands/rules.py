import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bostad.overview.rule_index import index


class Command(BaseCommand):
    help = "Every rule id with the places in the code that enforce it and the tests that prove it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["table", "csv"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        entries = index()
        if options["format"] == "csv":
            writer = csv.writer(self.stdout)
            writer.writerow(["rule", "enforced", "proved"])
            writer.writerows([e.rule, " | ".join(e.enforced), " | ".join(e.proved)] for e in entries)
            return
        for entry in entries:
            self.stdout.write(f"{entry.rule}")
            self.stdout.write(
                f"    {'enforced by ' if entry.enforced else 'enforced by nothing'}{'; '.join(entry.enforced)}"
            )
            self.stdout.write(f"    {'proved by ' if entry.proved else 'proved by nothing'}{'; '.join(entry.proved)}")

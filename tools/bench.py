"""How time grows with the number of cases: `make bench`, or `make bench ARGS=2000` for another number of them.

Builds so many contracts, and then ten times as many, in a database that is dropped afterwards. What is printed to be
read is the ratio: the milliseconds belong to the machine and to what else it does. See README.md, "Measurements".
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bostad.settings")
django.setup()

from django.conf import settings  # noqa: E402 – Django is set up first
from django.db import transaction  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import get_runner  # noqa: E402
from django.urls import reverse  # noqa: E402

from bostad import dates  # noqa: E402
from bostad.casework.sweep import sweep  # noqa: E402
from bostad.documents.worker import left_to_beat  # noqa: E402
from contracts.models import Contract  # noqa: E402
from tests.making import a_contract  # noqa: E402
from tests.many import Copies  # noqa: E402
from tests.pages import client_of  # noqa: E402
from tests.plain_papers import blank_pages  # noqa: E402
from tests.town import Town, a_town  # noqa: E402

FEW, TIMES = 500, 10
RUNS = 3
TERM = date(2027, 10, 14)
DAY = TERM + timedelta(days=1)  # the fixed terms have run out: the sweep has a step to take in a quarter of the cases
PLAIN = {"ALLOWED_HOSTS": ["testserver"], "SECURE_SSL_REDIRECT": False, "STATIC_ROOT": settings.BASE_DIR / "static"}
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@contextmanager
def a_database() -> Iterator[None]:
    """A database of its own beside the one that DATABASE_URL names, gone afterwards; pages without TLS or manifest."""
    runner = get_runner(settings)(verbosity=0, interactive=False)
    plain = override_settings(**PLAIN, STORAGES={**settings.STORAGES, "staticfiles": STATIC})
    made = runner.setup_databases()
    dates.set_today_source(lambda: DAY)
    try:
        with plain, blank_pages(), left_to_beat():
            yield
    finally:
        dates.set_today_source(None)
        runner.teardown_databases(made)


def contracts_of_all_sorts(town: Town) -> list[Contract]:
    waiting = [a_contract(town, until) for until in ("registered", "ordered", "dispatched")]
    return [*waiting, a_contract(town, "active", term_to=TERM)]


def opened(client: Client, name: str, **query: str) -> None:
    answer = client.get(reverse(name), query)
    if answer.status_code != 200:
        raise RuntimeError(f"{name} answers {answer.status_code}")


def swept() -> None:
    """Rolled back, so that the next run finds the same to do."""
    with transaction.atomic():
        sweep(DAY)
        transaction.set_rollback(True)


def seconds(act: Callable[[], None]) -> float:
    """The median of some runs, after one that is not counted."""
    taken = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken[1:])


def main(words: Sequence[str]) -> int:
    logging.disable(logging.WARNING)
    few = int(words[0]) if words else FEW
    with a_database():
        town = a_town()
        sources, copies, client = contracts_of_all_sorts(town), Copies(), client_of(town.administrator)
        acts: dict[str, Callable[[], None]] = {
            "the list of contracts": lambda: opened(client, "contracts:contracts", lage="alla"),
            "Mitt arbete": lambda: opened(client, "overview:my_work", vems="enhetens"),
            "the sweep": swept,
        }
        found: list[dict[str, float]] = []
        each = few // len(sources)
        for first, last in ((1, each), (each + 1, each * TIMES)):
            with transaction.atomic():
                for source in sources:
                    copies.of(source, first, last)
            found.append({what: seconds(act) for what, act in acts.items()})
    cases = each * len(sources)
    print(f"{'':<24}{cases:>8,} cases{cases * TIMES:>8,} cases{'ratio':>8}")
    for what in acts:
        once, many = found[0][what], found[1][what]
        print(f"{what:<24}{once * 1000:>11,.0f} ms{many * 1000:>11,.0f} ms{many / once:>8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

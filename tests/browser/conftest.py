"""A browser, a server and a Celery worker, all real and on the test database, for people who sign in and work.

One browser and one worker serve a whole session; every test has its own town, and every person a browser window.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from bostad import dates
from bostad.celery import app as celery
from bostad.documents.worker import left_to_beat
from bostad.organisation import demo_day
from bostad.organisation.models import Staff
from contracts.models import Contract
from tests.browser.hands import signs_in
from tests.factories import UnitFactory
from tests.making import a_contract
from tests.town import TODAY, Town
from tools import processes

PROJECT = Path(django_settings.BASE_DIR)
ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=sv",
]  # fmt: skip
DESKTOP = {"width": 1440, "height": 900}
PLAIN_HTTP = {"SECURE_SSL_REDIRECT": False, "SECURE_HSTS_SECONDS": 0, "WHITENOISE_AUTOREFRESH": True}
expect.set_options(timeout=15_000)


# --- for the whole session -------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("The browser tests need Chromium, and there is none: `apt-get install chromium`.", pytrace=False)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread that asks the database
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
        connection.close()  # the loop of Playwright has one of its own


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[LiveServer]:
    with override_settings(**PLAIN_HTTP):
        served = LiveServer("127.0.0.1")
    yield served
    served.stop()


@pytest.fixture(scope="session")
def broker() -> str:
    """A database of our own in Valkey, so that two test processes do not take each other's tasks."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return _with_path(django_settings.REDIS_URL, str(int(process) + 1))


@pytest.fixture(scope="session")
def worker(django_db_setup: None, broker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stopped before the database is dropped; the kernel stops it if this process dies."""
    said = tmp_path_factory.mktemp("celery") / "worker.log"
    database = _with_path(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "celery", "-A", "bostad", "worker", "--pool=solo", "--loglevel=INFO",
               "--without-gossip", "--without-mingle", "--without-heartbeat"]  # fmt: skip
    env = {**os.environ, "DATABASE_URL": database, "REDIS_URL": broker, "DEMO": "1"}
    with said.open("wb") as output:
        process = processes.start(command, cwd=PROJECT, env=env, output=output.fileno())
    running = processes.Running("the worker", process)
    try:
        _wait(lambda: b"ready." in said.read_bytes() or process.poll() is not None, 60, "the worker does not start")
        if process.poll() is not None:
            pytest.fail(f"The worker ended at once:\n{said.read_text()[-2000:]}", pytrace=False)
        yield
    finally:
        running.stop()


def _with_path(address: str, path: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{path}"))


def _wait(done: Callable[[], bool], seconds: float, else_say: str) -> None:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            pytest.fail(f"After {seconds} seconds {else_say}.", pytrace=False)
        time.sleep(0.05)


# --- for each test ---------------------------------------------------------------------------------------------------


@pytest.fixture
def demo(settings, transactional_db: None) -> Iterator[None]:
    """The settings of a demo on plain HTTP. Web and worker share the day that stands in the database."""
    settings.DEMO = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    dates.set_today_source(demo_day.demo_day)
    yield
    dates.set_today_source(None)


@pytest.fixture
def tasks(demo: None, worker: None, broker: str) -> Iterator[None]:
    """What the pages ask for reaches our worker; nothing is left over for the next test."""
    before = celery.conf.broker_url
    _talk_to(broker)
    yield
    with redis.Redis.from_url(broker) as valkey:
        valkey.delete("celery")
        _wait(lambda: not valkey.hlen("unacked"), 60, "the worker is still busy")
    _talk_to(before)


def _talk_to(broker: str) -> None:
    celery.conf.broker_url = broker
    celery._after_fork()  # forgets its connections


@pytest.fixture
def town(demo: None, town: Town) -> Town:
    """The town on its day; everybody has a unit, since the picker shows people by their units."""
    demo_day.move_to(TODAY)
    homes = {"sara": town.ronngarden, "lars": town.lindgarden, "lotta": town.vof, "utan": town.sof}
    for username, organisation in homes.items():
        unit = UnitFactory(organisation=organisation, name=f"{organisation.name}, växeln")
        Staff.objects.filter(username=username).update(unit=unit)
    return town


class People:
    """`people.sign_in("sara")` is a browser window in which Sara is signed in."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.faults: list[str] = []
        self._open = []

    def window(self, **options) -> Page:
        context = self.browser.new_context(base_url=self.address, **{"viewport": DESKTOP, "locale": "sv-SE"} | options)
        self._open.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: self._heard(page, said.type, said.text))
        page.on("pageerror", lambda error: self._heard(page, "error", str(error)))
        page.on("requestfailed", lambda request: self._heard(page, "failed", f"{request.url} {request.failure}"))
        page.on("response", self._answered)
        return page

    def sign_in(self, username: str, **options) -> Page:
        page = self.window(**options)
        signs_in(page, username)
        return page

    def close(self) -> None:
        for context in self._open:
            context.close()

    def _heard(self, page: Page, kind: str, text: str) -> None:
        if kind not in ("error", "warning", "failed") or "Failed to load resource" in text or "ERR_ABORTED" in text:
            return  # answers are judged by their status; a page that is left is not a fault
        self.faults.append(f"{page.url}: {text}")

    def _answered(self, answer: Response) -> None:
        is_page = answer.request.resource_type == "document"
        if answer.status >= 500 or (answer.status >= 400 and not is_page):
            self.faults.append(f"{answer.request.method} {answer.url}: {answer.status}")


@pytest.fixture
def people(chromium: Browser, server: LiveServer, town: Town) -> Iterator[People]:
    """Whatever the test proves: no page fails, and the browser has nothing to complain about."""
    visitors = People(chromium, server.url)
    yield visitors
    visitors.close()
    assert not visitors.faults, "\n".join(visitors.faults)


@contextmanager
def _quickly(today: date) -> Iterator[None]:
    with left_to_beat():
        yield
    demo_day.move_to(today)


@pytest.fixture
def contract_at(town: Town, fast_files: None) -> Callable[..., Contract]:
    """`contract_at("dispatched", category="bpsd")`: made beforehand by the services, on blank pages."""

    def make(until: str, today: date = TODAY, **wishes) -> Contract:
        with _quickly(today):
            return a_contract(town, until, **wishes)

    return make

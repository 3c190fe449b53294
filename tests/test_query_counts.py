"""A page asks the database as often for a thousand rows as for ten."""

from collections.abc import Callable
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bostad.audit.models import ReadLog
from bostad.casework.models import CaseParty, ContactAttempt, Deadline, JournalEntry, StepLog
from bostad.documents.models import Document, DocumentFile, Letter
from bostad.organisation.models import Staff
from contracts.models import Contract
from tests import making
from tests.many import Copies, copied, past_the_guards
from tests.pages import DAY, client_of
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

LISTS = {
    "administrator": [
        "overview:my_work", "overview:dwellings", "contracts:contracts", "contracts:orders", "contracts:chase", "overview:owners",
        "contracts:archive", "contracts:export_csv", "contracts:export_xlsx", "documents:print_queue",
    ],
    "manager": ["overview:my_work", "contracts:contracts", "documents:print_queue"],
    "provider": ["overview:my_work", "overview:dwellings", "contracts:contracts", "contracts:export_csv"],
}  # fmt: skip
AT_MOST = {"case": 63, "list": 33}


def asked(client: Client, address: str, **query: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, query)
        if response.streaming:
            response.getvalue()
    assert response.status_code == 200, address
    return len(queries)


def grow(town: Town, few: int, many: int, count: Callable[[], dict[str, int]], sources: list[Contract]) -> tuple:
    """What `count` finds with few copies of each source, and with many."""
    copies = Copies()
    for source in sources:
        copies.of(source, 1, few)
    count()  # what is asked once per process
    first = count()
    for source in sources:
        copies.of(source, few + 1, many)
    assert copied().count() == many * len(sources)
    return first, count()


def town_at_work(town: Town) -> list[Contract]:
    """A contract for each list: ordered, to print, to post, to chase and in the archive."""
    ordered, queued, printed = (
        making.a_contract(town, until) for until in ("ordered", "issued", "municipality_signed")
    )
    making.the_worker(DAY)
    return [ordered, queued, printed, making.a_contract(town, "dispatched"), making.a_contract(town, "active")]


@pytest.mark.parametrize("role", list(LISTS))
def test_a_list_of_a_thousand_asks_no_more_than_a_list_of_ten(town: Town, role: str):
    client = client_of(getattr(town, role))
    sent = client.post(reverse("contracts:contracts"), {"q": "nyberg", "lage": "alla"})
    named = dict(parse_qsl(urlsplit(sent["Location"]).query))
    addresses = [*((name, {"ordning": ""}) for name in LISTS[role]), ("contracts:contracts", named),
                 ("overview:my_work", {"vems": "enhetens"})]  # fmt: skip
    few, many = grow(
        town, 2, 200,
        lambda: {f"{name} {query}": asked(client, reverse(name), **query) for name, query in addresses},
        town_at_work(town),
    )  # fmt: skip
    assert many == few
    assert {name: number for name, number in many.items() if number > AT_MOST["list"]} == {}


def test_a_page_in_the_middle_asks_the_same_of_a_long_list_as_of_a_longer(town: Town):
    client, source = client_of(town.administrator), making.a_contract(town, "active")

    def count() -> dict[str, int]:
        contract = copied().order_by("-id")[60].pk
        dwelling = copied().order_by("dwelling__sort_key", "dwelling")[60].dwelling_id
        ways = [("contracts:contracts", contract, {"ordning": sort}) for sort in ("", "bostad", "-inflyttning")]
        return {
            f"{name} {way} {query}": asked(client, reverse(name), **{way: str(pk)}, **query)
            for name, pk, query in [*ways, ("overview:dwellings", dwelling, {})]
            for way in ("efter", "fore")
        }

    few, many = grow(town, 150, 1000, count, [source])
    assert many == few
    assert max(many.values()) <= AT_MOST["list"]


def test_a_posting_list_and_a_search_ask_no_more_for_a_thousand(town: Town):
    client = client_of(town.administrator)
    printed = making.a_contract(town, "printed")
    batch = Letter.objects.get(case=printed.pk, kind="contract").batch

    def count() -> dict[str, int]:
        with CaptureQueriesContext(connection) as search:
            client.post(reverse("overview:search"), {"q": "nyberg"})
        return {"batch": asked(client, reverse("documents:batch", args=[batch.pk])), "search": len(search)}

    few, many = grow(town, 10, 1000, count, [printed])
    assert many == few
    assert max(many.values()) <= AT_MOST["list"]


def test_a_person_and_a_dwelling_with_a_thousand_cases_ask_no_more(town: Town):
    client, source = client_of(town.administrator), making.a_contract(town, "active")
    person, dwelling = source.parties.get().person_id, source.dwelling_id

    def count() -> dict[str, int]:
        mine = copied().exclude(dwelling=dwelling)
        with past_the_guards(["casework_caseparty"]):
            CaseParty.objects.bulk_create(
                CaseParty(case_id=pk, person_id=person, role="related", from_on=DAY)
                for pk in mine.values_list("pk", flat=True)
            )
            connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
        mine.update(dwelling=dwelling)
        return {
            "person": asked(client, reverse("overview:person", args=[person])),
            "dwelling": asked(client, reverse("overview:dwelling", args=[dwelling])),
        }

    few, many = grow(town, 10, 1000, count, [source])
    assert many == few
    assert max(many.values()) <= AT_MOST["list"]


CASE_TABS = [
    "contracts:contract", "contracts:originals", "casework:journal", "casework:deadlines", "casework:consents",
    "casework:log", "casework:hand_over", "documents:documents",
]  # fmt: skip


@pytest.mark.parametrize("role", ["administrator", "provider"])
def test_a_case_with_a_thousand_of_everything_asks_no_more(town: Town, role: str):
    client, contract = client_of(getattr(town, role)), making.a_contract(town, "dispatched")
    pages = [page for page in CASE_TABS if role == "administrator" or not page.startswith("casework:")]
    template = Document.objects.filter(case=contract.pk).first().template
    staff = Staff.objects.get(pk=town.administrator.staff_id)

    def add(first: int, last: int) -> None:
        numbers = range(first, last)
        case = {"case_id": contract.pk}
        JournalEntry.objects.bulk_create(JournalEntry(**case, on=DAY, text=str(n), by=staff) for n in numbers)
        ContactAttempt.objects.bulk_create(
            ContactAttempt(**case, on=DAY, channel="phone", contact=str(n), outcome="reached", by=staff)
            for n in numbers
        )
        papers = Document.objects.bulk_create(
            Document(**case, kind="order", title=str(n), origin="issued", template=template, on=DAY, created_by=staff)
            for n in numbers
        )
        DocumentFile.objects.bulk_create(DocumentFile(document=paper, content=b"x") for paper in papers)
        Document.objects.filter(pk__in=[paper.pk for paper in papers]).update(
            file_state="ready", sha256=sha256(b"x").hexdigest()
        )
        open_one = Deadline.objects.filter(case=contract.pk, status="open").first()
        Deadline.objects.bulk_create(
            Deadline(**case, kind=open_one.kind, occurrence=100 + n, planned_on=DAY, due_on=DAY, assignee=staff,
                     department_id=open_one.department_id, unit_id=open_one.unit_id)
            for n in numbers
        )  # fmt: skip
        ReadLog.objects.bulk_create(ReadLog(staff=staff, page="x", case_ids=[contract.pk]) for n in numbers)
        StepLog.objects.bulk_create(
            StepLog(**case, step="edit", source="dispatched", target="dispatched", on=DAY, staff=staff) for n in numbers
        )

    def count() -> dict[str, int]:
        return {page: asked(client, reverse(page, args=[contract.number])) for page in pages}

    add(0, 10)
    count()
    few = count()
    add(10, 1000)
    assert count() == few
    assert {page: number for page, number in few.items() if number > AT_MOST["case"]} == {}


def test_the_log_review_asks_no_more_for_a_thousand_readings(town: Town):
    client, contract = client_of(town.log_reviewer), making.a_contract(town, "registered")
    staff = [Staff.objects.get(pk=scope.staff_id) for scope in (town.administrator, town.manager, town.caseworker)]

    def add(number: int) -> None:
        ReadLog.objects.bulk_create(
            ReadLog(staff=staff[n % 3], unit=staff[n % 3].unit, page="x", case_ids=[contract.pk]) for n in range(number)
        )

    add(10)
    asked(client, reverse("overview:log_review"))
    few = asked(client, reverse("overview:log_review"))
    add(990)
    assert asked(client, reverse("overview:log_review")) == few <= AT_MOST["list"]

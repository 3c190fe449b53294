"""The check of who has read what: one's own staff, and others who read one's own cases; nothing of others' cases."""

import html
import re
from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bostad.audit.models import ReadLog
from bostad.organisation.models import Staff, Unit
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from bostad.overview import log_review
from contracts.models import Contract
from tests import making
from tests.factories import StaffFactory, UnitFactory
from tests.many import Copies, copied
from tests.pages import DAY, client_of, text_of
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

REVIEW = "overview:log_review"


@pytest.fixture
def client(town: Town) -> Client:
    return client_of(town.log_reviewer)


@pytest.fixture
def ours(town: Town) -> Contract:
    return making.a_contract(town, "registered")


@pytest.fixture
def theirs(town: Town) -> Contract:
    """FF's contract, which VOF has no part in."""
    return making.a_contract(town, "registered", form="municipal")


def unit_of(scope: Scope) -> Unit | None:
    return Staff.objects.get(pk=scope.staff_id).unit


def read(scope: Scope, *cases: Contract, page: str = "contracts:contract", why: str = "", unit=None) -> ReadLog:
    return ReadLog.objects.create(
        staff_id=scope.staff_id, unit=unit or unit_of(scope), page=page, why=why, case_ids=[c.pk for c in cases]
    )


def lines(client: Client, **query: str) -> list[str]:
    """The rows of the page, without markup."""
    response = client.get(reverse(REVIEW), query)
    assert response.status_code == 200
    body = text_of(response).partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in re.findall(r"<tr>.*?</tr>", body)]


def of(scope: Scope) -> str:
    return str(Staff.objects.get(pk=scope.staff_id))


def test_a_providers_reading_of_our_case_is_reviewed_by_us(client: Client, town: Town, ours: Contract):
    client_of(town.provider).get(reverse("contracts:contract", args=[ours.number]))
    read(town.administrator, ours)
    assert [of(town.administrator) in line for line in lines(client)] == [True]
    (line,) = lines(client, lasare="andra")
    assert of(town.provider) in line
    assert line.endswith(f"Kontraktets översikt {ours.number}")
    assert len(lines(client, lasare="alla")) == 2


def test_anothers_reading_of_anothers_case_is_not_ours_to_know(client: Client, town: Town, ours, theirs):
    read(town.property_officer, theirs)
    for whose in log_review.READERS:
        assert lines(client, lasare=whose) == []
        assert lines(client, lasare=whose, number=theirs.number) == []
    read(town.property_officer, theirs, ours)
    (line,) = lines(client, lasare="andra")
    assert ours.number in line
    assert theirs.number not in line
    assert lines(client, lasare="andra", number=theirs.number) == []
    assert lines(client, lasare="alla", number=theirs.number) == []


def test_our_own_staffs_reading_of_anothers_case_is_reviewed_too(client: Client, town: Town, ours, theirs):
    read(town.administrator, theirs, ours)
    (line,) = lines(client)
    assert theirs.number in line
    assert len(lines(client, number=theirs.number)) == len(lines(client, lasare="alla", number=theirs.number)) == 1


def test_a_reading_belongs_to_the_organisation_that_the_reader_worked_at_then(client: Client, town: Town, theirs):
    """Who comes to us from elsewhere brings no readings of others' cases along."""
    letting = unit_of(town.property_officer)
    read(town.property_officer, theirs, unit=letting)
    Staff.objects.filter(pk=town.property_officer.staff_id).update(unit=town.debiteringen)
    assert lines(client, lasare="alla") == []
    of_ff = scope_for(StaffFactory(username="ffgranskare", roles=[(Role.LOG_REVIEWER, town.ff)]), DAY)
    assert len(lines(client_of(of_ff))) == 1


def test_a_readers_name_leads_to_the_same_readers_readings(client: Client, town: Town, ours: Contract):
    unit = UnitFactory(organisation=town.ronngarden, name="Rönngården")
    other = scope_for(StaffFactory(username="ulla", unit=unit), DAY)
    read(town.provider, ours)
    read(other, ours)
    page = text_of(client.get(reverse(REVIEW), {"lasare": "andra"}))
    link = html.unescape(re.search(rf'<th scope="row"><a href="([^"]*)">{of(other)}</a>', page)[1])
    assert link == f"?lasare=andra&staff={other.staff_id}"
    (line,) = lines(client, lasare="andra", staff=str(other.staff_id))
    assert of(other) in line


def test_the_names_of_others_staff_are_not_told_by_their_numbers(client: Client, town: Town, theirs: Contract):
    read(town.property_officer, theirs)
    page = text_of(client.get(reverse(REVIEW), {"lasare": "andra", "staff": str(town.property_officer.staff_id)}))
    assert of(town.property_officer) not in page


def test_by_number_exactly(client: Client, town: Town, ours: Contract):
    second = making.a_contract(town, "registered")
    read(town.administrator, ours)
    read(town.administrator, second)
    assert len(lines(client)) == 2
    (line,) = lines(client, number=f" {ours.number.lower()} ")
    assert ours.number in line
    assert lines(client, number=ours.number[:-1]) == []
    assert lines(client, number="K-2026-999999") == []


def test_only_searches_only_revealed_addresses_only_exports(client: Client, town: Town, ours: Contract):
    read(town.administrator, ours)
    whys = {"sokning": "Sökning", "adress": "Skyddad adress: Nycklar ska lämnas", "export": "Export"}
    for why in whys.values():
        read(town.administrator, ours, page="overview:search", why=why)
    for key, why in whys.items():
        (line,) = lines(client, why=key)
        assert why in line


def test_the_words_that_the_pages_write_are_those_that_the_review_asks_for(client: Client, town: Town):
    protected = making.a_contract(town, "ordered", protected=True)
    office = client_of(town.administrator)
    office.post(reverse("contracts:reveal_address", args=[protected.number]), {"reason": "Nycklar"})
    office.post(reverse("overview:search"), {"q": protected.number})
    office.get(reverse("contracts:export_csv"))
    assert [len(lines(client, why=key)) for key in ("sokning", "adress", "export")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ({}, [18, 19, 20]),
        ({"from_on": "2026-10-19"}, [19, 20]),
        ({"to_on": "2026-10-19"}, [18, 19]),
        ({"from_on": "2026-10-19", "to_on": "2026-10-19"}, [19]),
        ({"from_on": "2026-10-20", "to_on": "2026-10-18"}, []),
    ],
)
def test_from_and_to_a_day_of_stockholm(client: Client, town: Town, ours, query: dict[str, str], days: list[int]):
    """Both days belong, and a day begins at midnight here: 22 in the evening by UTC."""

    for day in (18, 19, 20):
        for at in (datetime(2026, 10, day - 1, 22, 30), datetime(2026, 10, day, 21, 30)):
            with time_machine.travel(at, tick=False):
                read(town.administrator, ours)
    found = [int(re.match(r"(\d+) okt", line)[1]) for line in lines(client, **query)]
    assert sorted(set(found)) == days
    assert len(found) == 2 * len(days)


def test_pages_go_back_to_the_first_reading_and_forth_again(client: Client, town: Town, ours: Contract):
    staff = Staff.objects.get(pk=town.administrator.staff_id)
    ReadLog.objects.bulk_create(
        ReadLog(staff=staff, unit=staff.unit, page=f"sida {n}", case_ids=[ours.pk]) for n in range(250)
    )
    pages, address = [], "?lasare=alla"
    for rel in ("next", "next", "prev", "prev"):
        text = text_of(client.get(reverse(REVIEW) + address))
        pages.append(re.findall(r"<td>sida (\d+)", text))
        address = html.unescape(re.search(rf'<a href="([^"]*)"\s+rel="{rel}"', text)[1])
        assert address.startswith("?lasare=alla&")
    assert [len(page) for page in pages] == [100, 100, 50, 100]
    assert [int(n) for page in pages[:3] for n in page] == list(range(249, -1, -1))
    assert pages[3] == pages[1]
    assert re.findall(r"<td>sida (\d+)", text_of(client.get(reverse(REVIEW) + address))) == pages[0]


def test_more_cases_than_are_shown_are_told_of(client: Client, town: Town, ours: Contract):
    more = [making.a_contract(town, "registered") for _ in range(5)]
    read(town.administrator, ours, *more[:4])
    read(town.administrator, ours, *more)
    assert ["med flera" in line for line in lines(client)] == [True, False]


def test_an_empty_review_says_so_and_offers_the_way_back(client: Client):
    page = text_of(client.get(reverse(REVIEW), {"number": "K-2026-999999"}))
    assert "Inga läsningar passar filtret." in page
    assert f'href="{reverse(REVIEW)}"' in page


def test_no_page_of_the_review_names_whom_a_case_concerns(client: Client, town: Town, ours: Contract):
    tenant = ours.parties.get().person
    for scope in (town.administrator, town.provider):
        client_of(scope).get(reverse("contracts:contract", args=[ours.number]))
        client_of(scope).post(reverse("overview:search"), {"q": tenant.last_name})
    for whose in log_review.READERS:
        page = text_of(client.get(reverse(REVIEW), {"lasare": whose}))
        assert ours.number in page
        assert tenant.last_name not in page
        assert tenant.first_name not in page


def some_thousand(town: Town, ours: Contract, theirs: Contract, first: int, last: int) -> None:
    staff = [Staff.objects.get(pk=scope.staff_id) for scope in (town.administrator, town.property_officer)]
    ReadLog.objects.bulk_create(
        ReadLog(staff=staff[n % 2], unit=staff[n % 2].unit, page="x", case_ids=[(ours if n % 3 else theirs).pk])
        for n in range(first, last)
    )


QUERIES = [
    {"lasare": "andra"}, {"lasare": "alla"}, {"lasare": "alla", "from_on": "2026-10-01", "to_on": "2026-10-30"},
    {"lasare": "alla", "why": "sokning"},
]  # fmt: skip


def test_a_thousand_readings_ask_no_more_than_ten(client: Client, town: Town, ours, theirs):
    def count() -> list[int]:
        numbers = []
        for query in [*QUERIES, {"number": ours.number, "lasare": "andra"}]:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(REVIEW), query).status_code == 200
            numbers.append(len(queries))
        return numbers

    some_thousand(town, ours, theirs, 0, 10)
    count()
    few = count()
    some_thousand(town, ours, theirs, 10, 3000)
    assert count() == few
    assert max(few) <= 32


def test_no_reading_is_looked_for_in_the_whole_log(town: Town, ours, theirs):
    """The newest first by the key of the log, their cases by the key of theirs; a case by the log's index on cases."""
    copies = Copies()
    copies.of(ours, 1, 1000)
    copies.of(theirs, 1, 1000)
    cases = list(copied().values_list("pk", flat=True))
    staff = [Staff.objects.get(pk=scope.staff_id) for scope in (town.administrator, town.property_officer)]
    ReadLog.objects.bulk_create(
        ReadLog(staff=staff[n % 2], unit=staff[n % 2].unit, page="x", case_ids=[cases[n * 7 % 2000]])
        for n in range(8000)
    )
    mine = {town.vof.pk}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE; SET LOCAL enable_seqscan = off")
    for whose in log_review.READERS:
        rows = log_review.readings(mine, {"lasare": whose}).order_by("-id")
        plan = log_review.with_numbers(rows, mine)[:101].explain()
        assert "Seq Scan" not in plan, plan
        assert "audit_readlog_pkey" in plan, plan
        assert "casework_case_pkey" in plan, plan
    chosen = {"lasare": "andra", "number": ours.number}
    plan = log_review.readings(mine, chosen).order_by("-id")[:101].explain()
    assert "readlog_by_case" in plan, plan

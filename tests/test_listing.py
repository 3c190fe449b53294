"""Lists that page by key and remember: every row once, both ways, and no typed name in any address."""

import html
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from bostad import listing
from bostad.audit.models import ReadLog
from bostad.housing.models import Dwelling
from bostad.organisation.scope import Scope
from bostad.people.models import Person
from contracts import lists
from contracts.models import Contract
from tests import making
from tests.many import Copies
from tests.pages import a_contract_of, client_of, text_of
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

CONTRACTS, DWELLINGS = "contracts:contracts", "overview:dwellings"
ROW = re.compile(r'<th scope="row"><a href="/(?:kontrakt|boenden)/([^/"]+)/"')


def main(text: str) -> str:
    return text.partition("<main")[2]


def rows(text: str) -> list[str]:
    return ROW.findall(main(text))


def link(text: str, rel: str) -> str:
    found = re.search(rf'<a href="([^"]*)"\s+rel="{rel}"', text)
    return html.unescape(found[1]) if found else ""


def walk(client: Client, name: str, address: str, rel: str = "next") -> tuple[list[list[str]], str]:
    """The rows of each page, and the address of the last."""
    pages, at = [], address
    while True:
        text = text_of(client.get(reverse(name) + at))
        pages.append(rows(text))
        assert len(pages) < 20
        if not link(text, rel):
            return pages, at
        at = link(text, rel)


def filtered(client: Client, name: str, **typed: str) -> str:
    """The query of the address that a posted filter leads to."""
    response = client.post(reverse(name), typed)
    assert response.status_code == 302, text_of(response)
    return response["Location"].removeprefix(reverse(name))


@pytest.fixture
def many(town: Town) -> Contract:
    """120 contracts beside this one; many of them alike in what they can be sorted by."""
    contract = making.a_contract(town, "registered")
    Copies().of(contract, 1, 120)
    for n, pk in enumerate(Contract.objects.order_by("pk").values_list("pk", flat=True)):
        Contract.objects.filter(pk=pk).update(move_in_on=date(2026, 10, 1 + n % 3))
    return contract


# --- pages ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["", *(f"{way}{key}" for key in lists.SORTS for way in ("", "-"))])
def test_every_contract_stands_once_in_the_order_asked_for_and_the_way_back_is_the_same(many, town: Town, sort: str):
    client = client_of(town.administrator)
    pages, last = walk(client, CONTRACTS, f"?ordning={sort}")
    assert [len(page) for page in pages] == [50, 50, 21]
    expected = (
        Contract.objects.with_place(town.administrator).order_by(*lists.order_of(sort)).values_list("number", flat=True)
    )
    assert [number for page in pages for number in page] == list(expected)
    back, first = walk(client, CONTRACTS, last, "prev")
    assert back == pages[::-1]
    assert parse_qs(urlsplit(first).query).get("ordning", [""]) == [sort]


def test_every_dwelling_stands_once(many, town: Town):
    Dwelling.objects.filter(pk__gt=many.dwelling_id).update(sort_key="samma adress")
    client = client_of(town.administrator)
    pages, last = walk(client, DWELLINGS, "")
    expected = Dwelling.objects.order_by("sort_key", "id").values_list("pk", flat=True)
    assert [int(pk) for page in pages for pk in page] == list(expected)
    assert walk(client, DWELLINGS, last, "prev")[0] == pages[::-1]


def test_a_page_says_how_many_of_how_many_and_counts_no_further_than_500(many, town: Town):
    client = client_of(town.administrator)
    text = main(text_of(client.get(reverse(CONTRACTS))))
    assert "121 kontrakt passar filtret" in text
    assert "50 av 121" in text
    Copies().of(many, 121, 600)
    text = main(text_of(client.get(reverse(CONTRACTS))))
    assert "fler än 500 kontrakt passar filtret" in text
    assert "50 av fler än 500" in text


@pytest.mark.parametrize("name", [CONTRACTS, DWELLINGS])
@pytest.mark.parametrize("way", ["efter", "fore"])
def test_a_page_that_begins_nowhere_is_the_first(many, town: Town, name: str, way: str):
    client = client_of(town.administrator)
    first = rows(text_of(client.get(reverse(name) + "?ordning=")))
    for place in ("0", "-1", "9" * 18, "9" * 400, "x", "²", "", "\0"):
        assert rows(text_of(client.get(reverse(name), {way: place}))) == first, place


def test_what_another_may_see_is_no_place_to_begin(many, town: Town):
    """Else the page would tell where in the order a row stands that its reader may not see."""
    theirs = making.a_contract(town, "registered", form="municipal")
    client = client_of(town.administrator)
    first = rows(text_of(client.get(reverse(CONTRACTS) + "?ordning=nummer")))
    assert rows(text_of(client.get(reverse(CONTRACTS), {"ordning": "nummer", "fore": theirs.pk}))) == first


def test_a_page_continues_where_it_was_though_its_last_row_has_left_the_list(many, town: Town):
    client = client_of(town.administrator)
    address = f"?lage=registered&ordning=nummer&efter={Contract.objects.order_by('id')[49].pk}"
    before = rows(text_of(client.get(reverse(CONTRACTS) + address)))
    lists_last = Contract.objects.order_by("id")[49]
    assert lists_last.number not in before
    Contract.objects.filter(pk=lists_last.pk).update(housing_form="trial")
    assert rows(text_of(client.get(f"{reverse(CONTRACTS)}{address}&form=care_dementia"))) == before


def test_an_address_of_a_page_holds_no_name_and_no_street(many, town: Town):
    client = client_of(town.administrator)
    for sort in ("bostad", "inflyttning"):
        text = text_of(client.get(reverse(CONTRACTS), {"ordning": sort}))
        assert set(parse_qs(urlsplit(link(text, "next")).query)) == {"ordning", "efter"}


# --- what is typed, and what is remembered -------------------------------------------------------------------------------


def a_tenant_called(town: Town, name: str) -> str:
    return a_contract_of(town, making.a_tenant(last_name=name), "registered").number


def test_a_name_that_is_typed_stands_in_no_address(town: Town):
    number, _ = a_tenant_called(town, "Silvermåne"), making.a_contract(town, "registered")
    client = client_of(town.administrator)
    query = filtered(client, CONTRACTS, q="silvermåne", lage="alla")
    assert set(parse_qs(query.removeprefix("?"))) == {"lage", "text"}
    text = text_of(client.get(reverse(CONTRACTS) + query))
    assert rows(text) == [number]
    assert 'value="silvermåne"' in text
    addresses = re.findall(r'(?:href|action)="([^"]*)"', text)
    assert addresses
    assert not [a for a in addresses if "silver" in a.lower() or "%C3%A5ne" in a]
    assert len(rows(text_of(client.get(reverse(CONTRACTS), {"q": "silvermåne", "lage": "alla"})))) == 2


def test_the_key_of_a_text_opens_nothing_for_another(town: Town):
    a_tenant_called(town, "Silvermåne")
    query = filtered(client_of(town.administrator), CONTRACTS, q="silvermåne")
    text = text_of(client_of(town.manager).get(reverse(CONTRACTS) + query))
    assert "silvermåne" not in text
    assert 'method="post"' in main(text)


def test_a_list_remembers_its_last_filter_until_it_is_cleared(many, town: Town):
    number = a_tenant_called(town, "Silvermåne")
    client = client_of(town.administrator)
    filtered(client, CONTRACTS, q="silvermåne", lage="registered")
    again = text_of(client.get(reverse(CONTRACTS)))
    assert rows(again) == [number]
    assert '<option value="registered" selected' in again
    clear = re.search(r'href="([^"]*)">Rensa alla', again)[1]
    assert len(rows(text_of(client.get(reverse(CONTRACTS) + clear)))) == 50
    assert len(rows(text_of(client.get(reverse(CONTRACTS))))) == 50
    assert rows(text_of(client.get(reverse(DWELLINGS)))) != []


def test_two_lists_and_two_people_remember_each_their_own(town: Town):
    number = a_tenant_called(town, "Silvermåne")
    other = making.a_contract(town, "registered").number
    client = client_of(town.administrator)
    filtered(client, CONTRACTS, q="silvermåne")
    filtered(client, DWELLINGS, q="finns inte")
    assert rows(text_of(client.get(reverse(CONTRACTS)))) == [number]
    assert rows(text_of(client.get(reverse(DWELLINGS)))) == []
    assert set(rows(text_of(client_of(town.manager).get(reverse(CONTRACTS))))) == {number, other}


def test_the_way_back_in_the_browser_and_a_second_tab_keep_their_own_filter(town: Town):
    first, second = a_tenant_called(town, "Silvermåne"), a_tenant_called(town, "Guldsol")
    client = client_of(town.administrator)
    one, two = (filtered(client, CONTRACTS, q=name) for name in ("silvermåne", "guldsol"))
    assert one != two
    assert rows(text_of(client.get(reverse(CONTRACTS) + two))) == [second]
    assert rows(text_of(client.get(reverse(CONTRACTS) + one))) == [first]


def test_an_export_is_the_whole_list_in_its_order_and_logged_whole(town: Town):
    Copies().of(making.a_contract(town, "registered"), 1, 10_050)
    client = client_of(town.administrator)
    expected = list(Contract.objects.order_by("-id").values_list("number", flat=True))
    assert len(expected) == 10_051
    for name in ("contracts:export_csv", "contracts:export_xlsx"):
        said = text_of(client.get(f"{reverse(name)}?ordning=-nummer"))
        assert re.findall(r"^(?:K|KLON)-[0-9-]+", said, re.MULTILINE) == expected
        assert len(ReadLog.objects.get(page=name, why="Export").case_ids) == 10_051


def test_sort_and_filter_stay_in_every_link_and_in_the_export(many, town: Town):
    a_tenant_called(town, "Silvermåne")
    client = client_of(town.administrator)
    query = filtered(client, CONTRACTS, q="nyberg", lage="registered") + "&ordning=-inflyttning"
    text = main(text_of(client.get(reverse(CONTRACTS) + query)))
    kept = parse_qs(query.removeprefix("?"))
    following = parse_qs(urlsplit(link(text, "next")).query)
    assert {name: following[name] for name in kept} == kept
    export = html.unescape(re.search(r'href="([^"]*export\.csv[^"]*)"', text)[1])
    assert parse_qs(urlsplit(export).query) == kept
    lines = text_of(client.get(export)).splitlines()[1:]
    pages, _ = walk(client, CONTRACTS, query)
    assert [line.split(";")[0] for line in lines] == [number for page in pages for number in page]
    assert len(lines) == 121
    resort = filtered(client, CONTRACTS + "", q="nyberg", lage="alla")
    assert "ordning" not in resort
    posted = client.post(f"{reverse(CONTRACTS)}?ordning=-inflyttning", {"q": "nyberg", "lage": "alla"})
    assert parse_qs(urlsplit(posted["Location"]).query)["ordning"] == ["-inflyttning"]


def test_a_chip_takes_its_own_filter_away_and_leaves_the_rest(town: Town):
    number, other = a_tenant_called(town, "Silvermåne"), making.a_contract(town, "registered").number
    client = client_of(town.administrator)
    query = filtered(client, CONTRACTS, q="silvermåne", lage="registered")
    text = text_of(client.get(reverse(CONTRACTS) + query))
    assert rows(text) == [number]
    chips = [html.unescape(url) for url in re.findall(r'class="b-chip"\s+href="([^"]*)"', text)]
    assert [set(parse_qs(chip.removeprefix("?"))) for chip in chips] == [{"lage"}, {"text"}]
    assert set(rows(text_of(client.get(reverse(CONTRACTS) + chips[0])))) == {number, other}


def test_the_last_chip_that_is_taken_away_leaves_an_unfiltered_list(town: Town):
    making.a_contract(town, "registered")
    client = client_of(town.administrator)
    text = text_of(client.get(reverse(CONTRACTS), {"form": "care_somatic"}))
    assert rows(text) == []
    (chip,) = re.findall(r'class="b-chip"\s+href="([^"]*)"', text)
    assert len(rows(text_of(client.get(reverse(CONTRACTS) + chip)))) == 1
    assert len(rows(text_of(client.get(reverse(CONTRACTS))))) == 1


def test_a_refused_filter_is_not_remembered(many, town: Town):
    client = client_of(town.administrator)
    assert rows(text_of(client.get(reverse(CONTRACTS), {"lage": "finns inte"}))) == []
    assert client.post(reverse(CONTRACTS), {"lage": "finns inte"}).status_code == 200
    assert len(rows(text_of(client.get(reverse(CONTRACTS))))) == 50


def test_a_remembered_choice_that_is_gone_is_forgotten(many, town: Town):
    client = client_of(town.administrator)
    client.get(reverse(CONTRACTS))
    session = client.session
    session["lists"] = {"contracts": {"last": "lage=finns+inte", "texts": {}}}
    session.save()
    assert len(rows(text_of(client.get(reverse(CONTRACTS))))) == 50


def test_no_more_than_twenty_texts_are_kept(town: Town):
    client = client_of(town.administrator)
    for n in range(30):
        filtered(client, CONTRACTS, q=f"namn {n}")
    texts = client.session["lists"]["contracts"]["texts"]
    assert list(texts.values()) == [f"namn {n}" for n in range(10, 30)]


# --- what is found, and by which index -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["öberga", "ÖBERGA", "Öbergavägen 7", "7 öberga", "hem-00", "HEM-0041"])
def test_a_dwelling_is_found_by_parts_of_its_address_or_its_designation(town: Town, typed: str):
    home = making.a_dwelling(town, street="Öbergavägen 7", designation="HEM-0041")
    making.a_dwelling(town, street="Obergavägen 8", designation="RG-77")
    client = client_of(town.administrator)
    assert rows(text_of(client.get(reverse(DWELLINGS) + filtered(client, DWELLINGS, q=typed)))) == [str(home.pk)]
    assert list(Dwelling.objects.matching("---")) == []


@pytest.mark.parametrize("typed", ["silver", "SILVERMÅNE harald", "K-2026"])
def test_a_contract_is_found_by_name_or_number(town: Town, typed: str):
    number = a_tenant_called(town, "Silvermåne")
    client = client_of(town.administrator)
    assert rows(text_of(client.get(reverse(CONTRACTS) + filtered(client, CONTRACTS, q=typed)))) == [number]


@pytest.fixture
def thousands(town: Town) -> Scope:
    """Who reads 5000 contracts, of as many people and dwellings. The indexes have taken in what was added."""
    contract = making.a_contract(town, "registered")
    Copies().of(contract, 1, 5000)
    with connection.cursor() as cursor:
        for index in ("person_by_part_of_name", "dwelling_by_part_of_address", "dwelling_by_part_of_number"):
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute("ANALYZE")
    return town.administrator


def plan_of(found: QuerySet) -> str:
    """How PostgreSQL would find them, were reading a whole table no choice."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return found.explain()


def test_a_part_of_a_name_or_an_address_is_found_by_its_index(thousands: Scope):
    assert "person_by_part_of_name" in plan_of(Person.objects.named("ilverman"))
    of_dwellings = plan_of(Dwelling.objects.visible_to(thousands).matching("ilvergatan"))
    of_contracts = plan_of(lists.found(thousands, {"q": "ilverman", "lage": "alla"}))
    for index in ("dwelling_by_part_of_address", "dwelling_by_part_of_number"):
        assert index in of_dwellings, of_dwellings
        assert index in of_contracts, of_contracts
    assert "person_by_part_of_name" in of_contracts, of_contracts


def test_counting_stops(many, town: Town):
    assert listing.count_of(Contract.objects.all()) == 121
    assert listing.count_of(Contract.objects.none()) == 0

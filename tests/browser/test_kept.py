"""What was typed stays in the tab until it has been accepted: after a session that expired, and a page that was left."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from bostad.documents.worker import left_to_beat
from contracts.models import Contract
from referrals.services import validity
from tests.browser.eyes import Eyes
from tests.browser.hands import does_not_read, error_at, press, reads, the_day_is, write
from tests.browser.test_without_javascript import NO_SCRIPTS
from tests.factories import a_personnummer
from tests.making import a_dwelling
from tests.referrals.making import DAYS, making_of
from tests.referrals.town import a_referring_town

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("fast_files")]
LEFT = "Det du skrev finns kvar, men är inte sparat."
EXPIRED = (
    "Inloggningen hade gått ut, så det du skickade togs inte emot. Det du skrev finns kvar här, men är inte sparat."
)
NOT_RECEIVED = "Inloggningen hade gått ut, så det du skickade togs inte emot. Logga in igen"


@pytest.fixture
def form(town) -> str:
    return f"/kontrakt/ny/?bostad={a_dwelling(town).pk}"


def fills_in(page: Page, form: str) -> None:
    page.goto(form)
    write(
        page, housing_form="care_dementia", move_in_on="2026-10-15", contract_on="2026-10-15", first_name="Harald",
        last_name="Nyberg", personnummer=a_personnummer(77), is_protected="nej", decision_number="B-2026-000123",
        decided_on="2026-09-11", legal_basis="11 kap. 1 § socialtjänstlagen (2025:400)",
    )  # fmt: skip


def is_filled_in(page: Page) -> None:
    expect(page.locator("[name=last_name]")).to_have_value("Nyberg")
    expect(page.locator("[name=move_in_on]")).to_have_value("2026-10-15")
    expect(page.locator("[name=is_protected][value=nej]")).to_be_checked()


def picks(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def looks_right(page: Page, name: str) -> None:
    eyes = Eyes(page)
    eyes.look(name)
    eyes.are_content()


def kept(page: Page) -> list[list[str]]:
    """The names of the fields that each kept form holds; htmx has an entry of its own."""
    return page.evaluate(
        """() => Object.entries(sessionStorage).filter(([key]) => key.startsWith("bostad:"))
            .map(([, entry]) => Object.keys(JSON.parse(entry).typed))"""
    )


def test_who_signs_in_again_finds_what_was_typed_and_saves_it(people, town, form):
    sara = people.sign_in("sara")
    fills_in(sara, form)
    Session.objects.all().delete()
    press(sara, "Registrera hyresgästen")
    reads(sara, NOT_RECEIVED)
    assert "kör inga skript" not in sara.inner_text("main")
    looks_right(sara, "inte-mottaget")
    picks(sara, "Sara")
    reads(sara, EXPIRED)
    looks_right(sara, "kvar-efter-inloggning")
    assert sara.url.endswith(form)
    is_filled_in(sara)
    assert not Contract.objects.exists()
    expect(sara.locator("[name=personnummer]")).to_have_value("")  # never kept
    write(sara, personnummer=a_personnummer(77))
    press(sara, "Registrera hyresgästen")
    reads(sara, "Kontrollera uppgifterna och beställ kontraktet.")
    assert Contract.objects.count() == 1
    assert not kept(sara)
    sara.goto(form)
    does_not_read(sara, LEFT)
    expect(sara.locator("[name=last_name]")).to_have_value("")


def test_another_person_finds_nothing_in_the_same_tab(people, town, form):
    sara = people.sign_in("sara")
    fills_in(sara, form)
    Session.objects.all().delete()
    press(sara, "Registrera hyresgästen")
    picks(sara, "Lars")
    expect(sara.locator("[name=last_name]")).to_have_value("")
    does_not_read(sara, "Det du skrev finns kvar")
    assert not kept(sara)


def test_a_page_left_by_mistake_offers_what_was_typed_and_takes_it_away(people, town, form):
    sara = people.sign_in("sara")
    fills_in(sara, form)
    sara.goto("/")
    sara.go_back()
    reads(sara, LEFT)
    is_filled_in(sara)
    press(sara, "Ta bort det jag skrev")
    expect(sara.locator("[name=last_name]")).to_have_value("")
    does_not_read(sara, LEFT)
    sara.reload()
    expect(sara.locator("[name=last_name]")).to_have_value("")
    assert not kept(sara)


def test_what_is_refused_is_kept_too(people, town, form):
    sara = people.sign_in("sara")
    fills_in(sara, form)
    write(sara, first_name="")
    press(sara, "Registrera hyresgästen")
    expect(error_at(sara, "first_name")).to_be_visible()
    does_not_read(sara, LEFT)
    sara.goto(form)
    reads(sara, LEFT)
    is_filled_in(sara)


def test_another_form_on_the_page_keeps_its_own(people, contract_at):
    contract = contract_at("ordered")
    page = people.sign_in("gun-britt")
    page.goto(f"/arende/{contract.number}/journal/")
    for summary in ("Skriv en anteckning", "Registrera ett kontaktförsök"):
        page.get_by_text(summary, exact=True).click()
    page.locator("form:has([name=form][value=contact]) textarea").first.fill("Ringde, inget svar.")
    page.locator("form:has([name=form][value=note]) textarea").first.fill("Beslutet är på väg.")
    press(page, "Spara anteckningen")
    reads(page, "Beslutet är på väg.", LEFT)
    expect(page.locator("form:has([name=form][value=note]) textarea").first).to_have_value("")
    expect(page.locator("form:has([name=form][value=contact]) textarea").first).to_have_value("Ringde, inget svar.")
    expect(page.locator("form:has([name=form][value=contact]) textarea").first).to_be_visible()


def test_nothing_is_left_in_any_tab_after_signing_out(people, town, form):
    sara = people.sign_in("sara")
    other = sara.context.new_page()
    for tab in (sara, other):
        fills_in(tab, form)
        assert kept(tab)
    sara.get_by_role("button", name="Logga ut").click()
    expect(sara.get_by_role("heading", level=1, name="Logga in")).to_be_visible()
    assert not kept(sara)
    other.wait_for_function("!Object.keys(sessionStorage).some((key) => key.startsWith('bostad:'))")


def test_without_scripts_it_is_said_that_it_must_be_written_again(people, town, form):
    sara = people.sign_in("sara", **NO_SCRIPTS)
    fills_in(sara, form)
    Session.objects.all().delete()
    press(sara, "Registrera hyresgästen")
    reads(sara, NOT_RECEIVED)
    assert "Din webbläsare kör inga skript, så det du skrev måste skrivas igen." in sara.inner_text("main")
    picks(sara, "Sara")
    expect(sara.locator("[name=last_name]")).to_have_value("")
    does_not_read(sara, "Det du skrev finns kvar")


def test_neither_hidden_fields_nor_files_nor_passwords_are_kept(people, contract_at, tmp_path):
    contract = contract_at("ordered")
    page = people.sign_in("gun-britt")
    page.goto(f"/arende/{contract.number}/handlingar/")
    page.get_by_text("Lägg till en handling som kommit in").click()
    (tmp_path / "intyg.pdf").write_bytes(b"%PDF-1.7\n")
    page.locator("[name=file]").set_input_files(tmp_path / "intyg.pdf")
    write(page, title="Intyg")
    assert kept(page) == [["title"]]
    page.reload()
    reads(page, LEFT, "Fanns det en fil, välj den igen.")


def test_what_is_typed_in_one_section_is_kept_for_that_section_alone(people, town):
    place = a_referring_town(town)
    with left_to_beat():
        made, by = making_of(place, "registered"), {"by": place.caseworker, "today": DAYS["offered"]}
        validity.begin_extension(made.pk, **by)
        for key in ("household", "need", "situation", "economy", "decision", "health", "areas"):
            validity.confirm_section(made.pk, key, **by)
    the_day_is(DAYS["offered"])
    karin = people.sign_in("karin")
    karin.goto(f"/remisser/{made.referral.number}/steg/review_extension/")
    write(karin, text="Varje vecka.")
    press(karin, "Oförändrat")
    reads(karin, "Du har ändrat i avsnittet.")
    expect(karin.locator("[name=text]")).to_have_value("Varje vecka.")
    karin.goto(f"/remisser/{made.referral.number}/steg/review_extension/?avsnitt=children")
    expect(karin.get_by_role("heading", level=2, name="Barnperspektiv")).to_be_visible()
    expect(karin.locator("[name=text]")).to_have_value("")
    does_not_read(karin, LEFT)

"""Bad input as a person meets it: a sentence where it can be mended, what was typed still there, nothing changed."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from bostad.casework.models import Case, CaseParty, StepLog
from bostad.documents.models import Document, Movement, Original
from bostad.housing.models import Occupancy
from bostad.organisation.models import Staff
from bostad.people.models import Person
from contracts.models import Contract, Ending, Signature
from contracts.services import ordering
from tests.browser.hands import error_at, press, reads, state, takes, the_day_is, write
from tests.factories import a_personnummer
from tests.making import DAYS, a_dwelling, a_registration
from tests.town import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("fast_files")]
KEPT = (Case, CaseParty, Person, StepLog, Occupancy, Document, Original, Movement, Signature, Ending)


def everything() -> dict[str, object]:
    """How many rows there are of what a step writes, and the state of every case and sheet."""
    counted = {model.__name__: model.objects.count() for model in KEPT}
    return counted | {
        "states": list(Case.objects.order_by("pk").values_list("pk", "state", "version")),
        "sheets": list(Original.objects.order_by("pk").values_list("pk", "state", "shelf")),
    }


REGISTRATION = {
    "housing_form": "care_dementia", "move_in_on": "2026-10-15", "contract_on": "2026-10-15", "first_name": "Harald",
    "last_name": "Nyberg", "is_protected": "nej", "decision_number": "B-2026-000123", "decided_on": "2026-09-11",
    "legal_basis": "11 kap. 1 § socialtjänstlagen (2025:400)",
}  # fmt: skip


def keeps(page: Page, typed: dict[str, str]) -> None:
    for name, value in typed.items():
        control = page.locator(f"main [name={name}]")
        if control.count() > 1:
            control = page.locator(f"main [name={name}]:checked")
        expect(control).to_have_value(value)


@pytest.mark.rule("R-0-5")
def test_a_wrong_or_missing_personnummer_is_said_at_its_field(people, town):
    dwelling = a_dwelling(town)
    sara = people.sign_in("sara")
    sara.goto(f"/kontrakt/ny/?bostad={dwelling.pk}")
    before = everything()
    wrong = a_personnummer(300)[:-1] + str((int(a_personnummer(300)[-1]) + 1) % 10)
    for typed in ("", wrong, "hej"):
        write(sara, **REGISTRATION, personnummer=typed)
        press(sara, "Registrera hyresgästen")
        expect(sara).to_have_title(re.compile("^Fel: "))
        expect(error_at(sara, "personnummer")).to_be_visible()
        expect(sara.locator(".ds-error-summary")).to_be_focused()
        keeps(sara, REGISTRATION | {"personnummer": typed, "dwelling": str(dwelling.pk)})
        assert everything() == before
    assert wrong not in error_at(sara, "personnummer").inner_text()


@pytest.mark.rule("R-0-4", "R-0-22")
def test_a_dwelling_taken_while_the_form_lay_open_is_refused(people, town):
    dwelling = a_dwelling(town)
    sara = people.sign_in("sara")
    sara.goto(f"/kontrakt/ny/?bostad={dwelling.pk}")
    write(sara, **REGISTRATION, personnummer=a_personnummer(301))
    ordering.register(a_registration(dwelling), by=town.provider, today=TODAY)
    before = everything()
    press(sara, "Registrera hyresgästen")
    expect(error_at(sara, "dwelling")).to_contain_text("upptagen")
    keeps(sara, REGISTRATION | {"dwelling": str(dwelling.pk)})
    assert everything() == before


@pytest.mark.rule("R-0-8")
def test_a_category_that_the_dwelling_is_not_set_aside_for_is_refused(people, contract_at):
    contract = contract_at("registered")
    sara = people.sign_in("sara")
    takes(sara, "Beställ kontrakt", contract.number)
    before = everything()
    write(sara, category="bpsd", message="Ring först.", city="Lillstad")
    sara.get_by_label("Jag har kontrollerat att kontraktet är korrekt ifyllt").check()
    press(sara, "Skicka beställningen")
    expect(error_at(sara, "category")).to_contain_text("Bostaden är inte avsatt för den kategorin.")
    keeps(sara, {"category": "bpsd", "message": "Ring först.", "city": "Lillstad"})
    assert everything() == before


@pytest.mark.rule("R-0-19")
def test_nobody_moves_out_before_the_notice(people, contract_at):
    contract = contract_at("active", DAYS["notice_given"])
    sara = people.sign_in("sara")
    takes(sara, "Registrera uppsägning", contract.number)
    before = everything()
    notice = {
        "notice_by": "tenant",
        "notice_on": "2027-02-10",
        "reason": "other_care",
        "planned_move_out_on": "2027-02-01",
    }
    write(sara, **notice)
    press(sara, "Registrera uppsägningen")
    expect(error_at(sara, "planned_move_out_on")).to_contain_text("Utflyttningen kan inte vara före uppsägningen.")
    keeps(sara, notice)
    assert everything() == before


@pytest.mark.rule("R-0-19")
def test_a_move_out_before_the_notice_is_refused_at_its_date(people, contract_at):
    contract = contract_at("agreed", DAYS["moved_out"])
    sara = people.sign_in("sara")
    takes(sara, "Registrera utflyttning", contract.number)
    before = everything()
    moved = {"moved_out_on": "2027-02-01", "closing_on": "2027-05-31", "reason": "died", "left_property": "nej"}
    write(sara, **moved)
    press(sara, "Registrera utflyttningen")
    expect(error_at(sara, "moved_out_on")).to_contain_text("Utflyttningen kan inte vara före uppsägningen.")
    keeps(sara, moved)
    assert everything() == before


@pytest.mark.rule("R-0-26")
def test_a_second_original_with_another_number_is_refused(people, contract_at):
    contract, other = contract_at("dispatched"), contract_at("dispatched")
    the_day_is(DAYS["received"])
    sara = people.sign_in("sara")
    takes(sara, "Bekräfta att båda originalen kommit", contract.number)
    before = everything()
    for second, sentence in (
        (f"{other.number}-B", "Numret hör inte till det här kontraktet."),
        (f"{contract.number}-A", "Det är samma blad två gånger."),
    ):
        typed = {"first": f"{contract.number}-A", "second": second}
        write(sara, **typed)
        press(sara, "Bekräfta båda originalen")
        expect(error_at(sara, "second")).to_contain_text(sentence)
        keeps(sara, typed)
        assert everything() == before


@pytest.mark.rule("R-0-17")
def test_a_code_that_is_unknown_or_already_filed_is_refused(people, contract_at):
    contract = contract_at("active")
    gun_britt = people.sign_in("gun-britt")
    gun_britt.goto("/original/ta-emot/")
    before = everything()
    for code, sentence in (
        ("K-2026-999999-B", "Inget blad har den koden."),
        ("hej", "Inget blad har den koden."),
        (f"{contract.number}-B", "ligger redan i arkivet, på hyllplats B12."),
        (f"{contract.number}-A", "Hyresgästen behåller det tills överenskommelsen om avflyttning är undertecknad."),
    ):
        write(gun_britt, code=code, shelf="N 14")
        press(gun_britt, "Lägg i arkivet")
        expect(error_at(gun_britt, "code")).to_contain_text(sentence)
        keeps(gun_britt, {"code": code, "shelf": "N 14"})
        assert everything() == before


def test_of_two_who_press_the_same_button_the_second_is_told(people, contract_at, tasks):
    contract = contract_at("ordered")
    first, second = people.sign_in("gun-britt"), people.sign_in("gun-britt")
    for window in (first, second):
        takes(window, "Begär komplettering", contract.number)
        write(window, missing="Beslutet saknas.")
    press(first, "Begär komplettering")
    reads(first, "Kompletteringen är begärd.")
    before = everything()
    press(second, "Begär komplettering")
    reads(second, "Steget går inte att ta just nu. Inget har ändrats.", "Steget är redan taget")
    assert everything() == before


def test_of_two_who_record_beside_each_other_the_second_reads_who_was_first(people, contract_at):
    contract = contract_at("received", DAYS["signed"])
    gun_britt, sara = people.sign_in("gun-britt"), people.sign_in("sara")
    takes(sara, "Registrera underskrifterna", contract.number)
    takes(gun_britt, "Underrätta fastighetsägaren", contract.number)
    press(gun_britt, "Skriv underrättelsen")
    reads(gun_britt, "Underrättelsen ligger i utskriftskön.")
    before = everything()
    sara.get_by_role("radio", name="Hyresgästen själv").check()
    sara.get_by_label(f"{contract.number}-A").check()
    press(sara, "Registrera underskrifterna")
    reads(sara, "Det är redan gjort, eller så har ärendet ändrats: Gun-britt")
    expect(sara.get_by_label(f"{contract.number}-A")).to_be_checked()
    assert everything() == before


def test_a_file_that_is_not_what_it_says_is_refused(people, contract_at, tmp_path):
    contract = contract_at("ordered")
    text, picture, big = tmp_path / "beslut.pdf", tmp_path / "bild.pdf", tmp_path / "stor.pdf"
    text.write_text("Det här är text och ingen pdf.")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    big.write_bytes(b"%PDF-1.7\n" + bytes(21 * 1024 * 1024))
    gun_britt = people.sign_in("gun-britt")
    gun_britt.goto(f"/arende/{contract.number}/handlingar/")
    gun_britt.get_by_text("Lägg till en handling som kommit in").click()
    before = everything()
    for path, sentence in (
        (text, "Filen är inte en pdf"),
        (picture, "Filens namn slutar på .pdf, men innehållet är en png-bild."),
        (big, "Den får vara högst 20 MB."),
    ):
        write(gun_britt, title="Beslut")
        gun_britt.locator("[name=file]").set_input_files(path)
        press(gun_britt, "Spara handlingen")
        expect(error_at(gun_britt, "file")).to_contain_text(sentence)
        keeps(gun_britt, {"title": "Beslut"})
        assert everything() == before


def test_an_old_page_and_the_back_button_do_no_harm(people, contract_at, tasks):
    contract = contract_at("ordered")
    gun_britt, sara = people.sign_in("gun-britt"), people.sign_in("sara")
    sara.goto(f"/kontrakt/{contract.number}/steg/give_notice/")
    reads(sara, "Steget går inte att ta just nu.", "Läget är nu ”Beställd”.")
    takes(gun_britt, "Begär komplettering", contract.number)
    write(gun_britt, missing="Beslutet saknas.")
    old_page = gun_britt.context.new_page()
    old_page.goto(gun_britt.url)
    press(gun_britt, "Begär komplettering")
    reads(gun_britt, "Kompletteringen är begärd.")
    before = everything()
    gun_britt.go_back()
    reads(gun_britt, "Läget är nu ”Åter för komplettering”.")
    write(old_page, missing="En gång till.")
    press(old_page, "Begär komplettering")
    reads(old_page, "Läget är nu ”Åter för komplettering”.")
    assert everything() == before
    assert state(gun_britt, contract.number) == "Åter för komplettering"


def test_a_personnummer_never_stands_in_an_address(people, contract_at):
    contract = contract_at("ordered")
    number = contract.parties.get().person.personnummer
    gun_britt = people.sign_in("gun-britt")
    gun_britt.goto("/kontrakt/")
    write(gun_britt, q=f"{number[:8]}-{number[8:]}")
    press(gun_britt, "Filtrera")
    expect(error_at(gun_britt, "q")).to_contain_text("Personnummer får inte stå i ett filter.")
    expect(gun_britt.locator("main [name=q]")).to_have_value("")
    gun_britt.locator("#sok").fill(number)
    gun_britt.locator("#sok").press("Enter")
    reads(gun_britt, contract.number, contract.parties.get().person.name)
    assert number not in gun_britt.url + gun_britt.content()


def test_a_wrong_password_is_refused_and_the_right_one_opens(people, town):
    maria = Staff.objects.get(username="maria")
    maria.set_password("häst batteri klammer")
    maria.save()
    page = people.window()
    page.goto("/kontrakt/")
    expect(page).to_have_url(re.compile("/logga-in/"))
    page.get_by_text("Logga in med lösenord").click()  # folded below the demo's people
    write(page, username="maria", password="fel lösenord")
    press(page, "Logga in")
    reads(page, "Användarnamnet och lösenordet stämmer inte. Försök igen.")
    expect(page.locator("[name=username]")).to_have_value("maria")
    write(page, password="häst batteri klammer")
    press(page, "Logga in")
    expect(page.get_by_role("heading", level=1, name="Kontrakt")).to_be_visible()
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", level=1, name="Logga in")).to_be_visible()


def test_what_is_posted_into_the_future_or_before_the_signature_is_refused(people, contract_at):
    contract = contract_at("municipality_signed", date(2026, 10, 5))
    gun_britt = people.sign_in("gun-britt")
    takes(gun_britt, "Registrera postningen", contract.number)
    before = everything()
    for day in ("2026-10-01", "2026-12-24", ""):
        write(gun_britt, posted_on=day)
        press(gun_britt, "Registrera postningen")
        expect(gun_britt.locator(".ds-error-summary")).to_be_focused()
        keeps(gun_britt, {"posted_on": day})
        assert everything() == before
    assert Contract.objects.get().dispatched_on is None

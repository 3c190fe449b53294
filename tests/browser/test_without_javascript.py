"""Everything works where scripts are switched off."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import field, press, reads, state, takes, write
from tests.factories import a_personnummer
from tests.making import a_dwelling

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("fast_files")]
NO_SCRIPTS = {"java_script_enabled": False}


def test_a_contract_is_registered_ordered_and_issued_without_scripts(people, tasks, town):
    dwelling = a_dwelling(town)
    sara = people.sign_in("sara", **NO_SCRIPTS)
    sara.goto(f"/kontrakt/ny/?bostad={dwelling.pk}")
    write(
        sara, housing_form="care_dementia", move_in_on="2026-10-15", contract_on="2026-10-15",
        personnummer=a_personnummer(77), is_protected="nej", decision_number="B-2026-000123", decided_on="2026-09-11",
        legal_basis="11 kap. 1 § socialtjänstlagen (2025:400)",
    )  # fmt: skip
    field(sara, "Förnamn").fill("Harald")
    press(sara, "Registrera hyresgästen")
    reads(sara, "En uppgift behöver kompletteras")
    field(sara, "Efternamn").fill("Nyberg")
    press(sara, "Registrera hyresgästen")
    reads(sara, "Kontrollera uppgifterna och beställ kontraktet.")
    number = sara.locator(".b-casehead__kind b").inner_text()
    takes(sara, "Beställ kontrakt", number)
    write(sara, category="none")
    sara.get_by_label("Jag har kontrollerat att kontraktet är korrekt ifyllt").check()
    press(sara, "Skicka beställningen")
    reads(sara, "Kontraktet är beställt.")

    gun_britt = people.sign_in("gun-britt", **NO_SCRIPTS)
    takes(gun_britt, "Utfärda kontraktet", number)
    press(gun_britt, "Utfärda och framställ originalen")
    reads(gun_britt, "Originalen är inte utskrivna.", seconds=60)  # the page refreshes itself, scripts or not
    assert state(gun_britt, number) == "Utfärdat"


def test_the_menu_opens_on_a_phone_without_scripts(people, town):
    page = people.sign_in("sara", viewport={"width": 390, "height": 844}, **NO_SCRIPTS)
    menu = page.get_by_role("navigation", name="Huvudmeny")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Meny", exact=True).click()
    expect(menu).to_be_visible()
    menu.get_by_role("link", name="Boenden och objekt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boenden och objekt")
    expect(menu).to_be_hidden()

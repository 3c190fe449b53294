"""A household's way from the application to the signed lease, by the five people whose work it is."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from contracts.models import Contract
from referrals.models import Assessment, Question, Referral
from tests.browser.hands import does_not_read, error_at, follow, goes_to, press, reads, the_day_is, write
from tests.factories import a_personnummer
from tests.referrals.town import a_home, a_referring_town

pytestmark = pytest.mark.browser
KARIN, EMMA, JONAS, PETER, BJORN = "karin", "emma", "jonas", "peter", "bjorn"


@pytest.mark.rule("R-4-16", "R-4-11", "R-1-24", "R-1-25", "R-1-17", "R-1-28", "R-1-29", "R-1-30", "R-1-31", "R-1-33")
@pytest.mark.rule("R-1-7", "R-1-48", "R-1-49", "R-1-50", "R-1-51", "R-1-3", "R-1-52", "R-1-53")
def test_a_household_goes_from_application_to_a_signed_lease(people, tasks, town):
    home = a_home(a_referring_town(town), street="Ekbacken 22", rooms=3, monthly_rent=8900)
    karin, emma, jonas, peter, bjorn = (people.sign_in(name) for name in (KARIN, EMMA, JONAS, PETER, BJORN))

    application = _applies(karin)
    _asks_whose_it_is(karin, application)
    _answers(emma)
    _settles(karin)
    _investigates(karin, application)
    _grants(karin, application)
    referral = _writes(karin, application)
    _has_it_approved(karin, referral)
    _signs(jonas, referral)
    _registers_and_offers(peter, referral, home)
    _shows_the_home(karin, referral)
    contract = _writes_the_lease(peter, referral, home)
    _signs_the_lease(bjorn, contract)
    _decides_on_housing(karin, referral)

    assert Referral.objects.get(number=referral).state == "housed"
    assert Contract.objects.get(number=contract).dwelling == home
    emma.goto(f"/remisser/{referral}/")
    expect(emma.get_by_role("heading", level=1)).not_to_contain_text("Haddad")  # another department never sees it


def state(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator(".b-casehead__title .ds-tag").first.inner_text()


# --- the investigation ---------------------------------------------------------------------------------------------------


def _applies(karin: Page) -> str:
    karin.goto("/utredningar/")
    follow(karin, "Registrera ansökan")
    write(
        karin, support="social", applied_on="2026-10-01", application_form="oral", first_name="Amira", last_name="Haddad",
        application_note="Behöver hjälp till en bostad.", personnummer="19900101-0000", is_protected="nej",
    )  # fmt: skip
    press(karin, "Registrera ansökan")
    expect(error_at(karin, "personnummer")).to_be_visible()
    expect(karin.locator("[name=application_note]")).to_have_value("Behöver hjälp till en bostad.")
    write(karin, personnummer=a_personnummer(4712))
    press(karin, "Registrera ansökan")
    reads(karin, "Ansökan är registrerad som", "Kriterierna just nu", "Inte utrett än.")
    number = Assessment.objects.get().number
    goes_to(karin, _of(number), "Inled utredningen")
    press(karin, "Inled utredningen")
    reads(karin, "Utredningen är inledd.")
    return number


def _of(number: str) -> str:
    return f"/utredningar/{number}/"


def _asks_whose_it_is(karin: Page, number: str) -> None:
    ask = "Fråga en annan förvaltning om ansvaret"
    goes_to(karin, _of(number), ask)
    karin.get_by_label("SOF").check()
    write(karin, text="Hör hushållet till er målgrupp?")
    press(karin, "Ställ frågan")
    reads(karin, "Dialogen kräver samtycke från varje vuxen i hushållet")
    expect(karin.locator("[name=text]")).to_have_value("Hör hushållet till er målgrupp?")
    karin.goto(reverse("casework:consents", args=[number]))
    karin.get_by_text("Registrera ett samtycke").click()
    write(
        karin, partner="department", partner_name="Socialförvaltningen", purpose="vem som ansvarar", form="written",
        given_on="2026-10-01",
    )  # fmt: skip
    karin.locator("[name=person]").select_option(index=1)
    press(karin, "Spara samtycket")
    goes_to(karin, _of(number), ask)
    karin.get_by_label("SOF").check()
    write(karin, text="Hör hushållet till er målgrupp?")
    press(karin, "Ställ frågan")
    reads(karin, "Frågan är ställd.")


def _question() -> str:
    return f"/ansvarsfragor/{Question.objects.get().number}/"


def _answers(emma: Page) -> None:
    emma.goto("/ansvarsfragor/")
    follow(emma, "Amira Haddad")
    reads(emma, "Hör hushållet till er målgrupp?")
    does_not_read(emma, "Behöver hjälp till en bostad.")
    follow(emma, "Svara på frågan", inside="#nasta-steg")
    write(emma, position="not_ours", reason="Hushållet har ekonomiskt bistånd och inga barn.")
    press(emma, "Lämna svaret")
    reads(emma, "Svaret är lämnat.")


def _settles(karin: Page) -> None:
    goes_to(karin, _question(), "Registrera vem som ansvarar")
    karin.locator("[name=responsible]").select_option(label="AMF")
    press(karin, "Registrera vem som ansvarar")
    reads(karin, "Det är klart vem som ansvarar.")


def _investigates(karin: Page, number: str) -> None:
    goes_to(karin, _of(number), "Folkbokföring och boende nu")
    write(karin, is_registered_here="ja", housing_now="no_roof", has_own_lease="nej")
    press(karin, "Spara")
    reads(karin, "Uppgifterna är sparade.")
    goes_to(karin, _of(number), "Behov, svårigheter och förmåga")
    write(
        karin, alternatives_exhausted="ja", alternatives_text="Har sökt hos alla värdar.", searched_elsewhere="ja",
        searched_second_hand="ja", lacks_guarantor="ja", exposed_group="refused", ability="with_support",
        ability_text="Klarar ett boende med boendestöd.",
    )  # fmt: skip
    for difficulty in ("debts", "language"):
        karin.locator(f'[name=difficulties][value="{difficulty}"]').check()
    press(karin, "Spara")
    goes_to(karin, _of(number), "Målgrupp")
    write(
        karin, target_group="economic", has_economic_assistance="ja", is_homeless_for_economic_reasons="ja",
        lacks_economy="ja",
    )  # fmt: skip
    press(karin, "Spara")
    reads(karin, "Uppgifterna är sparade.")
    does_not_read(karin, "Inte utrett än.")
    goes_to(karin, _of(number), "Lämna bedömning")
    write(karin, assessment_text="Stöd är skäligt, eftersom alla kriterier är uppfyllda.")
    press(karin, "Lämna bedömning")
    reads(karin, "Bedömningen är lämnad.")


def _grants(karin: Page, number: str) -> None:
    goes_to(karin, _of(number), "Bevilja")
    write(karin, motivation="Du uppfyller alla kriterier efter en samlad bedömning.")
    press(karin, "Fatta beslutet: bevilja")
    reads(karin, "Beslutet är fattat: ansökan är beviljad.")
    assert state(karin, _of(number)) == "Beviljad"


# --- the referral --------------------------------------------------------------------------------------------------------


def _writes(karin: Page, number: str) -> str:
    goes_to(karin, _of(number), "Skriv remiss")
    write(karin, lease_form="municipal", form_motivation="Behöver stöd det första året.")
    press(karin, "Påbörja remissen")
    reads(karin, "Remissen är påbörjad.")
    referral = Referral.objects.get().number
    address = f"/remisser/{referral}/"
    karin.goto(address)
    reads(karin, "I remissen saknas")
    sections = {
        "need": {"rooms_min": "2", "rent_max": "9400", "needs_lift": "nej"},
        "situation": {"now": "Har inte tak över huvudet.", "history": "Egen bostad till 2024."},
        "support": {"text": "Bostadssekreterare var tredje månad."},
        "economy": {
            "income": "Ekonomiskt bistånd.", "debt_total": "38 400", "debt_to_landlords": "0", "checked_on": "2026-09-20",
        },
    }  # fmt: skip
    for key, values in sections.items():
        karin.goto(f"{address}steg/write/?avsnitt={key}")
        write(karin, **values)
        press(karin, "Spara avsnittet")
        reads(karin, ": sparat.")
    goes_to(karin, address, "Informera om ett enda erbjudande")
    write(karin, informed_on="2026-10-01", how="vid möte, med blanketten i handen")
    press(karin, "Registrera informationen")
    reads(karin, "Det är registrerat att den enskilde vet att ett enda boende erbjuds.")
    return referral


def _has_it_approved(karin: Page, referral: str) -> None:
    address = f"/remisser/{referral}/"
    goes_to(karin, address, "Registrera den enskildes godkännande")
    reads(karin, "Det här undertecknas", "Bostadssekreterare var tredje månad.")
    karin.get_by_role("radio", name="Den enskilde själv").check()
    write(karin, signed_on="2026-10-01")
    press(karin, "Registrera underskrifterna")
    reads(karin, "Underskrifterna är registrerade.")
    karin.goto(f"{address}steg/sign/")
    reads(karin, "Steget tas av någon annan")


def _signs(jonas: Page, referral: str) -> None:
    jonas.goto("/")
    reads(jonas, "Granska och underteckna remissen", referral)
    goes_to(jonas, f"/remisser/{referral}/", "Underteckna som chef")
    jonas.locator("button[form=underskrift]").click()  # the button below the text that has been read
    reads(jonas, "Remissen är undertecknad och skickad till fastighetsförvaltningen.")


def _registers_and_offers(peter: Page, referral: str, home) -> None:
    address = f"/remisser/{referral}/"
    peter.goto("/")
    reads(peter, "Registrera remissen", referral)
    goes_to(peter, address, "Registrera remissen")
    press(peter, "Registrera remissen")
    reads(peter, "Remissen är registrerad.")
    goes_to(peter, address, "Erbjud bostad")
    reads(peter, "Det finns ingen kö.", str(home), "Allt uppfyllt")
    press(peter, "Erbjud bostaden")
    reads(peter, "Välj en bostad i listan.")
    peter.get_by_label(str(home)).check()
    write(peter, free_from="2026-10-12")
    press(peter, "Erbjud bostaden")
    reads(peter, "Erbjudandet är lämnat, och bostaden hålls.")
    assert state(peter, address) == "Erbjuden bostad"


def _shows_the_home(karin: Page, referral: str) -> None:
    address = f"/remisser/{referral}/"
    karin.goto("/")
    reads(karin, "Ta ställning till den erbjudna bostaden", referral)
    goes_to(karin, address, "Bostaden passar")
    press(karin, "Bostaden passar")
    reads(karin, "Svaret är lämnat.")
    goes_to(karin, address, "Informera den enskilde och boka visning")
    write(karin, viewing_at="2026-10-05T10:00", signing_at="2026-10-02T13:00")
    press(karin, "Spara bokningen")
    expect(error_at(karin, "signing_at")).to_contain_text("Kontraktskrivningen kan inte vara före visningen.")
    write(karin, signing_at="2026-10-12T13:00")
    press(karin, "Spara bokningen")
    reads(karin, "Den enskilde är informerad, och tiderna är bokade.")
    booking = karin.request.get(f"{address}bokning.ics")
    assert "BEGIN:VCALENDAR" in booking.text() and "Haddad" not in booking.text()
    the_day_is(date(2026, 10, 6))
    goes_to(karin, address, "Den enskilde tackar ja")
    press(karin, "Den enskilde tackar ja")
    reads(karin, "Svaret är registrerat: erbjudandet är antaget.")


# --- the lease -----------------------------------------------------------------------------------------------------------


def _writes_the_lease(peter: Page, referral: str, home) -> str:
    goes_to(peter, f"/remisser/{referral}/", "Skriv kontraktet")
    reads(peter, "Amira Haddad", str(home))
    write(peter, move_in_on="2026-10-15", contract_on="2026-10-12")
    press(peter, "Registrera kontraktet")
    reads(peter, "är registrerat. Beställ och utfärda det i kontraktet.")
    number = Contract.objects.get().number
    goes_to(peter, f"/kontrakt/{number}/", "Beställ kontrakt")
    write(peter, street="Storgatan 1", postal_code="590 98", city="Ekstad")
    peter.get_by_label("Jag har kontrollerat att kontraktet är korrekt ifyllt").check()
    press(peter, "Skicka beställningen")
    reads(peter, "Kontraktet är beställt.")
    goes_to(peter, f"/kontrakt/{number}/", "Utfärda kontraktet")
    press(peter, "Utfärda och framställ originalen")
    reads(peter, "Kontraktet är utfärdat.")
    does_not_read(peter, "Framställs nu", seconds=90)
    peter.goto("/utskrifter/")
    press(peter, "Skriv ut valda brev")
    expect(peter.get_by_role("link", name="Öppna filen att skriva ut")).to_be_visible(timeout=60_000)
    return number


def _signs_the_lease(bjorn: Page, number: str) -> None:
    the_day_is(date(2026, 10, 12))
    goes_to(bjorn, f"/kontrakt/{number}/", "Registrera kommunens underskrift")
    press(bjorn, "Registrera underskriften")
    reads(bjorn, "Underskriften är registrerad.")
    goes_to(bjorn, f"/kontrakt/{number}/", "Registrera underskrifterna")
    bjorn.get_by_role("radio", name="Hyresgästen själv").check()
    for sheet in "AB":
        bjorn.get_by_label(f"{number}-{sheet}").check()
    press(bjorn, "Registrera underskrifterna")
    reads(bjorn, "Underskrifterna är registrerade.")


def _decides_on_housing(karin: Page, referral: str) -> None:
    address = f"/remisser/{referral}/"
    assert state(karin, address) == "Kontrakt tecknat"
    goes_to(karin, address, "Besluta om boende")
    write(karin, motivation="Kontraktet är tecknat. Boendet knyts till insatserna.")
    press(karin, "Fatta beslutet om boende")
    reads(karin, "Boendet är knutet till förvaltningens insatser: ange vilka.")
    karin.locator('[name=support_forms][value="secretary"]').check()
    press(karin, "Fatta beslutet om boende")
    reads(karin, "Beslutet om boende är fattat.")

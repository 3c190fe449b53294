"""A tenancy in care housing from registration to the dwelling being free again, by the people whose work it is."""

from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from contracts.models import Contract
from tests.browser.hands import does_not_read, error_at, follow, press, reads, state, takes, the_day_is, write
from tests.factories import a_personnummer
from tests.making import a_dwelling

pytestmark = pytest.mark.browser


@pytest.mark.rule("R-0-4", "R-0-8", "R-0-11", "R-0-12", "R-0-13", "R-0-14", "R-0-15", "R-0-16", "R-0-17", "R-0-18")
@pytest.mark.rule("R-0-19", "R-0-20", "R-0-21", "R-0-22", "R-0-25", "R-0-26", "R-0-27", "R-4-20")
def test_a_tenancy_goes_from_registration_to_a_free_dwelling(people, tasks, town):
    dwelling = a_dwelling(town, category="bpsd", electricity_included=False)
    other = a_dwelling(town)
    sara, gun_britt = people.sign_in("sara"), people.sign_in("gun-britt")

    number = _registers(sara, dwelling)
    assert state(sara, number) == "Registrerad"
    _orders(sara, number)
    _asks_for_completion(gun_britt, number)
    _completes(sara, number)
    _issues(gun_britt, number)
    _prints(gun_britt, number)
    _signs_and_posts(gun_britt, number)
    _acknowledges(sara, number)
    _has_it_signed(sara, number)
    _files(gun_britt, number)
    _gives_notice(sara, number)
    _moves_out(sara, number)
    _closes(gun_britt, number)

    for person in (sara, gun_britt):
        person.goto(f"/boenden/{dwelling.pk}/")
        reads(person, "Ledig", number)
    assert Contract.objects.get(number=number).occupancy.to_on == date(2027, 5, 31)
    assert not other.occupancies.exists()


def _registers(sara: Page, dwelling) -> str:
    sara.goto("/boenden/")
    follow(sara, str(dwelling))
    reads(sara, "Ledig", "ingår inte")
    follow(sara, "Registrera hyresgäst här")
    expect(sara.locator("[name=dwelling]")).to_have_value(str(dwelling.pk))
    write(
        sara, housing_form="care_dementia", move_in_on="2026-10-15", contract_on="2026-10-15", first_name="Harald",
        last_name="Nyberg", personnummer=a_personnummer(4711), is_protected="nej", decision_number="B-2026-000123",
        decided_on="2026-09-11", legal_basis="11 kap. 1 § socialtjänstlagen (2025:400)", representative="Birgitta Nyberg",
        authority="trustee", authority_reference="Registerutdrag 3 mars 2025", authority_from="2025-03-03",
        representative_street="Lindgatan 8", representative_postal_code="590 98", representative_city="Ekstad",
    )  # fmt: skip
    press(sara, "Registrera hyresgästen")
    reads(sara, "Kontrollera uppgifterna och beställ kontraktet.", "Harald Nyberg", "Birgitta Nyberg")
    return sara.locator(".b-casehead__kind b").inner_text()


def _orders(sara: Page, number: str) -> None:
    takes(sara, "Beställ kontrakt", number)
    expect(sara.locator("[name=street]")).to_have_value("Rönnvägen 3")
    press(sara, "Skicka beställningen")
    reads(sara, "Svara på om det är ett kategoriboende.", "Bekräfta att kontraktet är korrekt ifyllt för hyresgästen.")
    write(sara, category="bpsd", message="Ring på den inre dörren.")
    sara.get_by_label("Jag har kontrollerat att kontraktet är korrekt ifyllt").check()
    press(sara, "Skicka beställningen")
    reads(sara, "Kontraktet är beställt. Beställningen ligger hos Debiteringen.", "BPSD-boende")
    assert state(sara, number) == "Beställd"


def _asks_for_completion(gun_britt: Page, number: str) -> None:
    gun_britt.goto("/")
    reads(gun_britt, "Utfärda kontraktet", number)
    gun_britt.locator("li.b-task", has_text=number).get_by_role("link", name="Utfärda kontraktet").click()
    gun_britt.goto("/bestallningar/")
    reads(gun_britt, number)
    takes(gun_britt, "Begär komplettering", number)
    write(gun_britt, missing="Skriv vilken avdelning på Rönngården.")
    press(gun_britt, "Begär komplettering")
    reads(gun_britt, "Kompletteringen är begärd.")
    assert state(gun_britt, number) == "Åter för komplettering"


def _completes(sara: Page, number: str) -> None:
    sara.goto("/")
    reads(sara, "Komplettera beställningen", number)
    takes(sara, "Beställ kontrakt", number)
    reads(sara, "Skriv vilken avdelning på Rönngården.")
    expect(sara.get_by_role("radio", name="BPSD-boende")).to_be_checked()
    write(sara, recipient="Rönngården, avdelning Björken")
    sara.get_by_label("Jag har kontrollerat att kontraktet är korrekt ifyllt").check()
    press(sara, "Skicka beställningen")
    reads(sara, "Kontraktet är beställt.")


def _issues(gun_britt: Page, number: str) -> None:
    takes(gun_britt, "Utfärda kontraktet", number)
    expect(gun_britt.locator("[name=rent]")).to_have_value("6780")
    press(gun_britt, "Utfärda och framställ originalen")
    reads(gun_britt, "Kontraktet är utfärdat.")
    reads(gun_britt, "Originalen är inte utskrivna.", seconds=60)  # refreshed by itself
    does_not_read(gun_britt, "Framställs nu", seconds=60)  # the covering letter comes last
    gun_britt.goto(f"/kontrakt/{number}/original/")
    reads(gun_britt, "Hyresgästens original", "Kommunens original", f"Blad {number}-A", f"Blad {number}-B")
    for letter in "CDEF":
        reads(gun_britt, f"{number}-{letter}")


def _prints(gun_britt: Page, number: str) -> None:
    gun_britt.goto("/utskrifter/")
    reads(gun_britt, "1 brev")
    press(gun_britt, "Skriv ut valda brev")
    reads(gun_britt, "Postningslista")
    ready = gun_britt.get_by_role("link", name="Öppna filen att skriva ut")
    expect(ready).to_be_visible(timeout=60_000)  # refreshed by itself
    pages = [page.extract_text() for page in _pdf(gun_britt, ready.get_attribute("href")).pages]
    assert "avdelning Björken" in pages[0] and "Rönnvägen 3" in pages[0]
    whole = "\n".join(pages)
    assert all(f"{number}-{letter}" in whole for letter in "ABCDEF")
    assert whole.index(f"{number}-A") < whole.rindex(f"{number}-F")


def _pdf(page: Page, address: str) -> PdfReader:
    answer = page.request.get(address)
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    return PdfReader(BytesIO(answer.body()))


def _signs_and_posts(gun_britt: Page, number: str) -> None:
    takes(gun_britt, "Registrera kommunens underskrift", number)
    press(gun_britt, "Registrera underskriften")
    reads(gun_britt, "Underskriften är registrerad.")
    the_day_is(date(2026, 10, 5))
    gun_britt.goto("/utskrifter/")
    write(gun_britt, on="2026-10-05")
    press(gun_britt, "Registrera valda som postade")
    reads(gun_britt, "Ett brev är postat.")
    assert state(gun_britt, number) == "Avsänt till utföraren"


def _acknowledges(sara: Page, number: str) -> None:
    the_day_is(date(2026, 10, 7))
    sara.goto("/")
    reads(sara, "Bekräfta att båda originalen kommit", number)
    takes(sara, "Bekräfta att båda originalen kommit", number)
    write(sara, first="K-2026-009999-A", second=f"{number}-B")
    press(sara, "Bekräfta båda originalen")
    expect(error_at(sara, "first")).to_contain_text("Numret hör inte till det här kontraktet.")
    expect(sara.locator("[name=first]")).to_have_value("K-2026-009999-A")
    expect(sara.locator("[name=second]")).to_have_value(f"{number}-B")
    write(sara, first=f"{number}-A".lower())
    press(sara, "Bekräfta båda originalen")
    reads(sara, "Båda originalen är bekräftade.")


def _has_it_signed(sara: Page, number: str) -> None:
    the_day_is(date(2026, 10, 9))
    takes(sara, "Registrera underskrifterna", number)
    sara.get_by_role("group", name="Vem undertecknade för Harald Nyberg?").get_by_label("Birgitta Nyberg").check()
    for sheet in "ABC":
        sara.get_by_label(f"{number}-{sheet}").check()
    press(sara, "Registrera underskrifterna")
    reads(sara, "Kategoribilagan ska också undertecknas av hyresgästen eller företrädaren.")
    expect(sara.get_by_label(f"{number}-B")).to_be_checked()
    sara.get_by_label(f"{number}-D").check()
    press(sara, "Registrera underskrifterna")
    reads(sara, "Underskrifterna är registrerade.")
    assert state(sara, number) == "Undertecknat"
    takes(sara, "Registrera överlämnat original", number)
    press(sara, "Registrera överlämnandet")
    reads(sara, "Överlämnandet är registrerat.")
    takes(sara, "Registrera att kommunens original skickats åter", number)
    press(sara, "Registrera avsändningen")
    reads(sara, "Avsändningen är registrerad.")
    sara.goto(f"/kontrakt/{number}/original/")
    reads(sara, "Hos Birgitta Nyberg", "På väg till förvaltningen")


def _files(gun_britt: Page, number: str) -> None:
    the_day_is(date(2026, 10, 14))
    gun_britt.goto("/original/jaga/")
    reads(gun_britt, number, "Kommunens original", "Rönngården Omsorg AB")
    gun_britt.goto("/original/ta-emot/")
    write(gun_britt, code=f"{number}-b".lower(), shelf="N 14")
    press(gun_britt, "Lägg i arkivet")
    reads(gun_britt, "ligger nu i arkivet, på hyllplats N 14.", "I samma kuvert ska också ligga:", f"{number}-D")
    write(gun_britt, code=f"{number}-B", shelf="N 15")
    press(gun_britt, "Lägg i arkivet")
    expect(error_at(gun_britt, "code")).to_contain_text(f"Bladet {number}-B ligger redan i arkivet, på hyllplats N 14.")
    expect(gun_britt.locator("[name=shelf]")).to_have_value("N 15")
    assert state(gun_britt, number) == "Undertecknat"
    gun_britt.goto(f"/original/ta-emot/?kod={number}-D")
    write(gun_britt, shelf="N 14")
    press(gun_britt, "Lägg i arkivet")
    reads(gun_britt, "ligger nu i arkivet, på hyllplats N 14.")
    assert state(gun_britt, number) == "Gäller"
    gun_britt.goto("/original/jaga/")
    reads(gun_britt, "Alla original som skulle vara åter är åter.")
    gun_britt.goto("/arkiv/")
    reads(gun_britt, f"{number}-B", "N 14")


def _gives_notice(sara: Page, number: str) -> None:
    sara.goto("/ovning/dag/")
    write(sara, day="2027-02-10")
    press(sara, "Byt dag")
    reads(sara, "Övningens dag är nu onsdag 10 februari.")
    takes(sara, "Registrera uppsägning", number)
    reads(sara, "En uppsägning från hyresgästen idag gäller till och med 31 maj 2027.")
    write(sara, notice_by="tenant", reason="other_care", planned_move_out_on="2027-05-28")
    press(sara, "Registrera uppsägningen")
    reads(sara, "Uppsägningen är registrerad.", "Flytt till annat vårdboende")
    assert state(sara, number) == "Uppsagt"


def _moves_out(sara: Page, number: str) -> None:
    the_day_is(date(2027, 5, 28))
    takes(sara, "Registrera undertecknad överenskommelse om avflyttning", number)
    write(sara, code=f"{number}-B")
    sara.get_by_role("radio", name="Birgitta Nyberg").check()
    press(sara, "Registrera överenskommelsen")
    expect(error_at(sara, "code")).to_contain_text("Överenskommelsen undertecknas på hyresgästens original.")
    write(sara, code=f"{number}-A")
    press(sara, "Registrera överenskommelsen")
    reads(sara, "Överenskommelsen är registrerad.")
    takes(sara, "Registrera utflyttning", number)
    write(sara, moved_out_on="2027-05-28", closing_on="2027-05-31", reason="other_care", left_property="nej")
    press(sara, "Registrera utflyttningen")
    reads(sara, "Utflyttningen är registrerad.", "Avslutningsdatum")
    assert state(sara, number) == "Utflyttad"
    takes(sara, "Registrera att hyresgästens original skickats åter", number)
    press(sara, "Registrera avsändningen")
    reads(sara, "Avsändningen är registrerad.")


def _closes(gun_britt: Page, number: str) -> None:
    the_day_is(date(2027, 6, 3))
    gun_britt.goto(f"/kontrakt/{number}/")
    reads(gun_britt, "Biståndet gäller fortfarande.")
    gun_britt.goto("/original/ta-emot/")
    write(gun_britt, code=f"{number}-A", shelf="N 14")
    press(gun_britt, "Lägg i arkivet")
    reads(gun_britt, "ligger nu i arkivet, på hyllplats N 14.")
    takes(gun_britt, "Meddela debiteringen", number)
    expect(gun_britt.locator("[name=last_charged_on]")).to_have_value("2027-05-31")
    press(gun_britt, "Meddela debiteringen")
    reads(gun_britt, "Debiteringen är meddelad.")
    takes(gun_britt, "Registrera att biståndet upphör", number)
    write(gun_britt, continues="nej", ended_on="2027-05-31", number="B-2027-000045")
    press(gun_britt, "Registrera")
    reads(gun_britt, "Uppgiften om biståndet är registrerad.")
    assert state(gun_britt, number) == "Utflyttad"  # its own act: it ends no tenancy
    takes(gun_britt, "Avsluta ärendet", number)
    press(gun_britt, "Avsluta ärendet")
    reads(gun_britt, "Ärendet är avslutat.", "Debiteringen meddelad")
    assert state(gun_britt, number) == "Avslutat"

"""Every page, on a desk, on a phone and enlarged: no finding of axe, no sideways scrolling, nothing in the console."""

import pytest
from playwright.sync_api import Page, expect

from bostad.documents.worker import left_to_beat
from contracts.forms.steps import STEP_FORMS
from tests.browser.eyes import Eyes
from tests.browser.hands import press, reads, the_day_is, write
from tests.making import ACTS, DAYS, Making, a_dwelling, way_to

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("fast_files")]


def press_with_nothing_filled_in(page: Page) -> bool:
    """Empties the form of the page and sends it. False where the form asks nothing that could be missing."""
    form = page.locator("main form.b-form").first
    for control in form.locator("input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), textarea").all():
        control.fill("")
    for box in form.locator("[type=checkbox]:checked").all():
        box.uncheck()
    form.locator("button[type=submit]").first.click()
    return page.locator(".ds-error-summary").count() > 0


def test_the_pages_for_everybody(people, town):
    page = people.window()
    eyes = Eyes(page)
    eyes.visit("/logga-in/", "/hjalp/", "/tillganglighet/")
    page.goto("/logga-in/")
    page.get_by_text("Logga in med lösenord").click()
    write(page, username="maria", password="fel lösenord")
    press(page, "Logga in")
    reads(page, "stämmer inte")
    eyes.look("logga-in-fel")
    eyes.are_content()


def test_the_pages_of_somebody_with_nothing_to_do(people, town):
    page = people.sign_in("gun-britt")
    eyes = Eyes(page)
    eyes.visit("/", "/kontrakt/", "/bestallningar/", "/original/jaga/", "/utskrifter/", "/arkiv/", "/boenden/")
    eyes.visit("/sok/", "/hjalp/", "/ovning/dag/", "/finns-inte/", "/logggranskning/", "/kontrakt/ny/")
    eyes.are_content()


def test_the_pages_of_the_office_on_a_busy_day(people, contract_at, town):
    contract_at("registered")
    ordered = contract_at("ordered", represented=True)
    contract_at("printed", category="bpsd", electricity_included=False)
    contract_at("sent_back", category="bpsd")
    active = contract_at("active", tenants=2, category="couple")
    the_day_is(DAYS["active"].replace(month=11))
    page = people.sign_in("gun-britt")
    eyes = Eyes(page)
    eyes.visit("/", "/?vems=enhetens", "/kontrakt/", "/kontrakt/?lage=alla&ordning=-nummer", "/bestallningar/")
    eyes.visit("/original/jaga/", "/utskrifter/", "/utskrifter/1/", "/arkiv/")
    for typed in ("Nyberg", "finns inte", "19250102-9819"):
        page.goto("/kontrakt/?ordning=")
        page.locator("main [name=q]").fill(typed)
        press(page, "Filtrera")
        eyes.look(f"kontrakt-{typed}")
    eyes.visit("/original/ta-emot/", f"/boenden/{ordered.dwelling_id}/", "/boenden/?lediga=on")
    person = f"/personer/{active.parties.first().person_id}/"
    eyes.visit(person, f"{person}andra/")
    page.goto("/original/ta-emot/")
    press_with_nothing_filled_in(page)
    eyes.look("ta-emot-fel")
    for typed in ("Nyberg", "Rönnvägen", "finns inte"):
        page.goto("/sok/")
        page.get_by_role("main").get_by_role("searchbox", name="Sök").fill(typed)
        press(page, "Sök")
        eyes.look(f"sok-{typed}")
    eyes.are_content()


def test_the_parts_of_a_contract(people, contract_at, town):
    contract = contract_at("sent_back", DAYS["active"], category="bpsd", electricity_included=False, represented=True)
    page = people.sign_in("gun-britt")
    eyes = Eyes(page)
    eyes.visit(f"/kontrakt/{contract.number}/", f"/kontrakt/{contract.number}/original/")
    eyes.visit(*(f"/arende/{contract.number}/{tab}/" for tab in ("handlingar", "bevakningar", "logg", "lamna-over")))
    for tab in ("journal", "samtycken"):
        eyes.visit(f"/arende/{contract.number}/{tab}/")
        _open_all(page)
        press_with_nothing_filled_in(page)
        eyes.look(f"{tab}-fel")
    page.goto(f"/arende/{contract.number}/handlingar/")
    _open_all(page)
    press_with_nothing_filled_in(page)
    eyes.look("handlingar-fel")
    eyes.are_content()


def _open_all(page: Page) -> None:
    folded = page.locator("main details.ds-details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def test_a_protected_household(people, contract_at):
    contract = contract_at("ordered", protected=True)
    page = people.sign_in("gun-britt")
    eyes = Eyes(page)
    eyes.visit("/", "/kontrakt/", f"/kontrakt/{contract.number}/")
    page.get_by_label("Varför behövs adressen?").fill("Posten kom tillbaka.")
    press(page, "Visa adressen")
    reads(page, contract.dwelling.street)
    eyes.look("adress-visad")
    eyes.are_content()


def test_the_pages_of_a_provider(people, contract_at):
    contract_at("returned")
    registered = contract_at("registered")
    page = people.sign_in("sara")
    eyes = Eyes(page)
    eyes.visit("/", "/kontrakt/", "/boenden/", f"/kontrakt/{registered.number}/", "/kontrakt/ny/")
    press_with_nothing_filled_in(page)
    eyes.look("registrera-fel")
    for step in ("edit", "order_contract"):
        eyes.visit(f"/kontrakt/{registered.number}/steg/{step}/")
        press_with_nothing_filled_in(page)
        eyes.look(f"{step}-fel")
    eyes.visit("/bestallningar/")  # not hers
    eyes.are_content()


def test_the_routines_and_their_rules(people, contract_at):
    contract = contract_at("active")
    page = people.sign_in("maria")
    eyes = Eyes(page)
    eyes.visit("/", "/rutiner/", "/rutiner/contract/", f"/rutiner/contract/?arende={contract.number}")
    eyes.visit("/rutiner/regel/R-0-17/", "/rutiner/regel/R-9-99/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    eyes.are_content()


def test_the_log_review(people, contract_at):
    contract = contract_at("ordered")
    people.sign_in("gun-britt").goto(f"/kontrakt/{contract.number}/")
    page = people.sign_in("lotta")
    eyes = Eyes(page)
    eyes.visit("/logggranskning/")
    eyes.are_content()


FORMS = {
    "registered": {"sara": ["withdraw"]},
    "ordered": {"sara": ["recall_order"], "gun-britt": ["return_for_completion", "issue", "cancel"]},
    "printed": {"gun-britt": ["sign_for_municipality", "replace_sheets"]},
    "municipality_signed": {"gun-britt": ["dispatch"]},
    "dispatched": {"sara": ["acknowledge_receipt"], "gun-britt": ["remind_provider", "notify_owner", "record_waiver"]},
    "received": {"sara": ["record_signatures"]},
    "signed": {"sara": ["hand_over_original", "send_back_original"], "maria": ["record_lost_sheet"]},
    "active": {
        "sara": ["give_notice", "record_representative", "record_death"],
        "gun-britt": ["end_grant", "mend_filing", "decide_on_security"],
    },
    "notice_given": {"sara": ["sign_move_out"], "gun-britt": ["withdraw_notice"], "maria": ["record_obstacle"]},
    "agreed": {"sara": ["move_out"]},
    "moved_out": {
        "sara": ["send_back_tenants_original"],
        "gun-britt": ["notify_billing", "close"],
        "maria": ["undo_move_out"],
    },
    "grant_ended": {"gun-britt": ["close"]},
    "closed": {"gun-britt": ["end_sharing"], "maria": ["reopen"]},
}
OWN_FORMS = {"municipality_signed": {"cilla": ["sign_at_desk"]}, "active": {"cilla": ["take_over"]}}
ELSEWHERE = {  # the same fields as others
    "activate", "become_indefinite", "record_property", "decide_property", "confirm_destroyed", "owner_was_notified",
    "decide_on_term", "record_service", "cancel_late",
}  # fmt: skip


def _every_step(people, town, forms, **wishes) -> list[str]:
    """One contract goes its way; at each place those who have something to fill in look at their forms."""
    making, found = Making(town, **wishes), []
    windows: dict[str, Page] = {}
    for milestone in way_to(list(forms)[-1], making.is_care):
        with left_to_beat():
            ACTS[milestone](making, DAYS[milestone])
        the_day_is(DAYS[milestone])
        for username, steps in forms.get(milestone, {}).items():
            page = windows.get(username) or windows.setdefault(username, people.sign_in(username))
            eyes = Eyes(page)
            eyes.visit(*[f"/kontrakt/{making.contract.number}/"] * (username == next(iter(forms[milestone]))))
            for step in steps:
                eyes.visit(f"/kontrakt/{making.contract.number}/steg/{step}/")
                if page.locator("main form.b-form [required]").count() and press_with_nothing_filled_in(page):
                    eyes.look(f"{step}-fel")
            found += eyes.found
    return found


def test_every_form_of_a_contract_in_care_housing(people, town):
    found = _every_step(people, town, FORMS, category="bpsd", electricity_included=False, represented=True)
    assert not found, "\n".join(found)


def test_every_form_of_a_contract_that_the_municipality_lets_itself(people, town):
    found = _every_step(people, town, OWN_FORMS, form="trial")
    assert not found, "\n".join(found)


def test_no_form_of_a_step_is_left_out():
    seen = {
        step for forms in (FORMS, OWN_FORMS) for hands in forms.values() for steps in hands.values() for step in steps
    }
    assert seen | ELSEWHERE == set(STEP_FORMS)


# --- without a mouse -------------------------------------------------------------------------------------------------


def test_the_first_stop_leads_past_the_menu(people, town):
    page = people.sign_in("gun-britt")
    page.goto("/kontrakt/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_every_stop_on_a_form_shows_that_it_has_the_focus(people, town):
    a_dwelling(town)
    page = people.sign_in("sara")
    page.goto("/kontrakt/ny/")
    stops, unseen = 0, []
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body") and stops < 150:
        stops += 1
        if not page.evaluate(HAS_VISIBLE_FOCUS):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        page.keyboard.press("Tab")
    assert stops > 40
    assert not unseen, "\n".join(unseen)


HAS_VISIBLE_FOCUS = """() => {
    const control = document.activeElement, style = getComputedStyle(control), box = control.getBoundingClientRect();
    const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    return drawn && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


@pytest.mark.rule("R-0-15")
def test_signatures_are_recorded_with_the_keyboard_alone(people, contract_at):
    contract = contract_at("received", DAYS["signed"], represented=True)
    page = people.sign_in("sara")
    takes_with_keys(page, "Registrera underskrifterna", contract.number)
    _tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Birgitta Nyberg")).to_be_checked()
    for _sheet in "AB":
        _tab_to(page, "input[type=checkbox]")
        page.keyboard.press("Space")
    _tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    reads(page, "Underskrifterna är registrerade.", "Undertecknat")


def takes_with_keys(page: Page, step: str, number: str) -> None:
    page.goto(f"/kontrakt/{number}/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the menu
    while page.evaluate("document.activeElement.textContent.trim()") != step:
        _tab_to(page, "main a.ds-button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=step)).to_be_visible()


def _tab_to(page: Page, selector: str) -> None:
    for _stop in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no {selector} can be reached on {page.url}")

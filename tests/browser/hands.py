"""What people do with their hands: find a field by its label, press a button by its name, read what stands there."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, TimeoutError, expect

from bostad.organisation import demo_day
from bostad.organisation.models import Staff


def signs_in(page: Page, username: str) -> None:
    """In the demo one picks who one is."""
    page.goto("/logga-in/")
    person = Staff.objects.get(username=username)
    page.get_by_role("button", name=re.compile(f"^{person}")).click()
    expect(page.get_by_role("heading", level=1, name="Mitt arbete")).to_be_visible()


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(\(frivilligt\))?\s*$"))


def write(page: Page, **typed: str) -> None:
    """Fills fields by their names in the address of the form; a choice is picked, not typed."""
    for name, value in typed.items():
        control = page.locator(f"main [name={name}]:not([type=hidden])")
        if control.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f'main [name={name}][value="{value}"]').check()
        elif control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str, inside: str = "main") -> None:
    page.locator(inside).get_by_role("link", name=name, exact=True).first.click()


def reads(page: Page, *sentences: str, seconds: float = 15) -> None:
    """Each sentence stands on the page, or comes to stand there: a page that waits for a file refreshes by itself."""
    for sentence in sentences:
        wanted = page.locator("main").get_by_text(sentence).first
        try:
            wanted.wait_for(timeout=seconds * 1000)
        except TimeoutError:
            raise AssertionError(f"”{sentence}” stands nowhere on {page.url}:\n{_shown(page)}") from None


def _shown(page: Page) -> str:
    return re.sub(r"\s*\n\s*", " | ", page.inner_text("main"))[:2000]


def does_not_read(page: Page, *sentences: str, seconds: int = 15) -> None:
    for sentence in sentences:
        expect(page.locator("main").get_by_text(sentence)).to_have_count(0, timeout=seconds * 1000)


def takes(page: Page, step: str, number: str) -> None:
    goes_to(page, f"/kontrakt/{number}/", step)


def goes_to(page: Page, case: str, step: str) -> None:
    """Opens the case and goes to a step by its button under Nästa steg, or folded below."""
    page.goto(case)
    button = page.locator("#nasta-steg").get_by_role("link", name=step, exact=True).first
    beside = page.locator("#nasta-steg summary", has_text="Annat som kan göras")
    if not button.is_visible() and beside.count():
        beside.click()
    button.click()


def state(page: Page, number: str) -> str:
    """The state as it stands in the head of the contract."""
    page.goto(f"/kontrakt/{number}/")
    return page.locator(".b-casehead__title .ds-tag").first.inner_text()


def error_at(page: Page, name: str) -> Locator:
    """What stands at a field after it was refused."""
    return page.locator(f"#id_{name}_error")


def the_day_is(day: date) -> None:
    demo_day.move_to(day)

"""Every page of assessments, questions, referrals and offers, as `test_pages.py` looks at those of contracts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from bostad import dates
from bostad.casework.graph import kinds
from bostad.casework.models import Case
from bostad.documents.worker import left_to_beat
from referrals import auditing, content
from referrals.forms import assessment, question, referral
from referrals.services import validity, writing
from referrals.services.validity import IntakeInput
from referrals.states import LeaseForm, OwnGround, Permit
from tests.browser.eyes import Eyes
from tests.browser.hands import press, reads, the_day_is, write
from tests.browser.test_pages import press_with_nothing_filled_in
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.town import Referring, a_home, a_referring_town

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("fast_files")]

PAGES = {"assessment": "utredningar", "question": "ansvarsfragor", "referral": "remisser"}
WRITTEN = [
    "write_registration", "write_need", "write_target", "analyse_child", "add_child", "change_child", "tell_children_unit",
    "record_representative",
]  # fmt: skip
ASSESSMENTS = {  # state, and who looks at which forms in it
    "applied": {"karin": ["begin", "withdraw"]},
    "investigating": {"karin": [*WRITTEN, "ask_responsibility"]},
    "written": {"karin": ["assess"]},
    "assessed": {"karin": ["reopen_investigation", "grant", "grant_other", "refuse"]},
    "granted": {"karin": ["open_referral"]},
    "refused": {"karin": ["record_receipt", "record_appeal"]},
}
QUESTIONS = {"asked": {"emma": ["answer"], "karin": ["drop"]}, "answered": {"karin": ["settle"]}}
REFERRALS = {
    "draft": {"karin": ["inform", "choose_form"]},
    "filled": {
        "karin": [
            "add_child",
            "analyse_child",
            "record_representative",
            "correct_information",
            "print_to_sign",
            "approve",
        ]
    },
    "approved": {"jonas": ["sign", "send_back"], "karin": ["change"]},
    "signed": {"karin": ["submit"]},
    "submitted": {"peter": ["register", "ask_completion", "assign_officer"]},
    "registered": {
        "karin": ["begin_extension", "let_run_out", "withdraw"],
        "jonas": ["cease"],
        "peter": ["make_offer"],
    },
    "ceased": {"karin": ["record_receipt", "record_appeal"], "peter": ["note_end"]},
    "offered": {"karin": ["find_suitable", "find_unsuitable"], "peter": ["take_back_offer"]},
    "suitable": {"karin": ["inform_client"]},
    "booked": {"karin": ["accept", "decline"]},
    "lease_signed": {"karin": ["decide_housing"]},
}
GUARANTEES = {
    "accepted": {"peter": ["record_owner_lease"]},
    "housed": {"peter": ["end_guarantee", "correct_owner_lease"]},
}
OWN = {"peter": ["renew_permit"]}
EXTENSIONS = {"karin": ["approve_extension", "drop_extension"], "jonas": ["extend", "send_back_extension"]}
CEASED = DAYS["offered"]
ELSEWHERE = {  # the same fields as others
    "end_representation", "write_supported", "correct_receipt", "gain_force", "lift", "make_plan", "complete", "settle_appeal", "allow_another_offer", "close_own",
}  # fmt: skip


@pytest.fixture
def place(town) -> Iterator[Referring]:
    with left_to_beat():
        yield a_referring_town(town)


@contextmanager
def looking(page: Page) -> Iterator[Eyes]:
    eyes = Eyes(page)
    yield eyes
    eyes.are_content()


def looks_at(eyes: Eyes, case: Case, steps: Sequence[str]) -> None:
    """The page of the case, and each form: as it comes, and with nothing filled in."""
    address = f"/{PAGES[case.kind]}/{case.number}/"
    eyes.visit(address)
    for step in steps:
        eyes.page.goto(f"{address}steg/{step}/")
        form = eyes.page.locator("main form.b-form")
        if not form.count():
            eyes.found.append(f"{step} cannot be taken in {case.state}: {eyes.page.inner_text('main')[:300]}")
            continue
        eyes.look(f"{case.state}-{step}")
        if form.locator("[required]").count() and press_with_nothing_filled_in(eyes.page):
            eyes.look(f"{case.state}-{step}-fel")


def everybody_looks(people, case: Case, forms: dict[str, list[str]]) -> None:
    for username, steps in forms.items():
        with looking(people.sign_in(username)) as eyes:
            looks_at(eyes, case, steps)


@pytest.mark.parametrize("state", ASSESSMENTS)
def test_every_form_of_an_assessment(people, place, state):
    case = making.an_assessment(place, state, children=1)
    the_day_is(DAYS[state])
    everybody_looks(people, case, ASSESSMENTS[state])


@pytest.mark.parametrize("state", QUESTIONS)
def test_every_form_of_a_question(people, town, place, state):
    case = making.question_in(town, state, place)
    case.refresh_from_db()
    the_day_is(DAYS["investigating"])
    everybody_looks(people, case, QUESTIONS[state])


@pytest.mark.parametrize("state", REFERRALS)
def test_every_form_of_a_referral(people, place, state):
    for rooms in (1, 3):  # one that suits and one that does not
        a_home(place, rooms=rooms, street=f"Ekbacken {rooms}")
    made, today = (
        making.making_of(place, "registered" if state == "ceased" else state, children=1),
        DAYS.get(state, CEASED),
    )
    if state == "ceased":
        validity.cease(made.pk, making.a_decision_input(made), by=place.manager, today=today)
    the_day_is(today)
    everybody_looks(people, made.referral, REFERRALS[state])


@pytest.mark.parametrize("state", GUARANTEES)
def test_every_form_of_a_guarantee(people, place, state):
    case = making.a_referral(place, state, lease_form=LeaseForm.GUARANTEE)
    the_day_is(DAYS[state])
    everybody_looks(people, case, GUARANTEES[state])


def test_a_household_of_the_property_departments_own(people, place):
    today = DAYS["registered"]
    data = IntakeInput(
        making.a_household(), LeaseForm.GUARANTEE, OwnGround.ASSIGNED_NEWCOMER, 2, permit=Permit.TEMPORARY,
        permit_to=dates.add_months(today, 6), assignment_reference="MIG-1", debt_total=0,
    )  # fmt: skip
    case = validity.take_in(data, unit=place.ff.units.get(name="Uthyrning"), by=place.officer, today=today)
    the_day_is(today)
    everybody_looks(people, case, OWN)


def test_every_section_of_a_referral(people, place):
    case = making.a_referral(place, "draft", children=1)
    the_day_is(DAYS["draft"])
    with looking(people.sign_in("karin")) as eyes:
        for section in content.SECTIONS:
            eyes.visit(f"/remisser/{case.number}/steg/write/?avsnitt={section.key}")
            if eyes.page.locator("main form.b-form [required]").count() and press_with_nothing_filled_in(eyes.page):
                eyes.look(f"{section.key}-fel")


def test_an_extension_side_by_side_with_what_was_signed(people, place):
    made, today = making.making_of(place, "registered"), DAYS["offered"]
    by = {"by": place.caseworker, "today": today}
    validity.begin_extension(made.pk, **by)
    writing.write_section(made.pk, "support", {"text": "Varje vecka."}, step="review_extension", **by)
    the_day_is(today)
    with looking(people.sign_in("karin")) as eyes:
        eyes.visit(f"/remisser/{made.referral.number}/", f"/remisser/{made.referral.number}/steg/review_extension/")
    for section in content.SECTIONS:
        validity.confirm_section(made.pk, section.key, **by)
    with looking(people.sign_in("karin")) as eyes:
        looks_at(eyes, made.referral, ["approve_extension", "drop_extension"])
    writing.approve(
        made.pk, signatures=making.signatures_of(made.referral), signed_on=today,
        content_hash=making.hash_now(made.referral), step="approve_extension", **by,
    )  # fmt: skip
    with looking(people.sign_in("jonas")) as eyes:
        looks_at(eyes, made.referral, ["extend"])
        reads(eyes.page, "Varje vecka.", "Bostadssekreterare var tredje månad.")


def test_a_referral_in_place_of_another(people, place):
    case = making.a_referral(place, "registered")
    the_day_is(DAYS["registered"])
    with looking(people.sign_in("karin")) as eyes:
        eyes.visit(f"/remisser/{case.number}/ersatt/")
        assert press_with_nothing_filled_in(eyes.page)
        eyes.look("ersatt-fel")


def test_the_lists_and_what_has_no_case_yet(people, place):
    making.a_referral(place, "housed", lease_form=LeaseForm.GUARANTEE)
    making.a_referral(place, "offered")
    making.an_assessment(place, "investigating", children=2)
    the_day_is(DAYS["housed"])
    with looking(people.sign_in("karin")) as eyes:
        eyes.visit("/", "/utredningar/", "/ansvarsfragor/", "/remisser/", "/erbjudanden/", "/garantier/")
        looks_at_opening(eyes, "/utredningar/ny/", "Registrera ansökan")
    with looking(people.sign_in("jonas")) as eyes:
        eyes.visit("/", "/utredningar/granskning/")
    with looking(people.sign_in("peter")) as eyes:
        eyes.visit("/", "/remisser/", "/erbjudanden/", "/garantier/")
        looks_at_opening(eyes, "/remisser/eget-hushall/", "Ta emot hushållet")


def looks_at_opening(eyes: Eyes, address: str, button: str) -> None:
    eyes.visit(address)
    press(eyes.page, "Lägg till ett barn")
    write(eyes.page, child_1_first_name="Layla")
    press(eyes.page, button)
    eyes.look(f"{address}-fel")


def test_no_form_of_a_step_is_left_out():
    walked = [*ASSESSMENTS.values(), *QUESTIONS.values(), *REFERRALS.values(), *GUARANTEES.values(), OWN, EXTENSIONS]
    seen = {step for forms in walked for steps in forms.values() for step in steps}
    assert seen | ELSEWHERE == {*assessment.FORMS, *question.FORMS, *referral.FORMS, "open_referral"}


def test_the_audit_shows_every_number_on_a_phone_without_scrolling_sideways(people, place):
    making.an_assessment(place, "granted", children=1)
    page = people.sign_in("jonas", viewport={"width": 390, "height": 844})
    page.goto("/utredningar/granskning/")
    table = page.locator(".b-tablewrap").first
    assert table.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    named = "cells => cells.map(cell => getComputedStyle(cell, '::before').content.slice(1, -1))"
    assert table.locator("tbody tr:first-child td").evaluate_all(named) == ["Alla", *auditing.LACKS.values()]


COVERED = """() => {
    const boxes = [...document.querySelectorAll(".b-flow .n rect")].map(box => box.getBoundingClientRect());
    const hits = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return [...document.querySelectorAll(".b-flow > text")]
        .filter(label => boxes.some(box => hits(label.getBoundingClientRect(), box))).map(label => label.textContent);
}"""


def test_no_box_of_a_chart_covers_the_name_of_a_lane(people, place):
    page = people.sign_in("karin")
    for found in kinds():
        for variant in found.variants:
            page.goto(f"/rutiner/{found.key}/?form={variant}")
            assert page.evaluate("document.querySelectorAll('.b-flow > text').length") >= 4
            assert page.evaluate(COVERED) == [], f"{found.key} {variant}"

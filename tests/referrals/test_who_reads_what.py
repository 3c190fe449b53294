"""Role by department by state by field: which words of an assessment and its referral reach whom, by every page there is.

Each field holds a word of its own. A person's pages are all opened and read for those words; the papers too, as data.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.test import Client
from django.urls import reverse

from bostad.audit.models import ReadLog
from bostad.casework import protection
from bostad.casework.graph import kind_of
from bostad.casework.models import Case
from bostad.casework.services import write_note
from bostad.documents.views import documents_for
from bostad.organisation.scope import Scope
from bostad.people.models import Protection
from referrals.services import assessing, deciding, household, validity, writing
from referrals.services.people import HouseholdInput
from referrals.states import Ability
from tests.factories import PersonFactory
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import DAYS, Making
from tests.referrals.town import Referring, a_home
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

# --- the words -----------------------------------------------------------------------------------------------------------

FINDINGS = {  # of the investigation, by step
    "write_registration": {"housing_now_text": "Ordnunett"},
    "write_need": {
        "alternatives_text": "Ordnutva", "ability": Ability.WITH_SUPPORT, "ability_text": "Ordnutre",
    },
}  # fmt: skip
ASSESSMENT = {"Ordnunett", "Ordnutva", "Ordnutre", "Ordnufyra", "Ordnufem", "Ordnusex", "Ordnusju", "Ordnuatta"}
SECTIONS = {
    "household": {"note": "Remissordett"},
    "need": {"rooms_min": 2, "other": "Remissordtva"},
    "situation": {"now": "Remissordtre", "history": "Remissordfyra"},
    "support": {"text": "Remissordfem"},
    "economy": {"income": "Remissordsex", "debt_total": 0, "debt_text": "Remissordsju", "checked_on": "2026-09-10"},
    "decision": {"motivation": "Remissordatta", "form_motivation": "Remissordnio"},
    "areas": {"barred": ["Remissordtio"]},
    "children": {"text": "Remissordelva"},
    "contacts": {"text": "Remissordtolv"},
}
HEALTH = {"reason": "Halsoordett", "adaptation": "Halsoordtva"}
REFERRAL = {
    "Remissordett", "Remissordtva", "Remissordtre", "Remissordfyra", "Remissordfem", "Remissordsex", "Remissordsju",
    "Remissordatta", "Remissordnio", "Remissordtio", "Remissordelva", "Remissordtolv",
}  # fmt: skip
OF_HEALTH = set(HEALTH.values())
LAST_NAME = "Silverhav"
EVERY_WORD = ASSESSMENT | REFERRAL | OF_HEALTH

# --- who, and from when --------------------------------------------------------------------------------------------------

OWNERS = ("caseworker", "colleague", "manager")
PROPERTY = ("officer", "other_officer", "ff_manager")
OTHERS = ("sof_caseworker", "sof_manager", "vof_caseworker", "administrator", "coordinator", "provider", "outsider")
AT_OWNER = ("filled", "signed")
AT_PROPERTY = ("submitted", "offered", "housed")


@pytest.fixture
def made(place: Referring) -> Making:
    """A granted assessment with a word in each field, and a referral that is written and not yet approved."""
    return replace(remembered("a word in each field", lambda: _made(place)), place=place)


def _made(place: Referring) -> Making:
    given = making.a_household(1, 1)
    named = making.HouseholdInput((making.an_adult(last_name=LAST_NAME),), given.children)
    it = Making(place, children=1, household=named, sections=SECTIONS | {"health": HEALTH})
    for milestone in ("applied", "investigating", "written"):
        making.ACTS[milestone](it, DAYS[milestone])
    by, today = place.caseworker, DAYS["written"]
    for step, answers in FINDINGS.items():
        assessing.write_findings(it.assessment_pk, step, answers, by=by, today=today)
    child = it.assessment.parties.get(role="child").person
    household.analyse_child(it.assessment, child, household.AnalysisInput("Ordnufyra", "Ordnufem"), by=by, today=today)
    assessing.assess(it.assessment_pk, text="Ordnusex", by=by, today=DAYS["assessed"])
    data = making.a_decision_input(it, motivation="Ordnusju", child_analysis="Barnets bästa är vägt.")
    deciding.decide(it.assessment_pk, "grant", data, by=by, today=DAYS["granted"])
    write_note(case=it.assessment, text="Ordnuatta", on=DAYS["granted"], by=by)
    for milestone in ("draft", "informed", "filled"):
        making.ACTS[milestone](it, DAYS[milestone])
    return it


def onwards(it: Making, until: str) -> None:
    making.go_on(it, making.WAY[making.WAY.index("approved") : making.WAY.index(until) + 1])


# --- reading -------------------------------------------------------------------------------------------------------------

TABS = ("casework:journal", "casework:deadlines", "casework:consents", "casework:log", "documents:documents")
LISTS = (
    "overview:my_work", "referrals:assessments", "referrals:referrals", "referrals:offers", "referrals:guarantees",
    "referrals:questions", "contracts:contracts", "overview:dwellings",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    scope: Scope
    client: Client

    def case_pages(self, *cases: Case) -> Iterator[tuple[Case, str]]:
        """Each page of these cases, with what it says. A case whose own page does not open shows none of the others."""
        for case in cases:
            kind = kind_of(case)
            first, write = reverse(kind.page, args=[case.number]), reverse(kind.step_page, args=[case.number, "write"])
            others = [reverse(tab, args=[case.number]) for tab in TABS]
            others += [reverse(kind.step_page, args=[case.number, name]) for name in kind.steps]
            others += [f"{write}?avsnitt={key}" for key in SECTIONS]
            opens = self.client.get(first).status_code == 200
            for address in [first, *(others if opens else others[::6])]:
                answer = self.client.get(address)
                assert answer.status_code in (200, 302, 403, 404), (address, answer.status_code)
                if answer.status_code == 200:
                    yield case, answer.content.decode()

    def papers(self, *cases: Case) -> Iterator[str]:
        for case in cases:
            if case.pk in {*Case.objects.visible_to(self.scope).values_list("pk", flat=True),
                           *Case.objects.shared_with(self.scope).values_list("pk", flat=True)}:  # fmt: skip
                for document in documents_for(case, self.scope):
                    yield json.dumps(document.data, ensure_ascii=False)

    def lists(self) -> str:
        pages = [self.client.get(reverse(name), {"lage": "alla"}, follow=True) for name in LISTS]
        pages += [self.client.get(reverse("referrals:audit"), {"saknar": "delgivning"})]
        pages += [self.client.post(reverse("overview:search"), {"q": word}) for word in (LAST_NAME, "ordett")]
        return "\n".join(page.content.decode() for page in pages)


def words_in(texts: Iterator[str] | str) -> set[str]:
    whole = texts if isinstance(texts, str) else "\n".join(texts)
    return {word for word in EVERY_WORD if word in whole}


def reader(place: Referring, role: str) -> Reader:
    scope = {**place.town.everybody(), **place.everybody()}[role]
    return Reader(scope, client_of(scope))


def read_by(place: Referring, role: str, it: Making) -> set[str]:
    one, cases = reader(place, role), (it.assessment, it.referral)
    return words_in(text for _, text in one.case_pages(*cases)) | words_in(one.papers(*cases))


# --- the matrix ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("until", ["filled", "registered"])
def test_the_department_reads_all_of_its_own_case(place: Referring, made: Making, until: str):
    onwards(made, until) if until != "filled" else None
    assert read_by(place, "caseworker", made) == EVERY_WORD


@pytest.mark.rule("R-1-44")
@pytest.mark.parametrize("until", AT_OWNER)
def test_nobody_else_reads_a_word_before_it_is_sent(place: Referring, made: Making, until: str):
    onwards(made, until) if until != "filled" else None
    assert {role: read for role in PROPERTY + OTHERS if (read := read_by(place, role, made))} == {}


@pytest.mark.rule("R-1-44")
@pytest.mark.parametrize("until", AT_PROPERTY)
def test_the_property_department_reads_the_referral_and_nothing_of_the_assessment(
    place: Referring, made: Making, until: str
):
    onwards(made, until)
    assert read_by(place, "officer", made) == REFERRAL | OF_HEALTH
    for role in PROPERTY:  # the same case by the same queryset
        page = reader(place, role).client.get(reverse("referrals:referral", args=[made.referral.number]))
        assert words_in(page.content.decode()) == REFERRAL | OF_HEALTH, role
    assert {role: read for role in OTHERS if (read := read_by(place, role, made))} == {}


@pytest.mark.rule("R-1-33")
def test_what_is_completed_is_read_when_it_has_been_signed_and_not_before(place: Referring, made: Making):
    onwards(made, "submitted")
    day = DAYS["returned"]
    writing.ask_completion(made.pk, points={"support": writing.Asked("Vilket stöd?")}, by=place.officer, today=day)
    writing.write_section(made.pk, "support", {"text": "Ordnuatta i remissen"}, by=place.caseworker, today=day)
    assert read_by(place, "officer", made) == REFERRAL | OF_HEALTH  # still the old words
    for milestone in ("approved", "signed", "submitted"):
        making.ACTS[milestone](made, day)
    assert read_by(place, "officer", made) == REFERRAL | OF_HEALTH | {"Ordnuatta"}  # what was sent before stays a paper
    page = reader(place, "officer").client.get(reverse("referrals:referral", args=[made.referral.number]))
    assert words_in(page.content.decode()) == REFERRAL - {"Remissordfem"} | OF_HEALTH | {"Ordnuatta"}


@pytest.mark.rule("R-1-37")
def test_after_the_end_the_property_department_reads_no_reason(place: Referring, made: Making):
    onwards(made, "registered")
    end = making.a_decision_input(made, motivation="Ordnusju igen: har fått eget boende.")
    validity.cease(made.pk, end, by=place.manager, today=DAYS["registered"])
    assert read_by(place, "officer", made) == REFERRAL | OF_HEALTH


@pytest.mark.rule("R-1-44")
@pytest.mark.parametrize("role", [*OWNERS, *PROPERTY, *OTHERS])
def test_no_list_and_no_search_says_a_word_of_any_field(place: Referring, made: Making, role: str):
    onwards(made, "registered")
    page = reader(place, role).lists()
    assert words_in(page) == set()
    assert (made.referral.number in page) == (role in OWNERS + PROPERTY)
    assert (LAST_NAME in page.replace(f'value="{LAST_NAME}"', "").replace(f"”{LAST_NAME}”", "")) == (
        role in OWNERS + PROPERTY
    )


def searched(place: Referring, role: str, typed: str) -> str:
    answer = reader(place, role).client.post(reverse("overview:search"), {"q": typed}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", [*PROPERTY, *OTHERS])
def test_a_referral_is_found_by_who_calls_once_it_is_sent_and_by_the_property_department_alone(
    place: Referring, made: Making, role: str
):
    adult = made.household.adults[0]
    asked = (LAST_NAME, f"{adult.first_name} {adult.last_name}", adult.personnummer)
    assert not any(made.referral.number in searched(place, role, typed) for typed in asked)
    onwards(made, "registered")
    for typed in asked:
        page = searched(place, role, typed)
        assert (made.referral.number in page) == (role in PROPERTY), typed
        assert made.assessment.number not in page
        assert reverse("overview:person", args=[made.referral.parties.first().person_id]) not in page


def test_a_protected_household_is_found_by_nobody_who_is_not_named(place: Referring):
    named = making.HouseholdInput((making.an_adult(last_name=LAST_NAME),), (), True)
    it = making.making_of(place, "registered", household=named, protected=True)
    for typed in (LAST_NAME, named.adults[0].personnummer):
        assert it.referral.number not in searched(place, "other_officer", typed), typed
    assert it.referral.number not in searched(place, "ff_manager", LAST_NAME)
    assert it.referral.number in searched(place, "ff_manager", named.adults[0].personnummer)


@pytest.mark.parametrize("until", ["offered", "booked", "accepted"])
@pytest.mark.parametrize("role", ["caseworker", "manager", "ff_manager"])
def test_the_offered_home_of_a_protected_household_stands_on_no_page(place: Referring, role: str, until: str):
    """Who is named reads the paper, for a reason that is logged; a page is read over somebody's shoulder."""
    home = a_home(place, street="Gömda gränd 7")
    it = making.making_of(place, until, protected=True, home=home)
    one = reader(place, role)
    pages = [text for _, text in one.case_pages(it.assessment, it.referral)]
    assert any("Adressen är skyddad" in text for text in pages)
    assert [
        text for text in pages if "Gömda gränd" in text or reverse("overview:dwelling", args=[home.pk]) in text
    ] == []
    assert "Gömda gränd" not in client_of(place.caseworker).get(reverse("referrals:offers")).content.decode()


@pytest.mark.parametrize("role", ["caseworker", "officer"])
def test_every_reading_of_a_word_is_in_the_log(place: Referring, made: Making, role: str):
    onwards(made, "registered")
    one = reader(place, role)
    for case, text in one.case_pages(made.assessment, made.referral):
        if words_in(text):
            last = ReadLog.objects.filter(staff=one.scope.staff_id).order_by("-id").first()
            assert last is not None and case.pk in last.case_ids


def test_a_mistyped_number_fetches_no_protected_persons_name(place: Referring):
    """The number is another's, whose identity is protected: nobody is shown the name that stands behind it."""
    hidden = PersonFactory(first_name="Hemlig", last_name="Okand", protection=Protection.CONFIDENTIAL)
    given = HouseholdInput((making.an_adult(personnummer=hidden.personnummer, last_name="Haddad"),))
    it = making.making_of(place, "filled", household=given)
    client = client_of(place.caseworker)
    for case, kind in ((it.assessment, "assessment"), (it.referral, "referral")):
        assert case.is_restricted
        page = client.get(reverse(f"referrals:{kind}", args=[case.number])).content.decode()
        assert "Amira Haddad" in page
        assert "Okand" not in page
    form = client.get(reverse("referrals:referral_step", args=[it.referral.number, "approve"])).content.decode()
    assert "Vem undertecknade för Amira Haddad?" in form
    assert "Okand" not in form


def test_a_protection_that_becomes_known_leaves_the_referral_with_who_seeks_a_home(place: Referring):
    it = making.making_of(place, "registered")
    person = it.referral.parties.get(role="applicant").person
    protection.learn(person, Protection.REGISTRATION, by=place.caseworker, today=DAYS["registered"])
    readers = {name for name, who in place.everybody().items() if _sees(who, it.pk)}
    assert readers == {"caseworker", "manager", "officer", "ff_manager"}


def _sees(who: Scope, pk: int) -> bool:
    return any(found.filter(pk=pk).exists() for found in (Case.objects.visible_to(who), Case.objects.shared_with(who)))

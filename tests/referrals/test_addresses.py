"""Every address of assessments, questions, referrals and offers, and how it answers each role, in each state that matters."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from bostad.organisation.scope import Scope
from referrals.models import Assessment, Question, Referral
from referrals.services import asking
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.town import Referring
from tests.remembering import remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

ROLES = [
    "caseworker", "manager", "sof_caseworker", "sof_manager", "vof_caseworker", "officer", "ff_manager", "provider",
    "administrator", "log_reviewer", "outsider",
]  # fmt: skip

# How GET answers: ok, no (403: seen but forbidden), – (404: unseen), home (302), post (405).
# AMF's caseworker and manager own the cases; SOF is asked; VOF has no part; FF receives; a provider; VOF's administrator.
EVERYBODY = "ok ok ok ok ok ok ok ok ok ok ok"
OWNER = "ok ok – – – – – – – – –"
WITH_FF = "ok ok – – – ok ok – – – –"
MATRIX = {
    "referrals:assessments": EVERYBODY,
    "referrals:new_assessment": "ok no ok no ok no no no no no no",
    "referrals:audit": "no ok no ok no no ok no no no no",
    "referrals:assessment": OWNER,
    "referrals:assessment_step": OWNER,
    "referrals:questions": EVERYBODY,
    "referrals:question": "ok ok ok ok – – – – – – –",
    "referrals:question_step": "ok ok ok ok – – – – – – –",
    "referrals:referrals": EVERYBODY,
    "referrals:take_in": "no no no no no ok no no no no no",
    "referrals:referral": WITH_FF,
    "referrals:booking": WITH_FF,
    "referrals:referral_step": WITH_FF,
    "referrals:replace": "no no – – – no no – – – –",  # it is accepted: only a registered one is replaced
    "referrals:offers": EVERYBODY,
    "referrals:guarantees": EVERYBODY,
    "contracts:from_offer": "no no – – – ok no – – – –",
}
# What is no list and is not meant for another department's eyes: of the case's own tabs.
TABS = {
    "casework:journal": "ok ok – – – no no – – – –",
    "casework:deadlines": WITH_FF,
    "casework:consents": "ok ok – – – no no – – – –",
    "casework:log": "ok ok – – – no no – – – –",
    "documents:documents": WITH_FF,
}
WORDS = {"ok": 200, "home": 302, "no": 403, "–": 404, "post": 405}


@dataclass(frozen=True)
class Cases:
    assessment: Assessment
    question: Question
    referral: Referral

    def address(self, name: str) -> str:
        number = self.referral.number
        arguments = {
            "referrals:assessment": [self.assessment.number],
            "referrals:assessment_step": [self.assessment.number, "withdraw"],
            "referrals:question": [self.question.number],
            "referrals:question_step": [self.question.number, "answer"],
            "referrals:referral": [number],
            "referrals:booking": [number],
            "referrals:referral_step": [number, "accept"],
            "referrals:replace": [number],
            "contracts:from_offer": [number],
        }
        return reverse(name, args=arguments.get(name, [] if name.startswith("referrals:") else [number]))


@pytest.fixture
def cases(place: Referring) -> Cases:
    return remembered("a case of each kind", lambda: _cases(place))


def _cases(place: Referring) -> Cases:
    assessment = making.an_assessment(place, "investigating")
    making.consent_of(assessment, by=place.caseworker, given_on=making.DAYS["investigating"])
    question = asking.ask(
        assessment.pk, departments=[place.sof], text="Vem ansvarar?", by=place.caseworker,
        today=making.DAYS["investigating"],
    )  # fmt: skip
    referral = making.a_referral(place, "accepted")
    return Cases(assessment, question, referral)


def people_of(place: Referring) -> dict[str, Scope]:
    return place.town.everybody() | place.everybody()


@pytest.mark.rule("R-1-24")
@pytest.mark.parametrize("role", ROLES)
def test_an_address_answers_a_role_as_the_matrix_says(place: Referring, cases: Cases, role: str):
    client, column = client_of(people_of(place)[role]), ROLES.index(role)
    rows = MATRIX | TABS
    found = {name: client.get(cases.address(name)).status_code for name in rows}
    expected = {name: WORDS[row.split()[column]] for name, row in rows.items()}
    assert {name: (found[name], expected[name]) for name in rows if found[name] != expected[name]} == {}


def test_a_stranger_is_sent_to_the_sign_in_from_everywhere(cases: Cases, client: Client):
    for name in MATRIX:
        response = client.get(cases.address(name))
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("organisation:sign_in")), name


def test_a_case_of_another_kind_is_not_found_under_an_address(place: Referring, cases: Cases):
    client = client_of(place.caseworker)
    assert client.get(reverse("referrals:referral", args=[cases.assessment.number])).status_code == 404
    assert client.get(reverse("referrals:assessment", args=[cases.referral.number])).status_code == 404
    assert client.get(reverse("referrals:question", args=[cases.referral.number])).status_code == 404
    for name in ("contract", "originals"):
        assert client.get(reverse(f"contracts:{name}", args=[cases.referral.number])).status_code == 404
    assert client.get(reverse("contracts:step", args=[cases.referral.number, "issue"])).status_code == 404
    step = reverse("referrals:referral_step", args=[cases.assessment.number, "accept"])
    assert client.get(step).status_code == 404

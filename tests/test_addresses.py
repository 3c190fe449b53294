"""Every address of the house, and how it answers each role. An address that stands in no row fails."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from bostad.organisation.scope import Scope
from bostad.people.models import Person
from tests.pages import Place, a_place, client_of, people_of
from tests.referrals import test_addresses as referral_addresses
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

ROLES = [
    "administrator", "manager", "caseworker", "provider", "other_provider", "property_officer", "coordinator",
    "other_department", "caseworker_elsewhere", "department_administrator", "log_reviewer", "landlord", "outsider",
]  # fmt: skip

# How GET answers: ok, no (403: seen but forbidden), – (404: unseen), post (405: only POST).
# In the order of ROLES: VOF's administrator, manager, caseworker; the provider, another provider; FF, SOF's coordinator,
# administrator and caseworker; VOF's department administrator and log reviewer; a landlord, a person without a role.
EVERYBODY = "ok ok ok ok ok ok ok ok ok ok ok ok ok"
POST_ONLY = "post post post post post post post post post post post post post"
WHO_READS = "ok ok ok ok – – – – – – – – –"
OWNER = "ok ok ok no – – – – – – – – –"
OFFICES = "ok no no no no ok ok ok no no no no no"
MATRIX = {
    "overview:my_work": EVERYBODY,
    "overview:assign": POST_ONLY,
    "overview:search": EVERYBODY,
    "overview:person": "ok ok ok – – – – – – – – – –",
    "overview:change_person": "ok ok ok – – – – – – – – – –",
    "overview:dwellings": EVERYBODY,
    "overview:dwelling": "ok ok ok ok – – – – – ok ok – –",
    "overview:owners": "ok ok no no no ok ok ok no no no no no",
    "overview:owner": "ok ok no no no ok ok ok no no no no no",
    "overview:routines": EVERYBODY,
    "overview:rule": EVERYBODY,
    "overview:routine": EVERYBODY,
    "overview:log_review": "no no no no no no no no no no ok no no",
    "overview:accessibility": EVERYBODY,
    "overview:help": EVERYBODY,
    "overview:demo_day": "– – – – – – – – – – – – –",
    "organisation:sign_in": "home home home home home home home home home home home home home",
    "organisation:demo_sign_in": POST_ONLY,
    "organisation:sign_out": POST_ONLY,
    "casework:journal": OWNER,
    "casework:deadlines": WHO_READS,
    "casework:consents": OWNER,
    "casework:revoke_consent": POST_ONLY,
    "casework:log": OWNER,
    "casework:hand_over": "ok ok no no – – – – – – – – –",
    "documents:documents": WHO_READS,
    "documents:file": WHO_READS,
    "documents:void": OWNER,
    "documents:make_again": POST_ONLY,
    "documents:print_queue": "ok ok no no no ok ok ok no no no no no",
    "documents:print_chosen": POST_ONLY,
    "documents:post_chosen": POST_ONLY,
    "documents:batch": "ok ok no no no – – – no no no no no",
    "documents:batch_csv": "ok ok no no no – – – no no no no no",
    "documents:strike": "home home no no no – – – no no no no no",  # the letter is posted: back to the queue
    "documents:print_again": "home home no no no – – – no no no no no",
    "documents:batch_file": "ok ok no no no – – – no no no no no",
    "contracts:contracts": EVERYBODY,
    "contracts:export_csv": EVERYBODY,
    "contracts:export_xlsx": EVERYBODY,
    "contracts:register": "no no no ok ok ok ok no no no no no no",
    "contracts:contract": WHO_READS,
    "contracts:reveal_address": POST_ONLY,
    "contracts:originals": WHO_READS,
    "contracts:step": WHO_READS,
    "contracts:orders": "ok ok ok no no ok ok ok ok no no no no",
    "contracts:receive": OFFICES,
    "contracts:chase": OFFICES,
    "contracts:remind_all": POST_ONLY,
    "contracts:archive": OFFICES,
    "admin_sign_in": "no no no no no no no no no no no no no",
}
WORDS = {"ok": 200, "home": 302, "no": 403, "–": 404, "post": 405}

OPEN_TO_ALL = {"overview:accessibility", "overview:help", "organisation:sign_in"}
POSTS = {name for name, row in MATRIX.items() if row == POST_ONLY}
READS_AND_WRITES = {
    "overview:search", "overview:demo_day", "organisation:sign_in", "casework:journal", "casework:consents",
    "casework:hand_over", "documents:documents", "documents:file", "documents:void", "documents:strike",
    "documents:print_again", "contracts:register", "contracts:step", "contracts:receive", "admin_sign_in",
    "contracts:contracts", "overview:dwellings", "overview:owner", "overview:change_person",
}  # fmt: skip


def every_name(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_name(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}"


def differences(found: dict[str, int], expected: dict[str, int]) -> dict[str, tuple[int, int]]:
    """What answers otherwise than it should: (the answer, what it should be)."""
    return {name: (found[name], expected[name]) for name in expected if found[name] != expected[name]}


OURS = sorted(name for name in every_name() if not name.startswith("admin:"))
ADMINISTRATION = sorted({name for name in every_name() if name.startswith("admin:")})


@pytest.fixture
def place(town: Town) -> Place:
    return a_place(town)


@pytest.fixture
def people(town: Town) -> dict[str, Scope]:
    return people_of(town)


def test_every_address_stands_in_the_matrix():
    assert set(OURS) == set(MATRIX) | set(referral_addresses.MATRIX)


@pytest.mark.rule("R-0-3")
@pytest.mark.parametrize("role", ROLES)
def test_an_address_answers_a_role_as_the_matrix_says(place: Place, people: dict[str, Scope], role: str):
    column = ROLES.index(role)
    expected = {name: WORDS[row.split()[column]] for name, row in MATRIX.items()}
    client = client_of(people[role])
    found = {name: client.get(place.address(name)).status_code for name in MATRIX}
    assert differences(found, expected) == {}


def test_a_stranger_is_sent_to_the_sign_in_from_everywhere_else(place: Place, client: Client):
    for name in MATRIX:
        response = client.post(place.address(name)) if name in POSTS else client.get(place.address(name))
        if name in OPEN_TO_ALL:
            assert response.status_code == 200, name
        elif name == "organisation:demo_sign_in":
            assert response.status_code == 404
        elif name == "organisation:sign_out":
            assert response.status_code == 302
        else:
            assert response.status_code == 302, name
            assert response["Location"].startswith(reverse("organisation:sign_in")), name


def test_the_demos_own_addresses_exist_only_in_the_demo(place: Place, people, client: Client, settings):
    day, pick = reverse("overview:demo_day"), reverse("organisation:demo_sign_in")
    somebody = client_of(people["administrator"])
    assert [somebody.get(day).status_code, somebody.post(day, {"day": "2026-11-01"}).status_code] == [404, 404]
    assert client.post(pick, {"person": "gun-britt"}).status_code == 404
    assert "_auth_user_id" not in client.session
    settings.DEMO = True
    assert somebody.get(day).status_code == 200
    assert client.post(pick, {"person": "gun-britt"}).status_code == 302
    assert client.session["_auth_user_id"] == str(people["administrator"].staff_id)


def test_the_demos_sign_in_leads_to_no_other_site(people, client: Client, settings):
    settings.DEMO = True
    away = client.post(reverse("organisation:demo_sign_in"), {"person": "gun-britt", "next": "https://annan.example/"})
    assert away["Location"] == reverse("overview:my_work")


def test_what_only_reads_refuses_to_be_posted_to(place: Place, people: dict[str, Scope]):
    client = client_of(people["administrator"])
    for name in set(MATRIX) - POSTS - READS_AND_WRITES:
        assert client.post(place.address(name)).status_code == 405, name


def test_nothing_is_posted_without_a_token_of_our_own_page(place: Place, people: dict[str, Scope]):
    client = client_of(people["administrator"], enforce_csrf_checks=True)
    for name in POSTS | READS_AND_WRITES:
        response = client.post(place.address(name), {"q": "Nyberg"})
        assert response.status_code == 403, name
        assert b"CSRF" in response.content or response.templates, name
    place.consent.refresh_from_db()
    assert place.consent.revoked_on is None


# --- what a role may write ---------------------------------------------------------------------------------------------

# 302: taken, or refused with a message on the page it came from; no and – as above; "again": the form with its errors.
POSTED = {
    "casework:journal": "again again again no – – – – – – – – –",
    "casework:consents": "again again again no – – – – – – – – –",
    "casework:hand_over": "again again no no – – – – – – – – –",
    "casework:revoke_consent": "done done done no – – – – – – – – –",
    "documents:documents": "again again again again – – – – – – – – –",
    "documents:file": "again again again again – – – – – – – – –",  # the file itself: the case is not restricted
    "documents:void": "again again again no – – – – – – – – –",
    "documents:make_again": "done done done no – – – – – – – – –",  # with a message: the file is there
    "documents:print_chosen": "done done no no no done done done no no no no no",
    "documents:post_chosen": "again again no no no again again again no no no no no",
    "documents:strike": "done done no no no – – – no no no no no",
    "documents:print_again": "done done no no no – – – no no no no no",
    "contracts:reveal_address": "done done done done – – – – – – – – –",
    "contracts:step": "again late late late – – – – – – – – –",
    "contracts:register": "no no no again again again again no no no no no no",
    "overview:owner": "no no no no no again again no no no no no no",
    "overview:change_person": "again again again – – – – – – – – – –",
    "contracts:receive": "again no no no no again again again no no no no no",
    "contracts:remind_all": "done no no no no done done done no no no no no",
    "overview:assign": "done done done done done done done done done done done done done",
}
ANSWERS = WORDS | {"again": 200, "done": 302, "late": 409}


@pytest.mark.rule("R-0-3")
@pytest.mark.parametrize("role", ROLES)
def test_an_empty_post_is_answered_by_who_may_write(place: Place, people: dict[str, Scope], role: str):
    column = ROLES.index(role)
    client = client_of(people[role])
    found = {name: client.post(place.address(name)).status_code for name in POSTED}
    expected = {name: ANSWERS[row.split()[column]] for name, row in POSTED.items()}
    assert differences(found, expected) == {}


def test_every_address_that_writes_stands_among_the_posted():
    of_their_own = {"organisation:demo_sign_in", "organisation:sign_out"}
    no_case = {"overview:search", "overview:demo_day", "organisation:sign_in", "admin_sign_in"}
    no_case |= {"contracts:contracts", "overview:dwellings"}  # their filter is posted
    assert (POSTS | READS_AND_WRITES) - of_their_own - no_case == set(POSTED)


# --- administration ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [r for r in ROLES if r != "department_administrator"])
def test_the_administration_is_closed_to_who_is_no_administrator(people: dict[str, Scope], role: str):
    client = client_of(people[role])
    for name in ("admin:index", "admin:organisation_staff_changelist", "admin:housing_dwelling_changelist"):
        response = client.get(reverse(name), follow=True)
        assert response.status_code == 403, name


def test_the_administration_knows_no_person_and_no_case(people: dict[str, Scope]):
    """Not even for a department administrator: what a routine allows is done on the case's own page."""
    models = {name.split(":")[1].rsplit("_", 1)[0] for name in ADMINISTRATION if name.endswith("_changelist")}
    told = ("people_", "casework_", "contracts_", "audit_", "documents_letter", "documents_document", "documents_or")
    assert models
    assert not [model for model in models if model.startswith(told)]


def test_an_administrators_list_of_people_holds_their_own_department_only(people: dict[str, Scope], town: Town):
    page = client_of(people["department_administrator"]).get(reverse("admin:organisation_staff_changelist"))
    assert page.status_code == 200
    assert "gun-britt" in page.content.decode()
    assert "elsa" not in page.content.decode()


def test_a_signed_in_person_without_a_role_sees_no_case(place: Place, people: dict[str, Scope]):
    client = client_of(people["outsider"])
    names = Person.objects.values_list("last_name", flat=True)
    for name in ("overview:my_work", "contracts:contracts", "overview:dwellings"):
        text = client.get(reverse(name)).content.decode()
        assert place.contract.number not in text
        assert not [last for last in names if last in text]

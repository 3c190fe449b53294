"""Who sees what, by every address: other providers, other departments, protected identity, numbers, the read log."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from bostad import dates
from bostad.audit.models import ReadLog
from bostad.casework import protection
from bostad.casework.models import Deadline, StepLog
from bostad.documents.models import Document, Letter
from bostad.housing.models import Occupancy
from bostad.organisation.models import Staff
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from bostad.people.models import Household, HouseholdMember, Person, Protection
from contracts.models import Contract
from contracts.services import issuing, ordering
from tests import making, remembering
from tests.factories import PersonFactory, StaffFactory, a_personnummer
from tests.pages import DAY, PDF, Place, a_contract_of, a_place, client_of, people_of, text_of
from tests.test_addresses import MATRIX, POSTS
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

NAME = "Silvermåne"
STREET = "Hemliga stigen 41"
NUMBER = a_personnummer(19_999)
READABLE = sorted(set(MATRIX) - POSTS - {"overview:demo_day", "organisation:sign_in", "admin_sign_in"})
LISTS = [
    "overview:my_work", "overview:dwellings", "contracts:contracts", "contracts:export_csv", "contracts:export_xlsx",
    "contracts:orders", "contracts:chase", "contracts:archive", "documents:print_queue",
]  # fmt: skip


def tenant(**changes: str) -> making.TenantInput:
    return making.TenantInput(**{"first_name": "Harald", "last_name": NAME, "personnummer": NUMBER} | changes)


def place_of(town: Town, until: str = "dispatched", **wishes) -> Place:
    dwelling = making.a_dwelling(town, street=STREET, designation="HEM-0041")
    return a_place(town, a_contract_of(town, tenant(), until, dwelling=dwelling, **wishes))


@pytest.fixture
def place(town: Town) -> Place:
    return place_of(town)


@pytest.fixture
def hidden(town: Town) -> Place:
    """A tenant with protected identity. The provider that said so, the managers and Gun-Britt may open the case."""
    return place_of(town, protected=True)


@pytest.fixture
def people(town: Town) -> dict[str, Scope]:
    return people_of(town)


@pytest.fixture
def colleague(town: Town) -> Scope:
    """Gun-Britt's colleague with the same role, whom nobody has named."""
    roles = [(Role.CONTRACT_ADMINISTRATOR, town.vof), (Role.CASEWORKER, town.vof)]
    return scope_for(StaffFactory(username="kollega", unit=town.debiteringen, roles=roles), DAY)


def all_that_is_seen(client: Client, place: Place, names: list[str] = READABLE) -> dict[str, str]:
    seen = {}
    for name in names:
        response = client.get(place.address(name))
        seen[name] = text_of(response) if response.status_code == 200 else ""
    return seen


def searched(client: Client, typed: str) -> str:
    response = client.post(reverse("overview:search"), {"q": typed}, follow=True)
    assert response.status_code == 200
    return text_of(response).replace(f'value="{typed}"', "")


def told(texts: Mapping[str, str], *words: str) -> list[tuple[str, str]]:
    return [(name, word) for name, text in texts.items() for word in words if word in text]


# --- others ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-3")
@pytest.mark.parametrize(
    "role",
    ["other_provider", "property_officer", "coordinator", "other_department", "caseworker_elsewhere", "landlord",
     "department_administrator", "outsider"],
)  # fmt: skip
def test_who_has_no_part_in_a_contract_sees_nothing_of_it_by_any_address(place: Place, people, role: str):
    client = client_of(people[role])
    assert told(all_that_is_seen(client, place), place.contract.number, NAME, NUMBER[2:8], place.sheet.code) == []
    for typed in (place.contract.number, NAME, NUMBER, place.sheet.code):
        found = searched(client, typed)
        assert "Inget som du får läsa passar sökningen." in found, typed
        assert f"/kontrakt/{place.contract.number}/" not in found
    routine = reverse("overview:routine", args=["contract"])
    assert client.get(routine, {"arende": place.contract.number}).status_code == 404
    assert client.get(reverse("documents:file", args=[place.received.pk])).status_code == 404


@pytest.mark.rule("R-0-3")
def test_unseen_is_not_told_from_nonexistent(place: Place, people):
    client = client_of(people["other_provider"])
    there = client.get(place.address("contracts:contract"))
    nowhere = client.get(reverse("contracts:contract", args=["K-2026-999999"]))
    assert there.status_code == nowhere.status_code == 404
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
    assert token.sub("", text_of(there)) == token.sub("", text_of(nowhere))


@pytest.mark.rule("R-0-3")
def test_no_step_of_a_contract_is_found_by_another_provider(place: Place, people):
    client = client_of(people["other_provider"])
    for step in ("acknowledge_receipt", "edit", "order_contract", "give_notice", "receive_sheet"):
        address = reverse("contracts:step", args=[place.contract.number, step])
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404], step


def test_another_departments_office_cannot_file_a_sheet_by_its_code(place: Place, people):
    client = client_of(people["property_officer"])
    page = text_of(client.post(reverse("contracts:receive"), {"code": place.sheet.code, "shelf": "A1"}))
    unknown = text_of(client.post(reverse("contracts:receive"), {"code": "K-2026-999999-A", "shelf": "A1"}))
    assert "Inget blad har den koden." in page
    assert "Inget blad har den koden." in unknown
    place.sheet.refresh_from_db()
    assert place.sheet.shelf == ""


def test_a_log_reviewer_sees_that_a_case_was_read_and_not_whom_it_concerns(place: Place, people):
    client_of(people["administrator"]).get(place.address("contracts:contract"))
    seen = all_that_is_seen(client_of(people["log_reviewer"]), place)
    assert place.contract.number in seen["overview:log_review"]
    assert told(seen, NAME, NUMBER[2:8]) == []
    del seen["overview:log_review"]
    assert told(seen, place.contract.number) == []


def test_a_log_reviewer_sees_the_readings_of_the_own_organisation_only(place: Place, people, town: Town):
    roles = [(Role.LOG_REVIEWER, town.ff)]
    of_ff = scope_for(StaffFactory(username="ffgranskare", roles=roles), DAY)
    client_of(people["administrator"]).get(place.address("contracts:contract"))
    assert place.contract.number not in text_of(client_of(of_ff).get(reverse("overview:log_review")))


@pytest.mark.rule("R-0-3")
def test_a_provider_sees_its_contract_without_what_the_department_keeps_for_itself(place: Place, people, town: Town):
    issuing.notify_owner(place.contract.pk, by=town.administrator, today=DAY)
    making.the_worker(DAY)
    client = client_of(people["provider"])
    seen = all_that_is_seen(client, place)
    assert NAME in seen["contracts:contract"]
    assert told(seen, "Anteckning som bara förvaltningen läser", "Vårdcentralen Lind", "Intyg från läkare") == []
    assert "Underrättelse" not in seen["documents:documents"]
    notice = Document.objects.get(case=place.contract.pk, kind="owner_notice")
    assert client.get(reverse("documents:file", args=[notice.pk])).status_code == 404
    assert client.get(reverse("documents:file", args=[place.received.pk])).status_code == 404
    for tab in ("journal", "consents", "log", "hand_over"):
        assert place.address(f"casework:{tab}") not in seen["contracts:contract"], tab
    assert client_of(people["administrator"]).get(reverse("documents:file", args=[notice.pk])).status_code == 200


def test_a_provider_sees_again_what_it_sent_in_itself(place: Place, people):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(people["provider"])
    upload = SimpleUploadedFile("fullmakt.pdf", PDF, "application/pdf")
    sent = client.post(
        place.address("documents:documents"), {"title": "Fullmakt för sonen", "on": str(DAY), "file": upload}
    )
    assert sent.status_code == 302
    document = Document.objects.get(title="Fullmakt för sonen")
    assert "Fullmakt för sonen" in text_of(client.get(place.address("documents:documents")))
    assert client.get(reverse("documents:file", args=[document.pk])).status_code == 200
    assert "Fullmakt för sonen" in text_of(client_of(people["administrator"]).get(place.address("documents:documents")))


def test_work_given_to_someone_who_lost_the_role_opens_nothing(place: Place, people):
    """To be employed at a unit, or to have had a case once, is no right to read."""
    Deadline.objects.filter(case=place.contract.pk).update(assignee=people["outsider"].staff_id)
    assert place.contract.number not in text_of(client_of(people["outsider"]).get(reverse("overview:my_work")))
    Deadline.objects.filter(case=place.contract.pk).update(assignee=None)
    administrator_of_people = client_of(people["department_administrator"]).get(reverse("overview:my_work"))
    assert place.contract.number not in text_of(administrator_of_people)


# --- protected identity ----------------------------------------------------------------------------------------------


def test_a_protected_case_does_not_exist_for_who_is_not_named(hidden: Place, colleague: Scope, people):
    """Neither in lists, counts, exports, print queue, posting list, archive, my work, dwelling page nor search."""
    number = hidden.contract.number
    for scope in (colleague, people["caseworker"]):
        client = client_of(scope)
        assert client.get(hidden.address("contracts:contract")).status_code == 404
        assert told(all_that_is_seen(client, hidden), number, NAME, NUMBER[2:8], hidden.sheet.code) == []
        assert "0 kontrakt passar filtret" in text_of(client.get(reverse("contracts:contracts")))
        for typed in (number, NAME, f"Harald {NAME}", NUMBER, hidden.sheet.code):
            assert "Inget som du får läsa passar sökningen." in searched(client, typed), typed
        assert number not in searched(client, STREET)
        filtered = client.post(reverse("contracts:contracts"), {"q": number}, follow=True)
        assert "0 kontrakt passar filtret" in text_of(filtered)
    assert client_of(colleague).get(hidden.address("documents:batch")).status_code == 404
    assert client_of(colleague).get(hidden.address("documents:batch_file")).status_code == 404
    assert client_of(colleague).get(hidden.address("documents:file")).status_code == 404


def test_a_protected_case_is_in_no_queue_of_orders_and_no_count_of_it(town: Town, colleague: Scope):
    ordered = a_contract_of(town, tenant(), "ordered", protected=True)
    making.a_contract(town, "ordered")
    client = client_of(colleague)
    page = client.get(reverse("contracts:orders"))
    assert ordered.number not in text_of(page)
    assert [item.count for item in page.context["shell"].nav if item.label == "Beställningar"] == [1]
    own = client_of(town.administrator).get(reverse("contracts:orders"))
    assert ordered.number in text_of(own)
    assert [item.count for item in own.context["shell"].nav if item.label == "Beställningar"] == [2]


def test_a_protected_case_that_is_late_or_archived_is_told_to_no_other(town: Town, colleague: Scope):
    contract = a_contract_of(town, tenant(), "active", protected=True)
    late = a_contract_of(town, tenant(personnummer=a_personnummer(19_998)), "sent_back", protected=True)
    Deadline.objects.filter(case=late.pk).update(due_on=date(2026, 10, 1))
    for name in ("contracts:archive", "contracts:chase", "overview:my_work", "documents:print_queue"):
        theirs, ours = (text_of(client_of(who).get(reverse(name))) for who in (colleague, town.administrator))
        assert contract.number not in theirs, name
        assert late.number not in theirs, name
        assert NAME not in ours, name
    assert contract.number in text_of(client_of(town.administrator).get(reverse("contracts:archive")))
    assert late.number in text_of(client_of(town.administrator).get(reverse("contracts:chase")))


def test_what_was_opened_lately_forgets_a_case_that_has_become_protected(place: Place, people):
    client = client_of(people["caseworker"])
    client.get(place.address("contracts:contract"))
    assert place.contract.number in text_of(client.get(reverse("overview:help")))
    protection.restrict(Contract.objects.get(pk=place.contract.pk), {people["administrator"].staff_id})
    assert place.contract.number not in text_of(client.get(reverse("overview:help")))


def test_a_colleague_who_is_not_named_cannot_post_letters_of_a_protected_case(hidden: Place, colleague: Scope):
    Letter.objects.filter(pk=hidden.letter.pk)
    client = client_of(colleague)
    client.post(reverse("documents:print_chosen"), {"rad": [hidden.letter.pk]})
    client.post(reverse("documents:post_chosen"), {"rad": [hidden.letter.pk], "on": str(DAY)})
    before = hidden.letter.state, hidden.letter.batch_id, hidden.letter.posted_on
    hidden.letter.refresh_from_db()
    assert (hidden.letter.state, hidden.letter.batch_id, hidden.letter.posted_on) == before


@pytest.mark.parametrize("role", ["administrator", "manager", "provider"])
def test_a_protected_address_stands_on_no_page_of_the_named_until_it_is_asked_for(hidden: Place, people, role: str):
    """Files are another thing: paper must say where somebody lives, and every opening is logged."""
    client = client_of(people[role])
    names = [n for n in READABLE if n not in ("overview:dwelling", "overview:dwellings", "overview:owner", "documents:file",
                                              "documents:batch_file", "contracts:register")]  # fmt: skip
    seen = all_that_is_seen(client, hidden, names)
    assert NAME in seen["contracts:contract"]
    assert told(seen, STREET, "HEM-0041", hidden.address("overview:dwelling")) == []
    assert told({name: seen[name] for name in LISTS if name in seen}, NAME) == []
    dwelling = text_of(client.get(hidden.address("overview:dwelling"))).partition("<main")[2]
    assert told({"dwelling": dwelling}, hidden.contract.number, NAME) == []
    assert "HEM-0041" in dwelling
    assert NAME not in searched(client, STREET).partition("<main")[2]


@pytest.mark.parametrize("role", ["colleague", "caseworker", "administrator"])
def test_a_dwelling_tells_that_an_unseen_tenancy_holds_it_and_not_since_when(
    hidden: Place, people, colleague: Scope, role: str
):
    client = client_of((people | {"colleague": colleague})[role])
    main = text_of(client.get(hidden.address("overview:dwelling"))).partition("<main")[2]
    assert "Bostaden är upptagen. Du får inte läsa av vem." in main
    assert told({role: main}, dates.short_day(hidden.contract.move_in_on)) == []


def test_a_dwelling_tells_the_last_day_of_an_unseen_tenancy_and_nothing_of_one_that_is_over(
    hidden: Place, colleague: Scope
):
    def main() -> str:
        return text_of(client_of(colleague).get(hidden.address("overview:dwelling"))).partition("<main")[2]

    occupancies = Occupancy.objects.filter(pk=hidden.contract.occupancy_id)
    occupancies.update(to_on=date(2026, 12, 31))
    assert "Bostaden är upptagen till och med 31 dec 2026. Du får inte läsa av vem." in main()
    occupancies.update(to_on=date(2026, 10, 19))
    assert "Du får inte läsa av vem" not in main()
    assert told({"over": main()}, "15 okt", "19 okt") == []


def test_a_protected_name_stands_in_no_title_of_a_page(hidden: Place, people):
    """A title is read over a shoulder, and stays in the browser's history."""
    for role in ("administrator", "manager", "provider"):
        seen = all_that_is_seen(client_of(people[role]), hidden)
        titles = {name: " ".join(re.findall("<title>.*?</title>", text, re.DOTALL)) for name, text in seen.items()}
        assert told(titles, NAME) == [], role
        assert "Skyddade uppgifter" in titles["contracts:contract"], role
    seen = text_of(client_of(people["manager"]).get(hidden.address("overview:person")))
    assert "<title>Skyddade uppgifter" in seen
    assert NAME in seen


def test_a_correction_of_a_protected_registration_does_not_show_the_address(town: Town):
    dwelling = making.a_dwelling(town, street=STREET, designation="HEM-0041")
    contract = a_contract_of(town, tenant(), "registered", protected=True, dwelling=dwelling)
    page = client_of(town.provider).get(reverse("contracts:step", args=[contract.number, "edit"]))
    assert page.status_code == 200
    assert "Samma bostad som förut, adressen är skyddad" in text_of(page)
    assert told({"edit": text_of(page)}, STREET, "HEM-0041") == []


def test_a_protected_address_is_shown_once_for_a_reason_that_is_logged(hidden: Place, people):
    client = client_of(people["administrator"])
    refused = client.post(hidden.address("contracts:reveal_address"), {"reason": "  "}, follow=True)
    assert "Skriv varför adressen behöver visas." in text_of(refused)
    assert STREET not in text_of(refused)
    before = ReadLog.objects.count()
    shown = client.post(hidden.address("contracts:reveal_address"), {"reason": "Nycklar ska lämnas"})
    assert STREET in text_of(shown)
    (row,) = ReadLog.objects.order_by("id")[before:]
    assert row.why == "Skyddad adress: Nycklar ska lämnas"
    assert (row.case_ids, row.person_ids) == ([hidden.contract.pk], [hidden.person_id])
    assert STREET not in text_of(client.get(hidden.address("contracts:contract")))


@pytest.mark.rule("R-0-3")
def test_a_protected_childs_flag_protects_the_contract_of_the_household(town: Town, people):
    adult = PersonFactory(first_name="Harald", last_name=NAME, personnummer=NUMBER)
    child = PersonFactory(personnummer=None, protection=Protection.CONFIDENTIAL)
    household = Household.objects.create()
    since = date(2020, 1, 1)
    HouseholdMember.objects.create(household=household, person=adult, role="adult", from_on=since)
    HouseholdMember.objects.create(
        household=household, person=child, role="child", child_housing="permanent", from_on=since
    )
    contract = a_contract_of(town, tenant(), "registered")
    assert contract.is_restricted
    assert not contract.declared_protected
    address = reverse("contracts:contract", args=[contract.number])
    assert client_of(people["caseworker"]).get(address).status_code == 404
    own = client_of(town.manager).get(address)
    assert "Adressen är skyddad" in text_of(own)
    assert contract.dwelling.street not in text_of(own)
    # the provider, which did not know of the child, is not told of it
    provider = client_of(town.provider)
    for page in (address, reverse("overview:my_work"), reverse("contracts:contracts")):
        assert "kyddad" not in text_of(provider.get(page)), page
        assert NAME in text_of(provider.get(page)), page


def test_a_person_with_a_protected_child_has_no_address_on_the_persons_page(place: Place, town: Town):
    member = HouseholdMember.objects.get(person=place.person_id)
    Person.objects.filter(pk=place.person_id).update(street=STREET, postal_code="59099", city="Ekstad")
    client = client_of(town.administrator)
    assert STREET in text_of(client.get(place.address("overview:person")))
    child = PersonFactory(personnummer=None, protection=Protection.FICTITIOUS)
    HouseholdMember.objects.create(
        household=member.household, person=child, role="child", child_housing="contact", from_on=date(2026, 1, 1)
    )
    page = text_of(client.get(place.address("overview:person")))
    assert STREET not in page
    assert "Adressen är skyddad" in page


# --- a number fetches no name ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-3")
@pytest.mark.rule("R-0-5")
def test_a_number_with_a_false_name_fetches_no_name_for_the_provider(town: Town):
    PersonFactory(first_name="Gudrun", last_name="Sannfärd", personnummer=NUMBER)
    provider = client_of(town.provider)
    contract = a_contract_of(town, tenant(last_name="Påhittad"), "registered")
    edit = provider.get(reverse("contracts:step", args=[contract.number, "edit"]))
    assert 'value="Påhittad"' in text_of(edit)
    ordering.order(contract.pk, making.an_order(), by=town.provider, today=DAY)
    making.the_worker(DAY)
    place_pages = [
        reverse("contracts:contract", args=[contract.number]),
        reverse("contracts:originals", args=[contract.number]),
        reverse("casework:deadlines", args=[contract.number]),
        reverse("documents:documents", args=[contract.number]),
        reverse("contracts:step", args=[contract.number, "issue"]),
        reverse("contracts:step", args=[contract.number, "recall_order"]),
        *(reverse(name) for name in ("overview:my_work", "contracts:contracts", "contracts:export_csv",
                                     "contracts:export_xlsx", "overview:help")),
        *(reverse("documents:file", args=[d.pk]) for d in contract.documents.all()),
    ]  # fmt: skip
    seen = {page: text_of(provider.get(page)) for page in [reverse("overview:my_work"), *place_pages]}
    seen |= {typed: searched(provider, typed) for typed in (NUMBER, "Sannfärd", "Påhittad", contract.number)}
    seen["edit"] = text_of(edit)
    assert told(seen, "Sannfärd", "Gudrun") == []
    assert not re.search("namn(en|et)? (skiljer|stämmer)", " ".join(seen.values()), re.IGNORECASE)
    assert "Påhittad" in seen[NUMBER]
    assert "Inget som du får läsa passar sökningen." in seen["Sannfärd"]
    assert contract.documents.count() == 1
    assert "Sannfärd" in text_of(client_of(town.administrator).get(place_pages[0]))


# --- personnummer ------------------------------------------------------------------------------------------------------


def numbers_of(text: str) -> list[str]:
    """The tenant's number in any way of writing it."""
    return re.findall(f"(?:{NUMBER[:2]})?{NUMBER[2:8]}[-+]?{NUMBER[8:]}", text)


def test_a_whole_routine_leaves_no_personnummer_in_any_log(town: Town, caplog):
    with caplog.at_level(logging.DEBUG), remembering.anew():
        dwelling = making.a_dwelling(town, street=STREET)
        contract = a_contract_of(town, tenant(), "closed", dwelling=dwelling)
        client = client_of(town.administrator)
        for name in ("contracts:contract", "casework:journal", "casework:log", "documents:documents"):
            assert client.get(reverse(name, args=[contract.number])).status_code == 200
        searched(client, NUMBER)
        searched(client, f"{NUMBER[2:8]}-{NUMBER[8:]}")
    assert caplog.records
    assert not [record for record in caplog.records if numbers_of(f"{record.getMessage()} {record.args}")]
    assert StepLog.objects.filter(case=contract.pk).count() > 15
    assert not [log for log in StepLog.objects.all() if numbers_of(json.dumps([log.inputs, log.conditions]))]
    assert not [log for log in StepLog.objects.all() if NAME in json.dumps(log.inputs, ensure_ascii=False)]
    assert ReadLog.objects.count() == 6
    assert not [row for row in ReadLog.objects.all() if numbers_of(f"{row.page} {row.why}")]
    assert mail.outbox == []


def test_no_address_title_or_redirect_holds_a_personnummer(place: Place, people):
    for role in ("administrator", "provider", "manager"):
        client = client_of(people[role])
        for name, text in all_that_is_seen(client, place).items():
            addresses = re.findall(r'(?:href|action|src)="([^"]*)"|<title>(.*?)</title>', text, re.DOTALL)
            assert not numbers_of(" ".join(" ".join(found) for found in addresses)), name
    assert numbers_of(text_of(client_of(people["administrator"]).get(place.address("contracts:contract"))))
    found = client_of(people["administrator"]).post(reverse("overview:search"), {"q": NUMBER})
    assert not numbers_of(found.get("Location", ""))
    assert not numbers_of(text_of(found))


@pytest.mark.parametrize("name", ["contracts:contracts", "overview:dwellings"])
def test_a_number_typed_into_a_filter_is_kept_nowhere(place: Place, people, name: str):
    client = client_of(people["administrator"])
    text = text_of(client.post(reverse(name), {"q": f"{NUMBER[:8]}-{NUMBER[8:]}"}))
    assert "Personnummer får inte stå i ett filter." in text
    assert place.contract.number not in re.sub(r"Senast öppnade.*", "", text, flags=re.DOTALL)
    assert numbers_of(text) == []
    assert numbers_of(str(dict(client.session))) == []


def test_a_registration_by_the_page_redirects_to_the_contracts_number(town: Town):
    dwelling = making.a_dwelling(town)
    typed = {
        "housing_form": "care_dementia", "dwelling": dwelling.pk, "move_in_on": "2026-11-01",
        "contract_on": "2026-11-01", "first_name": "Harald", "last_name": NAME, "personnummer": NUMBER,
        "is_protected": "nej", "decision_number": "B-1", "decided_on": "2026-09-11", "legal_basis": "11 kap. 1 § SoL",
    }  # fmt: skip
    response = client_of(town.provider).post(reverse("contracts:register"), typed)
    assert response.status_code == 302, text_of(response)
    assert response["Location"] == reverse("contracts:contract", args=[Contract.objects.get().number])


# --- the read log ------------------------------------------------------------------------------------------------------

CASE, NOTHING = "case", ""
READINGS = {
    "overview:my_work": CASE,
    "overview:person": CASE,
    "overview:change_person": CASE,
    "overview:dwellings": NOTHING,
    "overview:dwelling": CASE,
    "overview:owners": NOTHING,
    "overview:owner": NOTHING,
    "overview:search": NOTHING,
    "overview:routines": NOTHING,
    "overview:routine": NOTHING,
    "overview:rule": NOTHING,
    "overview:log_review": NOTHING,
    "overview:accessibility": NOTHING,
    "overview:help": NOTHING,
    "casework:journal": CASE,
    "casework:deadlines": CASE,
    "casework:consents": CASE,
    "casework:log": CASE,
    "casework:hand_over": CASE,
    "documents:documents": CASE,
    "documents:file": CASE,
    "documents:void": CASE,
    "documents:strike": NOTHING,
    "documents:print_again": NOTHING,
    "documents:batch_csv": CASE,
    "documents:print_queue": NOTHING,  # its letter is posted
    "documents:batch": CASE,
    "documents:batch_file": CASE,
    "contracts:contracts": CASE,
    "contracts:export_csv": CASE,
    "contracts:export_xlsx": CASE,
    "contracts:register": NOTHING,
    "contracts:contract": CASE,
    "contracts:originals": CASE,
    "contracts:step": CASE,
    "contracts:orders": NOTHING,  # it is issued long ago
    "contracts:receive": NOTHING,
    "contracts:chase": CASE,
    "contracts:archive": NOTHING,  # none of its sheets lies there yet
}


def new_readings(before: int) -> list[ReadLog]:
    return list(ReadLog.objects.order_by("id")[before:])


def test_each_page_that_shows_a_case_or_a_person_is_one_row_of_the_read_log(place: Place, people):
    client = client_of(people["administrator"])
    assert set(READINGS) == set(READABLE)
    for name, expected in READINGS.items():
        before = ReadLog.objects.count()
        client.get(place.address(name))
        rows = [(row.page, row.case_ids, row.person_ids, row.staff_id) for row in new_readings(before)]
        persons = [place.person_id] if expected else []  # whoever is a party of a case that was shown was shown too
        one = [(name, [place.contract.pk], persons, people["administrator"].staff_id)]
        assert rows == (one if expected else []), name


def test_a_list_a_search_a_routine_and_a_filed_sheet_are_readings_too(town: Town, people):
    ordered, archived = making.a_contract(town, "ordered"), making.a_contract(town, "active")
    queued = making.a_contract(town, "issued")
    making.the_worker(DAY)
    client = client_of(people["administrator"])
    visits = {
        "contracts:orders": (client.get(reverse("contracts:orders")), [ordered.pk]),
        "contracts:archive": (client.get(reverse("contracts:archive")), [archived.pk]),
        "documents:print_queue": (client.get(reverse("documents:print_queue")), [queued.pk]),
        "contracts:contracts": (client.get(reverse("contracts:contracts")), [ordered.pk, archived.pk, queued.pk]),
    }
    for name, (_, cases) in visits.items():
        (row,) = ReadLog.objects.filter(page=name)
        assert row.case_ids == sorted(cases), name
    before = ReadLog.objects.count()
    client.get(reverse("overview:routine", args=["contract"]), {"arende": ordered.number})
    name = Person.objects.get(case_parties__case=ordered.pk).last_name
    client.post(reverse("overview:search"), {"q": name})
    routine, search = new_readings(before)
    assert routine.case_ids == [ordered.pk]
    assert ordered.pk in search.case_ids
    assert ordered.parties.get().person_id in search.person_ids
    assert search.why == "Sökning"


def test_what_is_not_found_is_no_reading(place: Place, people):
    before = ReadLog.objects.count()
    all_that_is_seen(client_of(people["other_provider"]), place)
    assert new_readings(before) == []


def test_a_reading_names_the_readers_unit_and_the_case_shows_who_has_read(place: Place, people):
    client_of(people["caseworker"]).get(place.address("contracts:contract"))
    log = text_of(client_of(people["administrator"]).get(place.address("casework:log")))
    reader = Staff.objects.get(pk=people["caseworker"].staff_id)
    assert str(reader) in log
    assert ReadLog.objects.filter(staff=reader).get().unit == reader.unit

"""From a case to its papers: what the services freeze stands in the data, and no more leaves the department than may."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from bostad.casework.models import Case
from bostad.casework.refusals import StepNotTaken, WrongState
from bostad.casework.timeline import timeline
from bostad.documents.models import Document
from bostad.documents.views import documents_for
from bostad.people.models import Person, Representative
from contracts.services import ordering
from referrals import content, paper_parts
from referrals.services import asking, deciding, offering, validity, writing
from referrals.states import DecisionKind, LeaseForm, Support
from tests.making import a_dwelling, a_registration
from tests.pages import client_of
from tests.referrals.making import (
    ACTS,
    DAYS,
    a_booking,
    a_decision_input,
    a_referral,
    an_assessment,
    at,
    consent_of,
    hash_now,
    making_of,
    signatures_of,
)
from tests.referrals.town import Referring, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]

AFTER = date(2026, 10, 15)
STREET = "Björkvägen 12 B"


def paper(case: Case, kind: str) -> Document:
    return Document.objects.filter(case=case.pk, kind=kind).latest("id")


def data_of(case: Case, kind: str) -> dict[str, Any]:
    return paper(case, kind).data


def read_by(case: Case, scope: Any) -> set[str]:
    return set(documents_for(case, scope).values_list("kind", flat=True))


# --- decisions ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-17")
@pytest.mark.rule("R-1-28")
def test_a_grant_tells_the_three_criteria_and_the_individual_assessment_in_words(place):
    document = paper(an_assessment(place, "granted"), "decision")
    assert document.title == f"Beslut {document.data['number']}, bifall"
    assert [row["is_met"] for row in document.data["criteria"]] == [True, True, True]
    texts = [row["text"] for row in document.data["criteria"]]
    assert texts[0].startswith("Kommunens jourlägenhet. Jourlägenhet sedan juni. Den som bor i någon av kommunens egna")
    assert texts[1].startswith("Svårigheter: stora skulder och språkutmaningar. Sökt bostad i andra kommuner: ja,")
    assert texts[2] == "Godkänns inte av fastighetsägare på grund av ekonomin."
    assert document.data["assessment"].startswith("Stöd är skäligt.\nFörmåga att sköta ett boende: klarar ett boende")
    assert document.data["signing"]["delegation"] == "Delegation 2.7"
    assert document.data["appeal"] is None


@pytest.mark.rule("R-1-32")
def test_a_refusal_tells_which_criterion_is_not_met_what_else_was_examined_and_how_to_appeal(place):
    answers = {"housing_now": "own", "exposed_group": "addiction", "needs_interventions": False, "difficulties": []}
    data = data_of(an_assessment(place, "refused", answers=answers), "decision")
    assert [row["is_met"] for row in data["criteria"]] == [False, False, False]
    assert data["criteria"][2]["text"] == "Beroendeproblematik. Behöver inte insatser."
    assert data["other_support"] == "Stödboende är utrett."
    assert data["appeal"]["time"] == "tre veckor"
    assert data["appeal"]["court"].startswith("Förvaltningsrätten")


@pytest.mark.rule("R-1-32")
@pytest.mark.rule("R-1-17")
def test_a_refusal_tells_what_failed_beside_the_three_criteria(place):
    answers = {"has_own_lease": True, "target_group": "young_ready", "is_placed": True, "is_ready_for_own": True,
               "readiness_text": "Redo.", "is_registered_here": False}  # fmt: skip
    data = data_of(an_assessment(place, "refused", answers=answers), "decision")
    failed = {row["heading"]: row["text"] for row in data["others_not_met"]}
    group = "Målgrupp: 18–20 år, placerad och redo för eget boende"
    assert set(failed) == {"Folkbokförd i kommunen", "Inget eget hyreskontrakt", group}
    assert "Målgruppen är unga vuxna, 18–20 år." in failed[group]
    assert failed["Inget eget hyreskontrakt"] == "Du har ett eget hyreskontrakt på den öppna bostadsmarknaden."
    assert not any(row["is_met"] for row in data["others_not_met"])
    assert data_of(an_assessment(place, "granted"), "decision")["others_not_met"] == []


@pytest.mark.rule("R-1-17")
def test_what_was_not_investigated_is_said_and_not_left_out(place):
    answers = {"housing_now": "", "difficulties": [], "searched_elsewhere": None, "searched_second_hand": None,
               "lacks_guarantor": None, "exposed_group": "", "ability": ""}  # fmt: skip
    data = data_of(an_assessment(place, "refused", answers=answers), "decision")
    assert {row["text"] for row in data["criteria"]} == {"Uppgift saknas i utredningen."}
    assert data["assessment"] == "Stöd är skäligt."


@pytest.mark.rule("R-4-8")
@pytest.mark.rule("R-4-14")
@pytest.mark.parametrize(
    ("support", "last"),
    [
        (Support.TRIAL, "Möjlighet att ta över kontraktet"),
        (Support.TRAINING, "Större behov av stöd och tillsyn"),
        (Support.EMERGENCY, "En akut situation och en kort tid"),
    ],
)
def test_a_supported_home_has_the_criteria_of_its_own_guidelines(place, support, last):
    data = data_of(an_assessment(place, "granted", support=support), "decision")
    assert data["criteria"][-1]["heading"] == last
    assert all(row["is_met"] for row in data["criteria"])
    assert data["support"]["code"] == support


@pytest.mark.rule("R-1-11")
def test_a_decision_says_what_is_best_for_the_child(place):
    assert data_of(an_assessment(place, "granted", children=1), "decision")["childs_best"].startswith("En trygg bostad")


@pytest.mark.rule("R-1-35")
def test_an_extension_says_the_new_last_day(place):
    making = making_of(place, "registered")
    old_end = making.referral.valid_to
    validity.begin_extension(making.pk, by=place.caseworker, today=AFTER)
    for section in content.SECTIONS:
        validity.confirm_section(making.pk, section.key, by=place.caseworker, today=AFTER)
    writing.approve(
        making.pk, step="approve_extension", signatures=signatures_of(making.referral), signed_on=AFTER, content_hash=hash_now(making.referral),
        by=place.caseworker, today=AFTER,
    )  # fmt: skip
    validity.extend(making.pk, a_decision_input(), by=place.manager, today=AFTER)
    document = paper(making.referral, "decision")
    assert document.data["kind"] == DecisionKind.EXTENSION
    assert document.data["referral"]["to_on"] == making.referral.valid_to.isoformat() > old_end.isoformat()
    assert data_of(making.referral, "referral")["purpose_label"] == "Genomgången inför förlängning"


@pytest.mark.rule("R-1-52")
@pytest.mark.rule("R-1-53")
def test_the_decision_on_housing_names_the_home_and_its_interventions(place):
    making = making_of(place, "housed")
    data = data_of(making.referral, "decision")
    assert data["home"]["designation"] == making.home.designation
    assert data["interventions"] == ["bostadssekreterare, planering var tredje månad"]


# --- the question of responsibility --------------------------------------------------------------------------------------


def a_lifted_question(place: Referring) -> Case:
    assessment = an_assessment(place, "written")
    consent_of(assessment, by=place.caseworker, given_on=DAYS["written"])
    question = asking.ask(
        assessment.pk, departments=[place.sof], text="Vem ansvarar?", by=place.caseworker, today=DAYS["written"]
    )
    asking.answer(
        question.pk, organisation=place.sof, position="not_ours", reason="Inte vår målgrupp.", by=place.sof_caseworker,
        today=DAYS["assessed"],
    )  # fmt: skip
    return asking.lift(question.pk, by=place.caseworker, today=DAYS["granted"])


@pytest.mark.rule("R-1-24")
@pytest.mark.rule("R-1-25")
def test_the_asked_department_reads_the_material_for_the_group_and_nothing_else(place):
    question = a_lifted_question(place)
    consent, material = data_of(question, "dialogue_consent"), data_of(question, "group_material")
    assert consent["departments"] == ["Socialförvaltningen"]
    assert [row["given_on"] for row in consent["consents"]] == [DAYS["written"].isoformat()]
    assert [(row["department"], row["position"]) for row in material["stances"]] == [
        ("Socialförvaltningen", "Vi ansvarar inte")
    ]
    assert read_by(question, place.sof_caseworker) == {"group_material"}
    assert read_by(question, place.caseworker) == {"group_material", "dialogue_consent"}


# --- the referral ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-29")
def test_that_one_home_is_offered_is_told_before_the_referral_is_signed(place):
    data = data_of(a_referral(place, "informed"), "one_offer_information")
    assert (data["informed_on"], data["informed_how"]) == (DAYS["informed"].isoformat(), "vid möte")


@pytest.mark.rule("R-1-30")
@pytest.mark.rule("R-1-31")
@pytest.mark.rule("R-1-38")
def test_the_referral_is_frozen_as_it_was_approved_and_signed(place):
    referral = a_referral(place, "signed", adults=2, lease_form=LeaseForm.GUARANTEE, debts=4000)
    data = data_of(referral, "referral")
    assert [row["heading"] for row in data["sections"]] == [section.label for section in content.CORE]
    assert [row["name"] for row in data["approvals"]] == data["names"]
    assert data["manager"]["name"].startswith("Jonas")
    assert data["content_hash"].replace(" ", "") == referral.versions.get().approved_hash[:16]
    assert data["debt_dialogue"]["with_whom"] == "Nadja Persson"


@pytest.mark.rule("R-1-44")
def test_health_stands_in_the_referral_only_where_something_is_said_of_it(place):
    health = {"health": {"reason": "Använder rollator.", "adaptation": "Inga trösklar"}}
    headings = [row["heading"] for row in data_of(a_referral(place, "signed", sections=health), "referral")["sections"]]
    assert headings[-1] == "Hälsotillstånd"


@pytest.mark.rule("R-1-33")
def test_a_request_for_completion_names_the_sections_in_the_order_of_the_referral(place):
    making = making_of(place, "submitted")
    points = {"economy": writing.Asked("Vilka skulder?", ["debt_total"]), "need": writing.Asked("Hiss?")}
    writing.ask_completion(making.pk, points=points, by=place.officer, today=DAYS["returned"])
    data = data_of(making.referral, "completion_request")
    assert [row["label"] for row in data["points"]] == ["Bostadsbehov", "Ekonomi: skulder"]
    assert data["sender"]["department"] == "Fastighetsförvaltningen"
    assert data["receiver"]["department"] == "Arbetsmarknadsförvaltningen"


@pytest.mark.rule("R-1-37")
def test_the_end_is_told_to_the_property_department_without_its_reasons(place):
    making = making_of(place, "registered")
    why = "Har fått ett eget kontrakt i Västerhamn."
    validity.cease(making.pk, a_decision_input(motivation=why), by=place.manager, today=AFTER)
    notice, decision = paper(making.referral, "cessation_notice"), paper(making.referral, "decision")
    assert notice.data["ended_on"] == AFTER.isoformat()
    assert notice.data["decision"]["number"] == decision.data["number"]
    assert why not in str(notice.data) and why in str(decision.data)
    assert decision.data["appeal"] is not None


def test_a_referral_that_is_taken_back_ends_without_a_decision(place):
    making = making_of(place, "registered")
    validity.withdraw(making.pk, reason="Har ordnat bostad själv.", by=place.caseworker, today=AFTER)
    assert data_of(making.referral, "cessation_notice")["decision"] is None


def test_the_property_department_reads_the_referral_and_what_the_two_write_and_nothing_else(place):
    making = making_of(place, "housed")
    referral = making.referral
    assert read_by(referral, place.officer) == {"referral", "offer", "offer_answer"}
    assert read_by(referral, place.caseworker) == {
        "one_offer_information", "referral", "offer", "offer_answer", "client_information", "decision",
    }  # fmt: skip
    for kind in ("referral", "offer", "offer_answer"):
        numbers = Person.objects.values_list("personnummer", flat=True)
        assert not [
            number for number in numbers if number and number[2:] in str(data_of(referral, kind)).replace("-", "")
        ]


@pytest.mark.usefixtures("on_the_day")
@pytest.mark.rule("R-1-30")
def test_the_paper_that_is_signed_has_the_checksum_of_what_is_then_approved(place):
    making = making_of(place, "draft")
    with pytest.raises(StepNotTaken, match="saknas"):
        writing.print_to_sign(making.pk, by=place.caseworker, today=DAYS["draft"])
    for milestone in ("informed", "filled"):
        ACTS[milestone](making, DAYS[milestone])
    step = reverse("referrals:referral_step", args=[making.referral.number, "print_to_sign"])
    assert client_of(place.caseworker).post(step, {"seen": ""}).status_code == 302
    on_paper = data_of(making.referral, "referral_to_sign")
    assert on_paper["signers"] == [making.referral.parties.get().person.name]
    approving = reverse("referrals:referral_step", args=[making.referral.number, "approve"])
    assert on_paper["content_hash"] in client_of(place.caseworker).get(approving).content.decode()
    for milestone in ("approved", "signed", "submitted"):
        ACTS[milestone](making, DAYS[milestone])
    sent = data_of(making.referral, "referral")
    assert (sent["content_hash"], sent["sections"]) == (on_paper["content_hash"], on_paper["sections"])
    assert read_by(making.referral, place.officer) == {"referral"}
    with pytest.raises(WrongState):
        writing.print_to_sign(making.pk, by=place.caseworker, today=DAYS["submitted"])


@pytest.mark.rule("R-1-29")
def test_a_wrong_day_of_the_information_is_mended_and_the_reason_stays(place):
    making = making_of(place, "filled")
    wrong = {"informed_on": DAYS["granted"], "how": "Besök", "by": place.caseworker, "today": DAYS["filled"]}
    writing.correct_information(making.pk, reason="Fel dag i almanackan.", **wrong)
    assert making.referral.informed_on == DAYS["granted"]
    assert "Fel dag i almanackan." in [entry.text for entry in timeline(making.referral)]
    letters = Document.objects.filter(case=making.pk, kind="one_offer_information").with_what_replaces_it()
    assert [letter.is_replaced for letter in letters.order_by("id")] == [True, False]


@pytest.mark.rule("R-1-49")
def test_the_day_of_an_offer_s_information_is_mended_without_another_letter(place):
    making = making_of(place, "accepted")
    booked = a_booking(DAYS["suitable"])
    asked = {"by": place.caseworker, "today": DAYS["accepted"], "reason": "Informerades redan den 2 oktober."}
    offering.inform_client(making.pk, booked, **asked)
    assert making.referral.offers.get().informed_on == DAYS["suitable"]
    assert Document.objects.filter(case=making.pk, kind="client_information").count() == 1
    assert asked["reason"] in [entry.text for entry in timeline(making.referral)]
    with pytest.raises(StepNotTaken, match="före sitt svar"):
        late = {**asked, "today": DAYS["lease_signed"]}
        offering.inform_client(making.pk, a_booking(DAYS["lease_signed"]), **late)


@pytest.mark.rule("R-1-30")
def test_what_was_signed_and_then_changed_is_never_read_by_the_property_department(place):
    making = making_of(place, "signed")
    first = paper(making.referral, "referral")
    writing.change(making.pk, reason="Fel hyra.", by=place.caseworker, today=DAYS["signed"])
    writing.approve(
        making.pk, signatures=signatures_of(making.referral), signed_on=DAYS["signed"],
        content_hash=hash_now(making.referral), by=place.caseworker, today=DAYS["signed"],
    )  # fmt: skip
    writing.sign(making.pk, by=place.manager, today=DAYS["signed"])
    writing.submit(making.pk, by=place.caseworker, today=DAYS["signed"])
    read = documents_for(making.referral, place.officer)
    assert [document.data["version"] for document in read] == [2]
    assert first in documents_for(making.referral, place.caseworker)


# --- the offer -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-48")
@pytest.mark.rule("R-1-49")
def test_the_home_is_offered_to_the_department_which_tells_the_client(place):
    making = making_of(place, "booked")
    offer, answer = data_of(making.referral, "offer"), data_of(making.referral, "offer_answer")
    assert offer["home"]["rent"] == "8900"
    assert (offer["home"]["size_label"], offer["free_from_on"]) == ("3 rum och kök", "2026-10-15")
    assert answer["is_suitable"] is True
    letter = data_of(making.referral, "client_information")
    assert letter["viewing"] == {"on": "2026-10-07", "time": "10.00"}
    assert letter["lease_signing"] == {"on": "2026-10-12", "time": "13.00"}
    assert letter["lease_with"] == "fastighetsförvaltningen"
    assert letter["lease_desk"]["department"] == place.ff.name
    assert offer["misfits"] == []


@pytest.mark.rule("R-1-49")
def test_booked_again_the_client_gets_the_new_times(place):
    making = making_of(place, "booked")
    booking = a_booking(DAYS["booked"], viewing_at=None, viewing_waived="har sett den", signing_at=at(AFTER))
    offering.inform_client(making.pk, booking, by=place.caseworker, today=DAYS["booked"])
    letter = data_of(making.referral, "client_information")
    assert (letter["viewing"], letter["viewing_waived"]) == (None, "har sett den")
    assert letter["lease_signing"]["on"] == AFTER.isoformat()


@pytest.mark.usefixtures("on_the_day")
@pytest.mark.rule("R-1-49")
def test_a_booking_letter_of_before_is_marked_as_replaced_and_the_new_one_says_so(place):
    making = making_of(place, "booked", adults=2)
    old = set(Document.objects.filter(kind="client_information").values_list("pk", flat=True))
    page = reverse("documents:documents", args=[making.referral.number])
    assert "Ersatt av ett senare brev" not in client_of(place.caseworker).get(page).content.decode()
    again = a_booking(DAYS["accepted"], viewing_at=at(AFTER), signing_at=at(AFTER, 15))
    offering.inform_client(making.pk, again, by=place.caseworker, today=DAYS["accepted"])
    letters = Document.objects.filter(case=making.pk).with_what_replaces_it()
    assert {letter.pk for letter in letters if letter.is_replaced} == old
    for letter in letters.filter(kind="client_information").exclude(pk__in=old):
        assert letter.data["replaces_letter_on"] == DAYS["booked"].isoformat()
    assert "Ersatt av ett senare brev" in client_of(place.caseworker).get(page).content.decode()


@pytest.mark.rule("R-1-45")
def test_the_offer_says_what_of_the_referral_is_not_met(place):
    need = {"rooms_min": 4, "rent_max": 9400, "needs_lift": False}
    making = making_of(place, "registered", sections={"need": need})
    asked = {"dwelling": a_home(place), "free_from": date(2026, 10, 15), "despite": "Inget större väntas."}
    offering.make_offer(making.pk, **asked, by=place.officer, today=DAYS["offered"])
    assert data_of(making.referral, "offer")["misfits"] == ["För liten, behovet är minst 4 rum"]


@pytest.mark.rule("R-1-50")
def test_an_unsuitable_home_is_answered_with_the_reason(place):
    making = making_of(place, "offered")
    offering.find_unsuitable(making.pk, reason="rent", note="För dyr.", by=place.caseworker, today=DAYS["suitable"])
    document = paper(making.referral, "offer_answer")
    assert (document.data["is_suitable"], document.data["reason_label"]) == (False, "Hyran")
    assert document.title.endswith("passar inte")


def test_the_lease_of_a_guarantee_is_signed_with_the_owner(place):
    making = making_of(place, "booked", lease_form=LeaseForm.GUARANTEE)
    assert (
        data_of(making.referral, "client_information")["lease_with"] == f"fastighetsägaren {place.town.landlord.name}"
    )


# --- to whom -------------------------------------------------------------------------------------------------------------


def live_at(**where: str) -> None:
    Person.objects.filter(case_parties__role="applicant").update(postal_code="59097", city="Ekstad", **where)


def test_a_letter_goes_to_the_address_of_the_person(place):
    case = an_assessment(place, "assessed")
    live_at(street=STREET)
    party = case.parties.select_related("person").get()
    deciding.decide(case.pk, "grant", a_decision_input(), by=place.manager, today=DAYS["granted"])
    recipient = data_of(case, "decision")["recipient"]
    assert recipient == {
        "name": party.person.name, "care_of": None,
        "address": {"street": STREET, "postal_code": "590 97", "city": "Ekstad"},
    }  # fmt: skip


def test_who_has_no_address_is_handed_the_letter(place):
    assert data_of(an_assessment(place, "granted"), "decision")["recipient"]["address"] is None


@pytest.mark.rule("R-1-32")
@pytest.mark.rule("R-1-29")
@pytest.mark.rule("R-1-49")
def test_each_adult_gets_a_letter_of_their_own(place):
    making = making_of(place, "housed", adults=2)
    names = {party.person.name for party in making.referral.parties.filter(role="applicant")}
    assert len(names) == 2
    for case, kind in (
        (making.assessment, "decision"), (making.referral, "decision"), (making.referral, "one_offer_information"),
        (making.referral, "client_information"),
    ):  # fmt: skip
        sent = Document.objects.filter(case=case.pk, kind=kind)
        assert sorted(letter.data["recipient"]["name"] for letter in sent) == sorted(names), kind
        assert not [letter.title for letter in sent if any(name in letter.title for name in names)]
    assert making.assessment.decisions.get().document.title.endswith("till vuxen 1")


@pytest.mark.rule("R-1-47")
@pytest.mark.parametrize(
    ("authority", "changes", "goes"),
    [
        ("administrator", {}, True),
        ("trustee", {"to_on": DAYS["granted"]}, True),
        ("trustee", {"to_on": DAYS["assessed"]}, False),
        ("trustee", {"covers_housing": False}, False),
        ("power_of_attorney", {}, True),
    ],
)
def test_a_letter_goes_by_way_of_who_looks_after_the_persons_housing_that_day(place, authority, changes, goes):
    making = making_of(place, "assessed")
    who = {"name": "Birgitta Nyberg", "street": "Storgatan 5", "postal_code": "59099", "city": "Ekstad"}
    given = {"authority": authority, "reference": "Registerutdrag", "from_on": date(2026, 1, 1)}
    person = making.assessment.parties.get().person
    known = Representative.objects.create(person=person, **who, **given | changes)
    making.assessment.parties.update(representative=known)
    ACTS["granted"](making, DAYS["granted"])
    to = data_of(making.assessment, "decision")["recipient"]
    assert (to["care_of"], bool(to["address"])) == (("Birgitta Nyberg", True) if goes else (None, False))


@pytest.mark.rule("R-1-47")
def test_whom_a_provider_or_another_department_names_gets_no_letter_of_this_one(place):
    """Anybody could else type an address for the social services' decisions."""
    making = making_of(place, "assessed")
    adult = making.household.adults[0]
    tenant = replace(
        a_registration(a_dwelling(place.town), represented=True).tenants[0], personnummer=adult.personnummer
    )
    ordering.register(
        a_registration(a_dwelling(place.town), tenants=[tenant]), by=place.town.provider, today=DAYS["assessed"]
    )
    assert making.assessment.parties.get().person.representatives.count() == 1
    ACTS["granted"](making, DAYS["granted"])
    assert data_of(making.assessment, "decision")["recipient"]["care_of"] is None


def test_no_paper_of_a_protected_household_bears_an_address(place):
    making = making_of(place, "assessed", protected=True)
    live_at(street=STREET)
    for milestone in ("granted", "draft", "informed", "filled", "approved", "signed", "submitted"):
        ACTS[milestone](making, DAYS[milestone])
    frozen = Document.objects.filter(case__in=[making.assessment_pk, making.pk])
    assert {document.kind for document in frozen} == {"decision", "one_offer_information", "referral"}
    assert not [document.kind for document in frozen if STREET in str(document.data)]
    assert paper_parts.home(a_home(place), making.referral)["address"] is None

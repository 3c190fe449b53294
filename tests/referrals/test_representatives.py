"""Who acts for an adult of the household: recorded, named in the referral, written to, and no longer when it ends (R-1-47)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from bostad.casework.models import Case, CaseParty, StepLog
from bostad.casework.refusals import NotYours, Refused, StepNotTaken
from bostad.documents.models import Document
from bostad.people.models import Authority, Representative
from bostad.people.representing import RepresentativeInput
from contracts.services import ordering
from contracts.services.from_offer import write_contract
from referrals import content_words, representatives
from referrals.loading.referral import load
from referrals.models import Assessment, Referral
from referrals.services import household, offering, validity, writing
from referrals.services.people import copy_household
from referrals.services.writing import SignatureInput
from tests.making import a_dwelling, a_registration
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.test_one_home import an_intake
from tests.referrals.town import Referring
from tests.town import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files"), pytest.mark.rule("R-1-47")]

PER = RepresentativeInput(
    "Per Alm", Authority.ADMINISTRATOR, "Registerutdrag den 3 mars", date(2026, 3, 1),
    street="Storgatan 5", postal_code="25220", city="Ekstad", phone="042-10 00 00",
)  # fmt: skip


def adult_of(case: Assessment | Referral, number: int = 0) -> Any:
    return representatives.adults(case)[number]


def record(case: Assessment | Referral, place: Referring, today: date, number: int = 0, **changes: Any) -> None:
    household.record_representative(
        case, adult_of(case, number).person, replace(PER, **changes), by=place.caseworker, today=today
    )


def contacts(referral: Referral) -> list[str]:
    said = writing.version_in_writing(referral).content.get("contacts", {})
    return [f"{label}: {text}" for label, text in content_words.rows(said)]


def goes_by(case: Assessment | Referral, kind: str) -> list[str | None]:
    return [row.data["recipient"]["care_of"] for row in Document.objects.filter(case=case.pk, kind=kind).order_by("id")]


# --- recorded once, known where it matters -------------------------------------------------------------------------------


def test_the_representative_of_an_assessment_gets_the_decision_and_stands_in_the_referral(place: Referring):
    it = making.making_of(place, "assessed")
    record(it.assessment, place, DAYS["assessed"])
    making.ACTS["granted"](it, DAYS["granted"])
    assert goes_by(it.assessment, "decision") == ["Per Alm"]
    making.ACTS["draft"](it, DAYS["draft"])
    name = adult_of(it.referral).person.name
    assert contacts(it.referral) == [f"Förvaltare: Per Alm, 042-10 00 00, för {name}"]
    page = client_of(place.caseworker).get(reverse("referrals:referral", args=[it.referral.number])).content.decode()
    assert "Förvaltare: Per Alm, 042-10 00 00. Registerutdrag den 3 mars, gäller från" in page


def test_who_comes_while_the_referral_is_written_is_named_in_it_and_in_the_open_assessment(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    assert contacts(it.referral)[0].startswith("Förvaltare: Per Alm")
    assert place.caseworker.staff_id in writing.version_in_writing(it.referral).authors
    assert adult_of(it.assessment).representative == adult_of(it.referral).representative


def test_what_the_person_has_approved_is_not_rewritten_but_the_next_version_is(place: Referring):
    it = making.making_of(place, "approved")
    record(it.referral, place, DAYS["approved"])
    assert contacts(it.referral) == []
    assert adult_of(it.referral).representative.name == "Per Alm"
    writing.change(it.pk, reason="Företrädaren ska stå med.", by=place.caseworker, today=DAYS["approved"])
    assert contacts(it.referral)[0].startswith("Förvaltare: Per Alm")


def test_the_text_about_other_contacts_stays_beside_the_representative(place: Referring):
    it = making.making_of(place, "filled")
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["filled"]}
    record(it.referral, place, DAYS["filled"])
    writing.write_section(it.pk, "contacts", {"text": "Kurator: Eva Berg.", "representatives": []}, **by)
    assert [row.partition(":")[0] for row in contacts(it.referral)] == ["Förvaltare", "Beskrivning"]


def test_each_adult_has_an_own_one(place: Referring):
    it = making.making_of(place, "filled", adults=2)
    record(it.referral, place, DAYS["filled"])
    record(it.referral, place, DAYS["filled"], 1, name="Eva Berg", authority=Authority.TRUSTEE)
    assert [row.partition(",")[0] for row in contacts(it.referral)] == ["Förvaltare: Per Alm", "God man: Eva Berg"]


def test_the_client_is_told_of_the_home_by_way_of_the_representative(place: Referring):
    it = making.making_of(place, "suitable")
    record(it.referral, place, DAYS["suitable"])
    making.ACTS["booked"](it, DAYS["booked"])
    assert goes_by(it.referral, "client_information") == ["Per Alm"]


def test_the_property_department_records_who_acts_in_a_household_that_it_took_in(place: Referring):
    intake = an_intake(making.a_household())
    today = DAYS["registered"]
    own = validity.take_in(intake, unit=place.town.ff.units.get(), by=place.officer, today=today)
    household.record_representative(own, adult_of(own).person, PER, by=place.officer, today=today)
    said = writing.signed_version(own).content["contacts"]["representatives"]
    assert [(one["name"], one["authority"]) for one in said] == [("Per Alm", "administrator")]


# --- it ends -------------------------------------------------------------------------------------------------------------


def test_the_last_day_counts_and_from_the_next_letters_go_to_the_person(place: Referring):
    it = making.making_of(place, "suitable")
    last = DAYS["booked"]
    record(it.referral, place, DAYS["suitable"])
    household.end_representation(it.referral, adult_of(it.referral).person, last, by=place.caseworker, today=last)
    assert Representative.objects.get(name="Per Alm").to_on == last
    making.ACTS["booked"](it, last)
    assert goes_by(it.referral, "client_information") == ["Per Alm"]
    booking = making.a_booking(last + timedelta(days=1), viewing_at=making.at(date(2026, 10, 8)))
    offering.inform_client(it.pk, booking, by=place.caseworker, today=last + timedelta(days=1))
    assert goes_by(it.referral, "client_information")[1:] == [None]


def test_when_the_authority_has_ended_the_words_name_nobody(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    person, day = adult_of(it.referral).person, DAYS["filled"] + timedelta(days=2)
    household.end_representation(it.assessment, person, DAYS["filled"], by=place.caseworker, today=day)
    assert contacts(it.referral) == []  # also where it is said in the assessment


def test_who_signed_before_the_authority_ended_is_recorded_after_it(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    party, words, after = adult_of(it.referral), making.hash_now(it.referral), DAYS["filled"] + timedelta(days=1)
    Representative.objects.filter(pk=party.representative_id).update(to_on=DAYS["filled"])  # as the court has it
    shown = client_of(place.caseworker).get(reverse("referrals:referral_step", args=[it.referral.number, "approve"]))
    assert "Per Alm, förvaltare" in shown.content.decode()
    signature = [SignatureInput(party.person_id, party.representative_id)]
    given: dict[str, Any] = {"signatures": signature, "content_hash": words, "by": place.caseworker, "today": after}
    with pytest.raises(StepNotTaken, match="behörighet gäller inte"):
        writing.approve(it.pk, signed_on=after, **given)
    writing.approve(it.pk, signed_on=DAYS["filled"], **given)
    assert it.referral.state == "approved"


@pytest.mark.rule("R-1-30")
def test_a_signature_by_somebody_who_had_no_right_to_it_goes_no_further(place: Referring):
    it = making.making_of(place, "filled")
    day = DAYS["filled"]
    record(it.referral, place, day)
    party = adult_of(it.referral)
    writing.approve(
        it.pk, signatures=[SignatureInput(party.person_id, party.representative_id)], signed_on=day,
        content_hash=making.hash_now(it.referral), by=place.caseworker, today=day,
    )  # fmt: skip
    household.end_representation(it.referral, party.person, day - timedelta(days=1), by=place.caseworker, today=day)
    with pytest.raises(Refused, match="hade inte behörighet den dagen"):
        writing.sign(it.pk, by=place.manager, today=day)
    Representative.objects.update(to_on=None)
    writing.sign(it.pk, by=place.manager, today=day)
    Representative.objects.update(to_on=day - timedelta(days=1))
    with pytest.raises(Refused, match="hade inte behörighet den dagen"):
        writing.submit(it.pk, by=place.caseworker, today=day)
    Representative.objects.update(to_on=None)
    writing.submit(it.pk, by=place.caseworker, today=day)
    Representative.objects.update(to_on=day - timedelta(days=1))
    with pytest.raises(Refused, match="hade inte behörighet den dagen"):
        validity.register(it.pk, by=place.officer, today=day)


def test_words_that_name_somebody_whose_time_is_over_are_told_and_mended_by_saving_or_printing(place: Referring):
    for mends in ("saving", "printing"):
        it = making.making_of(place, "filled")
        record(it.referral, place, DAYS["filled"], to_on=DAYS["filled"])
        by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["approved"]}
        facts = load([it.pk], DAYS["approved"])[it.pk]
        assert (facts.words_name_who_acts, load([it.pk], DAYS["filled"])[it.pk].words_name_who_acts) == (False, True)
        if mends == "saving":
            writing.write_section(it.pk, "contacts", {"text": ""}, **by)
        else:
            writing.print_to_sign(it.pk, **by)
        assert load([it.pk], DAYS["approved"])[it.pk].words_name_who_acts
        assert contacts(it.referral) == []


def test_an_end_reaches_nobody_else_who_acts_in_another_case(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    eva = Representative.objects.create(person=adult_of(it.assessment).person, **vars(replace(PER, name="Eva Berg")))
    it.assessment.parties.filter(role="applicant").update(representative=eva)
    person, day = adult_of(it.referral).person, DAYS["filled"]
    household.end_representation(it.referral, person, day, by=place.caseworker, today=day)
    assert dict(Representative.objects.values_list("name", "to_on")) == {"Per Alm": day, "Eva Berg": None}
    assert not StepLog.objects.filter(case=it.assessment_pk, step="end_representation").exists()


def test_a_new_one_takes_the_place_of_the_one_before(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    record(it.referral, place, DAYS["filled"], name="Eva Berg")
    assert [row.partition(",")[0] for row in contacts(it.referral)] == ["Förvaltare: Eva Berg"]


def test_an_authority_that_is_over_is_said_before_a_letter_is_written(place: Referring):
    case = making.an_assessment(place, "assessed")
    record(case, place, DAYS["assessed"], to_on=DAYS["assessed"])
    page = client_of(place.caseworker)
    shown = page.get(reverse("referrals:assessment_step", args=[case.number, "refuse"])).content.decode()
    assert "Företrädarens behörighet gäller inte idag. Brev går då till den enskilde själv." in shown


# --- what is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"authority": Authority.ESTATE}, "gäller för en vuxen"),
        ({"authority": Authority.GUARDIAN}, "gäller för en vuxen"),
        ({"to_on": DAYS["filled"] - timedelta(days=1)}, "redan upphört"),
        ({"from_on": DAYS["filled"] + timedelta(days=1)}, "när behörigheten har börjat"),
    ],
)
def test_an_authority_that_nobody_has_over_a_living_adult_today_is_refused(place: Referring, changes, said):
    case = making.a_referral(place, "filled")
    with pytest.raises(StepNotTaken, match=said):
        record(case, place, DAYS["filled"], **changes)
    assert not Representative.objects.exists()


def test_whom_no_letter_reaches_is_refused(place: Referring):
    case = making.a_referral(place, "filled")
    with pytest.raises(Refused) as refusal:
        record(case, place, DAYS["filled"], street="")
    assert [lack.condition.name for lack in refusal.value.lacks] == ["the_representative_can_be_written_to"]
    assert not Representative.objects.exists()


def test_the_days_of_the_end_are_checked_and_a_child_is_no_adult(place: Referring):
    case = making.a_referral(place, "filled", children=1)
    by: dict[str, Any] = {"by": place.caseworker, "today": DAYS["filled"]}
    record(case, place, DAYS["filled"])
    person = adult_of(case).person
    for day, said in ((DAYS["filled"] + timedelta(days=1), "efter idag"), (date(2026, 2, 28), "innan den började")):
        with pytest.raises(StepNotTaken, match=said):
            household.end_representation(case, person, day, **by)
    with pytest.raises(StepNotTaken, match="vem av de vuxna"):
        household.record_representative(case, case.parties.get(role="child").person, PER, **by)


def test_the_property_department_does_not_say_who_acts_for_another_departments_client(place: Referring):
    case = making.a_referral(place, "registered")
    with pytest.raises(NotYours):
        household.record_representative(case, adult_of(case).person, PER, by=place.officer, today=DAYS["registered"])


# --- one department's knowledge is its own -------------------------------------------------------------------------------


def test_two_departments_keep_a_record_each_and_one_ends_only_its_own(place: Referring):
    """What SOF writes of the same person and paper is not AMF's row: its end, too, is told nowhere else."""
    own = making.a_household()
    case = making.an_assessment(place, "applied", household=own)
    record(case, place, DAYS["applied"])
    of_own = representatives.of_department(case.department_id)
    elsewhere = representatives.of_department(place.town.ff.pk)
    intake = validity.take_in(
        an_intake(own), unit=place.town.ff.units.get(), by=place.officer, today=DAYS["registered"]
    )
    household.record_representative(intake, adult_of(intake).person, PER, by=place.officer, today=DAYS["registered"])
    assert (of_own.count(), elsewhere.count()) == (1, 1)
    assert of_own.get() != elsewhere.get()
    household.end_representation(
        intake, adult_of(intake).person, DAYS["registered"], by=place.officer, today=DAYS["registered"]
    )
    assert (of_own.get().to_on, Representative.objects.filter(to_on=DAYS["registered"]).count()) == (None, 1)


def test_nobody_signs_by_the_authority_that_another_department_knows_of(place: Referring):
    case = making.a_referral(place, "filled")
    party = adult_of(case)
    foreign = Representative.objects.create(person=party.person, **vars(PER))
    shown = client_of(place.caseworker).get(reverse("referrals:referral_step", args=[case.number, "approve"]))
    assert "Per Alm" not in shown.content.decode()
    given = [SignatureInput(party.person_id, foreign.pk)]
    approval = {"signed_on": DAYS["filled"], "content_hash": making.hash_now(case)}
    with pytest.raises(StepNotTaken, match="behörighet gäller inte"):
        writing.approve(case.pk, signatures=given, by=place.caseworker, today=DAYS["filled"], **approval)
    record(case, place, DAYS["filled"])
    own = adult_of(case).representative
    assert own != foreign
    approval["content_hash"] = making.hash_now(case)  # of the words that name the representative now
    writing.approve(
        case.pk, signatures=[SignatureInput(party.person_id, own.pk)], by=place.caseworker, today=DAYS["filled"],
        **approval,
    )  # fmt: skip
    assert writing.version_in_writing(case).signatures.get().representative == own


def test_ff_reads_the_name_and_the_telephone_as_they_were_signed_and_no_paper_of_the_authority(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    for milestone in ("approved", "signed", "submitted", "registered"):
        making.ACTS[milestone](it, DAYS[milestone])
    page = client_of(place.officer).get(reverse("referrals:referral", args=[it.referral.number])).content.decode()
    assert "Per Alm, 042-10 00 00" in page
    assert not [word for word in ("Registerutdrag", "Storgatan 5") if word in page]


def test_a_contract_of_the_offer_carries_the_representative_in_a_record_of_its_own(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    for milestone in making.WAY[making.WAY.index("approved") : making.WAY.index("accepted") + 1]:
        making.ACTS[milestone](it, DAYS[milestone])
    contract = write_contract(
        it.pk, move_in_on=date(2026, 10, 15), contract_on=date(2026, 10, 12), by=place.officer, today=DAYS["accepted"]
    )
    tenant = contract.tenants[0]
    assert tenant.representative.name == "Per Alm"
    assert tenant.representative != adult_of(it.referral).representative


def test_the_section_of_contacts_shows_who_is_recorded_and_asks_for_the_others(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    address = reverse("referrals:referral_step", args=[it.referral.number, "write"]) + "?avsnitt=contacts"
    page = client_of(place.caseworker).get(address).content.decode()
    assert "Per Alm, 042-10 00 00" in page


def test_who_has_signed_a_referral_stays_known_when_a_registration_that_named_the_same_is_mended(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    signer = adult_of(it.referral).representative
    writing.approve(
        it.pk, signatures=[SignatureInput(adult_of(it.referral).person_id, signer.pk)], signed_on=DAYS["filled"],
        content_hash=making.hash_now(it.referral), by=place.caseworker, today=DAYS["filled"],
    )  # fmt: skip
    record(it.referral, place, DAYS["filled"], name="Eva Berg")
    home = a_dwelling(place.town)
    contract = ordering.register(a_registration(home, represented=True), by=place.town.provider, today=TODAY)
    CaseParty.objects.filter(case=contract.pk).update(representative=signer)
    ordering.edit(contract.pk, a_registration(home, represented=False), by=place.town.provider, today=TODAY)
    assert Representative.objects.filter(pk=signer.pk).exists()


def test_whose_authority_has_ended_is_named_where_it_is_chosen(place: Referring):
    it = making.making_of(place, "filled", adults=2)
    record(it.referral, place, DAYS["filled"], 1)
    address = reverse("referrals:referral_step", args=[it.referral.number, "end_representation"])
    first, second = (party.person.name for party in representatives.adults(it.referral))
    page = client_of(place.caseworker).get(address).content.decode()
    offered = page.partition('name="person"')[2].partition("</select>")[0]
    assert f"{second} (Per Alm, förvaltare)" in offered
    assert first not in offered


def test_an_authority_that_does_not_cover_the_home_does_not_grow_when_another_department_takes_over(place: Referring):
    case = making.an_assessment(place, "applied")
    record(case, place, DAYS["applied"], covers_housing=False)
    other = making.an_assessment(place, "applied")
    copy_household(case, other, by=place.caseworker, today=DAYS["applied"])
    assert [one.covers_housing for one in Representative.objects.filter(parties__case=other.pk)] == [False]
    Case.objects.filter(pk=other.pk).update(department=place.town.ff)
    other.refresh_from_db()
    other.parties.all().delete()
    copy_household(case, other, by=place.caseworker, today=DAYS["applied"])
    assert [one.covers_housing for one in Representative.objects.filter(parties__case=other.pk)] == [False]


@pytest.mark.rule("R-1-30")
def test_who_signs_for_the_person_is_named_before_the_manager_signs(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    party = adult_of(it.referral)
    writing.approve(
        it.pk, signatures=[SignatureInput(party.person_id, party.representative_id)], signed_on=DAYS["filled"],
        content_hash=making.hash_now(it.referral), by=place.caseworker, today=DAYS["filled"],
    )  # fmt: skip
    number = it.referral.number
    review = client_of(place.manager).get(reverse("referrals:referral_step", args=[number, "sign"]))
    page = client_of(place.caseworker).get(reverse("referrals:referral", args=[number]))
    assert "Godkänd genom Per Alm, förvaltare." in review.content.decode()
    assert "för den enskilde genom Per Alm, förvaltare" in page.content.decode()


def test_who_stands_in_another_case_alone_gets_no_letter_and_signs_nothing(place: Referring):
    """A number may have been mistyped there, or the representative replaced since."""
    own = making.a_household()
    elsewhere = making.an_assessment(place, "applied", household=own)
    record(elsewhere, place, DAYS["applied"])
    there = elsewhere.parties.first()
    it = making.making_of(place, "assessed")
    it.assessment.parties.filter(role="applicant").update(person=there.person)
    party = adult_of(it.assessment)
    assert party.person.representatives.exists()
    assert representatives.acting_for(party, DAYS["granted"]) is None


def test_an_end_lengthens_no_authority(place: Referring):
    case = making.a_referral(place, "filled")
    record(case, place, DAYS["filled"], to_on=DAYS["filled"])
    day = DAYS["filled"] + timedelta(days=3)
    with pytest.raises(StepNotTaken, match="inte längre"):
        household.end_representation(case, adult_of(case).person, day, by=place.caseworker, today=day)


def test_ff_is_told_that_whom_the_referral_names_acts_no_longer(place: Referring):
    it = making.making_of(place, "filled")
    record(it.referral, place, DAYS["filled"])
    for milestone in ("approved", "signed", "submitted", "registered"):
        making.ACTS[milestone](it, DAYS[milestone])
    address = reverse("referrals:referral", args=[it.referral.number])
    assert "företräder längre" not in client_of(place.officer).get(address).content.decode()
    day = DAYS["registered"]
    household.end_representation(it.referral, adult_of(it.referral).person, day, by=place.caseworker, today=day)
    for who in (place.officer, place.caseworker):
        page = client_of(who).get(address).content.decode()
        assert "Remissen nämner Per Alm, som inte företräder längre." in page

"""The sentence that is given is the real reason, and it stands where it can be mended."""

from datetime import date

import pytest
from django.urls import reverse

from bostad.audit.models import ReadLog
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.models import Delegation, Staff
from bostad.organisation.roles import Role
from bostad.organisation.scope import scope_for
from referrals.models import Assessment, Offer, Question, Referral
from referrals.services import asking, assessing, household, offering, validity, writing
from tests.factories import PropertyFactory, StaffFactory
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.test_days_typed import errors, pressed
from tests.referrals.town import Referring, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]  # 20 October 2026


@pytest.mark.rule("R-1-48")
def test_the_second_officer_reads_who_offered_the_dwelling_first(place: Referring):
    home = a_home(place)
    first, second = making.a_referral(place, "registered"), making.a_referral(place, "registered")
    page = client_of(place.other_officer).get(reverse("referrals:referral_step", args=[second.number, "make_offer"]))
    assert str(home) in page.content.decode()
    offering.make_offer(first.pk, dwelling=home, free_from=date(2026, 11, 1), by=place.officer, today=DAYS["offered"])
    response = pressed(second, "make_offer", place.other_officer, dwelling=str(home.pk), free_from="2026-11-01")
    (said,) = errors(response)["dwelling"]
    assert said.endswith("erbjöd bostaden till ett annat hushåll 1 oktober 2026. Välj en annan i listan.")
    assert str(Offer.objects.get().offered_by) in said
    assert first.number not in said


@pytest.mark.rule("R-1-48")
@pytest.mark.parametrize("dwelling", ["999999", "x", ""])
def test_a_dwelling_that_is_none_of_the_list_is_refused(place: Referring, dwelling: str):
    referral = making.a_referral(place, "registered")
    response = pressed(referral, "make_offer", place.officer, dwelling=dwelling, free_from="2026-11-01")
    assert list(errors(response)) == ["dwelling"]


@pytest.mark.rule("R-1-30")
def test_who_has_not_signed_is_named(place: Referring):
    referral = making.a_referral(place, "filled", adults=2)
    first, second = referral.parties.filter(role="applicant").order_by("id").select_related("person")
    typed = {
        "signed_on": "2026-10-20", "content_hash": making.hash_now(referral),
        f"signed_{first.person_id}": "self", f"signed_{second.person_id}": "no",
    }  # fmt: skip
    said = errors(pressed(referral, "approve", place.caseworker, **typed))
    assert said == {
        f"signed_{second.person_id}": [
            f"{second.person.name} har inte undertecknat. Remissen går vidare när varje vuxen har gjort det."
        ]
    }
    assert Referral.objects.get(pk=referral.pk).state == referral.state


def a_lifted_question(place: Referring) -> Question:
    case = making.an_assessment(place, "investigating")
    making.consent_of(case, by=place.caseworker, given_on=DAYS["investigating"])
    asked = {"departments": [place.sof], "text": "Vems är det?", "by": place.caseworker}
    question = asking.ask(case.pk, **asked, today=date(2026, 10, 12))
    answer = {"organisation": place.sof, "position": "not_ours", "reason": "Inte vår målgrupp."}
    asking.answer(question.pk, **answer, by=place.sof_caseworker, today=date(2026, 10, 13))
    asking.lift(question.pk, by=place.caseworker, today=date(2026, 10, 14))
    return Question.objects.get(pk=question.pk)


@pytest.mark.rule("R-1-25")
@pytest.mark.parametrize(
    ("held_on", "says"),
    [
        ("2026-10-13", "Mötet kan inte vara före den dag då frågan lyftes till gruppen, 14 oktober 2026."),
        ("2026-10-21", "Mötet kan inte vara efter idag."),
        ("", "Ange vilken dag gruppen möttes. Mötet är beslutets grund."),
    ],
)
def test_a_meeting_is_refused_for_its_day_and_not_for_what_is_written(place: Referring, held_on: str, says: str):
    question = a_lifted_question(place)
    typed = {"responsible": str(place.amf.pk), "held_on": held_on, "members": "Karin, AMF", "outcome": "AMF."}
    address = reverse("referrals:question_step", args=[question.number, "settle"])
    assert errors(client_of(place.caseworker).post(address, typed)) == {"held_on": [says]}


def test_what_is_to_be_written_is_no_question(place: Referring):
    said = errors(client_of(place.caseworker).post(reverse("referrals:new_assessment"), {"children": "0"}))
    assert said["application_note"] == ["Skriv vad den sökande ansöker om"]
    assert said["applied_on"] == ["Svara på frågan: När kom ansökan in?"]


@pytest.mark.rule("R-1-11")
def test_the_child_that_is_not_analysed_is_named(place: Referring):
    given = making.a_household(children=0)
    children = (making.a_child(first_name="Elias"), making.a_child(first_name="Maja"))
    given = type(given)(given.adults, children, False)
    case = making.an_assessment(place, "investigating", household=given)
    elias = case.parties.select_related("person").get(person__first_name="Elias").person
    data = household.AnalysisInput("Kan gå kvar i sin skola.")
    household.analyse_child(case, elias, data, by=place.caseworker, today=DAYS["written"])
    page = client_of(place.caseworker).get(reverse("referrals:assessment", args=[case.number])).content.decode()
    assert "Kvar att analysera: Maja." in page


@pytest.mark.parametrize(
    ("step", "field"), [("write_registration", "housing_now_text"), ("write_need", "alternatives_text")]
)
def test_what_no_paper_can_show_is_refused_where_it_is_written(place: Referring, step: str, field: str):
    case = making.an_assessment(place, "investigating")
    response = pressed(case, step, place.caseworker, **{field: "Bor hos en vän 🏠"})
    assert errors(response)[field] == ["Texten kan inte skrivas ut. Ta bort 🏠"]
    assert "Bor hos en vän 🏠" in response.content.decode()
    assert pressed(case, step, place.caseworker, **{field: "Bor hos Ngô Thị Lê – ”tills vidare”"}).status_code == 302


def test_a_section_of_a_referral_refuses_it_too(place: Referring):
    referral = making.a_referral(place, "informed")
    address = reverse("referrals:referral_step", args=[referral.number, "write"]) + "?avsnitt=situation"
    response = client_of(place.caseworker).post(address, {"now": "Bor i bil 🚗"})
    assert errors(response) == {"now": ["Texten kan inte skrivas ut. Ta bort 🚗"]}


# --- delegation -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-4-14")
@pytest.mark.parametrize("step", ["grant", "grant_other", "refuse"])
def test_who_has_no_delegation_is_told_so_before_writing_and_who_has_it(place: Referring, step: str):
    case = making.an_assessment(place, "assessed")
    Delegation.objects.filter(staff=place.caseworker.staff_id).update(to_on=date(2026, 10, 19))
    manager = Staff.objects.get(pk=place.manager.staff_id)
    says = f"Du saknar delegation för beslutet idag. Delegationen har {manager}."
    client = client_of(place.caseworker)
    page = client.get(reverse("referrals:assessment", args=[case.number]))
    shown = next(one for one in page.context["steps"] if one.name == step)
    assert (shown.allowed, shown.lacks[-1].sentence) == (False, says)
    asked = client.get(reverse("referrals:assessment_step", args=[case.number, step]))
    assert says in asked.content.decode()
    assert "<textarea" not in asked.content.decode()
    assert pressed(case, step, place.caseworker, motivation="x").status_code == 409
    assert next(
        one
        for one in client_of(place.manager).get(reverse("referrals:assessment", args=[case.number])).context["steps"]
        if one.name == "refuse"
    ).allowed


@pytest.mark.rule("R-4-14")
def test_where_nobody_has_the_delegation_the_administrator_is_named(place: Referring):
    referral = making.a_referral(place, "registered")
    Delegation.objects.all().update(to_on=date(2026, 10, 19))
    page = client_of(place.manager).get(reverse("referrals:referral_step", args=[referral.number, "cease"]))
    assert "Ingen på förvaltningen har den." in page.content.decode()


# --- areas -----------------------------------------------------------------------------------------------------------


def write_areas(place: Referring, referral: Referral, *names: str):
    address = reverse("referrals:referral_step", args=[referral.number, "write"]) + "?avsnitt=areas"
    return client_of(place.caseworker).post(address, {"barred": list(names), "version": "1"})


@pytest.mark.rule("R-1-45")
def test_barred_areas_are_those_of_the_property_register(place: Referring):
    PropertyFactory(area="Norra")
    PropertyFactory(area="Ängen")
    referral = making.a_referral(place, "informed")
    assert list(errors(write_areas(place, referral, "Norrr"))) == ["barred"]
    assert write_areas(place, referral, "Norra", "Ängen").status_code == 302
    assert referral.versions.get().content["areas"] == {"barred": ["Norra", "Ängen"]}
    assert write_areas(place, referral).status_code == 302
    assert referral.versions.get().content["areas"] == {"barred": []}


@pytest.mark.rule("R-1-45")
def test_an_area_that_no_register_has_is_told_to_both_sides(place: Referring):
    home = a_home(place, real_property__area="Norra")
    referral = making.a_referral(place, "registered", sections={"areas": {"barred": ["Norrr"]}})
    for who in (place.caseworker, place.officer):
        page = client_of(who).get(reverse("referrals:referral", args=[referral.number])).content.decode()
        assert "Finns inte i bostadsregistret" in page
    page = client_of(place.officer).get(reverse("referrals:referral_step", args=[referral.number, "make_offer"]))
    (match,) = [one for one in page.context["matches"] if one.dwelling == home]
    assert not match.fits
    assert "Olämpligt område som inte finns i bostadsregistret: Norrr" in page.content.decode()
    assert "kan inte jämföras" in page.content.decode()


@pytest.mark.rule("R-1-45")
def test_what_was_written_freely_stays_to_be_seen_and_taken_away(place: Referring):
    PropertyFactory(area="Norra")
    referral = making.a_referral(place, "filled", sections={"areas": {"barred": ["norra", "Norrr"]}})
    address = reverse("referrals:referral_step", args=[referral.number, "write"]) + "?avsnitt=areas"
    page = client_of(place.caseworker).get(address)
    assert page.context["form"].initial["barred"] == ["Norra", "Norrr"]
    assert "Norrr (finns inte i bostadsregistret)" in page.content.decode()


# --- what was asked to be completed ----------------------------------------------------------------------------------


@pytest.mark.rule("R-1-31")
def test_the_managers_comments_stand_until_a_newer_version_is_signed(place: Referring):
    made = making.making_of(place, "approved")
    asked = {"points": {"support": writing.Asked("Vem ger stödet?")}, "by": place.manager}
    writing.send_back(made.pk, **asked, today=DAYS["signed"])
    address = reverse("referrals:referral", args=[made.referral.number])
    assert "Vem ger stödet?" in client_of(place.caseworker).get(address).content.decode()
    making.ACTS["approved"](made, DAYS["signed"])
    making.ACTS["signed"](made, DAYS["signed"])
    assert "Vem ger stödet?" not in client_of(place.caseworker).get(address).content.decode()


@pytest.mark.rule("R-1-33")
def test_what_ff_asks_of_a_field_leads_the_writer_there_until_the_section_is_saved(place: Referring):
    made = making.making_of(place, "submitted")
    ask = reverse("referrals:referral_step", args=[made.referral.number, "ask_completion"])
    officer = client_of(place.officer)
    said = errors(officer.post(ask, {"fields_economy": ["debt_text"]}))
    assert said == {"point_economy": ["Skriv vad som saknas eller ska ändras i det du har markerat."]}
    assert errors(officer.post(ask, {"point_need": " "})) == {
        "__all__": ["Skriv vid minst ett avsnitt vad som saknas eller ska ändras."]
    }
    assert officer.post(ask, {"fields_economy": ["debt_text"], "point_economy": "Vilka?"}).status_code == 302
    client, write = (
        client_of(place.caseworker),
        reverse("referrals:referral_step", args=[made.referral.number, "write"]),
    )
    page = client.get(write)
    assert page.context["section"].key == "economy"
    assert "Ekonomi: skuldbilden" in page.content.decode() and "har en kommentar" in page.content.decode()
    values = making.sections_of(made)["economy"] | {"debt_text": "CSN.", "version": "2"}
    assert client.post(f"{write}?avsnitt=economy", values).status_code == 302
    page = client.get(f"{write}?avsnitt=economy").content.decode()
    assert "har en kommentar" not in page and "Avsnittet är ändrat sedan dess." in page


@pytest.mark.rule("R-1-25")
def test_the_group_names_a_department_that_was_not_asked_when_every_adult_lets_it_know(place: Referring):
    question = a_lifted_question(place)
    typed = {"responsible": str(place.town.vof.pk), "held_on": "2026-10-14", "members": "Alla", "outcome": "VOF."}
    address, client = reverse("referrals:question_step", args=[question.number, "settle"]), client_of(place.caseworker)
    (said,) = errors(client.post(address, typed))["responsible"]
    assert "samtycke från varje vuxen" in said and question.assessment.number in said
    assert Question.objects.get(pk=question.pk).state == "lifted"
    making.consent_of(question.assessment, by=place.caseworker, given_on=date(2026, 10, 14), name="VOF")
    assert client.post(address, typed).status_code == 302
    new = Assessment.objects.get(department=place.town.vof, state="applied")
    assert new.application_note == question.assessment.application_note
    assert question.number in new.steps_taken.get(step="apply").note
    assert not Question.objects.shared_with(place.vof_caseworker).exists()  # it is over for all who were asked


@pytest.mark.rule("R-1-45")
def test_a_barred_area_near_the_school_is_told(place: Referring):
    PropertyFactory(area="Norra")
    both = {"areas": {"barred": ["Norra"]}, "children": {"text": "Skola.", "areas": ["norra"]}}
    referral = making.a_referral(place, "filled", sections=both)
    page = client_of(place.caseworker).get(reverse("referrals:referral", args=[referral.number])).content.decode()
    assert "Också nära skolan" in page


@pytest.mark.rule("R-1-36")
def test_what_is_typed_in_a_section_is_not_passed_by_as_unchanged(place: Referring):
    referral = making.a_referral(place, "registered")
    validity.begin_extension(referral.pk, by=place.caseworker, today=DAYS["registered"])
    address = reverse("referrals:referral_step", args=[referral.number, "review_extension"]) + "?avsnitt=need"
    client, said = client_of(place.caseworker), {"version": "2", "bekrafta": "need"}
    as_it_was = {"rooms_min": "2", "rooms_max": "4", "rent_max": "9400", "needs_lift": "nej", "other": ""}
    refused = errors(client.post(address, as_it_was | said | {"other": "En hund."}))
    assert refused == {"__all__": ["Du har ändrat i avsnittet. Spara det, eller ta bort det du har skrivit."]}
    assert writing.version_in_writing(referral).reviewed == []
    assert client.post(address, as_it_was | said).status_code == 302
    assert writing.version_in_writing(referral).reviewed == ["need"]


@pytest.mark.rule("R-1-33")
def test_what_is_pasted_is_refused_when_it_is_too_long_and_never_cut(place: Referring):
    made = making.making_of(place, "submitted")
    ask = reverse("referrals:referral_step", args=[made.referral.number, "ask_completion"])
    client = client_of(place.officer)
    assert "maxlength" not in client.get(ask).content.decode()
    (said,) = errors(client.post(ask, {"point_need": "x" * 1001}))["point_need"]
    assert "högst 1000 tecken" in said


@pytest.mark.rule("R-1-42")
def test_ore_are_not_cut_from_a_debt(place: Referring):
    referral = making.a_referral(place, "filled")
    address = reverse("referrals:referral_step", args=[referral.number, "write"]) + "?avsnitt=economy"
    assert errors(client_of(place.caseworker).post(address, {"debt_total": "12 500,50", "version": "1"})) == {
        "debt_total": ["Skriv hela kronor, utan ören."]
    }


@pytest.mark.rule("R-1-29")
def test_nobody_has_failed_to_come_before_being_awaited(place: Referring):
    made = making.making_of(place, "booked")  # the viewing is on 7 October
    early = {"reason": "no_show", "by": place.caseworker, "today": date(2026, 10, 6), "answered_on": date(2026, 10, 6)}
    with pytest.raises(StepNotTaken, match="7 oktober 2026"):
        offering.decline(made.pk, **early)
    assert making.the_offer_of(made).state == "suitable"
    day = date(2026, 10, 7)
    offering.decline(made.pk, **early | {"today": day, "answered_on": day})


@pytest.mark.rule("R-1-37")
def test_a_cessation_weighs_the_child_in_words_of_its_own(place: Referring):
    made = making.making_of(place, "registered", children=1)
    address = reverse("referrals:referral_step", args=[made.referral.number, "cease"])
    form = client_of(place.manager).get(address).context["form"]
    assert "child_analysis" in form.fields and "child_analysis" not in form.initial


@pytest.mark.rule("R-1-29")
def test_who_has_the_role_elsewhere_reads_whose_step_it_is(place: Referring):
    made = making.making_of(place, "booked")
    offering.decline(made.pk, reason="other", by=place.caseworker, today=DAYS["booked"], answered_on=DAYS["booked"])
    address = reverse("referrals:referral_step", args=[made.referral.number, "allow_another_offer"])
    page = client_of(place.ff_manager).get(address).content.decode()
    assert "Steget tas av någon annan: enhetschef på AMF." in page


@pytest.mark.rule("R-4-14")
def test_a_supported_home_goes_on_in_a_contract_and_its_way_says_so(place: Referring):
    case = making.an_assessment(place, "granted", support="trial")
    address, client = reverse("referrals:assessment", args=[case.number]), client_of(place.caseworker)
    page = client.get(address)
    assert [part.label for part in page.context["pathway"]] == [
        "Ansökan", "Beslut", "Plan", "Kontrakt", "Uppföljning",
    ]  # fmt: skip
    assert [part.label for part in page.context["pathway"] if part.at == "now"] == ["Plan"]
    assert page.context["goes_on"] == ""
    plan = assessing.PlanInput("Eget kontrakt.", "Betala i tid.", "Boendestöd.", "Varje månad.", DAYS["draft"])
    assessing.make_plan(case.pk, plan, by=place.caseworker, today=DAYS["draft"])
    page = client.get(address)
    assert [part.label for part in page.context["pathway"] if part.at == "now"] == ["Kontrakt"]
    assert f"på beslut {case.decisions.get().number}" in page.content.decode()
    assert "?utredning=" not in page.content.decode()  # who registers tenants is another


@pytest.mark.rule("R-4-14")
def test_the_contract_of_a_supported_home_begins_with_what_was_decided(place: Referring):
    case = making.an_assessment(place, "granted", support="trial", adults=2)
    plan = assessing.PlanInput("Eget kontrakt.", "Betala i tid.", "Boendestöd.", "Varje månad.", DAYS["draft"])
    assessing.make_plan(case.pk, plan, by=place.caseworker, today=DAYS["draft"])
    coordinators = [StaffFactory(unit=unit, roles=[(Role.HOUSING_COORDINATOR, unit.organisation)])
                    for unit in (place.housing_unit, place.sof.units.first())]  # fmt: skip
    own, other = (client_of(scope_for(staff, DAYS["draft"])) for staff in coordinators)
    address = f"{reverse('contracts:register')}?utredning={case.number}"
    assert address in own.get(reverse("referrals:assessment", args=[case.number])).content.decode()
    begun = own.get(address).context["form"].initial
    first, second = case.parties.filter(role="applicant").order_by("id")
    assert (begun["housing_form"], begun["decision_number"]) == ("trial", case.decisions.get().number)
    assert (begun["personnummer"], begun["personnummer_2"]) == (first.person.personnummer, second.person.personnummer)
    assert ReadLog.objects.filter(case_ids__contains=[case.pk], staff=coordinators[0]).count() == 2
    assert set(other.get(address).context["form"].initial) == {"contract_on", "dwelling"}

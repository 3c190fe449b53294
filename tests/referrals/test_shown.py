"""What is shown before somebody chooses or signs, and what the audit counts: over cases that the services made."""

from datetime import date

import pytest
from django.urls import reverse

from bostad.documents.models import Document
from contracts.forms.registration import RegistrationForm
from referrals import auditing, content, matching, reading
from referrals.loading.referral import load
from referrals.models import Assessment, Decision
from referrals.services import deciding, offering, validity, writing
from referrals.states import DecisionKind
from tests.pages import client_of, text_of
from tests.referrals import making
from tests.referrals.making import DAYS, Making
from tests.referrals.test_one_home import an_intake
from tests.referrals.town import Referring, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_place")]


@pytest.fixture(scope="module")
def filled(one_place: Referring) -> Making:
    return making.making_of(one_place, "filled")


@pytest.fixture(scope="module")
def registered(one_place: Referring) -> Making:
    """One who needs two to four rooms for at most 9 400 kr, not in Norra."""
    return making.making_of(one_place, "registered", sections={"areas": {"barred": ["Norra"]}})


@pytest.mark.rule("R-1-49")
def test_the_times_of_an_offer_are_written_out(one_place: Referring, on_the_day):
    booked = making.making_of(one_place, "booked")
    address = reverse("referrals:referral", args=[booked.referral.number])
    page = text_of(client_of(one_place.caseworker).get(address))
    assert "Visning 7 oktober 2026 kl. 10.00." in page
    assert "Kontraktskrivning 12 oktober 2026 kl. 13.00." in page


# --- what fits best comes first --------------------------------------------------------------------------------------------


def offered_to(made: Making) -> list[int]:
    """The dwellings that FF chooses among, in the order in which it sees them."""
    need = matching.need_of(writing.signed_version(made.referral).content)
    homes = reading.free_dwellings(made.referral, made.place.officer, DAYS["offered"])
    return [match.dwelling.pk for match in reading.matches(need, homes)]


@pytest.mark.rule("R-1-7")
def test_what_fits_best_comes_first_and_among_equals_the_address_decides(one_place: Referring, registered: Making):
    def a_free(street: str, **fields) -> int:
        return a_home(one_place, street=street, **{"real_property__area": "Högaborg"} | fields).pk

    partly = a_free("Almvägen 1", real_property__area="")  # whether it is in Norra nobody knows
    later = a_free("Ekvägen 9")
    well = a_free("Ekvägen 2")
    twice = a_free("Almvägen 2", rooms=1, monthly_rent=12_000)
    badly = a_free("Almvägen 3", rooms=1)
    assert offered_to(registered) == [well, later, partly, badly, twice]


@pytest.mark.rule("R-1-39")
def test_among_homes_that_fit_alike_the_smaller_comes_first(one_place: Referring, registered: Making):
    large, small = (
        a_home(one_place, rooms=rooms, street=street, real_property__area="Högaborg").pk
        for rooms, street in ((4, "Almvägen 1"), (2, "Ekvägen 2"))
    )
    assert offered_to(registered) == [small, large]


@pytest.mark.rule("R-1-7")
def test_nobody_gets_another_home_for_having_waited_longer(one_place: Referring, registered: Making):
    for rooms in (3, 1, 5, 2):
        a_home(one_place, rooms=rooms, real_property__area="Högaborg")
    newcomer = making.making_of(one_place, "submitted", sections=registered.sections)
    making.ACTS["registered"](newcomer, DAYS["offered"])
    assert newcomer.referral.registered_on > registered.referral.registered_on
    assert offered_to(newcomer) == offered_to(registered)
    assert len(offered_to(registered)) == 4


# --- side by side ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-31")
def test_the_manager_sees_what_differs_from_the_version_before(one_place: Referring, filled: Making):
    by = {"by": one_place.caseworker, "today": DAYS["approved"]}
    alone = reading.side_by_side(filled.referral)
    assert (alone["before"], alone["changed"]) == (None, [])
    assert not any(pair["before"] for pair in alone["pairs"])
    making.ACTS["approved"](filled, DAYS["approved"])
    writing.send_back(
        filled.pk, points={"need": writing.Asked("Hur många rum?")}, by=one_place.manager, today=DAYS["approved"]
    )
    same = reading.side_by_side(filled.referral)
    assert (same["version"].number, same["before"].number, same["changed"]) == (2, 1, [])
    assert [(row.label, row.point.text) for row in same["points"]] == [("Bostadsbehov", "Hur många rum?")]
    assert not same["points"][0].is_answered
    writing.write_section(filled.pk, "need", {"rooms_min": 3, "rooms_max": 4, "rent_max": 9400}, **by)
    assert reading.comments(filled.referral)[0].is_answered
    writing.write_section(filled.pk, "contacts", {"text": "God man: Birgitta."}, **by)
    shown = reading.side_by_side(filled.referral)
    assert shown["changed"] == ["Bostadsbehov", "Övriga kontakter"]
    assert {said.section.key for said in shown["said"] if said.is_changed} == {"need", "contacts"}
    (need,) = (pair for pair in shown["pairs"] if pair["now"] and pair["now"][0].section.key == "need")
    assert need["before"][0].is_changed
    assert need["now"][0].facts != need["before"][0].facts


@pytest.mark.rule("R-1-36")
def test_an_extension_shows_what_differs_from_what_was_signed(one_place: Referring, registered: Making):
    by = {"by": one_place.caseworker, "today": DAYS["offered"]}
    validity.begin_extension(registered.pk, **by)
    assert reading.side_by_side(registered.referral)["changed"] == []
    writing.write_section(registered.pk, "support", {"text": "Varje vecka."}, step="review_extension", **by)
    shown = reading.side_by_side(registered.referral)
    assert (shown["changed"], shown["before"].signed_on) == (["Insatser och stöd rörande boende"], DAYS["signed"])


@pytest.mark.rule("R-1-38", "R-1-44", "R-1-45", "R-1-46", "R-1-47")
@pytest.mark.parametrize("section", content.SECTIONS, ids=lambda section: section.key)
def test_no_section_is_complete_before_all_of_it_is_said(section: content.Section):
    assert section.must
    full = dict.fromkeys(section.must, "x")
    assert content.is_complete({section.key: full}, section)
    assert not content.is_complete({}, section)
    for name in section.must:
        assert not content.is_complete({section.key: full | {name: " "}}, section)


# --- the audit -------------------------------------------------------------------------------------------------------------


def lacking(place: Referring, lack: str) -> list[int]:
    """The cases of the list, which are as many as the table says."""
    listed = sorted(auditing.cases(place.manager, lack).values_list("pk", flat=True))
    counted = [cell.count for line in auditing.table(place.manager) for cell in line.cells if cell.lack == lack]
    assert sum(counted) == len(listed)
    return listed


@pytest.mark.rule("R-4-22", "R-4-11")
def test_the_audit_finds_an_application_that_does_not_say_how_it_came(one_place: Referring, filled: Making):
    assert lacking(one_place, "ansokan") == []
    Assessment.objects.filter(pk=filled.assessment_pk).update(application_form="")
    assert lacking(one_place, "ansokan") == [filled.assessment_pk]


@pytest.mark.rule("R-4-22", "R-1-32")
def test_the_audit_finds_a_decision_that_nobody_has_received(one_place: Referring, filled: Making):
    undecided = making.an_assessment(one_place, "investigating")
    before = lacking(one_place, "delgivning")
    assert filled.assessment_pk in before
    assert undecided.pk not in before
    deciding.record_receipt(
        filled.assessment_pk, received_on=DAYS["draft"], by=one_place.caseworker, today=DAYS["draft"]
    )
    assert lacking(one_place, "delgivning") == [pk for pk in before if pk != filled.assessment_pk]


@pytest.mark.rule("R-4-22", "R-1-32")
@pytest.mark.parametrize(("kind", "found"), [(DecisionKind.REFUSAL, True), (DecisionKind.OTHER, True), (DecisionKind.GRANT, False)])  # fmt: skip
def test_the_audit_finds_a_refusal_without_the_paper_that_says_how_to_appeal(one_place: Referring, filled, kind, found):
    making.an_assessment(one_place, "refused")  # with its paper
    assert lacking(one_place, "overklagande") == []
    case = making.an_assessment(one_place, "assessed")
    taken = Decision.objects.get(case=filled.assessment_pk)
    Decision.objects.create(
        case_id=case.pk, kind=kind, number="B-2026-999999", person=taken.person, law=taken.law, motivation="Skäl.",
        decided_on=DAYS["refused"], decided_by=taken.decided_by, delegation=taken.delegation,
    )  # fmt: skip
    assert lacking(one_place, "overklagande") == ([case.pk] if found else [])
    assert case.pk in lacking(one_place, "delgivning")


@pytest.mark.rule("R-1-85")
def test_of_an_own_household_what_was_never_asked_is_not_called_unfinished(one_place: Referring):
    intake = an_intake(making.a_household())
    own = validity.take_in(intake, unit=one_place.town.ff.units.get(), by=one_place.officer, today=DAYS["registered"])
    shown = reading.sections(writing.signed_version(own).content, own)
    assert {"household", "need"} <= {part.section.key for part in shown}
    assert not [part.section.key for part in shown if not (part.is_complete and part.facts)]


@pytest.mark.rule("R-1-48")
@pytest.mark.rule("R-1-85")
def test_an_own_household_is_offered_a_home_without_a_word_of_a_department_that_answers(
    one_place: Referring, on_the_day
):
    intake = an_intake(making.a_household())
    own = validity.take_in(intake, unit=one_place.town.ff.units.get(), by=one_place.officer, today=DAYS["registered"])
    client = client_of(one_place.officer)
    page, step = (reverse(f"referrals:{name}", args=[own.number, *more]) for name, more in
                  (("referral", []), ("referral_step", ["make_offer"])))  # fmt: skip
    sent = {"dwelling": a_home(one_place).pk, "free_from": "2026-10-20", "despite": "Enda lediga."}
    told = [text_of(client.post(step, sent, follow=True))]
    assert "Hålls för hushållet" in told[0]
    assert "Ta ställning senast" in told[0]
    assert "Hålls för hushållet" in text_of(client.get(reverse("referrals:offers")))
    for name in ("find_unsuitable", "find_suitable"):
        step = reverse("referrals:referral_step", args=[own.number, name])
        told += [text_of(client.get(step))]
    told += [text_of(client.post(step, {"note": ""}, follow=True)), text_of(client.get(page))]
    assert "Bostaden passar. Informera den enskilde och boka visning." in told[-2]
    assert not Document.objects.filter(case=own.pk, kind__in=["offer", "offer_answer"])  # FF writes not to itself
    for words in ("Lämnat till förvaltningen", "Svaret är lämnat", "Kommentar till FF", "Svar senast"):
        assert not [page for page in told if words in page], words


def test_of_another_departments_offer_the_department_answers(one_place: Referring, on_the_day):
    made = making.making_of(one_place, "offered")
    page = text_of(client_of(one_place.officer).get(reverse("referrals:referral", args=[made.referral.number])))
    assert "Lämnat till förvaltningen" in page
    assert "Svar senast" in page


def test_each_name_of_the_household_leads_its_own_department_to_the_persons_page(one_place: Referring, on_the_day):
    made = making.making_of(one_place, "registered")
    address = reverse("referrals:referral", args=[made.referral.number])
    pages = [reverse("overview:person", args=[party.person_id]) for party in made.referral.parties.all()]
    own, officers = (text_of(client_of(who).get(address)) for who in (one_place.caseworker, one_place.officer))
    assert pages
    assert all(page in own for page in pages)
    assert not any(page in officers for page in pages)


@pytest.mark.rule("R-1-49")
def test_a_booked_time_is_said_as_a_day_and_a_time_in_swedish(one_place: Referring, on_the_day):
    made = making.making_of(one_place, "booked")
    page = text_of(client_of(one_place.caseworker).get(reverse("referrals:referral", args=[made.referral.number])))
    assert "Visning 7 oktober 2026 kl. 10.00." in page
    assert "Kontraktskrivning 12 oktober 2026 kl. 13.00." in page


def test_of_another_departments_referral_what_lacks_is_called_unfinished(one_place: Referring):
    draft = making.a_referral(one_place, "draft")
    shown = reading.sections(writing.version_in_writing(draft).content, draft)
    assert "situation" in {part.section.key for part in shown if not part.is_complete}


# --- what was asked to be completed -------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-33")
def test_a_section_saved_with_the_same_words_answers_nothing_and_is_not_shown_as_changed(one_place: Referring):
    made = making.making_of(one_place, "submitted")
    by, today = {"by": one_place.caseworker}, DAYS["returned"]
    asked = {"economy": writing.Asked("Vilka skulder?")}
    writing.ask_completion(made.pk, points=asked, by=one_place.officer, today=today)
    same = made.referral.versions.get(number=1).content["economy"]
    writing.write_section(made.pk, "economy", same | {"debt_text": ""}, **by, today=today)
    assert (reading.side_by_side(made.referral)["changed"], reading.comments(made.referral)[0].is_answered) == (
        [],
        False,
    )
    for milestone in ("approved", "signed", "submitted"):
        making.ACTS[milestone](made, today)
    facts = load([made.pk], today)[made.pk]
    assert (facts.unanswered, facts.unanswered_of_receiver) == (("economy",), ("economy",))


@pytest.mark.rule("R-1-33")
def test_what_ff_asked_stands_until_a_version_is_signed_however_many_are_begun(one_place: Referring):
    made = making.making_of(one_place, "submitted")
    today = DAYS["returned"]
    writing.ask_completion(
        made.pk, points={"economy": writing.Asked("Vilka skulder?")}, by=one_place.officer, today=today
    )
    making.ACTS["approved"](made, today)
    writing.change(made.pk, reason="Ett fel.", by=one_place.caseworker, today=today)
    shown = reading.side_by_side(made.referral)
    assert (shown["version"].number, shown["before"].number) == (3, 1)
    assert [row.point.text for row in shown["points"]] == ["Vilka skulder?"]


@pytest.mark.rule("R-1-33")
def test_ff_reads_what_it_asked_and_never_the_managers_comments(one_place: Referring, on_the_day):
    made = making.making_of(one_place, "approved")
    today, internal = DAYS["signed"], "Skriv utan slang."
    writing.send_back(made.pk, points={"support": writing.Asked(internal)}, by=one_place.manager, today=DAYS["signed"])
    for milestone in ("approved", "signed", "submitted"):
        making.ACTS[milestone](made, today)
    writing.ask_completion(
        made.pk, points={"economy": writing.Asked("Vilka skulder?")}, by=one_place.officer, today=today
    )
    address, client = reverse("referrals:referral", args=[made.referral.number]), client_of(one_place.officer)
    page = client.get(address).content.decode()
    assert "Vilka skulder?" in page and internal not in page
    economy = making.sections_of(made)["economy"] | {"debt_text": "CSN."}
    writing.write_section(made.pk, "economy", economy, by=one_place.caseworker, today=today)
    for milestone in ("approved", "signed", "submitted"):
        making.ACTS[milestone](made, today)
    page = client.get(address).content.decode()
    assert "Vilka skulder?" in page and "Avsnittet är ändrat sedan dess." in page and internal not in page
    assert load([made.pk], today)[made.pk].unanswered_of_receiver == ()


# --- what is held, and what was declined ---------------------------------------------------------------------------------


@pytest.mark.rule("R-1-48")
def test_a_home_that_stands_in_an_offer_is_free_to_nobody(one_place: Referring, on_the_day):
    made = making.making_of(one_place, "offered")
    page = client_of(one_place.officer).get(reverse("overview:dwelling", args=[made.home.pk]))
    assert (page.context["free"], page.context["offered"]) == (False, True)
    assert "Erbjuden" in page.content.decode() and made.referral.number not in page.content.decode()
    form = RegistrationForm(scope=one_place.officer, today=DAYS["offered"])
    assert made.home not in form.fields["dwelling"].queryset
    offering.take_back_offer(made.pk, reason="Vattenskada.", by=one_place.officer, today=DAYS["offered"])
    assert client_of(one_place.officer).get(reverse("overview:dwelling", args=[made.home.pk])).context["free"]
    assert made.home in RegistrationForm(scope=one_place.officer, today=DAYS["offered"]).fields["dwelling"].queryset


@pytest.mark.rule("R-1-29")
def test_the_home_that_the_household_declined_is_marked_and_comes_last_of_its_like(one_place: Referring, on_the_day):
    made = making.making_of(one_place, "booked")
    other = a_home(one_place, rooms=made.home.rooms, street="Öststigen 99", real_property__area="Högaborg")
    no = {"reason": "area", "answered_on": DAYS["booked"], "by": one_place.caseworker, "today": DAYS["booked"]}
    offering.decline(made.pk, **no)
    offering.allow_another_offer(made.pk, reason="Hot.", by=one_place.manager, today=DAYS["booked"])
    page = client_of(one_place.officer).get(
        reverse("referrals:referral_step", args=[made.referral.number, "make_offer"])
    )
    found = {match.dwelling.pk: match for match in page.context["matches"]}
    assert (found[made.home.pk].declined_on, found[other.pk].declined_on) == (DAYS["booked"], None)
    assert "Hushållet tackade nej till bostaden" in page.content.decode()
    alike = [m for m in page.context["matches"] if matching.order(m.marks) == matching.order(found[made.home.pk].marks)]
    assert alike[-1].dwelling == made.home


# --- what is weighed, and what another has written meanwhile --------------------------------------------------------------


@pytest.mark.rule("R-1-48")
def test_who_weighs_an_offer_reads_what_the_home_is(one_place: Referring, on_the_day):
    made = making.making_of(one_place, "offered")
    page = client_of(one_place.caseworker).get(reverse("referrals:referral", args=[made.referral.number]))
    assert f"{made.home.size_label}, {made.home.area_label}, " in page.content.decode()
    assert "Ledig från 15 oktober 2026." in page.content.decode()


def test_of_two_who_write_a_section_the_second_reads_what_stands_there_and_may_then_save(
    one_place: Referring, on_the_day
):
    made = making.making_of(one_place, "filled")
    client = client_of(one_place.caseworker)
    address = reverse("referrals:referral_step", args=[made.referral.number, "write"]) + "?avsnitt=support"
    page = client.get(address).context["form"]
    writing.write_section(
        made.pk, "support", {"text": "Kollegans ord."}, by=one_place.colleague, today=date(2026, 10, 20)
    )
    sent = {"text": "Mina ord.", "seen": page.initial["seen"], "version": page.initial["version"]}
    refused = client.post(address, sent)
    said = refused.content.decode()
    assert "Kollegans ord." in said
    assert "Mina ord." in said
    form = refused.context["form"]
    again = sent | {"seen": form["seen"].value(), "version": form["version"].value()}
    assert client.post(address, again).status_code == 302
    assert made.referral.versions.get().content["support"]["text"] == "Mina ord."


def test_what_the_person_said_with_a_no_is_read_by_the_own_department_alone(one_place: Referring, on_the_day):
    made = making.making_of(one_place, "booked")
    offering.decline(
        made.pk, reason="area", note="Min f.d. man bor där.", answered_on=DAYS["accepted"], by=one_place.caseworker,
        today=DAYS["accepted"],
    )  # fmt: skip
    address = reverse("referrals:referral", args=[made.referral.number])
    own, ff = (text_of(client_of(who).get(address)) for who in (one_place.caseworker, one_place.officer))
    assert "Min f.d. man bor där." in own
    assert "f.d. man" not in ff
    assert "Skäl: området." in ff

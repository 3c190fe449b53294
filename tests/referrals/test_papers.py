"""The papers of assessments, questions, referrals and offers: what each says, to whom, and what it never says."""

import json
import re
from copy import deepcopy
from io import BytesIO
from typing import get_args

import pytest
from pypdf import PdfReader

from bostad.documents import pdf, printing, wording
from bostad.documents.pdf import CannotPrint, MissingData
from referrals import content, content_words, papers
from referrals.forms.sections import SECTION_FORMS
from tests.documents import papers_read
from tests.documents.papers_checked import (
    assert_accessible,
    assert_every_page_is_marked,
    assert_well_set,
    changed,
    fields_of,
)
from tests.referrals import paper_samples as samples

PRINTED = {
    "grant": ("decision", samples.GRANT),
    "trial": ("decision", samples.TRIAL),
    "other": ("decision", samples.OTHER),
    "refusal": ("decision", samples.REFUSAL),
    "extension": ("decision", samples.EXTENSION),
    "cessation": ("decision", samples.CESSATION),
    "housing": ("decision", samples.HOUSING),
    "dialogue_consent": ("dialogue_consent", samples.DIALOGUE_CONSENT),
    "group_material": ("group_material", samples.GROUP_MATERIAL),
    "one_offer_information": ("one_offer_information", samples.ONE_OFFER_INFORMATION),
    "referral": ("referral", samples.REFERRAL),
    "referral_to_sign": ("referral_to_sign", samples.REFERRAL_TO_SIGN),
    "completion_request": ("completion_request", samples.COMPLETION_REQUEST),
    "cessation_notice": ("cessation_notice", samples.CESSATION_NOTICE),
    "offer": ("offer", samples.OFFER),
    "offer_answer": ("offer_answer", samples.OFFER_ANSWER),
    "client_information": ("client_information", samples.CLIENT_INFORMATION),
}
READ_BY_OTHERS = {"group_material", "referral", "completion_request", "cessation_notice", "offer", "offer_answer"}
TO_A_PERSON = ["grant", "refusal", "one_offer_information", "client_information"]
WITH_A_HOME = ["housing", "offer", "offer_answer", "client_information"]
AGAINST = ["other", "refusal", "cessation"]


@pytest.fixture(scope="module")
def printed():
    return {name: papers.PAPERS[kind].typeset(data).content for name, (kind, data) in PRINTED.items()}


@pytest.fixture(scope="module")
def texts(printed):
    return {name: papers_read.whole_text(content) for name, content in printed.items()}


def text_of(name, **changes):
    kind, data = PRINTED[name]
    return papers_read.whole_text(papers.PAPERS[kind].typeset({**data, **changes}).content)


# --- every document --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", PRINTED)
def test_every_document_is_tagged_titled_and_uses_the_packaged_font(name, printed):
    assert_accessible(printed[name], PRINTED[name][1]["number"])


@pytest.mark.parametrize("name", PRINTED)
def test_no_template_code_is_printed_and_no_title_names_a_person(name, texts, printed):
    assert not re.search("[{}]|[#%]}", texts[name])
    assert "Haddad" not in PdfReader(BytesIO(printed[name])).metadata.title


@pytest.mark.rule("R-0-24")
@pytest.mark.parametrize("name", PRINTED)
def test_every_page_has_number_page_municipality_and_template(name, printed):
    data = PRINTED[name][1]
    assert_every_page_is_marked(printed[name], data, data["number"])


@pytest.mark.parametrize("name", PRINTED)
def test_nothing_is_printed_outside_the_margins_or_over_something_else(name, printed):
    assert_well_set(printed[name])


@pytest.mark.parametrize("name", PRINTED)
def test_data_that_have_been_stored_as_json_print_the_same_bytes(name, printed):
    kind, data = PRINTED[name]
    assert papers.PAPERS[kind].typeset(json.loads(json.dumps(data))).content == printed[name]


@pytest.mark.parametrize("kind", papers.PAPERS)
def test_every_paper_has_a_template_a_printer_and_a_swedish_name_of_every_field(kind):
    assert wording.wording(kind)
    assert printing.printer(kind).title == papers.PAPERS[kind].title == printing.template_kinds()[kind]
    assert all(papers.PAPERS[kind].names.values())
    assert set(get_args(papers.Kind)) == set(papers.PAPERS)


# --- nothing missing -------------------------------------------------------------------------------------------------
FIELDS = [
    pytest.param(name, path, kind, optional, id=f"{name}-{'.'.join(map(str, path))}")
    for name, (paper, data) in PRINTED.items()
    for path, kind, optional in fields_of(papers.PAPERS[paper].data, data)
]
SHARED = {"municipality"}  # one shape for all documents; the decision prints the whole of it that a person needs
DEMANDED = [
    pytest.param(name, path, id=f"{name}-{'.'.join(map(str, path))}")
    for name, path, kind, optional in (parameter.values for parameter in FIELDS)
    if kind is str and not optional and path[0] not in SHARED
]


@pytest.mark.rule("R-0-24")
@pytest.mark.parametrize(("name", "path", "kind", "optional"), FIELDS)
def test_a_field_that_is_not_there_is_named_and_nothing_is_printed(name, path, kind, optional):
    paper, data = PRINTED[name]
    with pytest.raises(MissingData) as missing:
        papers.PAPERS[paper].check(changed(data, path, lambda parent, key: parent.pop(key)))
    assert missing.value.fields and set(missing.value.fields) <= set(papers.PAPERS[paper].names.values())


@pytest.mark.parametrize(("name", "path"), DEMANDED)
def test_a_template_by_itself_notices_a_blank_text(name, path):
    """Without the types: a text that it did not notice would be a field without use."""
    paper, data = PRINTED[name]
    blank = changed(data, path, lambda parent, key: parent.__setitem__(key, " "))
    with pytest.raises(MissingData):
        pdf.fill(paper, {**blank, "sheet": None}, {})


def test_what_is_missing_is_said_in_swedish_and_all_at_once():
    data = deepcopy(samples.REFERRAL)
    data["sections"], data["manager"]["name"] = [], ""
    del data["content_hash"]
    assert papers.PAPERS["referral"].lacking(data) == ["avsnitt", "kontrollsumma", "namn (chefens underskrift)"]
    with pytest.raises(MissingData, match=r"kan inte skrivas ut\. Det som saknas: avsnitt, kontrollsumma"):
        papers.PAPERS["referral"].check(data)


# --- who reads what ----------------------------------------------------------------------------------------------------
def test_what_another_department_reads_is_named_and_everything_else_is_closed():
    assert {kind for kind in papers.PAPERS if printing.printer(kind).open_to_others is not None} == READ_BY_OTHERS


@pytest.mark.parametrize("kind", sorted(READ_BY_OTHERS))
def test_what_another_department_reads_has_no_number_and_no_address_of_a_person(kind):
    paths = papers.PAPERS[kind].names
    assert not [path for path in paths if "personnummer" in path or path.startswith(("recipient", "applicants"))]


@pytest.mark.parametrize("name", TO_A_PERSON)
def test_who_has_no_address_or_a_protected_one_is_handed_the_letter(name):
    text = text_of(name, recipient=samples.NO_ADDRESS)
    assert "Amira Haddad Lämnas personligen" in text
    assert "Björkvägen 12" not in text


@pytest.mark.parametrize("name", ["grant", "refusal", "one_offer_information"])
def test_the_window_of_the_envelope_shows_the_address_and_nothing_else(name, printed):
    first = papers_read.runs(printed[name])[0]
    window = [run for run in first if run.right > 103 and run.bottom > 36 and run.top < 85]
    shown = " ".join(" ".join(run.text for run in window).split())
    assert shown == "Amira Haddad c/o Lena Berg Björkvägen 12 B 590 97 Ekstad"


@pytest.mark.parametrize("name", WITH_A_HOME)
def test_the_home_of_a_protected_household_is_named_by_its_designation_alone(name):
    hidden = {**PRINTED[name][1]["home"], "address": None, "apartment_number": None}
    text = text_of(name, home=hidden, **({} if name.startswith("offer") else {"recipient": samples.NO_ADDRESS}))
    assert "BJ-0012" in text
    assert "Lämnas muntligen av handläggaren" in text
    assert "Björkvägen" not in text


# --- decisions -----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("R-1-8")
@pytest.mark.rule("R-1-11")
@pytest.mark.rule("R-1-17")
def test_a_grant_tells_criteria_assessment_childs_best_law_guidelines_and_who_decided(texts):
    for wanted in (
        "Beslut: bifall Socialnämnden beviljar dig stöd till bostadsanskaffning.",
        "Amira Haddad, 19860314-9809",
        "Skäl för beslutet Familjen saknar bostad sedan i maj",
        "De tre grundkriterierna 1. Helt bostadslös: uppfyllt",
        "2. Svårigheter att på egen hand skaffa bostad: uppfyllt",
        "3. Hör till en socialt utsatt grupp som behöver särskilt stöd att ordna bostad: uppfyllt",
        "Individuell bedömning Familjens behov är en egen bostad",
        "Barnets bästa Barnen får bo kvar i sin skola",
        "Lagrum 11 kap. 1 § socialtjänstlagen (2025:400)",
        "Riktlinjer Riktlinjer för bostadssociala lägenheter, antagna den 19 juni 2024",
        "Jonas Åkesson Enhetschef, Delegation 7.3",
        "Du blir erbjuden ett enda boende",
    ):
        assert wanted in texts["grant"]
    assert "överklagar" not in texts["grant"]


@pytest.mark.rule("R-1-32")
@pytest.mark.parametrize("name", AGAINST)
def test_a_decision_against_the_person_says_how_it_is_appealed(name, texts):
    """FL 40, 44: in writing, to who decided, within three weeks from the day of receipt."""
    for wanted in (
        "Så här överklagar du",
        "överklaga det till Förvaltningsrätten i Ekstad. Skriv vilket beslut det gäller, B-2026-000412",
        "Lämna eller skicka överklagandet till oss, inte till domstolen",
        "socialförvaltningen Kyrkogatan 8, 590 99 Ekstad socialforvaltningen@ekstad.example",
        "tre veckor från den dag då du fick del av beslutet",
        "40 och 44 §§ förvaltningslagen (2017:900)",
    ):
        assert wanted in texts[name]


@pytest.mark.rule("R-1-32")
@pytest.mark.parametrize("name", AGAINST)
def test_a_decision_against_the_person_is_not_printed_without_how_to_appeal(name):
    with pytest.raises(MissingData, match="hur beslutet överklagas"):
        papers.PAPERS["decision"].check({**PRINTED[name][1], "appeal": None})


@pytest.mark.rule("R-1-10")
@pytest.mark.rule("R-1-32")
def test_a_refusal_tells_what_was_not_met_and_which_other_support_was_examined(texts):
    for wanted in (
        "Socialnämnden avslår din ansökan om stöd till bostadsanskaffning.",
        "1. Helt bostadslös: inte uppfyllt Eget boende.",
        "Annat stöd som har prövats Budget- och skuldrådgivning har erbjudits.",
    ):
        assert wanted in texts["refusal"]
    for name in ("refusal", "other"):
        with pytest.raises(MissingData, match="annat stöd"):
            papers.PAPERS["decision"].check({**PRINTED[name][1], "other_support": None})


@pytest.mark.rule("R-1-10")
def test_another_support_is_granted_in_the_same_words_in_which_the_application_is_refused(texts):
    assert "avslår din ansökan om stöd till bostadsanskaffning och beviljar dig annat stöd: Plats på" in texts["other"]


@pytest.mark.rule("R-1-35")
def test_an_extension_says_until_when(texts):
    assert "förlänger remiss R-2026-000051. Den gäller till och med den 20 september 2028" in texts["extension"]


@pytest.mark.rule("R-1-37")
def test_a_cessation_says_what_ends_when_and_why(texts):
    assert "du inte längre har rätt till stöd till bostadsanskaffning" in texts["cessation"]
    assert "Remiss R-2026-000051 upphör att gälla den 11 september 2026" in texts["cessation"]
    assert "Du har fått ett eget hyreskontrakt i Västerhamn" in texts["cessation"]
    for name in ("extension", "cessation"):
        with pytest.raises(MissingData, match="remiss"):
            papers.PAPERS["decision"].check({**PRINTED[name][1], "referral": None})


@pytest.mark.rule("R-1-52")
@pytest.mark.rule("R-1-53")
def test_a_decision_on_housing_names_the_home_and_the_support_that_belongs_to_it(texts):
    assert "beviljar dig bostadssocialt boende" in texts["housing"]
    assert "Adress Björkvägen 40, 590 97 Ekstad" in texts["housing"]
    assert "Stöd som hör till boendet Boendestöd Budget- och skuldrådgivning" in texts["housing"]
    with pytest.raises(MissingData, match="bostad"):
        papers.PAPERS["decision"].check({**samples.HOUSING, "home": None})
    papers.PAPERS["decision"].check({**samples.HOUSING, "interventions": []})  # a guarantee is only followed up


@pytest.mark.rule("R-4-8")
@pytest.mark.rule("R-4-14")
def test_a_trial_home_has_criteria_of_its_own(texts):
    assert "beviljar dig försökslägenhet" in texts["trial"]
    assert "Kriterierna i riktlinjerna Annan grund än enbart hemlöshet: uppfyllt" in texts["trial"]
    assert "remiss till fastighetsförvaltningen" not in texts["trial"]


def test_a_kind_without_words_of_its_own_is_not_printed():
    with pytest.raises(CannotPrint):
        papers.PAPERS["decision"].check({**samples.GRANT, "kind": "transfer"})
    with pytest.raises(MissingData):
        pdf.fill("decision", {**samples.GRANT, "kind": "transfer", "sheet": None}, {})


# --- the question of responsibility --------------------------------------------------------------------------------------
@pytest.mark.rule("R-1-24")
def test_the_consent_says_who_may_know_what_and_that_it_may_be_taken_back(texts):
    for wanted in (
        "Får veta Arbetsmarknadsförvaltningen Vård- och omsorgsförvaltningen",
        "Familjen har ekonomiskt bistånd sedan i maj",
        "Amira Haddad Samtyckte skriftligt den 20 augusti 2026",
        "kan när som helst ta tillbaka samtycket",
        "De läser inte utredningen.",
    ):
        assert wanted in texts["dialogue_consent"]
    assert texts["dialogue_consent"].count("Underskrift") == 2


@pytest.mark.rule("R-1-25")
def test_the_material_for_the_group_has_the_question_and_each_position(texts):
    for wanted in (
        "Frågan Familjen har ekonomiskt bistånd sedan i maj",
        "Arbetsmarknadsförvaltningen: vi ansvarar inte Familjen är inte primärt bostadslös",
        "Svar den 1 september 2026",
        "Samtycke till dialogen 20 augusti 2026",
    ):
        assert wanted in texts["group_material"]


# --- the referral --------------------------------------------------------------------------------------------------------
@pytest.mark.rule("R-1-29")
def test_the_information_says_plainly_that_one_home_is_offered(texts):
    text = texts["one_offer_information"]
    assert "Du blir erbjuden ett enda boende" in text
    assert "Bara ett boendealternativ erbjuds." in text
    assert "Innan du godkänner och undertecknar" in text
    assert "Lämnad 14 september 2026, vid besök på Kyrkogatan 8, med tolk" in text


@pytest.mark.rule("R-1-38")
@pytest.mark.rule("R-1-39")
@pytest.mark.rule("R-1-40")
@pytest.mark.rule("R-1-41")
@pytest.mark.rule("R-1-42")
@pytest.mark.rule("R-1-43")
def test_the_referral_has_every_section_of_the_core_in_order(texts):
    places = [texts["referral"].find(section.label) for section in content.CORE]
    assert -1 not in places
    assert places == sorted(places)
    for wanted in (
        "Barn Noor Haddad, 7 år, bor växelvis",
        "Minst antal rum 3",
        "Tidigare Hyrde i första hand i åtta år.",
        "Skulder 18 400 kr",
        "Motivering Familjen saknar bostad",
    ):
        assert wanted in texts["referral"]


@pytest.mark.rule("R-1-30")
@pytest.mark.rule("R-1-31")
def test_the_referral_says_who_approved_and_signed_exactly_these_words(texts):
    for wanted in (
        "Remiss R-2026-000051, lydelse 2",
        "Amira Haddad Godkände innehållet och skrev under den 16 september 2026",
        "Yusuf Haddad Godkände innehållet och skrev under den 17 september 2026, genom Birgitta Nyberg, god man",
        "Jonas Åkesson, enhetschef, granskade och skrev under den 18 september 2026",
        "Kontrollsumma 3f9a 10c2 77de 4b01",
        "Ersätter Remiss R-2025-000017",
    ):
        assert wanted in texts["referral"]


@pytest.mark.rule("R-1-27")
def test_a_guarantee_says_when_debts_were_talked_over(texts):
    assert "Remiss: hyresgaranti" in texts["referral"]
    assert "Dialog om skulder 10 september 2026, med Stefan Ohlin" in texts["referral"]


@pytest.mark.rule("R-1-33")
def test_a_request_names_the_sections_and_what_each_lacks(texts):
    text = texts["completion_request"]
    assert "Ekonomi Ange vilka skulder som är hyresskulder. Är avbetalningsplanen beslutad?" in text
    assert "Skriv en ny lydelse av remissen." in text


@pytest.mark.rule("R-1-37")
def test_the_property_department_is_told_that_a_referral_ends_and_when_but_not_why(texts):
    text = texts["cessation_notice"]
    assert "Remiss R-2026-000051 upphör att gälla den 11 december 2026" in text
    assert "Beslut B-2026-000588, 11 december 2026" in text
    assert not [path for path in papers.PAPERS["cessation_notice"].names if "reason" in path or "motivation" in path]
    assert "Beslut" not in text_of("cessation_notice", decision=None)


# --- the offer -----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("R-1-48")
def test_the_offer_goes_to_the_department_with_the_home_and_a_last_day(texts):
    for wanted in (
        "Vi erbjuder förvaltningen bostaden",
        "senast den 12 oktober 2026",
        "Till Socialförvaltningen",
        "Storlek 3 rum och kök, 72,5 m²",
        "Hyra per månad 8 450 kr",
        "Anpassad för rullstol Nej",
        "Ledig från och med 1 november 2026",
        "Det här i remissen är inte uppfyllt",
        "Annat område än skolan",
        "Varför bostaden ändå erbjuds Hyran är 450 kr högre",
    ):
        assert wanted in texts["offer"]


@pytest.mark.rule("R-1-17")
def test_a_refusal_prints_the_requirement_that_failed_beside_the_three(texts):
    assert "Andra krav som inte är uppfyllda Målgrupp: 18–20 år, placerad och redo för eget boende" in texts["refusal"]
    assert "Andra krav" not in texts["grant"]


@pytest.mark.rule("R-1-50")
def test_a_no_has_a_reason_and_a_yes_needs_none(texts):
    assert "Nekar erbjudandet Skäl Hyran Kommentar Hushållets inkomst räcker inte." in texts["offer_answer"]
    assert "har inte fått något erbjudande" in texts["offer_answer"]
    with pytest.raises(MissingData, match="skäl"):
        papers.PAPERS["offer_answer"].check({**samples.OFFER_ANSWER, "reason_label": None})
    assert "Godkänner erbjudandet" in text_of("offer_answer", is_suitable=True, reason_label=None, note=None)


@pytest.mark.rule("R-1-49")
def test_the_client_is_told_of_the_home_the_viewing_and_the_signing(texts):
    for wanted in (
        "Adress Björkvägen 40, 590 97 Ekstad",
        "Visning 14 oktober 2026 kl. 14.30, i bostaden",
        "Kontraktskrivning 20 oktober 2026 kl. 10.00, med fastighetsförvaltningen",
        "Frågor om bostaden",
        "Ett enda boende erbjuds",
    ):
        assert wanted in texts["client_information"]


@pytest.mark.rule("R-1-49")
def test_the_client_is_told_where_the_lease_is_signed():
    assert "Plats Rådhustorget 1, 590 99 Ekstad" in text_of(
        "client_information", lease_place={"street": "Rådhustorget 1", "postal_code": "590 99", "city": "Ekstad"}
    )
    assert "Vi hör av oss om platsen." in text_of("client_information", lease_place=None)


@pytest.mark.rule("R-1-49")
def test_a_viewing_that_is_not_booked_has_a_reason():
    waived = text_of("client_information", viewing=None, viewing_waived="du har redan sett bostaden")
    assert "Ingen visning bokas: du har redan sett bostaden" in waived
    with pytest.raises(MissingData, match="varför ingen visning bokas"):
        papers.PAPERS["client_information"].check({**samples.CLIENT_INFORMATION, "viewing": None})


# --- the content in words ------------------------------------------------------------------------------------------------
def headings(said):
    return [section.label for section, _ in content_words.sections(said)]


@pytest.mark.rule("R-1-38")
@pytest.mark.rule("R-1-44")
def test_the_core_always_stands_and_the_rest_when_it_is_filled_in():
    core = [section.label for section in content.CORE]
    assert headings({}) == core
    assert headings({"health": {"reason": "", "adaptation": ""}, "areas": {"barred": []}}) == core
    said = {"health": {"reason": "Använder rollator.", "adaptation": "Inga trösklar"}, "contacts": {"text": "God man"}}
    assert headings(said) == [*core, "Hälsotillstånd", "Övriga kontakter"]


@pytest.mark.rule("R-1-45")
@pytest.mark.rule("R-1-46")
def test_what_is_filled_in_is_told_in_words():
    said = {
        "household": {"members": [{"name": "Noor", "age": 7, "child": True, "housing": "contact"}]},
        "need": {"rooms_min": 2, "rent_max": 9000, "needs_lift": True, "other": ""},
        "economy": {"debt_total": 0, "checked_on": "2026-10-01", "income": ""},
        "areas": {"barred": ["Hamnen", "Norr"]},
        "children": {"text": "Går i Björkskolan.", "areas": []},
    }
    told = {section.key: rows for section, rows in content_words.sections(said)}
    assert told["household"] == [("Barn", "Noor, 7 år, umgänge")]
    assert told["need"] == [
        ("Minst antal rum", "2"),
        ("Högsta hyra", "9\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr"),
        ("Hiss eller markplan", "ja"),
    ]
    assert told["economy"] == [("Skulder", "0\N{NO-BREAK SPACE}kr"), ("Kontrollerad", "1 oktober 2026")]
    assert told["areas"] == [("Inte lämpligt", "Hamnen, Norr")]
    assert told["children"] == [("Beskrivning", "Går i Björkskolan.")]


@pytest.mark.rule("R-1-30")
def test_nothing_that_was_approved_is_left_out():
    assert list(content_words.rows({"later": "Nytt fält", "text": "Boendestöd", "needs_lift": False})) == [
        ("Hiss eller markplan", "nej"),
        ("Beskrivning", "Boendestöd"),
        ("later", "Nytt fält"),
    ]


def test_every_field_of_every_form_has_a_label():
    hidden = {"version", "seen"}
    fields = {name for form in SECTION_FORMS.values() for name in form.base_fields} - hidden
    assert fields <= content_words.LABELS.keys()


# --- much text -----------------------------------------------------------------------------------------------------------
LONG = "Hyresgästföreningsordförandekandidatnomineringskommittésammanträdesprotokollsjusterare" * 2
MUCH = "Familjen har bott på vandrarhem och hos släktingar sedan i maj, och barnen har bytt skola två gånger. " * 30


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("refusal", {"motivation": f"{MUCH}\n{LONG}", "childs_best": MUCH, "other_support": MUCH}),
        ("referral", {"names": [LONG, "Eva Ek"], "sections": [{"heading": "Ekonomi", "rows": [{"label": LONG, "text": MUCH}] * 4}]}),
        ("completion_request", {"points": [{"label": "Insatser och stöd rörande boende", "text": MUCH[:1000]}] * 8}),
        ("group_material", {"question": MUCH, "stances": [{**samples.GROUP_MATERIAL["stances"][0], "reason": MUCH}] * 3}),
        ("dialogue_consent", {"consents": [{**samples.DIALOGUE_CONSENT["consents"][0], "name": LONG[:80]}] * 2}),
        ("offer", {"despite": f"{MUCH} {LONG}"}),
        ("offer_answer", {"note": f"{MUCH} {LONG}"}),
    ],
)  # fmt: skip
def test_long_names_and_much_text_stay_on_the_paper(name, more):
    kind, data = PRINTED[name]
    assert_well_set(papers.PAPERS[kind].typeset({**data, **more}).content)

"""The papers of a sublet contract: what each says, to whom, and what it never says."""

import json
import re
from copy import deepcopy
from io import BytesIO
from typing import Literal, get_args, get_origin, is_typeddict

import pytest
from pypdf import PdfReader

from bostad.documents import pdf, wording
from bostad.documents.pdf import CannotPrint, MissingData
from contracts import papers
from tests.documents import papers_read, samples
from tests.documents.papers_checked import (
    assert_accessible,
    assert_every_page_is_marked,
    assert_well_set,
    changed,
    fields_of,
)

PRINTED = {
    "order": ("order", samples.ORDER, None),
    "contract": ("contract", samples.CONTRACT, samples.TENANTS_ORIGINAL),
    "category_annex": ("category_annex", samples.CATEGORY_ANNEX, samples.CATEGORY_SHEET),
    "electricity_annex": ("electricity_annex", samples.ELECTRICITY_ANNEX, samples.ELECTRICITY_SHEET),
    "move_out_agreement": ("move_out_agreement", samples.MOVE_OUT_AGREEMENT, samples.MOVE_OUT_SHEET),
    "termination": ("termination", samples.TERMINATION, None),
    "confirmed_notice": ("termination", samples.CONFIRMED_NOTICE, None),
    "covering_letter": ("covering_letter", samples.COVERING_LETTER, None),
    "reminder": ("reminder", samples.REMINDER, None),
    "owner_notice": ("owner_notice", samples.OWNER_NOTICE, None),
}
LETTERS = ["termination", "confirmed_notice", "covering_letter", "reminder", "owner_notice"]
NAMELESS = ["covering_letter", "reminder", "owner_notice"]


@pytest.fixture(scope="module")
def printed():
    return {name: papers.PAPERS[kind].typeset(data, sheet).content for name, (kind, data, sheet) in PRINTED.items()}


def text_of(kind, data, sheet=None):
    return papers_read.whole_text(papers.PAPERS[kind].typeset(data, sheet).content)


def contract_text(**changes):
    return text_of("contract", {**samples.CONTRACT, **changes}, samples.TENANTS_ORIGINAL)


# --- every document --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", PRINTED)
def test_every_document_is_tagged_titled_and_uses_the_packaged_font(name, printed):
    assert_accessible(printed[name], PRINTED[name][1]["number"])


@pytest.mark.parametrize("name", PRINTED)
def test_no_template_code_is_printed(name, printed):
    assert not re.search("[{}]|[#%]}", papers_read.whole_text(printed[name]))


@pytest.mark.parametrize("name", PRINTED)
def test_no_title_names_a_tenant(name, printed):
    title = PdfReader(BytesIO(printed[name])).metadata.title
    assert not re.search("Nyberg|Haddad|1941", title)


@pytest.mark.rule("R-0-24")
@pytest.mark.parametrize("name", PRINTED)
def test_every_page_has_code_page_number_municipality_and_template(name, printed):
    _, data, sheet = PRINTED[name]
    assert_every_page_is_marked(printed[name], data, sheet["code"] if sheet else data["number"])


@pytest.mark.parametrize("name", PRINTED)
def test_nothing_is_printed_outside_the_margins_or_over_something_else(name, printed):
    assert_well_set(printed[name])


@pytest.mark.parametrize("name", PRINTED)
def test_data_that_have_been_stored_as_json_print_the_same_bytes(name, printed):
    kind, data, sheet = PRINTED[name]
    assert papers.PAPERS[kind].typeset(json.loads(json.dumps(data)), sheet).content == printed[name]


def test_a_numbered_sheet_cannot_be_printed_without_its_code():
    for name, (kind, data, sheet) in PRINTED.items():
        wrong = None if sheet else samples.TENANTS_ORIGINAL
        with pytest.raises(ValueError, match="sheet"):
            papers.PAPERS[kind].typeset(data, wrong)
        assert papers.PAPERS[kind].needs_sheet == (sheet is not None), name


def test_a_sheet_of_another_contract_is_refused():
    with pytest.raises(CannotPrint, match="hör inte till kontrakt"):
        papers.PAPERS["contract"].typeset({**samples.CONTRACT, "number": "K-2026-000159"}, samples.TENANTS_ORIGINAL)


def test_a_sheet_without_its_holder_is_refused():
    with pytest.raises(MissingData, match=r"vem det är till för \(bladet\)"):
        papers.PAPERS["contract"].typeset(samples.CONTRACT, {**samples.TENANTS_ORIGINAL, "holder": "landlord"})


# --- nothing missing -------------------------------------------------------------------------------------------------
FIELDS = [
    pytest.param(name, path, kind, optional, id=f"{name}-{'.'.join(map(str, path))}")
    for name, (paper, data, _) in PRINTED.items()
    for path, kind, optional in fields_of(papers.PAPERS[paper].data, data)
]


@pytest.mark.rule("R-0-24")
@pytest.mark.parametrize(("name", "path", "kind", "optional"), FIELDS)
def test_a_field_that_is_not_there_is_named_and_nothing_is_printed(name, path, kind, optional):
    paper, data, sheet = PRINTED[name]
    lacking = changed(data, path, lambda parent, key: parent.pop(key))
    with pytest.raises(MissingData) as missing:
        papers.PAPERS[paper].typeset(lacking, sheet)
    known = set(papers.PAPERS[paper].names.values())
    assert missing.value.fields and set(missing.value.fields) <= known


SHARED = {"municipality", "tenants", "dwelling"}  # one shape for all documents; the contract prints the whole of it
DEMANDED = [
    pytest.param(name, path, id=f"{name}-{'.'.join(map(str, path))}")
    for name, path, kind, optional in (parameter.values for parameter in FIELDS)
    if kind is str and not optional and path != ("form", "code") and (name == "contract" or path[0] not in SHARED)
]


@pytest.mark.parametrize(("name", "path"), DEMANDED)
def test_a_template_by_itself_notices_a_blank_text(name, path):
    """Without the types: a text that it did not notice would be a field without use."""
    paper, data, sheet = PRINTED[name]
    blank = changed(data, path, lambda parent, key: parent.__setitem__(key, " "))
    with pytest.raises(MissingData):
        pdf.fill(paper, {**blank, "sheet": sheet}, {})


def test_lacking_says_all_that_is_missing_at_once():
    data = deepcopy(samples.CONTRACT)
    data["tenants"][0]["personnummer"] = ""
    data["dwelling"]["designation"] = None
    data["rent"]["parts"] = []
    data["electricity"]["included"] = None
    del data["move_in_on"]
    assert papers.PAPERS["contract"].lacking(data) == [
        "personnummer (hyresgäst)",
        "beteckning (hyresobjekt)",
        "inflyttningsdatum",
        "hyrans delar (hyra)",
        "om el ingår (el)",
    ]
    assert papers.PAPERS["contract"].lacking(samples.CONTRACT) == []


def test_rent_parts_that_do_not_add_up_are_not_printed():
    rent = {**samples.CONTRACT["rent"], "total": "6790"}
    with pytest.raises(MissingData, match="hyresdelar som tillsammans blir hyran"):
        contract_text(rent=rent)


@pytest.mark.parametrize("wrong", ["6 780", "6780,00", "sex tusen"])
def test_what_is_no_amount_is_refused_in_words_for_a_caseworker(wrong):
    with pytest.raises(CannotPrint, match=rf"kan inte skrivas ut\. ”{wrong}” är inget tal"):
        contract_text(rent={**samples.CONTRACT["rent"], "total": wrong})


def test_what_is_no_date_is_refused_in_words_for_a_caseworker():
    with pytest.raises(CannotPrint, match=r"kan inte skrivas ut\. ”1 oktober” är inget datum"):
        contract_text(move_in_on="1 oktober")


@pytest.mark.rule("R-0-24")
def test_a_replaced_original_has_a_code_of_its_own():
    replaced = {**samples.TENANTS_ORIGINAL, "code": "K-2026-000158-A2"}
    assert "K-2026-000158-A2" in text_of("contract", samples.CONTRACT, replaced)


def test_the_printer_looks_for_gaps_without_printing():
    printer = papers.PAPERS["contract"].printer()
    printer.check(samples.CONTRACT, samples.TENANTS_ORIGINAL)
    with pytest.raises(MissingData, match="biståndsbeslut"):
        printer.check({**samples.CONTRACT, "decision": None}, samples.TENANTS_ORIGINAL)
    with pytest.raises(CannotPrint, match="ingen bladkod"):
        printer.check(samples.CONTRACT, {**samples.TENANTS_ORIGINAL, "code": "K-2026-000158-hyresgäst"})
    assert printer.typeset(samples.CONTRACT, samples.TENANTS_ORIGINAL).pages == 5


@pytest.mark.parametrize("kind", papers.PAPERS)
def test_every_document_has_a_template_and_every_field_a_swedish_name(kind):
    assert wording.wording(kind)
    names = papers.PAPERS[kind].names
    assert all(names.values())
    assert set(get_args(papers.Kind)) == set(papers.PAPERS)


# --- D-0-1 -----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("R-0-5")
@pytest.mark.rule("R-0-6")
@pytest.mark.rule("R-0-7")
@pytest.mark.rule("R-0-8")
@pytest.mark.rule("R-0-9")
@pytest.mark.rule("R-0-10")
@pytest.mark.rule("R-0-11")
@pytest.mark.rule("R-0-23")
@pytest.mark.rule("R-0-25")
def test_the_order_holds_what_the_routine_demands(printed):
    text = papers_read.whole_text(printed["order"])
    for wanted in (
        "Beställning av andrahandskontrakt",
        "Hyror, inflyttning och kontrakt",
        "vård- och omsorgsförvaltningen, Debiteringen",
        "Förnamn Harald",
        "Efternamn Nyberg",
        "Personnummer 19410105-9899",
        "Beteckning Rönngården, avdelning Björken, lgh 14",
        "Adress Rönnvägen 3, 590 99 Ekstad",
        "Kategoriboende Ja, BPSD",
        "Inflyttningsdatum 1 oktober 2026",
        "Kontraktet skickas till Rönnvägen 3, 590 99 Ekstad",
        "Sara Wikander intygade den 21 september 2026 att kontraktet är rätt ifyllt",
        "Frågor om beställningen besvaras av Användarstöd",
    ):
        assert wanted in text


@pytest.mark.rule("R-0-8")
def test_no_category_is_an_explicit_answer():
    assert "Kategoriboende Nej" in text_of("order", {**samples.ORDER, "category": None})


# --- D-0-2 -----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("R-0-1")
@pytest.mark.rule("R-4-18")
def test_the_contract_has_the_numbered_paragraphs_of_a_lease(printed):
    text = papers_read.whole_text(printed["contract"])
    headings = [
        *("Parter", "Företrädare", "Hyresobjekt", "Ändamål", "Hyrestid", "Uppsägning", "Hyra och betalning", "El"),
        *("Inventarier", "Skick och besiktning", "Besittningsskydd", "Särskilda bestämmelser", "Ordningsregler"),
        *("Försäkring", "Nycklar", "Personuppgifter", "Bilagor", "Underskrifter"),
    ]
    places = [text.find(f"{number} {heading}") for number, heading in enumerate(headings, start=1)]
    assert -1 not in places
    assert places == sorted(places)
    assert "12.2 Hjälpmedel" in text


@pytest.mark.rule("R-0-1")
@pytest.mark.rule("R-0-2")
def test_the_contract_says_what_was_frozen(printed):
    text = papers_read.whole_text(printed["contract"])
    for wanted in (
        "Vårdbostad demens, BPSD",
        "Harald Nyberg Personnummer 19410105-9899",
        "Birgitta Nyberg, framtidsfullmaktshavare",
        "Rönngården, avdelning Björken, lgh 14",
        "1 rum med kokvrå, 31,5 m²",
        "förråd, tvättstuga och del i gemensamt kök och vardagsrum",
        "ett beslut av vård- och omsorgsnämnden den 11 september 2026, ärende B-2026-000412",
        "Tills vidare, från och med den 1 oktober 2026",
        "Inflyttning 1 oktober 2026",
        "Lägenheten 6 240 kr",
        "Att betala 6 780 kr",
        "bankgiro 5050-1055 med OCR-nummer 2026001583",
        "Avgifter för vård, omsorg och måltider ingår inte i hyran",
        "Hushållsel ingår inte i hyran",
        "Bilaga 1 Kategoriboende, BPSD",
        "två likalydande original",
        "Avtalsadministratör, Delegation 4.12",
    ):
        assert wanted in text


@pytest.mark.rule("R-4-20")
def test_the_contract_keeps_decision_and_lease_apart(printed):
    text = papers_read.whole_text(printed["contract"])
    assert "om beslutet upphör, upphör inte hyresavtalet av sig självt" in text


@pytest.mark.rule("R-0-2")
def test_a_form_that_needs_a_decision_cannot_be_printed_without_it():
    with pytest.raises(MissingData, match="biståndsbeslut"):
        contract_text(decision=None)
    assert "Uthyrningen bygger på ett beslut" not in contract_text(decision=None, form=samples.MUNICIPAL)


@pytest.mark.rule("R-1-81")
def test_own_stock_is_a_first_hand_lease():
    own, hired = contract_text(head_lease=None), contract_text()
    assert "Andrahandskontrakt Avtal K-" in hired
    assert "hyr ut den i andra hand" in hired
    assert "Vårdbostad demens, BPSD Hyreskontrakt Avtal K-" in own
    assert "hyr ut den i första hand" in own
    assert "andra hand" not in own


@pytest.mark.rule("R-0-18")
def test_electricity_that_is_not_included_demands_its_company():
    with pytest.raises(MissingData, match="elnätsbolag"):
        contract_text(electricity={"included": False, "company": None})
    assert "Hushållsel ingår i hyran" in contract_text(electricity={"included": True, "company": None})


@pytest.mark.rule("R-0-15")
def test_every_tenant_has_a_signature_of_their_own_with_capacity():
    text = contract_text(tenants=[samples.HARALD, samples.INGA])
    assert "Hyresgäst Harald Nyberg" in text
    assert "Hyresgäst Inga Nyberg" in text
    assert "Inga Nyberg har ingen företrädare" in text
    assert "Hyresgästerna svarar tillsammans för hela hyran" in text
    signing = text[text.index("18 Underskrifter") : text.index("Överenskommelse om avflyttning")]
    assert signing.count("Undertecknar som:") == 2
    assert signing.count("Underskrift ") == 3
    assert signing.count("framtidsfullmaktshavare") == 1
    assert "företrädare, nämligen" in signing


@pytest.mark.rule("R-0-20")
def test_the_contract_ends_with_a_move_out_agreement_on_a_page_of_its_own(printed):
    pages = papers_read.texts(printed["contract"])
    assert "Överenskommelse om avflyttning" in pages[-1]
    assert not any("Överenskommelse om avflyttning" in page for page in pages[:-1])
    for wanted in ("Uppsägningsdatum", "Utflyttningsdatum", "Avslutningsdatum", "Orsak", "Underskrift"):
        assert wanted in pages[-1]
    assert "Underskrifter" not in pages[-1]


@pytest.mark.rule("R-0-15")
@pytest.mark.parametrize("represented", [True, False], ids=["represented", "by themselves"])
def test_who_signs_the_lease_or_the_move_signs_on_one_page_whoever_else_does(represented):
    """A page of its own for the last of two tenants, or for the municipality, could belong to any contract."""
    harald = samples.HARALD if represented else {**samples.HARALD, "representative": None}
    both = {**samples.CONTRACT, "tenants": [harald, {**harald, "name": "Elsa Nyberg"}]}
    printed = papers.PAPERS["contract"].typeset(both, samples.TENANTS_ORIGINAL).content
    signing = [page for page in papers_read.texts(printed) if "Namnförtydligande" in page]
    lease, move = signing
    for page in signing:
        assert page.count("Namnförtydligande") == 3
        assert all(who in page for who in ("Harald Nyberg", "Elsa Nyberg", "För Ekstads kommun"))
    assert "Underskrifter" in lease
    assert "är överens om att hyresavtalet upphör" in move


@pytest.mark.rule("R-0-19")
@pytest.mark.rule("R-0-20")
def test_the_filled_in_move_out_agreement_bears_the_code_of_the_tenants_original(printed):
    text = papers_read.whole_text(printed["move_out_agreement"])
    assert samples.TENANTS_ORIGINAL["code"] in text
    for wanted in (
        "Uppsägningsdatum 8 mars 2027",
        "Planerad utflyttning 18 juni 2027",
        "Avslutningsdatum 30 juni 2027",
        "Orsak Egen uppsägning",
    ):
        assert wanted in text


# --- D-0-3 and D-0-4 -------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def categories():
    variants = {"bpsd": samples.BPSD, "young_dementia": samples.YOUNG_DEMENTIA, "couple": samples.COUPLE}
    return {
        code: text_of("category_annex", {**samples.CATEGORY_ANNEX, "category": category}, samples.CATEGORY_SHEET)
        for code, category in variants.items()
    }


@pytest.mark.rule("R-0-14")
def test_each_category_has_a_text_of_its_own(categories):
    assert "svåra beteendemässiga och psykiska symtom" in categories["bpsd"]
    assert "demenssjukdom i yrkesverksam ålder" in categories["young_dementia"]
    assert "Om en av er avlider Den som lever kvar är fortfarande hyresgäst" in categories["couple"]
    assert len(set(categories.values())) == 3


@pytest.mark.rule("R-0-14")
@pytest.mark.rule("R-4-20")
@pytest.mark.parametrize("code", ["bpsd", "young_dementia", "couple"])
def test_every_category_annex_is_signed_by_both_and_does_not_end_the_lease_by_itself(code, categories):
    assert "För Ekstads kommun" in categories[code]
    assert "Hyresgäst Harald Nyberg" in categories[code]
    assert categories[code].count("Underskrift ") == 2
    assert re.search("Hyresavtalet upphör inte av (det|sig självt)", categories[code])
    assert "kan överklagas" in categories[code]


def test_a_category_without_a_text_cannot_be_printed():
    unknown = {**samples.CATEGORY_ANNEX, "category": {"code": "other", "label": "annat"}}
    with pytest.raises(MissingData):
        papers.PAPERS["category_annex"].typeset(unknown, samples.CATEGORY_SHEET)
    with pytest.raises(MissingData):
        pdf.fill("category_annex", {**unknown, "sheet": samples.CATEGORY_SHEET}, {})


@pytest.mark.rule("R-0-18")
def test_the_electricity_annex_reports_the_move_in(printed):
    text = papers_read.whole_text(printed["electricity_annex"])
    for wanted in ("Anmälan om inflyttning till Ekstads Energi", "1 oktober 2026", "Harald Nyberg", "Rönnvägen 3"):
        assert wanted in text
    assert "Anläggnings-id, 18 siffror" in text


def test_the_electricity_annex_tells_the_company_nothing_of_care(printed):
    text = papers_read.whole_text(printed["electricity_annex"]).lower()
    assert not re.search("vård|omsorg|nämnd|demens|bpsd|bistånd|rönngården|fullmakt", text)


# --- letters ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", LETTERS)
def test_the_window_of_the_envelope_shows_the_address_and_nothing_else(name, printed):
    """Window of a C5 or S65 envelope: right half, some 4 to 8.5 cm from the top of the sheet."""
    recipient = PRINTED[name][1]["recipient"]
    first = papers_read.runs(printed[name])[0]
    window = [run for run in first if run.right > 103 and run.bottom > 36 and run.top < 85]
    shown = " ".join(" ".join(run.text for run in window).split())
    wanted = [recipient["name"], recipient["organisation"], recipient["street"]]
    wanted.append(f"{recipient['postal_code']} {recipient['city']}")
    assert shown == " ".join(line for line in wanted if line)
    assert all(run.left >= 109 and run.top >= 44 for run in window)


@pytest.mark.parametrize("name", NAMELESS)
def test_letters_to_others_have_no_field_for_a_tenant(name):
    names = papers.PAPERS[name].names
    assert not [path for path in names if "tenant" in path or "personnummer" in path]


@pytest.mark.parametrize("name", NAMELESS)
def test_letters_to_others_print_no_tenant_even_if_given_one(name):
    data = {
        **PRINTED[name][1],
        "tenants": [samples.HARALD],
        "category": samples.BPSD,
        "decision": samples.DECISION,
        "rent": samples.CONTRACT["rent"],
        "dwelling": samples.DWELLING,
    }
    text = text_of(PRINTED[name][0], data)
    assert not re.search(
        "Harald|Nyberg|Birgitta|19410105|BPSD|demens|6 780|B-2026|Rönnvägen 3, 590 99 Ekstad Lägenhet", text
    )
    assert data["number"] in text
    assert data["designation"] in text


@pytest.mark.rule("R-0-9")
@pytest.mark.rule("R-0-13")
@pytest.mark.rule("R-0-26")
def test_the_covering_letter_says_what_is_enclosed_and_what_comes_back(printed):
    text = papers_read.whole_text(printed["covering_letter"])
    for wanted in (
        "K-2026-000158-A Hyresgästens original Ja Till hyresgästen",
        "K-2026-000158-B Kommunens original Ja Tillbaka till oss",
        "K-2026-000158-E Anmälan till Ekstads Energi Nej Till elnätsbolaget",
        "senast den 12 oktober 2026",
        "Båda är undertecknade för kommunen",
        "vård- och omsorgsförvaltningen, Debiteringen Stortorget 1, 590 99 Ekstad",
    ):
        assert wanted in text
    assert len(papers_read.texts(printed["covering_letter"])) == 1


@pytest.mark.rule("R-0-17")
@pytest.mark.rule("R-0-21")
def test_the_reminder_says_which_sheet_is_missing_and_since_when(printed):
    text = papers_read.whole_text(printed["reminder"])
    assert "K-2026-000158-B Kommunens original 25 september 2026 12 oktober 2026" in text
    assert "Det här är påminnelse" not in text
    assert "Det här är påminnelse 2." in text_of("reminder", {**samples.REMINDER, "occurrence": 2})


def test_the_owner_is_told_of_the_sublet_by_its_own_reference(printed):
    text = papers_read.whole_text(printed["owner_notice"])
    for wanted in ("12 kap. 39 § tredje stycket jordabalken", "Ert avtal F-2019-0044", "Av sekretesskäl"):
        assert wanted in text
    assert "Rönnvägen" not in text


@pytest.mark.rule("R-4-17")
@pytest.mark.rule("R-4-20")
def test_the_landlords_termination_gives_grounds_last_day_and_what_the_tenant_may_do(printed):
    text = papers_read.whole_text(printed["termination"])
    for wanted in (
        "Avtalet upphör den 31 januari 2027",
        "Hyran har betalats för sent vid sju tillfällen",
        "12 kap. 46 § första stycket 2 jordabalken",
        "senast klockan 12.00 den 1 februari 2027",
        "Det här kan du göra",
        "12 kap. 49 § jordabalken",
        "Uppsägningen gäller bara hyresavtalet",
        "Min underskrift betyder inte att jag godtar den",
    ):
        assert wanted in text


@pytest.mark.parametrize("key", ["grounds", "options", "last_on"])
def test_a_termination_without_grounds_way_out_or_last_day_is_not_printed(key):
    empty = None if key == "last_on" else []
    with pytest.raises(MissingData, match=papers.PAPERS["termination"].names[key]):
        papers.PAPERS["termination"].typeset({**samples.TERMINATION, key: empty})


def test_a_termination_at_once_says_so_and_needs_no_last_day():
    text = text_of("termination", {**samples.TERMINATION, "at_once": True, "last_on": None})
    assert "Avtalet upphör genast." in text


def test_the_tenants_own_notice_is_confirmed(printed):
    text = papers_read.whole_text(printed["confirmed_notice"])
    assert "Den 12 oktober 2026 fick vi en uppsägning från dig" in text
    assert "Avtalet upphör den 31 januari 2027" in text
    assert "Varför avtalet sägs upp" not in text
    for key in ("received_on", "given_by", "last_on"):
        with pytest.raises(MissingData):
            papers.PAPERS["termination"].typeset({**samples.CONFIRMED_NOTICE, key: None})


# --- much text -------------------------------------------------------------------------------------------------------
LONG_NAMES = [
    "Alexandra Wilhelmina Ekenstierna-Hammarskjöld",
    "Muhammad Abdirahman Yusuf Al-Khatib Johansson",
    "Thi Ngoc Huyen Nguyễn-Petersson",
    "Živka Đorđević-Östlund",
]
LONG_ADDRESS: papers.Address = {
    "street": "Norra Fredrikskanslergatan 128 C, 4 trappor",
    "postal_code": "590 98",
    "city": "Västra Ekstadshammar",
}
LONG_PLACE: papers.Place = {
    **LONG_ADDRESS,
    "designation": "Norra Fredrikskanslergatans trygghetsboende, avdelning Blåklockan och Prästkragen, lgh 1404",
    "apartment_number": "1404",
}
LONG_REPRESENTATIVE: papers.Representative = {
    "name": "Maximiliane Charlotta von Essen-Lagergrenström",
    "capacity_label": "god man enligt 11 kap. 4 § föräldrabalken",
    "authority": "Förordnande av överförmyndarnämnden den 12 maj 2026, diarienummer ÖFN 2026/004512",
    "address": LONG_ADDRESS,
    "phone": "070-000 00 01",
}
LONG_WORD = "Hyresgästföreningsordförandekandidatnomineringskommittésammanträdesprotokollsjusterare" * 2
CROWD: list[papers.Tenant] = [
    {"name": name, "personnummer": "19410105-9899", "representative": LONG_REPRESENTATIVE if number % 2 else None}
    for number, name in enumerate(LONG_NAMES)
]
CROWDED = {
    "contract": {
        **samples.CONTRACT,
        "tenants": CROWD,
        "dwelling": {**samples.DWELLING, **LONG_PLACE},
        "clauses": [
            {
                "heading": f"Särskild bestämmelse nummer {number}",
                "text": f"Om förråd och hjälpmedel. {LONG_WORD}\nSlut.",
            }
            for number in range(1, 13)
        ],
        "appendices": [{"letter": str(number), "title": "Förteckning över inventarier"} for number in range(1, 9)],
    },
    "category_annex": {**samples.CATEGORY_ANNEX, "tenants": CROWD, "dwelling": LONG_PLACE},
    "electricity_annex": {**samples.ELECTRICITY_ANNEX, "tenants": CROWD, "dwelling": LONG_PLACE},
    "move_out_agreement": {**samples.MOVE_OUT_AGREEMENT, "tenants": CROWD, "dwelling": LONG_PLACE},
    "termination": {
        **samples.TERMINATION,
        "tenant_names": LONG_NAMES,
        "dwelling": LONG_PLACE,
        "recipient": {**LONG_ADDRESS, "name": LONG_NAMES[0], "organisation": LONG_NAMES[1], "care_of": LONG_NAMES[2]},
    },
    "order": {
        **samples.ORDER,
        "dwelling": LONG_PLACE,
        "tenants": [
            {"first_name": LONG_WORD[:40], "surname": LONG_WORD[:60], "personnummer": "19410105-9899"} for _ in range(4)
        ],
    },
    "covering_letter": {
        **samples.COVERING_LETTER,
        "designation": LONG_PLACE["designation"],
        "enclosures": samples.COVERING_LETTER["enclosures"] * 4,
    },
    "reminder": {**samples.REMINDER, "designation": LONG_WORD[:70], "missing": samples.REMINDER["missing"] * 8},
    "owner_notice": {**samples.OWNER_NOTICE, "designation": LONG_PLACE["designation"], "property": LONG_WORD[:80]},
}


@pytest.mark.parametrize("kind", CROWDED)
def test_long_names_many_tenants_and_many_clauses_stay_on_the_paper(kind):
    content = papers.PAPERS[kind].typeset(CROWDED[kind], PRINTED[kind][2]).content
    assert_well_set(content)
    assert "".join(LONG_WORD.split()) in "".join(papers_read.whole_text(content).split()) or kind != "contract"


def test_all_that_is_crowded_is_still_there():
    content = papers.PAPERS["contract"].typeset(CROWDED["contract"], samples.TENANTS_ORIGINAL).content
    text = papers_read.whole_text(content)
    assert "12.12 Särskild bestämmelse nummer 12" in text
    assert all(name.replace("-", "") in text.replace("-", "").replace("\ufffe", "") for name in LONG_NAMES)


def test_no_page_of_a_contract_holds_only_a_heading():
    for data in (samples.CONTRACT, CROWDED["contract"]):
        pages = papers_read.runs(papers.PAPERS["contract"].typeset(data, samples.TENANTS_ORIGINAL).content)
        for page in pages:
            body = [run for run in page if 36 < run.top < 270]
            assert max(run.bottom for run in body) > 80


def test_every_type_in_the_shapes_is_json():
    allowed = {str, bool, int}
    for name, (paper, data, _) in PRINTED.items():
        for path, kind, _ in fields_of(papers.PAPERS[paper].data, data):
            inner = get_args(kind)[0] if get_origin(kind) is list else kind
            assert inner in allowed or is_typeddict(inner) or get_origin(kind) is Literal, (name, path)


# --- as the walk found them --------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-12")
@pytest.mark.parametrize("more", range(12))
def test_the_signatures_of_a_contract_never_stand_on_a_page_without_its_text(more):
    """However long the clauses before them are."""
    clause = {"heading": "Trädgård", "text": "Hyresgästen får odla i trädgården. " * 8}
    data = {**samples.CONTRACT, "clauses": [*samples.CONTRACT["clauses"], *[clause] * more]}
    pages = papers_read.texts(papers.PAPERS["contract"].typeset(data, samples.TENANTS_ORIGINAL).content)
    signed = [page for page in pages if "Underskrifter" in page]
    assert len(signed) == 1
    assert "Personuppgifter" in signed[0]
    assert "Undertecknar som" in signed[0]


def test_a_mail_address_is_broken_before_its_at_or_not_at_all():
    address = "gun-britt.nystrom-lagerkvist@ekstad.example"
    data = {**samples.COVERING_LETTER, "contact": {**samples.CONTACT, "email": address}}
    lines = [
        line.strip()
        for line in papers_read.whole_text(papers.PAPERS["covering_letter"].typeset(data, None).content).split()
    ]
    assert address in lines or {"gun-britt.nystrom-lagerkvist", "@ekstad.example"} <= set(lines)


@pytest.mark.rule("R-0-18")
@pytest.mark.parametrize(("holder", "hands_it_over"), [("tenant", True), ("municipality", False)])
def test_only_the_tenants_copy_of_the_electricity_annex_is_handed_to_the_company(holder, hands_it_over):
    sheet = {**samples.ELECTRICITY_SHEET, "holder": holder}
    text = papers_read.whole_text(papers.PAPERS["electricity_annex"].typeset(samples.ELECTRICITY_ANNEX, sheet).content)
    assert ("Lämna anmälan till" in text) is hands_it_over
    assert ("Det här är kommunens exemplar" in text) is not hands_it_over


def test_a_unit_that_answers_has_no_title_on_a_letter():
    by_unit = {**samples.REMINDER, "contact": {**samples.CONTACT, "name": "Debiteringen", "title": None}}
    text = text_of("reminder", by_unit)
    assert "Kontakt Debiteringen Telefon" in text
    assert "andläggare" not in text

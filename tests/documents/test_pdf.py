"""The press: what goes in comes out whole, alone, accessible and the same every time."""

import json
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from bostad.documents import pdf, press, qr, wording
from bostad.documents.pdf import CannotPrint, FetchRefused, MissingData, UnprintableText
from tests.documents import papers_read, samples

ROOT = Path(__file__).resolve().parents[2]
ORIGINALS = (samples.TENANTS_ORIGINAL, samples.MUNICIPALITYS_ORIGINAL)


@pytest.fixture(scope="module")
def originals():
    """The tenant's and the municipality's original of one contract."""
    return [pdf.render("contract", samples.CONTRACT, sheet=sheet) for sheet in ORIGINALS]


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)


def page_of(body: str) -> str:
    return f'<!doctype html><html lang="sv"><head><title>Prov</title></head><body>{body}</body></html>'


# --- accessible ------------------------------------------------------------------------------------------------------
def test_the_document_is_tagged_and_says_that_it_is_pdf_ua(originals):
    reader = PdfReader(BytesIO(originals[0].content))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalog["/Lang"] == "sv"
    assert b'pdfuaid:part="1"' in catalog["/Metadata"].get_object().get_data()
    assert reader.metadata.title == "Andrahandskontrakt K-2026-000158"


def test_headings_are_tagged_in_order_and_tables_have_headers(originals):
    tags = list(papers_read.tags(originals[0].content).walk())
    levels = [int(tag.kind[1]) for tag in tags if re.fullmatch("H[1-6]", tag.kind)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert all("TH" in {inner.kind for inner in tag.walk()} for tag in tags if tag.kind == "Table")
    assert all(tag.alt for tag in tags if tag.kind == "Figure")


def test_weasyprint_has_nothing_to_complain_of(caplog):
    press._style.cache_clear()
    with caplog.at_level(logging.WARNING):
        pdf.render("contract", samples.CONTRACT, sheet=samples.TENANTS_ORIGINAL)
    assert not caplog.records


def test_the_packaged_font_is_embedded_and_no_other_is_used(originals):
    fonts = papers_read.fonts(originals[0].content)
    assert fonts
    assert all(fonts.values())
    assert all("Bostad-Inter" in name for name in fonts)


def test_a_document_set_in_another_font_is_not_accepted(monkeypatch):
    monkeypatch.setattr(press, "FAMILY", b"Some-Other-Font")
    with pytest.raises(CannotPrint, match="typsnitt"):
        pdf.render("reminder", samples.REMINDER)


# --- pages and sheets ------------------------------------------------------------------------------------------------
@pytest.mark.rule("R-0-24")
def test_every_page_has_its_code_its_number_and_the_approved_template(originals):
    for sheet, original in zip(ORIGINALS, originals, strict=True):
        pages = papers_read.texts(original.content)
        assert len(pages) == original.pages
        for number, text in enumerate(pages, start=1):
            assert sheet["code"] in text
            assert f"Sida {number} av {original.pages}" in text
            assert "Ekstads kommun · K-2026-000158" in text
            assert "Mall: Andrahandskontrakt, vårdbostad demens, lydelse 3, fastställd 1 september 2026" in text


@pytest.mark.rule("R-0-12")
def test_both_originals_say_the_same_but_for_code_and_holder(originals):
    def shared(sheet, original):
        return [
            text.replace(sheet["code"], "").replace(sheet["holder_line"], "")
            for text in papers_read.texts(original.content)
        ]

    tenants, municipalitys = (shared(*pair) for pair in zip(ORIGINALS, originals, strict=True))
    assert tenants == municipalitys
    assert originals[0].content != originals[1].content


@pytest.mark.rule("R-0-12")
def test_both_originals_look_the_same_below_the_head(originals):
    def below_head(original):
        return [
            picture.crop((0, 31 * 4, picture.width, picture.height)).tobytes()
            for picture in papers_read.pictures(original.content)
        ]

    assert below_head(originals[0]) == below_head(originals[1])


@pytest.mark.rule("R-0-12")
def test_the_sheet_reaches_one_partial_alone():
    readers = {
        path.name
        for path in (pdf.TEMPLATES / "pdf").glob("*.html")
        if re.search(r"{[{%][^}]*\bsheet\b", path.read_text(encoding="utf-8"))
    }
    assert readers == {"_sheet.html", "electricity_annex.html"}  # the annex is no original: its copies go to two places


@pytest.mark.rule("R-0-12")
def test_the_html_of_both_originals_is_equal_outside_that_partial():
    def without_mark(sheet):
        html = pdf.fill("contract", {**samples.CONTRACT, "sheet": sheet}, {})
        outside, found = re.subn(r'<svg.*?</svg>\s*<div class="mark">.*?</div></div>', "", html, flags=re.S)
        assert found == 1
        return outside

    assert without_mark(samples.TENANTS_ORIGINAL) == without_mark(samples.MUNICIPALITYS_ORIGINAL)


def test_the_qr_code_on_every_page_holds_the_code_of_the_sheet(originals):
    """Each module of the printed symbol is compared with the symbol that a reader would decode to the code."""
    left, top, side, dots = 190 - 15.5, 11, 15.5, 8
    for sheet, original in zip(ORIGINALS, originals, strict=True):
        wanted = [list(row) for row in qr.matrix(sheet["code"])]
        module = side / len(wanted)
        for picture in papers_read.pictures(original.content, dots_per_mm=dots):
            seen = [
                [
                    int(picture.getpixel(((left + (x + 0.5) * module) * dots, (top + (y + 0.5) * module) * dots)) < 128)
                    for x in range(len(wanted))
                ]
                for y in range(len(wanted))
            ]
            assert seen == wanted


def test_the_quiet_zone_of_the_qr_code_is_white(originals):
    quiet = 4 * 15.5 / 21
    dots = 8
    picture = papers_read.pictures(originals[0].content, dots_per_mm=dots)[0]
    around = picture.crop([round(edge * dots) for edge in (174.5 - quiet, 11 - quiet, 190 + quiet, 26.5 + quiet)])
    symbol = [round(edge * dots) for edge in (quiet, quiet, quiet + 15.5, quiet + 15.5)]
    around.paste(255, (symbol[0] - 1, symbol[1] - 1, symbol[2] + 1, symbol[3] + 1))
    assert around.getextrema() == (255, 255)


@pytest.mark.parametrize(
    "wrong", ["19410105-9899", "Harald Nyberg", "https://ekstad.example/K-2026-000158-A", "K-2026-158"]
)
def test_a_qr_code_holds_nothing_but_a_sheet_code(wrong):
    with pytest.raises(ValueError, match="ingen bladkod"):
        qr.svg(wrong)


# --- the same every time ---------------------------------------------------------------------------------------------
def test_equal_input_gives_equal_bytes(originals):
    pdf.render("reminder", samples.REMINDER)
    again = pdf.render("contract", json.loads(json.dumps(samples.CONTRACT)), sheet=samples.TENANTS_ORIGINAL)
    assert again == originals[0]
    assert again.sha256 == sha256(again.content).hexdigest()


def test_another_process_on_another_day_gives_the_same_bytes_and_needs_no_settings(originals):
    code = (
        "import json, sys; from bostad.documents import pdf\n"
        "data, sheet = json.load(sys.stdin); print(pdf.render('contract', data, sheet=sheet).sha256)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    given = json.dumps([samples.CONTRACT, samples.TENANTS_ORIGINAL])
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == originals[0].sha256


def test_threads_do_not_disturb_each_other(originals):
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(pdf.render, "contract", samples.CONTRACT, sheet=sheet) for sheet in ORIGINALS * 2]
        assert [job.result().sha256 for job in jobs] == [original.sha256 for original in originals] * 2


def test_the_environment_is_left_as_it_was(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    pdf.render("reminder", samples.REMINDER)
    assert "SOURCE_DATE_EPOCH" not in os.environ
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12")
    pdf.render("reminder", samples.REMINDER)
    assert os.environ["SOURCE_DATE_EPOCH"] == "12"


@pytest.mark.rule("R-0-24")
def test_the_wording_of_a_template_changes_with_every_part_that_it_is_built_of(tmp_path, monkeypatch):
    before = wording.wording("contract"), wording.wording("reminder")
    shutil.copytree(pdf.TEMPLATES / "pdf", tmp_path / "pdf")
    with (tmp_path / "pdf" / "_move_out.html").open("a", encoding="utf-8") as partial:
        partial.write("<p>Ny mening.</p>")
    monkeypatch.setattr(wording, "TEMPLATES", tmp_path)
    assert wording.wording("contract") != before[0]
    assert wording.wording("reminder") == before[1]


# --- nothing from outside --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "body",
    [
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="https://example.org/x.png" alt="x">',
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="/etc/passwd" alt="x">',
        '<img src="../../etc/passwd" alt="x">',
        '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">',
        '<img src="bostad:inter/../x" alt="x">',
        '<object data="file:///etc/passwd">x</object>',
        '<style>p { background: url("http://127.0.0.1:9/x.png") }</style><p>x</p>',
        '<style>@import "http://127.0.0.1:9/x.css";</style><p>x</p>',
        '<style>@font-face { font-family: "X"; src: url("file:///etc/passwd") }</style><p>x</p>',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><p>x</p>',
        '<link rel="attachment" href="file:///etc/passwd"><p>x</p>',
        '<p><a rel="attachment" href="file:///etc/passwd">x</a></p>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title>'
        '<image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<base href="http://127.0.0.1:9/"><img src="x.png" alt="x">',
    ],
)
def test_neither_network_nor_file_system_is_read(body, no_network):
    with pytest.raises(FetchRefused, match="utanför systemet"):
        press._typeset(page_of(body))


def test_markup_in_the_data_is_printed_as_text(no_network):
    attack = '<img src="http://127.0.0.1:9/x.png"> {{ sheet.code }} & <b>fet</b>'
    data = {**samples.CONTRACT, "clauses": [{"heading": attack, "text": attack}]}
    text = papers_read.whole_text(pdf.render("contract", data, sheet=samples.TENANTS_ORIGINAL).content)
    assert text.replace(" ", "").count(attack.replace(" ", "")) == 2


def test_what_weasyprint_calls_an_error_stops_the_printing():
    with pytest.raises(CannotPrint, match=r'blev inte hel: .*"lang"'):
        press._typeset(page_of("<p>x</p>").replace(' lang="sv"', ""))


# --- nothing missing -------------------------------------------------------------------------------------------------
def test_missing_data_stops_the_printing_and_names_every_gap():
    data = {key: value for key, value in samples.REMINDER.items() if key != "letter_on"}
    data["recipient"] = {**samples.ORDERER, "street": "", "city": "  "}
    data["contact"] = None
    names = {"letter_on": "brevets datum", "recipient.street": "gatuadress", "recipient.city": "postort"}
    with pytest.raises(MissingData) as missing:
        pdf.render("reminder", data, names=names)
    assert set(missing.value.fields) >= {"brevets datum", "gatuadress", "postort", "uppgiften contact.name"}
    assert str(missing.value).startswith("Handlingen kan inte skrivas ut. Det som saknas: ")


@pytest.mark.parametrize(
    "source",
    [
        "{{ nothing }}",
        "{{ number.nothing }}",
        "{{ person.nothing }}",
        "{{ person.nothing.more }}",
        "{{ people.0.nothing }}",
        "{{ people.7 }}",
        "{% if nothing %}x{% endif %}",
        "{% if person.nothing and number %}x{% endif %}",
        "{% if not person.nothing %}x{% endif %}",
        "{% if person.nothing == 'x' %}x{% endif %}",
        "{% for one in nothing %}x{% endfor %}",
        "{% for one in person.nothing %}x{% endfor %}",
        "{% with one=person.nothing %}{{ one }}{% endwith %}",
        "{{ person.nothing|written }}",
        "{{ person.nothing|kronor }}",
        "{{ person.nothing|number }}",
        "{{ person.nothing|listed }}",
        "{{ person.nothing|one_line }}",
        "{{ person.nothing|capfirst }}",
        "{{ person.nothing|default:'x' }}",
        "{% for one in person.nothing|paragraphs %}x{% endfor %}",
        "{% qr_code person.nothing %}",
        "{{ null }}",
        "{{ blank }}",
        "{{ empty_list }}",
        "{{ person.null }}",
        "{{ person.null|written }}",
        "{{ null.more }}",
    ],
)
def test_an_unknown_or_empty_value_is_never_passed_over(source, tmp_path, monkeypatch):
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "scratch.html").write_text(source, encoding="utf-8")
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    monkeypatch.setattr(pdf, "_engine", pdf._engine.__wrapped__)
    person = {"name": "Inga", "null": None}
    data = {"number": "1", "person": person, "people": [person], "null": None, "blank": " ", "empty_list": []}
    with pytest.raises(MissingData):
        pdf.fill("scratch", data, {})


def test_what_is_null_or_empty_may_be_asked_for_without_being_printed(tmp_path, monkeypatch):
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "scratch.html").write_text(
        "{% if null %}x{% endif %}{% for one in empty_list %}x{% endfor %}{% if not no %}y{% endif %}{{ count }}",
        encoding="utf-8",
    )
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    monkeypatch.setattr(pdf, "_engine", pdf._engine.__wrapped__)
    assert pdf.fill("scratch", {"null": None, "empty_list": [], "no": False, "count": 2}, {}) == "y2"


def test_characters_that_the_font_lacks_stop_the_printing():
    data = {**samples.REMINDER, "contract_title": "Andrahandskontrakt 😀 \N{RIGHT-TO-LEFT OVERRIDE}"}
    with pytest.raises(UnprintableText, match=r"U\+1F600") as unprintable:
        pdf.render("reminder", data)
    assert unprintable.value.characters == ("\N{RIGHT-TO-LEFT OVERRIDE}", "😀")


def test_letters_in_two_parts_are_put_together():
    data = {**samples.REMINDER, "designation": "Ro\N{COMBINING DIAERESIS}nnga\N{COMBINING RING ABOVE}rden"}
    assert "Rönngården" in papers_read.whole_text(pdf.render("reminder", data).content)


def test_frozen_data_are_json():
    with pytest.raises(TypeError, match="rent is float"):
        pdf.fill("reminder", {"rent": 6780.5}, {})


# --- the print file --------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def letters():
    """Documents of one, two and one pages."""
    kinds = [
        ("reminder", samples.REMINDER),
        ("termination", samples.TERMINATION),
        ("owner_notice", samples.OWNER_NOTICE),
    ]
    rendered = [pdf.render(kind, data) for kind, data in kinds]
    assert [letter.pages for letter in rendered] == [1, 2, 1]
    return [letter.content for letter in rendered]


def test_printed_on_both_sides_every_document_begins_on_a_front_page(letters):
    pages = papers_read.texts(pdf.join(letters))
    assert [bool(text) for text in pages] == [True, False, True, True, True]
    assert "Påminnelse" in pages[0]
    assert "Uppsägning" in pages[2]
    assert "Underrättelse" in pages[4]


def test_the_blank_back_has_the_size_of_its_front(letters):
    sizes = {
        (round(page.mediabox.width), round(page.mediabox.height))
        for page in PdfReader(BytesIO(pdf.join(letters))).pages
    }
    assert sizes == {(595, 842)}


def test_printed_on_one_side_nothing_is_put_in(letters):
    pages = papers_read.texts(pdf.join(letters, duplex=False))
    assert [bool(text) for text in pages] == [True] * 4


def test_a_joined_file_keeps_its_fonts_and_is_the_same_every_time(letters):
    joined = pdf.join(letters)
    assert all(papers_read.fonts(pdf.join(letters, duplex=False)).values())
    assert pdf.join(letters) == joined


def test_an_empty_print_file_is_refused():
    with pytest.raises(ValueError, match="inget att skriva ut"):
        pdf.join([])

"""The parts of every page: words of deadlines and money, rules, steps, fields, errors. No database."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms as django_forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Engine, Template
from django.template.loader import render_to_string

from bostad import forms, words
from bostad.overview.templatetags import components
from tests.pages import PDF

TODAY = date(2026, 10, 15)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"0" * 100 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = [path for path in TEMPLATES.rglob("*.html") if path.parent.name != "pdf"]  # papers have an engine of their own


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def spaced(text: str) -> str:
    return text.replace(words.NO_BREAK, " ")


# --- words of a deadline ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "when", "said", "below"),
    [
        (date(2026, 10, 9), "overdue", "6 dagar sen", "fre 9 okt"),
        (date(2026, 10, 14), "overdue", "1 dag sen", "ons 14 okt"),
        (date(2025, 10, 14), "overdue", "366 dagar sen", "tis 14 okt 2025"),
        (date(2026, 10, 15), "today", "Idag", ""),
        (date(2026, 10, 16), "soon", "I morgon", "fre 16 okt"),
        (date(2026, 10, 17), "soon", "Om 2 dagar", "lör 17 okt"),
        (date(2026, 10, 22), "soon", "Om 7 dagar", "tors 22 okt"),
        (date(2026, 10, 23), "later", "23 okt", ""),
        (date(2027, 3, 20), "later", "20 mar 2027", ""),
    ],
)
def test_a_deadline_is_told_from_today(day, when, said, below):
    due = words.due(day, TODAY)
    assert (due.when, spaced(due.words), spaced(due.below)) == (when, said, below)


def test_a_deadline_today_with_an_hour_says_the_hour():
    due = words.due(TODAY, TODAY, at=time(13, 30))
    assert (due.when, due.words, due.below) == ("today", "13.30", "idag")


@pytest.mark.parametrize(
    ("since", "said", "below"),
    [
        (date(2026, 9, 4), "41 dagar", "sedan 4 sep"),
        (date(2026, 10, 14), "1 dag", "sedan 14 okt"),
        (TODAY, "Sedan idag", ""),
    ],
)
def test_what_another_has_is_told_from_the_day_it_came_there(since, said, below):
    due = words.waiting(since, TODAY)
    assert (due.when, spaced(due.words), spaced(due.below)) == ("waiting", said, below)


def test_what_is_met_shows_its_day():
    due = words.met(date(2026, 9, 25), TODAY)
    assert (due.when, spaced(due.words)) == ("met", "25 sep")


def test_the_words_of_a_deadline_stand_beside_its_icon():
    html = render("{% due_on day today %}", day=date(2026, 10, 12), today=TODAY)
    assert 'data-when="overdue"' in html
    assert "#i-alert" in html
    assert "3 dagar sen" in spaced(html)


def test_a_tick_and_an_hourglass_are_said_to_screen_readers():
    assert "Klart" in render('{% due "met" "24 sep" %}')
    assert "Väntar" in render('{% due "waiting" "41 dagar" %}')


# --- figures and days ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (16900, "16 900 kr"),
        (Decimal("16900.00"), "16 900 kr"),
        (Decimal("17381.5"), "17 381,50 kr"),
        (Decimal("0"), "0 kr"),
        (Decimal("1234567.89"), "1 234 567,89 kr"),
        (Decimal("-120"), "−120 kr"),
    ],
)
def test_kronor_have_no_break_spaces_and_öre_only_when_there_are_any(amount, said):
    assert components.kr(amount) == said.replace(" ", words.NO_BREAK)


def test_nothing_is_a_dash():
    assert components.kr(None) == components.day(None) == components.day_short(None) == "–"


def test_days_are_written_as_the_pages_write_them():
    html = render("{{ d|day }}, {{ d|day_short }}, {{ d|day_year }}, {{ code|postal_code }}", d=TODAY, code="59099")
    assert spaced(html) == "torsdag 15 oktober, 15 okt, 15 oktober 2026, 590 99"


def test_a_moment_belongs_to_its_day_in_stockholm():
    late = datetime(2026, 10, 14, 22, 30, tzinfo=ZoneInfo("UTC"))
    assert components.day_short(late) == "15 okt"
    assert components.day_short_year(late) == "15 okt 2026"
    assert components.clock(late) == "00.30"


# --- rules, states, icons --------------------------------------------------------------------------------------------
def test_a_rule_links_to_its_place_in_the_routine():
    html = render('{% rule "R-0-12" %}')
    assert re.search(r'href="[^"]*R-0-12[^"]*"', html)
    assert '<span class="ds-sr-only">Regel </span>R-0-12' in html


def test_a_paragraph_of_law_is_no_link():
    assert "href" not in render('{% rule "12:44 JB" %}')


def test_a_state_has_icon_and_word():
    html = render("{% state look %}", look=SimpleNamespace(label="Avsänt", color="warning", icon="send"))
    assert "Avsänt" in html
    assert "#i-send" in html
    assert 'data-color="warning"' in html


def test_every_icon_that_a_template_or_a_deadline_names_is_in_the_sprite():
    drawn = set(re.findall(r'id="i-([a-z]+)"', (TEMPLATES / "_sprite.html").read_text()))
    sources = [path.read_text() for path in PAGES]
    named = {name for source in sources for name in re.findall(r'{% icon "([a-z]+)" %}', source)}
    assert named | set(components.DUE_ICONS.values()) <= drawn


def test_no_template_has_inline_styles_or_scripts():
    for path in PAGES:
        source = path.read_text()
        assert not re.search(r'<style|\sstyle="|<script(?! src=)|\son[a-z]+="', source), path


def test_a_qr_code_is_drawn_without_styles_and_named():
    html = render('{% qr "K-2026-000158-A" "Kod för bladet" %}')
    assert 'aria-label="Kod för bladet"' in html
    assert "style" not in html


def test_every_template_compiles():
    engine = Engine.get_default()
    for path in PAGES:
        engine.get_template(str(path.relative_to(TEMPLATES)))


# --- next steps ------------------------------------------------------------------------------------------------------
def step(**what: object) -> SimpleNamespace:
    plain = {
        "name": "sign", "label": "Underteckna", "why": "", "rules": (), "allowed": True, "primary": False, "url": "/x/",
        "button": "", "lacks": (), "tells": (), "waits_for": "", "undo": False, "aside": False,
    }  # fmt: skip
    return SimpleNamespace(**plain | what)


def steps_html(*steps: SimpleNamespace) -> str:
    return render_to_string("case/_next_steps.html", {"steps": steps, "steps_for": ""})


def test_what_stands_beside_the_way_onwards_is_folded():
    html = steps_html(step(label="Vidare"), step(label="Avbryt", aside=True), step(label="Andras", waits_for="chef"))
    onwards, beside = html.split("<summary>Annat som kan göras, 1</summary>")
    assert "Vidare" in onwards and "Avbryt" not in onwards
    assert "Avbryt" in beside.split("<summary>")[0]


def test_at_most_one_step_is_the_main_button():
    html = steps_html(step(primary=True), step(primary=True), step())
    assert html.count('class="ds-button"') == 3
    assert html.count('class="ds-button" data-variant="secondary"') == 2


def test_a_step_that_is_not_allowed_is_text_with_what_it_lacks():
    lack = SimpleNamespace(
        sentence="Kommunens original är inte åter.", rule="R-0-17", url="/paminn/", link_label="Påminn utföraren"
    )
    html = steps_html(step(allowed=False, primary=True, lacks=[lack]))
    assert "ds-button" not in html
    assert "#i-lock" in html
    assert "Kommunens original är inte åter." in html
    assert "R-0-17" in html
    assert '<a href="/paminn/">Påminn utföraren</a>' in html


def test_a_step_of_another_party_is_told_and_not_offered():
    html = steps_html(step(waits_for="utföraren"))
    assert "Görs av utföraren" in html
    assert "ds-button" not in html


def test_a_warning_does_not_take_the_button_away():
    html = steps_html(step(tells=[SimpleNamespace(sentence="Nio månader har gått.", rule="", source="JB 12:3")]))
    assert "Nio månader har gått." in html
    assert "JB 12:3" in html
    assert "ds-button" in html


# --- forms -----------------------------------------------------------------------------------------------------------
class OrderForm(forms.SwedishForm):
    sections = [("Avtal", "", ["move_in", "second", "rent"])]
    rules = {"category": ["R-0-8"]}

    name = django_forms.CharField(label="Förnamn", max_length=20, help_text="Som i folkbokföringen.")
    phone = django_forms.CharField(label="Telefon", required=False)
    category = forms.ExplicitChoiceField(
        label="Kategori",
        missing="Välj om det är kategoriboende",
        choices=[("none", "Nej"), ("bpsd", "BPSD")],
        hints={"bpsd": "Symtom vid demens."},
    )
    power = forms.YesNoField(label="Ingår el i hyran?")
    sure = django_forms.BooleanField(label="Uppgifterna stämmer")
    move_in = forms.DateField(label="Inflyttningsdag")
    second = forms.DateField(label="Kontraktsdag")
    rent = forms.MoneyField(label="Hyra")

    def clean(self):
        if self.cleaned_data.get("name") == "Upptagen":
            self.add_error(None, "Objektet har redan en hyresgäst.")


def bound(**typed: str) -> OrderForm:
    return OrderForm(typed, today=TODAY)


def tag_with_id(html: str, id_: str) -> str:
    return re.search(rf'<[a-z]+[^>]* id="{id_}"[^>]*>', html)[0]


def test_every_line_of_the_summary_links_to_a_control_that_exists():
    html = str(bound())
    links = re.findall(r'<a href="#([^"]+)">', html)
    assert len(links) == 7
    assert "id_category_0" in links
    for target in links:
        assert tag_with_id(html, target).startswith(("<input", "<select", "<textarea"))


def test_errors_of_the_whole_form_come_first():
    lines = forms.error_lines(bound(name="Upptagen"))
    assert lines[0] == forms.ErrorLine("Objektet har redan en hyresgäst.", "")
    assert all(line.href for line in lines[1:])


def test_the_summary_can_take_the_focus_and_is_announced():
    html = render("{% error_summary form %}", form=bound())
    assert 'role="alert"' in html
    assert 'tabindex="-1"' in html
    assert "Sju uppgifter behöver kompletteras" in html


def test_there_is_no_summary_before_anything_was_sent():
    assert "ds-error-summary" not in str(OrderForm())


def test_the_same_error_twice_says_which_field():
    texts = [line.text for line in forms.error_lines(bound(move_in="snart", second="sen"))]
    assert "Skriv datumet som 2026-10-15 (inflyttningsdag)" in texts
    assert "Skriv datumet som 2026-10-15 (kontraktsdag)" in texts


def test_hint_and_error_are_tied_to_the_control():
    html = render("{% field form.name %}", form=bound())
    control = tag_with_id(html, "id_name")
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert 'aria-invalid="true"' in control
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert html.index("Som i folkbokföringen") < html.index("Fyll i förnamn") < html.index("<input")


def test_a_group_of_radio_buttons_is_a_fieldset_tied_to_its_error():
    html = render("{% field form.category %}", form=bound())
    assert re.search(r'<fieldset[^>]* aria-describedby="id_category_error"', html)
    assert "<legend" in html
    assert "Välj om det är kategoriboende" in html
    assert "R-0-8" in html


def test_the_hint_of_a_choice_is_tied_to_it():
    html = render("{% field form.category %}", form=OrderForm())
    assert 'aria-describedby="id_category_1_hint"' in tag_with_id(html, "id_category_1")
    assert 'id="id_category_1_hint"' in html


def test_only_what_may_be_left_out_says_so():
    assert "(frivilligt)" in render("{% field form.phone %}", form=OrderForm())
    assert "(frivilligt)" not in render("{% field form.name %}", form=OrderForm())
    assert "required" in tag_with_id(render("{% field form.name %}", form=OrderForm()), "id_name")


def test_typed_text_is_kept():
    html = str(bound(name="Harald", move_in="31/2 26", rent="två månader"))
    for typed in ("Harald", "31/2 26", "två månader"):
        assert f'value="{typed}"' in html
    assert 'type="text"' in tag_with_id(html, "id_move_in")  # a date control would drop it


def test_every_control_is_dressed_in_the_design_system():
    html = str(OrderForm())
    controls = re.findall(r"<(?:input|select|textarea)[^>]*>", html)
    assert controls
    assert all("ds-input" in control for control in controls)


def test_a_plain_form_is_dressed_by_the_tag():
    class Plain(django_forms.Form):
        q = django_forms.CharField()

    assert "ds-input" in render("{% field form.q %}", form=Plain())


def test_sections_stand_under_their_headings_after_the_loose_fields():
    legends = [(section.legend, [field.name for field in section.fields]) for section in forms.sections_of(OrderForm())]
    assert legends == [
        ("", ["name", "phone", "category", "power", "sure"]),
        ("Avtal", ["move_in", "second", "rent"]),
    ]


def test_error_texts_say_what_to_do():
    errors = bound(name="x" * 30, move_in="i morgon", rent="-5").errors
    assert errors["name"] == ["Förnamn får ha högst 20 tecken, nu är det 30"]
    assert errors["power"] == ["Svara på frågan: Ingår el i hyran?"]
    assert errors["sure"] == ["Kryssa i rutan: uppgifterna stämmer"]
    assert errors["move_in"] == ["Skriv datumet som 2026-10-15"]
    assert errors["second"] == ["Fyll i kontraktsdag"]
    assert errors["rent"] == ["Hyra ska vara minst 0"]


def test_a_text_that_the_field_has_chosen_itself_is_kept():
    class Own(forms.SwedishForm):
        day = forms.DateField(error_messages={"required": "Fyll i dagen då nycklarna lämnas"})

    assert Own({}).errors["day"] == ["Fyll i dagen då nycklarna lämnas"]


# --- explicit answers ------------------------------------------------------------------------------------------------
@pytest.mark.rule("R-0-8")
def test_no_answer_is_chosen_beforehand():
    html = render("{% field form.category %}{% field form.power %}", form=OrderForm())
    assert "checked" not in html


@pytest.mark.parametrize(("typed", "answer"), [("ja", True), ("nej", False)])
def test_yes_and_no_are_both_answers(typed, answer):
    assert forms.YesNoField().clean(typed) is answer


def test_a_stored_answer_is_shown():
    class Power(forms.SwedishForm):
        power = forms.YesNoField(label="El")

    html = str(Power(initial={"power": False}))
    assert "checked" in re.search(r'<input[^>]*value="nej"[^>]*>', html)[0]
    assert "checked" not in re.search(r'<input[^>]*value="ja"[^>]*>', html)[0]


# --- dates and money -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    ["2026-10-15", "20261015", "15/10 2026", "15.10.2026", "15 10 2026", "15 okt 2026", " 15  Oktober 2026 "],
)
def test_a_date_may_be_written_in_several_ways(typed):
    assert forms.DateField().clean(typed) == TODAY


@pytest.mark.parametrize("typed", ["15/10", "31/2 26", "i morgon", "15 oktember 2026", "26-10-15"])
def test_what_is_no_date_is_refused_with_an_example(typed):
    with pytest.raises(django_forms.ValidationError, match="Skriv datumet som 2026-10-15"):
        forms.DateField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("6 780", "6780"),
        ("6\u00a0780 kr", "6780"),
        ("6780,50", "6780.50"),
        ("6780.5", "6780.5"),
        ("6780 kr", "6780"),
        ("6780:-", "6780"),
        ("1 206 780 kronor", "1206780"),
        ("0", "0"),
    ],
)
def test_kronor_may_be_written_in_several_ways(typed, amount):
    assert forms.MoneyField(label="Hyra").clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["6.780", "6,780", "67 80", "två månader", "6780,505", "1e3", "NaN", "sex kr"])
def test_what_may_be_two_amounts_or_none_is_refused(typed):
    with pytest.raises(django_forms.ValidationError, match="Skriv hyra i kronor"):
        forms.MoneyField(label="Hyra").clean(typed)


def test_an_amount_is_shown_as_it_is_written():
    assert forms.MoneyInput().format_value(Decimal("6780.50")) == "6780,50"
    assert forms.MoneyInput().format_value(Decimal("6780.00")) == "6780"
    assert "kr</span>" in render("{% field form.rent %}", form=OrderForm())


# --- numbers ---------------------------------------------------------------------------------------------------------
class PersonForm(forms.SwedishForm):
    number = forms.PersonnummerField()
    code = forms.PostalCodeField()


def test_a_personnummer_becomes_twelve_digits():
    form = PersonForm({"number": "410105-9899", "code": "590 99"}, today=TODAY)
    assert form.is_valid()
    assert form.cleaned_data == {"number": "194101059899", "code": "59099"}


@pytest.mark.rule("R-0-5")
def test_an_error_never_repeats_the_number():
    form = PersonForm({"number": "410105-9898", "code": "5909"}, today=TODAY)
    assert "kontrollsiffra" in form.errors["number"][0]
    assert "4101" not in str(form.errors["number"])
    assert 'autocomplete="off"' in str(form["number"])
    assert 'inputmode="numeric"' in str(form["number"])


def test_a_postal_code_has_five_digits():
    assert PersonForm({"code": "5909"}).errors["code"][0].startswith("Skriv postnumret med fem siffror")


# --- files -----------------------------------------------------------------------------------------------------------
def clean_file(name: str, content: bytes, **options: object) -> object:
    return forms.UploadField(label="Fullmakt", **options).clean(SimpleUploadedFile(name, content, "text/html"))


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", PNG, "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0" + b"0" * 50 + b"\xff\xd9", "image/jpeg"),
        ("utan", PDF, "application/pdf"),
    ],
)
def test_what_a_file_is_comes_from_its_content(name, content, mime):
    upload = clean_file(name, content)
    assert upload.content_type == mime
    assert upload.read() == content  # nothing of it is lost


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"", "Filen är tom"),
        ("a.pdf", b"<html><script>", "inte en pdf, jpeg-bild eller png-bild"),
        ("a.exe", b"MZ" + b"0" * 300, "inte en pdf"),
        ("a.pdf", PNG, "slutar på .pdf, men innehållet är en png-bild"),
        ("a.svg", PDF, "slutar på .svg"),
        ("a.pdf", b"%PDF-1.4\nhello", "skadad eller ofullständig"),
        ("a.pdf", PDF[: len(PDF) // 2], "skadad eller ofullständig"),
        ("a.png", PNG[:-10], "skadad eller ofullständig"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"0" * 50, "skadad eller ofullständig"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, content, says):
    with pytest.raises(django_forms.ValidationError, match=re.escape(says)):
        clean_file(name, content)


def test_a_file_that_is_too_big_says_how_big():
    with pytest.raises(django_forms.ValidationError, match=re.escape("Filen är på 1,5 MB. Den får vara högst 1 MB.")):
        clean_file("a.pdf", PDF + b"0" * (1024 * 1536 - len(PDF)), max_megabytes=1)


def test_a_file_has_to_be_chosen_again_when_something_else_is_wrong():
    class Sent(forms.SwedishForm):
        file = forms.UploadField(label="Fullmakt")
        name = django_forms.CharField(label="Namn")

    form = Sent({}, {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert "Välj filen igen" in str(form)


# --- pages without data ----------------------------------------------------------------------------------------------
def test_the_page_for_a_broken_server_needs_nothing():
    source = (TEMPLATES / "500.html").read_text()
    assert "{%" not in source
    assert "{{" not in source


def test_every_partial_states_its_parameters_first():
    for path in PAGES:
        if path.name.startswith("_"):
            assert path.read_text().startswith(("{% comment %}", "{# ")), path

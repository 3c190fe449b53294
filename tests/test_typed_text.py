"""What people type: signs that nothing can show, endless texts, days that are none, and errors in plain Swedish."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django import forms as django_forms
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from bostad import forms
from contracts import lists
from contracts.forms.registration import RegistrationForm

NAME = "Skriv namnet med bokstäver."


class Asked(forms.SwedishForm):
    name = forms.NameField(label="Efternamn", required=False)
    street = django_forms.CharField(label="Gatuadress", max_length=40, required=False)
    text = django_forms.CharField(label="Anteckning", widget=django_forms.Textarea, required=False)
    day = forms.DateField(label="Dag", required=False)
    rent = forms.MoneyField(label="Hyra", required=False)
    sheets = django_forms.MultipleChoiceField(label="Vilka blad är undertecknade?", choices=[("A", "A")])
    signer = django_forms.ChoiceField(label="Vem undertecknar", choices=[("1", "Karin")])

    def errors_of(self, name: str) -> list[str]:
        return list(self.errors.get(name, []))


def said(**typed: object) -> list[str]:
    (name,) = typed
    return Asked(typed).errors_of(name)


def read(**typed: str) -> str:
    (name,) = typed
    form = Asked(typed)
    form.is_valid()
    return form.cleaned_data[name]


# --- signs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x0b", "\x1f", "\x7f", "\x85", "\u200e", "\u202e", "\u2069", "\ufeff"])
@pytest.mark.parametrize("field", ["name", "street", "text"])
def test_a_sign_that_cannot_be_printed_is_refused_in_every_text(field: str, sign: str):
    assert said(**{field: f"Ny{sign}berg"}) == [forms.UNPRINTABLE]


def test_lines_and_tabs_stay_in_a_text_of_several_lines():
    assert read(text="Ringde.\r\n\tIngen  svarade.") == "Ringde.\n\tIngen  svarade."


def test_a_text_of_one_line_has_one_space_between_its_words():
    assert read(street=" Storgatan \u00a0 4\tB ") == "Storgatan 4 B"


def test_a_letter_and_its_mark_are_one_sign():
    assert read(street="A\u030angatan") == "Ångatan"
    assert read(name="O\u0308berg") == "Öberg"


@pytest.mark.parametrize(
    "name", ["Öberg", "von  der Lippe", "D’Arcy", "O'Hara", "Ek-Lund", "Jr.", "Nguyễn", "李", "علي", "Ŋŋa"]
)
def test_names_from_the_whole_world_are_names(name: str):
    assert said(name=name) == []


@pytest.mark.parametrize("name", ["Nyberg 2", "Ek 😀", "<b>Ek</b>", "Ek & Al", "-", "Ek_Al", "Ek;"])
def test_what_is_no_name_is_refused(name: str):
    assert [text.startswith(NAME) for text in said(name=name)] == [True]


def test_a_registration_asks_for_names():
    fields = RegistrationForm.base_fields
    names = ["first_name", "last_name", "first_name_2", "last_name_2"]
    assert [type(fields[name]) for name in names] == [forms.NameField] * 4


def test_a_sign_that_came_in_by_another_door_does_not_stop_the_export():
    contract = SimpleNamespace(
        number="K-1", get_housing_form_display=lambda: "Demens", provider=None, assignee="Gun\x07-Britt", unit=None,
        move_in_on=SimpleNamespace(isoformat=lambda: "2026-10-15"),
    )  # fmt: skip
    row = SimpleNamespace(
        contract=contract, names="Ny\x0bberg", address="Gatan\u202e 1", look=SimpleNamespace(label="=1"), next_label=""
    )
    line = tuple(forms.spreadsheet_cell(cell) for cell in lists._cells(row))
    book = load_workbook(BytesIO(b"".join(lists.as_xlsx([lists.HEADINGS, line]))))
    cells = [cell.value for cell in list(book.active.rows)[1]]
    assert (cells[1], cells[3], cells[4], cells[7]) == ("Nyberg", "Gatan 1", "'=1", "Gun-Britt")
    assert "\u202e" not in b"".join(lists.as_csv([line])).decode("utf-8-sig")


# --- length ----------------------------------------------------------------------------------------------------------


def test_a_text_has_an_end_and_says_how_much_is_too_much():
    assert said(text="a" * 10_000) == []
    assert said(text="a" * 11_234) == ["Anteckning får ha högst 10\u00a0000 tecken. Det är 1\u00a0234 för många."]


# --- days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2026-02-30", "Dagen finns inte"),
        ("2026-13-01", "Dagen finns inte"),
        ("10/15/2026", "Dagen finns inte"),
        ("30 februari 2026", "Dagen finns inte"),
        ("2126-12-01", "Året måste vara mellan 1953 och 2095"),
        ("1900-01-01", "Året måste vara mellan 1953 och 2095"),
        ("0001-01-01", "Året måste vara mellan 1953 och 2095"),
        ("i morgon", "Skriv datumet som 2026-10-15"),
        ("15 oktember 2026", "Skriv datumet som 2026-10-15"),
    ],
)
def test_a_day_is_refused_for_what_is_wrong_with_it(typed: str, says: str):
    assert said(day=typed) == [says]


# --- wording ---------------------------------------------------------------------------------------------------------


def test_errors_of_amounts_are_about_amounts():
    assert said(rent="99999999999") == ["Hyra har för många siffror"]


def test_a_question_is_answered_and_ends_once():
    assert said(sheets=[]) == ["Svara på frågan: Vilka blad är undertecknade?"]
    assert said(sheets=["Z"]) == [
        "Svara på frågan: Vilka blad är undertecknade? Det som valdes finns inte att välja på."
    ]
    assert said(signer="") == ["Svara på frågan: Vem undertecknar?"]


def test_a_field_that_is_added_later_speaks_swedish_too():
    form = Asked({"who": "xyz"})
    form.fields["who"] = forms.ExplicitChoiceField(label="Vem undertecknade för Eva?", choices=[("1", "Eva själv")])
    assert form.errors_of("who") == [
        "Svara på frågan: Vem undertecknade för Eva? Det som valdes finns inte att välja på."
    ]


def test_a_label_that_django_translates_late_is_a_label_too():
    class Lazy(forms.SwedishForm):
        password = django_forms.CharField(label=gettext_lazy("Password"))

    assert list(Lazy({}).errors["password"]) == ["Fyll i lösenord"]

import pytest

from bostad.documents import typography
from bostad.documents.typography import NBSP


def plain(text: str) -> str:
    return text.replace(NBSP, "_")


@pytest.mark.parametrize(
    ("iso", "written"),
    [("2026-10-01", "1_oktober_2026"), ("2028-02-29", "29_februari_2028"), ("2027-05-31", "31_maj_2027")],
)
def test_a_date_is_written_out_and_held_together(iso, written):
    assert plain(typography.written_date(iso)) == written


@pytest.mark.parametrize("wrong", ["2026-02-30", "1 oktober", "20261001x", ""])
def test_what_is_no_date_is_refused_in_swedish(wrong):
    with pytest.raises(ValueError, match="inget datum"):
        typography.written_date(wrong)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("6780", "6_780_kr"),
        ("6780.00", "6_780_kr"),
        ("6780.5", "6_780,50_kr"),
        ("540", "540_kr"),
        ("1234567.89", "1_234_567,89_kr"),
        ("0", "0_kr"),
        ("-312.50", "−312,50_kr"),
    ],
)
def test_an_amount_is_written_in_kronor(amount, written):
    assert plain(typography.kronor(amount)) == written


@pytest.mark.parametrize("wrong", ["6 780", "6780,50", "1.234", "NaN", "Infinity", "1e400", "kr", ""])
def test_what_is_no_amount_is_refused(wrong):
    with pytest.raises(ValueError, match="”"):
        typography.kronor(wrong)


def test_a_number_has_a_decimal_comma_and_no_idle_zeros():
    assert typography.grouped("31.50") == "31,5"
    assert typography.grouped("100") == "100"
    assert plain(typography.grouped("1250")) == "1_250"


def test_a_list_ends_in_och():
    assert typography.listed(["förråd"]) == "förråd"
    assert typography.listed(["förråd", "tvättstuga", "kök"]) == "förråd, tvättstuga och kök"


@pytest.mark.parametrize(
    ("html", "bound"),
    [
        ("<b>12 kap. 45 a § jordabalken</b>", "<b>12_kap._45_a_§ jordabalken</b>"),
        ("<b>12 kap. 4 och 5 §§ jordabalken</b>", "<b>12_kap._4 och 5_§§ jordabalken</b>"),
        ("<b>från den 1 oktober 2026 och</b>", "<b>från den_1_oktober_2026 och</b>"),
        ("<b>590 99 Ekstad</b>", "<b>590_99 Ekstad</b>"),
        ("<b>0199-10 04 12 eller</b>", "<b>0199-10_04_12 eller</b>"),
        ("<b>hyran – 540 kr – per</b>", "<b>hyran_– 540_kr_– per</b>"),
        ("<b>avdelning Björken, lgh 14 har</b>", "<b>avdelning Björken, lgh_14 har</b>"),
    ],
)
def test_what_belongs_together_is_not_parted_by_a_line_break(html, bound):
    assert plain(typography.bind(html)) == bound


def test_a_paragraph_does_not_end_in_a_lone_short_word():
    assert (
        plain(typography.bind("<p>De beslutas och debiteras för sig.</p>"))
        == "<p>De beslutas och debiteras för_sig.</p>"
    )


def test_tags_and_attributes_are_left_as_they_are():
    html = '<path d="M0 123 456 30 kr"/>'
    assert typography.bind(html) == html

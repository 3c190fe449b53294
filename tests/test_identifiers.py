"""Swedish numbers. The vectors are those of the law notes; the `personnummer` package gives a second opinion."""

import re
import string
from collections.abc import Callable
from datetime import date
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from personnummer import personnummer

from bostad import identifiers as ids
from bostad.identifiers import IdentifierError

ON = date(2026, 11, 20)
CONTROL = {
    "a man of the tax agency's booklet": ("640823-3234", "196408233234"),
    "the best known example": ("811218-9876", "198112189876"),
}


def numbered(birth: str, number: int) -> str:
    """Twelve digits from eight of birth, as they stand, and a birth number."""
    digits = f"{birth}{number:03d}"
    return digits + ids.luhn_digit(digits[2:])


births = st.dates(date(1827, 1, 1), ON)  # below 200 years: a plus sign says no more than 100 or older
people = st.builds(lambda born_on, number: numbered(f"{born_on:%Y%m%d}", number), births, st.integers(1, 999))
coordinated = st.builds(
    lambda born_on, number: numbered(f"{born_on:%Y%m}{born_on.day + 60}", number), births, st.integers(1, 999)
)
made_up = st.builds(ids.make_fictional_personnummer, births, st.integers(980, 999))
digit_runs = st.text("0123456789", min_size=1, max_size=24)


# --- check digit -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "digits", ["6408233234", "8112189876", "7010632391", "2120001140", "1609908", "9020033", "42", "00"]
)
def test_the_check_digit_of_a_known_number_is_right(digits: str) -> None:
    assert ids.luhn_is_valid(digits)
    assert ids.luhn_digit(digits[:-1]) == digits[-1]


def test_the_check_digit_is_counted_from_the_right() -> None:
    assert ids.luhn_digit("1") == "8"
    assert ids.luhn_digit("10") == "9"
    assert ids.luhn_digit("5") == "9"
    assert ids.luhn_digit("9") == "1"


@given(digit_runs, st.data())
def test_any_single_wrong_digit_is_found(payload: str, data: st.DataObject) -> None:
    digits = payload + ids.luhn_digit(payload)
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != digits[place]))
    assert ids.luhn_is_valid(digits)
    assert not ids.luhn_is_valid(digits[:place] + other + digits[place + 1 :])


@given(digit_runs, st.data())
def test_a_swap_of_neighbours_is_found_but_for_nine_and_zero(payload: str, data: st.DataObject) -> None:
    digits = payload + ids.luhn_digit(payload)
    place = data.draw(st.integers(0, len(digits) - 2))
    pair = digits[place : place + 2]
    swapped = digits[:place] + pair[::-1] + digits[place + 2 :]
    assert ids.luhn_is_valid(swapped) == (pair[0] == pair[1] or set(pair) == {"0", "9"})


@pytest.mark.parametrize("text", ["", "7", "12a", "1 8", "٤٢", "-18", "18\n"])
def test_what_is_no_number_has_no_valid_check_digit(text: str) -> None:
    assert not ids.luhn_is_valid(text)


@pytest.mark.parametrize("payload", ["", "12a", "1-2", "٤", "12\n"])
def test_a_check_digit_is_counted_for_digits_only(payload: str) -> None:
    with pytest.raises(IdentifierError):
        ids.luhn_digit(payload)


# --- reading a personnummer ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-0-5")
@pytest.mark.parametrize(("text", "stored"), CONTROL.values(), ids=CONTROL)
def test_a_right_personnummer_is_stored_with_twelve_digits(text: str, stored: str) -> None:
    assert ids.parse_personnummer(text, on=ON) == stored


@pytest.mark.parametrize(
    "text",
    [
        "6408233234",
        "640823-3234",
        "640823 3234",
        "640823 - 3234",
        " 640823-3234\n",
        "196408233234",
        "19640823-3234",
        "19640823 3234",
        "1964 08 23 - 32 34",
        "640823\u20133234",
        "640823\u20113234",
        "640823\u22123234",
        "640823\u00a03234",
        "\ufeff640823-\u200b3234",
    ],
)
def test_ten_or_twelve_digits_are_read_however_they_are_spaced(text: str) -> None:
    assert ids.parse_personnummer(text, on=ON) == "196408233234"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "640823",
        "640823-323",
        "640823-32345",
        "640823--3234",
        "64-08-23-3234",
        "640823/3234",
        "1640823-3234",
        "119640823-3234",
        "19640823-3234 eller så",
        "-6408233234",
        "6408233234-",
        "64O823-3234",
        "640823-T234",
        "19640823-K123",
        "okänt",
        "\u0666\u0664\u0660\u0668\u0662\u0663-3234",
    ],
)
def test_another_form_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(IdentifierError) as refusal:
        ids.parse_personnummer(text, on=ON)
    assert str(refusal.value) == "Skriv personnumret med tio eller tolv siffror, till exempel 19640823-3234."


@given(people, st.integers(0, 13), st.characters(categories=["L", "No", "P", "S"]))
def test_no_letter_or_sign_within_the_number_is_passed_over(digits: str, place: int, sign: str) -> None:
    text = ids.full_personnummer(digits)
    with pytest.raises(IdentifierError, match="tio eller tolv siffror"):
        ids.parse_personnummer(text[:place] + sign + text[place:], on=ON)


@pytest.mark.parametrize("sign", string.ascii_letters)
def test_a_letter_is_neither_a_dash_nor_a_gap(sign: str) -> None:
    with pytest.raises(IdentifierError, match="tio eller tolv siffror"):
        ids.parse_personnummer(f"640823{sign}3234", on=ON)
    assert not ids.looks_like_personnummer(f"640823{sign}3234")


@pytest.mark.rule("R-0-5")
@pytest.mark.parametrize("text", ["640823-3235", "19640823-3233", "811218-9867", "640822-3234"])
def test_a_wrong_check_digit_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError) as refusal:
        ids.parse_personnummer(text, on=ON)
    assert str(refusal.value) == "Personnumret har fel kontrollsiffra. Kontrollera de fyra sista siffrorna."


@pytest.mark.rule("R-0-5")
@given(people, st.data())
def test_any_single_changed_digit_of_the_ten_is_refused(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(2, 11))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != digits[place]))
    with pytest.raises(IdentifierError):
        ids.parse_personnummer(digits[:place] + other + digits[place + 1 :], on=ON, allow_coordination=True)


@pytest.mark.parametrize(
    "birth",
    ["19641301", "19640001", "19640800", "19640832", "19640859", "19230229", "17991231", "00000101", "16401010"],
)
def test_a_day_that_no_one_was_born_on_is_refused(birth: str) -> None:
    with pytest.raises(IdentifierError, match="inte med ett riktigt födelsedatum"):
        ids.parse_personnummer(numbered(birth, 981), on=ON)


def test_a_leap_day_is_a_birthday_in_leap_years() -> None:
    assert ids.parse_personnummer(numbered("20240229", 981), on=ON).startswith("20240229")
    assert ids.parse_personnummer(numbered("18000101", 981), on=ON).startswith("1800")


@pytest.mark.parametrize("birth", ["20261121", "20261201", "20270101", "21001231"])
def test_a_birth_after_today_is_refused(birth: str) -> None:
    with pytest.raises(IdentifierError, match="har inte varit ännu"):
        ids.parse_personnummer(numbered(birth, 981), on=ON)


def test_a_child_born_today_is_accepted() -> None:
    digits = numbered("20261120", 981)
    assert ids.parse_personnummer(digits, on=ON) == digits
    assert ids.parse_personnummer(digits[2:], on=ON) == digits


def test_birth_number_zero_is_refused() -> None:
    with pytest.raises(IdentifierError, match="inte alla vara noll"):
        ids.parse_personnummer(numbered("19640823", 0), on=ON)
    assert ids.parse_personnummer(numbered("19640823", 1), on=ON)


# --- the century -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "on", "stored"),
    [
        pytest.param("121212-1212", ON, "201212121212", id="a dash is the last such year that has begun"),
        pytest.param("1212121212", ON, "201212121212", id="so are ten digits alone"),
        pytest.param("121212+1212", ON, "191212121212", id="a plus is a hundred years or more"),
        pytest.param("121212+1212", date(2012, 1, 1), "191212121212", id="from the first day of the hundredth year"),
        pytest.param("121212+1212", date(2011, 12, 31), "181212121212", id="and not the day before"),
        pytest.param("121212-1212", date(2011, 12, 31), "191212121212", id="a dash before the hundredth year"),
        pytest.param("19121212-1212", ON, "191212121212", id="twelve digits stand, whatever the dash"),
        pytest.param("19121212+1212", ON, "191212121212", id="and with a plus that agrees"),
        pytest.param("191212121212", date(2012, 1, 1), "191212121212", id="and with neither"),
    ],
)
def test_the_century_of_ten_digits_follows_from_the_sign_and_the_day(text: str, on: date, stored: str) -> None:
    assert ids.parse_personnummer(text, on=on) == stored


def test_a_day_later_this_year_is_not_taken_for_the_century_before() -> None:
    with pytest.raises(IdentifierError, match="Skriv alla tolv siffror om personen är hundra år"):
        ids.parse_personnummer(numbered("19261224", 981)[2:], on=ON)


@pytest.mark.parametrize("on", [date(2011, 12, 31), date(1990, 1, 1)])
def test_a_plus_that_contradicts_twelve_digits_is_refused(on: date) -> None:
    with pytest.raises(IdentifierError, match="stämmer inte med födelseåret"):
        ids.parse_personnummer("19121212+1212", on=on)


@pytest.mark.parametrize(
    ("digits", "on", "text"),
    [
        ("196408233234", ON, "640823-3234"),
        ("196408233234", date(2063, 12, 31), "640823-3234"),
        ("196408233234", date(2064, 1, 1), "640823+3234"),
        ("191212121212", date(2011, 12, 31), "121212-1212"),
        ("191212121212", date(2012, 1, 1), "121212+1212"),
        ("201212121212", ON, "121212-1212"),
        ("181212121212", ON, "121212+1212"),
    ],
)
def test_the_plus_is_written_from_the_year_one_turns_a_hundred(digits: str, on: date, text: str) -> None:
    assert ids.format_personnummer(digits, on=on) == text


def test_the_full_number_has_a_dash_at_any_age() -> None:
    assert ids.full_personnummer("196408233234") == "19640823-3234"
    assert ids.full_personnummer("181212121212") == "18121212-1212"


@given(people | coordinated)
def test_what_is_written_is_read_back(digits: str) -> None:
    for text in (ids.format_personnummer(digits, on=ON), ids.full_personnummer(digits), digits):
        assert ids.parse_personnummer(text, on=ON, allow_coordination=True) == digits


@given(
    st.integers(1850, 2026),
    st.integers(1, 13),
    st.integers(0, 99).filter(lambda day: day != 60),
    st.integers(0, 999),
    st.none() | st.sampled_from("0123456789"),
)
def test_the_package_agrees_on_numbers_with_a_complete_date(
    year: int, month: int, day: int, number: int, check: str | None
) -> None:
    digits = numbered(f"{year}{month:02d}{day:02d}", number)
    if check is not None:
        digits = digits[:11] + check
    try:
        ours = ids.parse_personnummer(digits, on=date(2027, 1, 1), allow_coordination=True) == digits
    except IdentifierError:
        ours = False
    assert ours == personnummer.valid(digits)


# --- samordningsnummer -----------------------------------------------------------------------------------------------


def test_a_samordningsnummer_is_refused_where_only_a_personnummer_may_stand() -> None:
    with pytest.raises(IdentifierError, match="Det här är ett samordningsnummer"):
        ids.parse_personnummer("701063-2391", on=ON)


def test_a_samordningsnummer_is_read_where_it_may_stand() -> None:
    assert ids.parse_personnummer("701063-2391", on=ON, allow_coordination=True) == "197010632391"
    assert ids.birth_date("197010632391") == date(1970, 10, 3)


@pytest.mark.parametrize("birth", ["19701060", "19700060", "19700075", "19700091", "20261160", "20260060"])
def test_a_samordningsnummer_may_leave_month_or_day_open(birth: str) -> None:
    digits = numbered(birth, 239)
    assert ids.parse_personnummer(digits[2:], on=ON, allow_coordination=True) == digits
    assert ids.birth_date(digits) is None
    with pytest.raises(IdentifierError, match="Det här är ett samordningsnummer"):
        ids.parse_personnummer(digits, on=ON)


@pytest.mark.parametrize("birth", ["19701092", "19700092", "19701360", "19700290", "19709960", "19700099"])
def test_a_samordningsnummer_of_no_day_is_refused(birth: str) -> None:
    with pytest.raises(IdentifierError, match="inte med ett riktigt födelsedatum"):
        ids.parse_personnummer(numbered(birth, 239), on=ON, allow_coordination=True)


@pytest.mark.parametrize("birth", ["20261181", "20261260", "20270060"])
def test_a_samordningsnummer_of_a_birth_to_come_is_refused(birth: str) -> None:
    with pytest.raises(IdentifierError, match="har inte varit ännu"):
        ids.parse_personnummer(numbered(birth, 239), on=ON, allow_coordination=True)


@given(coordinated)
def test_a_samordningsnummer_is_known_by_its_day(digits: str) -> None:
    assert ids.is_coordination_number(digits)
    assert ids.birth_date(digits) == date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]) - 60)


@given(people)
def test_a_personnummer_is_no_samordningsnummer_and_tells_the_birthday(digits: str) -> None:
    assert not ids.is_coordination_number(digits)
    assert f"{ids.birth_date(digits):%Y%m%d}" == digits[:8]


def test_day_60_is_the_first_of_a_samordningsnummer() -> None:
    assert ids.is_coordination_number(numbered("19701060", 239))
    assert not ids.is_coordination_number(numbered("19701031", 239))


def test_a_stored_number_of_no_day_has_no_birth_date() -> None:
    with pytest.raises(IdentifierError, match="inte med ett riktigt födelsedatum"):
        ids.birth_date(numbered("19701332", 239))


@pytest.mark.parametrize(
    "ask",
    [
        ids.full_personnummer,
        ids.birth_date,
        ids.is_coordination_number,
        ids.is_fictional,
        lambda text: ids.format_personnummer(text, on=ON),
    ],
)
@pytest.mark.parametrize("text", ["", "6408233234", "19640823-3234", "19640823323a", "1964082332345", "196408233234\n"])
def test_only_twelve_digits_pass_for_a_stored_number(ask: Callable[[str], object], text: str) -> None:
    with pytest.raises(IdentifierError, match="inte tolv siffror"):
        ask(text)


# --- made-up numbers -------------------------------------------------------------------------------------------------


@given(births, st.integers(980, 999))
def test_a_made_up_number_is_valid_and_known_as_made_up(born_on: date, birth_number: int) -> None:
    digits = ids.make_fictional_personnummer(born_on, birth_number)
    assert ids.parse_personnummer(digits, on=ON) == digits
    assert ids.birth_date(digits) == born_on
    assert digits[8:11] == str(birth_number)
    assert ids.is_fictional(digits)


@pytest.mark.parametrize("birth_number", [0, 1, 323, 979, 1000, -981])
def test_no_number_of_a_living_person_can_be_made_up(birth_number: int) -> None:
    with pytest.raises(IdentifierError, match="mellan 980 och 999"):
        ids.make_fictional_personnummer(date(1964, 8, 23), birth_number)


def test_a_number_below_980_is_not_known_as_made_up() -> None:
    assert not ids.is_fictional("196408233234")
    assert not ids.is_fictional(numbered("19640823", 979))
    assert ids.is_fictional(numbered("19640823", 980))


# --- refusals --------------------------------------------------------------------------------------------------------

PARSERS = [
    lambda text: ids.parse_personnummer(text, on=ON),
    lambda text: ids.parse_personnummer(text, on=ON, allow_coordination=True),
    ids.parse_organisation_number,
    ids.parse_postal_code,
    ids.parse_apartment_number,
    ids.parse_bankgiro,
    ids.parse_plusgiro,
    ids.parse_ocr,
    lambda text: ids.parse_ocr(text, with_length=True),
]
number_like = st.text("0123456789-+ \u2013%aO", max_size=30)


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text() | number_like | st.from_regex(r"[0-9]{2,12}[-+]?[0-9]{0,4}", fullmatch=True))
def test_any_text_is_read_or_refused_with_a_sentence(parse: Callable[[str], str], text: str) -> None:
    try:
        digits = parse(text)
    except IdentifierError as refusal:
        assert re.fullmatch(r"[A-ZÅÄÖ].+\.", str(refusal))
    else:
        assert re.fullmatch("[0-9]+", digits)
        assert parse(digits) == digits


EXAMPLES = re.compile("19640823-3234")


@given(people | coordinated | number_like | st.from_regex(r"[0-9]{10,12}", fullmatch=True))
def test_a_refusal_never_repeats_the_number(text: str) -> None:
    for wrong in (text, text[:-1], text + "1", text[:-1] + "x"):
        try:
            ids.parse_personnummer(wrong, on=ON)
        except IdentifierError as refusal:
            assert not re.search("[0-9]", EXAMPLES.sub("", str(refusal)))
            assert refusal.__cause__ is None
            assert refusal.__context__ is None or refusal.__suppress_context__


# --- personnummer in running text ------------------------------------------------------------------------------------

SPELLINGS = {
    "ten digits": "6408233234",
    "ten digits and a dash": "640823-3234",
    "ten digits and a plus": "640823+3234",
    "ten digits and a space": "640823 3234",
    "ten digits and a long dash": "640823 \u2013 3234",
    "ten digits and a hard space": "640823\u00a03234",
    "ten digits and an invisible sign": "640823-\u200b3234",
    "twelve digits": "196408233234",
    "twelve digits and a dash": "19640823-3234",
    "dashes in the date": "1964-08-23-3234",
    "spaces in the date": "1964 08 23 3234",
    "spaces all over": "6 4 0 8 2 3 - 3 2 3 4",
    "pairs": "19 64 08 23 32 34",
    "a wrong check digit": "640823-3235",
    "the last century but one": "18640823-3234",
    "this century": "20240823-3234",
    "a samordningsnummer": "701063-2391",
    "a samordningsnummer of the 31st": "701091-2391",
    "a samordningsnummer without day": "701060-2391",
    "a samordningsnummer without month and day": "700060-2391",
    "the first of October": "641001-3234",
    "the 31st of December": "641231-3234",
    "the 9th of September": "640909-3234",
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("write", [str, quote, quote_plus], ids=["plain", "in an address", "in a query"])
def test_a_personnummer_is_seen_and_scrubbed_however_it_is_spelled(text: str, write: Callable[[str], str]) -> None:
    assert ids.looks_like_personnummer(write(text))
    for around in ("{}", "pnr {}.", "x{}y", "q={}&sida=2", "({})", "Anna {}, Bo", "%3D{}", "/sok?q=%22{}%22"):
        assert ids.scrub_personnummer(around.format(write(text))) == around.format("••••••-••••")


HARMLESS = {
    "nothing": "",
    "a name": "Anna Andersson",
    "a case number": "R-2026-000123",
    "an organisation number": "212000-1140",
    "an address": "Storgatan 12 A lgh 1102, 582 22 Linköping",
    "a property": "Kvarnen 3:12",
    "a day": "2026-11-20",
    "a day and a time": "2026-11-20T12:05:23.123456Z",
    "a stamp of fourteen digits": "20261120120523",
    "eleven digits": "16408233234",
    "thirteen digits": "1964082332341",
    "nine digits": "640823323",
    "month 13": "641323-3234",
    "month 00 with a plain day": "640023-3234",
    "day 00": "640800-3234",
    "day 32": "640832-3234",
    "day 59": "640859-3234",
    "day 92": "640892-3234",
    "an amount": "12 345 678,90 kr",
    "digits with other signs between": "640823/3234",
    "digits with letters between": "640823T3234",
    "a percent sign": "640823 50 % 3234",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_cannot_be_a_personnummer_is_left_alone(text: str) -> None:
    assert not ids.looks_like_personnummer(text)
    assert ids.scrub_personnummer(text) == text


def test_a_mobile_number_that_could_be_one_is_treated_as_one() -> None:
    assert ids.looks_like_personnummer("070-123 45 67")


def test_two_numbers_are_scrubbed_apart_and_the_rest_is_kept() -> None:
    text = "Anna 640823-3234, Bo 19811218-9876 och lgh 1102"
    assert ids.scrub_personnummer(text) == "Anna ••••••-••••, Bo ••••••-•••• och lgh 1102"


def test_numbers_whose_digits_could_be_split_in_two_ways_leave_nothing_behind() -> None:
    assert ids.scrub_personnummer("rad 20 1205 640823-3234 slut") == "rad ••••••-•••• slut"
    assert ids.scrub_personnummer("640823-3234 811218-9876") == "••••••-•••• ••••••-••••"


wordings = st.sampled_from(
    [
        lambda digits: ids.format_personnummer(digits, on=ON),
        ids.full_personnummer,
        lambda digits: digits,
        lambda digits: digits[2:],
        lambda digits: f"{digits[:8]} {digits[8:]}",
        lambda digits: f"{digits[2:8]} {digits[8:]}",
        lambda digits: f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}-{digits[8:]}",
    ]
)
words = st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="%"))


@given(people | coordinated | made_up, wordings, words, words)
def test_every_written_number_is_found_within_words(
    digits: str, write: Callable[[str], str], before: str, after: str
) -> None:
    text = before + write(digits) + after
    assert ids.looks_like_personnummer(text)
    assert ids.scrub_personnummer(text) == f"{before}••••••-••••{after}"


@given(people | coordinated, wordings, number_like, number_like)
def test_every_written_number_is_found_among_other_digits(
    digits: str, write: Callable[[str], str], before: str, after: str
) -> None:
    assume(not before[-1:].isdigit() and not after[:1].isdigit())
    text = before + write(digits) + after
    assert ids.looks_like_personnummer(text)
    assert write(digits) not in ids.scrub_personnummer(text)


@given(number_like | st.text("0123 -%2", max_size=60))
def test_nothing_is_left_to_scrub(text: str) -> None:
    scrubbed = ids.scrub_personnummer(text)
    assert not ids.looks_like_personnummer(scrubbed)
    assert (scrubbed != text) == ids.looks_like_personnummer(text)


# --- organisations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["212000-1140", "2120001140", " 212000 1140 ", "212000\u20131140"])
def test_an_organisation_number_is_read_and_written(text: str) -> None:
    assert ids.parse_organisation_number(text) == "2120001140"
    assert ids.format_organisation_number("2120001140") == "212000-1140"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("212000-1141", "fel kontrollsiffra"),
        ("212000-111", "tio siffror"),
        ("212000-11407", "tio siffror"),
        ("16212000-1140", "tio siffror"),
        ("SE212000114001", "tio siffror"),
        ("", "tio siffror"),
        ("640823-3234", "En enskild firma har ägarens personnummer"),
        ("811218-9876", "En enskild firma har ägarens personnummer"),
    ],
)
def test_another_number_is_no_organisation_number(text: str, reason: str) -> None:
    with pytest.raises(IdentifierError, match=reason):
        ids.parse_organisation_number(text)


@given(st.from_regex("[0-9]{2}[2-9][0-9]{6}", fullmatch=True))
def test_a_written_organisation_number_is_read_back(payload: str) -> None:
    digits = payload + ids.luhn_digit(payload)
    assert ids.parse_organisation_number(ids.format_organisation_number(digits)) == digits
    assert not ids.looks_like_personnummer(ids.format_organisation_number(digits))


# --- dwellings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["58222", "582 22", " 58 222 ", "582\u00a022"])
def test_a_postal_code_is_read_and_written(text: str) -> None:
    assert ids.parse_postal_code(text) == "58222"
    assert ids.format_postal_code("58222") == "582 22"


@pytest.mark.parametrize("text", ["", "08222", "5822", "582222", "582-22", "SE-582 22", "582 2x"])
def test_a_wrong_postal_code_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError, match="fem siffror"):
        ids.parse_postal_code(text)


@given(st.from_regex("[1-9][0-9]{4}", fullmatch=True))
def test_a_written_postal_code_is_read_back(digits: str) -> None:
    assert ids.parse_postal_code(ids.format_postal_code(digits)) == digits


@pytest.mark.parametrize(
    ("text", "number", "floor"),
    [("1001", "1001", 0), (" 1102 ", "1102", 1), ("0903", "0903", -1), ("0801", "0801", -2), ("2210", "2210", 12)],
)
def test_an_apartment_number_tells_the_floor(text: str, number: str, floor: int) -> None:
    assert ids.parse_apartment_number(text) == number
    assert ids.apartment_floor(number) == floor


@pytest.mark.parametrize("text", ["", "110", "11021", "11-02", "A102", "lgh 1102"])
def test_a_wrong_apartment_number_is_refused(text: str) -> None:
    with pytest.raises(IdentifierError, match="fyra siffror"):
        ids.parse_apartment_number(text)
    with pytest.raises(IdentifierError, match="fyra siffror"):
        ids.apartment_floor(text)


# --- payments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "digits", "written"),
    [("160-9908", "1609908", "160-9908"), ("1609908", "1609908", "160-9908"), ("5050 1055", "50501055", "5050-1055")],
)
def test_a_bankgiro_is_read_and_written(text: str, digits: str, written: str) -> None:
    assert ids.parse_bankgiro(text) == digits
    assert ids.format_bankgiro(digits) == written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("160-9909", "fel kontrollsiffra"),
        ("5050-1056", "fel kontrollsiffra"),
        ("902003", "sju eller åtta"),
        ("123456782", "sju eller åtta"),
        ("", "sju eller åtta"),
    ],
)
def test_a_wrong_bankgiro_is_refused(text: str, reason: str) -> None:
    with pytest.raises(IdentifierError, match=reason):
        ids.parse_bankgiro(text)


@pytest.mark.parametrize(
    ("digits", "written"),
    [("42", "4-2"), ("18", "1-8"), ("9020033", "90 20 03-3"), ("12344", "12 34-4"), ("1230", "1 23-0")],
)
def test_a_plusgiro_is_read_and_written(digits: str, written: str) -> None:
    assert ids.parse_plusgiro(written) == digits
    assert ids.parse_plusgiro(digits) == digits
    assert ids.format_plusgiro(digits) == written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("90 20 03-4", "fel kontrollsiffra"),
        ("2", "två till åtta"),
        ("123456782", "två till åtta"),
        ("", "två till åtta"),
    ],
)
def test_a_wrong_plusgiro_is_refused(text: str, reason: str) -> None:
    with pytest.raises(IdentifierError, match=reason):
        ids.parse_plusgiro(text)


@given(st.text("0123456789", min_size=1, max_size=7))
def test_a_written_giro_number_is_read_back(payload: str) -> None:
    digits = payload + ids.luhn_digit(payload)
    assert ids.parse_plusgiro(ids.format_plusgiro(digits)) == digits
    if len(digits) >= 7:
        assert ids.parse_bankgiro(ids.format_bankgiro(digits)) == digits


@pytest.mark.parametrize(
    ("reference", "with_length", "ocr"),
    [
        ("12345", True, "1234574"),
        ("12345", False, "123455"),
        ("1", True, "133"),
        ("1", False, "18"),
        ("12345678", True, "1234567806"),
    ],
)
def test_a_payment_reference_gets_its_length_and_check_digits(reference: str, with_length: bool, ocr: str) -> None:
    assert ids.make_ocr(reference, with_length=with_length) == ocr
    assert ids.parse_ocr(ocr, with_length=with_length) == ocr


def test_a_payment_reference_is_made_with_a_length_digit_and_read_without_asking_for_one() -> None:
    assert ids.make_ocr("12345") == "1234574"
    assert ids.parse_ocr("123455") == "123455"


@given(st.text("0123456789", min_size=1, max_size=23))
def test_a_made_payment_reference_is_read_back(reference: str) -> None:
    ocr = ids.make_ocr(reference)
    assert ocr.startswith(reference)
    assert len(ocr) == len(reference) + 2
    assert int(ocr[-2]) == len(ocr) % 10
    assert ids.parse_ocr(ocr, with_length=True) == ocr
    assert ids.parse_ocr(f" {ocr[:1]} {ocr[1:]} ") == ocr


@pytest.mark.parametrize(
    ("reference", "with_length"), [("", True), ("12a", True), ("1" * 24, True), ("1" * 25, False), ("1 2", True)]
)
def test_a_payment_reference_is_made_of_digits_and_not_too_long(reference: str, with_length: bool) -> None:
    with pytest.raises(IdentifierError, match="högst 25"):
        ids.make_ocr(reference, with_length=with_length)


def test_the_longest_payment_references_have_25_digits() -> None:
    assert len(ids.make_ocr("1" * 23)) == 25
    assert len(ids.make_ocr("1" * 24, with_length=False)) == 25


@pytest.mark.parametrize(
    ("text", "with_length", "reason"),
    [
        ("1234575", False, "fel kontrollsiffra"),
        ("1234575", True, "fel kontrollsiffra"),
        ("123455", True, "fel antal siffror"),
        ("1", False, "högst 25"),
        ("18", True, "högst 25"),
        ("1" * 26, False, "högst 25"),
        ("12E45", False, "högst 25"),
        ("", False, "högst 25"),
    ],
)
def test_a_wrong_payment_reference_is_refused(text: str, with_length: bool, reason: str) -> None:
    with pytest.raises(IdentifierError, match=reason):
        ids.parse_ocr(text, with_length=with_length)


@given(st.text("0123456789", min_size=2, max_size=20), st.data())
def test_a_length_digit_finds_a_lost_digit(reference: str, data: st.DataObject) -> None:
    ocr = ids.make_ocr(reference)
    place = data.draw(st.integers(0, len(reference) - 1))
    with pytest.raises(IdentifierError):
        ids.parse_ocr(ocr[:place] + ocr[place + 1 :], with_length=True)

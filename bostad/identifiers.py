"""Swedish numbers for persons, organisations, dwellings and payments: read, check, write. Pure functions.

`parse_…` takes what a person typed and returns digits to store; `format_…` takes such digits and returns what a person
reads. What is refused is refused with `IdentifierError`, whose text is a Swedish sentence for the user. It never
repeats the typed number, as it may land in a log; nor is another exception chained to it.

The `personnummer` package is the tests' second opinion and not used here: it asks the clock for the century, puts the
typed number into its messages, and knows no incomplete samordningsnummer.
Marks: [V] verified in the named source, [G] general knowledge.
"""

import re
from datetime import date

MASK = "••••••-••••"
OLDEST_BIRTH_YEAR = 1800  # the digits of the century are 18, 19 or 20 (Skatteverket, rättslig vägledning) [V]
PLUS_SIGN_AGE = 100  # folkbokföringslagen 18 § st.2, from the calendar year, not the birthday [V]
COORDINATION_DAY = 60  # added to the day of birth in a samordningsnummer (Socialstyrelsens termbank) [V]
FICTIONAL_BIRTH_NUMBERS = range(980, 1000)  # said to be kept free for tests; for demo data and ours [G]
OCR_MAX_DIGITS = 25  # [G]

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_DASHES = "\u2010-\u2015\u2212"
_SPACES = re.compile(rf"[\s{_INVISIBLE}]+")
_OTHER_DASH = re.compile(f"[{_DASHES}]")
_PERSONNUMMER = re.compile(r"([0-9]{2})?([0-9]{6})([-+]?)([0-9]{4})")

_PERSON_FORM = "Skriv personnumret med tio eller tolv siffror, till exempel 19640823-3234."
_PERSON_DATE = "Personnumret börjar inte med ett riktigt födelsedatum. Kontrollera år, månad och dag."
_PERSON_FUTURE = (
    "Födelsedatumet i personnumret har inte varit ännu. Skriv alla tolv siffror om personen är hundra år eller äldre."
)
_PERSON_PLUS = "Plustecknet betyder att personen fyller minst hundra år i år. Det stämmer inte med födelseåret."
_PERSON_CHECK = "Personnumret har fel kontrollsiffra. Kontrollera de fyra sista siffrorna."
_PERSON_NUMBER = "De tre siffrorna efter födelsedatumet kan inte alla vara noll. Kontrollera de fyra sista siffrorna."
_PERSON_COORDINATION = "Det här är ett samordningsnummer. Här behövs ett personnummer."
_PERSON_STORED = "Det lagrade personnumret har inte tolv siffror."


class IdentifierError(ValueError):
    """What was given cannot be such a number. The text is a Swedish sentence for the user, without the number."""


# --- check digit -----------------------------------------------------------------------------------------------------


def luhn_digit(payload: str) -> str:
    """The mod-10 check digit to put after `payload`, with weights 2, 1, 2 … from the right. Refused: all but digits."""
    if not re.fullmatch("[0-9]+", payload):
        raise IdentifierError("En kontrollsiffra kan bara räknas ut för siffror.")
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(payload)))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def luhn_is_valid(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it. False for anything but two or more digits.

    It finds every single wrong digit and every swap of two neighbours but 09 for 90.
    """
    return bool(re.fullmatch("[0-9]{2,}", digits)) and luhn_digit(digits[:-1]) == digits[-1]


# --- persons ---------------------------------------------------------------------------------------------------------


def parse_personnummer(text: str, *, on: date, allow_coordination: bool = False) -> str:
    """The twelve digits of a personnummer that was written with ten or twelve, spaces and `-` or `+` or neither.

    1. Twelve digits are taken as they stand; a `+` between them must agree with the year.
    2. With ten, a `+` means the latest such year in which the person turns at least 100 in the year of `on`; a `-` or
       nothing means the latest year that has begun. A `+` is not a particular century: store twelve digits. [V]
    3. Refused: another form, letters (interim numbers have a field of their own), no such date, a birth after `on`,
       birth number 000, a wrong check digit (counted on the last ten digits) [V]; R-0-5.
    4. A samordningsnummer (day + 60; month 00 or day 60 where the birth date is incomplete [G]) is refused unless
       `allow_coordination`.
    """
    match = _PERSONNUMMER.fullmatch(_clean(text))
    if match is None:
        raise IdentifierError(_PERSON_FORM)
    century, six, sign, four = match.groups()
    plus_year = on.year - PLUS_SIGN_AGE  # the latest year of birth with a plus sign
    if century is None:
        latest = plus_year if sign == "+" else on.year
        century = f"{(latest - (latest - int(six[:2])) % 100) // 100:02d}"
    digits = century + six + four
    if sign == "+" and int(digits[:4]) > plus_year:
        raise IdentifierError(_PERSON_PLUS)
    if is_coordination_number(digits) and not allow_coordination:
        raise IdentifierError(_PERSON_COORDINATION)
    born_on = birth_date(digits)
    if int(digits[:4]) < OLDEST_BIRTH_YEAR:
        raise IdentifierError(_PERSON_DATE)
    if born_on > on if born_on else digits[:6] > f"{on.year:04d}{on.month:02d}":
        raise IdentifierError(_PERSON_FUTURE)
    if digits[8:11] == "000":
        raise IdentifierError(_PERSON_NUMBER)
    if not luhn_is_valid(digits[2:]):
        raise IdentifierError(_PERSON_CHECK)
    return digits


def format_personnummer(digits12: str, *, on: date) -> str:
    """Ten digits as people write them, "640823-3234"; with "+" from the calendar year in which the person turns 100."""
    _require_stored(digits12)
    sign = "+" if on.year - int(digits12[:4]) >= PLUS_SIGN_AGE else "-"
    return f"{digits12[2:8]}{sign}{digits12[8:]}"


def full_personnummer(digits12: str) -> str:
    """Twelve digits with a dash, "19640823-3234": the same whatever the day."""
    _require_stored(digits12)
    return f"{digits12[:8]}-{digits12[8:]}"


def birth_date(digits12: str) -> date | None:
    """The day of birth; None where a samordningsnummer leaves month or day open. No such date is refused."""
    _require_stored(digits12)
    year, month, day = int(digits12[:4]), int(digits12[4:6]), int(digits12[6:8])
    if day >= COORDINATION_DAY:
        day -= COORDINATION_DAY
        if 0 in (month, day) and month <= 12 and day <= 31:
            return None
    try:
        return date(year, month, day)
    except ValueError:
        raise IdentifierError(_PERSON_DATE) from None


def is_coordination_number(digits12: str) -> bool:
    """Whether it is a samordningsnummer: 60 is added to the day."""
    _require_stored(digits12)
    return int(digits12[6:8]) >= COORDINATION_DAY


def is_fictional(digits12: str) -> bool:
    """Whether the birth number is one of 980–999, which demo data and tests keep to [G]."""
    _require_stored(digits12)
    return int(digits12[8:11]) in FICTIONAL_BIRTH_NUMBERS


def make_fictional_personnummer(born_on: date, birth_number: int) -> str:
    """Twelve digits for demo data and tests: odd birth numbers are men, even ones women. Refused: all but 980–999."""
    if birth_number not in FICTIONAL_BIRTH_NUMBERS:
        raise IdentifierError("Ett påhittat personnummer har ett födelsenummer mellan 980 och 999.")
    digits = f"{born_on.year:04d}{born_on.month:02d}{born_on.day:02d}{birth_number}"
    return digits + luhn_digit(digits[2:])


# --- personnummer in running text ------------------------------------------------------------------------------------

# What may stand between two digits: spaces and dashes of any kind, or what an address makes of them (%20, %E2%80%93).
_GAP = rf"(?:[\s+\-{_DASHES}{_INVISIBLE}]|%[0-9A-Fa-f]{{2}}){{0,5}}"


def _spread(*alternatives: str) -> str:
    """A pattern for one of the alternatives, each a string of one-character patterns, with gaps between them."""
    return "(?:" + "|".join(_GAP.join(re.findall(r"\[.*?\]|.", one)) for one in alternatives) + ")"


_DAY = _spread("0[1-9]", "[12][0-9]", "3[01]")
_RAISED_DAY = _spread("[678][0-9]", "9[01]")
_MONTH = _spread("0[1-9]", "1[0-2]")
_CENTURY = _spread("1[89]", "20")
_YEAR = _spread("[0-9][0-9]")
_LAST_FOUR = _spread("[0-9]" * 4)
_BIRTH = f"(?:{_MONTH}{_GAP}(?:{_DAY}|{_RAISED_DAY})|{_spread('00')}{_GAP}{_RAISED_DAY})"
_RUN = re.compile(
    # Not in the middle of a longer number; but "%20" before it is no number. Looking ahead finds overlapping runs too.
    rf"(?:(?<![0-9])|(?<=%[0-9A-Fa-f]{{2}}))"
    rf"(?=((?:{_CENTURY}{_GAP})?{_YEAR}{_GAP}{_BIRTH}{_GAP}{_LAST_FOUR})(?![0-9]))"
)


def looks_like_personnummer(text: str) -> bool:
    """Whether some run of ten or twelve digits could be a personnummer or samordningsnummer, right check digit or not.

    Spaces, dashes and their forms in an address may stand anywhere between the digits. To refuse one in a search field
    that lands in the address. Errs on the safe side: a mobile number such as 070-123 45 67 could be one; case numbers
    of our years and organisation numbers cannot.
    """
    return _RUN.search(text) is not None


def scrub_personnummer(text: str) -> str:
    """The text with `MASK` for every run that `looks_like_personnummer` sees; runs that overlap share one mask."""
    kept, end = [], 0
    for match in _RUN.finditer(text):
        if match.start() >= end:
            kept += [text[end : match.start()], MASK]
        end = max(end, match.end(1))
    return "".join([*kept, text[end:]])


# --- organisations ---------------------------------------------------------------------------------------------------


def parse_organisation_number(text: str) -> str:
    """Ten digits, with or without dash and spaces [G].

    Refused: a third digit below 2 (a person's number: a sole trader has the personnummer), a wrong check digit.
    """
    digits = _digits(text, 10, 10, "Skriv organisationsnumret med tio siffror, till exempel 212000-1140.")
    if digits[2] < "2":
        raise IdentifierError("Det här är inte ett organisationsnummer. En enskild firma har ägarens personnummer.")
    return _checked(digits, "Organisationsnumret har fel kontrollsiffra. Kontrollera siffrorna.")


def format_organisation_number(digits10: str) -> str:
    """With the dash: "212000-1140"."""
    return f"{digits10[:6]}-{digits10[6:]}"


# --- dwellings -------------------------------------------------------------------------------------------------------


def parse_postal_code(text: str) -> str:
    """Five digits, with or without a space; never a leading 0 [G]."""
    digits = _SPACES.sub("", text)
    if not re.fullmatch("[1-9][0-9]{4}", digits):
        raise IdentifierError("Skriv postnumret med fem siffror, till exempel 582 22.")
    return digits


def format_postal_code(digits5: str) -> str:
    """With the space: "582 22"."""
    return f"{digits5[:3]} {digits5[3:]}"


def parse_apartment_number(text: str) -> str:
    """The four digits of the national lägenhetsregister, unique only with the entrance's address [G].

    The landlord's own object number is another thing and not checked.
    """
    digits = _SPACES.sub("", text)
    if not re.fullmatch("[0-9]{4}", digits):
        raise IdentifierError("Skriv lägenhetsnumret med fyra siffror, till exempel 1102.")
    return digits


def apartment_floor(number: str) -> int:
    """The floor: 0 at the entrance (10xx), 1 above it (11xx), -1 below it (09xx) [G]."""
    return int(parse_apartment_number(number)[:2]) - 10


# --- payments --------------------------------------------------------------------------------------------------------


def parse_bankgiro(text: str) -> str:
    """Seven or eight digits with a check digit [G]."""
    digits = _digits(text, 7, 8, "Skriv bankgironumret med sju eller åtta siffror.")
    return _checked(digits, "Bankgironumret har fel kontrollsiffra. Kontrollera siffrorna.")


def format_bankgiro(digits: str) -> str:
    """With the dash before the last four: "160-9908", "5050-1055"."""
    return f"{digits[:-4]}-{digits[-4:]}"


def parse_plusgiro(text: str) -> str:
    """Two to eight digits with a check digit [G]."""
    digits = _digits(text, 2, 8, "Skriv plusgironumret med två till åtta siffror.")
    return _checked(digits, "Plusgironumret har fel kontrollsiffra. Kontrollera siffrorna.")


def format_plusgiro(digits: str) -> str:
    """Pairs counted from the check digit: "4-2", "90 20 03-3", "4 90 20 03-3"."""
    pairs = re.findall("..?", digits[-2::-1])
    return " ".join(pair[::-1] for pair in reversed(pairs)) + "-" + digits[-1]


def make_ocr(reference: str, *, with_length: bool = True) -> str:
    """A payment reference: `reference`, the last digit of the whole length unless told not to, and a check digit [G].

    Refused: anything but digits, and more than 25 in all.
    """
    length = len(reference) + 1 + with_length
    if not re.fullmatch("[0-9]+", reference) or length > OCR_MAX_DIGITS:
        raise IdentifierError("Ett OCR-nummer byggs av siffror och har högst 25.")
    body = reference + (str(length % 10) if with_length else "")
    return body + luhn_digit(body)


def parse_ocr(text: str, *, with_length: bool = False) -> str:
    """Two to 25 digits with a check digit; `with_length` where the payee also uses a length digit before it [G]."""
    digits = _digits(text, 2 + with_length, OCR_MAX_DIGITS, "Skriv OCR-numret med siffror, högst 25.")
    _checked(digits, "OCR-numret har fel kontrollsiffra. Kontrollera siffrorna.")
    if with_length and int(digits[-2]) != len(digits) % 10:
        raise IdentifierError("OCR-numret har fel antal siffror. Kontrollera att inga fattas.")
    return digits


# --- helpers ---------------------------------------------------------------------------------------------------------


def _clean(text: str) -> str:
    """The text without spaces and invisible characters, with one kind of dash: word processors change both."""
    return _OTHER_DASH.sub("-", _SPACES.sub("", text))


def _digits(text: str, least: int, most: int, form: str) -> str:
    digits = _clean(text).replace("-", "")
    if not re.fullmatch(f"[0-9]{{{least},{most}}}", digits):
        raise IdentifierError(form)
    return digits


def _checked(digits: str, wrong: str) -> str:
    if not luhn_is_valid(digits):
        raise IdentifierError(wrong)
    return digits


def _require_stored(digits12: str) -> None:
    if not re.fullmatch("[0-9]{12}", digits12):
        raise IdentifierError(_PERSON_STORED)

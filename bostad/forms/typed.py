"""What people type, read: numbers, days, kronor, and text without what cannot be shown."""

import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from bostad import dates

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")


def whole_number(typed: str) -> int | None:
    """A number out of an address or a hidden field, or None: one that no row can have is no number of ours."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else None


UNPRINTABLE = "Texten innehåller ett tecken som inte kan skrivas ut. Skriv den på nytt."
MOST_CHARACTERS = 10_000  # of a text that no column limits
_UNPRINTABLE = re.compile(  # control characters, and what turns the direction of writing or cannot be seen
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def printable(text: str) -> str:
    """The text without what neither a page, a paper nor a spreadsheet can show."""
    return _UNPRINTABLE.sub("", text)


def spreadsheet_cell(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is text, and a sign that it cannot hold is left out."""
    text = printable(text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


_COUNTED_ON = 5  # years that the calendar must know beyond a typed day: notice and deadlines are counted from it
_FIRST_YEAR, _LAST_YEAR = dates.FIRST_YEAR, dates.LAST_YEAR - _COUNTED_ON
_DATE_FORMS = (
    re.compile(r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})[./ ](?P<month>\d{1,2})[./ ](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[a-z]{3,9})\.? (?P<year>\d{4})"),
)


def parse_day(text: str) -> date | None:
    """The day as `read_day` reads it; None for anything else."""
    try:
        return read_day(text)
    except ValidationError:
        return None


def read_day(text: str) -> date:
    """2026-10-15, 20261015, 15/10 2026, 15.10.2026, 15 okt 2026, 15 oktober 2026. Of anything else it says what is wrong."""
    text = _SPACES.sub(" ", text).strip().lower()
    found = next((match for form in _DATE_FORMS if (match := form.fullmatch(text))), None)
    month = _month(found["month"]) if found else 0
    if found is None or (not month and not found["month"].isdigit()):
        raise ValidationError("Skriv datumet som 2026-10-15", code="invalid")
    if not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        raise ValidationError(f"Året måste vara mellan {_FIRST_YEAR} och {_LAST_YEAR}", code="year")
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        pass
    raise ValidationError("Dagen finns inte", code="no_day")


def _month(text: str) -> int:
    """The number of a month that is written as a number or by (the beginning of) its name; 0 for another word."""
    if text.isdigit():
        return int(text)
    return next((number for number, name in enumerate(dates.MONTHS, 1) if name.startswith(text)), 0)


def parse_kronor(text: str) -> Decimal | None:
    """ "6 780", "6780,50", "6780 kr"; None for "6.780", which may be either, and for anything else."""
    bare = _SPACES.sub(" ", text.strip()).lower().replace("\N{MINUS SIGN}", "-")
    bare = re.sub(r"\s*(kr\.?|kronor|sek|:-)$", "", bare)
    if not re.fullmatch(r"-?(\d+|\d{1,3}( \d{3})+)([.,]\d{1,2})?", bare):
        return None
    return Decimal(bare.replace(" ", "").replace(",", "."))

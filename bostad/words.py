"""Figures and days in Swedish, as the pages and the letters write them. Pure functions, no clock."""

from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

from bostad import dates

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SOON = 7  # days ahead that still are "the nearest week"

_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_COUNTS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


@dataclass(frozen=True)
class Due:
    """When something is to be done: a look, the words, and what stands below them.

    `when` is overdue, today, soon, later, waiting or met. `date_words` is the bare date, for narrow panels.
    """

    when: str
    words: str
    below: str = ""
    date_words: str = ""


def due(day: date, today: date, *, at: time | None = None) -> Due:
    """What is said of a day on which something is to be done."""
    days = (day - today).days
    bare, below = _near(day, today), f"{_WEEKDAYS[day.weekday()]}{NO_BREAK}{_near(day, today)}"
    if days < 0:
        return Due("overdue", f"{count_days(-days)} sen", below, bare)
    if days == 0:
        return Due("today", f"{at:%H.%M}", "idag", bare) if at else Due("today", "Idag", "", bare)
    if days == 1:
        return Due("soon", "I morgon", below, bare)
    if days <= SOON:
        return Due("soon", f"Om {count_days(days)}", below, bare)
    return Due("later", bare, "", bare)


def waiting(since: date, today: date) -> Due:
    """How long another has had the ball."""
    days = (today - since).days
    since_words = _near(since, today)
    if days < 1:
        return Due("waiting", "Sedan idag", "", since_words)
    return Due("waiting", count_days(days), f"sedan {since_words}", since_words)


def met(on: date, today: date) -> Due:
    """The day on which it was done."""
    return Due("met", _near(on, today), "", _near(on, today))


def count_days(days: int) -> str:
    return f"{days}{NO_BREAK}{'dag' if days == 1 else 'dagar'}"


def count(number: int) -> str:
    """Small numbers as words, for headings: "tre", "14"."""
    return _COUNTS[number] if 0 <= number < len(_COUNTS) else str(number)


def kr(amount: Decimal | int | float) -> str:
    """16 900 kr, 17 381,50 kr: no-break spaces, öre only when there are any."""
    exact = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    figures = f"{abs(exact):,.2f}".removesuffix(".00").replace(",", NO_BREAK).replace(".", ",")
    return f"{MINUS if exact < 0 else ''}{figures}{NO_BREAK}kr"


def postal_code(code: str) -> str:
    """590 99; anything that is not five digits is left as it came."""
    return f"{code[:3]}{NO_BREAK}{code[3:]}" if len(code) == 5 and code.isdigit() else code


def in_sentence(label: str) -> str:
    """A label inside a sentence: "Förnamn" becomes "förnamn", "OCR-nummer" stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] in ("", "-", " ") else label


def _near(day: date, today: date) -> str:
    """12 okt, with the year when it is another than today's."""
    words = dates.short_day(day) if day.year == today.year else f"{dates.short_day(day)} {day.year}"
    return words.replace(" ", NO_BREAK)

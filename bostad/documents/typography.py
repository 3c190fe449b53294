"""How dates, amounts and spaces are written on Swedish paper. Pure functions."""

import re
from collections.abc import Sequence
from datetime import date

NBSP = "\N{NO-BREAK SPACE}"
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)

# What must not be parted by a line break: "12 kap.", "45 a §", "6 780 kr", "31,5 m²", "1 oktober", "590 12".
_TIED = [
    re.compile(pattern)
    for pattern in (
        r"(?<=\d) (?=(?:kap\.|§|st\.|p\.|kr\b|öre\b|m²|procent\b|år\b|dag|vecka|veckor|månad))",
        rf"(?<=\d) (?=(?:{'|'.join(MONTHS)})\b)|(?<=\bden) (?=\d)",
        "|".join(rf"(?<=\b{month}) (?=\d{{4}}\b)" for month in MONTHS),
        r"(?<=\d) (?=\d{2,3}\b)",
        r"(?<=\d) (?=[a-z] §)|(?<=\d [a-z]) (?=§)",
        "|".join(rf"(?<={before}) (?=\d)" for before in (r"\bkl\.", r"\bkap\.", r"\bnr", r"\bpunkt", r"\blgh", "§")),
        r" (?=– )",
    )
]
_TEXT = re.compile(r"(?<=>)[^<]+")
_LAST_WORD = re.compile(r"(?<=\S) (\S{1,8}\s*</(?:p|li|h1|h2|h3)>)")


def written_date(iso: str) -> str:
    """`2026-10-01` as "1 oktober 2026", held together. Refuses what is no date."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        raise ValueError(f"”{iso}” är inget datum (ÅÅÅÅ-MM-DD).") from None
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def kronor(amount: str) -> str:
    """`6780` as "6 780 kr", `6780.50` as "6 780,50 kr", every space a no-break space. Refuses what is no amount."""
    whole, decimals = _digits(amount)
    if len(decimals) > 2:
        raise ValueError(f"”{amount}” har fler decimaler än ören.")
    return f"{whole}{decimals and f',{decimals:0<2}'}{NBSP}kr"


def grouped(number: str) -> str:
    """`31.50` as "31,5", `6780` as "6 780". Refuses what is no number."""
    whole, decimals = _digits(number)
    return f"{whole}{decimals and f',{decimals}'}"


def _digits(number: str) -> tuple[str, str]:
    """The whole part, grouped by thousands, and the decimals without idle zeros."""
    if not (parts := re.fullmatch(r"(-?)([0-9]+)(?:\.([0-9]+))?", number)):
        raise ValueError(f"”{number}” är inget tal.")
    minus, whole, decimals = parts.groups(default="")
    return f"{minus and '−'}{int(whole):,}".replace(",", NBSP), decimals.rstrip("0")


def listed(words: Sequence[str]) -> str:
    """`["a", "b", "c"]` as "a, b och c"."""
    *first, last = words
    return f"{', '.join(first)} och {last}" if first else last


def bind(html: str) -> str:
    """Ties numbers to their units, a dash to the word before it, and a short last word to its neighbour.

    Only the text between tags is touched, never a tag or its attributes.
    """

    def tie(text: re.Match[str]) -> str:
        tied = text.group()
        for pattern in _TIED:
            tied = pattern.sub(lambda space: space.group().replace(" ", NBSP), tied)
        return tied

    return _LAST_WORD.sub(rf"{NBSP}\1", _TEXT.sub(tie, html))

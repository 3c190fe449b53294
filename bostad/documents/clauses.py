"""The municipality's own clauses of a paper: a list of headings with their text, and how a person writes them.

    Rökning
    Rökning är inte tillåten i bostaden.

    Husdjur
    Husdjur får finnas om de inte stör.

The first line of each block is the heading, a blank line ends the block. On paper each line is a paragraph.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError


def check(clauses: Any) -> None:
    """Refuses, in Swedish, what could not be printed as clauses."""
    if not isinstance(clauses, list) or not all(map(_is_clause, clauses)):
        raise ValidationError("Varje bestämmelse ska ha en rubrik och en text.")


def _is_clause(clause: Any) -> bool:
    return (
        isinstance(clause, dict)
        and clause.keys() == {"heading", "text"}
        and all(isinstance(part, str) and part.strip() and "\0" not in part for part in clause.values())
    )


def read(typed: str) -> list[dict[str, str]]:
    """What a person has typed, as clauses. Refuses a block without text, by its heading."""
    blocks = [_lines(block) for block in re.split(r"\n\s*\n", typed.replace("\r\n", "\n"))]
    found = [block for block in blocks if block]
    for heading in (block[0] for block in found if len(block) == 1):
        raise ValidationError(f"”{heading}” har ingen text. Skriv rubriken på en egen rad och texten på raden under.")
    return [{"heading": block[0], "text": "\n".join(block[1:])} for block in found]


def written(clauses: Sequence[dict[str, str]]) -> str:
    """The same as a person types it."""
    return "\n\n".join("\n".join([clause["heading"], *_lines(clause["text"])]) for clause in clauses)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

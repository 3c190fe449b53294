"""The typeface of the papers, and which characters it holds: what it lacks is told where it is written."""

import unicodedata
from functools import cache

import fontpkg_inter
from fontTools.ttLib import TTFont

INTER = fontpkg_inter.ROOT / "files" / "Inter[opsz,wght].ttf"


def lacking(text: str) -> list[str]:
    """The characters of a text that would come out as empty boxes."""
    return sorted(set(text) - _held())


@cache
def _held() -> frozenset[str]:
    """The characters that the embedded font holds, without those that only steer other text (U+200B, U+FEFF)."""
    with TTFont(INTER, lazy=True) as font:
        held = {chr(code) for code in font.getBestCmap()}
    return frozenset("\n\t\r") | {character for character in held if unicodedata.category(character) != "Cf"}

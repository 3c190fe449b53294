"""Swedish alphabetical order without a database collation (the embedded PostgreSQL has no ICU)."""

import unicodedata

# Greek letters: in every collation they come after the Latin ones, and a sort key keeps the length of its text
_AFTER_Z = {"å": "α", "ä": "β", "æ": "β", "ö": "γ", "ø": "γ"}


def sort_key(text: str) -> str:
    """Compares as a Swede would sort: å, ä, ö after z; other accents, case and hyphens do not count.

    >>> sorted(["Öberg", "Zander", "Åberg", "Ek"], key=sort_key)
    ['Ek', 'Zander', 'Åberg', 'Öberg']
    """
    composed = unicodedata.normalize("NFC", text.casefold())
    letters = (_AFTER_Z.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in composed)
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ")

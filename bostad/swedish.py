"""Swedish alphabetical order without a database collation (the embedded PostgreSQL has no ICU)."""

import unicodedata

_AFTER_Z = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}


def sort_key(text: str) -> str:
    """Compares as a Swede would sort: å, ä, ö after z; other accents, case and hyphens do not count.

    >>> sorted(["Öberg", "Zander", "Åberg", "Ek"], key=sort_key)
    ['Ek', 'Zander', 'Åberg', 'Öberg']
    """
    letters = (_AFTER_Z.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in text.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter in " {")

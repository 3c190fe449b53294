"""The fixed text of a paper: what stands in its template file and in all that the file is built of (R-0-24)."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def wording(template: str) -> str:
    """SHA-256 over the fixed text of a template and all that it is built of.

    An approved template version keeps this value, so that changed wording is seen and approved anew (R-0-24).
    """
    digest, wanted, seen = sha256(), [f"pdf/{template}.html"], set[str]()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            source = (TEMPLATES / name).read_text(encoding="utf-8")
            digest.update(f"{name}\n{source}\n".encode())
            wanted += reversed(re.findall(r"{% (?:include|extends) \"([^\"]+)\"", source))
    return digest.hexdigest()


@cache
def current(kind: str) -> str:
    """The wording that this installation would print a template's kind with. Read once per process."""
    return wording("contract" if kind.startswith("contract_") else kind)

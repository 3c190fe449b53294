"""The QR code of a sheet of paper. It holds the sheet's code and nothing else: no person, no address, no link."""

import re

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SHEET_CODE = re.compile(r"[A-Z]-[0-9]{4}-[0-9]{6}-[A-Z][0-9]{0,2}")


def matrix(code: str) -> tuple[bytearray, ...]:
    """The modules of the symbol, row by row, 1 for dark. Level Q: a quarter of it may be dirty or folded."""
    if not SHEET_CODE.fullmatch(code):
        raise ValueError(f"”{code}” är ingen bladkod (K-2026-000158-A, ersatt K-2026-000158-A2).")
    return segno.make(code, error="q", micro=False, boost_error=False).matrix


def svg(code: str) -> SafeString:
    """The symbol as inline SVG, one unit per module, without its quiet zone (the page leaves four modules free)."""
    rows = matrix(code)
    path = "".join(
        f"M{run.start()} {y}h{len(run.group())}v1h-{len(run.group())}z"
        for y, row in enumerate(rows)
        for run in re.finditer("1+", "".join(map(str, row)))
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {size} {size}">'
        '<title>QR-kod med bladets nummer {code}</title><path d="{path}"/></svg>',
        size=len(rows),
        code=code,
        path=mark_safe(path),  # noqa: S308 - digits and letters made above
    )

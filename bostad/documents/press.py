"""The press: HTML in, tagged PDF/UA bytes out. It alone loads WeasyPrint.

- Nothing is fetched: the only addresses that open are the packaged fonts. No network, no file system.
- Equal input gives equal bytes: no dates, no random ids, the clock of the font tools stands still.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from io import BytesIO
from threading import Lock

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from bostad.documents.pdf import CannotPrint, FetchRefused, RenderedPdf
from bostad.documents.wording import TEMPLATES
from bostad.typeface import INTER

FONTS = {"bostad:inter-400": 400, "bostad:inter-600": 600}  # the weights of the papers
OPTICAL_SIZE = 14  # one throughout: widths and outlines then belong together
FAMILY = b"Bostad-Inter"  # as templates/pdf/paper.css calls it
VARIANT = "pdf/ua-1"
for chatty in ("weasyprint.progress", "fontTools"):  # a dozen lines for every document
    logging.getLogger(chatty).setLevel(logging.WARNING)
_PRESS = Lock()  # the parsed style sheet and its fonts are shared within the process


class _PackagedOnly(URLFetcher):
    """Opens the packaged fonts and nothing else; all other addresses stop the printing."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url not in FONTS:
            self.refused.append(url)
            raise PermissionError(url)
        return URLFetcherResponse(url, _weight(FONTS[url]), {"Content-Type": "font/ttf"})


@cache
def _weight(weight: int) -> bytes:
    """The variable font fixed to one weight, once per process.

    WeasyPrint would do it for each font of each document: four of the five parts of the time of a letter.
    """
    content = BytesIO()
    with TTFont(INTER, recalcTimestamp=False) as font:
        instantiateVariableFont(font, {"wght": weight, "opsz": OPTICAL_SIZE}, inplace=True).save(content)
    return content.getvalue()


@cache
def _style() -> tuple[CSS, FontConfiguration, _PackagedOnly]:
    """Style sheet and fonts, parsed once per process."""
    fonts, fetcher = FontConfiguration(), _PackagedOnly()
    text = (TEMPLATES / "pdf" / "paper.css").read_text(encoding="utf-8")
    return CSS(string=text, font_config=fonts, url_fetcher=fetcher), fonts, fetcher


class _Complaints(logging.Handler):
    """WeasyPrint leaves out what it cannot draw and logs an error. A document without its QR code is no document."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


def typeset(html: str) -> RenderedPdf:
    """Tagged PDF of a filled template. Raises `CannotPrint` where anything would be missing or come from outside."""
    with _PRESS:
        return _typeset(html)


def _typeset(html: str) -> RenderedPdf:
    style, fonts, fetcher = _style()
    fetcher.refused.clear()
    with _still_clock(), _complaints() as complaints, suppress(FatalURLFetchingError):  # no Exception: ends a worker
        source = HTML(string=html, base_url="bostad:paper", url_fetcher=fetcher)
        document = source.render(font_config=fonts, stylesheets=[style], pdf_variant=VARIANT)
        content = document.write_pdf(pdf_variant=VARIANT)
    if fetcher.refused:
        raise FetchRefused(f"Handlingen hänvisar till något utanför systemet: {', '.join(fetcher.refused)}")
    if complaints.found:
        raise CannotPrint(f"Handlingen blev inte hel: {'; '.join(complaints.found)}")
    if any(FAMILY not in font.name for font in document.fonts.values()):
        _style.cache_clear()  # the packaged font is copied to a temporary folder, which something may have emptied
        raise CannotPrint("Handlingen blev satt med ett annat typsnitt än sitt eget. Försök igen.")
    return RenderedPdf(content=content, pages=len(document.pages), sha256=sha256(content).hexdigest())


@contextmanager
def _complaints() -> Iterator[_Complaints]:
    complaints = _Complaints()
    LOGGER.addHandler(complaints)
    try:
        yield complaints
    finally:
        LOGGER.removeHandler(complaints)


@contextmanager
def _still_clock() -> Iterator[None]:
    """fontTools writes the time into a font that it cuts down, unless it is told another (reproducible-builds.org)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "1767225600"  # 1 January 2026
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before

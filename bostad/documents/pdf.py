"""Printed documents: a template and frozen data in, tagged PDF/UA bytes out (by `press.py`).

Nothing is printed with a gap: a template that prints what the data lack raises `MissingData`, in Swedish.

Needs Django's template engine, but no settings, models or database.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Annotated, Any, Literal, NoReturn, TypedDict

from django.template import Context, Engine
from pypdf import PdfReader, PdfWriter

from bostad.documents.typography import bind
from bostad.documents.wording import TEMPLATES
from bostad.typeface import lacking


class Sheet(TypedDict):
    """One sheet of paper that is signed and comes back: all in which two identical originals differ."""

    code: Annotated[str, "nummer"]  # K-2026-000158-A
    holder: Annotated[Literal["tenant", "municipality"], "vem det är till för"]
    holder_line: Annotated[str, "rad om innehavare"]  # "Hyresgästens original"
    sheet_title: Annotated[str, "rubrik"]  # "Andrahandskontrakt"


@dataclass(frozen=True)
class RenderedPdf:
    """A printed document as it is stored: bytes, number of pages, and the SHA-256 of the bytes in hex."""

    content: bytes
    pages: int
    sha256: str


class CannotPrint(Exception):
    """The document is not made. The message is for the caseworker."""


class MissingData(CannotPrint):
    """The template prints what the data lack. `fields` names each gap in Swedish, in the order of the paper."""

    def __init__(self, fields: Sequence[str]):
        self.fields = tuple(dict.fromkeys(fields))
        super().__init__(f"Handlingen kan inte skrivas ut. Det som saknas: {', '.join(self.fields)}.")


class UnprintableText(CannotPrint):
    """The text holds characters that the embedded font lacks: they would come out as empty boxes."""

    def __init__(self, characters: Sequence[str]):
        self.characters = tuple(characters)
        shown = ", ".join(f"{character} (U+{ord(character):04X})" for character in self.characters)
        super().__init__(f"Handlingen kan inte skrivas ut. Typsnittet saknar tecknen {shown}.")


class FetchRefused(CannotPrint):
    """The document refers to something outside the package: an image, a style sheet, a file."""


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    sheet: Mapping[str, Any] | None = None,
    names: Mapping[str, str] | None = None,
) -> RenderedPdf:
    """Prints `templates/pdf/<template>.html` with `data`, which is JSON: strings, lists, objects, true, false, null.

    `sheet` (see `Sheet`) reaches the template `_sheet.html` alone. `names` gives the Swedish name of each field by its
    path without list positions (`tenants.name`), for the message of `MissingData`. Null, an empty string and an empty
    list are false in a condition and missing where they are printed.
    """
    html = fill(template, {**data, "sheet": sheet}, names or {})
    from bostad.documents import press  # a second of every process's start, and only who prints needs it

    return press.typeset(html)


def join(pdfs: Sequence[bytes], *, duplex: bool = True) -> bytes:
    """One print file. With `duplex` a blank page is put in wherever a document would begin on the back of another."""
    if not pdfs:
        raise ValueError("Det finns inget att skriva ut.")
    writer = PdfWriter()
    for content in pdfs:
        if duplex and len(writer.pages) % 2:
            back = writer.pages[-1].mediabox
            writer.add_blank_page(width=float(back.width), height=float(back.height))
        writer.append(PdfReader(BytesIO(content)), import_outline=False)
    joined = BytesIO()
    writer.write(joined)
    return joined.getvalue()


# --- data without gaps -----------------------------------------------------------------------------------------------
@dataclass
class _Gaps:
    """Collects every gap of a document, so that a letter that is held says all that it lacks at once."""

    names: Mapping[str, str]
    found: list[str] = field(default_factory=list)

    def note(self, path: str) -> None:
        bare = re.sub(r"\.\d+(?=\.|$)", "", path)
        self.found.append(self.names.get(bare, f"uppgiften {bare}"))

    def wrap(self, value: object, path: str) -> Any:
        if value is None or value == "" or value == [] or (isinstance(value, str) and value.isspace()):
            return _Gap(self, path)
        if isinstance(value, str):
            return unicodedata.normalize("NFC", value)
        if isinstance(value, bool | int):
            return value
        if isinstance(value, Mapping):
            return _Fields(self, path, value)
        if isinstance(value, list | tuple):
            return [self.wrap(item, f"{path}.{position}") for position, item in enumerate(value)]
        raise TypeError(f"{path} is {type(value).__name__}: frozen data are JSON")


@dataclass(frozen=True)
class _Gap:
    """What stands where a value should be: false and empty in a condition, noted as soon as it is printed."""

    gaps: _Gaps
    path: str

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __getitem__(self, key: object) -> "_Gap":
        inner = _Gap(self.gaps, f"{self.path}.{key}")
        self.gaps.note(inner.path)
        return inner

    def __str__(self) -> str:
        self.gaps.note(self.path)
        return ""


class _Fields(Mapping[str, Any]):
    """An object of the frozen data. A key that it lacks is noted as soon as the template asks for it."""

    def __init__(self, gaps: _Gaps, path: str, data: Mapping[str, Any]):
        self._gaps, self._path, self._data = gaps, path, data

    def __getitem__(self, key: str) -> Any:
        path = f"{self._path}.{key}"
        if key not in self._data:
            self._gaps.note(path)
        return self._gaps.wrap(self._data.get(key), path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


class _PaperContext(Context):
    """A context in which an unknown name is a gap, in conditions and loops too, where Django would pass over it."""

    gaps: _Gaps

    def __getitem__(self, key: Any) -> Any:
        if key in self:
            return super().__getitem__(key)
        self.gaps.note(str(key))
        return _Gap(self.gaps, str(key))


class _NoSuchValue(str):
    """Django's `string_if_invalid`: what cannot be looked up even so (an attribute of a text) stops the printing."""

    def __mod__(self, variable: object) -> NoReturn:
        raise MissingData([f"uppgiften {variable}"])


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(TEMPLATES)],
        builtins=["bostad.documents.templatetags.paper"],
        string_if_invalid=_NoSuchValue("%s"),
    )


def fill(template: str, data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The HTML of a document, quickly. Raises every kind of `CannotPrint` that the data can cause."""
    gaps = _Gaps(names)
    context = _PaperContext({key: gaps.wrap(value, key) for key, value in data.items()}, use_l10n=False, use_tz=False)
    context.gaps = gaps
    try:
        html = _engine().get_template(f"pdf/{template}.html").render(context)
    except ValueError as problem:  # what is no date, no amount, no code of a sheet
        raise CannotPrint(f"Handlingen kan inte skrivas ut. {problem}") from problem
    if gaps.found:
        raise MissingData(gaps.found)
    if unprintable := lacking(html):
        raise UnprintableText(unprintable)
    return bind(html)

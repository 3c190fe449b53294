"""Reads printed PDFs back, for tests: text, pictures, tags, fonts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import combinations

import pypdfium2
from PIL.Image import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

MM = 72 / 25.4
PAGE = (210.0, 297.0)


@dataclass(frozen=True)
class Text:
    """A run of text on a page. Millimetres from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlaps(self, other: "Text", by: float) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > by and down > by


def texts(content: bytes) -> list[str]:
    """The text of each page, every space a plain one."""
    with pypdfium2.PdfDocument(content) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def whole_text(content: bytes) -> str:
    return " ".join(texts(content))


def runs(content: bytes) -> list[list[Text]]:
    """Where the text stands on each page."""
    with pypdfium2.PdfDocument(content) as document:
        found = []
        for page in document:
            written = page.get_textpage()
            boxes = [written.get_rect(number) for number in range(written.count_rects())]
            found.append(
                [
                    Text(
                        left / MM,
                        PAGE[1] - top / MM,
                        right / MM,
                        PAGE[1] - bottom / MM,
                        written.get_text_bounded(left, bottom, right, top),
                    )
                    for left, bottom, right, top in boxes
                ]
            )
        return found


def overlapping(page: list[Text]) -> list[tuple[str, str]]:
    """Pairs of runs that are printed over each other by more than half a millimetre both ways."""
    return [(one.text, other.text) for one, other in combinations(page, 2) if one.overlaps(other, by=0.5)]


def pictures(content: bytes, dots_per_mm: float = 4) -> list[Image]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.render(scale=dots_per_mm / MM, grayscale=True).to_pil() for page in document]


@dataclass
class Tag:
    kind: str
    alt: str | None
    inner: list["Tag"] = field(default_factory=list)

    def walk(self) -> Iterator["Tag"]:
        yield self
        for tag in self.inner:
            yield from tag.walk()


def tags(content: bytes) -> Tag:
    """The structure tree that a screen reader follows."""

    def read(node: DictionaryObject) -> Tag:
        children = node.get("/K", [])
        children = children if isinstance(children, list) else [children]
        inner = [child.get_object() for child in children]
        return Tag(
            kind=node["/S"][1:],
            alt=node.get("/Alt"),
            inner=[read(child) for child in inner if isinstance(child, DictionaryObject) and "/S" in child],
        )

    root = PdfReader(BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]
    return read(root["/K"][0].get_object())


def fonts(content: bytes) -> dict[str, bool]:
    """Each font by name, and whether its file is in the document."""
    found = {}
    for page in PdfReader(BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[inner["/BaseFont"]] = "/FontFile2" in inner["/FontDescriptor"].get_object()
    return found

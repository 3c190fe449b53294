"""What is asked of every paper of the house, whichever routine prints it."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from io import BytesIO
from types import UnionType
from typing import Any, get_args, get_origin, is_typeddict

from pypdf import PdfReader

from bostad.documents.papers import fields
from tests.documents import papers_read

LEFT, RIGHT, TOP, BOTTOM = 24.9, 190.2, 10.0, 290.0  # millimetres


def assert_accessible(content: bytes, number: str) -> None:
    """Tagged, titled with its number, in Swedish, in the packaged font, and begun with the first heading."""
    reader = PdfReader(BytesIO(content))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "sv"
    assert b'pdfuaid:part="1"' in catalog["/Metadata"].get_object().get_data()
    assert number in reader.metadata.title
    assert all("Bostad-Inter" in font and embedded for font, embedded in papers_read.fonts(content).items())
    kinds = [tag.kind for tag in papers_read.tags(content).walk()]
    headings = [kind for kind in kinds if re.fullmatch("H[1-6]", kind)]
    assert headings[0] == "H1"


def assert_every_page_is_marked(content: bytes, data: Mapping[str, Any], code: str) -> None:
    pages = papers_read.texts(content)
    for number, text in enumerate(pages, start=1):
        assert code in text
        assert f"Sida {number} av {len(pages)}" in text
        assert f"Ekstads kommun · {data['number']}" in text
        assert f"{data['template']['name']}, lydelse {data['template']['version']}, fastställd 1 september 2026" in text


def assert_well_set(content: bytes) -> None:
    """Nothing outside the margins, nothing over something else."""
    for page in papers_read.runs(content):
        assert not [run for run in page if run.left < LEFT or run.right > RIGHT or run.top < TOP or run.bottom > BOTTOM]
        assert papers_read.overlapping(page) == []


def fields_of(kind: Any, value: Any, path: tuple = ()) -> list[tuple[tuple, Any, bool]]:
    """Path, type and optionality of every field of an example."""
    found = []
    if is_typeddict(kind) and value is not None:
        for key, (inner, _, _) in fields(kind).items():
            optional = get_origin(inner) is UnionType
            inner = get_args(inner)[0] if optional else inner
            found.append(((*path, key), inner, optional))
            found += fields_of(inner, value[key], (*path, key))
    elif get_origin(kind) is list:
        for position, item in enumerate(value):
            found += fields_of(get_args(kind)[0], item, (*path, position))
    return found


def changed(data: Any, path: tuple[Any, ...], change: Callable[[Any, Any], Any]) -> Any:
    data = deepcopy(data)
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    change(parent, path[-1])
    return data

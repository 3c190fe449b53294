"""A printer that prints blank pages: real PDF, real hash, no typesetting."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

from bostad.documents import printing
from bostad.documents.pdf import RenderedPdf, Sheet
from bostad.documents.printing import Printer


def plain(printer: Printer) -> Printer:
    """The same paper, checked in the same way, on a blank page that carries its data as its subject."""

    def typeset(data: Mapping[str, Any], sheet: Sheet | None) -> RenderedPdf:
        writer, content = PdfWriter(), BytesIO()
        writer.add_blank_page(width=595, height=842)
        writer.add_metadata({"/Title": printer.title, "/Subject": json.dumps([data, sheet], sort_keys=True)})
        writer.write(content)
        return RenderedPdf(content.getvalue(), 1, sha256(content.getvalue()).hexdigest())

    return replace(printer, typeset=typeset)


@contextmanager
def blank_pages() -> Iterator[None]:
    """Every paper of the house on blank pages, until the end of the block."""
    real = dict(printing._printers)
    for kind, printer in real.items():
        printing.register_printer(kind, plain(printer))
    try:
        yield
    finally:
        for kind, printer in real.items():
            printing.register_printer(kind, printer)

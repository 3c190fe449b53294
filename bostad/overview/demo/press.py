"""Makes the demo's papers on all processors at once: one takes half a second, and there are some three hundred."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import django
from django.db.models import Max

from bostad.documents import letters
from bostad.documents.models import Document
from bostad.documents.pdf import RenderedPdf
from bostad.documents.printing import printer
from bostad.documents.services import keep_file
from bostad.documents.states import FileState
from referrals.papers import PAPERS

MOST = 4  # processes; each takes some 150 MB


def _typeset(kind: str, data: dict[str, Any], sheet: Any) -> RenderedPdf:
    """In another process, which has no database and needs none."""
    return printer(kind).typeset(data, sheet)


class Press:
    """Takes in what has been frozen, and gives the bytes to the documents when somebody needs them."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool
        self._last = Document.objects.aggregate(last=Max("pk"))["last"] or 0
        self._printing: dict[int, tuple[Document, Future[RenderedPdf]]] = {}

    def take(self) -> None:
        """Starts the printing of all that was frozen since last time, but for what no step waits for: the worker's."""
        waiting = Document.objects.filter(pk__gt=self._last, file_state=FileState.WAITING)
        for document in waiting.exclude(kind__in=PAPERS).order_by("pk"):
            made = self._pool.submit(_typeset, document.kind, document.data, document.sheet)
            self._printing[document.pk] = document, made
            self._last = document.pk

    def collect(self, wanted: set[int] | None = None) -> None:
        """Waits for the wanted documents, or takes what is ready. A letter is queued on the day it was written."""
        for pk, (document, made) in list(self._printing.items()):
            if pk in wanted if wanted is not None else made.done():
                keep_file(document, made.result())
                letters.queue_ready(document.on, pk)
                del self._printing[pk]

    def finish(self) -> None:
        self.collect(set(self._printing))


@contextmanager
def running() -> Iterator[Press]:
    """With processes of their own, not forked: they share no connection with us."""
    number = min(MOST, os.cpu_count() or 1)
    with ProcessPoolExecutor(number, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        yield Press(pool)

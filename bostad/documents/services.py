"""Issue, receive and file documents. An issued document is frozen data first, bytes as soon as the worker is there."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bostad import dates
from bostad.casework.models import Case
from bostad.casework.refusals import StepNotTaken
from bostad.casework.services import check_owner, write_note
from bostad.documents import worker
from bostad.documents.models import (
    Document,
    DocumentFile,
    Movement,
    Origin,
    Original,
    PrintBatch,
    TextTemplate,
    VoidedDocument,
)
from bostad.documents.pdf import CannotPrint, RenderedPdf, Sheet
from bostad.documents.printing import printer, template_kinds
from bostad.documents.states import ORIGINAL_MOVES, FileState, OriginalState
from bostad.organisation.models import Staff
from bostad.organisation.scope import Scope

MOST_ATTEMPTS = 5
GIVEN_UP = "Framställningen avbröts flera gånger. Be den som sköter systemet se efter varför."

log = logging.getLogger(__name__)


def approved_template(kind: str, on: date) -> TextTemplate:
    """The approved version in force that day (R-0-24). Without one, or with other text than was approved, nothing is printed."""
    template = TextTemplate.objects.in_force(kind, on).first()
    if template is None:
        raise StepNotTaken(f"Det finns ingen godkänd mall för {printer_title(kind)}. Be förvaltningens administratör.")
    if not template.is_current:
        raise StepNotTaken(
            f"Mallen för {printer_title(kind)} har fått ny text sedan den godkändes. "
            "Be förvaltningens administratör godkänna en ny lydelse."
        )
    return template


@dataclass(frozen=True)
class ToApprove:
    """A paper that would be refused when it is to be printed."""

    kind: str
    title: str
    lacks: str  # Swedish


def papers_to_approve(on: date) -> list[ToApprove]:
    """Of every kind that `approved_template` would refuse that day, what it lacks."""
    found = ((kind, title, TextTemplate.objects.in_force(kind, on).first()) for kind, title in template_kinds().items())
    return [
        ToApprove(kind, title, _lack_of(template))
        for kind, title, template in found
        if template is None or not template.is_current
    ]


def _lack_of(template: TextTemplate | None) -> str:
    if template is None:
        return "ingen godkänd lydelse gäller."
    return f"texten har ändrats sedan lydelse {template.version} godkändes {dates.day_with_year(template.approved_on)}."


def renewed(template: TextTemplate, *, written_by: Staff, valid_from: date) -> TextTemplate:
    """The next version of the kind, unsaved and not approved: the same clauses, the fixed text as it stands now."""
    last = TextTemplate.objects.filter(kind=template.kind).order_by("-version").values_list("version", flat=True)[0]
    return TextTemplate(
        kind=template.kind, version=last + 1, name=template.name, clauses=template.clauses, owner=template.owner,
        written_by=written_by, valid_from=valid_from,
    )  # fmt: skip


def printer_title(kind: str) -> str:
    return f"”{printer('contract' if kind.startswith('contract_') else kind).title.lower()}”"


def freeze(
    *,
    case: Case,
    kind: str,
    template: TextTemplate,
    data: Mapping[str, Any],
    on: date,
    by: Scope,
    sheet: Sheet | None = None,
    title: str = "",
) -> Document:
    """A new document from data that never change again. What the paper would lack is refused here, in Swedish."""
    try:
        printer(kind).check(data, sheet)
    except CannotPrint as problem:
        raise StepNotTaken(str(problem)) from problem
    document = Document.objects.create(
        case_id=case.pk, kind=kind, title=title or printer(kind).title, origin=Origin.ISSUED, template=template,
        data=data, sheet=sheet, on=on, created_by_id=by.staff_id,
    )  # fmt: skip
    transaction.on_commit(lambda: worker.ask("make_file", document.pk), robust=True)
    return document


def make_file(document_id: int) -> Document | None:
    """The worker's part. Called twice or late it changes nothing: the second finds the file ready, or locked."""
    if not begin_attempt(Document, document_id):
        return Document.objects.filter(pk=document_id, file_state=FileState.READY).first()
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=document_id).first()
        if document is None or document.file_state == FileState.READY:
            return document
        try:
            keep_file(document, printer(document.kind).typeset(document.data, document.sheet))
        except CannotPrint as problem:
            log.warning("document %s cannot be printed: %s", document_id, type(problem).__name__)
            Document.objects.filter(pk=document_id).update(file_state=FileState.FAILED, file_problem=str(problem)[:300])
    return document


@transaction.atomic
def begin_attempt(model: type[Document] | type[PrintBatch], pk: int) -> bool:
    """Counts the attempt before it is made: a fault of any sort, or a worker that was killed, has counted too.

    After five it is given up, in words, so that one file that cannot be made does not hold up the others.
    """
    row = model.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if row is None or row.file_state == FileState.READY:
        return False
    if row.attempts < MOST_ATTEMPTS:
        row.attempts += 1
        row.save(update_fields=["attempts"])
        return True
    row.file_state, row.file_problem = FileState.FAILED, row.file_problem or GIVEN_UP
    row.save(update_fields=["file_state", "file_problem"])
    return False


@transaction.atomic
def make_again(*, document_id: int, by: Scope, today: date) -> Document:
    """Asks anew for a file that could not be made, for the case's own department. The journal says what was in the way."""
    document = Document.objects.select_for_update(of=("self",)).select_related("case").get(pk=document_id)
    check_owner(by, document.case)
    if document.file_state != FileState.FAILED:
        raise StepNotTaken("Handlingen är redan framställd, eller framställs just nu.")
    said = f"{document.title} framställs igen. Det som hindrade var: {document.file_problem}"
    write_note(case=document.case, text=said, on=today, by=by)
    document.file_state, document.file_problem, document.attempts = FileState.WAITING, "", 0
    document.save(update_fields=["file_state", "file_problem", "attempts"])
    transaction.on_commit(lambda: worker.ask("make_file", document.pk), robust=True)
    return document


def keep_file(document: Document, made: RenderedPdf) -> None:
    """The bytes of a waiting document are there. From now on they never change."""
    DocumentFile.objects.create(document=document, content=made.content)
    Document.objects.filter(pk=document.pk).update(
        file_state=FileState.READY, sha256=made.sha256, pages=made.pages, file_problem=""
    )


def may_receive(case: Case, by: Scope) -> bool:
    """Who works with an open case files what comes in: its own department, and the provider that it is shared with."""
    return Case.objects.visible_to(by).still_open().filter(pk=case.pk).exists()


@transaction.atomic
def receive(*, case: Case, title: str, content: bytes, content_type: str, on: date, by: Scope) -> Document:
    """A document that came in, stored as it came and never corrected."""
    if not may_receive(case, by):
        raise PermissionDenied("Handlingar läggs till i öppna ärenden, av dem som arbetar med ärendet.")
    document = Document.objects.create(
        case_id=case.pk, kind="received", title=title, origin=Origin.RECEIVED, content_type=content_type, on=on,
        created_by_id=by.staff_id,
    )  # fmt: skip
    DocumentFile.objects.create(document=document, content=content)
    document.file_state, document.sha256 = FileState.READY, sha256(content).hexdigest()
    document.save(update_fields=["file_state", "sha256"])
    return document


@transaction.atomic
def void(*, document: Document, why: str, by: Scope) -> VoidedDocument:
    """It came into the wrong case, or should never have come in. It stays, and from now on only managers open it."""
    check_owner(by, document.case)
    if document.origin != Origin.RECEIVED:
        raise StepNotTaken("Bara en handling som har kommit in kan makuleras.")
    voided, is_new = VoidedDocument.objects.get_or_create(
        document=document, defaults={"why": why, "by_id": by.staff_id}
    )
    if not is_new:
        raise StepNotTaken("Handlingen är redan makulerad.")
    return voided


# --- sheets of paper -------------------------------------------------------------------------------------------------


def make_original(*, document: Document, code: str, kind: str, holder: str, on: date, by: Scope) -> Original:
    original = Original.objects.create(
        case_id=document.case_id, document=document, code=code, kind=kind, holder=holder, since=on
    )
    Movement.objects.create(original=original, state=original.state, on=on, by_id=by.staff_id)
    return original


def move(original: Original, state: OriginalState, *, on: date, by: Scope, note: str = "", shelf: str = "") -> Original:
    """Something happened to the sheet that day. Refuses a day before the last one, and a move that no sheet makes.

    The database holds the same moves: it refuses what comes by another door.
    """
    if (original.state, state) not in ORIGINAL_MOVES:
        raise StepNotTaken(
            f"Bladet {original.code} har läget ”{original.get_state_display()}” och kan inte bli ”{state.label}”."
        )
    if on < original.since:
        raise StepNotTaken(
            f"Bladet {original.code} var {original.get_state_display().lower()} den "
            f"{dates.day_with_year(original.since)}. "
            "Datumet kan inte vara före det."
        )
    original.state, original.since = state, on
    if shelf:
        original.shelf = shelf
    original.save(update_fields=["state", "since", "shelf"])
    Movement.objects.create(original=original, state=state, on=on, by_id=by.staff_id, note=note)
    return original


def find_sheet(code: str) -> Original | None:
    """By the code as scanned or typed: case and spaces do not matter."""
    return Original.objects.select_related("case", "document").filter(code=normalise_code(code)).first()


def normalise_code(code: str) -> str:
    """As it stands on the sheet. Scanners and fingers leave hyphens out, and write others."""
    bare = re.sub(r"[\s\-\u2010-\u2015]", "", code).upper()
    parts = re.fullmatch(r"([A-ZÅÄÖ])(\d{4})(\d{6})([A-Z]\d*)", bare)
    return "-".join(parts.groups()) if parts else "".join(code.split()).upper().replace("–", "-")

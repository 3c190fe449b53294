"""Documents of a case, the files themselves, the print queue and the posting list."""

import csv
from collections.abc import Callable, Collection
from io import StringIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bostad.audit.reading import log_reading
from bostad.casework.models import Case
from bostad.casework.pages import case_context, find_case
from bostad.casework.refusals import StepNotTaken
from bostad.casework.services import check_owner
from bostad.documents import letters, services
from bostad.documents.forms import OpenForm, PostingForm, ReasonForm, ReceivedForm, VoidForm
from bostad.documents.models import Document, Enclosure, Letter, Origin, Original, PrintBatch, SheetKind
from bostad.documents.printing import letter_kind, read_by_others
from bostad.documents.states import FileState, LetterState, OriginalState
from bostad.forms import spreadsheet_cell, whole_number
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope


def documents_for(case: Case, scope: Scope) -> QuerySet[Document]:
    """Another organisation sees what is issued for it to read and what it sent in itself, nothing of the department's own."""
    documents = case.documents.select_related("template", "created_by", "voided__by").order_by("-id")
    if case.department_id in scope.departments:
        return documents
    return documents.filter(
        Q(origin=Origin.ISSUED) & read_by_others()
        | Q(origin=Origin.RECEIVED, created_by__unit__organisation__in=scope.partner_ids)
        | Q(origin=Origin.RECEIVED, created_by=scope.staff_id)
    ).filter(voided=None)


def _opens_voided(case: Case, scope: Scope) -> bool:
    return scope.holds(Role.MANAGER, case.department_id, case.unit_id)


def case_documents(request: HttpRequest, number: str) -> HttpResponse:
    case = find_case(request, number)
    form = ReceivedForm(request.POST or None, request.FILES or None, today=request.today, initial={"on": request.today})
    if request.method == "POST" and not services.may_receive(case, request.scope):
        raise PermissionDenied("Handlingar läggs till i öppna ärenden, av dem som arbetar med ärendet.")
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        services.receive(
            case=case,
            title=form.cleaned_data["title"],
            content=upload.read(),
            content_type=upload.content_type,
            on=form.cleaned_data["on"],
            by=request.scope,
        )
        messages.success(request, "Handlingen är sparad.")
        return redirect("documents:documents", number)
    rows = documents_for(case, request.scope).with_what_replaces_it()
    context = case_context(request, case, "documents:documents")
    return render(
        request,
        "documents/case_documents.html",
        context
        | {
            "rows": rows,
            "form": form,
            "waiting": any(row.file_state == FileState.WAITING for row in rows),
            "may_add": services.may_receive(case, request.scope),
            "opens_voided": _opens_voided(case, request.scope),
        },
    )


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes of a document, for those who may see its case. Every opening is logged.

    In a restricted case it asks for the reason first: the paper may bear the address that the pages hide.
    """
    document = get_object_or_404(Document, pk=pk)
    case = find_case(request, document.case.number)
    found = documents_for(case, request.scope)
    if not _opens_voided(case, request.scope):
        found = found.filter(voided=None)
    if not found.filter(pk=pk).exists() or not document.is_ready:
        raise Http404
    if not case.is_restricted:
        return _opened(request, case, document, f"Handling: {document.title}")
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _opened(request, case, document, f"{form.cleaned_data['reason']}. Handling: {document.title}")
    context = case_context(request, case, "documents:documents")
    return render(request, "documents/open.html", context | {"document": document, "form": form})


def _opened(request: HttpRequest, case: Case, document: Document, why: str) -> HttpResponse:
    log_reading(request, cases=[case.pk], persons=case.parties.values_list("person", flat=True), why=why[:200])
    suffix = "pdf" if "pdf" in document.content_type else document.content_type[6:]
    return _bytes(document.file.content, document.content_type, f"{case.number}-{document.pk}.{suffix}")


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """A document that came into the wrong case: who, when and why stay, and the file is for managers only."""
    document = get_object_or_404(Document, pk=pk)
    case = check_owner(request.scope, find_case(request, document.case.number))
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.void(document=document, why=form.cleaned_data["why"], by=request.scope)
        except StepNotTaken as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, "Handlingen är makulerad.")
        return redirect("documents:documents", case.number)
    context = case_context(request, case, "documents:documents")
    return render(request, "documents/void.html", context | {"document": document, "form": form})


@require_POST
def make_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queues the making of a document that could not be made."""
    document = get_object_or_404(Document, pk=pk)
    case = check_owner(request.scope, find_case(request, document.case.number))
    try:
        services.make_again(document_id=pk, by=request.scope, today=request.today)
    except StepNotTaken as refusal:
        messages.error(request, f"{document.title}: {refusal.sentence}")
    else:
        messages.success(request, f"{document.title} framställs igen.")
    return redirect("documents:documents", case.number)


def _bytes(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(bytes(content), content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


# --- print queue -------------------------------------------------------------------------------------------------------


def _letters(request: HttpRequest) -> QuerySet[Letter]:
    """Letters of the departments in which this person prints."""
    if not letters.PRINTERS & request.scope.roles:
        raise PermissionDenied("Utskriftskön är för dem som skriver ut och postar.")
    mine = Letter.objects.visible_to(request.scope).printed_by(request.scope, letters.PRINTERS)
    return mine.select_related("case", "batch")


@require_GET
def print_queue(request: HttpRequest) -> HttpResponse:
    return _queue_page(request, PostingForm(today=request.today, initial={"on": request.today}))


def _queue_page(request: HttpRequest, form: PostingForm, unchosen: Collection[int] | None = None) -> HttpResponse:
    """`unchosen` are the rows that were not ticked before something was refused."""
    found = _letters(request)
    queued = list(found.to_print().order_by("queued_on", "id")[:500])
    printed = list(found.to_post().order_by("batch", "id")[:500])
    held = list(found.filter(state=LetterState.DRAFTED).order_by("id")[:100])
    log_reading(request, cases=[letter.case_id for letter in (*queued, *printed, *held)])
    batches = PrintBatch.objects.filter(department__in=request.scope.departments, letters__isnull=False).distinct()
    return render(
        request,
        "documents/print_queue.html",
        {
            "queued": _with_labels(queued),
            "printed": _with_labels(printed),
            "held": _with_labels(held),
            "batches": batches.select_related("by").order_by("-id")[:10],
            "form": form,
            "unchosen": _unsigned(printed) if unchosen is None else unchosen,
        },
    )


def _unsigned(rows: list[Letter]) -> set[int]:
    """The letters with a sheet that the municipality signs before it is posted, and has not (R-0-12)."""
    unsigned = Original.objects.filter(state=OriginalState.PRINTED).exclude(kind=SheetKind.ELECTRICITY_ANNEX)
    found = Enclosure.objects.filter(letter__in=rows, document__original__in=unsigned)
    return set(found.values_list("letter", flat=True))


def _with_labels(rows: list[Letter]) -> list[tuple[Letter, str]]:
    for letter in rows:
        letter.may_be_struck = letters.may_be_struck(letter)
    return [(letter, letter_kind(letter.kind).label) for letter in rows]


def _chosen(request: HttpRequest) -> list[int]:
    numbers = (whole_number(value) for value in request.POST.getlist("rad"))
    return [number for number in numbers if number is not None]


@require_POST
def print_chosen(request: HttpRequest) -> HttpResponse:
    chosen = _letters(request).filter(pk__in=_chosen(request)).values_list("pk", flat=True)
    try:
        batch = letters.print_letters(letters=list(chosen), by=request.scope, today=request.today)
    except StepNotTaken as refusal:
        messages.error(request, "Välj minst ett brev att skriva ut." if not _chosen(request) else refusal.sentence)
        return redirect("documents:print_queue")
    return redirect("documents:batch", batch.pk)


@require_POST
def post_chosen(request: HttpRequest) -> HttpResponse:
    """Posts the chosen letters, each by itself: what one lacks does not hold the others back."""
    mine = _letters(request)
    form = PostingForm(request.POST, today=request.today)
    back = whole_number(request.POST.get("batch", ""))
    chosen = list(mine.filter(pk__in=_chosen(request)))
    refused = not form.is_valid() or not chosen
    if form.is_valid() and not chosen:
        messages.error(request, "Välj minst ett brev som är postat.")
    posted = 0
    for letter in chosen if form.is_valid() else ():
        try:
            letters.post(letter_id=letter.pk, on=form.cleaned_data["on"], by=request.scope, today=request.today)
            posted += 1
        except StepNotTaken as refusal:
            refused = True
            messages.error(request, f"{letter.title}: {refusal.sentence}")
    if posted:
        messages.success(request, "Ett brev är postat." if posted == 1 else f"{posted} brev är postade.")
    if refused:  # the day and the ticks stay as they were
        ticked = {letter.pk for letter in chosen}
        unchosen = set(mine.exclude(pk__in=ticked).values_list("pk", flat=True))
        return _queue_page(request, form, unchosen) if back is None else _batch_page(request, back, form, unchosen)
    return redirect("documents:print_queue") if back is None else redirect("documents:batch", back)


def _batch(request: HttpRequest, pk: int) -> tuple[PrintBatch, list[Letter]]:
    """A batch is for those who may see every letter in it."""
    visible = _letters(request).filter(batch=pk).order_by("queued_on", "id")
    rows = list(visible.prefetch_related("enclosures__document"))
    batch = get_object_or_404(PrintBatch, pk=pk, department__in=request.scope.departments)
    if not rows or len(rows) != batch.letters.count():
        raise Http404
    return batch, rows


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The posting list of one print file. It refreshes itself until the file is there."""
    return _batch_page(request, pk, PostingForm(today=request.today, initial={"on": request.today}))


def _batch_page(
    request: HttpRequest, pk: int, form: PostingForm, unchosen: Collection[int] | None = None
) -> HttpResponse:
    printed, rows = _batch(request, pk)
    log_reading(request, cases=[letter.case_id for letter in rows])
    return render(
        request,
        "documents/batch.html",
        {
            "batch": printed,
            "rows": _with_labels(rows),
            "ready": printed.file_state == FileState.READY,
            "whole": len(rows) == printed.letter_count,
            "form": form,
            "unchosen": _unsigned(rows) if unchosen is None else unchosen,
            "any_to_post": any(letter.state == LetterState.PRINTED for letter in rows),
        },
    )


@require_GET
def batch_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Not when a letter of the file has been printed anew: who may open it is not known of what has left."""
    printed, rows = _batch(request, pk)
    if printed.file_state != FileState.READY or len(rows) != printed.letter_count:
        raise Http404
    log_reading(request, cases=[letter.case_id for letter in rows], why="Utskrift")
    return _bytes(printed.file.content, "application/pdf", f"utskrift-{pk}.pdf")


@require_GET
def batch_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The posting list for the office suite: semicolons and a byte order mark, as it reads Swedish files."""
    _, rows = _batch(request, pk)
    log_reading(request, cases=[letter.case_id for letter in rows], why="Postningslista")
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Ärende", "Brev", "Till", "Organisation", "Gatuadress", "Postnummer", "Postort", "Läge", "Postat"])
    writer.writerows([spreadsheet_cell(cell) for cell in _posting_line(letter)] for letter in rows)
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="postningslista-{pk}.csv"'
    response["Cache-Control"] = "no-store"
    return response


_ADDRESS = ("name", "organisation", "street", "postal_code", "city")


def _posting_line(letter: Letter) -> list[str]:
    to = letter.recipient
    shown = ("name", "organisation") if letter.case.is_restricted else _ADDRESS
    address = [to.get(key) or "" if key in shown else "skyddad" for key in _ADDRESS]
    posted = letter.posted_on.isoformat() if letter.posted_on else ""
    return [letter.case.number, letter.title, *address, letter.get_state_display(), posted]


def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one letter out of the queue."""
    return _with_reason(request, pk, "Stryk brevet", lambda **why: letters.strike(letter_id=pk, **why))


def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Prints one letter once more: it was torn, or the printer jammed."""
    return _with_reason(request, pk, "Skriv ut igen", lambda **why: letters.print_again(letter_id=pk, **why))


def _with_reason(request: HttpRequest, pk: int, button: str, act: Callable[..., Any]) -> HttpResponse:
    """Asks why, and does it. What cannot be done any more is said on the queue's page."""
    letter = get_object_or_404(_letters(request), pk=pk)
    if letter.state not in (LetterState.QUEUED, LetterState.PRINTED):
        messages.error(request, f"{letter.title}: brevet är {letter.get_state_display().lower()}.")
        return redirect("documents:print_queue")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            act(why=form.cleaned_data["why"], by=request.scope, today=request.today)
        except StepNotTaken as refusal:
            messages.error(request, f"{letter.title}: {refusal.sentence}")
        else:
            messages.success(request, f"{letter.title}: klart. Skälet står i ärendets journal.")
        return redirect("documents:print_queue")
    log_reading(request, cases=[letter.case_id])
    return render(request, "documents/letter.html", {"letter": letter, "form": form, "button": button})

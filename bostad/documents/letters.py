"""Letters: written once per dispatch, printed as a day's file with its posting list, posted with a date."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bostad import dates
from bostad.casework.models import Case, Dispatch
from bostad.casework.refusals import StepNotTaken
from bostad.casework.services import write_note
from bostad.documents import pdf, worker
from bostad.documents.models import Document, DocumentFile, Enclosure, Letter, Original, PrintBatch, PrintBatchFile
from bostad.documents.printing import letter_kind
from bostad.documents.services import begin_attempt, move
from bostad.documents.states import FileState, LetterState, OriginalState
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope

NOT_POSTED = (LetterState.QUEUED, LetterState.PRINTED)
PRINTERS = frozenset(
    {
        Role.CONTRACT_ADMINISTRATOR,
        Role.PROPERTY_OFFICER,
        Role.HOUSING_COORDINATOR,
        Role.MANAGER,
        Role.REGISTRAR,
    }
)

log = logging.getLogger(__name__)


def write_letter(
    *,
    case: Case,
    key: str,
    kind: str,
    title: str,
    recipient: Mapping[str, Any],
    documents: Sequence[Document],
    by: Scope,
    goes_by_post: bool = True,
) -> Letter:
    """One letter per key: asked for again, the first one is returned. It is queued when all its files are ready."""
    dispatch, is_new = Dispatch.objects.get_or_create(
        key=key, defaults={"case_id": case.pk, "kind": kind, "data": {"documents": [d.pk for d in documents]}}
    )
    if not is_new:
        return dispatch.letter
    letter = Letter.objects.create(
        case_id=case.pk, dispatch=dispatch, kind=kind, title=title, department_id=case.department_id,
        recipient=dict(recipient), goes_by_post=goes_by_post,
    )  # fmt: skip
    Enclosure.objects.bulk_create(
        Enclosure(letter=letter, document=document, position=n) for n, document in enumerate(documents)
    )
    return letter


def queue_ready(today: date, document_id: int | None = None) -> int:
    """Queues every drafted letter whose files are all there, and says on the others why they are held."""
    drafted = Letter.objects.filter(state=LetterState.DRAFTED).select_for_update(of=("self",), skip_locked=True)
    if document_id is not None:
        drafted = drafted.filter(enclosures__document=document_id)
    queued = 0
    with transaction.atomic():
        for letter in drafted:
            files = list(letter.enclosures.values_list("document__file_state", "document__file_problem"))
            problems = [problem for state, problem in files if state == FileState.FAILED]
            if all(state == FileState.READY for state, _ in files):
                letter.state, letter.queued_on, letter.held_because = LetterState.QUEUED, today, ""
                queued += 1
            elif problems:
                letter.held_because = " ".join(problems)[:300]
            else:
                continue
            letter.save(update_fields=["state", "queued_on", "held_because"])
    return queued


def print_letters(*, letters: Iterable[int], by: Scope, today: date) -> PrintBatch:
    """One print file of the chosen letters of one department. Their sheets are from now on printed.

    Of a letter that the person may not see nothing is said and nothing printed. One that somebody has printed meanwhile
    is refused: two sets of originals would be on their way.
    """
    return _print(letters, [LetterState.QUEUED], by, today)


@transaction.atomic
def _print(letters: Iterable[int], states: Sequence[LetterState], by: Scope, today: date) -> PrintBatch:
    if not PRINTERS & by.roles:
        raise PermissionDenied
    mine = Letter.objects.visible_to(by).printed_by(by, PRINTERS).filter(pk__in=letters)
    list(Case.objects.locked().filter(pk__in=mine.values("case")).order_by("pk"))  # the cases first, then their parts
    chosen = list(
        Letter.objects.select_for_update(of=("self",))
        .filter(pk__in=mine.values("pk"), state__in=[LetterState.QUEUED, LetterState.PRINTED])
        .order_by("queued_on", "id")
    )
    if taken := next((letter for letter in chosen if letter.state not in states), None):
        who = f"{taken.batch.by}, utskrift {taken.batch_id}" if taken.batch else "någon annan"
        raise StepNotTaken(
            f"{taken.title} är redan utskrivet av {who}. Välj bort det, eller skriv ut det igen och ange varför."
        )
    if not chosen:
        raise StepNotTaken("Inget av de valda breven ligger i utskriftskön. Någon annan kan ha skrivit ut dem.")
    departments = {letter.department_id for letter in chosen}
    if len(departments) > 1:
        raise StepNotTaken("Välj brev från en förvaltning i taget.")
    batch = PrintBatch.objects.create(
        department_id=departments.pop(), on=today, by_id=by.staff_id, letter_count=len(chosen)
    )
    for letter in chosen:
        if letter.state == LetterState.PRINTED:  # again: back to the queue and out once more
            Letter.objects.filter(pk=letter.pk).update(state=LetterState.QUEUED)
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.PRINTED, batch=batch)
        for original in Original.objects.filter(
            document__in=letter.enclosures.values("document"), state=OriginalState.MADE
        ):
            move(original, OriginalState.PRINTED, on=today, by=by)
    transaction.on_commit(lambda: worker.ask("make_batch", batch.pk), robust=True)
    return batch


def make_batch_file(batch_id: int) -> None:
    """The worker's part: every letter's documents in order, each sheet beginning on a front page.

    A batch whose letters have all been printed anew, or struck out, has nothing to print and says so.
    """
    if begin_attempt(PrintBatch, batch_id):
        _make_batch_file(batch_id)


@transaction.atomic
def _make_batch_file(batch_id: int) -> None:
    batch = PrintBatch.objects.select_for_update(skip_locked=True).filter(pk=batch_id).first()
    if batch is None or batch.file_state == FileState.READY:
        return
    going_out = [LetterState.PRINTED, LetterState.POSTED]
    order = Enclosure.objects.filter(letter__batch=batch, letter__state__in=going_out).order_by(
        "letter__queued_on", "letter", "position"
    )
    contents = dict(
        DocumentFile.objects.filter(document__in=order.values("document")).values_list("document", "content")
    )
    if contents:
        joined = pdf.join([bytes(contents[document]) for document in order.values_list("document", flat=True)])
        PrintBatchFile.objects.create(batch=batch, content=joined)
        batch.file_state, batch.file_problem = FileState.READY, ""
    else:
        batch.file_state, batch.file_problem = FileState.FAILED, "Breven har skrivits ut på nytt i en senare utskrift."
    batch.save(update_fields=["file_state", "file_problem"])


def post(*, letter_id: int, on: date, by: Scope, today: date) -> Letter:
    """The letter was posted that day. A letter with a step of its own (the contract) takes that step too."""
    with transaction.atomic():
        letter = _mine(letter_id, by)
        if letter.state == LetterState.POSTED:
            raise StepNotTaken(f"Brevet är redan postat, den {dates.day_with_year(letter.posted_on)}.")
        if letter.state != LetterState.PRINTED:
            raise StepNotTaken("Brevet är inte utskrivet.")
        if on > today:
            raise StepNotTaken("Postningen kan inte vara efter idag.")
        if letter.batch is not None and on < letter.batch.on:
            raise StepNotTaken(
                f"Brevet skrevs ut den {dates.day_with_year(letter.batch.on)}. Postningen kan inte vara före det."
            )
        if take_step := letter_kind(letter.kind).post:
            take_step(letter.case_id, on, by, today)
        mark_posted(letter, on=on, by=by)
    return letter


def may_be_struck(letter: Letter) -> bool:
    """A letter that a step rests on goes with its step: to strike it out alone would leave the case waiting for ever.

    A case that is closed waits for nothing: whether what was queued before shall still go out is the printer's to say.
    """
    return letter.state in NOT_POSTED and (letter_kind(letter.kind).loose or letter.case.closed_on is not None)


@transaction.atomic
def strike(*, letter_id: int, why: str, by: Scope, today: date) -> Letter:
    """Takes one letter out of the queue, for a reason that stands in the case's journal."""
    letter = _mine(letter_id, by)
    if letter.state not in NOT_POSTED:
        raise StepNotTaken(f"Brevet kan inte strykas: det är {letter.get_state_display().lower()}.")
    if not may_be_struck(letter):
        raise StepNotTaken("Brevet hör till ett steg i ärendet. Ta tillbaka eller gör om steget där.")
    letter.state = LetterState.CANCELLED
    letter.save(update_fields=["state"])
    write_note(case=letter.case, text=f"{letter.title} ströks ur utskriftskön: {why}", on=today, by=by)
    return letter


@transaction.atomic
def print_again(*, letter_id: int, why: str, by: Scope, today: date) -> PrintBatch:
    """A letter that was printed and not posted, once more, for a reason that stands in the case's journal."""
    letter = _mine(letter_id, by)
    if letter.state != LetterState.PRINTED:
        raise StepNotTaken(f"Brevet kan inte skrivas ut igen: det är {letter.get_state_display().lower()}.")
    write_note(case=letter.case, text=f"{letter.title} skrevs ut igen: {why}", on=today, by=by)
    return _print([letter_id], [LetterState.QUEUED, LetterState.PRINTED], by, today)


def _mine(letter_id: int, by: Scope) -> Letter:
    """The letter of a case that is locked, if this person prints it."""
    letter = Letter.objects.visible_to(by).printed_by(by, PRINTERS).filter(pk=letter_id).first()
    if letter is None:
        raise PermissionDenied
    Case.objects.locked().get(pk=letter.case_id)
    return Letter.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)


def mark_posted(letter: Letter, *, on: date, by: Scope) -> None:
    letter.state, letter.posted_on, letter.posted_by_id = LetterState.POSTED, on, by.staff_id
    letter.save(update_fields=["state", "posted_on", "posted_by"])


def cancel_letters(case: Case, **which: str) -> None:
    """What has not been posted is struck out: a contract is called off, sheets are replaced, a notice taken back."""
    Letter.objects.filter(
        case_id=case.pk, state__in=[LetterState.DRAFTED, LetterState.QUEUED, LetterState.PRINTED], **which
    ).update(state=LetterState.CANCELLED)

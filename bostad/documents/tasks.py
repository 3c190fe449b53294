from celery import Task, shared_task
from django.utils import timezone

from bostad import dates
from bostad.documents import letters, services
from bostad.documents.models import Document, PrintBatch
from bostad.documents.states import FileState


@shared_task
def make_file(document_id: int) -> None:
    services.make_file(document_id)
    letters.queue_ready(dates.today(), document_id)


@shared_task
def make_batch(batch_id: int) -> None:
    letters.make_batch_file(batch_id)


@shared_task
def make_what_waits() -> None:
    """Beat's repair: whatever a lost message left waiting."""
    _ask_again(Document, make_file, 200)
    _ask_again(PrintBatch, make_batch, 20)
    letters.queue_ready(dates.today())


def _ask_again(model: type[Document] | type[PrintBatch], task: Task, most: int) -> None:
    now = timezone.now()
    waiting = list(model.objects.to_ask_for(now).values_list("pk", flat=True)[:most])
    model.objects.filter(pk__in=waiting, file_state=FileState.WAITING).update(asked_at=now)
    for pk in waiting:
        task.delay(pk)

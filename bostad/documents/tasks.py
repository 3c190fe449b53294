from celery import shared_task

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
    for document_id in Document.objects.filter(file_state=FileState.WAITING).values_list("pk", flat=True)[:200]:
        make_file.delay(document_id)
    for batch_id in PrintBatch.objects.filter(file_state=FileState.WAITING).values_list("pk", flat=True)[:20]:
        make_batch.delay(batch_id)
    letters.queue_ready(dates.today())

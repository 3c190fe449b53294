from bostad.documents.models.document import Document, DocumentFile, Origin, VoidedDocument
from bostad.documents.models.letter import Enclosure, Letter, PrintBatch, PrintBatchFile
from bostad.documents.models.original import Holder, Movement, Original, SheetKind
from bostad.documents.models.template import TextTemplate

__all__ = [
    "Document",
    "DocumentFile",
    "Enclosure",
    "Holder",
    "Letter",
    "Movement",
    "Origin",
    "Original",
    "PrintBatch",
    "PrintBatchFile",
    "SheetKind",
    "TextTemplate",
    "VoidedDocument",
]

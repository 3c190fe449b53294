from bostad.documents.models.document import Document, DocumentFile, Origin
from bostad.documents.models.letter import Enclosure, Letter, PrintBatch
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
    "SheetKind",
    "TextTemplate",
]

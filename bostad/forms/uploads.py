"""A file that somebody sends: what it is, is read from what it holds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import filetype
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from pypdf import PdfReader

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class FileKind:
    mime: str
    name: str
    suffixes: tuple[str, ...]


PDF = FileKind("application/pdf", "pdf", (".pdf",))
JPEG = FileKind("image/jpeg", "jpeg-bild", (".jpg", ".jpeg"))
PNG = FileKind("image/png", "png-bild", (".png",))
UPLOADS = (PDF, JPEG, PNG)


def _opens_as_pdf(upload: UploadedFile) -> bool:
    """Whether a reader finds its pages. Of one that is locked by a password only the beginning is known."""
    try:
        upload.seek(0)
        reader = PdfReader(upload)
        return reader.is_encrypted or (
            all(page.mediabox is not None for page in reader.pages) and len(reader.pages) > 0
        )
    except Exception:  # what others write fails in every way there is
        return False


def _ends_with(mark: bytes) -> Callable[[UploadedFile], bool]:
    """A picture that was cut off lacks its last mark; some cameras write a little after it."""

    def check(upload: UploadedFile) -> bool:
        upload.seek(max(0, upload.size - 4096))
        return mark in upload.read()

    return check


_READABLE = {PDF: _opens_as_pdf, JPEG: _ends_with(b"\xff\xd9"), PNG: _ends_with(b"IEND")}


class UploadField(forms.FileField):
    """A pdf, jpeg or png. What it is, is read from its content; `content_type` of the cleaned file says it."""

    default_error_messages = {"empty": "Filen är tom. Välj en annan fil."}

    def __init__(self, *, kinds: Sequence[FileKind] = UPLOADS, max_megabytes: int = 20, **kwargs: Any) -> None:
        self.kinds, self.max_megabytes = tuple(kinds), max_megabytes
        accept = ",".join(suffix for kind in self.kinds for suffix in kind.suffixes)
        kwargs.setdefault("widget", forms.FileInput({"accept": accept}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> UploadedFile | None:
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > self.max_megabytes * _MEGABYTE:
            size = f"{upload.size / _MEGABYTE:.1f}".replace(".", ",")
            raise ValidationError(f"Filen är på {size} MB. Den får vara högst {self.max_megabytes} MB.", code="too_big")
        kind = self._kind_of(upload)
        suffix = PurePath(upload.name).suffix.lower()
        if kind is None:
            names = _or([kind.name for kind in self.kinds])
            raise ValidationError(f"Filen är inte en {names}. Spara om den och välj den igen.", code="wrong_kind")
        if suffix and suffix not in kind.suffixes:
            raise ValidationError(
                f"Filens namn slutar på {suffix}, men innehållet är en {kind.name}. Spara om den och välj den igen.",
                code="not_what_it_says",
            )
        if not _READABLE[kind](upload):
            raise ValidationError(
                "Filen går inte att öppna, den är skadad eller ofullständig. Spara om den och välj den igen.",
                code="unreadable",
            )
        upload.seek(0)
        upload.content_type = kind.mime
        return upload

    def _kind_of(self, upload: UploadedFile) -> FileKind | None:
        upload.seek(0)
        found = filetype.guess(upload.read(4096))
        upload.seek(0)
        return next((kind for kind in self.kinds if found and kind.mime == found.mime), None)


def _or(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} eller {last}" if first else last

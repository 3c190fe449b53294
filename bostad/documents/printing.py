"""Upper apps say how each of their documents is printed, and what else happens when a letter is posted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from bostad.documents.pdf import RenderedPdf, Sheet
from bostad.organisation.scope import Scope


@dataclass(frozen=True)
class Printer:
    """`check` raises MissingData at once and cheaply; `typeset` is the worker's job.

    `open_to_others`: which documents of this kind an organisation reads with which their case is shared. None of them,
    unless the app says so: a new kind of paper stays in its own department.

    `last_holds`: a new one to the same recipient takes the place of the one before.
    """

    title: str
    check: Callable[[Mapping[str, Any], Sheet | None], None]
    typeset: Callable[[Mapping[str, Any], Sheet | None], RenderedPdf]
    open_to_others: Q | None = None
    last_holds: bool = False


@dataclass(frozen=True)
class LetterKind:
    """`post` takes the step that goes with posting, for letters that have one: (case id, posted on, by, today).

    `loose`: no step rests on the letter, so that it may be struck out by itself.
    """

    label: str
    loose: bool = False
    post: Callable[[int, date, Scope, date], None] | None = None


EVERY_ONE = Q()
_printers: dict[str, Printer] = {}
_letter_kinds: dict[str, LetterKind] = {}
_template_kinds: dict[str, str] = {}


def register_printer(kind: str, printer: Printer) -> None:
    _printers[kind] = printer


def register_letter(kind: str, letter_kind: LetterKind) -> None:
    _letter_kinds[kind] = letter_kind


def register_template(kind: str, title: str) -> None:
    """A paper, or one of the forms that it has, whose wording is written in versions."""
    _template_kinds[kind] = title


def template_kinds() -> dict[str, str]:
    """Every kind of template with its Swedish title."""
    return dict(_template_kinds)


def printer(kind: str) -> Printer:
    return _printers[kind]


def read_by_others() -> Q:
    """The issued documents that an organisation reads with which their case is shared."""
    found = Q(pk__in=[])
    for kind, registered in _printers.items():
        if registered.open_to_others is not None:
            found |= Q(kind=kind) & registered.open_to_others
    return found


def last_holds() -> list[str]:
    """The kinds of which an older one to the same recipient is not handed out any more."""
    return [kind for kind, registered in _printers.items() if registered.last_holds]


def letter_kind(kind: str) -> LetterKind:
    return _letter_kinds[kind]

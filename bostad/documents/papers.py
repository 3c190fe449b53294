"""A paper: its template, the shape of its data (`shapes.py`), and the look for what is missing before it is printed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from django.db.models import Q

from bostad.documents import pdf
from bostad.documents.pdf import CannotPrint, MissingData, RenderedPdf, Sheet
from bostad.documents.printing import Printer
from bostad.documents.shapes import AT_LEAST_ONE


def _nothing(data: Mapping[str, Any]) -> list[str]:
    return []


@dataclass(frozen=True)
class Paper:
    """`needs_sheet`: it is a numbered sheet that comes back. `also_lacks`: what its fields, each by itself, do not tell."""

    template: str
    title: str
    data: type
    needs_sheet: bool = False
    also_lacks: Callable[[Mapping[str, Any]], list[str]] = _nothing
    last_holds: bool = False  # to the same recipient

    @property
    def names(self) -> dict[str, str]:
        return names(self.data)

    def printer(self, *, open_to_others: Q | None = None) -> Printer:
        """How `documents` prints this paper: a cheap look for gaps at once, the press in the worker."""
        return Printer(self.title, self.check, self.typeset, open_to_others, self.last_holds)

    def check(self, data: Mapping[str, Any], sheet: Sheet | None = None) -> None:
        """Raises every kind of `CannotPrint` that the data can cause, quickly."""
        self._check_fields(data, sheet)
        pdf.fill(self.template, {**data, "sheet": sheet}, self.names)

    def typeset(self, data: Mapping[str, Any], sheet: Sheet | None = None) -> RenderedPdf:
        """Prints a document. Raises `MissingData` with the Swedish names of what its data lack."""
        self._check_fields(data, sheet)
        return pdf.render(self.template, data, sheet=sheet, names=self.names)

    def lacking(self, data: Mapping[str, Any], sheet: Sheet | None = None) -> list[str]:
        """What must still be filled in before the document can be printed, in Swedish: for a step that freezes the data.

        Sees each field by itself. What one field demands of another (a decision, where the housing form needs one) is
        known to the template and comes as `MissingData` when it is filled in.
        """
        paths = [*_gaps(self.data, data, ""), *(_gaps(Sheet, sheet, "sheet") if sheet is not None else [])]
        return list(dict.fromkeys(self.names[path] for path in paths)) or self.also_lacks(data)

    def _check_fields(self, data: Mapping[str, Any], sheet: Sheet | None) -> None:
        """Raises `MissingData`, and `CannotPrint` for the sheet of another contract."""
        if self.needs_sheet != (sheet is not None):
            said = "a sheet is demanded" if sheet is None else "this is not a numbered sheet"
            raise ValueError(f"{self.template}: {said}")
        if gaps := self.lacking(data, sheet):
            raise MissingData(gaps)
        if sheet is not None and not sheet["code"].startswith(f"{data['number']}-"):
            raise CannotPrint(f"Bladet {sheet['code']} hör inte till kontrakt {data['number']}.")


@cache
def names(data: type) -> dict[str, str]:
    """Swedish names by path: `{"tenants": "hyresgäst", "tenants.name": "namn (hyresgäst)", …}`."""
    return dict(_named(data)) | dict(_named(Sheet, "sheet.", "bladet")) | {"sheet": "bladets uppgifter"}


def _named(data: type, prefix: str = "", parent: str = "") -> Iterator[tuple[str, str]]:
    for key, (kind, name, _) in fields(data).items():
        yield f"{prefix}{key}", f"{name} ({parent})" if parent else name
        for inner in filter(is_typeddict, get_args(kind) or (kind,)):
            yield from _named(inner, f"{prefix}{key}.", name)


def fields(data: type) -> dict[str, tuple[Any, str, bool]]:
    """Type, Swedish name, and whether a list may not be empty, of each key."""
    hints = get_type_hints(data, include_extras=True)
    return {
        key: (hint.__origin__, hint.__metadata__[0], AT_LEAST_ONE in hint.__metadata__) for key, hint in hints.items()
    }


def _gaps(kind: Any, value: Any, path: str) -> Iterator[str]:
    """The paths (without list positions) at which a value is not what its type says."""
    if get_origin(kind) in (Union, UnionType):
        if value is not None:
            yield from _gaps(get_args(kind)[0], value, path)
    elif is_typeddict(kind):
        for key, (inner, _, filled) in fields(kind).items():
            inner_path = f"{path}.{key}".lstrip(".")
            if not isinstance(value, Mapping) or key not in value or (filled and not value[key]):
                yield inner_path
            else:
                yield from _gaps(inner, value[key], inner_path)
    elif get_origin(kind) is list:
        for item in value if isinstance(value, list) else [None]:
            yield from _gaps(get_args(kind)[0], item, path)
    elif get_origin(kind) is Literal:
        if value not in get_args(kind):
            yield path
    elif type(value) is not kind or (kind is str and not value.strip()):
        yield path

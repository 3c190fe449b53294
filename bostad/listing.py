"""Lists: filtered, sorted, paged by key, remembered. What is typed freely never stands in an address.

The filter is posted; the answer leads to an address that holds the choices, and for the free text a key that only this
session can read. So a link, the way back in the browser, a second tab and an export all keep their own filter, and no
server log holds a name. Who comes to the list without a filter finds the one of last time.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, QueryDict

from bostad import identifiers
from bostad.forms import whole_number

PER_PAGE = 50
COUNT_STOPS_AT = 500
FREE = "q"  # the field of free text
STATE, OPEN, ALL = "lage", "oppna", "alla"  # the field of what is listed; most lists begin with what is open
TEXT, SORT, AFTER, BEFORE = "text", "ordning", "efter", "fore"
CLEARED = f"?{SORT}="  # an address that asks for nothing; without any the filter of last time comes back
_SESSION = "lists"
_TEXTS_KEPT = 20
_LONGEST = 200  # of a value in an address


@dataclass(frozen=True)
class Asked:
    """What a list is asked for. `go_to` is set where the answer is another address."""

    form: Form
    query: QueryDict  # of the links: choices and sort, the free text as its key, no page
    after: int | None = None
    before: int | None = None
    go_to: str = ""

    @property
    def chosen(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.form.is_valid() else {}

    @property
    def sort(self) -> str:
        return self.query.get(SORT, "")

    def address(self, **changes: Any) -> str:
        """The same list with these changes; None takes away. The free text goes by the name of its field."""
        query = self.query.copy()
        for name, value in changes.items():
            query.pop(TEXT if name == FREE else name, None)
            if value:
                query[name] = str(value)
        return f"?{query.urlencode()}" if query else CLEARED


def asked(request: HttpRequest, name: str, form_of: Callable[[QueryDict], Form]) -> Asked:
    """Reads the filter out of what was posted, of the address, or of what is remembered of the list `name`."""
    if request.method == "POST":
        return _posted(request, name, form_of)
    kept = _kept(request, name)
    found = _read(request.GET or QueryDict(kept.get("last", "")), kept, form_of)
    if found.form.is_valid():
        _keep(request, name, kept | {"last": found.query.urlencode()})
    elif not request.GET:  # what was chosen then cannot be chosen any more
        _keep(request, name, {})
        found = _read(QueryDict(), {}, form_of)
    return found


def begins_open(form_of: Callable[[QueryDict], Form]) -> Callable[[QueryDict], Form]:
    """The filter that chooses what is open as long as nothing else is chosen."""

    def begun(data: QueryDict) -> Form:
        data = data.copy()
        data.setdefault(STATE, OPEN)
        return form_of(data)

    return begun


def by_address(given: QueryDict, form_of: Callable[[QueryDict], Form]) -> Asked:
    """Of a list that does not remember and has no free text."""
    return _read(given, {}, form_of)


def _read(given: QueryDict, kept: dict[str, Any], form_of: Callable[[QueryDict], Form]) -> Asked:
    names = [*(field for field in form_of(QueryDict()).fields if field != FREE), SORT, TEXT]
    query = _query({name: given.get(name, "") for name in names})
    text = kept.get("texts", {}).get(query.get(TEXT, ""), "")
    if not text:
        query.pop(TEXT, None)
    data = query.copy()
    data[FREE] = text
    after, before = whole_number(given.get(AFTER, "")), whole_number(given.get(BEFORE, ""))
    return Asked(form_of(data), query, after, before)


def _posted(request: HttpRequest, name: str, form_of: Callable[[QueryDict], Form]) -> Asked:
    """Nothing of a refused filter is kept; a good one is answered by an address without its free text."""
    form = form_of(request.POST)
    if not form.is_valid():
        return Asked(form, QueryDict(mutable=True))
    kept = _kept(request, name)
    key, texts = _with_text(kept.get("texts", {}), form.cleaned_data.get(FREE, ""))
    choices = {field: request.POST.get(field, "") for field in form.fields if field != FREE}
    query = _query(choices | {SORT: request.GET.get(SORT, ""), TEXT: key})
    _keep(request, name, {"last": query.urlencode(), "texts": texts})
    return Asked(form, query, go_to=f"{request.path}{Asked(form, query).address()}")


def _query(values: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        if value:
            query[name] = value[:_LONGEST]
    return query


def _with_text(texts: dict[str, str], typed: str) -> tuple[str, dict[str, str]]:
    """The key of the text, and the texts with it as the newest. A key says nothing of its text."""
    if not typed:
        return "", texts
    key = next((key for key, text in texts.items() if text == typed), secrets.token_urlsafe(6))
    others = [(k, text) for k, text in texts.items() if k != key]
    return key, dict([*others, (key, typed)][-_TEXTS_KEPT:])


def _kept(request: HttpRequest, name: str) -> dict[str, Any]:
    return request.session.get(_SESSION, {}).get(name, {})


def _keep(request: HttpRequest, name: str, kept: dict[str, Any]) -> None:
    if kept != _kept(request, name):
        request.session[_SESSION] = {**request.session.get(_SESSION, {}), name: kept}


class FreeText(forms.CharField):
    """A list remembers its filter, so this refuses a personnummer and points to the search, which remembers nothing."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if identifiers.looks_like_personnummer(typed):
            raise ValidationError("Personnummer får inte stå i ett filter. Använd sökrutan överst i menyn.")
        return typed

    def get_bound_field(self, form: Form, field_name: str) -> forms.BoundField:
        return _NoNumber(form, self, field_name)


class _NoNumber(forms.BoundField):
    """What was typed stays, unless it is a personnummer."""

    def value(self) -> Any:
        typed = super().value()
        return "" if identifiers.looks_like_personnummer(str(typed or "")) else typed


# --- pages by key ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    previous: int | None  # the row that the page before ends ahead of
    next: int | None  # the row that the next page begins after


def page_of(
    rows: QuerySet,
    order: Sequence[str],
    asked: Asked,
    *,
    among: QuerySet,
    size: int = PER_PAGE,
    known: Callable[[QuerySet], QuerySet] = lambda rows: rows,
) -> Page:
    """The rows after, or before, the row that the address names. `order` ends with the id; its columns are never null.

    The address names a row by its id alone: what it is sorted by may be a name or a hidden address, and is read here,
    of the rows `among` which it must be. A row that is not among them is no place to begin: the list starts anew.
    `known` adds what a shown row needs.
    """
    start = _start(among, order, asked.after or asked.before)
    backwards = start is not None and not asked.after
    way = [_turned(name) for name in order] if backwards else list(order)
    found = list(known(rows.filter(_beyond(way, start)) if start else rows).order_by(*way)[: size + 1])
    if start and not found:
        return page_of(rows, order, Asked(asked.form, asked.query), among=among, size=size, known=known)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_previous, has_next = (more, True) if backwards else (start is not None, more)
    return Page(found, found[0].pk if has_previous else None, found[-1].pk if has_next else None)


def _start(among: QuerySet, order: Sequence[str], pk: int | None) -> tuple | None:
    names = [name.removeprefix("-") for name in order]
    return among.filter(pk=pk).order_by().values_list(*names).first() if pk else None


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """`a >= x AND (a > x OR beyond by the rest)`: the first comparison is what an index can follow."""
    name, than = order[0].removeprefix("-"), "lt" if order[0].startswith("-") else "gt"
    past = Q(**{f"{name}__{than}": values[0]})
    if len(order) == 1:
        return past
    return Q(**{f"{name}__{than}e": values[0]}) & (past | _beyond(order[1:], values[1:]))


def count_of(rows: QuerySet) -> int | str:
    """Nobody needs to know whether they are 40,000 or 41,000, and to count them takes as long as to read them."""
    number = rows.order_by()[: COUNT_STOPS_AT + 1].count()
    return f"fler än {COUNT_STOPS_AT}" if number > COUNT_STOPS_AT else number


def pager(asked: Asked, page: Page, total: int | str | None = None, *, place: str = "") -> dict[str, str] | None:
    """For `parts/_pager.html`; None where one page is all. `place` is where on the page the list begins (`#…`)."""
    if page.previous is None and page.next is None:
        return None
    return {
        "text": f"{len(page.rows)} av {total}" if total is not None else f"{len(page.rows)} rader",
        "previous_url": asked.address(**{BEFORE: page.previous}) + place if page.previous else "",
        "next_url": asked.address(**{AFTER: page.next}) + place if page.next else "",
    }


def columns(asked: Asked, headings: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """For `parts/_table.html`, of pairs of heading and key to sort by ("": not to be sorted by)."""
    return [_column(asked, label, key) for label, key in headings]


def _column(asked: Asked, label: str, key: str) -> dict[str, Any]:
    if not key:
        return {"label": label}
    direction = {key: "ascending", f"-{key}": "descending"}.get(asked.sort, "")
    turned = f"-{key}" if asked.sort == key else key
    return {"label": label, "sort": direction, "sort_url": asked.address(**{SORT: turned})}


def chips(asked: Asked) -> list[dict[str, str]]:
    """For `parts/_chips.html`: what is chosen, each with the address without it."""
    found = []
    for name, value in asked.chosen.items():
        if value and (name, value) != (STATE, OPEN):
            field = asked.form.fields[name]
            label = dict(field.choices).get(value, value) if hasattr(field, "choices") else f"”{value}”"
            found.append({"label": label, "remove_url": asked.address(**{name: None})})
    return found


def frame(asked: Asked, page: Page, total: int | str, headings: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What stands around the rows, for `parts/_list.html`."""
    return {
        "filter_form": asked.form,
        "list_address": asked.address(),
        "columns": columns(asked, headings),
        "chips": chips(asked),
        "clear_url": CLEARED,
        "total": total,
        "pager": pager(asked, page, total),
    }

"""The tags and filters of every page. They are builtins: no template loads them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import segno
from django import template
from django.conf import settings
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_htmx.jinja import htmx_script

from bostad import dates, forms, words
from bostad.casework.graph import kind_of
from bostad.overview import page_names
from bostad.overview.links import rule_url

register = template.Library()

NOTHING = "–"
DUE_ICONS = {
    "overdue": "alert",
    "today": "today",
    "soon": "calendar",
    "later": "clock",
    "waiting": "wait",
    "met": "check",
}


# --- marks -----------------------------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of `_sprite.html`. It never carries meaning alone: words stand beside it."""
    return format_html('<svg class="b-ico" aria-hidden="true"><use href="#i-{}" /></svg>', name)


@register.inclusion_tag("parts/_state.html")
def state(look: Any) -> dict[str, Any]:
    """The state of a case: an object with `label`, `color` and `icon`."""
    return {"look": look}


@register.inclusion_tag("parts/_due.html")
def due(when: str, text: str) -> dict[str, Any]:
    """Own words in the look of a deadline: overdue, today, soon, later, waiting or met."""
    return {"when": when, "text": text}


@register.inclusion_tag("parts/_due.html")
def due_on(day: date, today: date, at: time | None = None) -> dict[str, Any]:
    """ "3 dagar sen", "Idag", "I morgon", "Om 5 dagar" or the date, reckoned from `today`."""
    reckoned = words.due(day, today, at=at)
    return {"when": reckoned.when, "text": reckoned.words}


@register.filter
def due_icon(when: str) -> str:
    return DUE_ICONS[when]


@register.inclusion_tag("parts/_rule.html")
def rule(rule_id: str) -> dict[str, Any]:
    """A rule's id, linked to its place on the routine page. A paragraph of law ("12:44 JB") stands as text."""
    return {"rule_id": rule_id, "url": rule_url(rule_id) if rule_id.startswith("R-") else ""}


@register.simple_tag
def rules(rule_ids: Iterable[str]) -> SafeString:
    """Several rules after a sentence."""
    return mark_safe(" ".join(render_to_string("parts/_rule.html", rule(rule_id)) for rule_id in rule_ids))  # noqa: S308


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code in the text colour; `label` says to a screen reader what it marks."""
    matrix = segno.make(text, error="m").matrix
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="b-qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="currentColor" d="{2}" /></svg>',
        len(matrix),
        label,
        path,
    )


@register.simple_tag
def municipality() -> str:
    return settings.MUNICIPALITY


@register.simple_tag(takes_context=True)
def htmx(context: template.Context) -> SafeString:
    """The one script of the pages: served from here, deferred, with the nonce of the page's policy."""
    return htmx_script(nonce=getattr(context.get("request"), "csp_nonce", None))


# --- tables ----------------------------------------------------------------------------------------------------------
@register.simple_block_tag
def table(content: str, columns: list[Any], caption: str, show_caption: bool = False, wide: bool = False) -> str:
    """A table around its rows; see `parts/_table.html` for what a column is."""
    context = {
        "content": content,
        "columns": columns,
        "caption": caption,
        "show_caption": show_caption,
        "wide": wide,
    }
    return render_to_string("parts/_table.html", context)


# --- forms -----------------------------------------------------------------------------------------------------------
@register.simple_tag
def field(bound_field: BoundField) -> SafeString:
    """A field of any form, with label, hint, error and control."""
    forms.dress(bound_field.field.widget)
    return render_to_string("forms/_field.html", {"field": bound_field})


@register.inclusion_tag("forms/_error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong, first on the page, each line a link to its control. Nothing when nothing is wrong."""
    lines = forms.error_lines(form)
    return {"lines": lines, "heading": forms.error_heading(lines), "heading_id": f"{form.prefix or 'form'}-fel"}


@register.filter
def sections(form: BaseForm) -> list[forms.Section]:
    return forms.sections_of(form)


@register.filter
def first_primary(steps: Iterable[Any]) -> Any:
    """The one step that may be the main button: the first allowed one that asks for it."""
    return next((step for step in steps if step.allowed and step.primary), None)


@register.filter
def own_steps(steps: Iterable[Any]) -> list[Any]:
    """The way onwards, and what it lacks; what stands beside it only where it is the thing to do now."""
    return [step for step in steps if not step.waits_for and not step.aside]


@register.filter
def aside_steps(steps: Iterable[Any]) -> list[Any]:
    """What else one may do with the case: folded."""
    return [step for step in steps if not step.waits_for and step.aside]


@register.filter
def others_steps(steps: Iterable[Any]) -> list[Any]:
    """The steps that wait for another party: shown folded, below one's own."""
    return [step for step in steps if step.waits_for]


# --- logs ------------------------------------------------------------------------------------------------------------
@register.filter
def page_name(view_name: str) -> str:
    """The page of a reading, by its Swedish name."""
    return page_names.page_name(view_name)


@register.filter
def reason(reading: Any) -> str:
    """Why a page was read, where somebody said it: a page's own name is no reason."""
    return "" if reading.why in page_names.PAGES else reading.why


@register.filter
def step_name(taken: Any, case: Any) -> str:
    """What a step is called on the case's own page."""
    step = kind_of(case).steps.get(taken)
    return step.label if step else taken


@register.filter
def state_name(value: str, case: Any) -> str:
    return dict(kind_of(case).states.choices).get(value, value)


# --- words -----------------------------------------------------------------------------------------------------------
@register.filter
def kr(amount: Decimal | int | float | None) -> str:
    """16 900 kr."""
    return NOTHING if amount is None or amount == "" else words.kr(amount)


@register.filter
def day(value: date | datetime | None) -> str:
    """måndag 2 november."""
    return dates.long_day(_date(value)) if value else NOTHING


@register.filter
def day_short(value: date | datetime | None) -> str:
    """12 okt."""
    return dates.short_day(_date(value)) if value else NOTHING


@register.filter
def day_year(value: date | datetime | None) -> str:
    """12 oktober 2026."""
    return dates.day_with_year(_date(value)) if value else NOTHING


@register.filter
def day_short_year(value: date | datetime | None) -> str:
    """12 okt 2026."""
    return f"{dates.short_day(_date(value))} {_date(value).year}" if value else NOTHING


@register.filter
def clock(value: datetime | time | None) -> str:
    """09.42."""
    if value is None:
        return NOTHING
    return f"{timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value:%H.%M}"


@register.filter
def postal_code(code: str) -> str:
    """590 99."""
    return words.postal_code(code)


def _date(value: date | datetime) -> date:
    """A moment belongs to the day it has in Stockholm."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value

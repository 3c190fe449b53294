"""What the templates of printed documents may use beside Django's own tags and filters."""

from collections.abc import Iterable, Mapping

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bostad.documents import qr, typography

register = Library()


@register.filter
def written(value: object) -> str:
    """An ISO date as "1 oktober 2026". What is missing has been noted by its own `str` and leaves nothing here."""
    text = str(value)
    return typography.written_date(text) if text else ""


@register.filter
def kronor(value: object) -> str:
    """A decimal string as "6 780 kr"."""
    text = str(value)
    return typography.kronor(text) if text else ""


@register.filter
def number(value: object) -> str:
    """A decimal string as "31,5"."""
    text = str(value)
    return typography.grouped(text) if text else ""


@register.filter
def listed(values: Iterable[object]) -> str:
    """`["a", "b", "c"]` as "a, b och c"; an empty list is missing data."""
    words = [str(value) for value in values]
    return typography.listed(words) if words else str(values)


@register.filter
def paragraphs(value: object) -> list[str]:
    """The paragraphs of a text from a form: every line that is not empty."""
    return [line.strip() for line in str(value).splitlines() if line.strip()]


@register.filter
def one_line(address: Mapping[str, object]) -> str:
    """An address as "Storgatan 1, 590 99 Ekstad"."""
    return f"{address['street']}, {address['postal_code']} {address['city']}"


@register.filter
def mail(address: object) -> SafeString | str:
    """An e-mail address that is broken before its @ or not at all: a hyphen in it is no place to break."""
    name, at, domain = str(address).partition("@")
    whole = format_html('<span class="nowrap">{}</span>', name)
    return whole + format_html('<wbr><span class="nowrap">{}{}</span>', at, domain) if at else whole


@register.simple_tag
def qr_code(code: object) -> SafeString | str:
    """The QR code of a sheet as inline SVG."""
    text = str(code)
    return qr.svg(text) if text else ""

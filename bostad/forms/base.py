"""A form of the house."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name

from bostad import typeface
from bostad.forms.rendering import FormRenderer, dress
from bostad.forms.typed import MOST_CHARACTERS, UNPRINTABLE, printable
from bostad.forms.wording import speak_swedish
from bostad.words import NO_BREAK


class SwedishFormMixin:
    """`sections` groups fields under headings: (legend, hint, names). `rules` names the rules behind a field.

    `today` is the day at the door (`request.today`); fields that read a date out of a number need it.
    """

    default_renderer = FormRenderer
    sections: Sequence[tuple[str, str, Sequence[str]]] = ()
    rules: Mapping[str, Sequence[str]] = {}
    is_printed = False  # whether what is written goes on paper, so that the typeface must hold it
    marks_optional = True  # not where all may be saved half-done, and is asked for in the end

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self._day = today
        self._make_swedish()

    def full_clean(self) -> None:
        self._make_swedish()  # what was added since
        super().full_clean()

    def _make_swedish(self) -> None:
        for name, field in self.fields.items():
            if hasattr(field, "rules"):
                continue
            field.label = field.label or pretty_name(name)
            field.rules = self.rules.get(name, ())
            field.today = self._day
            dress(field.widget)
            speak_swedish(field)
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
                _take_only_text(field)
                if self.is_printed:
                    field.validators.append(_on_paper)


class SwedishForm(SwedishFormMixin, forms.Form):
    """A form of the house."""


def _take_only_text(field: forms.CharField) -> None:
    """Refuses what cannot be printed, composes letters with their marks, and in a text of one line makes one space of many."""
    read, of_lines = field.to_python, isinstance(field.widget, forms.Textarea)
    field.widget.attrs.pop("maxlength", None)  # by which a browser cuts what is pasted, and says nothing

    def to_python(value: Any) -> str:
        text = read(value)
        if not text:
            return text
        if printable(text) != text:
            raise ValidationError(UNPRINTABLE, code="unprintable")
        text = unicodedata.normalize("NFC", text)
        return text.replace("\r\n", "\n") if of_lines else " ".join(text.split())

    field.to_python = to_python
    if of_lines and field.max_length is None:
        field.validators.append(_not_endless(field.label))


def _on_paper(text: str) -> None:
    if lacking := typeface.lacking(text):
        raise ValidationError(f"Texten kan inte skrivas ut. Ta bort {', '.join(lacking)}", code="not_on_paper")


def _not_endless(label: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        if (more := len(text) - MOST_CHARACTERS) > 0:
            sentence = f"{label} får ha högst {MOST_CHARACTERS:,} tecken. Det är {more:,} för många."
            raise ValidationError(sentence.replace(",", NO_BREAK), code="too_long")

    return check

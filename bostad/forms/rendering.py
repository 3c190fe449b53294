"""How a form stands on a page: the templates, the design system's classes, the error summary, the sections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import renderers
from django.forms.forms import BaseForm
from django.template import loader

from bostad.words import count, in_sentence


class FormRenderer(renderers.BaseRenderer):
    """The page's own templates for forms and fields, Django's for the bare controls."""

    form_template_name = "forms/_fields.html"
    field_template_name = "forms/_field.html"
    _controls = renderers.DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("django/forms/"):
            return self._controls.get_template(template_name)
        return loader.get_template(template_name)


def dress(widget: forms.Widget) -> None:
    """Gives a control the class of the design system. Twice does no harm."""
    if widget.is_hidden:
        return
    if isinstance(widget, forms.MultiWidget):
        for part in widget.widgets:
            dress(part)
        return
    classes = widget.attrs.get("class", "").split()
    if "ds-input" not in classes:
        widget.attrs["class"] = " ".join(["ds-input", *classes])
    if isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)  # the page decides the width
        if str(widget.attrs.get("rows")) == "10":
            widget.attrs["rows"] = 5


@dataclass(frozen=True)
class ErrorLine:
    """A line of the error summary; `href` is empty for what concerns the form as a whole."""

    text: str
    href: str = ""


def error_lines(form: BaseForm) -> list[ErrorLine]:
    """What is wrong: first what concerns the whole form, then the fields in their order on the page."""
    if not form.is_bound:
        return []
    lines = [ErrorLine(str(text)) for text in form.non_field_errors()]
    for bound in form.hidden_fields():
        lines += [ErrorLine(str(text)) for text in bound.errors]
    said = [text for bound in form.visible_fields() for text in bound.errors]
    for section in sections_of(form):
        for bound in section.fields:
            for text in bound.errors:
                told = f"{text} ({in_sentence(bound.label)})" if said.count(text) > 1 else str(text)
                lines.append(ErrorLine(told, f"#{first_control(bound)}"))
    return lines


def error_heading(lines: Sequence[ErrorLine]) -> str:
    """Tre uppgifter behöver kompletteras."""
    if not lines or any(not line.href for line in lines):
        return "Det gick inte att spara"
    if len(lines) == 1:
        return "En uppgift behöver kompletteras"
    return f"{count(len(lines)).capitalize()} uppgifter behöver kompletteras"


def first_control(bound: forms.BoundField) -> str:
    """The id of the control that a link to the field should reach: of radio buttons the first."""
    if bound.use_fieldset and bound.subwidgets:
        return bound.subwidgets[0].id_for_label or bound.auto_id
    return bound.id_for_label or bound.auto_id


@dataclass(frozen=True)
class Section:
    """Fields under a heading of their own; without a legend they stand directly on the page."""

    legend: str
    hint: str
    fields: list[forms.BoundField]


def sections_of(form: BaseForm) -> list[Section]:
    """The visible fields under the headings that the form declares; what is in none of them comes first."""
    declared = getattr(form, "sections", ())
    named = {name for _, _, names in declared for name in names}
    loose = [bound for bound in form.visible_fields() if bound.name not in named]
    found = [
        Section(legend, hint, [form[name] for name in names if name in form.fields]) for legend, hint, names in declared
    ]
    return [section for section in [Section("", "", loose), *found] if section.fields]

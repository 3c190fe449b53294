"""The controls of the house: a day, kronor, and choices with a hint each."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """The browser's date control; a text that it would drop is shown in a plain one, so that it can be mended."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "b-w-date"} | (attrs or {}), format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(shown)):
            context["widget"]["type"] = "text"
        return context


class MomentInput(forms.DateTimeInput):
    """The browser's control for a day and a time; what it would drop is shown as the text that it is."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?", str(shown)):
            context["widget"]["type"] = "text"
        return context


class MoneyInput(forms.TextInput):
    """Kronor, with the unit after the box."""

    affix = "kr"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "size": 10, "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return f"{value:.2f}".removesuffix(".00").replace(".", ",")
        return super().format_value(value)


class _WithHints:
    """Choices may carry a hint of their own, tied to the control."""

    hints: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        hint = self.hints.get(str(value), "")
        option["hint"] = hint
        if hint and (control := option["attrs"].get("id")):
            option["hint_id"] = f"{control}_hint"
            option["attrs"]["aria-describedby"] = option["hint_id"]
        return option


class RadioSelect(_WithHints, forms.RadioSelect):
    pass


class CheckboxSelectMultiple(_WithHints, forms.CheckboxSelectMultiple):
    in_a_row = False  # short choices, beside each other as far as there is room


class CheckboxRow(CheckboxSelectMultiple):
    in_a_row = True

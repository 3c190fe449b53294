"""The fields of the house. The cleaned value is what the columns hold."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from bostad import dates, identifiers
from bostad.forms.controls import DateInput, MomentInput, MoneyInput, RadioSelect
from bostad.forms.typed import parse_kronor, read_day
from bostad.words import NO_BREAK, in_sentence, postal_code


class DateField(forms.DateField):
    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        return read_day(str(value))


class MomentField(forms.DateTimeField):
    """A day and the time of it, on the clock of the house. The day is read as every other day is."""

    widget = MomentInput
    default_error_messages = {"invalid": "Skriv dag och klockslag som 2026-10-15 13:30"}

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return super().to_python(value)
        typed = _MOMENT.fullmatch(str(value).strip())
        if typed is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        clock = f"{typed['hour']:0>2}:{typed['minute']}"
        try:
            return timezone.make_aware(datetime.combine(read_day(typed["day"]), time.fromisoformat(clock)))
        except ValueError:
            raise ValidationError("Klockslaget finns inte", code="no_time") from None


_MOMENT = re.compile(r"(?P<day>.+?)[T ]\s*(kl\.? ?)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(:\d{2}(\.\d+)?)?", re.ASCII)


class MoneyField(forms.DecimalField):
    widget = MoneyInput

    def __init__(self, *, min_value: Decimal | int | None = 0, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_digits=9, decimal_places=2, **kwargs)  # as the columns have

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        if (amount := parse_kronor(str(value))) is None:
            message = f"Skriv {in_sentence(self.label or 'beloppet')} i kronor, till exempel 8{NO_BREAK}450"
            raise ValidationError(message, code="invalid")
        return amount

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def _is_of_a_name(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM" or sign in " -\u2010'\u2019\u02bc."


class NameField(forms.CharField):
    """A person's first or last name: letters with their marks, and what stands between them."""

    default_error_messages = {
        "not_a_name": "Skriv namnet med bokstäver. Mellanslag, bindestreck, apostrof och punkt går också bra."
    }

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        if name and not (all(map(_is_of_a_name, name)) and any(map(str.isalpha, name))):
            raise ValidationError(self.error_messages["not_a_name"], code="not_a_name")
        return name


class NumberField(forms.CharField):
    """A number that `bostad.identifiers` reads: the cleaned value is its bare digits. No error text repeats it."""

    def __init__(self, *, size: int = 18, **kwargs: Any) -> None:
        controls = {"inputmode": "numeric", "size": size, "autocomplete": "off"}
        super().__init__(**{"widget": forms.TextInput(controls)} | kwargs)

    def parse(self, text: str) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        try:
            return self.parse(text)
        except identifiers.IdentifierError as refusal:
            sentence = str(refusal)
            message = sentence if ". " in sentence else sentence.removesuffix(".")
        raise ValidationError(message, code="invalid")  # out of the handler: the number is in no traceback


class PersonnummerField(NumberField):
    """Twelve digits. Samordningsnummer only where the field says so."""

    today: date | None = None

    def __init__(self, *, allow_coordination: bool = False, **kwargs: Any) -> None:
        self.allow_coordination = allow_coordination
        super().__init__(**{"label": "Personnummer"} | kwargs)

    def parse(self, text: str) -> str:
        return identifiers.parse_personnummer(
            text, on=self.today or dates.today(), allow_coordination=self.allow_coordination
        )


class PostalCodeField(NumberField):
    """Five digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Postnummer", "size": 8} | kwargs)

    def parse(self, text: str) -> str:
        return identifiers.parse_postal_code(text)

    def prepare_value(self, value: Any) -> Any:
        return postal_code(value) if isinstance(value, str) else value


class ExplicitChoiceField(forms.ChoiceField):
    """Radio buttons of which none is chosen beforehand: the answer is the person's own. `missing` asks for it."""

    widget = RadioSelect

    def __init__(self, *, missing: str = "", hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        if missing:
            kwargs["error_messages"] = {"required": missing} | kwargs.get("error_messages", {})
        super().__init__(**kwargs)
        if hints:
            self.widget.hints = hints


class YesNoField(ExplicitChoiceField):
    """An explicit yes or no; the cleaned value is True, False or, where it is optional, None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("ja", "Ja"), ("nej", "Nej")], **kwargs)

    def clean(self, value: Any) -> bool | None:
        return {"ja": True, "nej": False}.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nej"}.get(value, value) if isinstance(value, bool) else value

"""The error texts of Django's fields in Swedish: each says what to do."""

import re
from typing import Any

from django import forms

from bostad.forms.typed import UNPRINTABLE
from bostad.words import in_sentence


def speak_swedish(field: forms.Field) -> None:
    """Error texts that say what to do, for every code whose text the field has not chosen itself."""
    for code, text in _texts_for(field).items():
        if field.error_messages.get(code) is _django_text(field, code):
            field.error_messages[code] = text


def _django_text(field: forms.Field, code: str) -> Any:
    for cls in type(field).__mro__:
        if code in cls.__dict__.get("default_error_messages", {}):
            return cls.default_error_messages[code] if cls.__module__.startswith("django.") else object()
    return None


def _texts_for(field: forms.Field) -> dict[str, str]:
    asked = in_sentence(field.label)
    texts = {
        "max_length": f"{field.label} får ha högst %(limit_value)s tecken, nu är det %(show_value)s",
        "min_length": f"{field.label} ska ha minst %(limit_value)s tecken, nu är det %(show_value)s",
        "max_value": f"{field.label} får vara högst %(limit_value)s",
        "min_value": f"{field.label} ska vara minst %(limit_value)s",
        "max_digits": f"{field.label} har för många siffror",
        "max_whole_digits": f"{field.label} har för många siffror",
        "max_decimal_places": f"{field.label} får ha högst %(max)s decimaler",
        "null_characters_not_allowed": UNPRINTABLE,
    }
    label, question = str(field.label), _as_question(field.label)  # Django's own are lazy
    if isinstance(field, forms.FileField):
        return texts | {"required": "Välj en fil"}
    if isinstance(field, forms.BooleanField):
        return texts | {"required": f"Kryssa i rutan: {asked}"}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        choose = question or f"Välj {asked}"
        gone = f"{question or choose + '.'} Det som valdes finns inte att välja på."
        return texts | {"required": choose, "invalid_choice": gone, "invalid_list": gone, "invalid_pk_value": gone}
    texts["required"] = _in_words(label) or (
        f"Skriv datumet för ”{label}”" if _OF_A_DAY.search(label) else f"Fyll i {asked}"
    )
    if isinstance(field, forms.IntegerField | forms.FloatField | forms.DecimalField):
        texts["invalid"] = f"Skriv {asked} med siffror"
    elif isinstance(field, forms.EmailField):
        texts["invalid"] = "Skriv e-postadressen som namn@exempel.se"
    elif isinstance(field, forms.TimeField):
        texts["invalid"] = "Skriv klockslaget som 13.30"
    return texts


_OF_A_DAY = re.compile(r" (den|från|till|med)$")  # ”Gäller från”: the label goes on where the day is written
_ASKS = re.compile(r"((med|om|till|för|på|i) )?(vem|vilk(en|et|a)|vad|var(för)?|hur|när)\b", re.IGNORECASE)


def _in_words(label: str) -> str:
    """Skriv vad den sökande ansöker om: without its mark it is no question but what is to be written."""
    return _as_question(label) if label.endswith("?") or not _ASKS.match(label) else f"Skriv {in_sentence(label)}"


def _as_question(label: str) -> str:
    """Svara på frågan: Vem undertecknar? Empty for a label that asks nothing."""
    label = str(label)  # Django's own are lazy
    asks = label.endswith("?") or _ASKS.match(label)
    return f"Svara på frågan: {label.removesuffix('?')}?" if asks else ""

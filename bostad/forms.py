"""Forms as the pages ask for them: the design system's markup, error texts that say what to write, typed text kept.

A form of the house is a `SwedishForm`: `{{ form }}` gives summary, fields and hidden fields; `{% field form.name %}`
gives one field. Plain Django fields may be used beside those below; their error texts become Swedish here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import filetype
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import renderers
from django.forms.forms import BaseForm
from django.forms.utils import pretty_name
from django.template import loader
from pypdf import PdfReader

from bostad import dates, identifiers
from bostad.words import NO_BREAK, count, in_sentence, postal_code

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MEGABYTE = 1024 * 1024


def whole_number(typed: str) -> int | None:
    """A number out of an address or a hidden field, or None: one that no row can have is no number of ours."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else None


# --- rendering -------------------------------------------------------------------------------------------------------
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


# --- forms -----------------------------------------------------------------------------------------------------------
class SwedishFormMixin:
    """`sections` groups fields under headings: (legend, hint, names). `rules` names the rules behind a field.

    `today` is the day at the door (`request.today`); fields that read a date out of a number need it.
    """

    default_renderer = FormRenderer
    sections: Sequence[tuple[str, str, Sequence[str]]] = ()
    rules: Mapping[str, Sequence[str]] = {}
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
            _speak_swedish(field)
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
                _take_only_text(field)


class SwedishForm(SwedishFormMixin, forms.Form):
    """A form of the house."""


# --- typed text ------------------------------------------------------------------------------------------------------
UNPRINTABLE = "Texten innehåller ett tecken som inte kan skrivas ut. Skriv den på nytt."
MOST_CHARACTERS = 10_000  # of a text that no column limits
_UNPRINTABLE = re.compile(  # control characters, and what turns the direction of writing or cannot be seen
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def printable(text: str) -> str:
    """The text without what neither a page, a paper nor a spreadsheet can show."""
    return _UNPRINTABLE.sub("", text)


def spreadsheet_cell(text: str) -> str:
    """A cell that a spreadsheet would take for a formula is text, and a sign that it cannot hold is left out."""
    text = printable(text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def _take_only_text(field: forms.CharField) -> None:
    """Refuses what cannot be printed, composes letters with their marks, and in a text of one line makes one space of many."""
    read, of_lines = field.to_python, isinstance(field.widget, forms.Textarea)

    def to_python(value: Any) -> str:
        text = read(value)
        if not text:
            return text
        if _UNPRINTABLE.search(text):
            raise ValidationError(UNPRINTABLE, code="unprintable")
        text = unicodedata.normalize("NFC", text)
        return text.replace("\r\n", "\n") if of_lines else " ".join(text.split())

    field.to_python = to_python
    if of_lines and field.max_length is None:
        field.validators.append(_not_endless(field.label))


def _not_endless(label: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        if (more := len(text) - MOST_CHARACTERS) > 0:
            sentence = f"{label} får ha högst {MOST_CHARACTERS:,} tecken. Det är {more:,} för många."
            raise ValidationError(sentence.replace(",", NO_BREAK), code="too_long")

    return check


def _speak_swedish(field: forms.Field) -> None:
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
    question = _as_question(field.label)
    if isinstance(field, forms.FileField):
        return texts | {"required": f"Välj en fil: {asked}"}
    if isinstance(field, forms.BooleanField):
        return texts | {"required": f"Kryssa i rutan: {asked}"}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        choose = question or f"Välj {asked}"
        gone = f"{question or choose + '.'} Det som valdes finns inte att välja på."
        return texts | {"required": choose, "invalid_choice": gone, "invalid_list": gone, "invalid_pk_value": gone}
    texts["required"] = question or (
        f"Skriv datumet för ”{field.label}”" if str(field.label).endswith(" den") else f"Fyll i {asked}"
    )
    if isinstance(field, forms.IntegerField | forms.FloatField | forms.DecimalField):
        texts["invalid"] = f"Skriv {asked} med siffror"
    elif isinstance(field, forms.EmailField):
        texts["invalid"] = "Skriv e-postadressen som namn@exempel.se"
    elif isinstance(field, forms.TimeField):
        texts["invalid"] = "Skriv klockslaget som 13.30"
    return texts


_ASKS = re.compile(r"((med|om|till|för|på|i) )?(vem|vilk(en|et|a)|vad|var(för)?|hur|när)\b", re.IGNORECASE)


def _as_question(label: str) -> str:
    """Svara på frågan: Vem undertecknar? Empty for a label that asks nothing."""
    label = str(label)  # Django's own are lazy
    asks = label.endswith("?") or _ASKS.match(label)
    return f"Svara på frågan: {label.removesuffix('?')}?" if asks else ""


# --- controls --------------------------------------------------------------------------------------------------------
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
    pass


# --- fields ----------------------------------------------------------------------------------------------------------
_COUNTED_ON = 5  # years that the calendar must know beyond a typed day: notice and deadlines are counted from it
_FIRST_YEAR, _LAST_YEAR = dates.FIRST_YEAR, dates.LAST_YEAR - _COUNTED_ON
_DATE_FORMS = (
    re.compile(r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})[./ ](?P<month>\d{1,2})[./ ](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[a-z]{3,9})\.? (?P<year>\d{4})"),
)


def parse_day(text: str) -> date | None:
    """The day as `read_day` reads it; None for anything else."""
    try:
        return read_day(text)
    except ValidationError:
        return None


def read_day(text: str) -> date:
    """2026-10-15, 20261015, 15/10 2026, 15.10.2026, 15 okt 2026, 15 oktober 2026. Of anything else it says what is wrong."""
    text = _SPACES.sub(" ", text).strip().lower()
    found = next((match for form in _DATE_FORMS if (match := form.fullmatch(text))), None)
    month = _month(found["month"]) if found else 0
    if found is None or (not month and not found["month"].isdigit()):
        raise ValidationError("Skriv datumet som 2026-10-15", code="invalid")
    if not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        raise ValidationError(f"Året måste vara mellan {_FIRST_YEAR} och {_LAST_YEAR}", code="year")
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        pass
    raise ValidationError("Dagen finns inte", code="no_day")


def _month(text: str) -> int:
    """The number of a month that is written as a number or by (the beginning of) its name; 0 for another word."""
    if text.isdigit():
        return int(text)
    return next((number for number, name in enumerate(dates.MONTHS, 1) if name.startswith(text)), 0)


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


def parse_kronor(text: str) -> Decimal | None:
    """ "6 780", "6780,50", "6780 kr"; None for "6.780", which may be either, and for anything else."""
    bare = _SPACES.sub(" ", text.strip()).lower().replace("\N{MINUS SIGN}", "-")
    bare = re.sub(r"\s*(kr\.?|kronor|sek|:-)$", "", bare)
    if not re.fullmatch(r"-?(\d+|\d{1,3}( \d{3})+)([.,]\d{1,2})?", bare):
        return None
    return Decimal(bare.replace(" ", "").replace(",", "."))


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


@dataclass(frozen=True)
class FileKind:
    mime: str
    name: str
    suffixes: tuple[str, ...]


PDF = FileKind("application/pdf", "pdf", (".pdf",))
JPEG = FileKind("image/jpeg", "jpeg-bild", (".jpg", ".jpeg"))
PNG = FileKind("image/png", "png-bild", (".png",))
UPLOADS = (PDF, JPEG, PNG)


def _opens_as_pdf(upload: UploadedFile) -> bool:
    """Whether a reader finds its pages. Of one that is locked by a password only the beginning is known."""
    try:
        upload.seek(0)
        reader = PdfReader(upload)
        return reader.is_encrypted or (
            all(page.mediabox is not None for page in reader.pages) and len(reader.pages) > 0
        )
    except Exception:  # what others write fails in every way there is
        return False


def _ends_with(mark: bytes) -> Callable[[UploadedFile], bool]:
    """A picture that was cut off lacks its last mark; some cameras write a little after it."""

    def check(upload: UploadedFile) -> bool:
        upload.seek(max(0, upload.size - 4096))
        return mark in upload.read()

    return check


_READABLE = {PDF: _opens_as_pdf, JPEG: _ends_with(b"\xff\xd9"), PNG: _ends_with(b"IEND")}


class UploadField(forms.FileField):
    """A pdf, jpeg or png. What it is, is read from its content; `content_type` of the cleaned file says it."""

    default_error_messages = {"empty": "Filen är tom. Välj en annan fil."}

    def __init__(self, *, kinds: Sequence[FileKind] = UPLOADS, max_megabytes: int = 20, **kwargs: Any) -> None:
        self.kinds, self.max_megabytes = tuple(kinds), max_megabytes
        accept = ",".join(suffix for kind in self.kinds for suffix in kind.suffixes)
        kwargs.setdefault("widget", forms.FileInput({"accept": accept}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> UploadedFile | None:
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > self.max_megabytes * _MEGABYTE:
            size = f"{upload.size / _MEGABYTE:.1f}".replace(".", ",")
            raise ValidationError(f"Filen är på {size} MB. Den får vara högst {self.max_megabytes} MB.", code="too_big")
        kind = self._kind_of(upload)
        suffix = PurePath(upload.name).suffix.lower()
        if kind is None:
            names = _or([kind.name for kind in self.kinds])
            raise ValidationError(f"Filen är inte en {names}. Spara om den och välj den igen.", code="wrong_kind")
        if suffix and suffix not in kind.suffixes:
            raise ValidationError(
                f"Filens namn slutar på {suffix}, men innehållet är en {kind.name}. Spara om den och välj den igen.",
                code="not_what_it_says",
            )
        if not _READABLE[kind](upload):
            raise ValidationError(
                "Filen går inte att öppna, den är skadad eller ofullständig. Spara om den och välj den igen.",
                code="unreadable",
            )
        upload.seek(0)
        upload.content_type = kind.mime
        return upload

    def _kind_of(self, upload: UploadedFile) -> FileKind | None:
        upload.seek(0)
        found = filetype.guess(upload.read(4096))
        upload.seek(0)
        return next((kind for kind in self.kinds if found and kind.mime == found.mime), None)


def _or(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} eller {last}" if first else last

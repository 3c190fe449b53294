"""Forms as the pages ask for them: the design system's markup, error texts that say what to write, typed text kept.

A form of the house is a `SwedishForm`: `{{ form }}` gives summary, fields and hidden fields; `{% field form.name %}`
gives one field. Plain Django fields may be used beside those here; their error texts become Swedish too.
"""

from bostad.forms.base import SwedishForm, SwedishFormMixin
from bostad.forms.controls import CheckboxRow, CheckboxSelectMultiple, DateInput, MoneyInput, RadioSelect
from bostad.forms.fields import (
    DateField,
    ExplicitChoiceField,
    MomentField,
    MoneyField,
    NameField,
    NumberField,
    PersonnummerField,
    PostalCodeField,
    YesNoField,
)
from bostad.forms.rendering import (
    ErrorLine,
    FormRenderer,
    Section,
    dress,
    error_heading,
    error_lines,
    first_control,
    sections_of,
)
from bostad.forms.typed import (
    MOST_CHARACTERS,
    UNPRINTABLE,
    parse_day,
    parse_kronor,
    printable,
    read_day,
    spreadsheet_cell,
    whole_number,
)
from bostad.forms.uploads import JPEG, PDF, PNG, UPLOADS, FileKind, UploadField

__all__ = [
    "JPEG",
    "MOST_CHARACTERS",
    "PDF",
    "PNG",
    "UNPRINTABLE",
    "UPLOADS",
    "CheckboxRow",
    "CheckboxSelectMultiple",
    "DateField",
    "DateInput",
    "ErrorLine",
    "ExplicitChoiceField",
    "FileKind",
    "FormRenderer",
    "MomentField",
    "MoneyField",
    "MoneyInput",
    "NameField",
    "NumberField",
    "PersonnummerField",
    "PostalCodeField",
    "RadioSelect",
    "Section",
    "SwedishForm",
    "SwedishFormMixin",
    "UploadField",
    "YesNoField",
    "dress",
    "error_heading",
    "error_lines",
    "first_control",
    "parse_day",
    "parse_kronor",
    "printable",
    "read_day",
    "sections_of",
    "spreadsheet_cell",
    "whole_number",
]

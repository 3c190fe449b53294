"""A form for each section of a referral. Everything may be left for later; what is missing is said on the page."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from bostad.forms import CheckboxRow, DateField, MoneyField, SwedishForm, YesNoField
from referrals.matching import words_of
from referrals.reading import known_areas

ROOMS = [("", "Välj"), *((n, f"{n} rum") for n in range(1, 8))]


def _text(label: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), help_text=help_text, required=False)


def _number(label: str, choices: list[tuple[Any, str]]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)


class SectionForm(SwedishForm):
    """Reads and writes one section of the content as plain JSON."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_printed = True
    marks_optional = False

    @property
    def values(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "seen")}
        return {name: _plain(value) for name, value in given.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value)
    return value


class KronorField(MoneyField):
    """Whole kronor: what is typed with öre is refused, never cut."""

    def clean(self, value: Any) -> Decimal | None:
        amount = super().clean(value)
        if amount is not None and amount != int(amount):
            raise forms.ValidationError("Skriv hela kronor, utan ören.")
        return amount


class HouseholdForm(SectionForm):
    note = _text(
        "Familj och hushåll", "Vilka som ska bo i bostaden står redan i remissen. Skriv det som behövs därutöver."
    )


class NeedForm(SectionForm):
    rules = {"rooms_min": ("R-1-39",)}
    rooms_min = _number("Minst antal rum", ROOMS)
    rooms_max = _number("Högst antal rum", ROOMS)
    rent_max = KronorField(label="Högsta hyra som hushållet klarar", required=False)
    needs_lift = YesNoField(label="Behövs hiss eller markplan?", required=False)
    other = _text("Annat om bostaden", "Till exempel husdjur eller avstånd till arbete.", rows=3)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        low, high = data.get("rooms_min"), data.get("rooms_max")
        if low and high and high < low:
            self.add_error("rooms_max", "Högst antal rum kan inte vara lägre än minst antal rum.")
        return data


class SituationForm(SectionForm):
    rules = {"now": ("R-1-40",)}
    now = _text("Hur hushållet bor nu")
    history = _text("Hur hushållet har bott tidigare")


class SupportForm(SectionForm):
    rules = {"text": ("R-1-41",)}
    text = _text("Insatser och stöd rörande boendet", "Vilket stöd som ges, av vem och hur ofta.")


class EconomyForm(SectionForm):
    rules = {"income": ("R-1-42",), "debt_total": ("R-1-27",)}
    income = _text("Vilken försörjning hushållet har", rows=2)
    debt_total = KronorField(
        label="Skulder sammanlagt", required=False, help_text="Skriv 0 om hushållet inte har några."
    )
    debt_to_landlords = KronorField(label="Därav till hyresvärdar", required=False)
    debt_text = _text("Skuldbilden", "Till exempel avbetalningsplan eller skuldsanering.", rows=3)
    checked_on = DateField(label="När kontrollerades skulderna?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.today = kwargs["today"]
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        total, landlords, checked = data.get("debt_total"), data.get("debt_to_landlords"), data.get("checked_on")
        if total is not None and landlords is not None and landlords > total:
            self.add_error("debt_to_landlords", "Skulden till hyresvärdar kan inte vara större än hela skulden.")
        if checked and checked > self.today:
            self.add_error("checked_on", "Kontrollen kan inte vara gjord efter idag.")
        return data


class DecisionForm(SectionForm):
    rules = {"motivation": ("R-1-43",), "form_motivation": ("R-1-26",)}
    motivation = _text("Beslutsmotivering", "Kommer från beslutet. Korta till det som FF behöver veta.", rows=6)
    form_motivation = _text(
        "Varför kommunalt kontrakt eller hyresgaranti",
        "Skuldbilden, och förmågan att klara ett eget kontrakt utan insatser.",
    )


class HealthForm(SectionForm):
    """R-1-44: what the dwelling must have, never a diagnosis, and why it matters."""

    rules = {"reason": ("R-1-44",)}
    reason = _text("Varför behövs uppgifterna för bostaden?", "Utan skäl får inget om hälsa stå i remissen.", rows=2)
    adaptation = _text("Vad bostaden behöver ha", "Skriv anpassningen, inte diagnosen.", rows=3)
    needs_wheelchair = YesNoField(label="Ska bostaden vara anpassad för rullstol?", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("adaptation") or data.get("needs_wheelchair") is not None) and not data.get("reason"):
            self.add_error("reason", "Ange varför uppgifterna behövs för bostaden, eller ta bort dem.")
        return data

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if value not in (None, "")}


class AreasField(forms.MultipleChoiceField):
    """Areas of the property register. What was written freely earlier stays to be seen, and to be taken away."""

    widget = CheckboxRow

    def offer(self, written: Iterable[str]) -> None:
        known = known_areas()
        unknown = [name for name in written if name not in known]
        self.choices = [
            *((name, name) for name in known),
            *((name, f"{name} (finns inte i bostadsregistret)") for name in unknown),
        ]


class SectionWithAreas(SectionForm):
    areas_in: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {name.casefold(): name for name in known_areas()}
        written = [known.get(name.casefold(), name) for name in words_of(self.initial.get(self.areas_in))]
        self.initial[self.areas_in] = written
        self.fields[self.areas_in].offer(written)


class AreasForm(SectionWithAreas):
    areas_in = "barred"
    rules = {"barred": ("R-1-45",)}
    barred = AreasField(
        label="Områden som inte är lämpliga", required=False, help_text="Skälet står i utredningen, inte här."
    )


class ChildrenForm(SectionWithAreas):
    areas_in = "areas"
    rules = {"text": ("R-1-46",)}
    text = _text("Var barnen går i förskola eller skola, och annat som rör dem")
    areas = AreasField(label="Områden nära skolan", required=False, help_text="Används när bostad söks.")


class ContactsForm(SectionForm):
    rules = {"text": ("R-1-47",)}
    text = _text(
        "Övriga kontakter",
        "Handläggare och andra: namn, roll och telefon, en rad för var och en. "
        "En god man eller förvaltare registreras som företrädare, och står sedan här av sig själv.",
    )


SECTION_FORMS: dict[str, type[SectionForm]] = {
    "household": HouseholdForm,
    "need": NeedForm,
    "situation": SituationForm,
    "support": SupportForm,
    "economy": EconomyForm,
    "decision": DecisionForm,
    "health": HealthForm,
    "areas": AreasForm,
    "children": ChildrenForm,
    "contacts": ContactsForm,
}

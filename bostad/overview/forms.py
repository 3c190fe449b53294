from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from bostad.forms import DateField, ExplicitChoiceField, SwedishForm, whole_number
from bostad.housing.models import OwnerContactChannel
from bostad.listing import FreeText
from bostad.organisation.models import Staff
from bostad.organisation.scope import Scope, case_readers
from bostad.overview import log_review, work


class WorkFilter(SwedishForm):
    vems = forms.CharField(widget=forms.HiddenInput, required=False)
    slag = forms.ChoiceField(label="Slag av ärende", required=False)
    ordning = forms.ChoiceField(label="Ordning", required=False, choices=list(work.ORDERS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = work.kind_choices()


class AssignForm(SwedishForm):
    """Hands the chosen rows' cases to a colleague."""

    assignee = forms.ModelChoiceField(
        label="Tilldela valda rader", queryset=Staff.objects.none(), empty_label="Välj person"
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = case_readers(scope.departments).select_related("unit")


class DemoDayForm(SwedishForm):
    day = DateField(label="Övningens dag")

    def clean_day(self) -> date:
        return self.cleaned_data["day"]


class DwellingFilter(SwedishForm):
    q = FreeText(label="Adress eller beteckning", required=False, max_length=80)
    lediga = forms.BooleanField(label="Bara lediga", required=False)


class LogFilter(SwedishForm):
    lasare = forms.ChoiceField(label="Vilka läsare", required=False, choices=list(log_review.READERS.items()))
    staff = forms.ModelChoiceField(
        label="Medarbetare", queryset=Staff.objects.none(), required=False, empty_label="Alla"
    )
    from_on = DateField(label="Från och med", required=False)
    to_on = DateField(label="Till och med", required=False)
    number = forms.CharField(label="Ärendets nummer", required=False, max_length=16)
    why = forms.ChoiceField(label="Bara", required=False, choices=[("", "Alla läsningar"), *log_review.REASONS.items()])

    def __init__(self, data: QueryDict, *, mine: Collection[int]) -> None:
        super().__init__(data)
        self.fields["staff"].queryset = log_review.readers(mine, whole_number(data.get("staff", "")))

    def clean_number(self) -> str:
        return self.cleaned_data["number"].strip().upper()


class OwnerContactForm(SwedishForm):
    """What was talked over with a property owner."""

    rules = {"text": ("R-1-88",)}
    on = DateField(label="Dag")
    channel = ExplicitChoiceField(
        label="Hur?", choices=OwnerContactChannel.choices, missing="Välj hur ni hade kontakt."
    )
    with_whom = forms.CharField(label="Med vem hos ägaren?", max_length=120)
    text = forms.CharField(
        label="Vad gällde det?",
        widget=forms.Textarea,
        help_text="Om bostäder och samarbete. Nämn ingen hyresgäst: det hör hemma i ärendets journal.",
    )

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if self._day and on > self._day:
            raise ValidationError("Dagen kan inte vara efter idag.")
        return on

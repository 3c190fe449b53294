"""Filters over the list of contracts, the code on a paper, the place on a shelf."""

from typing import Any

from django import forms

from bostad.forms import SwedishForm
from bostad.listing import ALL, OPEN, FreeText
from contracts.states import ContractState, HousingForm


class FilterForm(SwedishForm):
    q = FreeText(label="Namn, adress eller nummer", required=False, max_length=80)
    lage = forms.ChoiceField(
        label="Läge", required=False, choices=[(OPEN, "Alla öppna"), (ALL, "Alla"), *ContractState.choices]
    )
    form = forms.ChoiceField(label="Boendeform", required=False, choices=[("", "Alla former"), *HousingForm.choices])
    utforare = forms.ChoiceField(label="Utförare", required=False)

    def __init__(self, *args: Any, providers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["utforare"].choices = [("", "Alla utförare"), *((str(pk), name) for pk, name in providers)]
        if len(providers) < 2:
            del self.fields["utforare"]


class ChaseForm(SwedishForm):
    """Of one provider only. One that has nothing late any more is no filter."""

    utforare = forms.ChoiceField(label="Utförare", required=False)

    def __init__(self, *args: Any, providers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["utforare"].choices = [("", "Alla utförare"), *((str(pk), name) for pk, name in providers)]

    @property
    def chosen(self) -> str:
        return self.cleaned_data.get("utforare", "") if self.is_valid() else ""


class ReceiveForm(SwedishForm):
    """The shelf is not demanded here: a scanner sends the code by itself, and a wrong code is told before a missing shelf."""

    marks_optional = False
    code = forms.CharField(
        label="Bladets nummer",
        max_length=30,
        help_text="Skanna koden, eller skriv numret som står vid den. Till exempel K-2026-000158-B.",
        widget=forms.TextInput({"autofocus": True, "autocapitalize": "characters", "spellcheck": "false"}),
    )
    shelf = forms.CharField(label="Hyllplats", max_length=40, required=False, help_text="Till exempel N 14.")

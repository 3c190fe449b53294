"""Forms of the tabs that every case has."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bostad.casework.models import (
    Case,
    ConsentForm,
    ConsentPartner,
    ContactChannel,
    ContactOutcome,
    JournalKind,
)
from bostad.forms import DateField, SwedishForm
from bostad.organisation.models import Organisation, OrganisationKind, Staff, Unit
from bostad.organisation.scope import case_readers
from bostad.people.models import Person


class DayForm(SwedishForm):
    """A form whose dates have happened: none may lie after today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.today = kwargs.get("today")
        super().__init__(*args, **kwargs)

    def happened(self, name: str) -> Any:
        day = self.cleaned_data.get(name)
        if day and day > self.today:
            raise ValidationError("Datumet måste vara idag eller tidigare")
        return day


class NoteForm(DayForm):
    kind = forms.ChoiceField(label="Slag", choices=JournalKind.choices)
    on = DateField(label="Dag")
    text = forms.CharField(label="Anteckning", widget=forms.Textarea)

    def clean_on(self) -> Any:
        return self.happened("on")


class ContactForm(DayForm):
    on = DateField(label="Dag")
    channel = forms.ChoiceField(label="Sätt", choices=ContactChannel.choices)
    contact = forms.CharField(label="Med vem?", max_length=120)
    outcome = forms.ChoiceField(label="Utfall", choices=ContactOutcome.choices)
    note = forms.CharField(label="Anteckning", widget=forms.Textarea, required=False)

    def clean_on(self) -> Any:
        return self.happened("on")


class ConsentGivenForm(DayForm):
    person = forms.ModelChoiceField(label="Vem samtycker?", queryset=None, empty_label="Välj person")
    partner = forms.ChoiceField(label="Vem får veta?", choices=ConsentPartner.choices)
    partner_name = forms.CharField(label="Namn på den som får veta", max_length=120)
    purpose = forms.CharField(label="Om vad", max_length=200)
    form = forms.ChoiceField(label="Hur lämnades det?", choices=ConsentForm.choices)
    given_on = DateField(label="Vilken dag?")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(case_parties__case=case).distinct()

    def clean_given_on(self) -> Any:
        return self.happened("given_on")

    def clean(self) -> dict[str, Any]:
        """A department is named as it is called: a consent to somebody else's name would let nobody know."""
        data = super().clean()
        if data.get("partner") == ConsentPartner.DEPARTMENT and data.get("partner_name"):
            data["partner_name"] = self._department(data["partner_name"]) or ""
            if not data["partner_name"]:
                self.add_error(
                    "partner_name", f"Skriv en av förvaltningarna: {', '.join(self._departments().values())}."
                )
        return data

    def _departments(self) -> dict[str, str]:
        rows = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).order_by("name")
        return dict(rows.values_list("code", "name"))

    def _department(self, typed: str) -> str | None:
        wanted = typed.strip().casefold()
        return next(
            (name for code, name in self._departments().items() if wanted in (code.casefold(), name.casefold())), None
        )


class HandOverForm(SwedishForm):
    unit = forms.ModelChoiceField(label="Enhet", queryset=Unit.objects.none(), empty_label=None)
    assignee = forms.ModelChoiceField(
        label="Handläggare", queryset=Staff.objects.none(), required=False, empty_label="Ingen, enheten fördelar"
    )
    reason = forms.CharField(label="Skäl", max_length=200)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(organisation=case.department_id).order_by("name")
        self.fields["assignee"].queryset = case_readers([case.department_id])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        unit, assignee = data.get("unit"), data.get("assignee")
        if unit and assignee and assignee.unit_id != unit.pk:
            self.add_error(
                "assignee", f"{assignee} arbetar inte på {unit}. Välj enheten {assignee.unit}, eller någon annan."
            )
        return data

"""What the forms of these kinds have in common."""

from datetime import date

from django import forms

from bostad.casework.step_views import StepForm


class ReasonForm(StepForm):
    reason = forms.CharField(label="Skäl", widget=forms.Textarea)


def not_after(day: date | None, today: date, what: str) -> date | None:
    if day and day > today:
        raise forms.ValidationError(f"{what} kan inte vara efter idag.")
    return day

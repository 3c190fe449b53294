from typing import Any

from django import forms

from bostad.casework.forms import DayForm
from bostad.forms import DateField, SwedishForm, UploadField


class ReceivedForm(DayForm):
    """A document that came in. What the file is, is read from its content."""

    title = forms.CharField(label="Vad är det?", max_length=160)
    on = DateField(label="Vilken dag kom den in?")
    file = UploadField(label="Fil")

    def clean_on(self) -> Any:
        return self.happened("on")


class VoidForm(SwedishForm):
    why = forms.CharField(label="Varför ska handlingen makuleras?", max_length=200)


class OpenForm(SwedishForm):
    """A paper of a restricted case may bear an address that is protected: who opens it says why."""

    reason = forms.CharField(label="Varför behövs handlingen?", max_length=120)


class ReasonForm(SwedishForm):
    why = forms.CharField(label="Skäl", max_length=200)


class PostingForm(DayForm):
    """The day on which the chosen letters were posted."""

    on = DateField(label="Postade den")

    def clean_on(self) -> Any:
        return self.happened("on")

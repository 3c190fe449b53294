"""The forms of a question of responsibility."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from bostad import dates
from bostad.casework.models import Share
from bostad.casework.step_views import StepForm
from bostad.forms import DateField, ExplicitChoiceField
from bostad.organisation.models import Organisation
from referrals.forms.assessment import ReasonForm
from referrals.models import Question
from referrals.services import asking
from referrals.services.receivers import referring_departments
from referrals.states import Position, QuestionState


def _asked(question: Question) -> Any:
    return Organisation.objects.filter(pk__in=Share.objects.filter(case=question.pk).values("organisation"))


class AnswerForm(StepForm):
    button = "Lämna svaret"
    receipt = "Svaret är lämnat."
    rules = {"position": ("R-1-24",)}
    organisation = forms.ModelChoiceField(label="För vilken förvaltning?", queryset=Organisation.objects.none())
    position = ExplicitChoiceField(label="Är det er förvaltning som ansvarar?", choices=Position.choices)
    reason = forms.CharField(label="Varför, utifrån riktlinjerna", widget=forms.Textarea)

    def prepare(self) -> None:
        mine = _asked(self.case).filter(pk__in=self.scope.organisation_ids)
        mine = mine.exclude(pk__in=self.case.answers.values("organisation"))
        self.fields["organisation"].queryset = mine
        self.fields["organisation"].empty_label = None
        if mine.count() == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = mine.get().pk

    def take(self) -> Question:
        given = {name: self.cleaned_data[name] for name in ("organisation", "position", "reason")}
        return asking.answer(self.case.pk, **given, **self.door)


class LiftForm(StepForm):
    button = "Lyft frågan"
    receipt = "Frågan är lyft till samarbetsgruppen. Underlaget ligger under Handlingar."

    def take(self) -> Question:
        return asking.lift(self.case.pk, **self.door)


class SettleForm(StepForm):
    button = "Registrera vem som ansvarar"
    receipt = "Det är klart vem som ansvarar."
    marks_optional = False  # the group's meeting is asked for where there has been one
    rules = {"responsible": ("R-1-25",), "held_on": ("R-1-25",)}
    MEETING: ClassVar[dict[str, str]] = {
        "held_on": "Ange vilken dag gruppen möttes.",
        "members": "Skriv vilka som var närvarande.",
        "outcome": "Skriv vad gruppen kom fram till.",
    }
    responsible = forms.ModelChoiceField(
        label="Vilken förvaltning ansvarar?", queryset=Organisation.objects.none(), empty_label="Välj förvaltning"
    )
    held_on = DateField(label="Vilken dag möttes gruppen?", required=False)
    members = forms.CharField(
        label="Närvarande",
        widget=forms.Textarea,
        required=False,
        help_text="Namn och förvaltning, en rad för var och en.",
    )
    outcome = forms.CharField(label="Vad gruppen kom fram till", widget=forms.Textarea, required=False)

    def prepare(self) -> None:
        asked = _asked(self.case).values_list("pk", flat=True)
        known = {self.case.department_id, *asked}
        if self.case.state == QuestionState.LIFTED:
            known |= {department.pk for department in referring_departments(self.today)}
            self.fields[
                "responsible"
            ].help_text = (
                "En förvaltning som inte är tillfrågad kan väljas när varje vuxen har samtyckt till att den får veta."
            )
        else:
            takers = self.case.answers.filter(position=Position.OURS).values_list("organisation", flat=True)
            if len(takers) == 1:  # who has said so is who it is, unless the writer says otherwise
                self.initial.setdefault("responsible", takers[0])
            for name in self.MEETING:
                del self.fields[name]
        self.fields["responsible"].queryset = Organisation.objects.filter(pk__in=known).order_by("code")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "held_on" in self.fields:
            for name, missing in self.MEETING.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"{missing} Mötet är beslutets grund.")
            if held_on := data.get("held_on"):
                self._check_day(held_on)
        return data

    def _check_day(self, held_on: date) -> None:
        if held_on > self.today:
            self.add_error("held_on", "Mötet kan inte vara efter idag.")
        if held_on < self.case.lifted_on:
            lifted = dates.day_with_year(self.case.lifted_on)
            self.add_error("held_on", f"Mötet kan inte vara före den dag då frågan lyftes till gruppen, {lifted}.")

    def take(self) -> Question:
        given = self.cleaned_data
        meeting = (
            asking.MeetingInput(given["held_on"], given["members"], given["outcome"]) if given.get("held_on") else None
        )
        return asking.settle(self.case.pk, responsible=given["responsible"], meeting=meeting, **self.door)


class DropForm(ReasonForm):
    button = "Ta tillbaka frågan"
    receipt = "Frågan är återtagen. De tillfrågade läser den inte längre."

    def take(self) -> Question:
        return asking.drop(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


FORMS: dict[str, type[StepForm]] = {"answer": AnswerForm, "lift": LiftForm, "settle": SettleForm, "drop": DropForm}

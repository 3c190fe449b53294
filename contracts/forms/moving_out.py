"""From the day of moving out to the closed case. The grant ends by a step of its own."""

from django import forms

from bostad import dates
from bostad.forms import DateField, ExplicitChoiceField, YesNoField
from bostad.organisation.settings_keys import resolve
from contracts.forms.base import NothingToFillIn, ReasonForm, StepForm
from contracts.forms.signing import SendBackForm
from contracts.models import AbandonedDecision, Contract
from contracts.services import ending
from contracts.states import REASONS, NoticeBy


class MoveOutForm(StepForm):
    button = "Registrera utflyttningen"
    receipt = "Utflyttningen är registrerad."
    rules = {"moved_out_on": ("R-0-19",), "closing_on": ("R-0-19",), "left_property": ("R-4-19",)}
    moved_out_on = DateField(label="Utflyttningsdatum")
    closing_on = DateField(
        label="Avslutningsdatum", help_text="Sista dagen av hyresförhållandet. Dagen efter är bostaden ledig."
    )
    reason = forms.ChoiceField(label="Orsak", choices=REASONS)
    left_property = YesNoField(label="Är någon egendom kvarlämnad?")

    def prepare(self) -> None:
        current = self.contract.ending
        if current:
            self.initial.setdefault("reason", current.reason)
            self.initial.setdefault("moved_out_on", min(current.planned_move_out_on, self.today))
            self.initial.setdefault("closing_on", ending.last_day(self.contract, current))
            self.intro = (
                "Hyrestiden går ut utan uppsägning."
                if current.notice_by == NoticeBy.TERM
                else f"Uppsagt {dates.day_with_year(current.notice_on)} av {current.get_notice_by_display().lower()}."
            )

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.move_out(self.contract.pk, ending.MoveOutInput(**data), **self.door)


class UndoMoveOutForm(ReasonForm):
    button = "Ta tillbaka utflyttningen"
    receipt = "Utflyttningen är tillbakatagen."
    intro = "Datumen och uppgiften till debiteringen tas bort. De tidigare uppgifterna står kvar i historiken."

    def take(self) -> Contract:
        return ending.undo_move_out(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class SendBackTenantsForm(SendBackForm):
    intro = "Hyresgästens original, med den undertecknade överenskommelsen, till förvaltningen."

    def take(self) -> Contract:
        return ending.send_back_tenants_original(
            self.contract.pk, sent_back_on=self.cleaned_data["sent_back_on"], **self.door
        )


class PropertyForm(StepForm):
    button = "Spara förteckningen"
    receipt = "Förteckningen är sparad."
    found_on = DateField(label="Funnen den")
    inventory = forms.CharField(label="Förteckning", widget=forms.Textarea)
    has_value = YesNoField(label="Kan något ha ekonomiskt eller personligt värde?")
    stored_at = forms.CharField(label="Var förvaras egendomen?", max_length=120)
    keep_until = DateField(label="Förvaras till och med")
    notified_on = DateField(label="Ägaren underrättad den", required=False)

    def prepare(self) -> None:
        months = resolve("contracts.property_keep_months", self.contract.opened_on, self.contract.department_id).value
        self.initial.setdefault("found_on", self.today)
        self.initial.setdefault("keep_until", dates.add_months(self.today, months))

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.record_property(self.contract.pk, ending.PropertyInput(**data), **self.door)


class PropertyDecisionForm(StepForm):
    button = "Besluta"
    receipt = "Beslutet om egendomen är fattat."
    decision = ExplicitChoiceField(
        label="Vad händer med egendomen?",
        choices=AbandonedDecision.choices,
        missing="Välj vad som händer med egendomen.",
    )
    notified_on = DateField(label="Ägaren underrättad den", required=False)

    def take(self) -> Contract:
        data = self.cleaned_data
        return ending.decide_property(
            self.contract.pk, decision=data["decision"], notified_on=data["notified_on"], **self.door
        )


class BillingForm(StepForm):
    button = "Meddela debiteringen"
    receipt = "Debiteringen är meddelad."
    last_charged_on = DateField(label="Sista debiterade dag")

    def prepare(self) -> None:
        current = self.contract.ending
        self.initial.setdefault("last_charged_on", current.closing_on if current else None)
        manual = resolve("contracts.billing_manual", self.contract.opened_on, self.contract.department_id).value
        self.intro = f"Följ manual Debitering{': ' + manual if manual else ''}."

    def take(self) -> Contract:
        return ending.notify_billing(
            self.contract.pk, last_charged_on=self.cleaned_data["last_charged_on"], **self.door
        )


WHEN_IT_ENDS = "Fylls i när svaret är nej."


class EndGrantForm(StepForm):
    button = "Registrera"
    receipt = "Uppgiften om biståndet är registrerad."
    marks_optional = False  # what ends the grant is asked for when the answer is no, and only then
    continues = YesNoField(label="Fortsätter biståndet i en annan bostad?")
    ended_on = DateField(label="Biståndet upphör den", required=False, help_text=WHEN_IT_ENDS)
    number = forms.CharField(
        label="Beslutet om upphörande, nummer", max_length=40, required=False, help_text=WHEN_IT_ENDS
    )

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.end_grant(self.contract.pk, **data, **self.door)


class CloseForm(NothingToFillIn):
    button = "Avsluta ärendet"
    receipt = "Ärendet är avslutat."

    def take(self) -> Contract:
        return ending.close(self.contract.pk, **self.door)


class ReopenForm(ReasonForm):
    button = "Öppna ärendet igen"
    receipt = "Ärendet är öppet igen."

    def take(self) -> Contract:
        return ending.reopen(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)

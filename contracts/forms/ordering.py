"""The order: taken back, returned, called off."""

from django import forms

from contracts.forms.base import ReasonForm, StepForm
from contracts.models import Contract
from contracts.services import ordering


class RecallForm(ReasonForm):
    button = "Ta tillbaka beställningen"
    receipt = "Beställningen är återtagen. Registreringen finns kvar och kan ändras."

    def take(self) -> Contract:
        return ordering.recall_order(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class CompletionForm(StepForm):
    button = "Begär komplettering"
    receipt = "Kompletteringen är begärd. Beställaren ser vad som saknas i sin bevakning."
    missing = forms.CharField(
        label="Vad saknas eller ska rättas?",
        widget=forms.Textarea,
        help_text="Beställaren läser det här i sin bevakning.",
    )

    def take(self) -> Contract:
        return ordering.return_for_completion(self.contract.pk, missing=self.cleaned_data["missing"], **self.door)


class CancelForm(ReasonForm):
    button = "Återkalla kontraktet"
    receipt = "Kontraktet är återkallat."

    def take(self) -> Contract:
        return ordering.call_off(self.contract.pk, "cancel", reason=self.cleaned_data["reason"], **self.door)


class CancelLateForm(ReasonForm):
    button = "Återkalla kontraktet"
    receipt = "Kontraktet är återkallat, och avvikelsen står i loggen."
    intro = "Bara när hyresgästen aldrig flyttade in. Skriv hur det är känt: beslutet är en avvikelse och står kvar."

    def take(self) -> Contract:
        return ordering.call_off(self.contract.pk, "cancel_late", reason=self.cleaned_data["reason"], **self.door)


class WithdrawForm(ReasonForm):
    button = "Ta bort registreringen"
    receipt = "Registreringen är borttagen."

    def take(self) -> Contract:
        return ordering.call_off(self.contract.pk, "withdraw", reason=self.cleaned_data["reason"], **self.door)

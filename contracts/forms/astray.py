"""Sheets that went astray, and what is left behind when a contract came to nothing."""

from typing import ClassVar

from django import forms

from bostad.documents.models import Original
from bostad.documents.states import OUT, OriginalState
from bostad.forms import DateField
from contracts.forms.base import NothingToFillIn, StepForm
from contracts.models import Contract
from contracts.services import astray
from contracts.services.sheets import sheets_of


class SheetChoiceForm(StepForm):
    """One of the contract's sheets, and why."""

    states: ClassVar[tuple[str, ...]] = ()
    code = forms.ChoiceField(label="Vilket blad?")
    reason = forms.CharField(label="Skäl", max_length=200)

    def prepare(self) -> None:
        found = [sheet for sheet in sheets_of(self.contract) if sheet.state in self.states]
        self.fields["code"].choices = [("", "Välj blad"), *((s.code, f"{s.title}, {s.code}") for s in found)]


class MendFilingForm(SheetChoiceForm):
    button = "Rätta arkiveringen"
    receipt = "Arkiveringen är rättad."
    states = (OriginalState.ARCHIVED,)
    shelf = forms.CharField(
        label="Rätt hyllplats", max_length=40, required=False,
        help_text="Lämna tomt om bladet inte finns i arkivet. Då väntar vi på det igen.",
    )  # fmt: skip
    field_order = ("seen", "code", "shelf", "reason")

    def take(self) -> Contract:
        data = self.cleaned_data
        return astray.mend_filing(
            self.contract.pk, code=data["code"], shelf=data["shelf"], reason=data["reason"], **self.door
        )


class LostSheetForm(SheetChoiceForm):
    button = "Besluta att bladet saknas"
    receipt = "Beslutet är fattat: bladet saknas. Det står kvar i loggen."
    intro = "Skriv vad som har gjorts för att hitta det. Beslutet är en avvikelse och står kvar i loggen."
    states = OUT

    def take(self) -> Contract:
        data = self.cleaned_data
        return astray.record_lost_sheet(self.contract.pk, code=data["code"], reason=data["reason"], **self.door)


class DestroyedForm(StepForm):
    button = "Bekräfta att bladen är förstörda"
    receipt = "Det är registrerat att bladen är förstörda."
    destroyed_on = DateField(label="Förstörda den")

    def prepare(self) -> None:
        self.initial.setdefault("destroyed_on", self.today)
        recalled = Original.objects.filter(case_id=self.contract.pk, state=OriginalState.RECALLED).order_by("code")
        self.intro = f"Gäller bladen {', '.join(sheet.code for sheet in recalled)}."

    def take(self) -> Contract:
        return astray.confirm_destroyed(self.contract.pk, destroyed_on=self.cleaned_data["destroyed_on"], **self.door)


class EndSharingForm(NothingToFillIn):
    button = "Avsluta delningen"
    receipt = "Delningen är avslutad."

    def take(self) -> Contract:
        return astray.end_sharing(self.contract.pk, **self.door)

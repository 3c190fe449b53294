"""The provider's steps with the two originals."""

from typing import ClassVar

from django import forms

from bostad.documents.models import SheetKind
from bostad.forms import DateField
from contracts.forms.base import NothingToFillIn, SigningForm, StepForm
from contracts.models import Contract
from contracts.services import signing
from contracts.services.sheets import sheets_of


class ReceiptForm(StepForm):
    button = "Bekräfta båda originalen"
    receipt = "Båda originalen är bekräftade. Hyresgästen undertecknar nu."
    intro = "Skanna eller skriv numret som står vid koden på varje original."
    first = forms.CharField(label="Det första originalets nummer", max_length=30)
    second = forms.CharField(label="Det andra originalets nummer", max_length=30)
    received_on = DateField(label="Mottagna den")

    def prepare(self) -> None:
        self.initial.setdefault("received_on", self.today)

    def take(self) -> Contract:
        data = self.cleaned_data
        return signing.acknowledge_receipt(
            self.contract.pk, first=data["first"], second=data["second"], received_on=data["received_on"], **self.door
        )


class SignaturesForm(SigningForm):
    button = "Registrera underskrifterna"
    receipt = "Underskrifterna är registrerade."
    step: ClassVar[str] = "record_signatures"
    sheets = forms.MultipleChoiceField(
        label="Vilka blad är undertecknade?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa för de blad som är undertecknade."},
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["sheets"].choices = [
            (sheet.code, f"{sheet.title}, {sheet.code}")
            for sheet in sheets_of(self.contract)
            if sheet.kind != SheetKind.ELECTRICITY_ANNEX
        ]
        self.order_fields(["seen", *(f"capacity_{p.person_id}" for p in self.tenants), "sheets", "signed_on"])

    def take(self) -> Contract:
        return signing.record_signatures(
            self.contract.pk,
            step=self.step,
            signings=self.signings(),
            codes=set(self.cleaned_data["sheets"]),
            **self.door,
        )


class DeskSignaturesForm(SignaturesForm):
    step = "sign_at_desk"


class HandOverForm(StepForm):
    button = "Registrera överlämnandet"
    receipt = "Överlämnandet är registrerat. Hyresgästen har sitt original."
    intro = "Hyresgästens original med bilagor, till hyresgästen eller företrädaren."
    handed_over_on = DateField(label="Överlämnat den")

    def prepare(self) -> None:
        self.initial.setdefault("handed_over_on", self.today)

    def take(self) -> Contract:
        return signing.hand_over_original(
            self.contract.pk, handed_over_on=self.cleaned_data["handed_over_on"], **self.door
        )


class SendBackForm(StepForm):
    button = "Registrera avsändningen"
    receipt = "Avsändningen är registrerad. Förvaltningen väntar på originalet."
    intro = "Kommunens original med bilagor, till förvaltningen."
    sent_back_on = DateField(label="Skickat den")

    def prepare(self) -> None:
        self.initial.setdefault("sent_back_on", self.today)

    def take(self) -> Contract:
        return signing.send_back_original(self.contract.pk, sent_back_on=self.cleaned_data["sent_back_on"], **self.door)


class ActivateForm(NothingToFillIn):
    button = "Lägg kontraktet som gällande"
    receipt = "Kontraktet är gällande."

    def take(self) -> Contract:
        return signing.activate(self.contract.pk, **self.door)

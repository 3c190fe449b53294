"""While it runs: waiver, term, who signs for the tenant, and who takes the lease over."""

from typing import Any

from django import forms

from bostad.forms import DateField, YesNoField
from bostad.people import forms as representative
from bostad.people.models import Authority
from contracts.forms.base import NothingToFillIn, ReasonForm, StepForm, TenantChoice
from contracts.models import Contract
from contracts.services import ending
from contracts.states import HousingForm


class WaiverForm(StepForm):
    button = "Registrera avståendet"
    receipt = "Avståendet är registrerat."
    signed_on = DateField(label="Avståendet undertecknades den")
    spouse_accepts = YesNoField(label="Godkänner make eller sambo som bor i bostaden?", required=False)
    tribunal_number = forms.CharField(label="Hyresnämndens ärendenummer", max_length=40, required=False)
    approved_on = DateField(label="Godkänt av hyresnämnden den", required=False)
    valid_to = DateField(label="Gäller till och med", required=False)

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.record_waiver(self.contract.pk, ending.WaiverInput(**data), **self.door)


class IndefiniteForm(NothingToFillIn):
    button = "Låt avtalet löpa tills vidare"
    receipt = "Avtalet löper nu tills vidare."

    def take(self) -> Contract:
        return ending.become_indefinite(self.contract.pk, **self.door)


class SecurityForm(ReasonForm):
    button = "Registrera ställningstagandet"
    receipt = "Ställningstagandet är registrerat: hyresgästen bor kvar."
    intro = "Hyresgästen bor kvar och får besittningsskydd. Ska bostaden lämnas i stället, registrera en uppsägning."

    def take(self) -> Contract:
        return ending.decide_on_security(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class TermForm(ReasonForm):
    button = "Registrera ställningstagandet"
    receipt = "Ställningstagandet är registrerat."

    def take(self) -> Contract:
        return ending.decide_on_term(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class RepresentativeForm(representative.asked_in(StepForm, representative.fields())):
    button = "Registrera företrädaren"
    receipt = "Företrädaren är registrerad."
    tenant = TenantChoice()
    field_order = ("seen", "tenant", *representative.NAMES)

    def prepare(self) -> None:
        self.fields["tenant"].offer(self.contract.tenants)
        for name in representative.NEEDED:
            self.fields[name].required = True
        self.fields["authority"].choices = [("", "Välj behörighet"), *Authority.choices]

    def take(self) -> Contract:
        data = self.cleaned_data
        return ending.record_representative(
            self.contract.pk, tenant=data["tenant"], data=representative.given(data), **self.door
        )


class DeathForm(StepForm):
    button = "Registrera dödsfallet"
    receipt = "Dödsfallet är registrerat."
    tenant = TenantChoice()
    died_on = DateField(label="Dödsdag", required=False)
    mistaken = forms.BooleanField(label="Dödsdagen registrerades av misstag, ta bort den", required=False)

    def prepare(self) -> None:
        tenants = self.contract.tenants
        self.fields["tenant"].offer(tenants)
        own = self.contract.department_id in self.scope.departments
        if not own or not any(party.person.died_on for party in tenants):
            del self.fields["mistaken"]
            self.fields["died_on"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if bool(data.get("mistaken")) == bool(data.get("died_on")) and "died_on" not in self.errors:
            self.add_error("died_on", "Fyll i dödsdagen, eller kryssa för att den registrerades av misstag. Inte båda.")
        return data

    def take(self) -> Contract:
        data = self.cleaned_data
        return ending.record_death(self.contract.pk, tenant=data["tenant"], died_on=data["died_on"], **self.door)


class TakeOverForm(StepForm):
    button = "Registrera övertagandet"
    receipt = "Övertagandet är registrerat."
    takeover_on = DateField(label="Övertaget från och med")
    owner_consents = YesNoField(label="Har fastighetsägaren godkänt övertagandet?")
    special_reasons = forms.CharField(
        label="Särskilda skäl", widget=forms.Textarea, required=False, help_text="Krävs för en träningslägenhet."
    )

    def prepare(self) -> None:
        if self.contract.housing_form == HousingForm.TRAINING:
            self.fields["special_reasons"].required = True

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.take_over(self.contract.pk, **data, **self.door)

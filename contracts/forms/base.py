"""What the forms of a contract's steps have in common."""

from typing import Any

from django import forms

from bostad.casework import step_views
from bostad.casework.models import CaseParty
from bostad.forms import DateField, ExplicitChoiceField
from contracts.models import Contract
from contracts.services.signing import Signing
from contracts.states import Capacity


class StepForm(step_views.StepForm):
    """A step of a contract."""

    @property
    def contract(self) -> Contract:
        return self.case


class ReasonForm(StepForm):
    reason = forms.CharField(label="Skäl", widget=forms.Textarea)


class NothingToFillIn(StepForm):
    """A step that asks nothing: pressing the button is the decision."""


class SigningForm(StepForm):
    """Who signed for each tenant and in what capacity, and on which sheets."""

    signed_on = DateField(label="Undertecknat den")

    def prepare(self) -> None:
        self.initial.setdefault("signed_on", self.today)
        self.tenants = self.contract.tenants
        for party in self.tenants:
            name, who = party.given_name or party.person.name, party.representative
            choices = [(Capacity.TENANT.value, "Hyresgästen själv")]
            if who:
                choices.append((Capacity.REPRESENTATIVE.value, f"{who.name}, {who.get_authority_display().lower()}"))
            self.fields[f"capacity_{party.person_id}"] = ExplicitChoiceField(
                label=f"Vem undertecknade för {name}?",
                choices=choices,
                missing=f"Välj vem som undertecknade för {name}.",
            )

    def signings(self) -> dict[int, Signing]:
        on = self.cleaned_data["signed_on"]
        return {
            party.person_id: Signing(self.cleaned_data[f"capacity_{party.person_id}"], on) for party in self.tenants
        }


class TenantChoice(forms.TypedChoiceField):
    """Which of the tenants; where there is only one it is chosen already."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Vilken hyresgäst?", coerce=int, **kwargs)

    def offer(self, tenants: list[CaseParty]) -> None:
        named = [(party.person_id, party.given_name or party.person.name) for party in tenants]
        self.choices = named if len(named) == 1 else [("", "Välj hyresgäst"), *named]

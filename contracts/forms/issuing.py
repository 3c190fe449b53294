"""The administrator's steps: the paper is drawn up, signed, posted, and what is written about it."""

from decimal import Decimal

from django import forms

from bostad import dates
from bostad.forms import DateField, MoneyField
from bostad.organisation.models import DelegatedAct, Delegation
from bostad.organisation.settings_keys import resolve
from contracts.forms.base import NothingToFillIn, ReasonForm, StepForm
from contracts.models import Contract
from contracts.services import issuing


class DelegationChoice(forms.ModelChoiceField):
    def label_from_instance(self, delegation: Delegation) -> str:
        return f"{delegation.staff}, {delegation}"


def _whom(contract: Contract) -> str:
    """The tenants as they will stand on the paper, and as the orderer wrote them where that differs."""
    return " och ".join(
        party.person.name
        if party.given_name in ("", party.person.name)
        else f"{party.person.name} (i beställningen: {party.given_name})"
        for party in contract.tenants
    )


class IssueForm(StepForm):
    button = "Utfärda och framställ originalen"
    receipt = "Kontraktet är utfärdat. Originalen framställs nu."
    sections = (
        ("Hyra per månad", "", ("rent", "furniture_rent", "other_rent", "other_rent_for")),
        ("Hyrestid", "", ("term_to", "notice_months")),
        ("Underskrift för kommunen", "", ("signer",)),
    )
    rules = {"rent": ("JB 12:55",), "signer": ("R-0-12",), "term_to": ("R-4-18",)}
    rent = MoneyField(label="Hyra")
    furniture_rent = MoneyField(label="Tillägg för möbler", required=False)
    other_rent = MoneyField(label="Annat tillägg", required=False)
    other_rent_for = forms.CharField(label="Tillägget avser", max_length=80, required=False)
    term_to = DateField(
        label="Hyrestid till och med", required=False, help_text="Lämna tomt när avtalet löper tills vidare."
    )
    notice_months = forms.IntegerField(label="Uppsägningstid i månader", min_value=1, max_value=12)
    signer = DelegationChoice(label="Vem undertecknar?", queryset=Delegation.objects.none(), empty_label="Välj vem")

    def prepare(self) -> None:
        contract = self.contract
        self.fields["signer"].queryset = issuing.delegations_on(
            contract.department_id, self.today, DelegatedAct.SIGN_SUBLET_CONTRACT
        )
        self.initial.setdefault("rent", contract.dwelling.monthly_rent)
        self.initial.setdefault(
            "notice_months", resolve("contracts.notice_months", contract.opened_on, contract.department_id).value
        )
        self.intro = (
            f"{_whom(contract)}. Inflyttning {dates.day_with_year(contract.move_in_on)}. "
            "När kontraktet är utfärdat är uppgifterna låsta. En rättelse blir ett nytt kontrakt."
        )
        mine = self.fields["signer"].queryset.filter(staff=self.scope.staff_id).first()
        if mine:
            self.initial.setdefault("signer", mine.pk)

    def take(self) -> Contract:
        data = self.cleaned_data
        terms = issuing.Terms(
            rent=data["rent"],
            delegation=data["signer"],
            furniture_rent=data["furniture_rent"] or Decimal(0),
            other_rent=data["other_rent"] or Decimal(0),
            other_rent_for=data["other_rent_for"],
            term_to=data["term_to"],
            notice_months=data["notice_months"],
        )
        return issuing.issue(self.contract.pk, terms, **self.door)


class SignedForMunicipalityForm(StepForm):
    button = "Registrera underskriften"
    receipt = "Underskriften är registrerad."
    signed_on = DateField(label="Undertecknat den")

    def prepare(self) -> None:
        self.initial.setdefault("signed_on", self.today)
        self.intro = f"Båda originalen, och kategoribilagan, undertecknade av {self.contract.delegation.staff}."

    def take(self) -> Contract:
        return issuing.sign_for_municipality(self.contract.pk, signed_on=self.cleaned_data["signed_on"], **self.door)


class DispatchForm(StepForm):
    button = "Registrera postningen"
    receipt = "Postningen är registrerad. Utföraren ska bekräfta att båda originalen kommit."
    posted_on = DateField(label="Postat den")

    def prepare(self) -> None:
        self.initial.setdefault("posted_on", self.today)
        order = self.contract.order
        self.intro = (
            f"Till {order.orderer_name}, {order.street}, {order.postal_code[:3]} {order.postal_code[3:]} {order.city}."
        )

    def take(self) -> Contract:
        return issuing.dispatch(
            self.contract.pk, posted_on=self.cleaned_data["posted_on"], by=self.scope, today=self.today
        )


class RemindForm(NothingToFillIn):
    button = "Skriv påminnelsen"
    receipt = "Påminnelsen ligger i utskriftskön."
    intro = "Påminnelsen läggs i utskriftskön. Den nämner kontraktet och hyresobjektet, inte hyresgästen."

    def take(self) -> Contract:
        return issuing.remind_provider(self.contract.pk, **self.door)


class NotifyOwnerForm(NothingToFillIn):
    button = "Skriv underrättelsen"
    receipt = "Underrättelsen ligger i utskriftskön."
    intro = "Underrättelsen läggs i utskriftskön. Den nämner inte hyresgästen."

    def take(self) -> Contract:
        return issuing.notify_owner(self.contract.pk, **self.door)


class OwnerPostedForm(StepForm):
    button = "Registrera postningen"
    receipt = "Postningen är registrerad: fastighetsägaren är underrättad."
    intro = "Brevet ska vara utskrivet. Postas det från Utskrifter registreras det där."
    posted_on = DateField(label="Postat den")

    def prepare(self) -> None:
        self.initial.setdefault("posted_on", self.today)

    def take(self) -> Contract:
        return issuing.owner_was_notified(
            self.contract.pk, posted_on=self.cleaned_data["posted_on"], by=self.scope, today=self.today
        )


class ReplaceForm(ReasonForm):
    button = "Gör bladen ogiltiga och framställ nya"
    receipt = "De gamla bladen är ogiltiga. Nya framställs nu."
    intro = "Alla blad blir ogiltiga, också de som inte är förlorade. De nya har samma innehåll och egna nummer."

    def take(self) -> Contract:
        return issuing.replace_sheets(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)

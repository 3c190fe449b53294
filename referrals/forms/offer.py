"""The forms of the offer, the lease that follows on it, the guarantee and the decision on housing."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from bostad import dates
from bostad.casework.step_views import StepForm
from bostad.forms import CheckboxSelectMultiple, DateField, ExplicitChoiceField, MomentField, MoneyField, YesNoField
from bostad.housing.models import Dwelling
from referrals import matching, reading
from referrals.forms.assessment import (
    DecisionForm,
    ReasonForm,
    support_choices,
)
from referrals.loading.household import of_the_households
from referrals.models import Referral
from referrals.models.guarantee import EVIDENCE
from referrals.services import offering
from referrals.services.writing import signed_version
from referrals.states import DeclinedReason, UnsuitableReason

BOOKED_WITHIN_MONTHS = 12  # how far ahead a viewing or a signing is booked


class MakeOfferForm(StepForm):
    """The free dwellings in the order of how well they fit the need (R-1-7)."""

    button = "Erbjud bostaden"
    receipt = "Erbjudandet är lämnat, och bostaden hålls."
    template = "referrals/match.html"
    rules = {"despite": ("R-1-45",), "despite_no": ("R-1-29",)}
    dwelling = forms.ModelChoiceField(
        label="Vilken bostad?", queryset=Dwelling.objects.none(), empty_label=None, widget=forms.HiddenInput
    )
    free_from = DateField(label="Bostaden är ledig från och med")
    despite = forms.CharField(
        label="Varför erbjuds bostaden trots det som inte passar?",
        widget=forms.Textarea({"rows": 2}),
        required=False,
        help_text="Behövs bara när något i remissen inte är uppfyllt.",
    )
    despite_no = forms.CharField(
        label="Varför erbjuds ytterligare ett boende?", widget=forms.Textarea({"rows": 2}), required=False
    )

    def prepare(self) -> None:
        if self.case.is_own:
            self.receipt = "Bostaden hålls. Ta ställning till om den passar, och informera sedan den enskilde."
        if not of_the_households([self.case.pk], self.today)[self.case.pk].declined_elsewhere:
            del self.fields["despite_no"]
        self.free = reading.free_dwellings(self.case, self.scope, self.today)
        self.fields["dwelling"].queryset = reading.let_dwellings(self.case, self.scope)
        self.initial.setdefault("free_from", self.today)
        self.fields["dwelling"].error_messages |= {
            "required": "Välj en bostad i listan.",
            "invalid_choice": reading.NOT_FREE,
        }

    def clean_dwelling(self) -> Dwelling:
        """The list is as old as the page: another officer may have been first, and is named."""
        dwelling = self.cleaned_data["dwelling"]
        if not self.free.filter(pk=dwelling.pk).exists():
            raise forms.ValidationError(reading.why_not_free(dwelling))
        return dwelling

    def take(self) -> Any:
        given = self.cleaned_data
        return offering.make_offer(
            self.case.pk,
            dwelling=given["dwelling"],
            free_from=given["free_from"],
            despite=given["despite"],
            despite_no=given.get("despite_no", ""),
            **self.door,
        )

    @property
    def shown(self) -> dict[str, Any]:
        need = reading.with_unknown_areas(matching.need_of(signed_version(self.case).content))
        chosen = self["dwelling"].value()
        found = reading.matches(need, self.free, reading.declined_by(self.case))
        return {"matches": found, "chosen": str(chosen or ""), "need": need}


class FitForm(StepForm):
    """Whether the offered home fits. Of an own household the property department finds that out itself."""

    own_receipt = ""
    note = forms.CharField(
        label="Kommentar till FF", widget=forms.Textarea({"rows": 2}), required=False, max_length=1000
    )

    def prepare(self) -> None:
        if self.case.is_own:
            self.receipt = self.own_receipt
            self.fields["note"].label = "Kommentar"


class SuitableForm(FitForm):
    button = "Bostaden passar"
    receipt = "Svaret är lämnat. Informera den enskilde och boka visning."
    own_receipt = "Bostaden passar. Informera den enskilde och boka visning."

    def take(self) -> Any:
        return offering.find_suitable(self.case.pk, note=self.cleaned_data["note"], **self.door)


class UnsuitableForm(FitForm):
    button = "Bostaden passar inte"
    receipt = "Svaret är lämnat. Remissen väntar på en annan bostad."
    own_receipt = "Bostaden är fri för andra. Hushållet väntar på en annan bostad."
    rules = {"reason": ("R-1-50",)}
    field_order = ("seen", "reason", "note")
    reason = ExplicitChoiceField(label="Varför passar bostaden inte?", choices=UnsuitableReason.choices)

    def take(self) -> Any:
        return offering.find_unsuitable(
            self.case.pk, reason=self.cleaned_data["reason"], note=self.cleaned_data["note"], **self.door
        )


class InformClientForm(StepForm):
    button = "Spara bokningen"
    receipt = "Den enskilde är informerad, och tiderna är bokade."
    rules = {"informed_on": ("R-1-49",)}
    informed_on = DateField(label="När informerades den enskilde?")
    viewing_at = MomentField(label="Visning", required=False)
    viewing_waived = forms.CharField(label="Avstår den enskilde från visning, varför?", max_length=200, required=False)
    signing_at = MomentField(label="Kontraktskrivning")
    reason = forms.CharField(label="Varför ändras det som är bokat?", widget=forms.Textarea({"rows": 2}))

    def prepare(self) -> None:
        self.offer = offering.live_offer(self.case)
        if self.offer.signing_at is None:
            del self.fields["reason"]
        self.initial.setdefault("informed_on", self.offer.informed_on or self.today)
        for name in ("viewing_at", "viewing_waived", "signing_at"):
            self.initial.setdefault(name, getattr(self.offer, name))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        viewing, signing = data.get("viewing_at"), data.get("signing_at")
        for name, moment in (("viewing_at", viewing), ("signing_at", signing)):
            if moment and moment != getattr(self.offer, name) and (wrong := self._wrong_day(moment)):
                self.add_error(name, wrong)
        if not viewing and not data.get("viewing_waived") and "viewing_at" not in self.errors:
            self.add_error("viewing_at", "Boka visning, eller skriv varför den enskilde avstår.")
        if viewing and signing and signing < viewing:
            self.add_error("signing_at", "Kontraktskrivningen kan inte vara före visningen.")
        return data

    def _wrong_day(self, moment: datetime) -> str:
        """What is wrong with a day that is booked now. What was booked earlier may have been already."""
        day = timezone.localtime(moment).date()
        if day < max(self.today, self.offer.offered_on):
            return "Tiden kan inte vara före idag."
        if day > dates.add_months(self.today, BOOKED_WITHIN_MONTHS):
            return "Tiden kan inte vara mer än ett år fram."
        return ""

    def take(self) -> Any:
        given = self.cleaned_data
        booking = offering.BookingInput(
            given["informed_on"], given["signing_at"], given["viewing_at"], given["viewing_waived"]
        )
        return offering.inform_client(self.case.pk, booking, reason=given.get("reason", ""), **self.door)


class AcceptForm(StepForm):
    button = "Den enskilde tackar ja"
    receipt = "Svaret är registrerat: erbjudandet är antaget."
    answered_on = DateField(label="Vilken dag svarade den enskilde?")

    def prepare(self) -> None:
        self.initial.setdefault("answered_on", self.today)

    def take(self) -> Any:
        return offering.accept(self.case.pk, answered_on=self.cleaned_data["answered_on"], **self.door)


class DeclineForm(StepForm):
    button = "Den enskilde tackar nej"
    receipt = "Svaret är registrerat. Chefen tar ställning till hur det går vidare."
    intro = "Ett boendealternativ erbjuds. Kontrollera att den enskilde vet vad ett nej innebär."
    reason = ExplicitChoiceField(label="Varför tackar den enskilde nej?", choices=DeclinedReason.choices)
    note = forms.CharField(label="Vad den enskilde har sagt", widget=forms.Textarea({"rows": 3}), required=False)
    answered_on = DateField(label="Vilken dag?")

    def prepare(self) -> None:
        self.initial.setdefault("answered_on", self.today)

    def take(self) -> Any:
        given = {name: self.cleaned_data[name] for name in ("reason", "note", "answered_on")}
        return offering.decline(self.case.pk, **given, **self.door)


class TakeBackForm(ReasonForm):
    button = "Dra tillbaka erbjudandet"
    receipt = "Erbjudandet är tillbakadraget, och bostaden är fri för andra."

    def take(self) -> Referral:
        return offering.take_back_offer(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


class AllowForm(ReasonForm):
    button = "Besluta om ytterligare ett erbjudande"
    receipt = "Ytterligare ett erbjudande får lämnas."

    def take(self) -> Referral:
        return offering.allow_another_offer(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


class OwnerLeaseForm(StepForm):
    button = "Registrera ägarens kontrakt"
    receipt = "Ägarens kontrakt är registrerat, och garantin står i registret."
    rules = {"guarantee_months": ("R-1-5",)}
    owner_lease_on = DateField(label="När tecknades kontraktet?")
    owner_lease_reference = forms.CharField(label="Kontraktets nummer", max_length=60)
    owner_lease_rent = MoneyField(label="Hyra per månad")
    owner_lease_move_in_on = DateField(label="Inflyttning")
    guarantee_months = ExplicitChoiceField(
        label="Hur länge gäller garantin?",
        choices=[("12", "Ett år från inflyttningen"), ("24", "Två år från inflyttningen")],
        missing="Välj hur länge garantin gäller.",
        help_text="Den täcker hyran och lägenhetens skick.",
    )

    @property
    def lease(self) -> offering.OwnerLeaseInput:
        given = {field.name: self.cleaned_data[field.name] for field in fields(offering.OwnerLeaseInput)}
        return offering.OwnerLeaseInput(**given | {"guarantee_months": int(given["guarantee_months"])})

    def take(self) -> Referral:
        return offering.record_owner_lease(self.case.pk, self.lease, **self.door)


class CorrectOwnerLeaseForm(OwnerLeaseForm):
    button = "Rätta ägarens kontrakt"
    receipt = "Ägarens kontrakt är rättat."
    reason = forms.CharField(label="Vad blev fel?", widget=forms.Textarea({"rows": 2}))

    def prepare(self) -> None:
        for field in fields(offering.OwnerLeaseInput):
            self.initial.setdefault(field.name, getattr(self.case, field.name))

    def take(self) -> Referral:
        return offering.correct_owner_lease(self.case.pk, self.lease, reason=self.cleaned_data["reason"], **self.door)


class EndGuaranteeForm(StepForm):
    """Each of the three is answered, and a yes is shown."""

    button = "Avsluta garantin"
    receipt = "Hyresgarantin är avslutad. Hushållet bor kvar på ägarens kontrakt."
    sections = (
        ("Har hushållet skött sina åtaganden?", "Garantin avslutas när svaret är ja på alla tre.",
         ("is_orderly", "orderly", "is_paid", "paid", "is_cared", "cared")),
        ("Dialogen med ägaren", "", ("dialogue_on", "dialogue_with", "ended_on")),
    )  # fmt: skip
    rules = {"is_orderly": ("R-1-6",), "dialogue_on": ("R-1-63",), "ended_on": ("R-1-62",)}
    marks_optional = False  # what shows a yes is asked for when the answer is yes
    is_orderly = YesNoField(label="Har hushållet visat skötsamhet?")
    orderly = forms.CharField(label="Vad visar skötsamheten?", widget=forms.Textarea({"rows": 2}), required=False)
    is_paid = YesNoField(label="Har hyran betalats i tid?")
    paid = forms.CharField(label="Vad visar att hyran är betald?", widget=forms.Textarea({"rows": 2}), required=False)
    is_cared = YesNoField(label="Har lägenheten vårdats?")
    cared = forms.CharField(
        label="Vad visar att lägenheten är vårdad?", widget=forms.Textarea({"rows": 2}), required=False
    )
    dialogue_on = DateField(label="Vilken dag talade ni med ägaren?")
    dialogue_with = forms.CharField(label="Med vem hos ägaren?", max_length=120)
    ended_on = DateField(label="Vilken dag upphör garantin?")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in EVIDENCE:
            answer = data.get(f"is_{name}")
            if answer is False:
                self.add_error(f"is_{name}", "Garantin kan inte avslutas då. Den löper vidare, och omprövas igen.")
            elif answer and not data.get(name, "").strip() and name not in self.errors:
                self.add_error(name, "Skriv vad som visar det.")
        return data

    def take(self) -> Referral:
        names = (*EVIDENCE, "dialogue_on", "dialogue_with", "ended_on")
        given = {name: self.cleaned_data[name] for name in names}
        return offering.end_guarantee(self.case.pk, offering.GuaranteeEndingInput(**given), **self.door)


class DecideHousingForm(DecisionForm):
    button = "Fatta beslutet om boende"
    receipt = "Beslutet om boende är fattat."
    rules = {"support_forms": ("R-1-53",), "motivation": ("R-1-52",)}
    support_forms = forms.MultipleChoiceField(
        label="Insatser som boendet är knutet till", required=False, widget=CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        super().prepare()
        del self.fields["other_support"]
        self.fields["support_forms"].choices = support_choices(self.case, self.today)

    def take(self) -> Any:
        return offering.decide_housing(self.case.pk, self.data_given, **self.door)


class CloseOwnForm(StepForm):
    button = "Avsluta"
    receipt = "Ärendet är avslutat."

    def take(self) -> Referral:
        return offering.close_own(self.case.pk, **self.door)


FORMS: dict[str, type[StepForm]] = {
    "end_guarantee": EndGuaranteeForm,
    "make_offer": MakeOfferForm,
    "find_suitable": SuitableForm,
    "find_unsuitable": UnsuitableForm,
    "inform_client": InformClientForm,
    "accept": AcceptForm,
    "decline": DeclineForm,
    "take_back_offer": TakeBackForm,
    "allow_another_offer": AllowForm,
    "record_owner_lease": OwnerLeaseForm,
    "correct_owner_lease": CorrectOwnerLeaseForm,
    "decide_housing": DecideHousingForm,
    "close_own": CloseOwnForm,
}

"""The forms of a referral's steps, from its beginning to the decision on housing."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bostad import dates
from bostad.casework.models import PartyRole
from bostad.casework.step_views import StepForm
from bostad.forms import CheckboxSelectMultiple, DateField, ExplicitChoiceField, MomentField, MoneyField, YesNoField
from bostad.housing.models import Dwelling
from bostad.organisation.models import Staff
from bostad.organisation.roles import Role
from bostad.organisation.scope import staff_holding
from bostad.organisation.settings_keys import resolve
from referrals import content, matching, reading
from referrals.forms.assessment import (
    AppealForm,
    DecisionForm,
    ReasonForm,
    ReceiptForm,
    SettleAppealForm,
    support_choices,
)
from referrals.models import Referral
from referrals.models.guarantee import EVIDENCE
from referrals.services import offering, validity, writing
from referrals.services.writing import SignatureInput, signed_version, version_in_writing
from referrals.settings_keys import LEASE_FORMS
from referrals.states import DeclinedReason, LeaseForm, UnsuitableReason

BOOKED_WITHIN_MONTHS = 12  # how far ahead a viewing or a signing is booked


class OpenForm(StepForm):
    """Begins a referral on a granted assessment."""

    button = "Påbörja remissen"
    receipt = "Remissen är påbörjad. Fyll i avsnitten, i vilken ordning du vill."
    rules = {"lease_form": ("R-1-1",), "form_motivation": ("R-1-26",), "debt_dialogue_on": ("R-1-27",)}
    lease_form = ExplicitChoiceField(label="Vilken form gäller remissen?", choices=LeaseForm.choices)
    form_motivation = forms.CharField(
        label="Varför den formen?",
        widget=forms.Textarea({"rows": 3}),
        help_text="Skuldbilden, och förmågan att klara ett eget kontrakt utan insatser.",
    )
    debt_dialogue_on = DateField(
        label="Dialog med FF om skulder",
        required=False,
        help_text="Bara för hyresgaranti när hushållet har lägre skulder. Dialogen förs innan remissen skrivs.",
    )
    debt_dialogue_with = forms.CharField(label="Med vem på FF?", max_length=120, required=False)

    def prepare(self) -> None:
        allowed = resolve(LEASE_FORMS.key, self.today, self.case.department_id).value
        self.fields["lease_form"].choices = [(v, label) for v, label in LeaseForm.choices if v in allowed]

    @property
    def opening(self) -> writing.OpeningInput:
        given = self.cleaned_data
        return writing.OpeningInput(
            given["lease_form"], given["form_motivation"], given["debt_dialogue_on"], given["debt_dialogue_with"]
        )

    def take(self) -> Referral:
        self.referral = writing.open_referral(self.case.pk, self.opening, **self.door)
        return self.referral

    @property
    def go_to(self) -> str:
        return reverse("referrals:referral", args=[self.referral.number])


class ReplaceForm(OpenForm):
    """A new referral instead of a registered one. The old one holds until the new one is registered."""

    button = "Påbörja den nya remissen"

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("lease_form", self.case.lease_form)

    def take(self) -> Referral:
        self.referral = writing.replace(self.case.pk, self.opening, by=self.scope, today=self.today)
        return self.referral


class ChooseFormForm(OpenForm):
    """Of a referral that is being written: what was chosen when it was begun, chosen anew."""

    button = "Spara valet"
    receipt = "Formen är vald. Valet står i remissen, och undertecknas med den."

    def prepare(self) -> None:
        super().prepare()
        said = writing.version_in_writing(self.case).content.get("decision", {})
        now = {name: getattr(self.case, name) for name in ("lease_form", "debt_dialogue_on", "debt_dialogue_with")}
        for name, value in (now | {"form_motivation": said.get("form_motivation", "")}).items():
            self.initial.setdefault(name, value)

    def take(self) -> Referral:
        self.referral = writing.choose_form(self.case.pk, self.opening, **self.door)
        return self.referral


class SettleCessationAppealForm(SettleAppealForm):
    receipt = "Överklagandet är hanterat."


class InformForm(StepForm):
    button = "Registrera informationen"
    receipt = "Det är registrerat att den enskilde vet att ett enda boende erbjuds."
    informed_on = DateField(label="När fick den enskilde veta att bara ett boende erbjuds?")
    how = forms.CharField(label="Hur?", max_length=120, help_text="Till exempel vid möte, med blanketten i handen.")

    def take(self) -> Referral:
        return writing.inform(
            self.case.pk, informed_on=self.cleaned_data["informed_on"], how=self.cleaned_data["how"], **self.door
        )


class ApproveForm(StepForm):
    """Shows exactly what is signed, with its checksum. Another content than the shown one is refused."""

    button = "Registrera underskrifterna"
    receipt = "Underskrifterna är registrerade. Remissen ligger nu hos chefen."
    template = "referrals/approve.html"
    step = "approve"
    rules = {"signed_on": ("R-1-30",)}
    signed_on = DateField(label="Vilken dag undertecknades remissen?")
    content_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    field_order = ["signed_on", "seen", "content_hash"]

    def prepare(self) -> None:
        self.version, self.adults = version_in_writing(self.case), {}
        self.initial.setdefault("content_hash", content.hash_of(self.version.content))
        for party in self.case.parties.filter(role=PartyRole.APPLICANT).select_related("person").order_by("id"):
            who = party.person.representatives.filter(Q(to_on=None) | Q(to_on__gte=self.today))
            choices = [
                ("self", "Den enskilde själv"),
                *((str(one.pk), str(one)) for one in who),
                ("no", "Har inte undertecknat"),
            ]
            self.adults[f"signed_{party.person_id}"] = party.person.name
            self.fields[f"signed_{party.person_id}"] = ExplicitChoiceField(
                label=f"Vem undertecknade för {party.person.name}?", choices=choices
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, who in self.adults.items():
            if data.get(name) == "no":
                self.add_error(name, f"{who} har inte undertecknat. Remissen går vidare när varje vuxen har gjort det.")
        return data

    def take(self) -> Referral:
        return writing.approve(
            self.case.pk, signatures=self._signatures(), signed_on=self.cleaned_data["signed_on"],
            content_hash=self.cleaned_data["content_hash"], step=self.step, **self.door,
        )  # fmt: skip

    def _signatures(self) -> list[SignatureInput]:
        given = {
            name.removeprefix("signed_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("signed_")
        }
        given.pop("on", None)
        return [
            SignatureInput(int(person), None if who == "self" else int(who))
            for person, who in given.items()
            if who != "no"
        ]

    @property
    def shown(self) -> dict[str, Any]:
        return {"said": reading.sections(self.version.content, self.case), "version": self.version}


class ChangeForm(ReasonForm):
    button = "Påbörja en ny lydelse"
    receipt = "En ny lydelse är påbörjad. De gamla underskrifterna gäller inte längre."
    intro = "Den enskilde måste godkänna och underteckna den nya lydelsen."

    def take(self) -> Referral:
        return writing.change(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


class SignForm(StepForm):
    button = "Underteckna remissen"
    receipt = "Remissen är undertecknad."
    template = "referrals/review.html"
    send = forms.BooleanField(label="Skicka den till fastighetsförvaltningen direkt", required=False, initial=True)

    def take(self) -> Referral:
        referral = writing.sign(self.case.pk, **self.door)
        if self.cleaned_data["send"]:
            writing.submit(self.case.pk, by=self.scope, today=self.today)
            self.receipt = "Remissen är undertecknad och skickad till fastighetsförvaltningen."
        return referral

    @property
    def shown(self) -> dict[str, Any]:
        return reading.side_by_side(self.case)


class PointsForm(StepForm):
    """What is to be completed or changed, section by section."""

    def prepare(self) -> None:
        for section in content.SECTIONS:
            self.fields[f"point_{section.key}"] = forms.CharField(
                label=section.label, widget=forms.Textarea({"rows": 2}), required=False, max_length=1000
            )

    @property
    def points(self) -> dict[str, str]:
        return {
            name.removeprefix("point_"): text for name, text in self.cleaned_data.items() if name.startswith("point_")
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(text for name, text in data.items() if name.startswith("point_")):
            self.add_error(None, "Skriv vid minst ett avsnitt vad som saknas eller ska ändras.")
        return data


class SendBackForm(PointsForm):
    button = "Skicka tillbaka"
    receipt = "Remissen är tillbaka hos handläggaren, med dina kommentarer."

    def take(self) -> Referral:
        return writing.send_back(self.case.pk, points=self.points, **self.door)


class AskCompletionForm(PointsForm):
    button = "Begär komplettering"
    receipt = "Kompletteringen är begärd. Remissen ligger hos den remitterande förvaltningen."

    def take(self) -> Referral:
        return writing.ask_completion(self.case.pk, points=self.points, **self.door)


class SubmitForm(StepForm):
    button = "Skicka remissen"
    receipt = "Remissen är skickad till fastighetsförvaltningen."

    def take(self) -> Referral:
        return writing.submit(self.case.pk, **self.door)


class RegisterForm(StepForm):
    button = "Registrera remissen"
    receipt = "Remissen är registrerad. Nu kan bostad erbjudas."

    def take(self) -> Referral:
        return validity.register(self.case.pk, **self.door)


class AssignOfficerForm(StepForm):
    button = "Byt handläggare"
    receipt = "Remissen har fått en ny handläggare hos FF."
    officer = forms.ModelChoiceField(label="FF-handläggare", queryset=Staff.objects.none(), empty_label="Välj vem")

    def prepare(self) -> None:
        self.fields["officer"].queryset = staff_holding(Role.PROPERTY_OFFICER, self.case.property_department_id)
        self.initial.setdefault("officer", self.case.officer_id)

    def take(self) -> Referral:
        return validity.assign_officer(self.case.pk, officer=self.cleaned_data["officer"], **self.door)


# --- validity ------------------------------------------------------------------------------------------------------------


class BeginExtensionForm(StepForm):
    button = "Påbörja förlängningen"
    receipt = "Gå igenom remissen avsnitt för avsnitt: bekräfta eller ändra."

    def take(self) -> Referral:
        return validity.begin_extension(self.case.pk, **self.door)


class ApproveExtensionForm(ApproveForm):
    step = "approve_extension"
    receipt = "Underskrifterna är registrerade. Chefen beslutar om förlängningen."


class ExtendForm(DecisionForm):
    button = "Fatta beslutet: förläng ett år"
    receipt = "Remissen är förlängd med ett år."
    template = "referrals/review.html"

    def prepare(self) -> None:
        super().prepare()
        del self.fields["other_support"]
        self.fields["motivation"].label = "Motivering av förlängningen"

    def take(self) -> Any:
        return validity.extend(self.case.pk, self.data_given, **self.door)

    @property
    def shown(self) -> dict[str, Any]:
        return reading.side_by_side(self.case)


class DropExtensionForm(ReasonForm):
    button = "Avbryt förlängningen"
    receipt = "Förlängningen är avbruten. Remissen gäller som förut."

    def take(self) -> Referral:
        return validity.drop_extension(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


class LetRunOutForm(ReasonForm):
    button = "Registrera svaret"
    receipt = "Det är registrerat: remissen förlängs inte, och upphör när året är slut."

    def take(self) -> Referral:
        return validity.let_run_out(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


class CeaseForm(DecisionForm):
    button = "Fatta beslutet: rätten upphör"
    receipt = "Beslutet är fattat. FF är underrättad, och remissen gäller inte längre."

    def prepare(self) -> None:
        super().prepare()
        del self.fields["other_support"]
        self.fields["motivation"].label = "Vad som har ändrats, och varför rätten upphör"

    def take(self) -> Any:
        return validity.cease(self.case.pk, self.data_given, **self.door)


class WithdrawForm(ReasonForm):
    button = "Dra tillbaka remissen"
    receipt = "Remissen är återtagen."

    def take(self) -> Referral:
        return validity.withdraw(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


# --- offer ---------------------------------------------------------------------------------------------------------------


class MakeOfferForm(StepForm):
    """The free dwellings in the order of how well they fit the need (R-1-7)."""

    button = "Erbjud bostaden"
    receipt = "Erbjudandet är lämnat till förvaltningen, och bostaden hålls."
    template = "referrals/match.html"
    rules = {"despite": ("R-1-45",)}
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

    def prepare(self) -> None:
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
            **self.door,
        )

    @property
    def shown(self) -> dict[str, Any]:
        need = reading.with_unknown_areas(matching.need_of(signed_version(self.case).content))
        chosen = self["dwelling"].value()
        return {"matches": reading.matches(need, self.free), "chosen": str(chosen or ""), "need": need}


class SuitableForm(StepForm):
    button = "Bostaden passar"
    receipt = "Svaret är lämnat. Informera den enskilde och boka visning."
    note = forms.CharField(
        label="Kommentar till FF", widget=forms.Textarea({"rows": 2}), required=False, max_length=1000
    )

    def take(self) -> Any:
        return offering.find_suitable(self.case.pk, note=self.cleaned_data["note"], **self.door)


class UnsuitableForm(StepForm):
    button = "Bostaden passar inte"
    receipt = "Svaret är lämnat. Remissen väntar på en annan bostad."
    rules = {"reason": ("R-1-50",)}
    reason = ExplicitChoiceField(label="Varför passar bostaden inte?", choices=UnsuitableReason.choices)
    note = forms.CharField(
        label="Kommentar till FF", widget=forms.Textarea({"rows": 2}), required=False, max_length=1000
    )

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

    def prepare(self) -> None:
        self.offer = offering.live_offer(self.case)
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
        return offering.inform_client(self.case.pk, booking, **self.door)


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
    receipt = "Ägarens kontrakt är registrerat, och garantin står i registret. Förvaltningen beslutar om boende."
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

    def take(self) -> Referral:
        given = {name: self.cleaned_data[name] for name in self.fields if name != "seen"}
        given["guarantee_months"] = int(given["guarantee_months"])
        return offering.record_owner_lease(self.case.pk, offering.OwnerLeaseInput(**given), **self.door)


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
    is_orderly = YesNoField(label="Har hushållet visat skötsamhet?")
    orderly = forms.CharField(label="Vad visar det?", widget=forms.Textarea({"rows": 2}), required=False)
    is_paid = YesNoField(label="Har hyran betalats i tid?")
    paid = forms.CharField(label="Vad visar det?", widget=forms.Textarea({"rows": 2}), required=False)
    is_cared = YesNoField(label="Har lägenheten vårdats?")
    cared = forms.CharField(label="Vad visar det?", widget=forms.Textarea({"rows": 2}), required=False)
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
    "choose_form": ChooseFormForm,
    "end_guarantee": EndGuaranteeForm,
    "record_receipt": ReceiptForm,
    "record_appeal": AppealForm,
    "settle_appeal": SettleCessationAppealForm,
    "inform": InformForm,
    "approve": ApproveForm,
    "change": ChangeForm,
    "sign": SignForm,
    "send_back": SendBackForm,
    "submit": SubmitForm,
    "register": RegisterForm,
    "ask_completion": AskCompletionForm,
    "assign_officer": AssignOfficerForm,
    "begin_extension": BeginExtensionForm,
    "approve_extension": ApproveExtensionForm,
    "extend": ExtendForm,
    "drop_extension": DropExtensionForm,
    "let_run_out": LetRunOutForm,
    "cease": CeaseForm,
    "withdraw": WithdrawForm,
    "make_offer": MakeOfferForm,
    "find_suitable": SuitableForm,
    "find_unsuitable": UnsuitableForm,
    "inform_client": InformClientForm,
    "accept": AcceptForm,
    "decline": DeclineForm,
    "take_back_offer": TakeBackForm,
    "allow_another_offer": AllowForm,
    "record_owner_lease": OwnerLeaseForm,
    "decide_housing": DecideHousingForm,
    "close_own": CloseOwnForm,
}

"""The forms of a referral's steps while it is written, signed, registered, extended and ended. Those of the offer: `offer`."""

from typing import Any

from django import forms
from django.urls import reverse

from bostad.casework.models import CaseParty
from bostad.casework.step_views import StepForm
from bostad.forms import CheckboxRow, DateField, ExplicitChoiceField
from bostad.organisation.models import Staff
from bostad.organisation.roles import Role
from bostad.organisation.scope import staff_holding
from bostad.organisation.settings_keys import resolve
from bostad.people.models import Representative
from referrals import content, content_words, reading, representatives
from referrals.forms import household, offer
from referrals.forms.assessment import (
    AppealForm,
    CorrectReceiptForm,
    DecisionForm,
    ReceiptForm,
    SettleAppealForm,
)
from referrals.forms.base import ReasonForm
from referrals.models import Referral, ReferralVersion
from referrals.services import validity, writing
from referrals.services.writing import Asked, SignatureInput, version_in_writing
from referrals.settings_keys import LEASE_FORMS
from referrals.states import LeaseForm, Permit


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


class CorrectInformationForm(InformForm):
    button = "Rätta dagen"
    receipt = "Det är rättat när den enskilde informerades."
    reason = forms.CharField(label="Vad blev fel?", widget=forms.Textarea({"rows": 2}))

    def prepare(self) -> None:
        self.initial.setdefault("informed_on", self.case.informed_on)
        self.initial.setdefault("how", self.case.informed_how)

    def take(self) -> Referral:
        given = {name: self.cleaned_data[name] for name in ("informed_on", "how", "reason")}
        return writing.correct_information(self.case.pk, **given, **self.door)


class PrintToSignForm(StepForm):
    button = "Skriv ut"
    receipt = "Papperet framställs. När det är klart ligger det under Handlingar."
    template = "referrals/approve.html"

    def take(self) -> Referral:
        return writing.print_to_sign(self.case.pk, **self.door)

    @property
    def shown(self) -> dict[str, Any]:
        return what_is_signed(self.case)


def what_is_signed(referral: Referral) -> dict[str, Any]:
    """The words that are signed, with the checksum that the paper has."""
    version = version_in_writing(referral)
    said = reading.sections(version.content, referral)
    return {"said": said, "version": version, "checksum": content.short_hash_of(version.content)}


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
        for party in representatives.adults(self.case):
            choices = [
                ("self", "Den enskilde själv"),
                *((str(who.pk), str(who)) for who in self._acting(party)),
                ("no", "Har inte undertecknat"),
            ]
            name = party.shown_name(own=True, restricted=self.case.is_restricted)
            self.adults[f"signed_{party.person_id}"] = name
            self.fields[f"signed_{party.person_id}"] = ExplicitChoiceField(
                label=f"Vem undertecknade för {name}?",
                choices=choices,
                help_text="Saknas en god man eller förvaltare här, registrera företrädaren först.",
            )

    def _acting(self, party: CaseParty) -> list[Representative]:
        """Those whose authority holds on some day since the version was begun: which day is asked in the form."""
        begun, known = self.version.begun_on, filter(None, [party.representative])
        return [who for who in known if who.covers_housing and (who.to_on is None or who.to_on >= begun)]

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
        return what_is_signed(self.case)


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
    """What is to be completed or changed: section by section, and of which of its fields."""

    marks_optional = False

    def prepare(self) -> None:
        version = self.commented()
        self.of_sections = writing.sections_of(self.case, version)
        self.sections = tuple(self._section(section) for section in self.of_sections)

    def commented(self) -> ReferralVersion:
        raise NotImplementedError

    def _section(self, section: content.Section) -> tuple[str, str, list[str]]:
        which, text = f"fields_{section.key}", f"point_{section.key}"
        if len(section.written) > 1:
            labels = [(name, content_words.LABELS[name]) for name in section.written]
            self.fields[which] = forms.MultipleChoiceField(
                label="Vilka uppgifter?", choices=labels, widget=CheckboxRow, required=False
            )
        self.fields[text] = forms.CharField(
            label="Vad saknas eller ska ändras?", widget=forms.Textarea({"rows": 2}), required=False, max_length=1000
        )
        return section.label, "", [name for name in (which, text) if name in self.fields]

    @property
    def points(self) -> dict[str, Asked]:
        data = self.cleaned_data
        return {
            section.key: Asked(data.get(f"point_{section.key}", ""), data.get(f"fields_{section.key}", []))
            for section in self.of_sections
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for key, asked in self.points.items():
            if asked.fields and not asked.text:
                self.add_error(f"point_{key}", "Skriv vad som saknas eller ska ändras i det du har markerat.")
        if not any(asked.text or asked.fields for asked in self.points.values()):
            self.add_error(None, "Skriv vid minst ett avsnitt vad som saknas eller ska ändras.")
        return data


class SendBackForm(PointsForm):
    button = "Skicka tillbaka"
    receipt = "Remissen är tillbaka hos handläggaren, med dina kommentarer."

    def commented(self) -> ReferralVersion:
        return version_in_writing(self.case)

    def take(self) -> Referral:
        return writing.send_back(self.case.pk, points=self.points, **self.door)


class SendBackExtensionForm(SendBackForm):
    receipt = "Förlängningen är tillbaka hos handläggaren, med dina kommentarer."

    def take(self) -> Referral:
        return writing.send_back(self.case.pk, points=self.points, step="send_back_extension", **self.door)


class NoteEndForm(StepForm):
    button = "Jag har tagit del av det"
    receipt = "Det är kvitterat att remissen har upphört."

    def take(self) -> Referral:
        return validity.note_end(self.case.pk, **self.door)


class AskCompletionForm(PointsForm):
    button = "Begär komplettering"
    receipt = "Kompletteringen är begärd. Remissen ligger hos den remitterande förvaltningen."

    def commented(self) -> ReferralVersion:
        return writing.sent_version(self.case)

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


class RenewPermitForm(StepForm):
    button = "Registrera tillståndet"
    receipt = "Uppehållstillståndet är registrerat."
    rules = {"permit": ("R-1-85",)}
    permit = ExplicitChoiceField(label="Vilket uppehållstillstånd?", choices=Permit.choices)
    permit_to = DateField(
        label="Tillståndet gäller till och med", required=False, help_text="Bara för ett tillfälligt tillstånd."
    )

    def take(self) -> Referral:
        given = {name: self.cleaned_data[name] for name in ("permit", "permit_to")}
        return validity.renew_permit(self.case.pk, **given, **self.door)


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
        self.initial.pop("child_analysis", None)  # what was said for a home is not why there is none
        self.fields["motivation"].label = "Vad som har ändrats, och varför rätten upphör"

    def take(self) -> Any:
        return validity.cease(self.case.pk, self.data_given, **self.door)


class WithdrawForm(ReasonForm):
    button = "Dra tillbaka remissen"
    receipt = "Remissen är återtagen."

    def take(self) -> Referral:
        return validity.withdraw(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


FORMS: dict[str, type[StepForm]] = {
    **household.FORMS,
    "choose_form": ChooseFormForm,
    "record_receipt": ReceiptForm,
    "correct_receipt": CorrectReceiptForm,
    "record_appeal": AppealForm,
    "settle_appeal": SettleCessationAppealForm,
    "inform": InformForm,
    "correct_information": CorrectInformationForm,
    "print_to_sign": PrintToSignForm,
    "approve": ApproveForm,
    "change": ChangeForm,
    "sign": SignForm,
    "send_back": SendBackForm,
    "submit": SubmitForm,
    "register": RegisterForm,
    "ask_completion": AskCompletionForm,
    "assign_officer": AssignOfficerForm,
    "renew_permit": RenewPermitForm,
    "begin_extension": BeginExtensionForm,
    "approve_extension": ApproveExtensionForm,
    "extend": ExtendForm,
    "send_back_extension": SendBackExtensionForm,
    "drop_extension": DropExtensionForm,
    "let_run_out": LetRunOutForm,
    "cease": CeaseForm,
    "withdraw": WithdrawForm,
    "note_end": NoteEndForm,
    **offer.FORMS,
}

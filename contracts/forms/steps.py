"""One small form for each step. `take` hands the cleaned data to the service; refusals come back as form errors."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from bostad import dates
from bostad.casework.models import CaseParty
from bostad.documents.models import Original, SheetKind
from bostad.documents.states import OUT, OriginalState
from bostad.forms import DateField, ExplicitChoiceField, MoneyField, SwedishForm, YesNoField
from bostad.organisation.models import DelegatedAct, Delegation
from bostad.organisation.scope import Scope
from bostad.organisation.settings_keys import resolve
from contracts.forms import representative
from contracts.models import AbandonedDecision, Contract, Ending
from contracts.services import astray, ending, issuing, ordering, signing
from contracts.services.sheets import sheets_of
from contracts.services.signing import Signing
from contracts.states import Capacity, EndReason, NoticeBy, ServiceManner
from contracts.tenancy_time import in_a_row_since, lawful_end


class StepForm(SwedishForm):
    """Knows the contract, who is at the door and which day it is. `seen` tells a second press from a first."""

    button: ClassVar[str] = "Spara"
    intro: ClassVar[str] = ""
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, contract: Contract, scope: Scope, today: date, **kwargs: Any) -> None:
        self.contract, self.scope, self.today = contract, scope, today
        super().__init__(*args, today=today, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices and initial values that depend on the contract."""

    @property
    def door(self) -> dict[str, Any]:
        return {"by": self.scope, "today": self.today, "seen": self.cleaned_data.get("seen")}

    def take(self) -> Contract:
        raise NotImplementedError


class ReasonForm(StepForm):
    reason = forms.CharField(label="Skäl", widget=forms.Textarea)


class RecallForm(ReasonForm):
    button = "Ta tillbaka beställningen"

    def take(self) -> Contract:
        return ordering.recall_order(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class CompletionForm(StepForm):
    button = "Begär komplettering"
    missing = forms.CharField(
        label="Vad saknas eller ska rättas",
        widget=forms.Textarea,
        help_text="Beställaren läser det här i sin bevakning.",
    )

    def take(self) -> Contract:
        return ordering.return_for_completion(self.contract.pk, missing=self.cleaned_data["missing"], **self.door)


class CancelForm(ReasonForm):
    button = "Återkalla kontraktet"

    def take(self) -> Contract:
        return ordering.call_off(self.contract.pk, "cancel", reason=self.cleaned_data["reason"], **self.door)


class CancelLateForm(ReasonForm):
    button = "Återkalla kontraktet"
    intro = "Bara när hyresgästen aldrig flyttade in. Skriv hur det är känt: beslutet är en avvikelse och står kvar."

    def take(self) -> Contract:
        return ordering.call_off(self.contract.pk, "cancel_late", reason=self.cleaned_data["reason"], **self.door)


class WithdrawForm(ReasonForm):
    button = "Ta bort registreringen"

    def take(self) -> Contract:
        return ordering.call_off(self.contract.pk, "withdraw", reason=self.cleaned_data["reason"], **self.door)


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
    signer = DelegationChoice(label="Vem undertecknar", queryset=Delegation.objects.none(), empty_label="Välj vem")

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
    signed_on = DateField(label="Undertecknat den")

    def prepare(self) -> None:
        self.initial.setdefault("signed_on", self.today)
        self.intro = f"Båda originalen, och kategoribilagan, undertecknade av {self.contract.delegation.staff}."

    def take(self) -> Contract:
        return issuing.sign_for_municipality(self.contract.pk, signed_on=self.cleaned_data["signed_on"], **self.door)


class DispatchForm(StepForm):
    button = "Registrera postningen"
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


class ReceiptForm(StepForm):
    button = "Bekräfta båda originalen"
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


class SignaturesForm(SigningForm):
    button = "Registrera underskrifterna"
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
    intro = "Kommunens original med bilagor, till förvaltningen."
    sent_back_on = DateField(label="Skickat den")

    def prepare(self) -> None:
        self.initial.setdefault("sent_back_on", self.today)

    def take(self) -> Contract:
        return signing.send_back_original(self.contract.pk, sent_back_on=self.cleaned_data["sent_back_on"], **self.door)


class SendBackTenantsForm(SendBackForm):
    intro = "Hyresgästens original, med den undertecknade överenskommelsen, till förvaltningen."

    def take(self) -> Contract:
        return ending.send_back_tenants_original(
            self.contract.pk, sent_back_on=self.cleaned_data["sent_back_on"], **self.door
        )


class NothingToFillIn(StepForm):
    """A step that asks nothing: pressing the button is the decision."""


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
    intro = "Skriv vad som har gjorts för att hitta det. Beslutet är en avvikelse och står kvar i loggen."
    states = OUT

    def take(self) -> Contract:
        data = self.cleaned_data
        return astray.record_lost_sheet(self.contract.pk, code=data["code"], reason=data["reason"], **self.door)


class DestroyedForm(StepForm):
    button = "Bekräfta att bladen är förstörda"
    destroyed_on = DateField(label="Förstörda den")

    def prepare(self) -> None:
        self.initial.setdefault("destroyed_on", self.today)
        recalled = Original.objects.filter(case_id=self.contract.pk, state=OriginalState.RECALLED).order_by("code")
        self.intro = f"Gäller bladen {', '.join(sheet.code for sheet in recalled)}."

    def take(self) -> Contract:
        return astray.confirm_destroyed(self.contract.pk, destroyed_on=self.cleaned_data["destroyed_on"], **self.door)


class EndSharingForm(NothingToFillIn):
    button = "Avsluta delningen"

    def take(self) -> Contract:
        return astray.end_sharing(self.contract.pk, **self.door)


class ServiceForm(StepForm):
    button = "Registrera delgivningen"
    rules = {"served_on": ("JB 8:8",)}
    served_on = DateField(
        label="Delgiven den",
        help_text="Den dag då hyresgästen fick uppsägningen, eller brevet skickades rekommenderat.",
    )
    manner = ExplicitChoiceField(
        label="Hur delgavs uppsägningen?", choices=ServiceManner.choices, missing="Välj hur uppsägningen delgavs."
    )

    def take(self) -> Contract:
        data = self.cleaned_data
        return ending.record_service(self.contract.pk, served_on=data["served_on"], manner=data["manner"], **self.door)


class RemindForm(NothingToFillIn):
    button = "Skriv påminnelsen"
    intro = "Påminnelsen läggs i utskriftskön. Den nämner kontraktet och hyresobjektet, inte hyresgästen."

    def take(self) -> Contract:
        return issuing.remind_provider(self.contract.pk, **self.door)


class NotifyOwnerForm(NothingToFillIn):
    button = "Skriv underrättelsen"
    intro = "Underrättelsen läggs i utskriftskön. Den nämner inte hyresgästen."

    def take(self) -> Contract:
        return issuing.notify_owner(self.contract.pk, **self.door)


class OwnerPostedForm(StepForm):
    button = "Registrera postningen"
    intro = "Brevet ska vara utskrivet. Postas det från Utskrifter registreras det där."
    posted_on = DateField(label="Postat den")

    def prepare(self) -> None:
        self.initial.setdefault("posted_on", self.today)

    def take(self) -> Contract:
        return issuing.owner_was_notified(
            self.contract.pk, posted_on=self.cleaned_data["posted_on"], by=self.scope, today=self.today
        )


class CloseForm(NothingToFillIn):
    button = "Avsluta ärendet"

    def take(self) -> Contract:
        return ending.close(self.contract.pk, **self.door)


class ActivateForm(NothingToFillIn):
    button = "Lägg kontraktet som gällande"

    def take(self) -> Contract:
        return signing.activate(self.contract.pk, **self.door)


class IndefiniteForm(NothingToFillIn):
    button = "Låt avtalet löpa tills vidare"

    def take(self) -> Contract:
        return ending.become_indefinite(self.contract.pk, **self.door)


class ReplaceForm(ReasonForm):
    button = "Gör bladen ogiltiga och framställ nya"
    intro = "Alla blad blir ogiltiga, också de som inte är förlorade. De nya har samma innehåll och egna nummer."

    def take(self) -> Contract:
        return issuing.replace_sheets(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class WaiverForm(StepForm):
    button = "Registrera avståendet"
    signed_on = DateField(label="Avståendet undertecknades den")
    spouse_accepts = YesNoField(label="Godkänner make eller sambo som bor i bostaden?", required=False)
    tribunal_number = forms.CharField(label="Hyresnämndens ärendenummer", max_length=40, required=False)
    approved_on = DateField(label="Godkänt av hyresnämnden den", required=False)
    valid_to = DateField(label="Gäller till och med", required=False)

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.record_waiver(self.contract.pk, ending.WaiverInput(**data), **self.door)


class NoticeForm(representative.asked_in(StepForm, representative.estate_fields())):
    button = "Registrera uppsägningen"
    sections = (
        ("", "", ("notice_by", "notice_on", "reason", "planned_move_out_on", "agreed_end_on")),
        ("När dödsboet säger upp", "", ("deceased", "died_on", *representative.ESTATE_NAMES)),
        ("När kommunen säger upp", "", ("grounds",)),
    )
    rules = {"notice_on": ("R-0-19",), "died_on": ("JB 12:5",), "agreed_end_on": ("JB 12:4",)}
    notice_by = ExplicitChoiceField(label="Vem säger upp?", choices=NoticeBy.choices, missing="Välj vem som säger upp.")
    notice_on = DateField(label="Uppsägningsdatum")
    deceased = forms.TypedChoiceField(label="Vem har avlidit?", coerce=int, empty_value=None, required=False)
    died_on = DateField(label="Dödsdag", required=False, help_text="När dödsboet säger upp.")
    reason = forms.ChoiceField(label="Orsak", choices=[("", "Välj orsak"), *EndReason.choices])
    planned_move_out_on = DateField(label="Planerad utflyttning")
    agreed_end_on = DateField(
        label="Överenskommen sista dag",
        required=False,
        help_text="Bara om ni är överens om en annan dag än den lagen ger.",
    )
    grounds = forms.CharField(
        label="Skäl för uppsägningen", widget=forms.Textarea, required=False, help_text="När kommunen säger upp."
    )

    def prepare(self) -> None:
        self.initial.setdefault("notice_on", self.today)
        own = self.contract.department_id in self.scope.departments
        if not own:
            self.fields["notice_by"].choices = [
                c for c in NoticeBy.choices if c[0] in (NoticeBy.TENANT, NoticeBy.ESTATE)
            ]
        tenants = self.contract.tenants
        self.fields["deceased"].choices = [
            ("", "Välj hyresgäst"),
            *((party.person_id, party.given_name or party.person.name) for party in tenants),
        ]
        if len(tenants) < 2:
            del self.fields["deceased"]
        since = in_a_row_since([self.contract])[self.contract.pk]
        end = lawful_end(self.contract, Ending(notice_on=self.today, notice_by=NoticeBy.TENANT), since=since)
        self.intro = f"En uppsägning från hyresgästen idag gäller till och med {dates.day_with_year(end)}."

    def take(self) -> Contract:
        data = self.cleaned_data
        notice = ending.NoticeInput(
            **{name: value for name, value in data.items() if name not in {"seen", *representative.NAMES}},
            representative=representative.estate(data, data["died_on"])
            if data["notice_by"] == NoticeBy.ESTATE
            else None,
        )
        return ending.give_notice(self.contract.pk, notice, **self.door)


class WithdrawNoticeForm(ReasonForm):
    button = "Återta uppsägningen"

    def take(self) -> Contract:
        return ending.withdraw_notice(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class MoveOutAgreementForm(SigningForm):
    button = "Registrera överenskommelsen"
    code = forms.CharField(
        label="Numret på hyresgästens original", max_length=30, help_text="Skanna koden, eller skriv numret på bladet."
    )

    def prepare(self) -> None:
        super().prepare()
        self.order_fields(["seen", "code", *(f"capacity_{p.person_id}" for p in self.tenants), "signed_on"])

    def take(self) -> Contract:
        return ending.sign_move_out(
            self.contract.pk, code=self.cleaned_data["code"], signings=self.signings(), **self.door
        )


class ObstacleForm(ReasonForm):
    button = "Besluta"
    intro = "Beslutet är en avvikelse från rutinen och står kvar i loggen."

    def take(self) -> Contract:
        return ending.record_obstacle(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class MoveOutForm(StepForm):
    button = "Registrera utflyttningen"
    rules = {"moved_out_on": ("R-0-19",), "closing_on": ("R-0-19",), "left_property": ("R-4-19",)}
    moved_out_on = DateField(label="Utflyttningsdatum")
    closing_on = DateField(
        label="Avslutningsdatum", help_text="Sista dagen av hyresförhållandet. Dagen efter är bostaden ledig."
    )
    reason = forms.ChoiceField(label="Orsak", choices=EndReason.choices)
    left_property = YesNoField(label="Är någon egendom kvarlämnad?")

    def prepare(self) -> None:
        current = self.contract.ending
        if current:
            self.initial.setdefault("reason", current.reason)
            self.initial.setdefault("moved_out_on", min(current.planned_move_out_on, self.today))
            self.initial.setdefault("closing_on", ending.last_day(self.contract, current))
            self.intro = (
                f"Uppsagt {dates.day_with_year(current.notice_on)} av {current.get_notice_by_display().lower()}."
            )

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.move_out(self.contract.pk, ending.MoveOutInput(**data), **self.door)


class UndoMoveOutForm(ReasonForm):
    button = "Ta tillbaka utflyttningen"
    intro = "Datumen och uppgiften till debiteringen tas bort. De tidigare uppgifterna står kvar i historiken."

    def take(self) -> Contract:
        return ending.undo_move_out(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class ReopenForm(ReasonForm):
    button = "Öppna ärendet igen"

    def take(self) -> Contract:
        return ending.reopen(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class SecurityForm(ReasonForm):
    button = "Registrera ställningstagandet"
    intro = "Hyresgästen bor kvar och får besittningsskydd. Ska bostaden lämnas i stället, registrera en uppsägning."

    def take(self) -> Contract:
        return ending.decide_on_security(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class TermForm(ReasonForm):
    button = "Registrera ställningstagandet"

    def take(self) -> Contract:
        return ending.decide_on_term(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class TenantChoice(forms.TypedChoiceField):
    """Which of the tenants; where there is only one it is chosen already."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Vilken hyresgäst?", coerce=int, **kwargs)

    def offer(self, tenants: list[CaseParty]) -> None:
        named = [(party.person_id, party.given_name or party.person.name) for party in tenants]
        self.choices = named if len(named) == 1 else [("", "Välj hyresgäst"), *named]


class RepresentativeForm(representative.asked_in(StepForm, representative.fields())):
    button = "Registrera företrädaren"
    tenant = TenantChoice()
    field_order = ("seen", "tenant", *representative.NAMES)

    def prepare(self) -> None:
        self.fields["tenant"].offer(self.contract.tenants)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        representative.demand(self, required=True)
        return data

    def take(self) -> Contract:
        data = self.cleaned_data
        return ending.record_representative(
            self.contract.pk, tenant=data["tenant"], data=representative.given(data), **self.door
        )


class DeathForm(StepForm):
    button = "Registrera dödsfallet"
    tenant = TenantChoice()
    died_on = DateField(
        label="Dödsdag", required=False, help_text="Lämna tomt för att ta bort en dödsdag som registrerats av misstag."
    )

    def prepare(self) -> None:
        self.fields["tenant"].offer(self.contract.tenants)

    def take(self) -> Contract:
        data = self.cleaned_data
        return ending.record_death(self.contract.pk, tenant=data["tenant"], died_on=data["died_on"], **self.door)


class EndGrantForm(StepForm):
    button = "Registrera"
    continues = YesNoField(label="Fortsätter biståndet i en annan bostad?")
    ended_on = DateField(label="Biståndet upphör den", required=False)
    number = forms.CharField(label="Beslutet om upphörande, nummer", max_length=40, required=False)

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.end_grant(self.contract.pk, **data, **self.door)


class PropertyForm(StepForm):
    button = "Spara förteckningen"
    found_on = DateField(label="Funnen den")
    inventory = forms.CharField(label="Förteckning", widget=forms.Textarea)
    has_value = YesNoField(label="Kan något ha ekonomiskt eller personligt värde?")
    stored_at = forms.CharField(label="Var förvaras den", max_length=120)
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


class TakeOverForm(StepForm):
    button = "Registrera övertagandet"
    takeover_on = DateField(label="Övertaget från och med")
    owner_consents = YesNoField(label="Har fastighetsägaren godkänt övertagandet?")
    special_reasons = forms.CharField(
        label="Särskilda skäl", widget=forms.Textarea, required=False, help_text="Krävs för en träningslägenhet."
    )

    def take(self) -> Contract:
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return ending.take_over(self.contract.pk, **data, **self.door)


STEP_FORMS: dict[str, type[StepForm]] = {
    "recall_order": RecallForm,
    "return_for_completion": CompletionForm,
    "issue": IssueForm,
    "sign_for_municipality": SignedForMunicipalityForm,
    "dispatch": DispatchForm,
    "acknowledge_receipt": ReceiptForm,
    "record_signatures": SignaturesForm,
    "sign_at_desk": DeskSignaturesForm,
    "hand_over_original": HandOverForm,
    "send_back_original": SendBackForm,
    "mend_filing": MendFilingForm,
    "record_lost_sheet": LostSheetForm,
    "confirm_destroyed": DestroyedForm,
    "end_sharing": EndSharingForm,
    "remind_provider": RemindForm,
    "activate": ActivateForm,
    "replace_sheets": ReplaceForm,
    "notify_owner": NotifyOwnerForm,
    "record_waiver": WaiverForm,
    "become_indefinite": IndefiniteForm,
    "end_grant": EndGrantForm,
    "give_notice": NoticeForm,
    "record_service": ServiceForm,
    "withdraw_notice": WithdrawNoticeForm,
    "sign_move_out": MoveOutAgreementForm,
    "record_obstacle": ObstacleForm,
    "move_out": MoveOutForm,
    "send_back_tenants_original": SendBackTenantsForm,
    "record_property": PropertyForm,
    "decide_property": PropertyDecisionForm,
    "notify_billing": BillingForm,
    "close": CloseForm,
    "take_over": TakeOverForm,
    "owner_was_notified": OwnerPostedForm,
    "decide_on_security": SecurityForm,
    "decide_on_term": TermForm,
    "record_representative": RepresentativeForm,
    "record_death": DeathForm,
    "undo_move_out": UndoMoveOutForm,
    "reopen": ReopenForm,
    "cancel": CancelForm,
    "cancel_late": CancelLateForm,
    "withdraw": WithdrawForm,
}

"""Notice: given, served, taken back, and the agreement to move out."""

from django import forms

from bostad import dates
from bostad.forms import DateField, ExplicitChoiceField
from bostad.people import forms as representative
from contracts.forms.base import ReasonForm, SigningForm, StepForm
from contracts.models import Contract, Ending
from contracts.services import ending
from contracts.states import REASONS, NoticeBy, ServiceManner
from contracts.tenancy_time import in_a_row_since, lawful_end


class NoticeForm(representative.asked_in(StepForm, representative.estate_fields())):
    button = "Registrera uppsägningen"
    receipt = "Uppsägningen är registrerad."
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
    reason = forms.ChoiceField(label="Orsak", choices=[("", "Välj orsak"), *REASONS])
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
            del self.fields["grounds"]  # the municipality's own
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


class ServiceForm(StepForm):
    button = "Registrera delgivningen"
    receipt = "Delgivningen är registrerad."
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


class WithdrawNoticeForm(ReasonForm):
    button = "Återta uppsägningen"
    receipt = "Uppsägningen är återtagen. Hyresförhållandet fortsätter."

    def take(self) -> Contract:
        return ending.withdraw_notice(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)


class MoveOutAgreementForm(SigningForm):
    button = "Registrera överenskommelsen"
    receipt = "Överenskommelsen är registrerad."
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
    receipt = "Beslutet är fattat: utflyttningen går vidare utan överenskommelse."
    intro = "Beslutet är en avvikelse från rutinen och står kvar i loggen."

    def take(self) -> Contract:
        return ending.record_obstacle(self.contract.pk, reason=self.cleaned_data["reason"], **self.door)

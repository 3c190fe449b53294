"""The forms of an assessment's steps. What is investigated is asked by the model's own words, and may be left for later."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models

from bostad.casework.models import PartyRole
from bostad.casework.step_views import StepForm
from bostad.forms import (
    CheckboxSelectMultiple,
    DateField,
    ExplicitChoiceField,
    YesNoField,
)
from bostad.organisation.models import Organisation
from bostad.organisation.settings_keys import resolve
from referrals import childrens_analyses
from referrals.forms import household
from referrals.forms.base import ReasonForm, not_after
from referrals.models import Assessment, Findings
from referrals.services import asking, assessing, deciding
from referrals.services.deciding import DecisionInput
from referrals.services.receivers import referring_departments
from referrals.settings_keys import SUPPORT_FORMS, TARGET_GROUPS
from referrals.states import SupportForm, TargetGroup

# --- investigation -------------------------------------------------------------------------------------------------------


def _asked_by(field: models.Field) -> forms.Field:
    """How a question of the investigation is asked. Nothing is demanded before the assessment."""
    label = str(field.verbose_name)
    if isinstance(field, models.BooleanField):
        return YesNoField(label=label, required=False)
    if isinstance(field, ArrayField):
        choices = field.base_field.choices
        return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=CheckboxSelectMultiple)
    if isinstance(field, models.DateField):
        return DateField(label=label, required=False)
    if field.choices:
        return forms.ChoiceField(label=label, choices=[("", "Välj"), *field.choices], required=False)
    return forms.CharField(label=label, widget=forms.Textarea({"rows": 3}), required=False)


class FindingsForm(StepForm):
    """One part of the investigation: its `sections` name the columns of `Findings`."""

    button = "Spara"
    step = ""
    marks_optional = False
    receipt = "Uppgifterna är sparade."

    def prepare(self) -> None:
        found = Findings.objects.get(assessment=self.case)
        for _, _, names in self.sections:
            for name in names:
                self.fields[name] = _asked_by(Findings._meta.get_field(name))
                self.initial.setdefault(name, getattr(found, name))

    def take(self) -> Assessment:
        answers = {name: self._answer(name) for _, _, group in self.sections for name in group}
        return assessing.write_findings(self.case.pk, self.step, answers, **self.door)

    def _answer(self, name: str) -> Any:
        value = self.cleaned_data[name]
        return (
            value
            if value is not None or isinstance(Findings._meta.get_field(name), models.DateField | models.BooleanField)
            else ""
        )


class RegistrationForm(FindingsForm):
    step = "write_registration"
    sections = (
        ("Folkbokföring", "Undantaget gäller brottsoffer som ansöker från en annan kommun.",
         ("is_registered_here", "is_crime_victim", "exception_ground")),
        ("Boendet nu", "", ("housing_now", "housing_now_text", "has_own_lease")),
    )  # fmt: skip
    rules = {"is_registered_here": ("R-1-9",), "housing_now": ("R-1-13",), "has_own_lease": ("R-1-12", "R-1-20")}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("is_registered_here") is True and data.get("is_crime_victim") is True:
            self.add_error("is_crime_victim", "Undantaget gäller bara den som inte är folkbokförd i kommunen.")
        return data


class NeedForm(FindingsForm):
    step = "write_need"
    sections = (
        ("Behovet", "Visa att behovet inte kan tillgodoses på något annat sätt.", ("alternatives_exhausted", "alternatives_text")),
        ("Svårigheter att själv ordna bostad", "Bostadsbristen räcker inte. Det ska vara en kombination av svårigheter.",
         ("difficulties", "searched_elsewhere", "searched_second_hand", "lacks_guarantor", "not_able_because")),
        ("Behov av särskilt stöd", "", ("exposed_group", "needs_interventions", "known_for_other_reasons")),
        ("Förmåga", "", ("ability", "ability_text")),
    )  # fmt: skip
    rules = {
        "alternatives_exhausted": ("R-1-8",), "difficulties": ("R-1-14",), "searched_elsewhere": ("R-1-15",),
        "exposed_group": ("R-1-16",), "ability": ("R-1-10",),
    }  # fmt: skip


class TargetForm(FindingsForm):
    step = "write_target"
    sections = (
        ("Målgrupp", "Målgruppen avgör vilken förvaltning som ansvarar.", ("target_group",)),
        ("Ekonomiskt bistånd", "Bara för målgruppen med ekonomiskt bistånd.",
         ("has_economic_assistance", "is_homeless_for_economic_reasons", "lacks_economy", "has_special_difficulty")),
        ("Barnfamilj", "Bara för barnfamiljer.", ("known_for_other_reasons", "children_return_decided_on")),
        ("Ung vuxen, 18–20 år", "Bara för unga vuxna.",
         ("placement_ended_on", "is_placed", "is_ready_for_own", "readiness_text", "care_need_text")),
        ("Funktionsnedsättning", "Bara för målgruppen med långvarigt behov av stöd.", ("special_housing_text",)),
    )  # fmt: skip
    rules = {
        "target_group": ("R-1-21",), "has_economic_assistance": ("R-1-18",), "known_for_other_reasons": ("R-1-19",),
        "placement_ended_on": ("R-1-82",), "is_placed": ("R-1-83",), "care_need_text": ("R-1-84",),
        "special_housing_text": ("R-1-22",),
    }  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        own = resolve(TARGET_GROUPS.key, self.case.opened_on, self.case.department_id).value
        others = [(value, label) for value, label in TargetGroup.choices if value not in own]
        mine = [(value, label) for value, label in TargetGroup.choices if value in own]
        groups = [("Vår förvaltning", mine)] if mine else []
        self.fields["target_group"].choices = [("", "Välj"), *groups, ("En annan förvaltning", others)]

    def clean_children_return_decided_on(self) -> date | None:
        """R-1-19: that the children move home is decided, not expected."""
        return not_after(self.cleaned_data["children_return_decided_on"], self.today, "Beslutet")

    def clean_placement_ended_on(self) -> date | None:
        return not_after(self.cleaned_data["placement_ended_on"], self.today, "Avslutet")


class SupportedForm(FindingsForm):
    """Trial, training and emergency homes: a checklist of its own for each (R-4-25)."""

    step = "write_supported"
    receipt = "Uppgifterna är sparade."
    COMMON = (
        ("Kontakt och behov", "", ("contact_text", "not_approvable_text")),
        ("Tidigare vräkningar och skulder", "Skriv vad som har framkommit, också om inget fanns.",
         ("evictions_text", "rent_debts_text", "other_debts_text")),
        ("Vägen ut ur skulderna", "Bör prövas så tidigt som möjligt.",
         ("payment_plan_text", "debt_relief_text", "debt_adviser_on")),
    )  # fmt: skip
    OWN = {
        "trial": (("Försökslägenhet", "Enbart hemlöshet är aldrig skäl.",
                   ("problems", "relevant_help_received", "able_to_manage", "takeover_is_realistic")),),
        "training": (("Träningslägenhet", "Enbart hemlöshet är aldrig skäl.", ("problems", "needs_more_supervision")),),
        "emergency": (("Jourlägenhet", "Ett kortvarigt boende för en akut situation.",
                       ("acute_situation_text", "planned_end_on")),),
    }  # fmt: skip
    rules = {
        "contact_text": ("R-4-24",), "evictions_text": ("R-4-12",), "payment_plan_text": ("R-4-13",),
        "problems": ("R-4-2", "R-4-8"), "relevant_help_received": ("R-4-3",), "needs_more_supervision": ("R-4-4",),
        "planned_end_on": ("R-4-6",),
    }  # fmt: skip

    def prepare(self) -> None:
        self.sections = (*self.OWN.get(self.case.support, ()), *self.COMMON)
        super().prepare()

    def clean_planned_end_on(self) -> date | None:
        """R-4-6: an end that is still to come, unless it was written while it was."""
        day = self.cleaned_data["planned_end_on"]
        if day and day <= self.today and day != self.initial.get("planned_end_on"):
            raise forms.ValidationError("Boendet ska sluta efter idag.")
        return day

    def clean_debt_adviser_on(self) -> date | None:
        return not_after(self.cleaned_data["debt_adviser_on"], self.today, "Kontakten")


class AskForm(StepForm):
    button = "Ställ frågan"
    receipt = "Frågan är ställd."
    intro = (
        "Registrera först samtycket från varje vuxen, under Samtycken, ett för varje förvaltning som frågas: "
        "”Annan förvaltning” är den som får veta, och förvaltningens namn står i samtycket."
    )
    rules = {"departments": ("R-1-24",)}
    departments = forms.ModelMultipleChoiceField(
        label="Vilka förvaltningar frågas?", queryset=Organisation.objects.none(), widget=CheckboxSelectMultiple
    )
    text = forms.CharField(
        label="Frågan",
        widget=forms.Textarea,
        help_text="Det här är allt som de tillfrågade förvaltningarna läser, utom namnen på de sökande.",
    )

    def prepare(self) -> None:
        others = [row.pk for row in referring_departments(self.today) if row.pk != self.case.department_id]
        self.fields["departments"].queryset = Organisation.objects.filter(pk__in=others).order_by("code")

    def take(self) -> Any:
        return asking.ask(
            self.case.pk,
            departments=list(self.cleaned_data["departments"]),
            text=self.cleaned_data["text"],
            **self.door,
        )


# --- assessment and decision ---------------------------------------------------------------------------------------------


class BeginForm(StepForm):
    button = "Inled utredningen"
    receipt = "Utredningen är inledd."

    def take(self) -> Assessment:
        return assessing.begin(self.case.pk, **self.door)


class WithdrawForm(ReasonForm):
    button = "Registrera återtagandet"
    intro = "Skriv hur det är känt att den sökande själv tar tillbaka ansökan. Ett nej från förvaltningen är alltid ett beslut."
    receipt = "Ansökan är återtagen."

    def take(self) -> Assessment:
        return asking.withdraw_application(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


class AssessForm(StepForm):
    button = "Lämna bedömning"
    receipt = "Bedömningen är lämnad. Nästa steg är beslutet."
    rules = {"assessment_text": ("R-1-8",)}
    assessment_text = forms.CharField(
        label="Individuell bedömning",
        widget=forms.Textarea({"rows": 8}),
        help_text="Vad är skäligt för just den här personen, och varför?",
    )

    def prepare(self) -> None:
        self.initial.setdefault("assessment_text", self.case.assessment_text)

    def take(self) -> Assessment:
        return assessing.assess(self.case.pk, text=self.cleaned_data["assessment_text"], **self.door)


class ReopenForm(ReasonForm):
    button = "Öppna utredningen igen"
    receipt = "Utredningen är öppen igen."

    def take(self) -> Assessment:
        return assessing.reopen_investigation(self.case.pk, reason=self.cleaned_data["reason"], **self.door)


class DecisionForm(StepForm):
    """A decision as the person will read it. Taken once: what was wrong is mended by a new decision."""

    intro = "Beslutet kan inte ändras efteråt. Motiveringen står i beslutet, så skriv till den enskilde."
    step = "grant"
    rules = {"motivation": ("R-1-32",), "child_analysis": ("R-1-11",), "other_support": ("R-1-10",)}
    motivation = forms.CharField(label="Motivering", widget=forms.Textarea({"rows": 8}))
    child_analysis = forms.CharField(
        label="Barnets bästa", widget=forms.Textarea, required=False, help_text="Hur har barnets bästa vägts in?"
    )
    other_support = forms.CharField(
        label="Annan boendeinsats som har prövats",
        widget=forms.Textarea,
        required=False,
        help_text="Vilka andra insatser har utretts, och vad blev det?",
    )

    def prepare(self) -> None:
        children = list(self.case.parties.filter(role=PartyRole.CHILD, to_on=None).order_by("id"))
        self.fields["child_analysis"].required = bool(children)
        if not children:
            del self.fields["child_analysis"]
        elif not self.is_bound:
            found = childrens_analyses.of_case(self.case)
            rows = [childrens_analyses.of_today(found, party) for party in children]
            self.initial["child_analysis"] = "\n".join(
                f"{row.child.first_name}: {row.consequences}" for row in rows if row
            )

    @property
    def data_given(self) -> DecisionInput:
        given = self.cleaned_data
        return DecisionInput(
            motivation=given["motivation"],
            child_analysis=given.get("child_analysis", ""),
            other_support=given.get("other_support", ""),
            support_forms=tuple(given.get("support_forms", ())),
        )

    def take(self) -> Any:
        return deciding.decide(self.case.pk, self.step, self.data_given, **self.door)


class GrantForm(DecisionForm):
    button = "Fatta beslutet: bevilja"
    receipt = "Beslutet är fattat: ansökan är beviljad."

    def prepare(self) -> None:
        super().prepare()
        del self.fields["other_support"]


class GrantOtherForm(DecisionForm):
    step = "grant_other"
    button = "Fatta beslutet: annat stöd"
    receipt = "Beslutet är fattat: annat stöd är beviljat. Registrera när den enskilde tar emot det."

    def prepare(self) -> None:
        super().prepare()
        self.fields["other_support"].label = "Vilket stöd som beviljas, och varför det räcker"
        self.fields["other_support"].required = True


class RefuseForm(DecisionForm):
    step = "refuse"
    button = "Fatta beslutet: avslå"
    receipt = "Beslutet är fattat: ansökan är avslagen. Registrera när den enskilde tar emot det."

    def prepare(self) -> None:
        super().prepare()
        self.fields["other_support"].required = True


class ReceiptForm(StepForm):
    button = "Registrera dagen"
    receipt = "Dagen är registrerad, och överklagandetiden räknas från den."
    received_on = DateField(
        label="När tog den enskilde emot beslutet?", help_text="Kvitto, delgivning eller den dag då det lämnades över."
    )

    def prepare(self) -> None:
        """Each has three weeks from the own day (FL 44): the time is not over for anybody before it is for the last."""
        if self.case.parties.filter(role=PartyRole.APPLICANT, to_on=None).count() > 1:
            self.fields["received_on"].label = "När tog den sista av de vuxna emot beslutet?"

    def take(self) -> Assessment:
        return deciding.record_receipt(self.case.pk, received_on=self.cleaned_data["received_on"], **self.door)


class CorrectReceiptForm(ReceiptForm):
    button = "Rätta dagen"
    receipt = "Dagen är rättad, och överklagandetiden räknas om."
    reason = forms.CharField(label="Vad blev fel?", widget=forms.Textarea({"rows": 2}))

    def take(self) -> Assessment:
        given = {name: self.cleaned_data[name] for name in ("received_on", "reason")}
        return deciding.correct_receipt(self.case.pk, **given, **self.door)


class AppealForm(StepForm):
    button = "Registrera överklagandet"
    receipt = "Överklagandet är registrerat. Pröva om det kom i rätt tid, och lämna det vidare."
    appealed_on = DateField(label="När kom överklagandet in?")

    def take(self) -> Assessment:
        return deciding.record_appeal(self.case.pk, appealed_on=self.cleaned_data["appealed_on"], **self.door)


class SettleAppealForm(ReasonForm):
    button = "Registrera"
    receipt = "Överklagandet är hanterat, och ärendet avslutat."
    outcome = ExplicitChoiceField(
        label="Vad görs med överklagandet?",
        choices=[("forward", "Lämnas till förvaltningsrätten"), ("reject", "Avvisas, det kom för sent")],
    )
    field_order = ["outcome", "reason", "seen"]

    def take(self) -> Assessment:
        reject = self.cleaned_data["outcome"] == "reject"
        return deciding.settle_appeal(self.case.pk, reject=reject, reason=self.cleaned_data["reason"], **self.door)


class GainForceForm(StepForm):
    button = "Avsluta ärendet"
    receipt = "Beslutet har fått laga kraft, och ärendet är avslutat."

    def take(self) -> Assessment:
        return deciding.gain_force(self.case.pk, **self.door)


class PlanForm(StepForm):
    button = "Spara planen"
    receipt = "Planen för boendet är upprättad."
    rules = {"goal": ("R-4-15",)}
    goal = forms.CharField(label="Mål med boendet", widget=forms.Textarea)
    own_part = forms.CharField(label="Vad den enskilde ska arbeta med", widget=forms.Textarea)
    support = forms.CharField(label="Stöd i boendet", widget=forms.Textarea)
    follow_up = forms.CharField(label="Hur och när planen följs upp", widget=forms.Textarea)
    agreed_on = DateField(label="När upprättades planen tillsammans?")

    def take(self) -> Assessment:
        given = {name: self.cleaned_data[name] for name in ("goal", "own_part", "support", "follow_up", "agreed_on")}
        return assessing.make_plan(self.case.pk, assessing.PlanInput(**given), **self.door)


class CompleteForm(StepForm):
    button = "Avsluta utredningen"
    receipt = "Utredningen är avslutad."

    def take(self) -> Assessment:
        return assessing.complete(self.case.pk, **self.door)


def support_choices(case: Any, on: Any) -> list[tuple[str, str]]:
    """The department's own forms of support in the home."""
    own = resolve(SUPPORT_FORMS.key, on, case.department_id).value
    return [(value, label) for value, label in SupportForm.choices if value in own]


FORMS: dict[str, type[StepForm]] = {
    "begin": BeginForm,
    "withdraw": WithdrawForm,
    "write_registration": RegistrationForm,
    "write_need": NeedForm,
    "write_target": TargetForm,
    "write_supported": SupportedForm,
    **household.FORMS,
    "ask_responsibility": AskForm,
    "assess": AssessForm,
    "reopen_investigation": ReopenForm,
    "grant": GrantForm,
    "grant_other": GrantOtherForm,
    "refuse": RefuseForm,
    "record_receipt": ReceiptForm,
    "correct_receipt": CorrectReceiptForm,
    "record_appeal": AppealForm,
    "settle_appeal": SettleAppealForm,
    "gain_force": GainForceForm,
    "make_plan": PlanForm,
    "complete": CompleteForm,
}

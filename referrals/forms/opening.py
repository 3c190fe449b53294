"""An application, and a household of the property department's own. Children are added one by one, what is typed stays."""

from decimal import Decimal
from typing import Any

from django import forms

from bostad import dates
from bostad.forms import (
    DateField,
    ExplicitChoiceField,
    NameField,
    PersonnummerField,
    SwedishForm,
    YesNoField,
)
from bostad.identifiers import birth_date
from bostad.organisation.models import Unit
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope
from bostad.people.models import ChildHousing
from referrals.forms.sections import ROOMS, AreasField, KronorField
from referrals.services.assessing import ApplicationInput
from referrals.services.people import AdultInput, ChildInput, HouseholdInput
from referrals.services.validity import IntakeInput
from referrals.states import ApplicationForm, LeaseForm, OwnGround, Permit, Support

MOST_CHILDREN = 12
OLDEST_APPLICATION_YEARS = 5


def units_for(role: Role, scope: Scope) -> Any:
    """The units in which this person opens cases: of the departments where the role is held, the own one first."""
    whole = {grant.organisation_id for grant in scope.grants if grant.role == role and grant.unit_id is None}
    single = {grant.unit_id for grant in scope.grants if grant.role == role and grant.unit_id is not None}
    rows = Unit.objects.filter(organisation__in=whole) | Unit.objects.filter(pk__in=single)
    return rows.select_related("organisation").order_by("organisation__code", "name")


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit: Unit) -> str:
        return f"{unit.organisation.code} {unit.name}"


class HouseholdForm(SwedishForm):
    """One or two adults, and as many children as there are. `children` is how many rows of children the page has."""

    ADULTS = (
        ("Sökande", "", ("first_name", "last_name", "personnummer", "is_protected")),
        ("Den andra vuxna", "Bara när två vuxna söker tillsammans.", ("first_name_2", "last_name_2", "personnummer_2")),
    )
    first_name = NameField(label="Förnamn", max_length=80)
    last_name = NameField(label="Efternamn", max_length=80)
    personnummer = PersonnummerField(allow_coordination=True)
    is_protected = YesNoField(label="Har någon i hushållet skyddade personuppgifter?")
    first_name_2 = NameField(label="Förnamn, den andra vuxna", max_length=80, required=False)
    last_name_2 = NameField(label="Efternamn, den andra vuxna", max_length=80, required=False)
    personnummer_2 = PersonnummerField(label="Personnummer, den andra vuxna", required=False, allow_coordination=True)
    children = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_CHILDREN)

    is_printed = True
    role = Role.CASEWORKER
    before: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()

    def __init__(self, *args: Any, scope: Scope, children: int = 0, **kwargs: Any) -> None:
        self.today = kwargs["today"]
        self.count = min(max(children, 0), MOST_CHILDREN)
        super().__init__(*args, **kwargs)
        for n in range(1, self.count + 1):
            self._add_child(n)
        rows = tuple((f"Barn {n}", "", self._names(n)) for n in range(1, self.count + 1))
        self.sections = (*self.before, *self.ADULTS, *rows, *self.after)
        self.initial["children"] = self.count
        units = units_for(self.role, scope)
        self.fields["unit"].queryset = units
        self.initial.setdefault("unit", scope.unit_id)

    def _names(self, n: int) -> tuple[str, ...]:
        return tuple(f"child_{n}_{name}" for name in ("first_name", "last_name", "personnummer", "housing"))

    def _add_child(self, n: int) -> None:
        first, last, number, housing = self._names(n)
        self.fields[first] = NameField(label=f"Förnamn, barn {n}", max_length=80, required=False)
        self.fields[last] = NameField(label=f"Efternamn, barn {n}", max_length=80, required=False)
        self.fields[number] = PersonnummerField(
            label=f"Personnummer, barn {n}", required=False, allow_coordination=True
        )
        self.fields[housing] = forms.ChoiceField(
            label=f"Boende, barn {n}", choices=[("", "Välj"), *ChildHousing.choices], required=False
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._whole(("first_name_2", "last_name_2", "personnummer_2"), "den andra vuxna")
        for n in range(1, self.count + 1):
            self._whole(self._names(n), f"barn {n}")
        return data

    def _whole(self, names: tuple[str, ...], who: str) -> None:
        """Either all of a person or nothing."""
        given = [name for name in names if self.cleaned_data.get(name) or name in self.errors]
        if given and len(given) < len(names):
            for name in names:
                if name not in given:
                    self.add_error(name, f"Fyll i {self.fields[name].label.lower()}, eller ta bort {who}.")

    @property
    def household(self) -> HouseholdInput:
        data = self.cleaned_data
        adults = [
            AdultInput(data[f"first_name{suffix}"], data[f"last_name{suffix}"], data[f"personnummer{suffix}"])
            for suffix in ("", "_2")
            if data.get(f"personnummer{suffix}")
        ]
        children = [
            ChildInput(*(data[name] for name in self._names(n)))
            for n in range(1, self.count + 1)
            if data.get(self._names(n)[2])
        ]
        return HouseholdInput(tuple(adults), tuple(children), bool(data["is_protected"]))


class NewApplicationForm(HouseholdForm):
    before = (("Ansökan", "", ("support", "applied_on", "application_form", "application_note", "unit")),)
    rules = {
        "applied_on": ("R-4-11",), "application_form": ("R-4-11",), "support": ("R-4-1",), "personnummer": ("R-4-11",),
    }  # fmt: skip
    support = forms.ChoiceField(label="Vad gäller ansökan?", choices=[("", "Välj"), *Support.choices])
    applied_on = DateField(label="När kom ansökan in?")
    application_form = ExplicitChoiceField(label="Hur lämnades den?", choices=ApplicationForm.choices)
    application_note = forms.CharField(
        label="Vad den sökande ansöker om", widget=forms.Textarea({"rows": 3}), help_text="Med den sökandes egna ord."
    )
    unit = UnitChoice(label="Vilken enhet handlägger?", queryset=Unit.objects.none(), empty_label="Välj enhet")

    def clean_applied_on(self) -> Any:
        day = self.cleaned_data["applied_on"]
        if day > self.today:
            raise forms.ValidationError("Ansökan kan inte ha kommit in efter idag")
        if day < dates.add_months(self.today, -12 * OLDEST_APPLICATION_YEARS):
            raise forms.ValidationError(f"Ansökan kan inte vara äldre än {OLDEST_APPLICATION_YEARS} år")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        numbers = [number for name in ("personnummer", "personnummer_2") if (number := data.get(name))]
        births = [day for number in numbers if (day := birth_date(number))]
        if births and data.get("applied_on") and data["applied_on"] < min(births):
            self.add_error("applied_on", "Ansökan kan inte ha kommit in innan den sökande var född")
        return data

    @property
    def application(self) -> ApplicationInput:
        data = self.cleaned_data
        return ApplicationInput(
            data["support"], data["applied_on"], data["application_form"], data["application_note"], self.household
        )


class IntakeForm(HouseholdForm):
    """FF's own target groups (R-1-23, R-1-85)."""

    role = Role.PROPERTY_OFFICER
    before = (
        ("Grund", "FF:s egna målgrupper kommer utan remiss.",
         ("own_ground", "permit", "permit_to", "assignment_reference", "lease_form", "unit")),
    )  # fmt: skip
    after = (
        ("Skulder", "Bara vid hyresgaranti.", ("debt_total", "debt_dialogue_on", "debt_dialogue_with")),
        (
            "Bostadsbehov",
            "",
            ("rooms_min", "rooms_max", "rent_max", "needs_lift", "needs_wheelchair", "barred", "near_school", "note"),
        ),
    )
    rules = {
        "own_ground": ("R-1-23", "R-1-85"), "permit": ("R-1-85",), "rooms_min": ("R-1-39",), "debt_total": ("R-1-27",),
    }  # fmt: skip
    own_ground = ExplicitChoiceField(label="Varför är hushållet FF:s eget?", choices=OwnGround.choices)
    permit = forms.ChoiceField(
        label="Uppehållstillstånd", choices=[("", "Inte aktuellt"), *Permit.choices], required=False
    )
    permit_to = DateField(label="Tillståndet gäller till och med", required=False)
    assignment_reference = forms.CharField(label="Anvisning eller tidigare ärende", max_length=80)
    lease_form = ExplicitChoiceField(label="Vilken form?", choices=LeaseForm.choices)
    unit = UnitChoice(label="Vilken enhet?", queryset=Unit.objects.none(), empty_label="Välj enhet")
    debt_total = KronorField(
        label="Skulder sammanlagt", required=False, help_text="Skriv 0 om hushållet inte har några."
    )
    debt_dialogue_on = DateField(
        label="När fördes dialogen om skulderna?", required=False, help_text="Behövs när hushållet har skulder."
    )
    debt_dialogue_with = forms.CharField(label="Vem på FF förde den?", max_length=120, required=False)
    rooms_min = forms.TypedChoiceField(label="Minst antal rum", choices=ROOMS, coerce=int)
    rooms_max = forms.TypedChoiceField(label="Högst antal rum", choices=ROOMS, coerce=int)
    rent_max = KronorField(label="Högsta hyra som hushållet klarar", required=False)
    needs_lift = YesNoField(label="Behövs hiss eller markplan?")
    needs_wheelchair = YesNoField(label="Ska bostaden vara anpassad för rullstol?", required=False)
    barred = AreasField(label="Områden som inte är lämpliga", required=False)
    near_school = AreasField(label="Områden nära barnens skola", required=False)
    note = forms.CharField(label="Annat om bostaden", widget=forms.Textarea({"rows": 2}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("barred", "near_school"):
            self.fields[name].offer(())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("own_ground") == OwnGround.ASSIGNED_NEWCOMER and not data.get("permit"):
            self.add_error("permit", "Ange uppehållstillståndets slag för den som är anvisad till kommunen.")
        if (low := data.get("rooms_min")) and (high := data.get("rooms_max")) and high < low:
            self.add_error("rooms_max", "Högst antal rum kan inte vara lägre än minst antal rum.")
        if data.get("permit") == Permit.TEMPORARY and not data.get("permit_to"):
            self.add_error("permit_to", "Ange när det tillfälliga tillståndet slutar.")
        if data.get("permit_to") and data.get("permit") != Permit.TEMPORARY:
            self.add_error("permit_to", "Bara ett tillfälligt tillstånd har en sista dag.")
        if data.get("lease_form") == LeaseForm.GUARANTEE and "debt_total" in data and data["debt_total"] is None:
            self.add_error("debt_total", "Ange hushållets skulder. Skriv 0 om det inte har några.")
        return data

    @property
    def intake(self) -> IntakeInput:
        data = self.cleaned_data
        return IntakeInput(
            household=self.household, lease_form=data["lease_form"], own_ground=data["own_ground"],
            rooms_min=data["rooms_min"], rooms_max=data["rooms_max"],
            rent_max=_whole(data["rent_max"]), needs_lift=data["needs_lift"], needs_wheelchair=data["needs_wheelchair"],
            permit=data["permit"], permit_to=data["permit_to"], assignment_reference=data["assignment_reference"],
            barred=tuple(data["barred"]), near_school=tuple(data["near_school"]), note=data["note"], debt_total=_whole(data["debt_total"]), debt_dialogue_on=data["debt_dialogue_on"],
            debt_dialogue_with=data["debt_dialogue_with"],
        )  # fmt: skip


def _whole(kronor: Decimal | None) -> int | None:
    return None if kronor is None else int(kronor)

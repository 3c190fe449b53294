"""The forms that are the same in an assessment and a referral: its children, and who acts for an adult."""

from typing import Any

from django import forms

from bostad.casework.models import CaseParty, PartyRole
from bostad.casework.step_views import StepForm
from bostad.forms import DateField, ExplicitChoiceField, NameField, PersonnummerField, YesNoField
from bostad.people import forms as representative
from bostad.people.models import Authority, ChildHousing, Person
from referrals import childrens_analyses, representatives
from referrals.services import household, people
from referrals.services.people import LEFT

# --- children ------------------------------------------------------------------------------------------------------------


class ChildChoice(forms.ModelChoiceField):
    def label_from_instance(self, child: Person) -> str:
        return child.name


class ChildForm(StepForm):
    """One child at a time: that which nothing is written of comes first."""

    button = "Spara barnets perspektiv"
    receipt = "Barnets perspektiv är sparat."
    rules = {"consequences": ("R-1-11",), "is_at_risk": ("R-1-20",), "support_offered_on": ("R-4-9",)}
    WORDS = ("consequences", "special_needs", "is_at_risk", "risk_ground", "support_offered_on", "support_offered")
    child = ChildChoice(label="Vilket barn?", queryset=Person.objects.none(), empty_label="Välj barn")
    consequences = forms.CharField(label="Följder av beslutet för barnet", widget=forms.Textarea)
    special_needs = forms.CharField(
        label="Särskilda behov, och hur de påverkar boendet", widget=forms.Textarea, required=False
    )
    is_at_risk = YesNoField(label="Finns en allvarlig risk för barnets hälsa och utveckling i bostaden nu?")
    risk_ground = forms.CharField(label="Vad risken består i", widget=forms.Textarea, required=False)
    support_offered_on = DateField(label="Nödvändigt stöd erbjöds", required=False)
    support_offered = forms.CharField(label="Vilket stöd?", max_length=200, required=False)

    def prepare(self) -> None:
        children = self.case.parties.filter(role=PartyRole.CHILD, to_on=None)
        self.fields["child"].queryset = Person.objects.filter(pk__in=children.values("person")).order_by("born_on")
        found, now = childrens_analyses.of_case(self.case), list(children.order_by("id"))
        left = [party for party in now if childrens_analyses.of_today(found, party) is None]
        self.initial.setdefault("child", next((party.person_id for party in left or now), None))
        known = childrens_analyses.to_read(found, now[0]) if len(now) == 1 else None
        if known is not None:  # of several nobody knows yet which one is meant
            for name in self.WORDS:
                self.initial.setdefault(name, getattr(known, name))

    def take(self) -> Any:
        data = {name: self.cleaned_data[name] for name in self.WORDS}
        if data["is_at_risk"]:
            self.receipt = "Barnets perspektiv är sparat. Underrätta barn- och familjeenheten genast."
        return household.analyse_child(
            self.case, self.cleaned_data["child"], household.AnalysisInput(**data), **self.door
        )


class AddChildForm(StepForm):
    button = "Lägg till barnet"
    receipt = "Barnet hör nu till hushållet. Skriv också barnets perspektiv."
    rules = {"personnummer": ("R-1-38",)}
    first_name = NameField(label="Förnamn", max_length=80)
    last_name = NameField(label="Efternamn", max_length=80)
    personnummer = PersonnummerField(allow_coordination=True)
    housing = ExplicitChoiceField(label="Hur bor barnet?", choices=ChildHousing.choices)

    def take(self) -> Any:
        given = {name: self.cleaned_data[name] for name in ("first_name", "last_name", "personnummer", "housing")}
        return household.add_child(self.case, people.ChildInput(**given), **self.door)


class ChangeChildForm(StepForm):
    button = "Spara hur barnet bor"
    receipt = "Hushållet är ändrat."
    rules = {"housing": ("R-1-38",)}
    intro = (
        "Flyttar en vuxen in eller ut blir det ett annat hushåll med andra behov. "
        "Det prövas i en ny ansökan, och det här ärendet tas tillbaka eller upphör."
    )
    child = ChildChoice(label="Vilket barn?", queryset=Person.objects.none(), empty_label="Välj barn")
    housing = ExplicitChoiceField(
        label="Hur bor barnet nu?", choices=[*ChildHousing.choices, (LEFT, "Hör inte till hushållet längre")]
    )

    def prepare(self) -> None:
        children = self.case.parties.filter(role=PartyRole.CHILD, to_on=None).values("person")
        self.fields["child"].queryset = Person.objects.filter(pk__in=children).order_by("born_on")

    def take(self) -> Any:
        return household.change_child(self.case, self.cleaned_data["child"], self.cleaned_data["housing"], **self.door)


class TellChildrenUnitForm(StepForm):
    button = "Registrera underrättelsen"
    receipt = "Underrättelsen är registrerad, och står i journalen."
    told_on = DateField(label="Vilken dag underrättades enheten?")
    what = forms.CharField(label="Vad som har framkommit", widget=forms.Textarea)

    def prepare(self) -> None:
        self.initial.setdefault("told_on", self.today)

    def take(self) -> Any:
        return household.tell_children_unit(
            self.case, told_on=self.cleaned_data["told_on"], what=self.cleaned_data["what"], **self.door
        )


# --- who acts for an adult ---------------------------------------------------------------------------------------------


class OfAnAdultForm(StepForm):
    person = forms.ModelChoiceField(label="För vem?", queryset=Person.objects.none(), empty_label="Välj vem")

    def prepare(self) -> None:
        names = {party.person_id: self.label_of(party) for party in self.offered_parties()}
        self.fields["person"].queryset = Person.objects.filter(pk__in=names)
        self.fields["person"].label_from_instance = lambda person: names[person.pk]
        if len(names) == 1:
            self.initial.setdefault("person", next(iter(names)))

    def offered_parties(self) -> list[CaseParty]:
        return representatives.adults(self.case)

    def label_of(self, party: CaseParty) -> str:
        return party.shown_name(own=True, restricted=self.case.is_restricted)


class RepresentativeForm(representative.asked_in(OfAnAdultForm, representative.fields())):
    button = "Registrera företrädaren"
    receipt = "Företrädaren är registrerad. Brev till den enskilde går den vägen så länge behörigheten gäller."
    intro = "Gäller också den öppna utredningen och de öppna remisserna för samma hushåll."
    rules = {"representative": ("R-1-47",)}
    field_order = ("seen", "person", *representative.NAMES)
    OF_ADULTS = [(value, label) for value, label in Authority.choices if value not in household.NOT_OF_ADULTS]

    def prepare(self) -> None:
        super().prepare()
        for name in representative.NEEDED:
            self.fields[name].required = True
        self.fields["authority"].choices = [("", "Välj behörighet"), *self.OF_ADULTS]
        acting = [party.representative for party in self.offered_parties() if party.representative]
        if len(acting) == 1 and not self.is_bound and len(self.offered_parties()) == 1:
            for name, value in representative.initial(acting[0]).items():
                self.initial.setdefault(name, value)

    def take(self) -> Any:
        data = representative.given(self.cleaned_data)
        return household.record_representative(self.case, self.cleaned_data["person"], data, **self.door)


class EndRepresentationForm(OfAnAdultForm):
    button = "Registrera att behörigheten har upphört"
    receipt = "Behörighetens sista dag är registrerad. Därefter går brev till den enskilde själv."
    ended_on = DateField(label="Sista dagen som behörigheten gällde")

    def offered_parties(self) -> list[CaseParty]:
        return [party for party in super().offered_parties() if party.representative]

    def label_of(self, party: CaseParty) -> str:
        return f"{super().label_of(party)} ({party.representative})"

    def take(self) -> Any:
        given = self.cleaned_data
        return household.end_representation(self.case, given["person"], given["ended_on"], **self.door)


FORMS: dict[str, type[StepForm]] = {
    "analyse_child": ChildForm,
    "add_child": AddChildForm,
    "change_child": ChangeChildForm,
    "tell_children_unit": TellChildrenUnitForm,
    "record_representative": RepresentativeForm,
    "end_representation": EndRepresentationForm,
}

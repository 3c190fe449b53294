"""Register a tenant on a dwelling, and order the contract. The forms read; the services write."""

from datetime import date
from typing import Any

from django import forms

from bostad.forms import (
    DateField,
    ExplicitChoiceField,
    NameField,
    PersonnummerField,
    PostalCodeField,
    SwedishForm,
    YesNoField,
)
from bostad.housing.models import Dwelling
from bostad.organisation.scope import Scope
from bostad.people import forms as representative
from contracts.models import Contract
from contracts.pages import shows_protected
from contracts.services.ordering import (
    DecisionInput,
    OrderInput,
    Registration,
    TenantInput,
)
from contracts.states import CategoryAnswer, HousingForm
from referrals.reading import not_offered


class DwellingChoice(forms.ModelChoiceField):
    hidden: int | None = None  # the home of a protected household, whose address stands nowhere unasked

    def label_from_instance(self, dwelling: Dwelling) -> str:
        if dwelling.pk == self.hidden:
            return "Samma bostad som förut, adressen är skyddad"
        return f"{dwelling.designation}, {dwelling.street} lgh {dwelling.apartment_number}"


class RegistrationForm(representative.asked_in(SwedishForm, representative.fields(), representative.fields("_2"))):
    """Everything up to the order can be corrected here, again and again (R-0-4 to R-0-7)."""

    sections = (
        ("Hyresobjekt och datum", "", ("housing_form", "dwelling", "move_in_on", "contract_on")),
        ("Hyresgäst", "", ("first_name", "last_name", "personnummer", "is_protected")),
        (
            "Andra hyresgästen",
            "I vård- och trygghetsboende bara vid parboende.",
            ("first_name_2", "last_name_2", "personnummer_2"),
        ),
        (
            "Biståndsbeslut",
            "Beslutet som öppnar bostaden. Gäller inte kommunala kontrakt.",
            ("decision_number", "decided_on", "legal_basis", "decision_to"),
        ),
        ("Kommunalt kontrakt", "", ("municipal_ground",)),
        (
            "Företrädare",
            "Fyll i när någon annan undertecknar för hyresgästen.",
            representative.names(),
        ),
        (
            "Den andra hyresgästens företrädare",
            "Fyll i när någon annan undertecknar för den andra hyresgästen.",
            representative.names("_2"),
        ),
    )  # fmt: skip
    rules = {
        "housing_form": ("R-0-1",),
        "dwelling": ("R-0-4", "R-0-6"),
        "move_in_on": ("R-0-7",),
        "personnummer": ("R-0-5",),
        "decision_number": ("R-0-2",),
        "authority_reference": ("R-0-15",),
        "municipal_ground": ("R-1-3",),
    }

    housing_form = forms.ChoiceField(label="Boendeform")
    dwelling = DwellingChoice(label="Hyresobjekt", queryset=Dwelling.objects.none(), empty_label="Välj hyresobjekt")
    move_in_on = DateField(label="Inflyttningsdatum")
    contract_on = DateField(label="Kontraktsdatum")
    first_name = NameField(label="Förnamn", max_length=80)
    last_name = NameField(label="Efternamn", max_length=80)
    personnummer = PersonnummerField(allow_coordination=True)
    is_protected = YesNoField(label="Har hyresgästen skyddade personuppgifter?")
    first_name_2 = NameField(label="Förnamn, andra hyresgästen", max_length=80, required=False)
    last_name_2 = NameField(label="Efternamn, andra hyresgästen", max_length=80, required=False)
    personnummer_2 = PersonnummerField(label="Personnummer, andra hyresgästen", required=False, allow_coordination=True)
    decision_number = forms.CharField(label="Beslutets nummer", max_length=40, required=False)
    decided_on = DateField(label="Beslutsdatum", required=False)
    legal_basis = forms.CharField(
        label="Lagrum",
        max_length=80,
        required=False,
        help_text="Till exempel 11 kap. 1 § socialtjänstlagen (2025:400).",
    )
    decision_to = DateField(label="Beslutet gäller till och med", required=False)
    municipal_ground = forms.CharField(
        label="Vilket hushåll som är beslutat, eller FF:s egen grund",
        max_length=200,
        required=False,
        help_text="Remissens nummer, eller till exempel kommunanvisade nyanlända.",
    )

    def __init__(self, *args: Any, scope: Scope, contract: Contract | None = None, **kwargs: Any) -> None:
        self.today: date = kwargs["today"]
        super().__init__(*args, **kwargs)
        own = Dwelling.objects.visible_to(scope)
        free = not_offered(own.free_on(self.today))
        chosen = free if contract is None else (free | own.filter(pk=contract.dwelling_id))
        self.fields["dwelling"].queryset = own if self.is_bound else chosen.by_address()
        if contract is not None and shows_protected(contract, scope):
            self.fields["dwelling"].hidden = contract.dwelling_id
        forms_of_mine = {form for dwelling in own.values_list("housing_forms", flat=True) for form in dwelling}
        self.fields["housing_form"].choices = [
            ("", "Välj boendeform"),
            *((value, label) for value, label in HousingForm.choices if value in forms_of_mine),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        second = [data.get(name) for name in ("first_name_2", "last_name_2", "personnummer_2")]
        if any(second) and not all(second):
            for name in ("first_name_2", "last_name_2", "personnummer_2"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(
                        name, "Fyll i namn och personnummer för båda hyresgästerna, eller ta bort den andra."
                    )
        if data.get("personnummer") and data.get("personnummer") == data.get("personnummer_2"):
            self.add_error("personnummer_2", "Det är samma personnummer som för den första hyresgästen.")
        for suffix in ("", "_2"):
            representative.demand(self, suffix)
        if data.get("representative_2") and not data.get("personnummer_2"):
            self.add_error("representative_2", "Det finns ingen andra hyresgäst att företräda.")
        self._demand_whole_decision()
        if data.get("decided_on") and data["decided_on"] > self.today:
            self.add_error("decided_on", "Beslutsdatumet måste vara idag eller tidigare")
        if data.get("decided_on") and data.get("decision_to") and data["decision_to"] < data["decided_on"]:
            self.add_error("decision_to", "Beslutet kan inte sluta gälla innan det fattades.")
        return data

    def _demand_whole_decision(self) -> None:
        """Either all of it or nothing."""
        names = ("decision_number", "decided_on", "legal_basis")
        given = [name for name in names if self.cleaned_data.get(name)]
        if given and len(given) < len(names):
            for name in names:
                if name not in given and name not in self.errors:
                    asked = self.fields[name].error_messages["required"]
                    self.add_error(name, f"{asked}. Annars är beslutet ofullständigt.")

    def registration(self, board: str) -> Registration:
        data = self.cleaned_data
        tenants = [
            TenantInput(
                data[f"first_name{suffix}"], data[f"last_name{suffix}"], data[f"personnummer{suffix}"],
                representative.given(data, suffix),
            )
            for suffix in ("", "_2")
            if data[f"personnummer{suffix}"]
        ]  # fmt: skip
        return Registration(
            dwelling=data["dwelling"],
            housing_form=data["housing_form"],
            move_in_on=data["move_in_on"],
            contract_on=data["contract_on"],
            tenants=tuple(tenants),
            decision=DecisionInput(
                data["decision_number"], board, data["decided_on"], data["legal_basis"], data["decision_to"]
            )
            if data["decision_number"]
            else None,
            municipal_ground=data["municipal_ground"],
            is_protected=data["is_protected"],
        )


def initial_registration(contract: Contract) -> dict[str, Any]:
    """What stands on the contract now, for the form that corrects it."""
    found: dict[str, Any] = {
        "housing_form": contract.housing_form,
        "dwelling": contract.dwelling_id,
        "move_in_on": contract.move_in_on,
        "contract_on": contract.contract_on,
        "municipal_ground": contract.municipal_ground,
        "is_protected": contract.declared_protected,
    }
    for suffix, party in zip(
        ("", "_2"), contract.tenants, strict=False
    ):  # as given: whether the number was known is not told
        found |= {
            f"first_name{suffix}": party.given_first_name or party.person.first_name,
            f"last_name{suffix}": party.given_last_name or party.person.last_name,
            f"personnummer{suffix}": party.person.personnummer,
            **representative.initial(party.representative, suffix),
        }
    if grant := contract.grant:
        found |= {
            "decision_number": grant.number,
            "decided_on": grant.decided_on,
            "legal_basis": grant.legal_basis,
            "decision_to": grant.valid_to,
        }
    return found


class OrderForm(SwedishForm):
    """The order to the queue that issues (R-0-8 to R-0-11). Subject and matter type are the routine's own, not asked for.

    Category homes are care homes: of no other is it asked whether it is one.
    """

    sections = (
        ("Kategoriboende", "", ("category",)),
        ("Beställare", "Hit skickas kontraktet, för vidarebefordran till hyresgästen eller företrädaren.",
         ("orderer_name", "recipient", "street", "postal_code", "city", "phone", "email")),
        ("Bekräftelse", "", ("message", "confirmed")),
    )  # fmt: skip
    rules = {"category": ("R-0-8",), "orderer_name": ("R-0-9",), "phone": ("R-0-10",), "confirmed": ("R-0-11",)}

    category = ExplicitChoiceField(
        label="Är det ett kategoriboende?",
        choices=CategoryAnswer.choices,
        missing="Svara på om det är ett kategoriboende.",
    )
    orderer_name = forms.CharField(label="Beställarens namn", max_length=120)
    recipient = forms.CharField(label="Boende eller enhet", max_length=120, required=False)
    street = forms.CharField(label="Gatuadress", max_length=120)
    postal_code = PostalCodeField()
    city = forms.CharField(label="Postort", max_length=60)
    phone = forms.CharField(label="Telefon", max_length=40)
    email = forms.EmailField(label="E-post", max_length=254, required=False)
    message = forms.CharField(label="Meddelande", widget=forms.Textarea, required=False)
    confirmed = forms.BooleanField(
        label="Jag har kontrollerat att kontraktet är korrekt ifyllt för hyresgästen",
        error_messages={"required": "Bekräfta att kontraktet är korrekt ifyllt för hyresgästen."},
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].label = f"Meddelande till {contract.unit}"
        if not contract.is_care:
            del self.fields["category"]
            self.sections = self.sections[1:]

    def order(self) -> OrderInput:
        return OrderInput(**{"category": CategoryAnswer.NONE.value} | self.cleaned_data)

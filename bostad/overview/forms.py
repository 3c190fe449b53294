from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from bostad.forms import DateField, ExplicitChoiceField, NameField, PostalCodeField, SwedishForm, whole_number
from bostad.housing.models import OwnerContactChannel
from bostad.listing import FreeText
from bostad.organisation.models import Staff
from bostad.organisation.scope import Scope, case_readers
from bostad.overview import log_review, work
from bostad.people.models import Person, Protection


class WorkFilter(SwedishForm):
    vems = forms.CharField(widget=forms.HiddenInput, required=False)
    nar = forms.CharField(widget=forms.HiddenInput, required=False)
    slag = forms.ChoiceField(label="Slag av ärende", required=False)
    ordning = forms.ChoiceField(label="Ordning", required=False, choices=list(work.ORDERS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = work.kind_choices()


class AssignForm(SwedishForm):
    """Hands the chosen rows' cases to a colleague."""

    assignee = forms.ModelChoiceField(
        label="Tilldela valda rader", queryset=Staff.objects.none(), empty_label="Välj person"
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = case_readers(scope.departments).select_related("unit")


class DemoDayForm(SwedishForm):
    day = DateField(label="Övningens dag")

    def clean_day(self) -> date:
        return self.cleaned_data["day"]


class PersonForm(SwedishForm):
    """A person as the register has it. Of who is shielded neither name nor address is changed here.

    In a case that is closed to others a name that differs from the typed one is a mistyped number: see `CaseParty`.
    """

    SHIELDED = ("first_name", "last_name", "street", "postal_code", "city")
    first_name = NameField(label="Förnamn", max_length=80)
    last_name = NameField(
        label="Efternamn",
        max_length=80,
        help_text="Ändra när personen har bytt namn. Är personnumret fel i ett ärende rättas numret i ärendet.",
    )
    street = forms.CharField(
        label="Folkbokföringsadress",
        max_length=120,
        required=False,
        help_text="Läses av alla förvaltningar som har ett ärende med personen. En tillfällig vistelse hör hemma i journalen.",
    )
    postal_code = PostalCodeField(required=False)
    city = forms.CharField(label="Postort", max_length=60, required=False)
    protection = ExplicitChoiceField(
        label="Skyddade uppgifter",
        choices=Protection.choices,
        help_text="Ett skydd stänger alla ärenden för hela hushållet, också hos andra förvaltningar, för alla utom den "
        "som handlägger, den som ärendet lämnas över till, cheferna och dig. Det kan inte ångras.",
    )

    def __init__(self, *args: Any, person: Person, is_shielded: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(person, name) for name in self.base_fields}, **kwargs)
        if is_shielded:
            for name in self.SHIELDED:
                del self.fields[name]
        known = Protection.values.index(person.protection)
        self.fields["protection"].choices = Protection.choices[known:]  # a weaker one takes nothing away

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        renamed = {"first_name", "last_name"} & set(self.changed_data)
        if renamed and "protection" in self.changed_data:
            self.add_error("protection", "Spara namnet först. Registrera sedan skyddet.")
        return data


class DwellingFilter(SwedishForm):
    q = FreeText(label="Adress eller beteckning", required=False, max_length=80)
    lediga = forms.BooleanField(label="Bara lediga", required=False)


class LogFilter(SwedishForm):
    lasare = forms.ChoiceField(label="Vilka läsare", required=False, choices=list(log_review.READERS.items()))
    staff = forms.ModelChoiceField(
        label="Medarbetare", queryset=Staff.objects.none(), required=False, empty_label="Alla"
    )
    from_on = DateField(label="Från och med", required=False)
    to_on = DateField(label="Till och med", required=False)
    number = forms.CharField(label="Ärendets nummer", required=False, max_length=16)
    why = forms.ChoiceField(label="Bara", required=False, choices=[("", "Alla läsningar"), *log_review.REASONS.items()])

    def __init__(self, data: QueryDict, *, mine: Collection[int]) -> None:
        super().__init__(data)
        self.fields["staff"].queryset = log_review.readers(mine, whole_number(data.get("staff", "")))

    def clean_number(self) -> str:
        return self.cleaned_data["number"].strip().upper()


class OwnerContactForm(SwedishForm):
    """What was talked over with a property owner."""

    rules = {"text": ("R-1-88",)}
    on = DateField(label="Dag")
    channel = ExplicitChoiceField(
        label="Hur?", choices=OwnerContactChannel.choices, missing="Välj hur ni hade kontakt."
    )
    with_whom = forms.CharField(label="Med vem hos ägaren?", max_length=120)
    text = forms.CharField(
        label="Vad gällde det?",
        widget=forms.Textarea,
        help_text="Om bostäder och samarbete. Nämn ingen hyresgäst: det hör hemma i ärendets journal.",
    )

    def clean_on(self) -> date:
        on = self.cleaned_data["on"]
        if self._day and on > self._day:
            raise ValidationError("Dagen kan inte vara efter idag.")
        return on

"""The fields that say who acts for a person, and by what paper. `suffix` tells one person's fields from another's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from bostad.forms import DateField, PostalCodeField, SwedishForm
from bostad.people.models import Authority, Representative
from bostad.people.representing import RepresentativeInput

NAMES = (
    "representative", "authority", "authority_reference", "authority_from", "authority_to",
    "representative_street", "representative_postal_code", "representative_city", "representative_phone",
)  # fmt: skip
NEEDED = tuple(name for name in NAMES if name not in ("authority_to", "representative_phone"))
ESTATE_NAMES = tuple(name for name in NAMES if name not in ("authority", "authority_from", "authority_to"))


def names(suffix: str = "") -> tuple[str, ...]:
    return tuple(f"{name}{suffix}" for name in NAMES)


def _possessive(of: str) -> str:
    return f"{of.capitalize()}s"


def fields(suffix: str = "", of: str = "företrädaren") -> dict[str, forms.Field]:
    """`of` is the one whose name, address and telephone are asked for."""
    made = {
        "representative": forms.CharField(label=f"{_possessive(of)} namn", max_length=120, required=False),
        "authority": forms.ChoiceField(
            label="Behörighet", choices=[("", "Ingen företrädare"), *Authority.choices], required=False
        ),
        "authority_reference": forms.CharField(
            label="Handling som visar behörigheten", max_length=120, required=False,
            help_text="Registerutdrag, beslut eller fullmakt, med datum.",
            error_messages={"required": "Skriv vilken handling som visar behörigheten"},
        ),
        "authority_from": DateField(label="Behörigheten gäller från", required=False),
        "authority_to": DateField(label="Behörigheten gäller till", required=False),
        "representative_street": forms.CharField(label=f"{_possessive(of)} gatuadress", max_length=120, required=False),
        "representative_postal_code": PostalCodeField(label=f"{_possessive(of)} postnummer", required=False),
        "representative_city": forms.CharField(label=f"{_possessive(of)} postort", max_length=60, required=False),
        "representative_phone": forms.CharField(label=f"{_possessive(of)} telefon", max_length=40, required=False),
    }  # fmt: skip
    return {f"{name}{suffix}": field for name, field in made.items()}


def estate_fields() -> dict[str, forms.Field]:
    """An estate's authority is known, and since when."""
    return {name: field for name, field in fields(of="dödsboets företrädare").items() if name in ESTATE_NAMES}


def asked_in(form: type[SwedishForm], *sets: Mapping[str, forms.Field]) -> Any:
    """The form, asking for these fields as well: a base class for one that says where on the page they stand."""
    return type(f"{form.__name__}AboutRepresentative", (form,), {name: f for each in sets for name, f in each.items()})


def demand(form: forms.Form, suffix: str = "") -> None:
    """All of it or nothing: a name without a paper, or without an address for the contract, is refused at the field."""
    needed = [f"{name}{suffix}" for name in NEEDED]
    filled = [name for name in needed if form.cleaned_data.get(name)]
    for name in needed if filled else []:
        if name not in filled and name not in form.errors:
            asked = form.fields[name].error_messages["required"]
            form.add_error(name, f"{asked}. Annars är företrädarens behörighet ofullständig.")


def given(data: Mapping[str, Any], suffix: str = "") -> RepresentativeInput | None:
    return _input(
        data, suffix, data[f"authority{suffix}"], data[f"authority_from{suffix}"], data[f"authority_to{suffix}"]
    )


def estate(data: Mapping[str, Any], died_on: date | None) -> RepresentativeInput | None:
    """Who acts for the estate does so from the death on."""
    return _input(data, "", Authority.ESTATE, died_on, None)


def _input(
    data: Mapping[str, Any], suffix: str, authority: str, from_on: date | None, to_on: date | None
) -> RepresentativeInput | None:
    if not data.get(f"representative{suffix}") or from_on is None:
        return None
    return RepresentativeInput(
        name=data[f"representative{suffix}"],
        authority=authority,
        reference=data[f"authority_reference{suffix}"],
        from_on=from_on,
        to_on=to_on,
        street=data[f"representative_street{suffix}"],
        postal_code=data[f"representative_postal_code{suffix}"],
        city=data[f"representative_city{suffix}"],
        phone=data[f"representative_phone{suffix}"],
    )


def initial(who: Representative | None, suffix: str = "") -> dict[str, Any]:
    if who is None:
        return {}
    values = (
        who.name, who.authority, who.reference, who.from_on, who.to_on, who.street, who.postal_code, who.city, who.phone
    )  # fmt: skip
    return dict(zip(names(suffix), values, strict=True))

"""Shapes that the papers of several routines share, and how a shape says what must be there.

Every key must be there. What may be null (`| None`), and a list that is not marked `AT_LEAST_ONE`, is optional on the
paper; anything else that is null, blank or of another type stops the printing (`MissingData`). Values are JSON: dates
are ISO strings, amounts decimal strings in kronor ("6780", "6780.50"), texts are plain (a new line is a new
paragraph). The Swedish beside each key is what a caseworker is told when it is missing.
"""

from typing import Annotated, TypeAlias, TypedDict

IsoDate: TypeAlias = str  # "2026-10-01"
Kronor: TypeAlias = str  # "6780" or "6780.50"
AT_LEAST_ONE = "at least one"  # on a list that may not be empty


class Address(TypedDict):
    street: Annotated[str, "gatuadress"]
    postal_code: Annotated[str, "postnummer"]  # "590 99"
    city: Annotated[str, "postort"]


class Municipality(TypedDict):
    """The lessor. `board` decides, `department` answers; both in lower case as in running text."""

    name: Annotated[str, "namn"]
    board: Annotated[str, "nämnd"]  # "vård- och omsorgsnämnden"
    department: Annotated[str, "förvaltning"]  # "vård- och omsorgsförvaltningen"
    organisation_number: Annotated[str, "organisationsnummer"]
    address: Annotated[Address, "kommunens adress"]
    phone: Annotated[str, "telefon"]
    email: Annotated[str, "e-post"]


class Template(TypedDict):
    """The approved template version that the paper is printed from (R-0-24)."""

    name: Annotated[str, "namn"]
    version: Annotated[str, "lydelse"]
    approved_on: Annotated[IsoDate, "dag då den fastställdes"]


class Signing(TypedDict):
    """Who signs for the municipality, and by what delegation (R-0-12)."""

    signer: Annotated[str, "undertecknare"]
    title: Annotated[str, "befattning"]
    delegation: Annotated[str, "delegation"]  # "Delegation 4.12"


class Contact(TypedDict):
    """The person or the unit at the municipality that answers questions on a letter. A unit has no title."""

    name: Annotated[str, "namn"]
    title: Annotated[str | None, "befattning"]
    phone: Annotated[str, "telefon"]
    email: Annotated[str, "e-post"]


class Recipient(TypedDict):
    """The address field, which shows in the window of the envelope: at most six lines, nothing but the address."""

    name: Annotated[str, "namn"]
    organisation: Annotated[str | None, "organisation"]
    care_of: Annotated[str | None, "c/o"]
    street: Annotated[str, "gatuadress"]
    postal_code: Annotated[str, "postnummer"]
    city: Annotated[str, "postort"]

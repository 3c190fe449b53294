"""The shape of a paper's frozen data: typed keys with their Swedish names, the parts that papers share, and what lacks.

Every key must be there. What may be null (`| None`), and a list that is not marked `AT_LEAST_ONE`, is optional on the
paper; anything else that is null, blank or of another type stops the printing. Values are JSON.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeAlias,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from bostad.documents.pdf import Sheet

IsoDate: TypeAlias = str  # "2026-10-01"
AT_LEAST_ONE = "at least one"  # on a list that may not be empty


# --- parts that papers share -----------------------------------------------------------------------------------------
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


class Clause(TypedDict):
    heading: Annotated[str, "rubrik"]
    text: Annotated[str, "text"]


class Signing(TypedDict):
    """Who signs for the municipality, and by what delegation (R-0-12)."""

    signer: Annotated[str, "undertecknare"]
    title: Annotated[str, "befattning"]
    delegation: Annotated[str, "delegation"]  # "Delegation 4.12"


class Contact(TypedDict):
    """The person at the municipality who answers questions on a letter."""

    name: Annotated[str, "namn"]
    title: Annotated[str, "befattning"]
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


# --- what a paper lacks ----------------------------------------------------------------------------------------------
@cache
def names(data: type) -> dict[str, str]:
    """Swedish names by path: `{"tenants": "hyresgäst", "tenants.name": "namn (hyresgäst)", …}`."""
    return dict(_named(data)) | dict(_named(Sheet, "sheet.", "bladet")) | {"sheet": "bladets uppgifter"}


def _named(data: type, prefix: str = "", parent: str = "") -> Iterator[tuple[str, str]]:
    for key, (kind, name, _) in fields(data).items():
        yield f"{prefix}{key}", f"{name} ({parent})" if parent else name
        for inner in filter(is_typeddict, get_args(kind) or (kind,)):
            yield from _named(inner, f"{prefix}{key}.", name)


def fields(data: type) -> dict[str, tuple[Any, str, bool]]:
    """Type, Swedish name, and whether a list may not be empty, of each key."""
    hints = get_type_hints(data, include_extras=True)
    return {
        key: (hint.__origin__, hint.__metadata__[0], AT_LEAST_ONE in hint.__metadata__) for key, hint in hints.items()
    }


def gaps(kind: Any, value: Any, path: str) -> Iterator[str]:
    """The paths (without list positions) at which a value is not what its type says."""
    if get_origin(kind) in (Union, UnionType):
        if value is not None:
            yield from gaps(get_args(kind)[0], value, path)
    elif is_typeddict(kind):
        for key, (inner, _, filled) in fields(kind).items():
            inner_path = f"{path}.{key}".lstrip(".")
            if not isinstance(value, Mapping) or key not in value or (filled and not value[key]):
                yield inner_path
            else:
                yield from gaps(inner, value[key], inner_path)
    elif get_origin(kind) is list:
        for item in value if isinstance(value, list) else [None]:
            yield from gaps(get_args(kind)[0], item, path)
    elif get_origin(kind) is Literal:
        if value not in get_args(kind):
            yield path
    elif type(value) is not kind or (kind is str and not value.strip()):
        yield path

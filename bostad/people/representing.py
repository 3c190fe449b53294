"""Who acts for a person, as it was typed. A record of one is never another's: each keeps to those that it may read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from bostad.people.models import Person, Representative


@dataclass(frozen=True)
class RepresentativeInput:
    name: str
    authority: str  # Authority
    reference: str  # the paper that shows it
    from_on: date
    to_on: date | None = None
    street: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    covers_housing: bool = True


def typed_again(who: Representative | None) -> RepresentativeInput | None:
    """What is recorded, as if it had been typed: for a case that carries it on in a record of its own."""
    if who is None:
        return None
    return RepresentativeInput(**{name: getattr(who, name) for name in RepresentativeInput.__dataclass_fields__})


def recorded(
    person: Person, data: RepresentativeInput | None, *, among: "QuerySet[Representative]"
) -> Representative | None:
    """The same one if it stands `among` those that the case's own people wrote, else a new record."""
    if data is None:
        return None
    found = among.filter(person=person, **vars(data)).order_by("id").first()
    return found or Representative.objects.create(person=person, **vars(data))

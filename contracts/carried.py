"""What a contract has from the accepted offer and from the dwelling, as it is read: nothing of it is typed again (R-1-51)."""

from datetime import date

from bostad import words
from bostad.casework.models import PartyRole
from bostad.casework.pages import Fact
from bostad.housing.models import Dwelling
from referrals.models import Offer


def children(offer: Offer, today: date) -> list[Fact]:
    """The children who are to live there, by name and age. They are no tenants, so the contract's papers name none."""
    referral = offer.referral
    rows = referral.parties.filter(role=PartyRole.CHILD, to_on=None).select_related("person").order_by("id")
    found = []
    for party in rows:
        age = party.person.age_on(today)
        name = party.shown_name(own=False, restricted=referral.is_restricted)
        found.append(Fact("Barn i hushållet", name, below="" if age is None else f"{age} år"))
    return found


def rent(dwelling: Dwelling) -> Fact:
    return Fact("Hyra", f"{words.kr(dwelling.monthly_rent)} i månaden", note="enligt bostadsregistret")


def head_lease(dwelling: Dwelling, day: date) -> list[Fact]:
    """The owner and the number of the municipality's own lease, whose notices are not the sublease's."""
    lease = dwelling.head_lease_on(day)
    return [Fact("Inhyrningsavtal", lease.reference, below=lease.owner.name)] if lease else []

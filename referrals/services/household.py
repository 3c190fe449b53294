"""Who a referral concerns changes while it is written or gone through: a child comes, lives otherwise, or leaves (R-1-38).

An adult who comes or goes is another household with other needs: that is a new application, not a correction.
"""

from datetime import date

from bostad.casework import steps
from bostad.organisation.scope import Scope
from bostad.people.models import Person
from referrals.models import Referral
from referrals.services import people
from referrals.services.writing import members_of, signed_version, version_in_writing


def add_child(pk: int, child: people.ChildInput, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """Refuses one that belongs to the referral already, and a person of 18 or more."""
    with steps.door(Referral, pk, "add_child", by=by, today=today, seen=seen) as referral:
        people.add_child(referral, child, by=by, today=today)
        _write_members(referral, by, today)
    return referral


def change_child(pk: int, child: Person, housing: str, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    with steps.door(Referral, pk, "change_child", by=by, today=today, seen=seen) as referral:
        people.change_child(referral, child, housing, today=today)
        _write_members(referral, by, today)
    return referral


def _write_members(referral: Referral, by: Scope, today: date) -> None:
    """The version lists the household as it is now: who wrote that is one of its authors (R-1-31)."""
    version = signed_version(referral) if referral.is_own else version_in_writing(referral)
    household = version.content.get("household", {}) | {"members": members_of(referral, today)}
    version.content = version.content | {"household": household}
    version.authors = sorted({*version.authors, by.staff_id})
    version.save(update_fields=["content", "authors"])

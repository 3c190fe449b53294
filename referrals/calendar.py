"""A booked viewing and signing as a calendar file (RFC 5545). It holds a number and a link, no person and no home.

Where a lease is signed is the property department's own address, which anybody may know.
"""

from datetime import UTC, datetime, timedelta

from referrals.models import Offer
from referrals.states import LeaseForm

LONG = timedelta(minutes=45)


def events_of(offer: Offer, number: str, address: str) -> str:
    """One event for each booked time."""
    events = [("Visning", offer.viewing_at), ("Kontraktskrivning", offer.signing_at)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bostad//SV", "CALSCALE:GREGORIAN"]
    for what, at in events:
        if at is not None:
            where = _desk(offer) if what == "Kontraktskrivning" else ""
            lines += _event(f"{what}, {number}", at, f"{offer.pk}-{what.lower()}@bostad", address, where)
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _desk(offer: Offer) -> str:
    department = offer.referral.property_department
    if offer.referral.lease_form != LeaseForm.MUNICIPAL or not department.has_address:
        return ""
    return f"{department.name}, {department.street}, {department.city}".replace(",", "\\,")


def _event(title: str, at: datetime, uid: str, address: str, where: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(at)}",
        f"DTEND:{_utc(at + LONG)}",
        f"SUMMARY:{title}",
        f"URL:{address}",
        *([f"LOCATION:{where}"] if where else []),
        "END:VEVENT",
    ]


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")

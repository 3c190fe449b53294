"""A booked viewing and signing as a calendar file (RFC 5545). It holds a number and a link, no person and no address."""

from datetime import UTC, datetime, timedelta

from referrals.models import Offer

LONG = timedelta(minutes=45)


def events_of(offer: Offer, number: str, address: str) -> str:
    """One event for each booked time."""
    events = [("Visning", offer.viewing_at), ("Kontraktskrivning", offer.signing_at)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bostad//SV", "CALSCALE:GREGORIAN"]
    for what, at in events:
        if at is not None:
            lines += _event(f"{what}, {number}", at, f"{offer.pk}-{what.lower()}@bostad", address)
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _event(title: str, at: datetime, uid: str, address: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(at)}",
        f"DTEND:{_utc(at + LONG)}",
        f"SUMMARY:{title}",
        f"URL:{address}",
        "END:VEVENT",
    ]


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")

"""What has happened in a case: steps taken, notes, contacts and hand-overs in one list, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bostad.casework.graph import kind_of
from bostad.casework.models import Case
from bostad.casework.pages import pages_of

_NOTE_ICONS = {"note": "edit", "call": "phone", "visit": "home", "meeting": "users", "letter": "mail"}
_CONTACT_ICONS = {"phone": "phone", "letter": "mail", "visit": "home", "email": "mail", "meeting": "users"}


@dataclass(frozen=True)
class Entry:
    """A line as `case/_journal.html` wants it. `written` only orders what happened on one day."""

    at: date
    written: datetime
    icon: str
    title: str
    kind: str = ""
    text: str = ""
    by: str = ""
    rules: tuple[str, ...] = ()
    voided: str = ""


def timeline(case: Case, *, own: bool = True) -> list[Entry]:
    """Four queries, however long the case. Another organisation sees the steps, without what was written beside them."""
    entries = list(_steps(case, own))
    if own:
        entries += [*_notes(case), *_contacts(case), *_hand_overs(case)]
    return sorted(entries, key=lambda entry: (entry.at, entry.written), reverse=True)


def _steps(case: Case, own: bool) -> Iterator[Entry]:
    steps, done = kind_of(case).steps, pages_of(case).done
    for log in case.steps_taken.select_related("staff"):
        step = steps.get(log.step)
        yield Entry(
            log.on, log.at, "check", done(log.step) or (step.label if step else log.step), "step",
            log.note if own else "", str(log.staff or "systemet"), step.rules if step else (),
        )  # fmt: skip


def _notes(case: Case) -> Iterator[Entry]:
    for note in case.journal.select_related("by", "corrected_by"):
        title = f"Rättelse av {note.get_kind_display().lower()}" if note.corrects_id else note.get_kind_display()
        replaced = "rättad av en senare anteckning" if hasattr(note, "corrected_by") else ""
        yield Entry(note.on, note.at, _NOTE_ICONS[note.kind], title, text=note.text, by=str(note.by), voided=replaced)


def _contacts(case: Case) -> Iterator[Entry]:
    for contact in case.contact_attempts.select_related("by"):
        title = f"{contact.get_channel_display()} med {contact.contact}: {contact.get_outcome_display().lower()}"
        icon = _CONTACT_ICONS[contact.channel]
        yield Entry(contact.on, contact.at, icon, title, text=contact.note, by=str(contact.by))


def _hand_overs(case: Case) -> Iterator[Entry]:
    for handed in case.assignments.select_related("by", "assignee", "unit"):
        title = f"Överlämnat till {handed.assignee or handed.unit}"
        yield Entry(handed.on, handed.at, "user", title, text=handed.reason, by=str(handed.by or ""))

"""What is done with all sheets of a contract at once."""

from datetime import date

from bostad.casework.models import Case
from bostad.documents.letters import cancel_letters
from bostad.documents.models import Original
from bostad.documents.services import move
from bostad.documents.states import OUT, OriginalState
from bostad.organisation.scope import Scope


def sheets_of(case: Case, **which: str) -> list[Original]:
    """The valid sheets, in the order of their codes."""
    found = Original.objects.filter(case_id=case.pk, **which).valid()
    return list(found.select_related("document__template").order_by("code"))


def move_all(sheets: list[Original], state: OriginalState, *, on: date, by: Scope, note: str = "") -> None:
    for sheet in sheets:
        move(sheet, state, on=on, by=by, note=note)


def not_yet_filed(sheets: list[Original]) -> list[Original]:
    """What lies in the archive stays there, when the rest of the sheets go on."""
    return [sheet for sheet in sheets if sheet.state != OriginalState.ARCHIVED]


def call_off_papers(case: Case, *, on: date, by: Scope, note: str, **letters: str) -> None:
    """Every sheet is void and no letter of that kind goes out. What lies in the archive stays there.

    A sheet that has left the house bears the municipality's signature: it is called back until it is destroyed.
    """
    for sheet in not_yet_filed(sheets_of(case)):
        state = OriginalState.RECALLED if sheet.state in OUT else OriginalState.VOID
        move(sheet, state, on=max(on, sheet.since), by=by, note=note[:200])
    cancel_letters(case, **letters)

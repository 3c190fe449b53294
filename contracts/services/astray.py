"""Paper that is not where it should be: filed by mistake, lost, or called back (R-0-17, R-0-21)."""

from datetime import date

from django.db import transaction

from bostad.casework import steps
from bostad.casework.refusals import StepNotTaken
from bostad.documents.models import Movement, Original
from bostad.documents.services import move
from bostad.documents.states import OUT, OriginalState
from bostad.organisation.scope import Scope
from contracts.models import Contract
from contracts.services.sheets import sheets_of
from contracts.services.signing import activate_if_complete


def _sheet(contract: Contract, code: str, *states: str) -> Original:
    found = next((s for s in sheets_of(contract) if s.code == code and s.state in states), None)
    if found is None:
        raise StepNotTaken("Välj ett av kontraktets blad.", "code")
    return found


def mend_filing(
    pk: int, *, code: str, shelf: str, reason: str, by: Scope, today: date, seen: int | None = None
) -> Contract:
    """The sheet lies on another shelf; or, where no shelf is given, it was never here and is waited for again."""
    with steps.door(Contract, pk, "mend_filing", by=by, today=today, seen=seen, note=f"{code}: {reason}") as contract:
        sheet = _sheet(contract, code, OriginalState.ARCHIVED)
        if shelf.strip():
            Original.objects.filter(pk=sheet.pk).update(shelf=shelf.strip())
        else:
            move(sheet, _before_filing(sheet), on=today, by=by, note=f"Fanns inte i arkivet: {reason}"[:200])
    return contract


def _before_filing(sheet: Original) -> OriginalState:
    before = Movement.objects.filter(original=sheet, state__in=OUT).order_by("-id").first()
    return OriginalState(before.state) if before else OriginalState.SIGNED


def record_lost_sheet(pk: int, *, code: str, reason: str, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The manager puts on record that a signed sheet cannot be had. Nobody waits for it any more; it may be found."""
    with transaction.atomic():
        note = f"{code}: {reason}"
        with steps.door(Contract, pk, "record_lost_sheet", by=by, today=today, seen=seen, note=note) as contract:
            move(_sheet(contract, code, *OUT), OriginalState.LOST, on=today, by=by, note=reason[:200])
        activate_if_complete(pk, today)
    return contract


def confirm_destroyed(pk: int, *, destroyed_on: date, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The sheets that were called back are destroyed, at the provider's or here."""
    with steps.door(Contract, pk, "confirm_destroyed", by=by, today=today, seen=seen) as contract:
        recalled = Original.objects.filter(case=pk, state=OriginalState.RECALLED).order_by("code")
        if destroyed_on > today or any(destroyed_on < sheet.since for sheet in recalled):
            raise StepNotTaken("Dagen kan inte vara före återkallelsen eller efter idag.", "destroyed_on")
        for sheet in recalled:
            move(sheet, OriginalState.VOID, on=destroyed_on, by=by, note="Förstört")
    return contract


def end_sharing(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Contract:
    """The provider reads the case no longer. The sweep does the same a while after the case is closed."""
    with steps.door(Contract, pk, "end_sharing", by=by, today=today, seen=seen) as contract:
        pass
    return contract

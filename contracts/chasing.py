"""Which late contracts a reminder can be written for today: as `issuing.remind_provider` would answer, for a whole list."""

from collections.abc import Collection
from datetime import date, timedelta

from bostad.casework.graph import kind_of
from bostad.casework.models import Deadline, Dispatch
from bostad.documents.models import Enclosure, Original, SheetKind
from bostad.documents.states import LetterState, OriginalState
from bostad.organisation.scope import Scope
from contracts.models import Contract
from contracts.services import issuing


def to_remind(contracts: Collection[Contract], *, by: Scope, today: date, rest_days: int = 1) -> set[int]:
    """The contracts of which a sheet is late and whose step it is this person's to take.

    Not those that were reminded of within `rest_days`, today being the first of them.
    """
    late = _with_a_late_sheet({contract.pk for contract in contracts}, today)
    late -= _reminded_since(late, today - timedelta(days=rest_days - 1))
    found = [contract for contract in contracts if contract.pk in late]
    if not found:
        return set()
    kind = kind_of(found[0])
    step, facts = kind.steps["remind_provider"], kind.load_facts([contract.pk for contract in found], today)
    return {
        contract.pk
        for contract in found
        if contract.state in step.sources
        and step.applies(facts[contract.pk])
        and any(by.holds(who.role, contract.department_id, contract.unit_id) for who in step.by)
    }


def _with_a_late_sheet(pks: set[int], today: date) -> set[int]:
    kinds = [kind for kinds in issuing.AWAITED.values() for kind in kinds]
    due: dict[int, set[str]] = {}
    overdue = Deadline.objects.still_open().overdue(today).filter(case__in=pks, kind__in=kinds)
    for case_id, kind in overdue.values_list("case", "kind"):
        due.setdefault(case_id, set()).add(kind)
    sheets = Original.objects.valid().filter(case__in=due).exclude(kind=SheetKind.ELECTRICITY_ANNEX)
    return {
        case_id
        for case_id, holder, state in sheets.values_list("case", "holder", "state")
        if due[case_id].intersection(issuing.AWAITED[holder])
        and (state in issuing.WITH_PROVIDER or (holder == "tenant" and state == OriginalState.WITH_TENANT))
    }


def _reminded_since(pks: set[int], day: date) -> set[int]:
    """A reminder that was struck out counts too: its key is taken for the day."""
    written = Dispatch.objects.filter(case__in=pks, kind="reminder", letter__enclosures__document__on__gte=day)
    return set(written.values_list("case", flat=True))


def reminders(pks: Collection[int]) -> dict[int, list[date]]:
    """The days on which reminders were written, the first one first, by contract."""
    found: dict[int, list[date]] = {}
    written = Enclosure.objects.filter(letter__case__in=pks, letter__kind="reminder").exclude(
        letter__state=LetterState.CANCELLED
    )
    for case_id, on in written.order_by("letter").values_list("letter__case", "document__on"):
        found.setdefault(case_id, []).append(on)
    return found

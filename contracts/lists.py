"""The list of contracts: filtered, sorted, paged, exported. The same queryset serves page and file."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import SEEK_END, StringIO
from tempfile import TemporaryFile
from typing import Any

from django.db.models import Q, QuerySet
from openpyxl import Workbook

from bostad import words
from bostad.casework.deadlines import deadline_kind
from bostad.casework.graph import Look
from bostad.casework.models import Case, CaseParty, Deadline, PartyRole
from bostad.casework.pages import HIDDEN_ADDRESS, PROTECTED
from bostad.forms import spreadsheet_cell
from bostad.housing.models import Dwelling
from bostad.listing import ALL, OPEN
from bostad.organisation.scope import Scope
from bostad.people.models import Person
from contracts.models import Contract
from contracts.states import ENDED, LOOKS, ContractState

SORTS = {"nummer": "id", "inflyttning": "move_in_on", "lage": "state", "bostad": "place"}
COLUMNS = (
    ("Hyresgäst", ""),
    ("Nummer", "nummer"),
    ("Boendeform", ""),
    ("Bostad", "bostad"),
    ("Läge", "lage"),
    ("Inflyttning", "inflyttning"),
    ("Handläggare", ""),
    ("Nästa bevakning", ""),
)


def found(scope: Scope, chosen: Mapping[str, Any]) -> QuerySet[Contract]:
    """What the filter asks for, of what this person may see."""
    rows = Contract.objects.visible_to(scope).with_place(scope)
    state = chosen.get("lage") or OPEN
    if state == OPEN:
        rows = rows.exclude(state__in=ENDED)
    elif state != ALL:
        rows = rows.filter(state=state)
    if chosen.get("form"):
        rows = rows.filter(housing_form=chosen["form"])
    if chosen.get("utforare"):
        rows = rows.filter(provider=chosen["utforare"])
    if chosen.get("q"):
        rows = rows.filter(pk__in=_matching(chosen["q"], scope))
    return rows


def _matching(typed: str, scope: Scope) -> QuerySet:
    """The ids of the cases that fit by number, address or name. A protected case is found by its number alone.

    A union and no OR: each part then goes by its own index.
    """
    cases = Case.objects.order_by()
    by_number = cases.filter(number__icontains=typed)
    by_address = cases.filter(dwelling__in=Dwelling.objects.matching(typed), confidentiality="normal")
    tenants = CaseParty.objects.filter(role=PartyRole.TENANT, case__confidentiality="normal")
    given = Q()
    for word in typed.split():
        given &= Q(given_first_name__icontains=word) | Q(given_last_name__icontains=word)
    parts = [by_address.values("pk"), tenants.filter(given).values("case")]
    if scope.departments:
        parts.append(tenants.filter(person__in=Person.objects.named(typed)).values("case"))
    return by_number.values("pk").union(*parts)


def order_of(sort: str) -> tuple[str, ...]:
    """`sort` is a key of SORTS, with a minus for falling. Newest number first where nothing is asked."""
    key = sort.removeprefix("-")
    if key not in SORTS:
        return ("-id",)
    falling = "-" if sort.startswith("-") else ""
    return (f"{falling}id",) if SORTS[key] == "id" else (f"{falling}{SORTS[key]}", "-id")


@dataclass(frozen=True)
class Row:
    contract: Contract
    names: str
    protected: bool
    address: str
    look: Look
    next_label: str
    next_due: words.Due | None


def rows_of(contracts: Iterable[Contract], scope: Scope, today: date) -> list[Row]:
    """Rows with the next deadline each: two queries more than the contracts, however many."""
    contracts = list(contracts)
    nearest: dict[int, Deadline] = {}
    for deadline in Deadline.objects.still_open().filter(case__in=[c.pk for c in contracts]).order_by("due_on", "id"):
        nearest.setdefault(deadline.case_id, deadline)
    return [_row(contract, nearest.get(contract.pk), scope, today) for contract in contracts]


def _row(contract: Contract, deadline: Deadline | None, scope: Scope, today: date) -> Row:
    own = contract.department_id in scope.departments
    protected = contract.is_restricted and (own or contract.declared_protected)
    tenants = [party for party in contract.parties.all() if party.role == PartyRole.TENANT]
    names = " och ".join(party.shown_name(own=own, restricted=contract.is_restricted) for party in tenants)
    dwelling = contract.dwelling
    return Row(
        contract=contract,
        names=PROTECTED.label if protected else names or "Ingen hyresgäst",
        protected=protected,
        address=HIDDEN_ADDRESS if protected else f"{dwelling.street}, lgh {dwelling.apartment_number}",
        look=LOOKS[ContractState(contract.state)],
        next_label="" if deadline is None or protected else deadline_kind(deadline.kind).label,
        next_due=words.due(deadline.due_on, today) if deadline else None,
    )


# --- export ----------------------------------------------------------------------------------------------------------

AT_A_TIME = 2_000  # contracts that are read together
PIECE = 64 * 1024  # of the file, sent together
HEADINGS = (
    "Nummer",
    "Hyresgäst",
    "Boendeform",
    "Bostad",
    "Läge",
    "Utförare",
    "Inflyttning",
    "Handläggare",
    "Nästa bevakning",
)


def _cells(row: Row) -> tuple[str, ...]:
    contract = row.contract
    return (
        contract.number,
        row.names,
        contract.get_housing_form_display(),
        row.address,
        row.look.label,
        contract.provider.name if contract.provider else "",
        contract.move_in_on.isoformat(),
        str(contract.assignee or contract.unit or ""),
        row.next_label,
    )


def exported(contracts: QuerySet[Contract], ids: Sequence[int], scope: Scope, today: date) -> Iterator[tuple[str, ...]]:
    """The lines of a file in the order of `ids`, read some at a time, so that the longest list takes no more memory.

    What this person may not see any more when its turn comes is left out.
    """
    yield HEADINGS
    for start in range(0, len(ids), AT_A_TIME):
        some = ids[start : start + AT_A_TIME]
        by_id = contracts.for_list().in_bulk(some)
        for row in rows_of([by_id[pk] for pk in some if pk in by_id], scope, today):
            yield tuple(spreadsheet_cell(cell) for cell in _cells(row))


def as_csv(lines: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    """Semicolons and a byte order mark, as the office suite reads Swedish files."""
    out = StringIO("\ufeff")
    out.seek(0, SEEK_END)
    writer = csv.writer(out, delimiter=";")
    for line in lines:
        writer.writerow(line)
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def as_xlsx(lines: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kontrakt")
    for line in lines:
        sheet.append(line)
    with TemporaryFile() as out:
        book.save(out)
        out.seek(0)
        while piece := out.read(PIECE):
            yield piece

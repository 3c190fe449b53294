"""A thousand cases in a second: rows copied by SQL, past the guards. Their numbers begin with KLON.

The owner of a table may take its triggers down, inside the transaction that the test rolls back. Nothing of the house
can: its role owns the tables in tests only by way of the migrations, and no code of it alters one.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import ForeignKey, Model, QuerySet

from bostad.casework.models import Case, CaseParty, Deadline, Dispatch
from bostad.documents.models import Document, Letter, Original
from bostad.housing.models import Dwelling, Occupancy
from bostad.people.models import Person
from contracts.models import Contract, Order

FIRST = 10_000_000
STRIDE = 100_000  # between the copies of one row and those of the next
MARKS = {  # what may stand only once, made anew for copy g
    ("casework_case", "number"): "'KLON-' || {id}",
    ("people_person", "personnummer"): "NULL",
    ("people_person", "last_name"): "last_name || ' ' || g",
    ("housing_dwelling", "street"): "street || ' ' || {id}",
    ("housing_dwelling", "designation"): "'KLON-' || {id}",
    ("documents_original", "code"): "'KLON-' || {id}",
    ("casework_dispatch", "key"): "'KLON-' || {id}",
}


@contextmanager
def past_the_guards(tables: Iterable[str]) -> Iterator[Any]:
    """Rows of these tables may be written as no service writes them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # as they are for the services that follow


class Copies:
    """`Copies().of(contract, 1, 200)` makes copies 1 to 200 of the contract and of what hangs on it."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, Any], int] = {}

    def of(self, contract: Contract, first: int, last: int) -> None:
        case = {"case": contract.pk}
        parties = CaseParty.objects.filter(**case)
        originals = Original.objects.filter(**case)
        letters = Letter.objects.filter(**case)
        rows: list[QuerySet] = [
            Person.objects.filter(case_parties__in=parties),
            Dwelling.objects.filter(pk=contract.dwelling_id),
            Occupancy.objects.filter(pk=contract.occupancy_id),
            Case.objects.filter(pk=contract.pk),
            Contract.objects.filter(pk=contract.pk),
            parties,
            Order.objects.filter(contract=contract.pk),
            Deadline.objects.filter(**case),
            Document.objects.filter(pk__in=originals.values("document")),
            originals,
            Dispatch.objects.filter(pk__in=letters.values("dispatch")),
            letters,
        ]
        sources = [(found.model, list(found)) for found in rows]
        tables = [model._meta.db_table for model, _ in sources]
        with past_the_guards(tables) as cursor:
            for model, originals_ in sources:
                for row in originals_:
                    cursor.execute(self._copy(model, row), [first, last])
            cursor.execute("ANALYZE")

    def _copy(self, model: type[Model], row: Model) -> str:
        table = model._meta.db_table
        place = self.places.setdefault((_root(model), row.pk), len(self.places))
        columns, values = [], []
        for field in model._meta.local_concrete_fields:
            columns.append(f'"{field.column}"')
            values.append(self._value(table, field, row, place))
        key = model._meta.pk.column
        return (
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
            f"FROM {table}, generate_series(%s, %s) g WHERE {key} = {row.pk}"
        )

    def _value(self, table: str, field: Any, row: Model, place: int) -> str:
        own = f"({FIRST} + {place * STRIDE} + g)"
        if (table, field.column) in MARKS:
            return MARKS[table, field.column].format(id=own)
        if field.primary_key:
            return own
        if isinstance(field, ForeignKey):
            target = (_root(field.related_model), getattr(row, field.attname))
            if target in self.places:
                return f"({FIRST} + {self.places[target] * STRIDE} + g)"
        return f'"{field.column}"'


def _root(model: type[Model]) -> str:
    """A contract and its case are one row for those that point at it."""
    return Case._meta.db_table if issubclass(model, Case) else model._meta.db_table


def copied() -> QuerySet[Case]:
    return Case.objects.filter(number__startswith="KLON-")

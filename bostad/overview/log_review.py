"""The recurring check of who has read what (SoLPuL 10 §): one's own staff, and others who read one's own cases.

A reading belongs to the organisation of the unit that the reader had then. Of others' readings nothing is told but the
reviewer's own cases; of all readings the numbers of the cases, never whom they concern.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet
from django.utils import timezone

from bostad.audit.models import ReadLog
from bostad.casework.models import Case
from bostad.organisation.models import Staff, Unit
from bostad.overview.page_names import PAGES, page_name

PER_PAGE = 100
NUMBERS_SHOWN = 5
OURS, OTHERS, ALL = "vara", "andra", "alla"
READERS = {OURS: "Våra egna", OTHERS: "Andra organisationer", ALL: "Alla"}
SEARCH, ADDRESS, EXPORT = "sokning", "adress", "export"
REASONS = {SEARCH: "Sökningar", ADDRESS: "Skyddad adress visad", EXPORT: "Exporter"}
_BEGINS = {SEARCH: "Sökning", ADDRESS: "Skyddad adress", EXPORT: "Export"}  # what `ReadLog.why` begins with


class _IsOneOf(Func):
    """`id = ANY(array)`: read from the array's side, so that each id is looked up by the key of its table."""

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()


def _own(mine: Iterable[int]) -> QuerySet[Case]:
    """Of the cases of a reading those that my organisations own."""
    return Case.objects.filter(_IsOneOf(F("pk"), OuterRef("case_ids")), department__in=mine)


def _readers_of(whose: str, mine: Iterable[int]) -> Q:
    ours = Q(unit__in=Unit.objects.filter(organisation__in=mine))
    others = (Q(unit=None) | ~ours) & Q(Exists(_own(mine)))
    return {OURS: ours, OTHERS: others, ALL: ours | others}[whose]


def readings(mine: Iterable[int], chosen: Mapping[str, Any]) -> QuerySet[ReadLog]:
    """What the reviewer of these organisations asks for."""
    rows = ReadLog.objects.filter(_readers_of(chosen.get("lasare") or OURS, mine))
    if chosen.get("staff"):
        rows = rows.filter(staff=chosen["staff"])
    if chosen.get("from_on"):
        rows = rows.filter(at__gte=_midnight(chosen["from_on"]))
    if chosen.get("to_on"):
        rows = rows.filter(at__lt=_midnight(chosen["to_on"] + timedelta(days=1)))
    if chosen.get("why"):
        rows = rows.filter(why__startswith=_BEGINS[chosen["why"]])
    if chosen.get("number"):
        rows = rows.filter(_of_case(chosen["number"], mine))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _of_case(number: str, mine: Iterable[int]) -> Q:
    """Another's case is found among one's own staff's readings only: who else has read it is not ours to know."""
    case = Case.objects.filter(number=number).values("pk", "department").first()
    if case is None:
        return Q(pk=None)
    reading = Q(case_ids__contains=[case["pk"]])
    return reading if case["department"] in mine else reading & _readers_of(OURS, mine)


def readers(mine: Iterable[int], asked: int | None) -> QuerySet[Staff]:
    """Whom one can choose: the own staff, and the one asked for if that one's readings are among those shown."""
    theirs = ReadLog.objects.filter(_readers_of(ALL, mine), staff=asked).values("staff")
    found = Q(unit__organisation__in=mine) | Q(pk__in=theirs[:1]) if asked else Q(unit__organisation__in=mine)
    return Staff.objects.filter(found).order_by("last_name", "first_name", "pk")


def with_numbers(rows: QuerySet[ReadLog], mine: Iterable[int]) -> QuerySet[ReadLog]:
    """`numbers` of the cases, one more than is shown. Of others' readings those of the own cases only."""
    ours = Exists(Unit.objects.filter(pk=OuterRef(OuterRef("unit")), organisation__in=mine))
    cases = Case.objects.filter(_IsOneOf(F("pk"), OuterRef("case_ids"))).filter(Q(department__in=mine) | Q(ours))
    numbers = ArraySubquery(cases.order_by("pk").values("number")[: NUMBERS_SHOWN + 1])
    return rows.select_related("staff", "unit__organisation").annotate(numbers=numbers)


@dataclass(frozen=True)
class Row:
    reading: ReadLog
    page: str
    why: str
    numbers: tuple[str, ...]
    more: bool
    url: str  # this reader's readings


def row(reading: ReadLog, url: str) -> Row:
    why = "" if reading.why in PAGES else reading.why
    shown = tuple(reading.numbers[:NUMBERS_SHOWN])
    return Row(reading, page_name(reading.page), why, shown, len(reading.numbers) > NUMBERS_SHOWN, url)

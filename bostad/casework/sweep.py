"""Looks at what is due, a batch at a time. Run twice, late or killed in the middle: the result is the same."""

import logging
from datetime import date

from django.db import InterfaceError, OperationalError, connection, transaction

from bostad.casework import deadlines, notices, protection, steps
from bostad.casework.graph import Kind, kinds
from bostad.casework.graph import kind as kind_by_key
from bostad.casework.models import Case, Deadline
from bostad.organisation.scope import SYSTEM

log = logging.getLogger(__name__)

BATCH = 10_000
MACHINE = (OperationalError, InterfaceError, MemoryError)  # no case's fault: the next sweep begins anew
BROKEN = "Steget kunde inte tas av sig självt: något i ärendet stämmer inte. Gör det för hand, eller be om hjälp."


def sweep(today: date, batch: int = BATCH) -> dict[str, int]:
    """Takes the acting deadlines that are due by `today`, escalates, and tells of what is near. A batch is a transaction.

    Begins by naming new managers in closed cases: they are told like the others.
    """
    named = protection.name_new_managers()
    done = {"acted": 0, "given to a person": 0}
    while True:
        acted, given = _act(today, batch)
        done["acted"] += acted
        done["given to a person"] += given
        if not acted + given:
            break
    return done | {"escalated": escalate(today, batch), "told": notices.tell_what_is_near(today), "named": named}


@transaction.atomic
def _act(today: date, batch: int) -> tuple[int, int]:
    due = Deadline.objects.still_open().filter(acts=True, due_on__lte=today).order_by("due_on", "id")
    # the case first, then its parts: a page locks in that order too; the batch is counted without what others hold
    cases = (
        Case.objects.filter(pk__in=due.values("case"))
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
    )
    held = list(cases.values_list("pk", flat=True)[:batch])
    acted = given = 0
    by_kind: dict[str, list[Deadline]] = {}
    for row in due.filter(case__in=held):
        by_kind.setdefault(row.kind, []).append(row)
    for key, rows in by_kind.items():
        refused = _refused(key, list({row.case_id for row in rows}), today)
        # what the step did not meet would come back at once and stop the queue for everyone
        Deadline.objects.still_open().filter(pk__in=[row.pk for row in rows]).update(acts=False)
        left = [row for row in rows if row.case_id in refused]
        for row in left:
            row.detail = refused[row.case_id][:300]
        Deadline.objects.bulk_update(left, ["detail"])
        acted, given = acted + len(rows) - len(left), given + len(left)
    return acted, given


def _refused(key: str, case_ids: list[int], today: date) -> dict[int, str]:
    """Takes the step in all of them; where one breaks it, in each half, down to that one. Why not, by case id."""
    try:
        return _take(key, case_ids, today)
    except MACHINE:
        raise
    except Exception as broken:
        if len(case_ids) == 1:
            log.error("%s could not be taken in case %s: %s", key, case_ids[0], type(broken).__name__)
            return {case_ids[0]: BROKEN}
    half = len(case_ids) // 2
    return _refused(key, case_ids[:half], today) | _refused(key, case_ids[half:], today)


@transaction.atomic
def _take(key: str, case_ids: list[int], today: date) -> dict[int, str]:
    declared = deadlines.deadline_kind(key)
    model = kind_by_key(declared.case_kind).model
    refused = steps.perform_many(model, case_ids, declared.step, by=SYSTEM, today=today, note=declared.label)
    connection.check_constraints()  # what the database asks at commit, while one case can still be told from another
    return {case_id: " ".join(lack.sentence for lack in lacks) for case_id, lacks in refused.items()}


def plan_anew(today: date, batch: int = 1_000) -> int:
    """Every case's deadlines as its facts ask for them now: a new version may know of kinds that no step has planned.

    Returns how many cases were looked at. The same when run twice; what was planned stays as it was.
    """
    looked_at = 0
    for kind in kinds():
        last = 0
        while held := _plan_anew(kind, last, today, batch):
            last, looked_at = held[-1], looked_at + len(held)
    return looked_at


@transaction.atomic
def _plan_anew(kind: Kind, after: int, today: date, batch: int) -> list[int]:
    cases = Case.objects.locked().filter(kind=kind.key, pk__gt=after).order_by("pk")
    held = list(cases.values_list("pk", flat=True)[:batch])
    deadlines.replan(kind, held, today)
    return held


def escalate(today: date, batch: int = BATCH) -> int:
    """What has been late for long enough is shown to the manager as well. Waits for nobody: so it can stop nobody."""
    escalated = 0
    while held := _escalate(today, batch):
        escalated += held
    return escalated


@transaction.atomic
def _escalate(today: date, batch: int) -> int:
    late = Deadline.objects.still_open().filter(escalated_on=None, escalate_on__lte=today).order_by("pk")
    held = list(late.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True)[:batch])
    return Deadline.objects.filter(pk__in=held).update(escalated_on=today)

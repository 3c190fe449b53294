"""Looks at what is due, a batch at a time. Run twice, late or killed in the middle: the result is the same."""

from datetime import date

from django.db import transaction

from bostad.casework import deadlines, steps
from bostad.casework.graph import kind as kind_by_key
from bostad.casework.models import Case, Deadline
from bostad.organisation.scope import SYSTEM

BATCH = 10_000


def sweep(today: date, batch: int = BATCH) -> dict[str, int]:
    """Takes the acting deadlines that are due on `today` or before, then escalates. Each batch is one transaction."""
    done = {"acted": 0, "given to a person": 0}
    while True:
        acted, given = _act(today, batch)
        done["acted"] += acted
        done["given to a person"] += given
        if not acted + given:
            break
    return done | {"escalated": escalate(today)}


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
        declared = deadlines.deadline_kind(key)
        model = kind_by_key(declared.case_kind).model
        refused = steps.perform_many(
            model, list({row.case_id for row in rows}), declared.step, by=SYSTEM, today=today, note=declared.label
        )
        # what the step did not meet would come back at once and stop the queue for everyone
        Deadline.objects.still_open().filter(pk__in=[row.pk for row in rows]).update(acts=False)
        left = [row for row in rows if row.case_id in refused]
        for row in left:
            row.detail = " ".join(lack.sentence for lack in refused[row.case_id])[:300]
        Deadline.objects.bulk_update(left, ["detail"])
        acted, given = acted + len(rows) - len(left), given + len(left)
    return acted, given


def escalate(today: date) -> int:
    """What has been late for long enough is shown to the manager as well."""
    return Deadline.objects.still_open().filter(escalated_on=None, escalate_on__lte=today).update(escalated_on=today)

"""The only door to a change of state.

    with steps.door(Contract, pk, "order", by=scope, today=today, seen=log_id) as contract:
        contract.ordered_on = today          # the body writes the decision's own rows, and nothing else

Entering locks the parent case, asks who is knocking and whether the step's `needs` hold. Leaving reads the facts again,
asks the `asks`, writes the log, makes the transition and plans the deadlines, all in one transaction. Opening a case is a step from "".
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from bostad import history
from bostad.casework import deadlines, notices
from bostad.casework.conditions import Condition
from bostad.casework.graph import By, Kind, Side, Step, kind_of
from bostad.casework.models import Case, CaseAccess, Share, StepLog
from bostad.casework.refusals import AlreadyDone, Lack, NotYours, Refused, WrongState, constraints_speak
from bostad.organisation.scope import Scope
from bostad.words import in_sentence


@dataclass(frozen=True)
class Available:
    """A step out of the present state, as a page shows it."""

    step: Step
    lacks: tuple[Lack, ...]
    tells: tuple[Lack, ...]
    mine: bool  # my role, on my side

    @property
    def allowed(self) -> bool:
        return self.mine and not self.lacks


def available(case: Case, scope: Scope, today: date) -> list[Available]:
    """Every step out of the present state that applies, with its unmet conditions. Pages draw buttons from this only."""
    kind = kind_of(case)
    facts = kind.load_facts([case.pk], today)[case.pk]
    standing = _standing(case, scope)
    return [
        Available(made, _unmet(made.needs, facts), _unmet(made.tells, facts), _may(made, case, scope, standing))
        for made in kind.steps.values()
        if case.state in made.sources and made.applies(facts)
    ]


@contextmanager
def door(
    model: type[Case], pk: int, name: str, *, by: Scope, today: date, seen: int | None = None, note: str = ""
) -> Iterator[Any]:
    """Take the step `name` in the case. `seen` is the last log row that the person's page knew.

    Refuses with NotYours, AlreadyDone, WrongState or Refused; then nothing has been written.
    """
    kind = kind_of(model)
    made = kind.steps[name]
    with constraints_speak(), transaction.atomic(), history.acting(staff=by.staff_id, step=name):
        Case.objects.locked().get(pk=pk)
        case = model.objects.get(pk=pk)
        if not _may(made, case, by, _standing(case, by)):
            raise NotYours(f"Steget ”{made.label}” tas av någon annan: {who(made)}.")
        if seen is not None and seen != last_log_id(pk):
            raise AlreadyDone(_who_was_first(pk))
        if case.state not in made.sources:
            state = kind.states(case.state).label
            raise WrongState(f"Steget ”{made.label}” kan inte tas när läget är ”{state}”.")
        _ask_before(kind, made, case, today)
        yield case
        _leave(kind, made, case, by, today, note)


@contextmanager
def opening(model: type[Case], name: str, *, by: Scope, today: date, note: str = "", **fields: Any) -> Iterator[Any]:
    """Open a case by its first step. `fields` are the parent's and child's own; the body adds parties and parts."""
    kind = kind_of(model)
    made = kind.steps[name]
    with constraints_speak(), transaction.atomic(), history.acting(staff=by.staff_id, step=name):
        case = model.objects.create(kind=kind.key, number=_next_number(kind, today), opened_on=today, **fields)
        yield case
        if not _may(made, case, by, _standing(case, by)):
            raise NotYours(f"Steget ”{made.label}” tas av någon annan: {who(made)}.")
        _ask_before(kind, made, case, today)  # of a case that is only now there to be asked of
        _leave(kind, made, case, by, today, note)


def _ask_before(kind: Kind, made: Step, case: Case, today: date) -> None:
    facts = kind.load_facts([case.pk], today)[case.pk]
    if not made.applies(facts):
        raise WrongState(f"Steget ”{made.label}” är redan taget, eller gäller inte det här ärendet.")
    if lacks := _unmet(made.needs, facts):
        raise Refused(lacks)


def _leave(kind: Kind, made: Step, case: Case, by: Scope, today: date, note: str) -> None:
    case.version += 1
    case.save()
    facts = kind.load_facts([case.pk], today)[case.pk]
    if lacks := _unmet(made.asks, facts):
        raise Refused(lacks)
    _log(made, case.pk, case.state, facts, by, today, note).save()
    before = _own_values(case)
    getattr(case, made.name)()
    changed = before != _own_values(case)
    if made.target is not None:
        case.closed_on = today if made.target in kind.closed else None
    case.save()
    if made.writes:
        made.writes([case.pk], today)
    if changed or made.writes:
        deadlines.replan(kind, [case.pk], today, taken=made.name)
    else:  # nothing but the state is new: the facts need not be read a third time
        known = {case.pk: replace(facts, state=case.state, closed_on=case.closed_on)}
        deadlines.replan(kind, [case.pk], today, taken=made.name, facts=known)
    notices.tell([case.pk], today, by)


def _own_values(case: Case) -> dict[str, Any]:
    """What the step's method may set, beside the state that every step sets."""
    return {f.attname: getattr(case, f.attname) for f in case._meta.concrete_fields if f.name != "state"}


def perform_many(
    model: type[Case], pks: list[int], name: str, *, by: Scope, today: date, note: str = ""
) -> dict[int, tuple[Lack, ...]]:
    """The same door for a batch that the caller has locked: same people, facts and conditions, shared queries.

    Returns the refusals by case id. The step's own method runs on each instance, so its fields are set as always.
    """
    kind = kind_of(model)
    made = kind.steps[name]
    facts = kind.load_facts(pks, today)
    refused: dict[int, tuple[Lack, ...]] = {}
    passing = []
    for case in model.objects.filter(pk__in=pks):
        lacks = _unmet((*made.needs, *made.asks), facts[case.pk])
        if case.state not in made.sources or not made.applies(facts[case.pk]):
            lacks = (Lack(_GONE_ON, _GONE_ON.says(facts)), *lacks)
        if not _may(made, case, by, _standing(case, by)):
            lacks = (Lack(_NOT_YOURS, _NOT_YOURS.says(facts)), *lacks)
        if lacks:
            refused[case.pk] = lacks
        else:
            passing.append(case)
    with history.acting(staff=by.staff_id, step=name):
        StepLog.objects.bulk_create(_log(made, c.pk, c.state, facts[c.pk], by, today, note) for c in passing)
        for case in passing:
            getattr(case, made.name)()
            if made.target is not None:
                case.closed_on = today if made.target in kind.closed else None
            case.version += 1
            case.save()
        if made.writes:
            made.writes([case.pk for case in passing], today)
        deadlines.replan(kind, [case.pk for case in passing], today, taken=made.name)
        notices.tell([case.pk for case in passing], today, by)
    return refused


# --- who -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Standing:
    """Where a person stands to a case. A restricted one has only its named people."""

    sides: frozenset[Side] = frozenset()
    sharing: frozenset[int] = frozenset()  # of the person's organisations those that the case is shared with


def _standing(case: Case, scope: Scope) -> _Standing:
    if scope.is_system:
        return _Standing(frozenset({Side.SYSTEM}))
    if case.is_restricted and not CaseAccess.objects.filter(case=case, staff=scope.staff_id).exists():
        return _Standing()
    shares = Share.objects.in_force().filter(case=case, organisation_id__in=scope.organisation_ids)
    sharing = frozenset(shares.values_list("organisation_id", flat=True))
    sides = {Side.OWNER} if case.department_id in scope.organisation_ids else set()
    return _Standing(frozenset(sides | ({Side.COUNTERPART} if sharing else set())), sharing)


def _may(made: Step, case: Case, scope: Scope, standing: _Standing) -> bool:
    return any(by.side in standing.sides and _holds(by, case, scope, standing) for by in made.by)


def _holds(by: By, case: Case, scope: Scope, standing: _Standing) -> bool:
    if by.side is Side.SYSTEM:
        return scope.is_system
    if by.side is Side.OWNER:
        return scope.holds(by.role, case.department_id, case.unit_id)
    return any(scope.holds(by.role, organisation) for organisation in standing.sharing)


def who(made: Step, department: str = "") -> str:
    """The Swedish names of the roles that may take the step; `department` is the owner's, told to who has the role elsewhere."""
    return " eller ".join(dict.fromkeys(_named(by, department) for by in made.by))


def _named(by: By, department: str) -> str:
    label = in_sentence(by.role.label) if by.role else "systemet"
    return f"{label} på {department}" if department and by.side is Side.OWNER else label


# --- the log -------------------------------------------------------------------------------------------------------


def last_log_id(case_id: int) -> int:
    """What a page puts into its forms, so that a second press can be told from a first. 0 before any step."""
    return StepLog.objects.filter(case=case_id).order_by("-id").values_list("id", flat=True).first() or 0


def _who_was_first(case_id: int) -> str:
    last = StepLog.objects.filter(case=case_id).select_related("staff").order_by("-id").first()
    name = last.staff if last.staff else "systemet"
    return f"Det är redan gjort, eller så har ärendet ändrats: {name} tog ett steg efter att sidan öppnades. Läs läget och försök igen."


def _log(made: Step, case_id: int, source: str, facts: Any, by: Scope, today: date, note: str) -> StepLog:
    tells = _unmet(made.tells, facts)
    return StepLog(
        case_id=case_id,
        step=made.name,
        source=source,
        target=source if made.target is None else made.target,
        on=today,
        staff_id=by.staff_id,
        conditions=[{"rule": c.rule, "name": c.name} for c in (*made.needs, *made.asks)]
        + [{"rule": lack.condition.rule, "name": lack.condition.name, "told": lack.sentence} for lack in tells],
        inputs=_plain(asdict(facts)),
        note=note,
    )


def _plain(inputs: Mapping[str, Any]) -> Any:
    """Facts as JSON. Facts hold ids, dates and yes/no, never a personnummer."""
    return json.loads(json.dumps(inputs, cls=DjangoJSONEncoder))


_GONE_ON = Condition(
    "case_has_gone_on", "R-2-45", "Ärendet har gått vidare.", "Enskede, rad 35", holds=lambda facts: False
)

_NOT_YOURS = Condition(
    "step_is_yours", "R-0-3", "Steget tas av någon annan.", "Linköping, rad 30", holds=lambda facts: False
)


def _unmet(conditions: tuple, facts: Any) -> tuple[Lack, ...]:
    return tuple(Lack(c, c.says(facts)) for c in conditions if not c.holds(facts))


def _next_number(kind: Kind, today: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"casework_number_{kind.key}"])
        (number,) = cursor.fetchone()
    return f"{kind.prefix}-{today.year}-{number:06d}"

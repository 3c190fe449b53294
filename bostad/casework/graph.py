"""A kind of case as a graph: its states, and the steps between them with label, rules, roles and conditions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Model, TextChoices
from django_fsm import transition

from bostad.casework.conditions import Condition
from bostad.organisation.roles import Role


class Side(Enum):
    OWNER = "owner"  # the case's own department
    COUNTERPART = "counterpart"  # an organisation that the case is shared with
    SYSTEM = "system"  # the sweep


@dataclass(frozen=True)
class By:
    """Who may take a step: a role on one side of the case."""

    role: Role | None
    side: Side


def owner(role: Role) -> By:
    return By(role, Side.OWNER)


def counterpart(role: Role) -> By:
    return By(role, Side.COUNTERPART)


SYSTEM = By(None, Side.SYSTEM)


def _always(facts: Any) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One decision that a person takes. `target` None: something is recorded, the state stays."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    by: tuple[By, ...]
    rules: tuple[str, ...]
    why: str
    needs: tuple[Condition, ...]  # must hold before; shown as what is lacking
    asks: tuple[Condition, ...]  # met by the step's own form; asked when the step is taken
    tells: tuple[Condition, ...]  # warnings: said, logged, never in the way
    applies: Callable[[Any], bool]
    undo: bool
    aside: bool  # never the next thing to do, unless a deadline asks for it
    writes: Callable[[Sequence[int], date], None] | None  # set-based: what it writes beside the case, for one or many

    @property
    def all_rules(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.rules, *(c.rule for c in (*self.needs, *self.asks, *self.tells))]))


def step(
    label: str,
    *,
    source: str | Iterable[str],
    target: str | None,
    by: Iterable[By],
    rules: Iterable[str] = (),
    why: str = "",
    needs: Iterable[Condition] = (),
    asks: Iterable[Condition] = (),
    tells: Iterable[Condition] = (),
    applies: Callable[[Any], bool] = _always,
    undo: bool = False,
    aside: bool = False,
    writes: Callable[[Sequence[int], date], None] | None = None,
) -> Callable[[Callable], Callable]:
    """A django-fsm transition of the case's `state`, carrying all that the pages, the log and the database need."""
    sources = (str(source),) if isinstance(source, str) else tuple(str(state) for state in source)
    end = None if target is None else str(target)

    def decorate(method: Callable) -> Callable:
        made = Step(
            method.__name__, label, sources, end, tuple(by), tuple(rules), why,
            tuple(needs), tuple(asks), tuple(tells), applies, undo, aside, writes,
        )  # fmt: skip
        return transition(field="state", source=list(sources), target=end, custom={"step": made})(method)

    return decorate


@dataclass(frozen=True)
class Look:
    """How a state is shown: colour only repeats what icon and word say."""

    label: str
    color: str  # neutral, info, warning, success
    icon: str


@dataclass(frozen=True)
class Kind:
    """What an upper app brings to the spine. Registered in its `ready()`."""

    key: str
    label: str
    plural: str
    prefix: str  # of the number: "K" gives K-2026-000158
    model: type[Model]
    states: type[TextChoices]
    closed: frozenset[str]
    load_facts: Callable[[list[int], Any], Mapping[int, Any]]
    looks: Mapping[str, Look]
    page: str  # the url name of a case's page, by number
    step_page: str  # the url name of a step's page, by number and step
    handled_by: frozenset[Role] = frozenset()  # who hand such a case over to each other, beside managers
    keeps_reading: Callable[[Any], Iterable[int | None]] = lambda case: (case.assignee_id,)  # when it is restricted
    source: str = ""  # the written routine, as the routine page names it
    variants: Mapping[str, tuple[str, Any]] = field(default_factory=dict)  # key → (label, facts of such a case)
    steps: Mapping[str, Step] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", _steps_of(self.model))

    @property
    def edges(self) -> frozenset[tuple[str, str]]:
        """Every change of state that the graph allows; "" is birth."""
        return frozenset(
            (source, made.target) for made in self.steps.values() if made.target is not None for source in made.sources
        )


def _steps_of(model: type[Model]) -> dict[str, Step]:
    field_ = model._meta.get_field("state")
    found = {t.custom["step"].name: t.custom["step"] for t in field_.get_all_transitions(model)}
    written = (name for base in reversed(model.__mro__) for name in vars(base))
    return {name: found[name] for name in written if name in found}  # in the order of the source


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_of(case_or_model: Any) -> Kind:
    """The kind of a case instance (by its `kind`), or of a child model."""
    if isinstance(case_or_model, type):
        return next(kind for kind in _kinds.values() if kind.model is case_or_model)
    return _kinds[case_or_model.kind]


def kind(key: str) -> Kind:
    return _kinds[key]

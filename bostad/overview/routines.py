"""The routine as it stands in the code: a drawing of states and steps, the same in words, and every rule by its id."""

from dataclasses import dataclass
from typing import Any

from bostad.casework import conditions, deadlines
from bostad.casework.conditions import Condition
from bostad.casework.deadlines import DeadlineKind
from bostad.casework.graph import By, Kind, Side, Step, kinds
from bostad.casework.steps import who
from bostad.organisation.roles import Role

BOX_W, BOX_H, GAP_X, LANE_H, TOP = 132, 48, 34, 120, 14
LEFT = 160  # where the boxes begin: the names of the lanes stand before it
AS_WIDE_AS_THE_PAGE = 1110  # so that few boxes are not drawn larger than many
PROVIDER, PROPERTY, OWNER, END = range(4)  # from the top; a lane in which nothing stands is not drawn
LANES = {
    PROVIDER: ("Utförare", "och beställare"),
    PROPERTY: ("FF", "fastighetsförvaltningen"),
    OWNER: ("Förvaltning", "som äger ärendet"),
    END: ("Avslut", ""),
}


@dataclass(frozen=True)
class Node:
    state: str
    lines: tuple[str, ...]
    x: int
    y: int
    at: str  # now, been, end or ""
    anchor: str

    @property
    def middle(self) -> int:
        return self.x + BOX_W // 2

    @property
    def text(self) -> list[tuple[int, str]]:
        """Each line of the label with its height on the drawing."""
        first = self.y + (29 if len(self.lines) == 1 else 21)
        return [(first + 16 * n, line) for n, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Lane:
    label: str
    note: str
    y: int
    odd: bool

    @property
    def text_y(self) -> int:
        return self.y + 28

    @property
    def note_y(self) -> int:
        return self.y + 46


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, bool], ...]  # path, walked
    lane_height: int = LANE_H - 10
    box_width: int = BOX_W
    box_height: int = BOX_H


def steps_for(kind: Kind, facts: Any | None) -> list[Step]:
    """The steps of a variant of the routine: those that apply to a case with these facts, in the states it comes to."""
    steps = [step for step in kind.steps.values() if facts is None or step.applies(facts)]
    reached = _reached(kind, steps)
    return [step for step in steps if reached & set(step.sources)]


def _reached(kind: Kind, steps: list[Step]) -> set[str]:
    """The states after the ways in which a case of the variant begins, and "" before them.

    On from there by every step of the routine: what applies to one case in the end does not show in the facts of a variant.
    """
    reached, before = {"", *(str(step.target) for step in steps if "" in step.sources)}, set()
    while reached != before:
        before = set(reached)
        onwards = (step for step in kind.steps.values() if (before - {""}) & set(step.sources))
        reached |= {step.target for step in onwards if step.target is not None}
    return reached


def draw(kind: Kind, steps: list[Step], now: str = "", been: frozenset[str] = frozenset()) -> Drawing:
    """Lanes by who acts next, columns by how far from the beginning. Undo edges are in the words, not in the drawing."""
    forward = [step for step in steps if not step.undo and step.target is not None]
    edges = _edges(forward, _reached(kind, steps) - {""})
    column = _columns(kind, edges)
    of_state = {state: _lane(kind, state, forward) for state in column}
    drawn = sorted(set(of_state.values()))
    lane = {state: drawn.index(found) for state, found in of_state.items()}
    placed: dict[str, tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for state in sorted(column, key=lambda s: (column[s], list(kind.states.values).index(s))):
        col = column[state]
        while (col, lane[state]) in taken:
            col += 1
        taken.add((col, lane[state]))
        placed[state] = (LEFT + col * (BOX_W + GAP_X), TOP + lane[state] * LANE_H + (LANE_H - 10 - BOX_H) // 2)
    nodes = tuple(_node(kind, state, placed[state], now, been) for state in placed)
    paths = tuple(
        (_path(placed[a], placed[b]), a in been | {now} and b in been | {now}) for a, b in dict.fromkeys(edges)
    )
    width = max(AS_WIDE_AS_THE_PAGE, *(x + BOX_W + 20 for x, _ in placed.values()))
    lanes = tuple(Lane(*LANES[found], TOP + n * LANE_H, n % 2 == 1) for n, found in enumerate(drawn))
    return Drawing(width, TOP + len(lanes) * LANE_H, lanes, nodes, paths)


def _edges(forward: list[Step], reached: set[str]) -> list[tuple[str, str]]:
    """Only between states that are reached: a step may name more than those of the variant."""
    pairs = ((source, str(step.target)) for step in forward for source in step.sources)
    return [(source, target) for source, target in pairs if source in reached and source != target]


def _columns(kind: Kind, edges: list[tuple[str, str]]) -> dict[str, int]:
    """The longest way from the beginning that only goes forward in the order of the states."""
    order = {state: n for n, state in enumerate(kind.states.values)}
    used = {state for edge in edges for state in edge}
    column = {state: 0 for state in order if state in used}
    for state in column:
        before = [column[a] for a, b in edges if b == state and order[a] < order[state] and a not in kind.closed]
        column[state] = max(before) + 1 if before else 0
    for closed in kind.closed & set(column):
        sources = [column[a] for a, b in edges if b == closed]
        column[closed] = min(sources) + 1 if len(sources) > 2 else max(sources)
    return column


def _lane(kind: Kind, state: str, forward: list[Step]) -> int:
    if state in kind.closed:
        return END
    out = [step for step in forward if state in step.sources and step.target not in kind.closed]
    if out and out[0].by[0].side is Side.COUNTERPART:
        return _of(out[0].by[0], PROVIDER)
    return next(_of(step.by[0], OWNER) for step in forward if "" in step.sources)  # its own department began it


def _of(by: By, otherwise: int) -> int:
    """The property department has a lane of its own, whether the case is sent to it or begun by it."""
    return PROPERTY if by.role is Role.PROPERTY_OFFICER else otherwise


def _node(kind: Kind, state: str, at: tuple[int, int], now: str, been: frozenset[str]) -> Node:
    label = kind.states(state).label
    mark = "now" if state == now else "been" if state in been else "end" if state in kind.closed else ""
    into = next(step.name for step in kind.steps.values() if step.target == state)
    return Node(state, _lines(label), *at, mark, f"#steg-{into}")


def _lines(label: str) -> tuple[str, ...]:
    if len(label) <= 17:
        return (label,)
    words = label.split()
    best = (
        min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
        if len(words) > 1
        else 0
    )
    return (" ".join(words[:best]), " ".join(words[best:])) if best else (label,)


def _path(a: tuple[int, int], b: tuple[int, int]) -> str:
    """A straight arrow to a neighbour, otherwise a soft bend from the nearest side."""
    (ax, ay), (bx, by) = a, b
    middle_a, middle_b = ay + BOX_H // 2, by + BOX_H // 2
    if ay == by and 0 < bx - ax <= BOX_W + GAP_X:
        return f"M{ax + BOX_W} {middle_a}H{bx - 2}"
    if ay == by:
        bow = ay - 22 if bx > ax else ay + BOX_H + 22
        edge = ay if bx > ax else ay + BOX_H
        return f"M{ax + BOX_W // 2} {edge}C{ax + BOX_W // 2} {bow} {bx + BOX_W // 2} {bow} {bx + BOX_W // 2} {edge}"
    if bx > ax:
        start_x, start_y = ax + BOX_W, middle_a
        end_x, end_y = bx - 2, middle_b
        bend = max(18, (end_x - start_x) // 2)
        return f"M{start_x} {start_y}C{start_x + bend} {start_y} {end_x - bend} {end_y} {end_x} {end_y}"
    start_y, end_y = (ay + BOX_H, by - 2) if by > ay else (ay, by + BOX_H + 2)
    half = (start_y + end_y) // 2
    start_x, end_x = ax + BOX_W // 2, bx + BOX_W // 2
    return f"M{start_x} {start_y}C{start_x} {half} {end_x} {half} {end_x} {end_y}"


# --- in words ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    number: int
    step: Step
    who: str
    way: str
    conditions: tuple[tuple[str, Condition], ...]  # (kind of condition, condition)


def tell(kind: Kind, steps: list[Step]) -> list[Told]:
    reached = _reached(kind, steps)
    return [
        Told(n, step, who(step), _way(kind, step, reached), tuple(_conditions(step)))
        for n, step in enumerate(steps, start=1)
    ]


def _way(kind: Kind, step: Step, reached: set[str]) -> str:
    def label(state: str) -> str:
        return kind.states(state).label if state else "Nytt ärende"

    sources = ", ".join(label(source) for source in step.sources if source in reached)
    return f"{sources} → {label(step.target)}" if step.target is not None else f"I läget {sources}"


def _conditions(step: Step):
    yield from (("villkor", c) for c in step.needs)
    yield from (("i formuläret", c) for c in step.asks)
    yield from (("tänk på", c) for c in step.tells)


# --- one rule --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RuleUse:
    rule: str
    conditions: tuple[tuple[str, str], ...]  # (sentence, source)
    steps: tuple[tuple[Kind, Step], ...]
    deadlines: tuple[DeadlineKind, ...]
    kept: tuple[conditions.Kept, ...]


def uses_of(rule: str) -> RuleUse | None:
    """Where the code enforces a rule, or None where it does not know it."""
    found = tuple((c.stated, c.source) for c, _ in conditions.declared() if c.rule == rule)
    kept = tuple(k for k in conditions.kept() if k.rule == rule)
    asked = tuple((k, s) for k in kinds() for s in k.steps.values() if rule in s.all_rules)
    watched = tuple(d for d in deadlines.declared() if d.rule == rule)
    return RuleUse(rule, found, asked, watched, kept) if found or asked or watched or kept else None

"""What every page of a case shows: head, tabs, next steps, deadlines. A kind fills in its own head and tabs."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from bostad import words
from bostad.audit.models import ReadLog
from bostad.audit.reading import log_reading
from bostad.casework import notices, steps
from bostad.casework.deadlines import deadline_kind
from bostad.casework.graph import Kind, Look, Step, kind_of
from bostad.casework.graph import kind as kind_by_key
from bostad.casework.models import Case, CaseParty, Deadline, DeadlineStatus
from bostad.casework.querysets import DeadlineQuerySet
from bostad.casework.refusals import Lack
from bostad.casework.services import may_hand_over
from bostad.organisation.scope import Scope

PROTECTED = Look("Skyddade uppgifter", "brand2", "shield")
HIDDEN_ADDRESS = "Adressen är skyddad"


@dataclass(frozen=True)
class Fact:
    label: str
    value: Any
    url: str = ""
    note: str = ""
    below: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class CaseHead:
    kind: str
    number: str
    title: str
    looks: tuple[Look, ...]
    facts: tuple[Fact, ...]
    due: Any = None


@dataclass(frozen=True)
class ShownLack:
    sentence: str
    rule: str
    url: str = ""
    link_label: str = ""
    source: str = ""


@dataclass(frozen=True)
class ShownStep:
    """A step as `case/_next_steps.html` wants it."""

    name: str
    label: str
    why: str
    rules: tuple[str, ...]
    allowed: bool
    primary: bool
    url: str
    lacks: tuple[ShownLack, ...]
    tells: tuple[ShownLack, ...]
    waits_for: str
    undo: bool
    aside: bool = False  # beside the way onwards: folded, unless it is what a deadline asks for
    button: str = ""


@dataclass(frozen=True)
class ShownDeadline:
    label: str
    due: words.Due
    detail: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Tab:
    """A part of a case's pages. `count` is asked once per page."""

    label: str
    url_name: str
    count: Callable[[Case, Scope], int | None] | None = None
    owner_only: bool = False  # a provider that works with the case does not see the department's own notes


@dataclass(frozen=True)
class KindPages:
    """What a kind's app brings to its pages."""

    head: Callable[[Case, Scope, date], CaseHead]
    tabs: tuple[Tab, ...]
    list_url: str
    names: Callable[[Case, Scope], str]  # whom the case concerns, for a row or a link
    shows_protected: Callable[[Case, Scope], bool] = lambda case, scope: case.is_restricted
    meet_at: dict[str, tuple[str, str]] = field(default_factory=dict)  # page key → (url name, link label)
    done: Callable[[str], str] = lambda step: ""  # what has happened when the step is taken: ”Kontraktet är utfärdat”
    variant: Callable[[Case], str] = lambda case: ""  # which of the kind's drawings this case follows
    # what beside the case's own conditions stands in this person's way, by step: told before anything is written
    hinders: Callable[[Case, frozenset[str], Scope, date], Mapping[str, Lack]] = lambda case, mine, scope, today: {}
    guidelines: Callable[[Case, date], str] = lambda case, today: ""  # what the department decides by, as it is named


@dataclass(frozen=True)
class Action:
    """What an upper app can do next with a case of a lower one, beside the case's own steps: a contract for an offer."""

    name: str
    label: str
    why: str
    rules: tuple[str, ...]
    url_name: str  # takes the case's number
    is_open: Callable[[Case, Scope], bool]  # to this person, in this state
    primary: bool = True  # what is awaited, and stands first; else it stands last


_pages: dict[str, KindPages] = {}
_actions: dict[str, list[Action]] = {}


def register_action(kind: str, action: Action) -> None:
    _actions.setdefault(kind, []).append(action)


def register(kind: str, pages: KindPages) -> None:
    _pages[kind] = pages


def pages_of(case: Case) -> KindPages:
    return _pages[case.kind]


def readable(ids: Iterable[int], scope: Scope) -> dict[int, str]:
    """Of these cases those that the person may see, with their kind: its own, and what is shared with its department."""
    rows = Case.objects.filter(pk__in=list(ids)).values_list("pk", "kind")
    return dict([*rows.visible_to(scope), *rows.shared_with(scope)])


def as_kinds(kinds: Mapping[int, str]) -> list[Case]:
    """The cases as their own kinds, by id and kind: one query for each kind that there is."""
    by_kind: dict[str, list[int]] = {}
    for pk, key in kinds.items():
        by_kind.setdefault(key, []).append(pk)
    return [
        case
        for key, pks in by_kind.items()
        for case in kind_by_key(key).model.objects.filter(pk__in=pks).select_related("department")
    ]


def find_case(request: HttpRequest, number: str, kind: str = "") -> Case:
    """The case as its own kind, if this person may see it. Unseen is 404, whatever the reason; so is another kind."""
    scope: Scope = request.scope
    case = None if "\0" in number else Case.objects.visible_to(scope).filter(number=number).first()
    if case is None and "\0" not in number:  # which no database takes
        case = Case.objects.shared_with(scope).filter(number=number).first()
    if case is None or case.kind != (kind or case.kind):
        raise Http404("Ärendet finns inte, eller så får du inte läsa det.")
    return kind_of(case).model.objects.get(pk=case.pk)


def case_context(request: HttpRequest, case: Case, current: str, *, why: str = "") -> dict[str, Any]:
    """The frame of a case's page. Showing it is a reading, and is logged as one; `why` where there is a reason."""
    kind, pages = kind_of(case), pages_of(case)
    is_owner = case.department_id in request.scope.departments
    reading = log_reading(request, cases=[case.pk], why=why or current)
    notices.were_read(case.pk, request.scope.staff_id)
    head = _head(kind, case, request.scope, request.today)
    return {
        "case": case,
        "case_head": head,
        # stands in tabs, in the browser's history and on a shared screen
        "title_name": PROTECTED.label if pages.shows_protected(case, request.scope) else head.title,
        "guidelines": pages.guidelines(case, request.today) if is_owner else "",
        "crumbs": [Link(kind.plural, reverse(pages.list_url)), Link(case.number, "")],
        "tabs": [
            Link(
                tab.label,
                reverse(tab.url_name, args=[case.number]),
                tab.url_name == current,
                tab.count and tab.count(case, request.scope),
            )
            for tab in pages.tabs
            if is_owner or not tab.owner_only
        ],
        "case_url": reverse(kind.page, args=[case.number]),
        # only where the page shows them: a step's own does not
        "steps": SimpleLazyObject(lambda: shown_steps(case, request.scope, request.today)),
        "deadlines": shown_deadlines(case, request.scope, request.today),
        "deadlines_url": reverse("casework:deadlines", args=[case.number]),
        "read_note": {
            "at": reading.at,
            "readers": _readers(case, request.today),
            "log_url": reverse("casework:log", args=[case.number]) if is_owner else "",
        },
        "is_owner": is_owner,
        "may_hand_over": is_owner and may_hand_over(case, request.scope),
    }


def _head(kind: Kind, case: Case, scope: Scope, today: date) -> CaseHead:
    """The kind's own head, and the way to the drawing of its routine with this case in it (R-1-89)."""
    head, variant = pages_of(case).head(case, scope, today), pages_of(case).variant(case)
    key = variant if variant in kind.variants else next(iter(kind.variants))
    url = f"{reverse('overview:routine', args=[kind.key])}?form={key}&arende={case.number}"
    return replace(head, facts=(*head.facts, Fact("Rutin", kind.variants[key][0], url)))


def _readers(case: Case, today: date) -> int:
    recent = ReadLog.objects.filter(case_ids__contains=[case.pk], at__date__gte=today - timedelta(days=30))
    return recent.values("staff").distinct().count()


def available(case: Case, scope: Scope, today: date) -> list[steps.Available]:
    """`steps.available`, with what stands in this very person's way."""
    found = steps.available(case, scope, today)
    hinders = pages_of(case).hinders(case, frozenset(one.step.name for one in found if one.mine), scope, today)
    return [
        replace(one, lacks=(*one.lacks, hinders[one.step.name])) if one.step.name in hinders else one for one in found
    ]


def shown_steps(case: Case, scope: Scope, today: date) -> list[ShownStep]:
    """First what I can do, then what lacks something; of others' steps those that are on the way."""
    kind = kind_of(case)
    found = available(case, scope, today)
    due = _due_by_step(kind, case, today)
    awaited = {lack.condition.meet_at for step in found for lack in step.lacks}
    shown = [
        _shown_step(kind, case, step)
        for step in found
        if step.mine or step.step.name in awaited or _weight(kind, step.step, case) == 0
    ]

    def rank(step: ShownStep) -> tuple:
        asked_for = due.get(step.name, date.max)
        return not step.allowed, bool(step.waits_for), asked_for, _weight(kind, kind.steps[step.name], case)

    ranked = sorted(shown, key=rank)
    main = next((step for step in ranked if step.allowed and _is_next(kind, kind.steps[step.name], case, due)), None)
    ranked = [_as_primary(step) if step is main else step for step in ranked]
    actions = [action for action in _actions.get(case.kind, ()) if action.is_open(case, scope)]
    first = [_shown_action(action, case) for action in actions if action.primary]
    return [*first, *ranked, *(_shown_action(action, case) for action in actions if not action.primary)]


def _shown_action(action: Action, case: Case) -> ShownStep:
    url = reverse(action.url_name, args=[case.number])
    return ShownStep(
        action.name, action.label, action.why, action.rules, True, action.primary, url, (), (), "", False,
        aside=not action.primary,
    )  # fmt: skip


_SOON = timedelta(days=60)  # a step beside the way is the next thing to do only when its day comes near


def _due_by_step(kind: Kind, case: Case, today: date) -> dict[str, date]:
    """When each step is asked for by an open deadline: the nearest is the next thing to do."""
    rows = case.deadlines.still_open().order_by("-due_on").values_list("kind", "due_on")
    due = {deadline_kind(key).step: due_on for key, due_on in rows}
    aside = {name for name, made in kind.steps.items() if made.aside}
    return {name: due_on for name, due_on in due.items() if name not in aside or due_on <= today + _SOON}


_ASIDE = 2  # from here on a step is never the main button


def _is_next(kind: Kind, made: Step, case: Case, due: Mapping[str, date]) -> bool:
    return made.name in due or _weight(kind, made, case) < _ASIDE


def _weight(kind: Kind, made: Step, case: Case) -> int:
    """Forward steps first, then what is recorded on the way, then what ends the case, last what goes back."""
    if made.undo:
        return 4
    if made.aside:
        return 3
    if made.target is None:
        return 1
    if made.target in kind.closed and not made.needs:
        return 3
    order = list(kind.states.values)
    return 0 if order.index(made.target) > order.index(case.state) else _ASIDE


def _as_primary(step: ShownStep) -> ShownStep:
    return replace(step, primary=True, aside=False)


def _shown_step(kind: Kind, case: Case, found: steps.Available) -> ShownStep:
    made = found.step
    return ShownStep(
        name=made.name,
        label=made.label,
        why=made.why,
        rules=made.rules,
        allowed=found.allowed,
        primary=False,
        url=reverse(kind.step_page, args=[case.number, made.name]),
        lacks=tuple(shown_lack(kind, case, lack, found.mine) for lack in found.lacks),
        tells=tuple(shown_lack(kind, case, lack) for lack in found.tells if found.mine),  # to the one who decides
        waits_for="" if found.mine else steps.who(made),
        undo=made.undo,
        aside=made.aside,
    )


def shown_lack(kind: Kind, case: Case, lack: Lack, mine: bool = True) -> ShownLack:
    """With a link to where it can be met, where it can, for the one whose step it is."""
    place = lack.condition.meet_at
    url = label = ""
    if not mine:
        place = ""
    if place in kind.steps and case.state in kind.steps[place].sources:
        url, label = reverse(kind.step_page, args=[case.number, place]), kind.steps[place].label
    elif place in pages_of(case).meet_at:
        name, label = pages_of(case).meet_at[place]
        url = reverse(name)
    return ShownLack(
        lack.sentence, lack.condition.rule, url, label, _beside(lack.condition.rule, lack.condition.source)
    )


def _beside(rule: str, source: str) -> str:
    """The source as it is read after the rule's own mark, which may be the paragraph itself."""
    return re.sub(rf"^{re.escape(rule)}\b[,;]? ?", "", source)


def told_deadlines(case: Case, scope: Scope) -> DeadlineQuerySet:
    """The owner sees all that a case awaits; another organisation what it shall do itself."""
    rows = case.deadlines.select_related("assignee", "unit", "department")
    return rows if case.department_id in scope.departments else rows.filter(department__in=scope.organisation_ids)


def shown_deadlines(case: Case, scope: Scope, today: date) -> list[ShownDeadline]:
    rows = told_deadlines(case, scope).still_open().order_by("due_on", "id")
    return [
        ShownDeadline(
            deadline_kind(row.kind).label,
            words.due(row.due_on, today),
            _addressee(row),
            (deadline_kind(row.kind).rule,),
        )
        for row in rows
    ]


def _addressee(row: Deadline) -> str:
    if row.acts:
        return "sker av sig självt"
    return row.detail or str(row.assignee or row.unit or row.department.name)


def deadline_history(case: Case, scope: Scope, today: date) -> list[tuple[Deadline, Any, words.Due]]:
    """All deadlines of a case, open ones first, with their kind and words."""
    found = []
    for row in told_deadlines(case, scope).order_by("status", "due_on", "id"):
        if row.status == DeadlineStatus.CANCELLED:
            continue
        due = words.met(row.met_on, today) if row.status == DeadlineStatus.MET else words.due(row.due_on, today)
        found.append((row, deadline_kind(row.kind), due))
    return sorted(found, key=lambda item: item[0].status != DeadlineStatus.OPEN)


def names_of(case: Case, scope: Scope) -> str:
    """The adults of a case, as this reader may know them."""
    parties = case.parties.filter(role__in=["tenant", "applicant"]).select_related("person").order_by("id")
    return names_among(parties, case, scope) or case.number


def names_among(parties: Iterable[CaseParty], case: Case, scope: Scope) -> str:
    """The same of parties that are there already, for lists."""
    own = case.department_id in scope.departments
    adults = [party for party in parties if party.role in ("tenant", "applicant")]
    return " och ".join(party.shown_name(own=own, restricted=case.is_restricted) for party in adults)

"""The top floor: my work, search, people and dwellings across cases, routines, the demo's day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bostad import dates, identifiers, listing
from bostad.audit.models import ReadLog
from bostad.audit.reading import log_reading
from bostad.casework import services
from bostad.casework.graph import kind_of, kinds
from bostad.casework.models import Case
from bostad.casework.pages import find_case
from bostad.casework.refusals import StepNotTaken
from bostad.forms import printable, whole_number
from bostad.housing.models import Dwelling
from bostad.housing.querysets import DwellingQuerySet
from bostad.organisation import demo_day as demo
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope
from bostad.overview import log_review as reviewing
from bostad.overview import persons, routines, work
from bostad.overview.change_person import may_change
from bostad.overview.forms import AssignForm, DemoDayForm, DwellingFilter, LogFilter, WorkFilter
from bostad.overview.search import search as find
from bostad.overview.shell import today_line
from contracts.lists import rows_of
from contracts.models import Contract
from contracts.pages import shows_protected
from contracts.views.contracts import may_register
from referrals.reading import not_offered


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    scope, today = request.scope, request.today
    tabs = work.tabs_for(scope)
    whose = request.GET.get("vems", "mitt")
    whose = whose if whose in tabs else "mitt"
    form = WorkFilter(request.GET or {"vems": whose, "slag": "", "ordning": "dag"})
    chosen = form.cleaned_data if form.is_valid() else {"slag": "", "ordning": "dag"}
    asked = (whose, chosen["slag"], chosen["ordning"], scope, today)
    is_later = request.GET.get("nar") == "senare"
    groups = work.later(*asked) if is_later else work.groups(*asked)
    nearest = work.next_deadline(whose, scope, today) if not any(group.tasks for group in groups) else None
    log_reading(request, cases=_case_ids(groups))
    return render(
        request,
        "work/my_work.html",
        {
            "today_line": today_line(today),
            "tiles": [] if is_later else work.tiles(groups, today),
            "later": None if is_later else _later(whose, chosen, scope, today),
            "is_later": is_later,
            "groups": [group for group in groups if group.tasks],
            "filter_form": form,
            "segments": {"label": "Vems arbete", "choices": _segments(whose, tabs, scope)},
            "bulk": {
                "id": "tilldela",
                "action": reverse("overview:assign"),
                "label": "Tilldela valda rader",
                "form": AssignForm(scope=scope),
                "button": "Tilldela",
                "button_icon": "user",
                "note": "En bevakning stängs av det som görs i ärendet, inte här.",
            }
            if scope.departments
            else None,
            "bulk_id": "tilldela" if scope.departments else "",
            "empty": _no_cases() if scope.administered_ids and not scope.reading_ids else _nothing(nearest),
            "may_register": may_register(request),
        },
    )


def _later(whose: str, chosen: dict[str, str], scope: Scope, today: date) -> dict | None:
    """The way to what is due after the week, and how much it is."""
    found = work.count(work.after_the_week(whose, chosen["slag"], scope, today))
    address = {"vems": whose, "slag": chosen["slag"], "ordning": chosen["ordning"], "nar": "senare"}
    return {"url": f"?{urlencode(address)}", "count": found} if found else None


def _case_ids(groups: list[work.Group]) -> list[int]:
    numbers = [task.number for group in groups for task in group.tasks]
    return list(Case.objects.filter(number__in=numbers).values_list("pk", flat=True))


def _segments(whose: str, tabs: dict[str, str], scope) -> list[dict]:
    return [
        {
            "label": label,
            "url": f"?vems={key}",
            "count": work.count(work.deadlines_of(key, scope)),
            "current": key == whose,
        }
        for key, label in tabs.items()
    ]


def _nothing(nearest) -> dict:
    when = (
        f"Nästa bevakning är {dates.long_day(nearest.due_on)} i {nearest.case.number}."
        if nearest
        else "Inga bevakningar ligger framåt heller."
    )
    return {
        "title": "Du har inget att göra just nu",
        "text": when,
        "actions": [{"label": "Visa kontrakt", "url": reverse("contracts:contracts")}],
    }


def _no_cases() -> dict:
    """For who keeps the department's units, people and settings, and reads no cases."""
    return {
        "title": "Du har inga ärenden",
        "text": "Enheter, medarbetare, roller, bostäder, mallar och inställningar sköter du i administrationen.",
        "actions": [{"label": "Öppna administrationen", "url": reverse("admin:index")}],
    }


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Hands the cases of the chosen rows to one colleague, each by itself."""
    form = AssignForm(request.POST, scope=request.scope)
    numbers = (whole_number(value) for value in request.POST.getlist("rad"))
    chosen = [number for number in numbers if number is not None]
    back = redirect("overview:my_work")
    if not chosen:
        messages.error(request, "Välj minst en rad att tilldela.")
        return back
    if not form.is_valid():
        messages.error(request, "Välj vem raderna ska tilldelas.")
        return back
    colleague = form.cleaned_data["assignee"]
    given = 0
    for case in work.cases_of(chosen, request.scope):
        try:
            services.hand_over(
                case_id=case.pk, unit=colleague.unit, assignee=colleague, reason="Tilldelat från Mitt arbete",
                by=request.scope, today=request.today,
            )  # fmt: skip
            given += 1
        except PermissionDenied:
            messages.error(request, f"{case.number}: ärendet kan inte tilldelas av dig.")
        except StepNotTaken as refusal:
            messages.error(request, f"{case.number}: {refusal.sentence}")
    if given:
        messages.success(
            request, f"{given} {'ärende är tilldelat' if given == 1 else 'ärenden är tilldelade'} {colleague}."
        )
    return back


def search(request: HttpRequest) -> HttpResponse:
    """By POST, so that a personnummer never stands in an address or a server's log."""
    typed = printable(request.POST.get("q", "")).strip()[:100]
    if request.method != "POST" or not typed:
        return render(request, "overview/search.html", {"typed": "", "found": None})
    found = find(typed, request.scope, request.today)
    log_reading(request, cases=found.case_ids, persons=found.person_ids, why="Sökning")
    only = [*found.cases, *found.people, *found.dwellings]
    if len(only) == 1 and found.cases:
        return redirect(only[0].url)
    shown = "personnumret" if identifiers.looks_like_personnummer(typed) else f"”{typed}”"
    return render(
        request,
        "overview/search.html",
        {"typed": typed if shown != "personnumret" else "", "shown": shown, "found": found},
    )


# --- people and dwellings across cases -----------------------------------------------------------------------------------


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person as this reader may see it: through the cases that are open to the reader, and no others."""
    own = persons.own_parties(pk, request.scope)
    shown = own[0].person
    log_reading(request, cases=[party.case_id for party in own], persons=[pk])
    protected = persons.is_shielded(own, request.today)
    members = persons.household_of(shown, request.scope, request.today)
    return render(
        request,
        "overview/person.html",
        {
            "person": shown,
            "may_change": may_change(request.scope),
            "number": identifiers.format_personnummer(shown.personnummer, on=request.today)
            if shown.personnummer
            else "",
            "age": shown.age_on(request.today),
            "is_protected": protected,
            "cases": [
                (party, kind_of(party.case), reverse(kind_of(party.case).page, args=[party.case.number]))
                for party in own
            ],
            "household": [member for member in members if member.is_now],
            "earlier": [member for member in members if not member.is_now],
            "representatives": persons.representatives_of(shown, request.scope),
        },
    )


@require_http_methods(["GET", "POST"])
def dwellings(request: HttpRequest) -> HttpResponse:
    asked = listing.asked(request, "dwellings", DwellingFilter)
    if asked.go_to:
        return redirect(asked.go_to)
    mine = Dwelling.objects.visible_to(request.scope)
    rows = _chosen_dwellings(mine, asked.chosen, request.today) if asked.form.is_valid() else mine.none()
    page = listing.page_of(rows, ("sort_key", "id"), asked, among=mine, known=_for_list)
    shown = mine.filter(pk__in=[row.pk for row in page.rows])
    free = set(not_offered(shown.free_on(request.today)).values_list("pk", flat=True))
    total = listing.count_of(rows)
    return render(
        request,
        "overview/dwellings.html",
        {
            "rows": [(dwelling, dwelling.pk in free) for dwelling in page.rows],
            "form": asked.form,
            "list_address": asked.address(),
            "total": total,
            "may_register": may_register(request),
            "pager": listing.pager(asked, page, total),
        },
    )


def _chosen_dwellings(rows: DwellingQuerySet, chosen: dict[str, Any], today: date) -> DwellingQuerySet:
    if chosen.get("q"):
        rows = rows.matching(chosen["q"])
    return not_offered(rows.free_on(today)) if chosen.get("lediga") else rows


def _for_list(rows: DwellingQuerySet) -> DwellingQuerySet:
    return rows.select_related("real_property", "provider", "manager")


@require_GET
def dwelling(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a dwelling, and of its tenancies those that this reader may see.

    A protected household's is not among them, not for those who may open its case either: here stands its address.
    Of those that are not shown only this is told: that one holds the dwelling, and its last day where that is known.
    """
    found = get_object_or_404(
        Dwelling.objects.visible_to(request.scope).select_related("real_property__landlord", "provider", "manager"),
        pk=pk,
    )
    held = Contract.objects.visible_to(request.scope).filter(dwelling=pk).for_list().order_by("-move_in_on", "-id")
    contracts = [contract for contract in held[:50] if not shows_protected(contract, request.scope)]
    log_reading(request, cases=[contract.pk for contract in contracts])
    shown = [contract.occupancy_id for contract in contracts]
    nobodys = Dwelling.objects.filter(pk=pk).free_on(request.today)
    leases = (
        [
            (lease, lease.rent_on(request.today))
            for lease in found.head_leases.select_related("owner").prefetch_related("rents").order_by("-from_on")
        ]
        if found.manager_id in request.scope.departments
        else []
    )
    return render(
        request,
        "overview/dwelling.html",
        {
            "dwelling": found,
            "rows": rows_of(contracts, request.scope, request.today),
            "other": found.occupancies.overlapping(request.today).exclude(pk__in=shown).order_by("from_on").last(),
            "leases": leases,
            "free": not_offered(nobodys).exists(),
            "offered": found.manager_id in request.scope.departments and nobodys.exists(),
            "may_register": may_register(request),
        },
    )


# --- routines --------------------------------------------------------------------------------------------------------------


@require_GET
def routine_list(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/routines.html", {"kinds": kinds()})


@require_GET
def routine(request: HttpRequest, key: str) -> HttpResponse:
    """Drawn from the code. With a case's number its present state is marked, for those who may see it."""
    found = next((k for k in kinds() if k.key == key), None)
    if found is None:
        raise Http404
    variant = request.GET.get("form", "")
    variants = found.variants
    facts = variants[variant][1] if variant in variants else next(iter(variants.values()))[1]
    variant = variant if variant in variants else next(iter(variants))
    steps = routines.steps_for(found, facts)
    case, now, been = None, "", frozenset()
    if number := request.GET.get("arende", ""):
        case = find_case(request, number, found.key)
        now = case.state
        been = frozenset(case.steps_taken.values_list("source", flat=True)) - {now, ""}
        log_reading(request, cases=[case.pk])
    return render(
        request,
        "overview/routine.html",
        {
            "kind": found,
            "drawing": routines.draw(found, steps, now, been),
            "told": routines.tell(found, steps),
            "variants": [
                {
                    "label": label,
                    "url": f"?form={key_}{f'&arende={case.number}' if case else ''}",
                    "current": key_ == variant,
                }
                for key_, (label, _) in variants.items()
            ],
            "case": case,
            "case_url": reverse(found.page, args=[case.number]) if case else "",
        },
    )


@require_GET
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    used = routines.uses_of(rule_id)
    if used is None:
        raise Http404("Regeln finns inte i de rutiner som systemet driver.")
    return render(request, "overview/rule.html", {"used": used, "kinds": kinds()})


# --- log review, help, the demo's day ------------------------------------------------------------------------------------


@require_GET
def log_review(request: HttpRequest) -> HttpResponse:
    """The recurring check of who has read what, for the log reviewers of an organisation (SoLPuL 10 §)."""
    mine = {grant.organisation_id for grant in request.scope.grants if grant.role == Role.LOG_REVIEWER}
    if not mine:
        raise PermissionDenied("Loggen granskas av förvaltningens logggranskare.")
    asked = listing.by_address(request.GET, lambda data: LogFilter(data, mine=mine))
    rows = reviewing.readings(mine, asked.chosen) if asked.form.is_valid() else ReadLog.objects.none()
    page = listing.page_of(
        rows, ["-id"], asked, among=rows, size=reviewing.PER_PAGE, known=lambda rows: reviewing.with_numbers(rows, mine)
    )
    return render(
        request,
        "overview/log_review.html",
        {
            "rows": [reviewing.row(reading, asked.address(staff=reading.staff_id)) for reading in page.rows],
            "form": asked.form,
            "pager": listing.pager(asked, page),
            "clear_url": reverse("overview:log_review"),
        },
    )


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/accessibility.html", {"support": None})


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/help.html", {"support": None})


@require_http_methods(["GET", "POST"])
def demo_day(request: HttpRequest) -> HttpResponse:
    """Moves the demo's day, for web, worker and beat alike."""
    if not settings.DEMO:
        raise Http404
    form = DemoDayForm(request.POST or None, initial={"day": request.today})
    if request.method == "POST" and form.is_valid():
        demo.move_to(form.cleaned_data["day"])
        messages.success(request, f"Övningens dag är nu {dates.long_day(form.cleaned_data['day'])}.")
        return redirect("overview:my_work")
    return render(request, "overview/demo_day.html", {"form": form})

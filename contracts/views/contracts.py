"""The list of contracts, its export, and a contract's own pages."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bostad import listing
from bostad.audit.reading import log_reading
from bostad.casework.pages import case_context, find_case
from bostad.casework.timeline import timeline
from bostad.documents.states import INVALID, FileState
from bostad.documents.views import documents_for
from bostad.forms import printable
from bostad.listing import Asked
from bostad.organisation.models import Organisation
from bostad.organisation.roles import REGISTERS_TENANTS
from bostad.organisation.scope import Scope
from contracts import lists, pages
from contracts.forms.lists import FilterForm
from contracts.models import Contract
from contracts.querysets import ContractQuerySet
from contracts.services.sheets import sheets_of
from contracts.states import ContractState


def may_register(request: HttpRequest) -> bool:
    return bool(REGISTERS_TENANTS & request.scope.roles)


def _asked(request: HttpRequest) -> Asked:
    providers = Organisation.objects.filter(contracts__in=Contract.objects.visible_to(request.scope)).distinct()
    choices = list(providers.order_by("name").values_list("pk", "name"))

    return listing.asked(request, "contracts", listing.begins_open(partial(FilterForm, providers=choices)))


@require_http_methods(["GET", "POST"])
def contracts(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    if asked.go_to:
        return redirect(asked.go_to)
    visible = Contract.objects.visible_to(request.scope).with_place(request.scope)
    rows = lists.found(request.scope, asked.chosen) if asked.form.is_valid() else Contract.objects.none()
    order = lists.order_of(asked.sort)
    page = listing.page_of(rows, order, asked, among=visible, known=ContractQuerySet.for_list)
    total = listing.count_of(rows)
    log_reading(request, cases=[contract.pk for contract in page.rows])
    return render(
        request,
        "contracts/contracts.html",
        {
            "rows": lists.rows_of(page.rows, request.scope, request.today),
            "may_register": may_register(request),
        }
        | listing.frame(asked, page, total, lists.COLUMNS),
    )


@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The whole filtered list as a file, logged before it is read. A protected household has neither name nor address in it."""
    asked = _asked(request)
    if not asked.form.is_valid():
        return redirect("contracts:contracts")
    found = lists.found(request.scope, asked.chosen)
    ids = list(found.order_by(*lists.order_of(asked.sort)).values_list("pk", flat=True))
    log_reading(request, cases=ids, why="Export")
    lines = lists.exported(found, ids, request.scope, request.today)
    content, mime = (
        (lists.as_csv(lines), "text/csv; charset=utf-8")
        if kind == "csv"
        else (lists.as_xlsx(lines), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )
    response = StreamingHttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="kontrakt-{request.today}.{kind}"'
    return response


@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """The one receiving queue (R-0-25): orders to issue, the oldest first."""
    if not (request.scope.department_ids or request.scope.unit_ids):
        raise PermissionDenied("Kön är för förvaltningen som tar emot beställningar.")
    rows = (
        Contract.objects.visible_to(request.scope)
        .filter(state=ContractState.ORDERED)
        .order_by("order__ordered_on", "id")
    )
    contracts = list(rows.for_list().select_related("order", "dwelling", "provider", "assignee", "unit")[:200])
    log_reading(request, cases=[contract.pk for contract in contracts])
    return render(
        request,
        "contracts/orders.html",
        {"rows": lists.rows_of(contracts, request.scope, request.today)},
    )


# --- one contract --------------------------------------------------------------------------------------------------------


@require_GET
def contract(request: HttpRequest, number: str) -> HttpResponse:
    return _contract(request, find_case(request, number, "contract"))


def _contract(request: HttpRequest, case: Contract, *, reason: str = "") -> HttpResponse:
    revealed = bool(reason)
    why = f"Skyddad adress: {reason}"[:200] if revealed else ""
    context = case_context(request, case, "contracts:contract", why=why)
    if revealed:
        shown = pages.head(case, request.scope, request.today, revealed=True)
        context["case_head"] = replace(context["case_head"], facts=(*shown.facts, context["case_head"].facts[-1]))
    return render(
        request,
        "contracts/contract.html",
        context
        | {
            "facts": pages.agreement_facts(case, request.scope, request.today, revealed=revealed),
            "ending": pages.ending_facts(case, own=context["is_owner"]),
            "requests": case.completion_requests.select_related("asked_by").order_by("-id"),
            "order": getattr(case, "order", None),
            "is_protected": pages.shows_protected(case, request.scope),
            "revealed": revealed,
            "journal": timeline(case, own=context["is_owner"])[:6],
            "making": _making(case, request.scope),
            "frozen": case.issued_on is not None,
            "editable": case.state in (ContractState.REGISTERED, ContractState.RETURNED),
            "access": case.access.select_related("staff") if case.is_restricted and context["is_owner"] else (),
        },
    )


def _making(case: Contract, scope: Scope) -> str:
    """Which papers the page waits for, of those that this person may see."""
    waiting = documents_for(case, scope).filter(file_state=FileState.WAITING).order_by("id")
    titles = ", ".join(waiting.values_list("title", flat=True))
    return f"Framställs nu: {titles}. Sidan uppdateras av sig själv." if titles else ""


@require_POST
def reveal_address(request: HttpRequest, number: str) -> HttpResponse:
    """A protected address is shown once, to those who may open the case, for a reason that is logged."""
    case = find_case(request, number, "contract")
    reason = printable(request.POST.get("reason", "")).strip()[:200]
    if not reason:
        messages.error(request, "Skriv varför adressen behöver visas.")
        return redirect("contracts:contract", number)
    return _contract(request, case, reason=reason)


@require_GET
def originals(request: HttpRequest, number: str) -> HttpResponse:
    case = find_case(request, number, "contract")
    context = case_context(request, case, "contracts:originals")
    waiting = case.documents.filter(original__isnull=False, file_state=FileState.WAITING).exists()
    void = case.originals.filter(state__in=INVALID).select_related("document").order_by("code")
    first = next(iter(sheets_of(case)), None)
    return render(
        request,
        "contracts/originals.html",
        context
        | {
            "sheets": pages.sheets(case, request.scope),
            "annexes": pages.annexes(case, request.scope, request.today),
            "void": void,
            "issued_from": first and first.document.template,
            "waiting": waiting,
        },
    )

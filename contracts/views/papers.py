"""Paper that comes back, paper that does not, and where it lies."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bostad import swedish, words
from bostad.audit.reading import log_reading
from bostad.casework.models import Case, Deadline
from bostad.casework.refusals import StepNotTaken
from bostad.casework.step_views import say
from bostad.documents.models import Holder, Original, SheetKind
from bostad.documents.states import OriginalState
from bostad.organisation.roles import Role
from bostad.organisation.settings_keys import resolve
from contracts import chasing
from contracts.forms.lists import ChaseForm, FilterForm, ReceiveForm
from contracts.models import Contract
from contracts.pages import PROTECTED, shows_protected
from contracts.services import issuing, signing

OFFICE = {Role.CONTRACT_ADMINISTRATOR, Role.PROPERTY_OFFICER, Role.HOUSING_COORDINATOR}


def _office(request: HttpRequest) -> None:
    if not OFFICE & request.scope.roles:
        raise PermissionDenied("Originalen hanteras av dem som utfärdar kontrakten.")


def receive(request: HttpRequest) -> HttpResponse:
    """A paper has come. Its code says which; what is filed is said, with what belongs to it."""
    _office(request)
    form = ReceiveForm(request.POST or None, initial={"code": request.GET.get("kod", "")})
    filed = None
    if request.method == "POST" and form.is_valid():
        try:
            filed = signing.receive_sheet(
                code=form.cleaned_data["code"], shelf=form.cleaned_data["shelf"], by=request.scope, today=request.today
            )
        except StepNotTaken as refusal:
            say(form, refusal)
        else:
            log_reading(request, cases=[filed.case_id], why="Mottaget blad")
            messages.success(
                request, f"{filed.code}: {filed.title.lower()} ligger nu i arkivet, på hyllplats {filed.shelf}."
            )
            form = ReceiveForm(initial={"shelf": filed.shelf})
    return render(request, "contracts/receive.html", {"form": form, "filed": filed, "still_out": _still_out(filed)})


def _still_out(filed: Original | None) -> list[Original]:
    """What belongs in the same envelope and is not filed yet. The tenant sends the own electricity annex to the company."""
    if filed is None:
        return []
    same = (
        Original.objects.filter(case=filed.case_id, holder=filed.holder)
        .valid()
        .exclude(state__in=[OriginalState.ARCHIVED, OriginalState.LOST])
        .exclude(kind=SheetKind.ELECTRICITY_ANNEX, holder=Holder.TENANT)
    )
    return list(same.select_related("document", "case").order_by("code"))


_AWAITED = {
    "contracts.return": ("Kommunens original", "R-0-17"),
    "contracts.file": ("Kommunens original, skickat åter", "R-0-17"),
    "contracts.tenants_original": ("Hyresgästens original med avflyttning", "R-0-21"),
    "contracts.file_tenants_original": ("Hyresgästens original med avflyttning, skickat åter", "R-0-21"),
    "contracts.receipt": ("Utföraren har inte bekräftat att originalen kommit", "R-0-26"),
}


@require_GET
def chase(request: HttpRequest) -> HttpResponse:
    """What has not come back, the oldest first (L-0-1)."""
    _office(request)
    rows = _awaited(request)
    form = ChaseForm(request.GET, providers=_providers(rows))
    rows = _of_provider(rows, form)
    contracts = {row["contract"].pk: row["contract"] for row in rows}
    log_reading(request, cases=contracts)
    written = [on for row in rows if row["late"] for on in row["reminded_on"]]
    to_remind = _to_remind(request, contracts.values())
    for row in rows:
        row["is_next"] = row["contract"].pk in to_remind
    return render(
        request,
        "contracts/chase.html",
        {
            "chase": rows,
            "late": any(row["late"] for row in rows),
            "to_remind": len(to_remind),
            "last_reminded": max(written, default=None),
            "form": form,
            "provider": form.chosen,
        },
    )


def _to_remind(request: HttpRequest, contracts: Collection[Contract]) -> set[int]:
    rest_days = resolve("contracts.remind_again_days", request.today, request.scope.organisation_id).value
    return chasing.to_remind(contracts, by=request.scope, today=request.today, rest_days=rest_days)


def _providers(rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    found = {row["contract"].provider_id: row["holder"] for row in rows if row["contract"].provider_id}
    return sorted(found.items(), key=lambda provider: swedish.sort_key(provider[1]))


def _of_provider(rows: list[dict[str, Any]], form: ChaseForm) -> list[dict[str, Any]]:
    return [row for row in rows if not form.chosen or str(row["contract"].provider_id) == form.chosen]


def _awaited(request: HttpRequest) -> list[dict[str, Any]]:
    deadlines = list(
        Deadline.objects.still_open()
        .filter(case__in=Case.objects.visible_to(request.scope), kind__in=_AWAITED)
        .order_by("due_on", "id")[:500]
    )
    contracts = {
        contract.pk: contract for contract in Contract.objects.filter(pk__in={d.case_id for d in deadlines}).for_list()
    }
    reminded = chasing.reminders(contracts)
    return [_row(d, contracts[d.case_id], reminded.get(d.case_id, []), request) for d in deadlines]


def _row(deadline: Deadline, contract: Contract, reminded: list[date], request: HttpRequest) -> dict[str, Any]:
    missing, rule = _AWAITED[deadline.kind]
    protected = shows_protected(contract, request.scope)
    times = len(reminded)
    due = words.due(deadline.due_on, request.today)
    return {
        "due": due,
        "late": due.when == "overdue",
        "title": PROTECTED.label if protected else _names(contract),
        "number": contract.number,
        "contract": contract,
        "url": reverse("contracts:originals", args=[contract.number]),
        "current": False,
        "missing": missing,
        "rules": (rule,),
        "holder": contract.provider.name if contract.provider else "Förvaltningen",
        "reminded": f"{times} {'gång' if times == 1 else 'gånger'}" if times else "–",
        "reminded_on": reminded,
    }


def _names(contract: Contract) -> str:
    return " och ".join(party.person.name for party in contract.parties.all() if party.role == "tenant")


@require_POST
def remind_all(request: HttpRequest) -> HttpResponse:
    """A reminder for every contract with a late sheet, each in its own transaction. Never two on one day."""
    _office(request)
    rows = _awaited(request)
    form = ChaseForm(request.POST, providers=_providers(rows))
    contracts = {row["contract"].pk: row["contract"] for row in _of_provider(rows, form)}
    written = 0
    for pk in sorted(_to_remind(request, contracts.values())):
        try:
            issuing.remind_provider(pk, by=request.scope, today=request.today)
            written += 1
        except StepNotTaken:
            continue  # a colleague came first
    if written:
        number = "En påminnelse" if written == 1 else f"{written} påminnelser"
        messages.success(request, f"{number} ligger i utskriftskön så snart filen är framställd.")
    else:
        messages.info(request, "Det finns ingen påminnelse att skriva idag.")
    return redirect(f"{reverse('contracts:chase')}{f'?utforare={form.chosen}' if form.chosen else ''}")


@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    """Where the originals lie (L-0-2)."""
    _office(request)
    form = FilterForm(request.GET or {"lage": "alla"}, providers=[])
    typed = form.cleaned_data.get("q", "") if form.is_valid() else ""
    visible = Contract.objects.visible_to(request.scope)
    rows = Original.objects.filter(case__in=visible.values("pk"), state=OriginalState.ARCHIVED)
    if typed:
        rows = rows.filter(code__icontains=typed) | rows.filter(shelf__icontains=typed)
    found = list(rows.select_related("case", "document").order_by("shelf", "code")[:200])
    log_reading(request, cases=[original.case_id for original in found])
    return render(request, "contracts/archive.html", {"rows": found, "form": form, "typed": typed})

"""Taking a step: one address for each. What is refused stands at its field; what was typed stays."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bostad.casework import steps
from bostad.casework.graph import kind_of
from bostad.casework.pages import Link, ShownLack, case_context, find_case, shown_lack
from bostad.casework.refusals import Refused, StepNotTaken
from bostad.forms import SwedishForm, whole_number
from bostad.organisation.settings_keys import resolve
from contracts import pages
from contracts.forms.registration import OrderForm, RegistrationForm, initial_registration
from contracts.forms.steps import STEP_FORMS, StepForm
from contracts.models import Contract
from contracts.services import ordering
from contracts.views.contracts import may_register


def say(form: SwedishForm, refusal: StepNotTaken) -> None:
    """Puts a refusal where the user looks: at the field that can mend it, else on top."""
    if isinstance(refusal, Refused):
        for lack in refusal.lacks:
            form.add_error(lack.condition.field if lack.condition.field in form.fields else None, lack.sentence)
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    contract = find_case(request, number)
    if name not in kind_of(contract).steps:
        raise Http404
    special = {"edit": edit, "order_contract": order}.get(name)
    if special:
        return special(request, contract)
    if name == "receive_sheet":
        return redirect("contracts:receive")
    if name not in STEP_FORMS:
        raise Http404
    return _step(request, contract, name, STEP_FORMS[name])


def _step(request: HttpRequest, contract: Contract, name: str, form_class: type[StepForm]) -> HttpResponse:
    found = _offered(request, contract, name)
    if found is None or not found.allowed:
        return _not_now(request, contract, name, found)
    form = form_class(
        request.POST or None,
        contract=contract,
        scope=request.scope,
        today=request.today,
        initial={"seen": steps.last_log_id(contract.pk)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.take()
        except StepNotTaken as refusal:
            say(form, refusal)
            contract = find_case(request, contract.number)  # as it is now: somebody else may have been first
        else:
            messages.success(request, f"{found.step.label}: klart.")
            return redirect("contracts:contract", contract.number)
    return _page(request, contract, found, form)


def _offered(request: HttpRequest, contract: Contract, name: str) -> steps.Available | None:
    offered = steps.available(contract, request.scope, request.today)
    return next((found for found in offered if found.step.name == name), None)


def _page(request: HttpRequest, contract: Contract, found: steps.Available, form: StepForm) -> HttpResponse:
    context = case_context(request, contract, "contracts:step")
    kind = kind_of(contract)
    return render(
        request,
        "contracts/step.html",
        context
        | {
            "crumbs": [*_crumbs(context), Link(found.step.label, "")],
            "step": found.step,
            "tells": [shown_lack(kind, contract, lack) for lack in found.tells],
            "form": form,
            "button": form.button,
            "intro": form.intro,
            "steps": None,
            "cancel_url": context["case_url"],
        },
    )


def _crumbs(context: dict) -> list[Link]:
    return [*context["crumbs"][:-1], Link(context["case"].number, context["case_url"])]


def _not_now(request: HttpRequest, contract: Contract, name: str, found: steps.Available | None) -> HttpResponse:
    """Why the step cannot be taken now. A press that comes too late is told what happened meanwhile."""
    kind = kind_of(contract)
    made = kind.steps[name]
    context = case_context(request, contract, "contracts:step")
    if found is None:
        state = kind.states(contract.state).label
        lacks = (
            ShownLack(f"Läget är nu ”{state}”. Steget är redan taget, eller går inte att ta i det här läget.", ""),
        )
    elif not found.mine:
        lacks = (ShownLack(f"Steget tas av någon annan: {steps.who(made)}.", ""),)
    else:
        lacks = tuple(shown_lack(kind, contract, lack) for lack in found.lacks)
    return render(
        request,
        "contracts/not_now.html",
        context
        | {
            "crumbs": [*_crumbs(context), Link(made.label, "")],
            "step_label": made.label,
            "refused": {"lacks": lacks, "tells": ()},
        },
        status=409 if request.method == "POST" else 200,
    )


# --- registration and order --------------------------------------------------------------------------------------------


def _board(request: HttpRequest, form: RegistrationForm) -> str:
    return form.cleaned_data["dwelling"].manager.board


def register(request: HttpRequest) -> HttpResponse:
    """A new tenancy, before there is a case. Only those whose dwellings may be let get this far."""
    if not may_register(request):
        raise PermissionDenied("Hyresgäster registreras av utföraren, eller av dem som hyr ut för kommunen.")
    initial = {"contract_on": request.today, "dwelling": request.GET.get("bostad")}
    form = RegistrationForm(request.POST or None, scope=request.scope, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            contract = ordering.register(
                form.registration(_board(request, form)), by=request.scope, today=request.today
            )
        except StepNotTaken as refusal:
            say(form, refusal)
        else:
            messages.success(
                request, f"{contract.number} är registrerat. Kontrollera uppgifterna och beställ kontraktet."
            )
            return redirect("contracts:contract", contract.number)
    return render(request, "contracts/register.html", {"form": form, "cancel_url": reverse("contracts:contracts")})


def edit(request: HttpRequest, contract: Contract) -> HttpResponse:
    found = _offered(request, contract, "edit")
    if found is None or not found.allowed:
        return _not_now(request, contract, "edit", found)
    form = RegistrationForm(
        request.POST or None,
        scope=request.scope,
        today=request.today,
        contract=contract,
        initial=initial_registration(contract),
    )
    if request.method == "POST" and form.is_valid():
        try:
            ordering.edit(
                contract.pk, form.registration(_board(request, form)), by=request.scope, today=request.today,
                seen=_seen(request),
            )  # fmt: skip
        except StepNotTaken as refusal:
            say(form, refusal)
        else:
            messages.success(request, "Uppgifterna är ändrade.")
            return redirect("contracts:contract", contract.number)
    context = case_context(request, contract, "contracts:step")
    return render(
        request,
        "contracts/edit.html",
        context
        | {
            "crumbs": [*_crumbs(context), Link(found.step.label, "")],
            "form": form,
            "step": found.step,
            "steps": None,
            "seen": steps.last_log_id(contract.pk),
            "cancel_url": context["case_url"],
        },
    )


def order(request: HttpRequest, contract: Contract) -> HttpResponse:
    found = _offered(request, contract, "order_contract")
    if found is None or not found.allowed:
        return _not_now(request, contract, "order_contract", found)
    form = OrderForm(request.POST or None, today=request.today, initial=_initial_order(request, contract))
    if request.method == "POST" and form.is_valid():
        try:
            ordering.order(contract.pk, form.order(), by=request.scope, today=request.today, seen=_seen(request))
        except StepNotTaken as refusal:
            say(form, refusal)
        else:
            messages.success(request, "Kontraktet är beställt. Beställningen ligger hos Debiteringen.")
            return redirect("contracts:contract", contract.number)
    context = case_context(request, contract, "contracts:step")
    return render(
        request,
        "contracts/order.html",
        context
        | {
            "crumbs": [*_crumbs(context), Link(found.step.label, "")],
            "form": form,
            "step": found.step,
            "steps": None,
            "seen": steps.last_log_id(contract.pk),
            "tells": [shown_lack(kind_of(contract), contract, lack) for lack in found.tells],
            "request_for_completion": contract.completion_requests.filter(answered_on=None).last(),
            "facts": pages.agreement_facts(contract, request.scope, request.today, revealed=False),
            "help_contact": resolve("contracts.help_contact", contract.opened_on, contract.department_id).value,
            "cancel_url": context["case_url"],
        },
    )


def _seen(request: HttpRequest) -> int | None:
    return whole_number(request.POST.get("seen", ""))


def _initial_order(request: HttpRequest, contract: Contract) -> dict:
    """The latest order's own words, else the orderer's and the unit's address."""
    known = getattr(contract, "order", None)
    if known:
        return {
            "category": contract.category,
            "orderer_name": known.orderer_name,
            "recipient": known.recipient,
            "street": known.street,
            "postal_code": known.postal_code,
            "city": known.city,
            "phone": known.phone,
            "email": known.email,
            "message": known.message,
        }
    user = request.user
    places = [place for place in (user.unit, contract.provider) if place is not None and place.has_address]
    address = places[0].address if places else {}
    return {
        "orderer_name": str(user),
        "recipient": user.unit.organisation.name if user.unit else "",
        "phone": user.phone,
        "email": user.email,
        **address,
    }

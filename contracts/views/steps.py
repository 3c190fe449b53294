"""Taking a step: one address for each. What is refused stands at its field; what was typed stays."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bostad import dates
from bostad.audit.reading import log_reading
from bostad.casework import steps
from bostad.casework.graph import kind_of
from bostad.casework.pages import Link, case_context, find_case, shown_lack
from bostad.casework.refusals import AlreadyDone, StepNotTaken
from bostad.casework.step_views import crumbs, not_now, offered, say, take_step
from bostad.forms import PersonnummerField, SwedishForm, whole_number
from bostad.organisation.settings_keys import resolve
from contracts import carried, pages
from contracts.forms.registration import OrderForm, RegistrationForm, initial_registration
from contracts.forms.steps import STEP_FORMS
from contracts.models import Contract
from contracts.services import ordering
from contracts.states import CARE, CategoryAnswer
from contracts.views.contracts import may_register

CONTRACT, PAGE = "contract", "contracts:step"


def step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    contract = find_case(request, number, CONTRACT)
    if name not in kind_of(contract).steps:
        raise Http404
    special = {"edit": edit, "order_contract": order}.get(name)
    if special:
        return special(request, contract)
    if name == "receive_sheet":
        return redirect("contracts:receive")
    return take_step(request, number, name, STEP_FORMS, CONTRACT, PAGE)


# --- registration and order --------------------------------------------------------------------------------------------


def _board(request: HttpRequest, form: RegistrationForm) -> str:
    return form.cleaned_data["dwelling"].manager.board


def register(request: HttpRequest) -> HttpResponse:
    """A new tenancy, before there is a case. Only those whose dwellings may be let get this far."""
    if not may_register(request):
        raise PermissionDenied("Hyresgäster registreras av utföraren, eller av dem som hyr ut för kommunen.")
    initial = {"contract_on": request.today, "dwelling": request.GET.get("bostad")}
    if (assessment := carried.granted(request.GET.get("utredning", ""), request.scope)) is not None:
        log_reading(request, cases=[assessment.pk])
        initial |= carried.registration_of(assessment, request.today)
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
    found = offered(request, contract, "edit")
    if found is None or not found.allowed:
        return not_now(request, contract, "edit", found, PAGE)
    conflict = False
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
            conflict = isinstance(refusal, AlreadyDone)
            if conflict:
                _tell_what_is_saved(form)
        else:
            messages.success(request, "Uppgifterna är ändrade.")
            return redirect("contracts:contract", contract.number)
    context = case_context(request, contract, PAGE)
    return render(
        request,
        "contracts/edit.html",
        context
        | {
            "crumbs": [*crumbs(context), Link(found.step.label, "")],
            "form": form,
            "step": found.step,
            "steps": None,
            "seen": _seen_next(request, contract, conflict),
            "cancel_url": context["case_url"],
        },
    )


def _tell_what_is_saved(form: SwedishForm) -> None:
    """At each field where the saved value is another than the typed one: what somebody else may just have written."""
    for name in form.changed_data:
        field = form.fields[name]
        saved = field.prepare_value(form[name].initial)
        if isinstance(field, PersonnummerField):
            form.add_error(name, "Ett annat nummer är sparat nu.")
        elif str(saved or "") != form.data.get(name, ""):
            form.add_error(name, f"Sparat nu: {_in_words(field, saved)}.")


def _in_words(field: forms.Field, saved: Any) -> str:
    if isinstance(saved, date):
        return dates.day_with_year(saved)
    choices = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    return choices.get(str(saved), str(saved or "inget"))


def order(request: HttpRequest, contract: Contract) -> HttpResponse:
    found = offered(request, contract, "order_contract")
    if found is None or not found.allowed:
        return not_now(request, contract, "order_contract", found, PAGE)
    conflict = False
    form = OrderForm(
        request.POST or None, today=request.today, contract=contract, initial=_initial_order(request, contract)
    )
    if request.method == "POST" and form.is_valid():
        try:
            ordering.order(contract.pk, form.order(), by=request.scope, today=request.today, seen=_seen(request))
        except StepNotTaken as refusal:
            say(form, refusal)
            conflict = isinstance(refusal, AlreadyDone)
        else:
            queue = Contract.objects.select_related("unit").get(pk=contract.pk).unit
            messages.success(request, f"Kontraktet är beställt. Beställningen ligger hos {queue}.")
            return redirect("contracts:contract", contract.number)
    context = case_context(request, contract, PAGE)
    return render(
        request,
        "contracts/order.html",
        context
        | {
            "crumbs": [*crumbs(context), Link(found.step.label, "")],
            "form": form,
            "step": found.step,
            "steps": None,
            "seen": _seen_next(request, contract, conflict),
            "tells": [shown_lack(kind_of(contract), contract, lack) for lack in found.tells],
            "request_for_completion": contract.completion_requests.filter(answered_on=None).last(),
            "facts": pages.agreement_facts(contract, request.scope, request.today, revealed=False),
            "help_contact": resolve("contracts.help_contact", contract.opened_on, contract.department_id).value,
            "cancel_url": context["case_url"],
        },
    )


def _seen(request: HttpRequest) -> int | None:
    return whole_number(request.POST.get("seen", ""))


def _seen_next(request: HttpRequest, contract: Contract, conflict: bool) -> int:
    """What the page's next press knows: a form that came back for another fault knows no more than it did."""
    known = _seen(request)
    return steps.last_log_id(contract.pk) if known is None or conflict else known


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
        "category": "" if contract.housing_form in CARE else CategoryAnswer.NONE,
        "orderer_name": str(user),
        "recipient": user.unit.organisation.name if user.unit else "",
        "phone": user.phone,
        "email": user.email,
        **address,
    }

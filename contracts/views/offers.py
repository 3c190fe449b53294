"""The contract of an accepted offer: what is asked is only when."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from bostad import dates
from bostad.casework.pages import Fact, Link, case_context, find_case
from bostad.casework.refusals import StepNotTaken
from bostad.casework.step_views import crumbs, say
from bostad.forms import DateField, SwedishForm
from bostad.organisation.roles import Role
from contracts import carried
from contracts.services.from_offer import contract_of, may_write, write_contract
from referrals.states import OfferState


class FromOfferForm(SwedishForm):
    rules = {"move_in_on": ("R-0-7",)}
    move_in_on = DateField(label="Inflyttningsdatum")
    contract_on = DateField(label="Kontraktsdatum")


def from_offer(request: HttpRequest, number: str) -> HttpResponse:
    case: Any = find_case(request, number, "referral")
    if known := contract_of(case):
        messages.error(request, f"Kontraktet är redan registrerat: {known.number}.")
        return redirect("referrals:referral", case.number)
    if not may_write(case, request.scope) or Role.PROPERTY_OFFICER not in request.scope.roles:
        raise PermissionDenied("Kontraktet skrivs av FF, när den enskilde har tackat ja.")
    offer = case.offers.filter(state=OfferState.ACCEPTED).select_related("dwelling").get()
    signing_on = timezone.localtime(offer.signing_at).date() if offer.signing_at else request.today
    initial = {"move_in_on": max(offer.free_from, request.today), "contract_on": max(signing_on, request.today)}
    form = FromOfferForm(request.POST or None, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            contract = write_contract(case.pk, **form.cleaned_data, by=request.scope, today=request.today)
        except StepNotTaken as refusal:
            say(form, refusal)
        else:
            messages.success(request, f"{contract.number} är registrerat. Beställ och utfärda det i kontraktet.")
            return redirect("contracts:contract", contract.number)
    context = case_context(request, case, "contracts:from_offer")
    hidden = case.is_restricted
    return render(
        request,
        "contracts/from_offer.html",
        context
        | {
            "crumbs": [*crumbs(context), Link("Skriv kontraktet", "")],
            "steps": None,
            "form": form,
            "cancel_url": reverse("referrals:referral", args=[case.number]),
            "facts": [
                Fact("Hushåll", context["case_head"].title, rules=("R-1-3",)),
                *carried.children(offer, request.today),
                Fact("Bostad", "Adressen är skyddad" if hidden else str(offer.dwelling)),
                carried.rent(offer.dwelling),
                *([] if hidden else carried.head_lease(offer.dwelling, offer.free_from)),
                Fact("Ledig från", dates.day_with_year(offer.free_from)),
            ],
        },
    )

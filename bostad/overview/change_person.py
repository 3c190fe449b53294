"""What stands in the register of a person: a name that has changed, an address, a protection that became known.

Issued papers keep what they said. A protection is never taken away here: who may know is asked of the tax agency.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bostad.audit.reading import log_reading
from bostad.casework import protection
from bostad.casework.refusals import StepNotTaken, constraints_speak
from bostad.casework.step_views import say
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope
from bostad.overview import persons
from bostad.overview.forms import PersonForm
from bostad.people.models import Person

WRITES = frozenset({
    Role.CASEWORKER, Role.MANAGER, Role.CONTRACT_ADMINISTRATOR, Role.PROPERTY_OFFICER, Role.HOUSING_COORDINATOR,
})  # fmt: skip


def may_change(scope: Scope) -> bool:
    return bool(WRITES & scope.roles)


@require_http_methods(["GET", "POST"])
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    """For caseworkers and managers of a department with an own case of the person."""
    own = persons.own_parties(pk, request.scope)
    if not may_change(request.scope):
        raise PermissionDenied("Uppgifter om en person ändras av handläggare och chefer.")
    person = own[0].person
    if not persons.is_named_so(own):
        raise PermissionDenied(
            "Personnumret är registrerat på ett annat namn än det som står i ärendet. Rätta ärendet."
        )
    shielded = persons.is_shielded(own, request.today)
    log_reading(request, cases=[party.case_id for party in own], persons=[pk])
    form = PersonForm(request.POST or None, person=person, is_shielded=shielded)
    if request.method == "POST" and form.is_valid() and _is_saved(request, person, form):
        messages.success(request, "Uppgifterna är sparade.")
        return redirect("overview:person", pk)
    context = {"person": person, "form": form, "is_protected": shielded}
    return render(request, "overview/change_person.html", context)


def _is_saved(request: HttpRequest, person: Person, form: PersonForm) -> bool:
    """Else why not stands in the form: somebody worked in one of the cases at the same moment."""
    try:
        with constraints_speak():
            _save(request, person, form)
    except StepNotTaken as refusal:
        say(form, refusal)
        return False
    return True


@transaction.atomic
def _save(request: HttpRequest, person: Person, form: PersonForm) -> None:
    given = dict(form.cleaned_data)
    level = given.pop("protection")
    if level != person.protection:  # first, since it locks the cases, and the person after them
        protection.learn(person, level, by=request.scope, today=request.today)
    for name, value in given.items():
        setattr(person, name, value)
    person.save(update_fields=[*given, "sort_key"])

"""What stands in the register of a person: a name that has changed, an address, a telephone, a protection that became known.

Issued papers keep what they said. A protection is never taken away here: who may know is asked of the tax agency.
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bostad.audit.reading import log_reading
from bostad.casework import protection
from bostad.overview import persons
from bostad.overview.forms import PersonForm
from bostad.people.models import Person, Protection


@require_http_methods(["GET", "POST"])
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    """For who reads the person's page: staff of a department with an own case of the person."""
    own = persons.own_parties(pk, request.scope)
    person = own[0].person
    shielded = persons.is_shielded(own, request.today)
    log_reading(request, cases=[party.case_id for party in own], persons=[pk])
    form = PersonForm(request.POST or None, person=person, is_shielded=shielded)
    if request.method == "POST" and form.is_valid():
        _save(request, person, form)
        messages.success(request, "Uppgifterna är sparade.")
        return redirect("overview:person", pk)
    context = {"person": person, "form": form, "is_protected": shielded}
    return render(request, "overview/change_person.html", context)


@transaction.atomic
def _save(request: HttpRequest, person: Person, form: PersonForm) -> None:
    given = dict(form.cleaned_data)
    level = given.pop("protection")
    for name, value in given.items():
        setattr(person, name, value)
    person.save(update_fields=[*given, "sort_key"])
    if level != person.protection and level != Protection.NONE:
        protection.learn(person, level, by=request.scope, today=request.today)

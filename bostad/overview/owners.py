"""R-1-88: the register of property owners, with what each department has talked over with them."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from bostad.housing.models import Dwelling, OwnerContact
from bostad.organisation.models import Organisation, OrganisationKind
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope
from bostad.overview.forms import OwnerContactForm

READS = frozenset({Role.PROPERTY_OFFICER, Role.HOUSING_COORDINATOR, Role.CONTRACT_ADMINISTRATOR, Role.MANAGER})
WRITES = frozenset({Role.PROPERTY_OFFICER, Role.HOUSING_COORDINATOR})


def may_read(scope: Scope) -> bool:
    return bool(scope.departments) and bool(READS & scope.roles)


def writes_for(scope: Scope) -> int | None:
    """The department whose contact one may record: one's own, where one works with its dwellings."""
    own = scope.organisation_id
    return own if own in scope.departments and any(scope.holds(role, own, scope.unit_id) for role in WRITES) else None


@require_GET
def owners(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/owners.html", {"owners": _known(request.scope)})


@require_http_methods(["GET", "POST"])
def owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Properties with the dwellings that the reader may see, and the own department's contacts, newest first."""
    found = get_object_or_404(_known(request.scope), pk=pk)
    department = writes_for(request.scope)
    form = OwnerContactForm(request.POST or None, today=request.today, initial={"on": request.today})
    if request.method == "POST":
        if department is None:
            raise PermissionDenied("Kontakter registreras av FF-handläggare och boendesamordnare.")
        if form.is_valid():
            OwnerContact.objects.create(
                owner=found, department_id=department, by_id=request.scope.staff_id, **form.cleaned_data
            )
            return redirect("overview:owner", pk)
    homes = Dwelling.objects.visible_to(request.scope).order_by("sort_key")
    return render(
        request,
        "overview/owner.html",
        {
            "owner": found,
            "properties": found.properties.order_by("designation").prefetch_related(
                Prefetch("dwellings", homes, to_attr="shown")
            ),
            "contacts": _contacts(found, request.scope),
            "form": form if department else None,
        },
    )


def _known(scope: Scope) -> QuerySet[Organisation]:
    """With how much there is of each, and when it was last talked to: one query."""
    if not may_read(scope):
        raise PermissionDenied("Registret över fastighetsägare är för dem som arbetar med bostäder.")
    ours = Q(contacts__department__in=scope.departments)
    landlords = Organisation.objects.filter(kind=OrganisationKind.LANDLORD)
    return landlords.annotate(
        homes=Count("properties__dwellings", distinct=True),
        houses=Count("properties", distinct=True),
        last_contact=Max("contacts__on", filter=ours),
    ).order_by("name")


def _contacts(found: Organisation, scope: Scope) -> QuerySet[OwnerContact]:
    rows = found.contacts.filter(department__in=scope.departments).select_related("by", "department")
    return rows.order_by("-on", "-id")[:200]

"""Sign in and out. In the demo a person is picked; everywhere else only name and password count."""

from itertools import groupby
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from bostad.forms import SwedishFormMixin
from bostad.organisation.middleware import NOT_RECEIVED
from bostad.organisation.models import Staff


class SignInForm(SwedishFormMixin, AuthenticationForm):
    error_messages = {
        "invalid_login": "Användarnamnet och lösenordet stämmer inte. Försök igen.",
        "inactive": "Kontot är avstängt. Vänd dig till förvaltningens administratör.",
    }


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "organisation/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["not_received"] = NOT_RECEIVED.items() <= self.request.GET.dict().items()
        if settings.DEMO:
            context |= {"demo_people": demo_people(), "demo_sign_in_url": reverse("organisation:demo_sign_in")}
        return context


sign_in = SignIn.as_view()
sign_out = login_not_required(LogoutView.as_view())  # also when the session has expired


@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The administration has no door of its own: who is signed in and still comes here has no business there."""
    if request.user.is_authenticated:
        raise PermissionDenied("Administrationen är för förvaltningens administratörer.")
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': reverse('admin:index')})}")


def demo_people() -> list[dict]:
    """The people of the demo, by organisation, with what each does."""
    people = (
        Staff.objects.filter(is_active=True, unit__isnull=False)
        .select_related("unit__organisation")
        .prefetch_related("groups")
        .order_by("unit__organisation__kind", "unit__organisation__name", "last_name")
    )
    return [
        {
            "organisation": organisation.name,
            "people": [
                {"value": p.username, "name": str(p), "title": p.title or p.unit.name, "does": _roles(p)} for p in group
            ],
        }
        for organisation, group in groupby(people, key=lambda person: person.unit.organisation)
    ]


def _roles(person: Staff) -> str:
    return ", ".join(sorted({group.name.rpartition(": ")[2] for group in person.groups.all()}))


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Only in the demo: become the picked person, without a password."""
    if not settings.DEMO:
        raise Http404
    picked = request.POST.get("person", "").replace("\0", "")
    person = get_object_or_404(Staff, username=picked, is_active=True, unit__isnull=False)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = resolve_url(settings.LOGIN_REDIRECT_URL)
    return redirect(target)

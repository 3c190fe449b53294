"""At the door: who is it, which day is it. Asked once per request; everything below takes them as arguments."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pghistory
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from bostad import dates, history
from bostad.organisation.scope import scope_for

READING = ("GET", "HEAD", "OPTIONS")
NOT_RECEIVED = {"mottaget": "nej"}  # in the address of the sign-in, when something was posted


class SignedInMiddleware(LoginRequiredMiddleware):
    """Who is not signed in is sent to the sign-in, which leads back. What was posted is not received, and that is said."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        if request.method in READING:
            return super().handle_no_permission(request, view_func)
        query = urlencode({"next": _posted_from(request)} | NOT_RECEIVED)
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")


def _posted_from(request: HttpRequest) -> str:
    """The page with the form: what it is posted to may have no page of its own."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return request.get_full_path()
    return urlsplit(page)._replace(scheme="", netloc="").geturl()


class WhoAndWhenMiddleware:
    """Sets `request.today` and `request.scope`, and lets the change history know who acts on which page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.today = dates.today()
        request.scope = SimpleLazyObject(lambda: scope_for(request.user, request.today))
        response = self._respond(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")  # nothing to go back to after signing out
        return response

    def _respond(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING:
            return self.get_response(request)
        with history.acting(staff=request.user.pk):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        if request.method not in READING:
            pghistory.context(page=request.resolver_match.view_name)

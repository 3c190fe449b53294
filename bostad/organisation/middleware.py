"""At the door: who is it, which day is it. Asked once per request; everything below takes them as arguments."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from bostad import dates, history
from bostad.organisation.scope import scope_for


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
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with history.acting(staff=request.user.pk):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            pghistory.context(page=request.resolver_match.view_name)

"""The server's log: a refusal is one line, a fault keeps its traceback."""

import logging
from io import StringIO

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.log import log_response

from tests.pages import client_of
from tests.town import Town


@pytest.fixture
def said():
    """What the console's own formatter writes of `django.request`."""
    out, logger = StringIO(), logging.getLogger("django.request")
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("{levelname} {name} {message}", style="{"))
    logger.addHandler(handler)
    yield out
    logger.removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.usefixtures("on_the_day")
def test_a_refused_page_is_one_line(town: Town, said: StringIO):
    assert client_of(town.manager).get(reverse("admin:index"), follow=True).status_code == 403
    assert said.getvalue().count("\n") == 1
    assert "Forbidden" in said.getvalue()


def test_a_fault_keeps_its_traceback(said: StringIO):
    try:
        raise ZeroDivisionError
    except ZeroDivisionError as fault:
        log_response("Fault: %s", "/", response=HttpResponse(status=500), request=None, exception=fault)
    assert "Traceback" in said.getvalue()

"""Signing in again: what was posted too late is not received, is said so, and leads back to the page it stood on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]

FORM = "/kontrakt/ny/?bostad=7"
NOT_RECEIVED = "det du skickade togs inte emot"


def led_to(client: Client, address: str, **headers: str) -> str:
    """Where a stranger who posts is led after signing in; the page in between says that nothing was received."""
    answer = client.post(address, {"last_name": "Nyberg"}, headers=headers)
    assert answer["Location"].startswith(reverse("organisation:sign_in"))
    assert "Nyberg" not in answer["Location"]
    assert NOT_RECEIVED in client.get(answer["Location"]).text
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def test_what_is_posted_too_late_leads_back_to_its_page_and_is_said_not_to_be_received(client: Client):
    assert led_to(client, FORM) == FORM
    assert led_to(client, FORM, referer=f"http://testserver{FORM}") == FORM
    assert not client.session.items()


def test_an_address_without_a_page_of_its_own_leads_back_to_the_page_with_the_form(client: Client):
    page = reverse("casework:consents", args=["K-2026-000001"])
    revoke = reverse("casework:revoke_consent", args=["K-2026-000001", 1])
    assert led_to(client, revoke, referer=f"http://testserver{page}") == page


@pytest.mark.parametrize("elsewhere", ["https://annan.example/kontrakt/", "http://[", "//annan.example/"])
def test_a_page_of_somebody_else_is_not_led_back_to(client: Client, elsewhere: str):
    assert led_to(client, FORM, referer=elsewhere) == FORM


def test_who_only_reads_is_told_nothing_of_the_sort(client: Client):
    answer = client.get(FORM)
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [FORM]
    assert NOT_RECEIVED not in client.get(answer["Location"]).text


def test_who_signs_out_after_the_session_expired_is_signed_out(client: Client):
    answer = client.post(reverse("organisation:sign_out"))
    assert answer["Location"] == reverse("organisation:sign_in")

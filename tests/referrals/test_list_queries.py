"""A list of many asks the database no more than a list of few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.pages import client_of
from tests.referrals import making
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]

LISTS = {
    "caseworker": ["overview:my_work", "referrals:assessments", "referrals:referrals", "referrals:offers", "referrals:questions"],
    "officer": ["overview:my_work", "referrals:referrals", "referrals:offers", "referrals:guarantees", "overview:owners"],
    "manager": ["referrals:assessments", "referrals:audit"],
}  # fmt: skip
AT_MOST = 40


def asked(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name), {"lage": "alla", "saknar": "delgivning"}, follow=True).status_code == 200
    return len(queries)


def some_of_each(place: Referring) -> None:
    making.an_assessment(place, "investigating", children=1)
    making.a_referral(place, "registered", adults=2)
    making.a_referral(place, "offered")
    making.a_referral(place, "lease_signed", lease_form="guarantee")


@pytest.mark.parametrize("role", list(LISTS))
def test_a_list_asks_the_same_for_few_and_for_many(place: Referring, role: str):
    client = client_of(getattr(place, role))
    some_of_each(place)
    for name in LISTS[role]:
        asked(client, name)  # what is asked once per process
    few = {name: asked(client, name) for name in LISTS[role]}
    some_of_each(place)
    some_of_each(place)
    assert {name: asked(client, name) for name in LISTS[role]} == few
    assert max(few.values()) <= AT_MOST

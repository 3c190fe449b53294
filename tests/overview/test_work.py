"""Mitt arbete: what is due after the week stands one step away, and not among what is to be done now."""

from datetime import date

import pytest
from django.urls import reverse

from bostad.casework.models import Deadline
from bostad.organisation.roles import Role
from bostad.organisation.scope import scope_for
from tests.factories import StaffFactory
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.town import Referring, a_referring_town
from tests.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]  # 20 October 2026


@pytest.fixture
def place(town: Town) -> Referring:
    return a_referring_town(town)


def titles(page) -> list[str]:
    return [task.title for group in page.context["groups"] for task in group.tasks]


def test_what_is_due_after_the_week_is_one_press_away(place: Referring):
    making.a_referral(place, "registered")  # the department is asked at nine and at eleven months
    client, address = client_of(place.caseworker), reverse("overview:my_work")
    now = client.get(address)
    assert "Ta ställning till förlängning" not in titles(now)
    assert now.context["later"]["url"] in now.content.decode().replace("&amp;", "&")
    later = client.get(address + now.context["later"]["url"])
    assert titles(later).count("Ta ställning till förlängning") == 2
    assert now.context["later"]["count"] == len(titles(later))
    assert later.context["later"] is None
    assert 'id="senare"' in later.content.decode()


def test_what_lies_ahead_is_of_the_same_list_and_kind(place: Referring):
    making.a_referral(place, "registered")
    client, address = client_of(place.caseworker), reverse("overview:my_work")
    assert client.get(address, {"slag": "referral"}).context["later"]["count"] > 0
    assert titles(client.get(address, {"slag": "referral", "nar": "senare"}))
    assert client.get(address, {"slag": "contract"}).context["later"] is None
    assert titles(client.get(address, {"slag": "contract", "nar": "senare"})) == []
    assert client_of(place.sof_caseworker).get(address).context["later"] is None


def test_no_row_names_whom_a_case_is_of_that_the_reader_may_not_open(place: Referring):
    """What comes from another department lands in a unit's queue: who works there alone does not read it."""
    question = making.question_in(place.town, "asked", place)
    row = Deadline.objects.still_open().get(case=question.pk, kind="question_answer")
    name = question.assessment.parties.get(role="applicant").person.name
    of_the_unit = StaffFactory(unit=row.unit, roles=[(Role.HOUSING_COORDINATOR, row.unit)])
    inside = client_of(scope_for(of_the_unit, date(2026, 10, 20)))
    assert inside.get(reverse("referrals:question", args=[question.number])).status_code == 404
    for whose in ("mitt", "enhetens", "utan"):
        for when in ("", "senare"):
            page = inside.get(reverse("overview:my_work"), {"vems": whose, "nar": when}).content.decode()
            assert name not in page
            assert question.number not in page
    opened = client_of(place.sof_caseworker).get(reverse("overview:my_work"), {"vems": "utan"}).content.decode()
    assert question.number in opened

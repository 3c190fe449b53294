"""Days that no case can have are refused at their field, in one sentence, and what was typed stays."""

import html
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from bostad import words
from contracts.services.from_offer import contract_of
from referrals.models import Assessment, Offer, Referral
from tests.factories import a_personnummer
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.town import Referring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day", "fast_files")]  # 20 October 2026

FAR = "Tiden kan inte vara mer än ett år fram."
YEAR = "Året måste vara mellan 1953 och 2095"


def pressed(case, step: str, scope, **typed: str):
    page = "assessment_step" if isinstance(case, Assessment) else "referral_step"
    return client_of(scope).post(reverse(f"referrals:{page}", args=[case.number, step]), typed)


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: [str(text) for text in texts] for name, texts in response.context["form"].errors.items()}


BOOKING = {"informed_on": "2026-10-20", "viewing_at": "2026-10-22T10:00", "signing_at": "2026-10-26T13:00"}


@pytest.mark.rule("R-1-49")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0001-01-01T10:00", YEAR),
        ("1800-01-01T10:00", YEAR),
        ("2150-01-01T10:00", YEAR),
        ("9999-12-31T23:59", YEAR),
        ("2026-10-22T25:00", "Klockslaget finns inte"),
        ("2026-02-30T10:00", "Dagen finns inte"),
        ("i morgon", "Skriv dag och klockslag som 2026-10-15 13:30"),
        ("2026-10-19T23:30", "Tiden kan inte vara före idag."),
        ("2026-09-01T10:00", "Tiden kan inte vara före idag."),
        ("2027-10-21T10:00", FAR),
    ],
)
@pytest.mark.parametrize("field", ["viewing_at", "signing_at"])
def test_a_time_that_cannot_be_is_refused_at_its_field(place: Referring, field: str, typed: str, says: str):
    referral = making.a_referral(place, "suitable")
    response = pressed(referral, "inform_client", place.caseworker, **BOOKING | {field: typed})
    assert errors(response)[field][0] == says
    assert typed in response.content.decode()
    assert Offer.objects.get(referral=referral).signing_at is None


@pytest.mark.rule("R-1-49")
@pytest.mark.parametrize("typed", ["2026-10-26T13:00", "2026-10-26 13.00", "26 okt 2026 13:00", "2026-10-26T13:00:00"])
def test_a_time_is_read_as_people_write_it_and_on_the_clock_of_the_house(place: Referring, typed: str):
    referral = making.a_referral(place, "suitable")
    response = pressed(referral, "inform_client", place.caseworker, **BOOKING | {"signing_at": typed})
    assert response.status_code == 302
    signing = Offer.objects.get(referral=referral).signing_at
    assert timezone.localtime(signing).replace(tzinfo=None) == datetime(2026, 10, 26, 13)


@pytest.mark.rule("R-1-49")
def test_a_viewing_that_has_been_stays_when_only_the_signing_is_moved(place: Referring):
    referral = making.a_referral(place, "booked")  # the viewing was on the 7th
    kept = {"informed_on": "2026-10-05", "viewing_at": "2026-10-07T10:00", "signing_at": "2026-10-27T13:00"}
    assert list(errors(pressed(referral, "inform_client", place.caseworker, **kept))) == ["reason"]
    because = {"reason": "FF är sjuk den dagen."}
    assert pressed(referral, "inform_client", place.caseworker, **kept, **because).status_code == 302


@pytest.mark.rule("R-1-29")
def test_nobody_was_told_of_one_offer_before_the_application(place: Referring):
    referral = making.a_referral(place, "draft")
    typed = {"informed_on": "1999-11-27", "how": "vid möte"}
    response = pressed(referral, "inform", place.caseworker, **typed)
    assert errors(response) == {"informed_on": ["Den enskilde kan inte ha fått veta det före ansökan."]}
    assert errors(pressed(referral, "inform", place.caseworker, **typed | {"informed_on": "2026-10-21"})) == {
        "informed_on": ["Dagen kan inte vara efter idag."]
    }
    assert Referral.objects.get(pk=referral.pk).informed_on is None


@pytest.mark.rule("R-4-11")
@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2021-10-19", "Ansökan kan inte vara äldre än 5 år"),
        ("2026-10-21", "Ansökan kan inte ha kommit in efter idag"),
        ("2022-01-01", "Ansökan kan inte ha kommit in innan den sökande var född"),
    ],
)
def test_an_application_comes_in_while_the_applicant_lives(place: Referring, day: str, says: str):
    number = making.make_fictional_personnummer(date(2023, 2, 1), 981) if day == "2022-01-01" else a_personnummer(7)
    typed = {
        "support": "social", "applied_on": day, "application_form": "written", "application_note": "En bostad.",
        "unit": place.housing_unit.pk, "first_name": "Amira", "last_name": "Haddad", "personnummer": number,
        "is_protected": "nej", "children": "0",
    }  # fmt: skip
    response = client_of(place.caseworker).post(reverse("referrals:new_assessment"), typed)
    assert errors(response) == {"applied_on": [says]}
    assert not Assessment.objects.exists()


@pytest.mark.rule("R-0-7")
def test_a_contract_is_not_dated_after_the_day_of_moving_in(place: Referring):
    made = making.making_of(place, "accepted")
    client, address = client_of(place.officer), reverse("contracts:from_offer", args=[made.referral.number])
    assert client.get(address).context["form"].initial["contract_on"] == date(2026, 10, 20)
    response = client.post(address, {"move_in_on": "2026-11-01", "contract_on": "2030-11-27"})
    assert errors(response) == {"contract_on": ["Kontraktsdatumet kan inte vara efter inflyttningen."]}
    assert contract_of(made.referral) is None
    assert client.post(address, {"move_in_on": "2026-11-01", "contract_on": "2026-11-01"}).status_code == 302


@pytest.mark.rule("R-1-51")
def test_household_dwelling_rent_and_head_lease_are_carried_over_to_be_read(place: Referring):
    made = making.making_of(place, "accepted", children=1)
    officer, address = client_of(place.officer), reverse("contracts:from_offer", args=[made.referral.number])
    offer = made.referral.offers.get()
    lease = offer.dwelling.head_lease_on(offer.free_from)
    child = made.referral.parties.select_related("person").get(role="child").person
    carried = [child.name, words.kr(offer.dwelling.monthly_rent), lease.reference, lease.owner.name]
    page = html.unescape(officer.get(address).content.decode())
    assert [told for told in carried if told not in page] == []
    written = officer.post(address, {"move_in_on": "2026-11-01", "contract_on": "2026-11-01"})
    page = html.unescape(officer.get(written.url).content.decode())
    assert [told for told in (child.name, lease.reference) if told not in page] == []


@pytest.mark.rule("R-0-7")
def test_the_day_of_signing_is_the_day_of_the_house_and_not_of_greenwich(place: Referring):
    made = making.making_of(place, "accepted")
    late = timezone.make_aware(datetime(2026, 10, 28, 0, 30))  # the evening before, in Greenwich
    made.referral.offers.update(signing_at=late)
    page = client_of(place.officer).get(reverse("contracts:from_offer", args=[made.referral.number]))
    assert page.context["form"].initial["contract_on"] == date(2026, 10, 28)


@pytest.mark.rule("R-1-19")
def test_a_decision_on_the_children_is_taken_and_not_expected(place: Referring):
    case = making.an_assessment(place, "investigating")
    response = pressed(case, "write_target", place.caseworker, children_return_decided_on="2026-10-21")
    assert errors(response) == {"children_return_decided_on": ["Beslutet kan inte vara efter idag."]}


@pytest.mark.rule("R-4-6")
def test_an_emergency_home_ends_after_today(place: Referring):
    case = making.an_assessment(place, "investigating", support="emergency")
    response = pressed(case, "write_supported", place.caseworker, planned_end_on="2026-10-20")
    assert errors(response) == {"planned_end_on": ["Boendet ska sluta efter idag."]}

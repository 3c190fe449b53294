"""The end of a guarantee (R-1-6): three checks with evidence, after a dialogue with the owner, when the year is over."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from bostad.casework.models import Deadline
from bostad.casework.refusals import NotYours, StepNotTaken
from bostad.housing.models import Tenure
from referrals import reading
from referrals.forms import referral as referral_forms
from referrals.models import GuaranteeEnding
from referrals.rules.writing import a_guarantee_needs_no_debts_or_a_dialogue
from referrals.services import offering
from referrals.services.offering import GuaranteeEndingInput
from tests.factories import HeadLeaseFactory
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import Making
from tests.referrals.town import Referring, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]
YEAR_OVER = date(2027, 10, 14)  # moved in on 15 October 2026
WELL = GuaranteeEndingInput(
    "Inga störningar enligt ägaren.", "Hyresavin betald tolv månader.", "Besiktad utan anmärkning.",
    YEAR_OVER - timedelta(days=2), "Anna Berg, Ekstads Bostads AB", YEAR_OVER,
)  # fmt: skip


def a_guarantee(place: Referring, until: str = "housed") -> Making:
    return making.making_of(place, until, lease_form="guarantee")


def end(place: Referring, made: Making, **other: object):
    return offering.end_guarantee(made.pk, replace(WELL, **other), by=place.officer, today=YEAR_OVER)


@pytest.mark.rule("R-1-6")
@pytest.mark.parametrize(
    ("lacks", "says"), [("orderly", "skötsamhet"), ("paid", "betalats i tid"), ("cared", "vårdats")]
)
def test_no_guarantee_ends_with_a_check_unanswered(place: Referring, lacks: str, says: str):
    made = a_guarantee(place)
    with pytest.raises(StepNotTaken, match=says):
        end(place, made, **{lacks: " "})
    assert not GuaranteeEnding.objects.exists()


@pytest.mark.rule("R-1-62")
def test_a_guarantee_runs_a_year_at_least(place: Referring):
    made = a_guarantee(place)
    with pytest.raises(StepNotTaken, match="14 oktober 2027"):
        end(place, made, ended_on=YEAR_OVER - timedelta(days=1))


@pytest.mark.rule("R-1-63")
def test_it_ends_after_a_dialogue_with_the_owner(place: Referring):
    made = a_guarantee(place)
    with pytest.raises(StepNotTaken, match="före dialogen"):
        end(place, made, dialogue_on=YEAR_OVER, ended_on=YEAR_OVER - timedelta(days=1))


@pytest.mark.rule("R-1-6")
@pytest.mark.parametrize("until", ["lease_signed", "housed"])
def test_with_evidence_it_ends_once_and_the_household_lives_on(place: Referring, until: str):
    made = a_guarantee(place, until)
    asks = Deadline.objects.still_open().filter(case=made.pk, kind="guarantee_reassess")
    assert asks.get().due_on == YEAR_OVER + timedelta(days=1)
    end(place, made)
    assert (made.referral.state, made.referral.guarantee_ending.ended_on) == (until, YEAR_OVER)
    assert made.referral.owner_occupancy.to_on is None
    assert not asks.exists()
    with pytest.raises(StepNotTaken):
        end(place, made)


@pytest.mark.rule("R-1-6")
def test_the_property_department_ends_it_and_nobody_else(place: Referring):
    made = a_guarantee(place)
    with pytest.raises(NotYours):
        offering.end_guarantee(made.pk, WELL, by=place.caseworker, today=YEAR_OVER)


@pytest.mark.rule("R-1-6")
def test_the_database_ends_none_without_evidence_or_anew(place: Referring):
    made = a_guarantee(place)
    for lacks in ("orderly", "paid", "cared"):
        with pytest.raises(DatabaseError), transaction.atomic():
            GuaranteeEnding.objects.create(
                referral=made.referral, by_id=place.officer.staff_id, **vars(WELL) | {lacks: ""}
            )
            connection.check_constraints()
    end(place, made)
    with pytest.raises(DatabaseError), transaction.atomic():
        GuaranteeEnding.objects.update(paid="Annat.")


@pytest.mark.rule("R-1-6")
def test_a_no_ends_nothing_and_is_said_where_it_was_given(place: Referring, on_the_day):
    made = a_guarantee(place)
    with time_machine.travel("2027-10-14 10:00Z", tick=False):
        client = client_of(place.officer)
        address = reverse("referrals:referral_step", args=[made.referral.number, "end_guarantee"])
        given = {
            "is_orderly": "ja", "orderly": "Inga störningar.", "is_paid": "nej", "is_cared": "ja", "cared": "",
            "dialogue_on": str(YEAR_OVER), "dialogue_with": "Anna Berg", "ended_on": str(YEAR_OVER),
        }  # fmt: skip
        said = client.post(address, given).content.decode()
        assert "löper vidare" in said
        assert "Skriv vad som visar det" in said
        assert "Inga störningar." in said
        assert not GuaranteeEnding.objects.exists()
        given |= {"is_paid": "ja", "paid": "Tolv avier.", "cared": "Besiktad."}
        assert client.post(address, given).status_code == 302
    assert made.referral.guarantee_ending.paid == "Tolv avier."


@pytest.mark.rule("R-1-27")
def test_the_lock_leads_to_where_the_dialogue_is_recorded():
    assert a_guarantee_needs_no_debts_or_a_dialogue.meet_at == "choose_form"
    assert "debt_dialogue_on" in referral_forms.FORMS["choose_form"].base_fields


@pytest.mark.rule("R-1-51")
@pytest.mark.parametrize(("to_on", "holds"), [(None, True), (date(2026, 10, 15), True), (date(2026, 10, 14), False)])
def test_no_owner_lets_a_home_that_the_municipality_rents_that_day(place: Referring, to_on: date | None, holds: bool):
    made = a_guarantee(place, "accepted")  # moves in on 15 October 2026
    HeadLeaseFactory(dwelling=made.home, from_on=date(2024, 1, 1), to_on=to_on, rent=9200)
    if holds:
        with pytest.raises(StepNotTaken, match="Kommunen hyr själv bostaden den dagen"):
            making.ACTS["lease_signed"](made, making.DAYS["lease_signed"])
        assert made.referral.owner_lease_on is None
    else:
        making.ACTS["lease_signed"](made, making.DAYS["lease_signed"])
        assert made.referral.state == "lease_signed"


@pytest.mark.rule("R-1-51")
@pytest.mark.parametrize("tenure", [Tenure.OWN_STOCK, Tenure.COOPERATIVE, Tenure.OWNED])
def test_no_guarantee_is_given_for_what_the_municipality_owns(place: Referring, tenure: str):
    made, home = a_guarantee(place, "registered"), a_home(place, housing_forms=["guarantee"], tenure=tenure)
    day = making.DAYS["offered"]
    assert home not in reading.free_dwellings(made.referral, place.officer, day)
    with pytest.raises(StepNotTaken, match="Kommunen förfogar själv"):
        offering.make_offer(made.pk, dwelling=home, free_from=day, by=place.officer, today=day)


@pytest.mark.rule("R-1-51")
def test_a_home_is_offered_for_a_guarantee_when_the_municipality_rents_it_no_more(place: Referring):
    made, home = a_guarantee(place, "registered"), a_home(place, housing_forms=["guarantee"])
    day = making.DAYS["offered"]
    HeadLeaseFactory(dwelling=home, from_on=date(2024, 1, 1), to_on=day, rent=9200)  # and again, years from now:
    HeadLeaseFactory(dwelling=home, from_on=date(2030, 1, 1), rent=9200)
    asked = {"dwelling": home, "by": place.officer, "today": day}
    with pytest.raises(StepNotTaken, match="Kommunen förfogar själv"):
        offering.make_offer(made.pk, free_from=day, **asked)
    assert offering.make_offer(made.pk, free_from=day + timedelta(days=1), **asked).state == "open"


@pytest.mark.rule("R-1-51")
def test_that_the_municipality_rents_it_is_said_where_the_home_is_chosen(place: Referring, on_the_day):
    home = a_home(place, housing_forms=["guarantee"])
    made = a_guarantee(place, "registered")
    address = reverse("referrals:referral_step", args=[made.referral.number, "make_offer"])
    client, said = client_of(place.officer), "Kommunen hyr bostaden själv."
    assert said not in client.get(address).content.decode()
    HeadLeaseFactory(dwelling=home, from_on=date(2024, 1, 1), rent=9200)
    assert said in client.get(address).content.decode()


LEASE = offering.OwnerLeaseInput(making.DAYS["lease_signed"], "EB-2026-114", Decimal(8900), date(2026, 10, 15), 12)


@pytest.mark.rule("R-1-51")
def test_no_home_is_let_for_nothing(place: Referring):
    made = a_guarantee(place, "accepted")
    with pytest.raises(StepNotTaken, match="Ange hyran"):
        offering.record_owner_lease(
            made.pk, replace(LEASE, owner_lease_rent=Decimal(0)), by=place.officer, today=LEASE.owner_lease_on
        )


@pytest.mark.rule("R-1-5")
def test_what_was_typed_wrongly_of_the_owners_lease_is_mended_with_a_reason(place: Referring):
    made, right = a_guarantee(place, "lease_signed"), date(2026, 10, 20)
    lease = replace(LEASE, owner_lease_rent=Decimal(9100), owner_lease_move_in_on=right, guarantee_months=24)
    by = {"by": place.officer, "today": LEASE.owner_lease_on}
    offering.correct_owner_lease(made.pk, lease, reason="Hyran var förra årets.", **by)
    after = made.referral
    assert (after.owner_lease_rent, after.guarantee_to) == (9100, date(2028, 10, 19))
    assert after.owner_occupancy.from_on == right
    assert after.steps_taken.get(step="correct_owner_lease").note == "Hyran var förra årets."
    with pytest.raises(NotYours):
        offering.correct_owner_lease(made.pk, lease, reason="Nej.", by=place.caseworker, today=LEASE.owner_lease_on)

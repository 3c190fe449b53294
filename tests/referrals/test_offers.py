"""One home for one household: offered once, held while it lives, signed for (R-1-48 to R-1-53)."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bostad.casework.refusals import StepNotTaken, WrongState
from contracts.models import Contract
from contracts.services import issuing, ordering, signing
from contracts.services.from_offer import write_contract
from referrals import lists
from referrals.models import Offer, Referral
from referrals.services import offering
from tests import making as contracts
from tests.referrals import making
from tests.referrals.making import DAYS
from tests.referrals.town import Referring, a_home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]


@pytest.mark.rule("R-1-48")
def test_two_officers_cannot_offer_the_same_dwelling(place: Referring):
    home = a_home(place)
    first, second = making.a_referral(place, "registered"), making.a_referral(place, "registered")
    asked = {"dwelling": home, "free_from": date(2026, 10, 15), "today": DAYS["offered"]}
    offering.make_offer(first.pk, by=place.officer, **asked)
    with pytest.raises(StepNotTaken, match="redan erbjuden"):
        offering.make_offer(second.pk, by=place.other_officer, **asked)
    assert Referral.objects.get(pk=second.pk).state == "registered"


@pytest.mark.rule("R-1-48")
@pytest.mark.parametrize(
    ("free_from", "said"), [(date(2026, 9, 30), "före idag"), (date(2027, 10, 2), "mer än ett år i förväg")]
)
def test_the_day_of_a_home_is_neither_past_nor_far_away(place: Referring, free_from: date, said: str):
    referral, today = making.a_referral(place, "registered"), date(2026, 10, 1)
    asked = {"dwelling": a_home(place), "by": place.officer, "today": today}
    with pytest.raises(StepNotTaken, match=said):
        offering.make_offer(referral.pk, free_from=free_from, **asked)
    assert offering.make_offer(referral.pk, free_from=date(2027, 10, 1), **asked).state == "open"


@pytest.mark.rule("R-1-48")
def test_the_database_holds_one_live_offer_for_a_dwelling(place: Referring):
    offer = making.a_referral(place, "offered").offers.get()
    other = making.a_referral(place, "registered")
    with pytest.raises(IntegrityError, match="a_dwelling_stands_in_one_live_offer"), transaction.atomic():
        Offer.objects.create(
            referral=other, dwelling=offer.dwelling, offered_on=DAYS["offered"], offered_by_id=place.officer.staff_id,
            free_from=DAYS["offered"], answer_by=DAYS["suitable"],
        )  # fmt: skip


@pytest.mark.rule("R-1-48")
def test_an_offered_dwelling_is_let_to_nobody_else(place: Referring):
    offer = making.a_referral(place, "offered").offers.get()
    data = contracts.a_registration(offer.dwelling, form="municipal")
    with pytest.raises(StepNotTaken, match="erbjuden ett annat hushåll"):
        ordering.register(data, by=place.officer, today=DAYS["suitable"])


@pytest.mark.rule("R-1-50")
def test_a_no_of_the_department_has_a_reason_and_uses_up_no_offer(place: Referring):
    referral = making.a_referral(place, "offered")
    with pytest.raises(StepNotTaken, match="varför"):
        offering.find_unsuitable(referral.pk, reason="", by=place.caseworker, today=DAYS["suitable"])
    offering.find_unsuitable(referral.pk, reason="school", by=place.caseworker, today=DAYS["suitable"])
    offering.make_offer(
        referral.pk, dwelling=a_home(place), free_from=date(2026, 11, 1), by=place.officer, today=DAYS["booked"]
    )
    assert Referral.objects.get(pk=referral.pk).state == "offered"


@pytest.mark.rule("R-1-29")
def test_a_second_home_is_offered_only_by_a_managers_decision(place: Referring):
    referral = making.a_referral(place, "booked")
    offering.decline(
        referral.pk, reason="area", answered_on=DAYS["accepted"], by=place.caseworker, today=DAYS["accepted"]
    )
    again = {
        "dwelling": a_home(place),
        "free_from": date(2026, 11, 1),
        "by": place.officer,
        "today": date(2026, 10, 20),
    }
    with pytest.raises(StepNotTaken, match="redan erbjudits"):
        offering.make_offer(referral.pk, **again)
    with pytest.raises(StepNotTaken):
        offering.allow_another_offer(referral.pk, reason="Hot.", by=place.caseworker, today=date(2026, 10, 20))
    offering.allow_another_offer(referral.pk, reason="Hot i området.", by=place.manager, today=date(2026, 10, 20))
    assert offering.make_offer(referral.pk, **again).state == "open"


@pytest.mark.rule("R-1-45")
def test_a_home_in_a_barred_area_is_offered_only_with_a_reason(place: Referring):
    referral = making.a_referral(place, "registered", sections={"areas": {"barred": ["Norra"]}})
    home = a_home(place, real_property__area="Norra")
    asked = {"dwelling": home, "free_from": date(2026, 10, 15), "by": place.officer, "today": DAYS["offered"]}
    with pytest.raises(StepNotTaken, match="passar inte"):
        offering.make_offer(referral.pk, **asked)
    assert offering.make_offer(referral.pk, despite="Hushållet önskar själv området.", **asked).state == "open"


@pytest.mark.rule("R-1-49")
def test_nobody_accepts_what_nobody_has_been_shown(place: Referring):
    referral = making.a_referral(place, "suitable")
    with pytest.raises(StepNotTaken, match="Informera"):
        offering.accept(referral.pk, answered_on=DAYS["accepted"], by=place.caseworker, today=DAYS["accepted"])
    booking = making.a_booking(DAYS["booked"], viewing_at=None, viewing_waived="")
    with pytest.raises(StepNotTaken, match="visning"):
        offering.inform_client(referral.pk, booking, by=place.caseworker, today=DAYS["booked"])
    late = making.a_booking(DAYS["booked"], viewing_at=timezone.make_aware(datetime(2026, 11, 1, 9)))
    with pytest.raises(StepNotTaken, match="före visningen"):
        offering.inform_client(referral.pk, late, by=place.caseworker, today=DAYS["booked"])


@pytest.mark.rule("R-1-51")
@pytest.mark.rule("R-1-3")
def test_the_municipal_contract_carries_the_offer_over_and_its_signing_tells_the_referral(place: Referring):
    made = making.making_of(place, "accepted", adults=2)
    town, today = place.town, DAYS["accepted"]
    contract = write_contract(
        made.pk, move_in_on=date(2026, 10, 15), contract_on=date(2026, 10, 12), by=place.officer, today=today
    )
    people = set(made.referral.parties.values_list("person", flat=True))
    assert {party.person_id for party in contract.tenants} == people
    assert (contract.dwelling_id, contract.offer.referral_id) == (made.home.pk, made.pk)
    with pytest.raises(StepNotTaken, match="redan registrerat"):
        write_contract(
            made.pk, move_in_on=date(2026, 10, 15), contract_on=date(2026, 10, 12), by=place.officer, today=today
        )
    _through_to_the_signature(place, contract, town)
    referral = made.referral
    assert (referral.state, referral.contract_number) == ("lease_signed", contract.number)
    assert referral.offers.get().state == "lease_signed"


def _through_to_the_signature(place: Referring, contract: Contract, town) -> None:
    by, day = place.officer, date(2026, 10, 12)
    ordering.order(contract.pk, contracts.an_order(), by=by, today=day)
    issuing.issue(contract.pk, contracts.terms(town, Contract.objects.get(pk=contract.pk)), by=by, today=day)
    contracts.print_letters(Contract.objects.get(pk=contract.pk), by=by, today=day)
    issuing.sign_for_municipality(contract.pk, signed_on=day, by=by, today=day)
    fresh = Contract.objects.get(pk=contract.pk)
    signing.record_signatures(
        contract.pk, step="sign_at_desk", signings=contracts.signed_by_all(fresh, day), codes=contracts.codes(fresh),
        by=by, today=day,
    )  # fmt: skip


@pytest.mark.rule("R-1-51")
def test_ff_signs_no_lease_of_a_guarantee_and_the_owners_is_recorded(place: Referring):
    made = making.making_of(place, "accepted", lease_form="guarantee")
    with pytest.raises(StepNotTaken, match="ägaren"):
        write_contract(
            made.pk, move_in_on=date(2026, 10, 15), contract_on=date(2026, 10, 12), by=place.officer,
            today=DAYS["accepted"],
        )  # fmt: skip
    with pytest.raises(WrongState):
        offering.record_lease_signed(
            making.the_offer_of(made), contract_number="K-1", signed_on=DAYS["accepted"], today=DAYS["accepted"]
        )
    making.ACTS["lease_signed"](made, DAYS["lease_signed"])
    assert made.referral.owner_lease_reference == "EB-2026-114"


@pytest.mark.rule("R-1-4")
@pytest.mark.rule("R-1-5")
def test_a_guarantee_stands_in_the_register_with_its_last_day(place: Referring):
    made = making.making_of(place, "lease_signed", lease_form="guarantee")
    assert (made.referral.guarantee_months, made.referral.guarantee_to) == (12, date(2027, 10, 14))
    officers = list(lists.guarantees_known(lists.guarantees_for(place.officer)))
    (row,) = lists.guarantee_rows(officers, place.officer)
    assert (row.referral.pk, row.owner) == (made.pk, place.town.landlord.name)
    assert not lists.guarantees_for(place.vof_caseworker).exists()
    making.making_of(place, "lease_signed")  # a municipal lease is not one of them
    assert lists.guarantees_for(place.officer).count() == 1


@pytest.mark.rule("R-1-5")
@pytest.mark.parametrize("months", [0, 6, 36])
def test_a_guarantee_runs_one_year_or_two(place: Referring, months: int):
    made = making.making_of(place, "accepted", lease_form="guarantee")
    data = offering.OwnerLeaseInput(DAYS["lease_signed"], "EB-1", Decimal(8900), date(2026, 10, 15), months)
    with pytest.raises(StepNotTaken, match="ett eller två år"):
        offering.record_owner_lease(made.pk, data, by=place.officer, today=DAYS["lease_signed"])
    assert made.referral.state == "accepted"


@pytest.mark.rule("R-1-52")
@pytest.mark.rule("R-1-53")
def test_housing_is_decided_after_the_lease_and_tied_to_interventions(place: Referring):
    made = making.making_of(place, "accepted")
    with pytest.raises(WrongState):
        making.ACTS["housed"](made, DAYS["accepted"])
    making.ACTS["lease_signed"](made, DAYS["lease_signed"])
    bare = making.a_decision_input(made)
    with pytest.raises(StepNotTaken, match="insatser"):
        offering.decide_housing(made.pk, bare, by=place.caseworker, today=DAYS["housed"])
    making.ACTS["housed"](made, DAYS["housed"])
    assert made.referral.decisions.get(kind="housing").support_forms == ["secretary"]


@pytest.mark.rule("R-1-28")
def test_there_is_no_referral_without_a_decision(place: Referring):
    made = making.Making(place)
    for milestone in ("applied", "investigating", "written", "assessed"):
        making.ACTS[milestone](made, DAYS[milestone])
    with pytest.raises(WrongState):
        making.ACTS["draft"](made, DAYS["draft"])


@pytest.mark.rule("R-1-27")
def test_a_guarantee_with_debts_needs_an_earlier_dialogue(place: Referring):
    made = making.making_of(place, "informed", lease_form="guarantee")
    made.debts = 12_000
    making.ACTS["filled"](made, DAYS["filled"])
    with pytest.raises(StepNotTaken, match="dialog med FF"):
        making.ACTS["approved"](made, DAYS["approved"])
    with_dialogue = making.a_referral(place, "approved", lease_form="guarantee", debts=12_000)
    assert with_dialogue.state == "approved"


def test_a_booking_after_the_offer_was_withdrawn_is_refused(place: Referring):
    referral = making.a_referral(place, "suitable")
    offering.take_back_offer(referral.pk, reason="Vattenskada.", by=place.officer, today=DAYS["booked"])
    with pytest.raises(WrongState):
        offering.inform_client(referral.pk, making.a_booking(DAYS["booked"]), by=place.caseworker, today=DAYS["booked"])
    assert referral.offers.get().ended_on == DAYS["booked"]

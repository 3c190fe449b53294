"""One home for one person, and one household for one dwelling: whatever referral, department or door it comes by."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from bostad import dates
from bostad.casework import steps
from bostad.casework.models import Case, Deadline, StepLog
from bostad.casework.refusals import StepNotTaken
from bostad.housing.models import Occupancy
from contracts.models import Contract
from contracts.services import issuing, ordering, signing
from contracts.services.from_offer import write_contract
from referrals import reading
from referrals.loading.referral import load
from referrals.models import Assessment, Decision, Offer, Referral
from referrals.services import assessing, deciding, offering, validity, writing
from referrals.services.deciding import DecisionInput
from referrals.services.validity import IntakeInput
from referrals.services.writing import OpeningInput
from tests import making as contracts
from tests.pages import client_of
from tests.referrals import making
from tests.referrals.making import ACTS, DAYS, Making
from tests.referrals.town import Referring, a_home, a_referring_town
from tests.town import a_town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fast_files")]
DAY = date(2026, 10, 20)


def replaced(place: Referring, made: Making, today: date = DAY) -> Making:
    """A new referral instead of the one in force, written, signed and sent."""
    new = writing.replace(made.pk, OpeningInput("municipal", "Nytt."), by=place.caseworker, today=today)
    it = Making(place, pk=new.pk)
    ACTS["informed"](it, today)
    economy = making.sections_of(it)["economy"] | {"checked_on": str(today)}
    writing.write_section(it.pk, "economy", economy, by=place.caseworker, today=today)
    for milestone in ("approved", "signed", "submitted"):
        ACTS[milestone](it, today)
    return it


def offer(place: Referring, pk: int, *, today: date = DAY, home: Any = None) -> Offer:
    return offering.make_offer(pk, dwelling=home or a_home(place), free_from=today, by=place.officer, today=today)


# --- R-1-29: one home for a person ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-1-29")
def test_after_a_no_a_replacement_gives_no_new_offer_without_the_managers_decision(place: Referring):
    made = making.making_of(place, "booked")
    offering.decline(made.pk, reason="area", answered_on=DAYS["accepted"], by=place.caseworker, today=DAYS["accepted"])
    it = replaced(place, made)
    validity.register(it.pk, by=place.officer, today=DAY)
    with pytest.raises(StepNotTaken, match="redan erbjudits ett boende"):
        offer(place, it.pk)
    offering.allow_another_offer(it.pk, reason="Hot i området.", by=place.manager, today=DAY)
    assert offer(place, it.pk).state == "open"


@pytest.mark.rule("R-1-29")
def test_another_departments_referral_of_the_same_person_gets_no_second_offer(place: Referring):
    made = making.making_of(place, "offered")
    theirs = _of_sof(place, made.household, DAYS["offered"])
    with pytest.raises(StepNotTaken, match="redan ett erbjudande som lever"):
        offer(place, theirs.pk, today=DAYS["offered"])
    offering.take_back_offer(made.pk, reason="Vattenskada.", by=place.officer, today=DAYS["offered"])
    assert offer(place, theirs.pk, today=DAYS["offered"]).state == "open"


def said_no(place: Referring, pk: int, day: date) -> None:
    """The home is offered, found suitable, shown and declined, all that day."""
    by = {"by": place.sof_caseworker if Referral.objects.get(pk=pk).department == place.sof else place.caseworker}
    offer(place, pk, today=day)
    offering.find_suitable(pk, **by, today=day)
    booking = making.a_booking(day, viewing_at=None, viewing_waived="Har sett den.", signing_at=making.at(day))
    offering.inform_client(pk, booking, **by, today=day)
    offering.decline(pk, reason="area", answered_on=day, **by, today=day)


@pytest.mark.rule("R-1-29")
def test_of_a_no_in_another_department_the_property_department_alone_is_told_and_decides(place: Referring, on_the_day):
    made = making.making_of(place, "registered")
    said_no(place, made.pk, DAY)
    theirs = _of_sof(place, made.household, DAY)
    facts = load([theirs.pk], DAY)[theirs.pk]
    assert (facts.declined, facts.declined_elsewhere) == (0, True)
    with pytest.raises(StepNotTaken):  # it is no matter of theirs
        offering.allow_another_offer(theirs.pk, reason="Nytt skäl.", by=place.sof_manager, today=DAY)
    address = reverse("referrals:referral_step", args=[theirs.referral.number, "make_offer"])
    page = reverse("referrals:referral", args=[theirs.referral.number])
    home = a_home(place)
    ff = client_of(place.officer)
    assert "nej till ett boende på en annan remiss" in ff.get(address).content.decode()
    given = {"dwelling": home.pk, "free_from": str(DAY)}
    assert "Skriv varför ytterligare ett erbjuds" in ff.post(address, given).content.decode()
    assert ff.post(address, given | {"despite_no": "Hotad i den förra."}).status_code == 302
    assert "Hotad i den förra" in ff.get(page).content.decode()
    for scope in (place.sof_caseworker, place.sof_manager):
        shown = client_of(scope).get(page).content.decode()
        assert str(home) in shown
        assert "Hotad" not in shown
        assert "annan remiss" not in shown


@pytest.mark.rule("R-1-29")
def test_no_decision_of_another_department_opens_an_offer_here(place: Referring):
    made = making.making_of(place, "registered")
    said_no(place, made.pk, DAY)
    theirs = _of_sof(place, made.household, DAY)
    offering.allow_another_offer(made.pk, reason="Hot i området.", by=place.manager, today=DAY)
    with pytest.raises(StepNotTaken, match="på en annan remiss"):  # answered there, and still a no here
        offer(place, theirs.pk)
    _despite(place, theirs.pk)
    by = {"by": place.sof_caseworker, "today": DAY}
    offering.find_suitable(theirs.pk, **by)
    booking = making.a_booking(DAY, viewing_at=None, viewing_waived="Sedd.", signing_at=making.at(DAY))
    offering.inform_client(theirs.pk, booking, **by)
    offering.decline(theirs.pk, reason="area", answered_on=DAY, **by)
    with pytest.raises(StepNotTaken, match="kräver chefens beslut"):  # SOF's own manager, not AMF's
        _despite(place, theirs.pk)
    offering.allow_another_offer(theirs.pk, reason="Hot.", by=place.sof_manager, today=DAY)
    assert _despite(place, theirs.pk).state == "open"


def _despite(place: Referring, pk: int) -> Offer:
    return offering.make_offer(
        pk, dwelling=a_home(place), free_from=DAY, despite_no="Hotad.", by=place.officer, today=DAY
    )


@pytest.mark.rule("R-1-29")
def test_of_a_no_that_who_handles_the_case_may_not_read_the_property_department_alone_is_told(place: Referring):
    made = making.making_of(place, "registered")
    said_no(place, made.pk, DAY)
    assessing.complete(made.assessment_pk, by=place.caseworker, today=DAY)
    again = making.making_of(place, "registered", household=made.household)  # on another decision of the same unit

    def told() -> tuple[int, bool]:
        facts = load([again.pk], DAY)[again.pk]
        return facts.declined, facts.declined_elsewhere

    assert told() == (1, False)
    rows, its_unit = Case.objects.filter(pk=made.pk), made.referral.unit_id
    rows.update(unit=place.sof.units.first())
    assert told() == (0, True)
    rows.update(unit=its_unit, confidentiality="restricted")
    assert told() == (0, True)
    Case.objects.filter(pk=again.pk).update(confidentiality="restricted")  # whose readers may be others
    assert told() == (0, True)


@pytest.mark.rule("R-1-29")
def test_a_no_is_no_less_a_no_when_its_referral_has_ended(place: Referring):
    made = making.making_of(place, "registered")
    said_no(place, made.pk, DAY)
    validity.withdraw(made.pk, reason="Vill inte.", by=place.caseworker, today=DAY)
    theirs = _of_sof(place, made.household, DAY)
    with pytest.raises(StepNotTaken, match="på en annan remiss"):
        offer(place, theirs.pk)
    within, after = date(2027, 10, 20), date(2027, 10, 21)
    assert load([theirs.pk], within)[theirs.pk].declined_elsewhere
    assert not load([theirs.pk], after)[theirs.pk].declined_elsewhere


@pytest.mark.rule("R-1-29")
def test_a_home_that_was_declined_is_marked_for_the_replacement_too(place: Referring):
    made = making.making_of(place, "booked")
    offering.decline(made.pk, reason="area", answered_on=DAYS["accepted"], by=place.caseworker, today=DAYS["accepted"])
    assert reading.declined_by(replaced(place, made).referral) == {made.home.pk: DAYS["accepted"]}


@pytest.mark.rule("R-1-29")
def test_after_a_no_somebody_is_to_decide_on_the_replacement_too(place: Referring):
    made = making.making_of(place, "registered")
    said_no(place, made.pk, DAY)
    it = replaced(place, made)
    later = date(2026, 11, 2)
    validity.register(it.pk, by=place.officer, today=later)
    asks = Deadline.objects.still_open().get(case=it.pk, kind="offer_declined")
    assert asks.due_on == dates.add_working_days(later, 10)
    assert not Deadline.objects.still_open().filter(case=it.pk, kind="referral_offer").exists()


def _of_sof(place: Referring, household: Any, day: date) -> Making:
    by = place.sof_caseworker
    unit = place.sof.units.get(name="Barn och familj")
    application = assessing.ApplicationInput("social", day, "written", "Bostad.", household)
    case = assessing.apply(application, unit=unit, by=by, today=day)
    assessing.begin(case.pk, by=by, today=day)
    for step, answers in making.ANSWERS["social"].items():
        group = {"target_group": "psychosocial"} if step == "write_target" else {}
        assessing.write_findings(case.pk, step, answers | group, by=by, today=day)
    assessing.assess(case.pk, text="Uppfyller.", by=by, today=day)
    deciding.decide(case.pk, "grant", DecisionInput("Uppfyller."), by=by, today=day)
    referral = writing.open_referral(case.pk, OpeningInput("municipal", "Stöd."), by=by, today=day)
    writing.inform(referral.pk, informed_on=day, how="Samtal", by=by, today=day)
    it = Making(place, pk=referral.pk)
    for key, values in making.sections_of(it).items():
        writing.write_section(it.pk, key, values, by=by, today=day)
    writing.approve(
        it.pk, signatures=making.signatures_of(referral), signed_on=day, content_hash=making.hash_now(referral),
        by=by, today=day,
    )  # fmt: skip
    writing.sign(it.pk, by=place.sof_manager, today=day)
    writing.submit(it.pk, by=by, today=day)
    validity.register(it.pk, by=place.officer, today=day)
    return it


def an_intake(household: Any, **other: Any) -> IntakeInput:
    ground = {"own_ground": "follow_up_ended", "assignment_reference": "F-2025-000012"}
    return IntakeInput(household=household, lease_form="municipal", rooms_min=1, **ground | other)


@pytest.mark.rule("R-1-29")
def test_a_household_of_ffs_own_that_has_an_offer_already_gets_no_second(place: Referring):
    made = making.making_of(place, "offered")
    own = validity.take_in(an_intake(made.household), unit=_letting(place), by=place.officer, today=DAY)
    with pytest.raises(StepNotTaken, match="redan ett erbjudande som lever"):
        offer(place, own.pk)


def _letting(place: Referring) -> Any:
    return place.ff.units.get(name="Uthyrning")


@pytest.mark.rule("R-1-85")
@pytest.mark.rule("R-1-23")
@pytest.mark.parametrize(
    "ground",
    [{"own_ground": "follow_up_ended"}, {"own_ground": "newcomer", "permit": "permanent"}],
    ids=["earlier", "new"],
)
def test_an_own_household_names_the_earlier_case_or_the_assignment(place: Referring, ground: dict[str, str]):
    nothing = an_intake(making.a_household(), **ground | {"assignment_reference": " "})
    with pytest.raises(StepNotTaken, match="anvisningens beteckning"):
        validity.take_in(nothing, unit=_letting(place), by=place.officer, today=DAY)
    named = an_intake(making.a_household(), **ground)
    assert validity.take_in(named, unit=_letting(place), by=place.officer, today=DAY).state == "registered"


# --- R-1-48: one household for a dwelling --------------------------------------------------------------------------------


@pytest.mark.rule("R-1-48")
def test_a_dwelling_with_an_owners_lease_is_offered_to_nobody_else(place: Referring):
    made = making.making_of(place, "lease_signed", lease_form="guarantee")
    other = making.a_referral(place, "registered", lease_form="guarantee")
    assert made.home not in reading.free_dwellings(other, place.officer, DAY)
    with pytest.raises(StepNotTaken, match="inte ledig"):
        offer(place, other.pk, home=made.home)
    held = made.referral.owner_occupancy
    assert (held.dwelling, held.from_on, held.to_on) == (made.home, made.referral.owner_lease_move_in_on, None)


@pytest.mark.rule("R-1-48")
def test_an_owners_lease_of_a_dwelling_where_somebody_lives_is_refused(place: Referring):
    made = making.making_of(place, "accepted", lease_form="guarantee")
    Occupancy.objects.create(dwelling=made.home, from_on=date(2026, 10, 1))
    with pytest.raises(StepNotTaken, match="upptagen"):
        ACTS["lease_signed"](made, DAYS["lease_signed"])


class Somebody(threading.Thread):
    """Does one thing on a connection of their own, and keeps what came of it."""

    def __init__(self, do: Callable[[], Any]) -> None:
        super().__init__()
        self.do, self.refused = do, None

    def run(self) -> None:
        try:
            self.do()
        except StepNotTaken as refused:
            self.refused = refused
        finally:
            connection.close()


@pytest.mark.rule("R-1-48")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_let_and_offer_the_same_dwelling_at_once_one_is_refused():
    place = a_referring_town(a_town())
    referral = making.a_referral(place, "registered")
    home = a_home(place)
    data = contracts.a_registration(home, form="municipal", move_in_on=DAY, contract_on=DAY)
    both = [
        Somebody(lambda: offer(place, referral.pk, home=home)),
        Somebody(lambda: ordering.register(data, by=place.officer, today=DAY)),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.refused is None for one in both].count(True) == 1
    assert Offer.objects.filter(dwelling=home).count() + Contract.objects.filter(dwelling=home).count() == 1


# --- R-1-51, R-1-3: the contract of an offer -----------------------------------------------------------------------------

SIGNING = date(2026, 10, 12)


def a_contract_of_the_offer(place: Referring, made: Making) -> Contract:
    return write_contract(
        made.pk, move_in_on=date(2026, 10, 15), contract_on=SIGNING, by=place.officer, today=DAYS["accepted"]
    )


def issued(place: Referring, contract: Contract) -> None:
    by = place.officer
    ordering.order(contract.pk, contracts.an_order(), by=by, today=SIGNING)
    fresh = Contract.objects.get(pk=contract.pk)
    issuing.issue(contract.pk, contracts.terms(place.town, fresh), by=by, today=SIGNING)
    contracts.print_letters(Contract.objects.get(pk=contract.pk), by=by, today=SIGNING)


def signed(place: Referring, contract: Contract) -> None:
    fresh = Contract.objects.get(pk=contract.pk)
    signing.record_signatures(
        contract.pk, step="sign_at_desk", signings=contracts.signed_by_all(fresh, SIGNING),
        codes=contracts.codes(fresh), by=place.officer, today=SIGNING,
    )  # fmt: skip


@pytest.mark.rule("R-1-51")
def test_the_contract_of_an_offer_that_was_taken_back_signs_no_other_offer(place: Referring):
    made = making.making_of(place, "accepted")
    contract = a_contract_of_the_offer(place, made)
    issued(place, contract)
    issuing.sign_for_municipality(contract.pk, signed_on=SIGNING, by=place.officer, today=SIGNING)
    offering.take_back_offer(made.pk, reason="Vattenskada.", by=place.officer, today=SIGNING)
    second = offer(place, made.pk, today=SIGNING)
    offering.find_suitable(made.pk, by=place.caseworker, today=SIGNING)
    booking = making.a_booking(SIGNING, viewing_at=None, viewing_waived="Har sett den.", signing_at=making.at(SIGNING))
    offering.inform_client(made.pk, booking, by=place.caseworker, today=SIGNING)
    offering.accept(made.pk, answered_on=SIGNING, by=place.caseworker, today=SIGNING)
    with pytest.raises(StepNotTaken, match="gäller inte längre"):
        signed(place, contract)
    second.refresh_from_db()
    assert (made.referral.state, second.state) == ("accepted", "accepted")


@pytest.mark.rule("R-1-51")
def test_no_contract_goes_on_when_the_right_has_ceased(place: Referring):
    made = making.making_of(place, "accepted")
    contract = a_contract_of_the_offer(place, made)
    validity.cease(made.pk, DecisionInput("Har fått eget."), by=place.manager, today=SIGNING)
    with pytest.raises(StepNotTaken, match="gäller inte längre"):
        issued(place, contract)


@pytest.mark.rule("R-1-3")
def test_the_contract_of_an_offer_keeps_its_household(place: Referring):
    made = making.making_of(place, "accepted")
    contract = a_contract_of_the_offer(place, made)
    strangers = contracts.a_registration(
        contract.dwelling, form="municipal", move_in_on=date(2026, 10, 15), contract_on=SIGNING
    )
    with pytest.raises(StepNotTaken, match="hushållet i erbjudandet"):
        ordering.edit(contract.pk, strangers, by=place.officer, today=SIGNING)


@pytest.mark.rule("R-1-51")
def test_a_referral_is_no_ground_that_is_typed(place: Referring):
    made = making.making_of(place, "registered")
    validity.cease(made.pk, DecisionInput("Har fått eget."), by=place.manager, today=DAY)
    data = contracts.a_registration(
        a_home(place), form="municipal", municipal_ground=f"Hushållet i {made.referral.number}"
    )
    with pytest.raises(StepNotTaken, match="antagna erbjudandet"):
        ordering.register(data, by=place.officer, today=DAY)


# --- what the database holds by itself -----------------------------------------------------------------------------------


def _forged(case: Any) -> None:
    """Any transaction may write a row of the log: the guards that count ask for more than that."""
    StepLog.objects.create(case_id=case.pk, step="x", source=case.state, target=case.state, on=DAY)


def _an_offer(referral: Referral, home: Any, staff: int | None, day: date = DAY) -> None:
    _forged(referral)
    Offer.objects.create(
        referral=referral, dwelling=home, offered_on=day, offered_by_id=staff, free_from=day, answer_by=day
    )


@pytest.mark.rule("R-1-34")
@pytest.mark.parametrize("state", ["expired", "ceased", "superseded", "withdrawn", "draft", "submitted"])
def test_the_database_holds_no_offer_of_a_referral_that_is_not_in_force(town, state: str):
    referral = making.referral_in(town, state)
    home = contracts.a_dwelling(town, form="municipal")
    with pytest.raises(DatabaseError, match="not in force"), transaction.atomic():
        _an_offer(referral, home, town.property_officer.staff_id)


@pytest.mark.rule("R-1-34")
def test_no_step_of_another_kind_lets_an_offer_in_after_the_year(place: Referring):
    referral = making.a_referral(place, "registered")
    late = referral.valid_to + (DAY - date(2026, 10, 1))
    with (
        pytest.raises(DatabaseError, match="not in force"),
        transaction.atomic(),
        steps.door(Referral, referral.pk, "assign_officer", by=place.officer, today=late),
    ):
        _an_offer(referral, a_home(place), place.officer.staff_id, late)


@pytest.mark.rule("R-1-29")
def test_the_database_holds_no_two_live_offers_to_a_person(place: Referring):
    made = making.making_of(place, "offered")
    own = validity.take_in(an_intake(made.household), unit=_letting(place), by=place.officer, today=DAY)
    with pytest.raises(DatabaseError, match="one home at a time"), transaction.atomic():
        _an_offer(own, a_home(place), place.officer.staff_id)


CHANGES: dict[str, tuple[str, Callable[[Referral], Any]]] = {
    "the year is longer": ("registered", lambda r: Referral.objects.filter(pk=r.pk).update(valid_to=date(2030, 1, 1))),
    "the form is another": ("registered", lambda r: Referral.objects.filter(pk=r.pk).update(lease_form="guarantee")),
    "nobody was informed": ("registered", lambda r: Referral.objects.filter(pk=r.pk).update(informed_on=None)),
    "it was sent another day": ("registered", lambda r: Referral.objects.filter(pk=r.pk).update(submitted_on=DAY)),
    "the assessment says something else": (
        "draft", lambda r: Assessment.objects.filter(pk=r.assessment_id).update(assessment_text="Annat.")),
    "they applied another day": (
        "draft", lambda r: Assessment.objects.filter(pk=r.assessment_id).update(applied_on=date(2020, 1, 1))),
    "the decision was received": (
        "draft", lambda r: Decision.objects.filter(case=r.assessment_id).update(received_on=DAY, appeal_by=date(2027, 1, 1))),
    "the version is another referral's": ("registered", lambda r: (_forged(r), r.versions.update(number=7))),
    "the offer is of another dwelling": ("offered", lambda r: (_forged(r), r.offers.update(offered_on=DAY))),
    "the sent version was not sent": ("registered", lambda r: (_forged(r), r.versions.update(sent_on=None))),
}  # fmt: skip


@pytest.mark.rule("R-1-30")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", CHANGES)
def test_what_was_signed_or_decided_is_changed_by_no_other_door(door: str):
    place = a_referring_town(a_town())
    until, act = CHANGES[door]
    referral = making.a_referral(place, until)
    with pytest.raises(DatabaseError, match=r"bostad: |pgtrigger: "), transaction.atomic():
        act(referral)

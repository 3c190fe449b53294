"""One dwelling for one household: offered, found suitable or not, shown, accepted or declined, signed for (R-1-48 to R-1-53)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from bostad import dates
from bostad.casework import protection, steps
from bostad.casework.models import PartyRole
from bostad.casework.refusals import StepNotTaken
from bostad.housing.models import Dwelling, Occupancy
from bostad.organisation.scope import SYSTEM, Scope
from bostad.organisation.settings_keys import resolve
from referrals import documents
from referrals.loading.household import of_the_households
from referrals.models import GuaranteeEnding, Offer, OfferOverride, Referral
from referrals.rules.offer import nobody_has_another_offer, the_housing_is_tied_to_interventions
from referrals.services import deciding
from referrals.services.deciding import DecisionInput
from referrals.services.validity import lapse, put_aside
from referrals.states import (
    GUARANTEE_MONTHS,
    LIVE,
    DecisionKind,
    DeclinedReason,
    LeaseForm,
    OfferState,
    UnsuitableReason,
)

ANSWER_DAYS = "referrals.answer_offer_days"
FREE_WITHIN_MONTHS = 12  # no home is held longer than a referral runs


def live_offer(referral: Referral) -> Offer:
    found = referral.offers.filter(state__in=LIVE).select_related("dwelling").first()
    if found is None:
        raise StepNotTaken("Det finns inget erbjudande just nu.")
    return found


def make_offer(
    pk: int,
    *,
    dwelling: Dwelling,
    free_from: date,
    despite: str = "",
    despite_no: str = "",
    by: Scope,
    today: date,
    seen: int | None = None,
) -> Offer:
    """Offers the dwelling to the department and holds it. Two who offer the same one: the second is refused.

    `despite` says why it is offered although something does not fit; `despite_no` why one more home is, after a no
    that the department does not know of (R-1-29).
    """
    if dwelling.manager_id not in by.organisation_ids:
        raise StepNotTaken("Bostaden förvaltas inte av fastighetsförvaltningen.", "dwelling")
    if free_from < today:
        raise StepNotTaken("Dagen kan inte vara före idag.", "free_from")
    if free_from > dates.add_months(today, FREE_WITHIN_MONTHS):
        raise StepNotTaken("Bostaden kan inte erbjudas mer än ett år i förväg.", "free_from")
    with steps.door(Referral, pk, "make_offer", by=by, today=today, seen=seen) as referral:
        _hold(referral, dwelling, today)
        days = resolve(ANSWER_DAYS, referral.opened_on, referral.department_id).value
        offer = Offer.objects.create(
            referral=referral, dwelling=dwelling, offered_on=today, offered_by_id=by.staff_id, free_from=free_from,
            answer_by=dates.add_working_days(today, days), despite=despite.strip(), despite_no=despite_no.strip(),
        )  # fmt: skip
        if not referral.is_own:  # of an own household FF writes no letter to itself
            documents.freeze_offer(offer, by=by, today=today)
    return offer


def _hold(referral: Referral, dwelling: Dwelling, today: date) -> None:
    """Two who offer, or let, the same dwelling, or offer the same person: the second waits here, and is then refused."""
    Dwelling.objects.locked().get(pk=dwelling.pk)
    applicants = referral.parties.filter(role=PartyRole.APPLICANT).select_related("person")
    protection.hold([party.person for party in applicants])
    if Offer.objects.filter(dwelling=dwelling, state__in=LIVE).exists():
        raise StepNotTaken("Bostaden är redan erbjuden någon annan.", "dwelling")
    if of_the_households([referral.pk], today)[referral.pk].live:
        raise StepNotTaken(nobody_has_another_offer.stated, "dwelling")


def find_suitable(pk: int, *, note: str = "", by: Scope, today: date, seen: int | None = None) -> Offer:
    with steps.door(Referral, pk, "find_suitable", by=by, today=today, seen=seen) as referral:
        offer = _answer(referral, OfferState.SUITABLE, note, by, today)
        if not referral.is_own:
            documents.freeze_offer_answer(offer, by=by, today=today)
    return offer


def find_unsuitable(pk: int, *, reason: str, note: str = "", by: Scope, today: date, seen: int | None = None) -> Offer:
    """R-1-50: with a reason. The person has then been offered nothing."""
    if reason not in UnsuitableReason.values:
        raise StepNotTaken("Ange varför bostaden inte passar.", "reason")
    with steps.door(Referral, pk, "find_unsuitable", by=by, today=today, seen=seen) as referral:
        offer = live_offer(referral)
        offer.unsuitable_reason, offer.ended_on = reason, today
        offer = _answer(referral, OfferState.UNSUITABLE, note, by, today, offer)
        if not referral.is_own:
            documents.freeze_offer_answer(offer, by=by, today=today)
    return offer


def _answer(
    referral: Referral, state: OfferState, note: str, by: Scope, today: date, offer: Offer | None = None
) -> Offer:
    offer = offer or live_offer(referral)
    offer.state, offer.answer_note = state, note.strip()
    offer.answered_on, offer.answered_by_id = today, by.staff_id
    offer.save()
    return offer


@dataclass(frozen=True)
class BookingInput:
    informed_on: date
    signing_at: datetime
    viewing_at: datetime | None = None
    viewing_waived: str = ""


def inform_client(
    pk: int, data: BookingInput, *, by: Scope, today: date, reason: str = "", seen: int | None = None
) -> Offer:
    """R-1-49: tells the client of the dwelling and books viewing and signing. Booked again, the last booking holds.

    `reason` says why it is booked again, or what was recorded wrongly. Where no time is changed no new letter is written.
    """
    if data.informed_on > today:
        raise StepNotTaken("Dagen kan inte vara efter idag.", "informed_on")
    if data.viewing_at and data.viewing_at > data.signing_at:
        raise StepNotTaken("Kontraktskrivningen kan inte vara före visningen.", "signing_at")
    with steps.door(Referral, pk, "inform_client", by=by, today=today, seen=seen, note=reason) as referral:
        offer = live_offer(referral)
        before = _booked(offer)
        if data.informed_on < (offer.answered_on or offer.offered_on):
            raise StepNotTaken("Den enskilde informeras först när bostaden är bedömd som passande.", "informed_on")
        if offer.client_answer_on and offer.client_answer_on < data.informed_on:
            raise StepNotTaken("Den enskilde informerades före sitt svar.", "informed_on")
        for name, value in vars(data).items():
            setattr(offer, name, value)
        offer.save()
        if before != _booked(offer):
            documents.freeze_client_information(offer, is_again=before[-1] is not None, by=by, today=today)
    return offer


def _booked(offer: Offer) -> tuple[datetime | None, str, datetime | None]:
    return offer.viewing_at, offer.viewing_waived, offer.signing_at


def accept(pk: int, *, answered_on: date, by: Scope, today: date, seen: int | None = None) -> Offer:
    with steps.door(Referral, pk, "accept", by=by, today=today, seen=seen) as referral:
        offer = _client_says(live_offer(referral), OfferState.ACCEPTED, answered_on, today)
        referral.dwelling = offer.dwelling
    return offer


def decline(
    pk: int, *, reason: str, note: str = "", answered_on: date, by: Scope, today: date, seen: int | None = None
) -> Offer:
    """The one home that is offered was declined. The dwelling is free for others."""
    if reason not in DeclinedReason.values:
        raise StepNotTaken("Ange varför den enskilde tackar nej.", "reason")
    with steps.door(Referral, pk, "decline", by=by, today=today, seen=seen) as referral:
        offer = live_offer(referral)
        if reason == DeclinedReason.NO_SHOW:
            _check_no_show(offer, answered_on)
        offer.declined_reason, offer.declined_note, offer.ended_on = reason, note.strip(), today
        _client_says(offer, OfferState.DECLINED, answered_on, today)
        referral.dwelling = None
    return offer


def _check_no_show(offer: Offer, day: date) -> None:
    """Who has not yet been awaited has not failed to come: the one offer is not used up by it (R-1-29)."""
    awaited = [timezone.localtime(at).date() for at in (offer.viewing_at, offer.signing_at) if at]
    if awaited and day < min(awaited):
        first = dates.day_with_year(min(awaited))
        raise StepNotTaken(f"Den enskilde väntas först den {first}, och kan inte ha uteblivit före det.", "reason")


def _client_says(offer: Offer, state: OfferState, answered_on: date, today: date) -> Offer:
    if answered_on > today:
        raise StepNotTaken("Svaret kan inte vara efter idag.", "answered_on")
    if offer.informed_on and answered_on < offer.informed_on:
        raise StepNotTaken("Svaret kan inte vara före den dag då den enskilde informerades.", "answered_on")
    offer.state, offer.client_answer_on = state, answered_on
    offer.save()
    return offer


def take_back_offer(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Referral:
    with steps.door(Referral, pk, "take_back_offer", by=by, today=today, seen=seen, note=reason) as referral:
        lapse(referral, reason[:200], today)
        referral.dwelling = None
    return referral


def allow_another_offer(pk: int, *, reason: str, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-29: the manager lets one more home be offered, for a reason that stays."""
    if not reason.strip():
        raise StepNotTaken("Skriv varför ytterligare ett boende erbjuds.", "reason")
    with steps.door(Referral, pk, "allow_another_offer", by=by, today=today, seen=seen, note=reason) as referral:
        OfferOverride.objects.create(referral=referral, reason=reason.strip(), on=today, by_id=by.staff_id)
    return referral


# --- lease and housing ---------------------------------------------------------------------------------------------------


def record_lease_signed(offer: Offer, *, contract_number: str, signed_on: date, today: date) -> Referral:
    """Called by `contracts` when the tenant has signed the municipal lease of the accepted offer (R-1-51)."""
    with steps.door(Referral, offer.referral_id, "record_lease_signed", by=SYSTEM, today=today) as referral:
        if live_offer(referral) != offer:
            raise StepNotTaken("Kontraktet hör till ett erbjudande som inte gäller längre.")
        referral.contract_number, referral.contract_signed_on = contract_number, signed_on
        _lease_is_signed(referral, today)
    return referral


@dataclass(frozen=True)
class OwnerLeaseInput:
    owner_lease_on: date
    owner_lease_reference: str
    owner_lease_rent: Decimal
    owner_lease_move_in_on: date
    guarantee_months: int  # from the day of moving in


def record_owner_lease(pk: int, data: OwnerLeaseInput, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """A guarantee: the owner has signed a first-hand lease with the household. FF records it, and signs none itself."""
    _check_owner_lease(data, today)
    with steps.door(Referral, pk, "record_owner_lease", by=by, today=today, seen=seen) as referral:
        offer = live_offer(referral)
        _write_owner_lease(referral, offer, data)
        referral.owner_occupancy = _occupy(offer.dwelling, data.owner_lease_move_in_on)
        _lease_is_signed(referral, today)
    return referral


def correct_owner_lease(
    pk: int, data: OwnerLeaseInput, *, reason: str, by: Scope, today: date, seen: int | None = None
) -> Referral:
    """What was typed wrongly of the owner's lease. Why stands in the journal, the old words in the history."""
    _check_owner_lease(data, today)
    with steps.door(Referral, pk, "correct_owner_lease", by=by, today=today, seen=seen, note=reason) as referral:
        if all(getattr(referral, name) == value for name, value in vars(data).items()):
            raise StepNotTaken("Inget i kontraktet är ändrat.")
        _write_owner_lease(referral, referral.offers.get(state=OfferState.LEASE_SIGNED), data)
        occupancy = referral.owner_occupancy
        if occupancy.from_on != data.owner_lease_move_in_on:
            _check_unoccupied(occupancy.dwelling, data.owner_lease_move_in_on, besides=occupancy)
            occupancy.from_on = data.owner_lease_move_in_on
            occupancy.save(update_fields=["from_on"])
    return referral


def _check_owner_lease(data: OwnerLeaseInput, today: date) -> None:
    if data.owner_lease_on > today:
        raise StepNotTaken("Kontraktet kan inte vara tecknat efter idag.", "owner_lease_on")
    if data.owner_lease_move_in_on < data.owner_lease_on:
        raise StepNotTaken("Inflyttningen kan inte vara före kontraktet.", "owner_lease_move_in_on")
    if data.owner_lease_rent is not None and data.owner_lease_rent <= 0:
        raise StepNotTaken("Ange hyran i ägarens kontrakt.", "owner_lease_rent")


def _write_owner_lease(referral: Referral, offer: Offer, data: OwnerLeaseInput) -> None:
    if offer.client_answer_on and data.owner_lease_on < offer.client_answer_on:
        raise StepNotTaken("Kontraktet kan inte vara tecknat före den enskildes svar.", "owner_lease_on")
    for name, value in vars(data).items():
        setattr(referral, name, value)
    if data.guarantee_months in GUARANTEE_MONTHS:
        after = dates.add_months(data.owner_lease_move_in_on, data.guarantee_months)
        referral.guarantee_to = after - timedelta(days=1)


@dataclass(frozen=True)
class GuaranteeEndingInput:
    orderly: str
    paid: str
    cared: str
    dialogue_on: date
    dialogue_with: str
    ended_on: date


def end_guarantee(pk: int, data: GuaranteeEndingInput, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-6: with evidence for each of the three, after a dialogue with the owner. The household lives on there."""
    if data.dialogue_on > today:
        raise StepNotTaken("Dialogen kan inte vara efter idag.", "dialogue_on")
    if data.ended_on > today:
        raise StepNotTaken("Dagen kan inte vara efter idag.", "ended_on")
    if data.ended_on < data.dialogue_on:
        raise StepNotTaken("Garantin kan inte upphöra före dialogen med ägaren.", "ended_on")
    with steps.door(Referral, pk, "end_guarantee", by=by, today=today, seen=seen) as referral:
        GuaranteeEnding.objects.create(referral=referral, by_id=by.staff_id, **vars(data))
    return referral


def _occupy(dwelling: Dwelling, from_on: date) -> Occupancy:
    """Somebody lives there from now on: the dwelling is offered to nobody else (R-1-48)."""
    _check_unoccupied(dwelling, from_on)
    return Occupancy.objects.create(dwelling=dwelling, from_on=from_on)


def _check_unoccupied(dwelling: Dwelling, from_on: date, besides: Occupancy | None = None) -> None:
    Dwelling.objects.locked().get(pk=dwelling.pk)
    others = Occupancy.objects.filter(dwelling=dwelling).exclude(pk=besides and besides.pk)
    if others.overlapping(from_on).exists():
        raise StepNotTaken("Bostaden är upptagen den dagen.", "owner_lease_move_in_on")


def _lease_is_signed(referral: Referral, today: date) -> None:
    offer = live_offer(referral)
    offer.state = OfferState.LEASE_SIGNED
    offer.save(update_fields=["state"])
    put_aside(referral, today)


def decide_housing(pk: int, data: DecisionInput, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    """R-1-52: the decision on housing, tied to the department's interventions, once the lease is signed."""
    with steps.door(Referral, pk, "decide_housing", by=by, today=today, seen=seen) as referral:
        if not data.support_forms and referral.lease_form == LeaseForm.MUNICIPAL:  # before the paper is frozen
            raise StepNotTaken(the_housing_is_tied_to_interventions.stated, "support_forms")
        deciding.take(referral, DecisionKind.HOUSING, data, by=by, today=today)
        referral.outcome = "housed"
    return referral


def close_own(pk: int, *, by: Scope, today: date, seen: int | None = None) -> Referral:
    with steps.door(Referral, pk, "close_own", by=by, today=today, seen=seen) as referral:
        referral.outcome = "housed"
    return referral

"""A municipal contract for the household and dwelling of an accepted offer: carried over, never typed again (R-1-3, R-1-51)."""

from datetime import date

from django.db import transaction

from bostad.casework.models import Case
from bostad.casework.refusals import StepNotTaken
from bostad.organisation.scope import Scope
from bostad.people.representing import typed_again
from contracts.models import Contract
from contracts.services.ordering import Registration, TenantInput, register
from contracts.states import ENDED, HousingForm
from referrals.models import Offer, Referral
from referrals.representatives import acting_for, adults
from referrals.services import offering
from referrals.states import LIVE, LeaseForm, OfferState, ReferralState


def may_write(referral: Referral, by: Scope) -> bool:
    """Whether this person's department lets the accepted dwelling, and no contract is on its way."""
    ready = referral.state == ReferralState.ACCEPTED and referral.lease_form == LeaseForm.MUNICIPAL
    return ready and referral.property_department_id in by.organisation_ids and contract_of(referral) is None


def contract_of(referral: Referral) -> Contract | None:
    """The contract of the offer that lives, if there is one that has not been called off."""
    living = Contract.objects.filter(offer__referral=referral, offer__state__in=LIVE)
    return living.exclude(state__in=ENDED).first()


@transaction.atomic
def write_contract(referral_pk: int, *, move_in_on: date, contract_on: date, by: Scope, today: date) -> Contract:
    """Registers the contract of the accepted offer. Refuses a guarantee: there the owner signs (R-1-51)."""
    Case.objects.locked().get(pk=referral_pk)  # so that the offer is not taken back meanwhile
    referral = Referral.objects.get(pk=referral_pk)
    if referral.lease_form != LeaseForm.MUNICIPAL:
        raise StepNotTaken("Vid hyresgaranti tecknar ägaren kontraktet, inte FF.")
    offer = referral.offers.filter(state=OfferState.ACCEPTED).select_related("dwelling").first()
    if offer is None:
        raise StepNotTaken("Den enskilde har inte tackat ja till något erbjudande.")
    if known := contract_of(referral):
        raise StepNotTaken(f"Kontraktet är redan registrerat: {known.number}.")
    if move_in_on < offer.free_from:
        raise StepNotTaken("Inflyttningen kan inte vara före den dag då bostaden blir ledig.", "move_in_on")
    data = _registration(referral, offer, move_in_on, contract_on, today)
    contract = register(data, by=by, today=today, offer=offer)
    return contract


def _registration(referral: Referral, offer: Offer, move_in_on: date, contract_on: date, today: date) -> Registration:
    """With those who act for the adults today: an authority that is over is not carried on."""
    return Registration(
        dwelling=offer.dwelling,
        housing_form=HousingForm.MUNICIPAL,
        move_in_on=move_in_on,
        contract_on=contract_on,
        tenants=tuple(
            TenantInput(
                party.person.first_name, party.person.last_name, party.person.personnummer or "",
                typed_again(acting_for(party, today)),
            )
            for party in adults(referral)
        ),
        municipal_ground=f"Remiss {referral.number}",
        is_protected=referral.is_restricted,
    )  # fmt: skip


def tell_referral(contract: Contract, *, signed_on: date, today: date) -> None:
    """The lease is signed: the referral goes on, and waits for the decision on housing (R-1-52)."""
    if contract.offer_id is not None:
        offering.record_lease_signed(contract.offer, contract_number=contract.number, signed_on=signed_on, today=today)

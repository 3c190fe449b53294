"""What a contract has from the accepted offer, the decision and the dwelling: nothing of it is typed again (R-1-51, R-4-14)."""

from datetime import date
from typing import Any

from bostad import words
from bostad.casework.models import PartyRole
from bostad.casework.pages import Fact
from bostad.forms import printable
from bostad.housing.models import Dwelling
from bostad.organisation.scope import Scope
from bostad.people import forms as representative
from referrals.models import Assessment, Offer
from referrals.representatives import acting_for
from referrals.states import SUPPORTED, DecisionKind


def granted(number: str, scope: Scope) -> Assessment | None:
    """The granted application for a trial, training or emergency home that has its plan, for who may read it."""
    rows = Assessment.objects.visible_to(scope).filter(number=printable(number), support__in=SUPPORTED)
    return rows.filter(decisions__kind=DecisionKind.GRANT, housing_plan__isnull=False).first()


def registration_of(assessment: Assessment, today: date) -> dict[str, Any]:
    """What its decision says already, for the form that registers the tenancy: who, in what form, by which decision."""
    decision = assessment.decisions.get(kind=DecisionKind.GRANT)
    found: dict[str, Any] = {
        "housing_form": assessment.support,
        "decision_number": decision.number,
        "decided_on": decision.decided_on,
        "legal_basis": decision.law,
        "is_protected": assessment.is_restricted or None,  # a no is the registrant's to say
    }
    adults = assessment.parties.filter(role=PartyRole.APPLICANT, to_on=None).select_related("person", "representative")
    for suffix, party in zip(("", "_2"), adults.order_by("id"), strict=False):
        found |= {
            f"first_name{suffix}": party.given_first_name or party.person.first_name,
            f"last_name{suffix}": party.given_last_name or party.person.last_name,
            f"personnummer{suffix}": party.person.personnummer,
            **representative.initial(acting_for(party, today), suffix),
        }
    return found


def children(offer: Offer, today: date) -> list[Fact]:
    """The children who are to live there, by name and age. They are no tenants, so the contract's papers name none."""
    referral = offer.referral
    rows = referral.parties.filter(role=PartyRole.CHILD, to_on=None).select_related("person").order_by("id")
    found = []
    for party in rows:
        age = party.person.age_on(today)
        name = party.shown_name(own=False, restricted=referral.is_restricted)
        found.append(Fact("Barn i hushållet", name, below="" if age is None else f"{age} år"))
    return found


def rent(dwelling: Dwelling) -> Fact:
    return Fact("Hyra", f"{words.kr(dwelling.monthly_rent)} i månaden", note="enligt bostadsregistret")


def head_lease(dwelling: Dwelling, day: date) -> list[Fact]:
    """The owner and the number of the municipality's own lease, whose notices are not the sublease's."""
    lease = dwelling.head_lease_on(day)
    return [Fact("Inhyrningsavtal", lease.reference, below=lease.owner.name)] if lease else []

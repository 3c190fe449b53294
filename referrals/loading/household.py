"""What the people of a referral are offered, and have said no to, in other referrals (R-1-29: one home for a person)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bostad.casework.models import CaseParty, PartyRole
from referrals.models import Offer, OfferOverride
from referrals.states import LIVE, REFERRAL_ENDED, OfferState


@dataclass(frozen=True)
class OfTheHousehold:
    """Counted over the household's other referrals: those on the same decision, and those that are open."""

    live: bool = False
    declined: int = 0
    overrides: int = 0


def of_the_households(case_ids: list[int]) -> Mapping[int, OfTheHousehold]:
    """Four queries, however many referrals are asked for."""
    pairs = _others(case_ids)
    others = {other for found in pairs.values() for other in found}
    states: dict[int, list[str]] = {}
    for referral, state in Offer.objects.filter(referral__in=others).values_list("referral", "state"):
        states.setdefault(referral, []).append(state)
    overrides = list(OfferOverride.objects.filter(referral__in=others).values_list("referral", flat=True))
    return {
        pk: OfTheHousehold(
            live=any(state in LIVE for other in found for state in states.get(other, ())),
            declined=sum(state == OfferState.DECLINED for other in found for state in states.get(other, ())),
            overrides=sum(override in found for override in overrides),
        )
        for pk, found in pairs.items()
    }


def _others(case_ids: list[int]) -> Mapping[int, set[int]]:
    """The other referrals of the same applicants: on the same decision, or open."""
    columns = ("case", "person", "case__state", "case__as_referral__decision")
    applicants = CaseParty.objects.filter(role=PartyRole.APPLICANT, case__kind="referral")
    mine = list(applicants.filter(case__in=case_ids).values_list(*columns))
    by_person: dict[int, list[tuple[int, str, int | None]]] = {}
    for case, person, state, decision in applicants.filter(person__in=[row[1] for row in mine]).values_list(*columns):
        by_person.setdefault(person, []).append((case, state, decision))
    found: dict[int, set[int]] = {pk: set() for pk in case_ids}
    for case, person, _, decision in mine:
        found[case] |= {
            other
            for other, state, basis in by_person[person]
            if other != case and (state not in REFERRAL_ENDED or (basis is not None and basis == decision))
        }
    return found

"""What the people of a referral are offered, and have said no to, in other referrals (R-1-29: one home for a person).

A department counts what stands on the same decision, and what who handles the case may read: the open ones of its own
unit. Of all else the property department alone is told, when it makes an offer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bostad import dates
from bostad.casework.models import CaseParty, Confidentiality, PartyRole
from referrals.models import Offer, OfferOverride
from referrals.states import LIVE, REFERRAL_ENDED, OfferState, ReferralState
from referrals.valid_time import VALID_MONTHS


@dataclass(frozen=True)
class OfTheHousehold:
    """Counted over the other referrals of the same applicants."""

    live: bool = False
    declined: int = 0  # in the own ones
    declined_on: date | None = None  # the last of them
    overrides: int = 0  # in the own ones
    declined_elsewhere: bool = False  # within a year, by somebody who was not housed since


@dataclass(frozen=True)
class _Applicant:
    case_id: int
    person_id: int
    state: str
    decision_id: int | None
    unit_id: int | None
    confidentiality: str

    def counts(self, other: "_Applicant") -> bool:
        """On the same decision, or open in the same unit, and read by all who read this one."""
        if self.decision_id is not None and self.decision_id == other.decision_id:
            return True
        same_unit = self.unit_id is not None and self.unit_id == other.unit_id
        is_open = other.state not in REFERRAL_ENDED
        return same_unit and is_open and other.confidentiality == Confidentiality.NORMAL


@dataclass(frozen=True)
class _Others:
    """The other referrals that belong with one, by case."""

    own: frozenset[int]
    elsewhere: frozenset[int]


def of_the_households(case_ids: list[int], today: date) -> Mapping[int, OfTheHousehold]:
    """Four queries, however many referrals are asked for."""
    since = dates.add_months(today, -VALID_MONTHS)
    others = _others(case_ids)
    every = {case for found in others.values() for case in (*found.own, *found.elsewhere)}
    offers: dict[int, list[tuple[str, date | None]]] = defaultdict(list)
    for case, state, ended_on in Offer.objects.filter(referral__in=every).values_list("referral", "state", "ended_on"):
        offers[case].append((state, ended_on))
    overrides = Counter(OfferOverride.objects.filter(referral__in=every).values_list("referral", flat=True))

    def noes(cases: Iterable[int]) -> list[date | None]:
        return [ended_on for case in cases for state, ended_on in offers[case] if state == OfferState.DECLINED]

    return {
        pk: OfTheHousehold(
            live=any(state in LIVE for case in found.own | found.elsewhere for state, _ended_on in offers[case]),
            declined=len(own := noes(found.own)),
            declined_on=max(filter(None, own), default=None),
            overrides=sum(overrides[case] for case in found.own),
            declined_elsewhere=any(day is None or day >= since for day in noes(found.elsewhere)),
        )
        for pk, found in others.items()
    }


def _others(case_ids: list[int]) -> Mapping[int, _Others]:
    columns = (
        "case",
        "person",
        "case__state",
        "case__as_referral__decision",
        "case__unit",
        "case__confidentiality",
    )
    applicants = CaseParty.objects.filter(role=PartyRole.APPLICANT, case__kind="referral")
    mine = [_Applicant(*row) for row in applicants.filter(case__in=case_ids).values_list(*columns)]
    by_person: dict[int, list[_Applicant]] = defaultdict(list)
    for row in applicants.filter(person__in={one.person_id for one in mine}).values_list(*columns):
        by_person[row[1]].append(_Applicant(*row))
    own: dict[int, set[int]] = defaultdict(set)
    elsewhere: dict[int, set[int]] = defaultdict(set)
    for one in mine:
        for other in by_person[one.person_id]:
            if one.counts(other):
                own[one.case_id].add(other.case_id)
            elif other.state != ReferralState.HOUSED:
                elsewhere[one.case_id].add(other.case_id)
    return {pk: _Others(frozenset(own[pk] - {pk}), frozenset(elsewhere[pk] - {pk})) for pk in case_ids}

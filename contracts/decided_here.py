"""Where a department decides on trial, training and emergency homes in this system, the decision that opens one stands here.

Whether it does is a dated setting; a contract keeps what held the day it was opened. A number that stands here is asked
of whatever the setting says: it opens the home of who was granted it, and no other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bostad.casework.models import CaseParty, PartyRole
from bostad.organisation.settings_keys import resolve_for
from contracts.models import Contract
from contracts.states import BEFORE_ISSUE, SUPPORTED
from referrals.models import Decision, HousingPlan
from referrals.states import DecisionKind

KEY = "contracts.grants_are_decided"


@dataclass(frozen=True)
class Found:
    """Of the grant that a contract names: whether it was taken here for one of the tenants, and has its plan."""

    decision: bool
    plan: bool


def of_grants(contracts: Iterable[Contract]) -> Mapping[int, Found]:
    """By contract, of those that must have one and are not issued yet. Five queries, however many are asked for."""
    asked = [c for c in contracts if c.state in BEFORE_ISSUE and c.housing_form in SUPPORTED and c.grant is not None]
    if not asked:
        return {}
    settings = resolve_for([KEY], {(c.opened_on, c.department_id) for c in asked})
    taken = Decision.objects.filter(number__in=[c.grant.number for c in asked])
    known = set(taken.values_list("number", flat=True))
    asked = [
        c for c in asked
        if c.grant.number in known or settings[c.opened_on, c.department_id][KEY].value == "here"
    ]  # fmt: skip
    if not asked:
        return {}
    tenants = set(
        CaseParty.objects.filter(case__in=[c.pk for c in asked], role=PartyRole.TENANT).values_list("case", "person")
    )
    decisions = {
        (number, decided_on, department, support, person): case
        for number, decided_on, department, support, person, case in taken.filter(kind=DecisionKind.GRANT).values_list(
            "number", "decided_on", "case__department", "case__as_assessment__support", "person", "case"
        )
    }
    plans = set(HousingPlan.objects.filter(assessment__in=decisions.values()).values_list("assessment", flat=True))
    return {c.pk: _found(c, tenants, decisions, plans) for c in asked}


def _found(
    contract: Contract,
    tenants: set[tuple[int, int]],
    decisions: Mapping[tuple[str, date, int, str, int], int],
    plans: set[int],
) -> Found:
    key = (contract.grant.number, contract.grant.decided_on, contract.department_id, contract.housing_form)
    cases = {decisions.get((*key, person)) for case, person in tenants if case == contract.pk} - {None}
    return Found(decision=bool(cases), plan=bool(cases & plans))

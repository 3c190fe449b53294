"""Who acts for the adults of a case, as far as the case's own department knows (R-1-47).

What a provider typed, or what another department knows, sends no letter of this one anywhere, and signs nothing here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bostad.casework.models import Case, CaseParty, PartyRole
from bostad.people.models import Representative


def adults(case: Case) -> list[CaseParty]:
    found = case.parties.filter(role=PartyRole.APPLICANT, to_on=None).select_related("case", "person", "representative")
    return list(found.order_by("id"))


def of_department(department_id: int) -> "QuerySet[Representative]":
    return Representative.objects.filter(
        parties__case__department=department_id, parties__case__as_contract__provider=None
    ).distinct()


def acting_for(party: CaseParty, on: date) -> Representative | None:
    """Who gets the adult's letters and signs that day: who stands in this very case, while the authority holds.

    Nobody from another case: its number may have been mistyped, or the one that stands there replaced since.
    """
    who = party.representative
    return who if who is not None and who.may_sign_housing_on(on) else None


def as_content(case: Case, on: date) -> list[dict[str, Any]]:
    """As a referral lists them: who, by what right, for whom, and the telephone. No address, and no paper."""
    return [
        {
            "name": who.name, "authority": who.authority, "phone": who.phone,
            "for": party.shown_name(own=False, restricted=case.is_restricted),
        }
        for party in adults(case)
        if (who := acting_for(party, on)) is not None
    ]  # fmt: skip


def named_no_longer(case: Case, said: Mapping[str, Mapping[str, Any]], on: date) -> list[str]:
    """Those whom the words of a referral name and who do not act any more: what was signed stands, and is then not true."""
    named = [one["name"] for one in said.get("contacts", {}).get("representatives", ())]
    if not named:
        return []
    acting = {one["name"] for one in as_content(case, on)}
    return [name for name in named if name not in acting]

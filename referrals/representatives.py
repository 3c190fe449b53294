"""Who acts for the adults of a case, as far as the case's own department knows (R-1-47).

What a provider typed, or what another department knows, sends no letter of this one anywhere, and signs nothing here.
"""

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


def known_for(party: CaseParty) -> "QuerySet[Representative]":
    """Those of one adult, the newest first."""
    rows = of_department(party.case.department_id).filter(person=party.person_id)
    return rows.order_by("-from_on", "-id")


def may_sign_for(party: CaseParty, on: date) -> list[Representative]:
    """Who stands in this case: one that was replaced, or is known elsewhere, signs nothing here."""
    who = letters_go_by(party, on)
    return [who] if who is not None else []


def letters_go_by(party: CaseParty, on: date) -> Representative | None:
    """Who stands in this case, while the authority holds. Nobody from elsewhere: a mistyped number, or one replaced."""
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
        if (who := party.representative) is not None and who.may_sign_housing_on(on)
    ]  # fmt: skip

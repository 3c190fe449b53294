"""Who acts for the adults of a case, as far as the case's own department knows (R-1-47).

What a provider typed, or what another department knows, sends no letter of this one anywhere, and signs nothing here.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from bostad.casework.models import Case, CaseParty, PartyRole
from bostad.people.models import Authority, Representative

# What a court, or the person's own future power, has given: it reaches letters about the person's housing by itself.
OF_RIGHT = (Authority.TRUSTEE, Authority.ADMINISTRATOR, Authority.FUTURE_POWER)


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
    return [who for who in known_for(party) if who.may_sign_housing_on(on)]


def letters_go_by(party: CaseParty, on: date) -> Representative | None:
    """Who stands in the case, else whom a court or the person's own future power has given the person's housing.

    A power of attorney for something else lets nobody read what is decided here.
    """
    known = [*filter(None, [party.representative]), *known_for(party).filter(authority__in=OF_RIGHT)]
    return next((who for who in known if who.may_sign_housing_on(on)), None)


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

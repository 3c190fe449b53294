"""What several papers of this house freeze in the same way: people, desks, dwellings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bostad import identifiers
from bostad.casework.models import Case, CaseParty
from bostad.documents.frozen import address, amount, area, contact
from bostad.documents.shapes import Contact
from bostad.organisation.models import Organisation, Staff, Unit
from bostad.organisation.settings_keys import resolve
from referrals import papers
from referrals.representatives import acting_for, adults
from referrals.settings_keys import GUIDELINES

if TYPE_CHECKING:
    from bostad.housing.models import Dwelling
    from bostad.organisation.scope import Scope
    from referrals.models import Referral


# --- people ------------------------------------------------------------------------------------------------------------


def names(case: Case, *, to_others: bool) -> list[str]:
    return list(names_by_person(case, to_others=to_others).values())


def names_by_person(case: Case, *, to_others: bool) -> dict[int, str]:
    """The adults. What leaves the department has the name that it gave: a mistyped number does not fetch another's."""
    return {
        party.person_id: party.shown_name(own=not to_others, restricted=case.is_restricted) for party in adults(case)
    }


def applicants(case: Case) -> list[papers.Applicant]:
    shown = names_by_person(case, to_others=False)
    return [
        {"name": shown[party.person_id], "personnummer": _number(party.person.personnummer)} for party in adults(case)
    ]


def _number(personnummer: str | None) -> str | None:
    return identifiers.full_personnummer(personnummer) if personnummer else None


def addressee(party: CaseParty, on: date) -> papers.Addressee:
    """By way of who represents the person that day. Without an address where anybody of the household is protected."""
    case, person, by = party.case, party.person, acting_for(party, on)
    is_hidden = case.is_restricted or person.is_protected
    where = next((row for row in (by, person) if row is not None and row.has_address), None)
    return {
        "name": party.shown_name(own=True, restricted=case.is_restricted),
        "care_of": by.name if by else None,
        "address": address(where) if where and not is_hidden else None,
    }


# --- desks -------------------------------------------------------------------------------------------------------------


def desk(department: Organisation, staff: Staff | None = None, unit: Unit | None = None) -> papers.Desk:
    answers = contact(staff, unit, department)
    return {
        "department": department.name,
        "name": str(staff) if staff else (unit.name if unit else None),
        "title": (staff.title or None) if staff else None,
        "phone": answers["phone"],
        "email": answers["email"],
    }


def desk_of(case: Case) -> papers.Desk:
    """Who handles the case in its own department."""
    return desk(case.department, case.assignee, case.unit)


def property_desk(referral: Referral, staff: Staff | None = None) -> papers.Desk:
    return desk(referral.property_department, staff or referral.officer)


def answers_for(case: Case, by: Scope) -> Contact:
    """Whom the person may ring: the caseworker, else who wrote the letter."""
    return contact(case.assignee or staff_of(by), case.unit, case.department)


def staff_of(by: Scope) -> Staff | None:
    return Staff.objects.filter(pk=by.staff_id).first()


# --- the dwelling, and what the municipality has decided ---------------------------------------------------------------


def home(dwelling: Dwelling, case: Case) -> papers.Home:
    """A protected household's home is pointed out by its designation: the address is on no paper."""
    return {
        "designation": dwelling.designation,
        "address": None if case.is_restricted else address(dwelling),
        "apartment_number": None if case.is_restricted else dwelling.apartment_number,
        "size_label": dwelling.size_label,
        "area_m2": area(dwelling),
        "rent": amount(dwelling.monthly_rent),
    }


def guidelines(case: Case, on: date) -> str:
    return resolve(GUIDELINES.key, on, case.department_id).value

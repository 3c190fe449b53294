"""What the papers of several routines freeze in the same way: who the municipality is, who answers, who signs."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from bostad import identifiers, words
from bostad.documents import shapes
from bostad.documents.models import TextTemplate
from bostad.housing.models import Dwelling
from bostad.organisation.models import Delegation, Organisation, Staff, Unit


def municipality(department: Organisation) -> shapes.Municipality:
    return {
        "name": settings.MUNICIPALITY,
        "board": words.in_sentence(department.board),
        "department": words.in_sentence(department.name),
        "organisation_number": identifiers.format_organisation_number(department.organisation_number),
        "address": address(department),
        "phone": department.phone,
        "email": department.email,
    }


def address(where: Any) -> shapes.Address:
    return {
        "street": where.street,
        "postal_code": identifiers.format_postal_code(where.postal_code) if where.postal_code else "",
        "city": where.city,
    }


def amount(kronor: Decimal) -> shapes.Kronor:
    return f"{kronor:.2f}".removesuffix(".00")


def area(dwelling: Dwelling) -> str:
    """Square metres: "31.5"."""
    return f"{dwelling.area_m2:.1f}".removesuffix(".0")


def template(version: TextTemplate) -> shapes.Template:
    return {
        "name": version.name,
        "version": str(version.version),
        "approved_on": version.approved_on.isoformat(),
    }


def contact(staff: Staff | None, unit: Unit | None, department: Organisation) -> shapes.Contact:
    """Who answers: the person, else the unit, else the department; likewise for each number that is missing."""
    known = [where for where in (staff, unit, department) if where is not None]
    return {
        "name": str(staff or unit or department.name),
        "title": (staff.title if staff else "") or None,
        "phone": next((where.phone for where in known if where.phone), ""),
        "email": next((where.email for where in known if where.email), ""),
    }


def signing(delegation: Delegation) -> shapes.Signing:
    return {
        "signer": str(delegation.staff),
        "title": delegation.staff.title,
        "delegation": f"Delegation {delegation.item}",
    }

"""Which departments refer, and which one receives: the municipality's own settings say so."""

from datetime import date

from bostad.casework.refusals import StepNotTaken
from bostad.organisation.models import Organisation, OrganisationKind, Unit
from bostad.organisation.settings_keys import resolve, resolve_for
from referrals.settings_keys import PROPERTY_DEPARTMENT, TARGET_GROUPS


def property_department(on: date) -> Organisation:
    """FF: the department that lets dwellings. Refuses when the setting names none."""
    code = resolve(PROPERTY_DEPARTMENT.key, on).value
    found = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT, code=code).first()
    if found is None:
        raise StepNotTaken(f"Ingen förvaltning har kortnamnet {code}. Be administratören rätta inställningen.")
    return found


def referring_departments(on: date) -> list[Organisation]:
    """Those that have target groups of their own (R-1-18 to R-1-22). FF is none of them (R-1-25)."""
    departments = list(Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).order_by("code"))
    settings = resolve_for([TARGET_GROUPS.key], [(on, department.pk) for department in departments])
    return [department for department in departments if settings[on, department.pk][TARGET_GROUPS.key].value]


def receiving_unit(department: Organisation) -> Unit:
    """Where a case that comes from another department lands: the department's queue, else its first unit."""
    unit = department.units.order_by("-is_queue", "id").first()
    if unit is None:
        raise StepNotTaken(f"{department.name} har ingen enhet som kan ta emot ärendet.")
    return unit

"""What people do here. A role is held on an organisation or on a unit, never on a single case (design 6)."""

from django.db import models


class Role(models.TextChoices):
    CASEWORKER = "caseworker", "Handläggare"
    MANAGER = "manager", "Enhetschef"
    PROPERTY_OFFICER = "property_officer", "FF-handläggare"
    CONTRACT_ADMINISTRATOR = "contract_administrator", "Avtalsadministratör"
    PROVIDER_STAFF = "provider_staff", "Utförare"
    REGISTRAR = "registrar", "Administrativ assistent"
    DEBT_ADVISER = "debt_adviser", "Budget- och skuldrådgivare"
    OUTREACH_WORKER = "outreach_worker", "Uppsökare"
    SUPPORT_WORKER = "support_worker", "Behandlare"
    HOUSING_COORDINATOR = "housing_coordinator", "Bosamordnare"
    LANDLORD = "landlord", "Hyresvärd"
    DEPARTMENT_ADMINISTRATOR = "department_administrator", "Förvaltningsadministratör"
    LOG_REVIEWER = "log_reviewer", "Logggranskare"


# Roles that open the cases of the organisation or unit on which they are held.
READS_CASES = frozenset(set(Role) - {Role.LANDLORD, Role.LOG_REVIEWER, Role.DEPARTMENT_ADMINISTRATOR})

# Roles that register a tenant on a dwelling of theirs.
REGISTERS_TENANTS = frozenset({Role.PROVIDER_STAFF, Role.PROPERTY_OFFICER, Role.HOUSING_COORDINATOR})


def permission(role: Role) -> str:
    """The codename of the guardian permission that carries a role."""
    return f"act_as_{role.value}"


PERMISSIONS = [(permission(role), f"Får arbeta som {role.label.lower()}") for role in Role]

"""Who takes the steps of a contract."""

from bostad.casework.graph import By, counterpart, owner
from bostad.organisation.roles import Role

PROVIDER: tuple[By, ...] = (counterpart(Role.PROVIDER_STAFF),)
OFFICE: tuple[By, ...] = (
    owner(Role.CONTRACT_ADMINISTRATOR),
    owner(Role.PROPERTY_OFFICER),
    owner(Role.HOUSING_COORDINATOR),
)
ORDERERS = (*PROVIDER, owner(Role.PROPERTY_OFFICER), owner(Role.HOUSING_COORDINATOR))
EVERYONE = (*PROVIDER, *OFFICE)

"""Who takes the steps of these kinds, and on which side of the case."""

from bostad.casework.graph import counterpart, owner
from bostad.organisation.roles import Role

CASEWORKER = (owner(Role.CASEWORKER),)
MANAGER = (owner(Role.MANAGER),)
DECIDERS = (*CASEWORKER, *MANAGER)
FF = (counterpart(Role.PROPERTY_OFFICER), counterpart(Role.MANAGER))
OWN_FF = (owner(Role.PROPERTY_OFFICER),)  # of a household that the property department took in itself
FF_EITHER = (*FF, *OWN_FF)
CLIENTS = (*CASEWORKER, *OWN_FF)  # who speaks with the person

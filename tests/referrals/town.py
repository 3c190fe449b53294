"""Three departments that refer, one that lets, and the people who take each step."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bostad.housing.models import Dwelling, Tenure
from bostad.organisation.models import DelegatedAct, Organisation, Staff, Unit
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from referrals.states import SupportForm, TargetGroup
from tests.factories import (
    DelegationFactory,
    DwellingFactory,
    HeadLeaseFactory,
    OrganisationFactory,
    SettingFactory,
    StaffFactory,
    UnitFactory,
)
from tests.remembering import remembered
from tests.town import TODAY, Town

GROUPS = {
    "AMF": [TargetGroup.ECONOMIC],
    "SOF": [
        TargetGroup.FAMILY_KNOWN, TargetGroup.RETURNING_CHILDREN, TargetGroup.YOUNG_GROWN_UP_PLACED,
        TargetGroup.YOUNG_READY, TargetGroup.YOUNG_CARE, TargetGroup.ADDICTION, TargetGroup.PSYCHOSOCIAL,
    ],
    "VOF": [TargetGroup.LASTING_DISABILITY],
}  # fmt: skip
SUPPORT = {
    "AMF": [SupportForm.HOUSING_SECRETARY, SupportForm.BUDGET],
    "SOF": [SupportForm.HOUSING_SUPPORT, SupportForm.TREATMENT],
    "VOF": [SupportForm.HOME_CARE, SupportForm.SAFETY_ALARM],
}


@dataclass(frozen=True)
class Referring:
    """`caseworker` and `manager` are AMF's, who refer; `officer` and `ff_manager` FF's, who let."""

    town: Town
    amf: Organisation
    housing_unit: Unit
    caseworker: Scope
    colleague: Scope
    manager: Scope
    sof_caseworker: Scope
    sof_manager: Scope
    vof_caseworker: Scope
    officer: Scope
    other_officer: Scope
    ff_manager: Scope

    @property
    def ff(self) -> Organisation:
        return self.town.ff

    @property
    def sof(self) -> Organisation:
        return self.town.sof

    def everybody(self) -> dict[str, Scope]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Scope)}


def a_referring_town(town: Town) -> Referring:
    return replace(remembered("referring town", lambda: _a_referring_town(town), is_ground=True), town=town)


def _a_referring_town(town: Town) -> Referring:
    amf = OrganisationFactory(department=True, name="Arbetsmarknadsförvaltningen", code="AMF")
    unit = UnitFactory(organisation=amf, name="Boendeenheten", is_queue=True)
    barn = UnitFactory(organisation=town.sof, name="Barn och familj")
    letting = town.ff.units.get(name="Uthyrning")
    staff = {
        "caseworker": _staff("karin", unit, Role.CASEWORKER, amf),
        "colleague": _staff("david", unit, Role.CASEWORKER, amf),
        "manager": _staff("jonas", unit, Role.MANAGER, amf),
        "sof_caseworker": _staff("emma", barn, Role.CASEWORKER, town.sof),
        "sof_manager": _staff("kent", barn, Role.MANAGER, town.sof),
        "vof_caseworker": _staff("annika", town.myndighet, Role.CASEWORKER, town.vof),
        "other_officer": _staff("bjorn", letting, Role.PROPERTY_OFFICER, town.ff),
        "ff_manager": _staff("margareta", letting, Role.MANAGER, town.ff),
    }
    deciders = {
        amf: ("caseworker", "manager"),
        town.sof: ("sof_caseworker", "sof_manager"),
        town.vof: ("vof_caseworker",),
    }
    for department, names in deciders.items():
        for name in names:
            DelegationFactory(staff=staff[name], organisation=department, act=DelegatedAct.DECIDE_SUPPORT, item="2.7")
        SettingFactory(key="referrals.target_groups", organisation=department, value=GROUPS[department.code])
        SettingFactory(key="referrals.support_forms", organisation=department, value=SUPPORT[department.code])
    return Referring(
        town=town, amf=amf, housing_unit=unit, officer=town.property_officer,
        **{name: scope_for(person, TODAY) for name, person in staff.items()},
    )  # fmt: skip


def _staff(username: str, unit: Unit, role: Role, where: Organisation) -> Staff:
    return StaffFactory(username=username, first_name=username.capitalize(), unit=unit, roles=[(role, where)])


def a_home(referring: Referring, **fields) -> Dwelling:
    """A free dwelling of FF that serves municipal contracts: three rooms, rented of the landlord."""
    return remembered(("home", fields), lambda: _a_home(referring, fields))


def _a_home(referring: Referring, fields: dict[str, Any]) -> Dwelling:
    defaults = {
        "manager": referring.ff, "provider": None, "housing_forms": ["municipal"], "tenure": Tenure.RENTED,
        "real_property__landlord": referring.town.landlord, "rooms": 3, "monthly_rent": 8900,
    }  # fmt: skip
    dwelling = DwellingFactory(**defaults | fields)
    if dwelling.tenure == Tenure.RENTED and "guarantee" not in dwelling.housing_forms:  # there the owner lets it
        HeadLeaseFactory(dwelling=dwelling, rent=9200, from_on=date(2024, 1, 1))
    return dwelling

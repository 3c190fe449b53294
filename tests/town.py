"""A small municipality: three departments, two care providers, a landlord, and one person of each role."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bostad.organisation.models import DelegatedAct, Delegation, Organisation, Staff, Unit
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope, scope_for
from contracts.papers import PAPERS
from contracts.states import HousingForm
from referrals import papers as referral_papers
from tests.factories import (
    DelegationFactory,
    OrganisationFactory,
    SettingFactory,
    StaffFactory,
    TextTemplateFactory,
    UnitFactory,
)
from tests.remembering import remembered

TODAY = date(2026, 10, 1)  # a Thursday


@dataclass(frozen=True)
class Town:
    vof: Organisation
    sof: Organisation
    ff: Organisation
    debiteringen: Unit  # VOF's receiving queue
    myndighet: Unit  # another unit of VOF
    ronngarden: Organisation
    lindgarden: Organisation
    landlord: Organisation
    administrator: Scope
    provider: Scope
    other_provider: Scope
    manager: Scope
    property_officer: Scope
    coordinator: Scope
    caseworker: Scope
    other_department: Scope
    outsider: Scope
    log_reviewer: Scope
    delegations: dict[int, Delegation]  # to sign sublet contracts, by department

    def everybody(self) -> dict[str, Scope]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Scope)}


def a_town(drafts: Collection[str] = ()) -> Town:
    """`drafts` are the kinds of templates that nobody has approved."""
    return remembered(("town", sorted(drafts)), lambda: _a_town(drafts), is_ground=True)


def _a_town(drafts: Collection[str]) -> Town:
    vof = OrganisationFactory(department=True, name="Vård- och omsorgsförvaltningen", code="VOF")
    sof = OrganisationFactory(department=True, name="Socialförvaltningen", code="SOF")
    ff = OrganisationFactory(department=True, name="Fastighetsförvaltningen", code="FF")
    debiteringen = UnitFactory(organisation=vof, name="Debiteringen", is_queue=True)
    myndighet = UnitFactory(organisation=vof, name="Myndighet")
    letting = UnitFactory(organisation=ff, name="Uthyrning", is_queue=True)
    housing = UnitFactory(organisation=sof, name="Boendeenheten", is_queue=True)
    ronngarden = OrganisationFactory(name="Rönngården Omsorg AB", is_private=True)
    lindgarden = OrganisationFactory(name="Lindgården")
    landlord = OrganisationFactory(landlord=True, name="Ekstads Bostads AB")

    staff = {
        "administrator": _staff("gun-britt", debiteringen, Role.CONTRACT_ADMINISTRATOR, debiteringen),
        "provider": _staff("sara", None, Role.PROVIDER_STAFF, ronngarden),
        "other_provider": _staff("lars", None, Role.PROVIDER_STAFF, lindgarden),
        "manager": _staff("maria", debiteringen, Role.MANAGER, vof),
        "property_officer": _staff("peter", letting, Role.PROPERTY_OFFICER, ff),
        "coordinator": _staff("cilla", housing, Role.HOUSING_COORDINATOR, sof),
        "caseworker": _staff("bengt", myndighet, Role.CASEWORKER, vof),
        "other_department": _staff("ove", housing, Role.CONTRACT_ADMINISTRATOR, sof),
        "outsider": _staff("utan", None),
        "log_reviewer": _staff("lotta", None, Role.LOG_REVIEWER, vof),
    }
    signers = {vof: staff["administrator"], ff: staff["property_officer"], sof: staff["coordinator"]}
    delegations = {}
    for department, signer in signers.items():
        delegations[department.pk] = DelegationFactory(staff=signer, organisation=department)
        DelegationFactory(staff=signer, organisation=department, act=DelegatedAct.TERMINATE_TENANCY, item="4.13")
    SettingFactory(key="contracts.bankgiro", value="9900-0010")
    kinds = [*(kind for kind in PAPERS if kind != "contract"), *(f"contract_{form}" for form in HousingForm)]
    kinds += referral_papers.PAPERS
    for kind in kinds:
        approved = {"approved_by": None, "approved_on": None} if kind in drafts else {"approved_by": staff["manager"]}
        TextTemplateFactory(kind=kind, owner=vof, written_by=staff["administrator"], **approved)
    return Town(
        vof=vof, sof=sof, ff=ff, debiteringen=debiteringen, myndighet=myndighet, ronngarden=ronngarden,
        lindgarden=lindgarden, landlord=landlord, delegations=delegations,
        **{name: scope_for(person, TODAY) for name, person in staff.items()},
    )  # fmt: skip


def _staff(
    username: str, unit: Unit | None, role: Role | None = None, where: Organisation | Unit | None = None
) -> Staff:
    roles = [(role, where)] if role else []
    return StaffFactory(username=username, first_name=username.capitalize(), unit=unit, roles=roles)

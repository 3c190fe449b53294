"""The thirty who sign in: their places, their roles, who may sign what, and one who is away."""

import os
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from bostad.organisation.models import (
    Absence,
    DelegatedAct,
    Delegation,
    Organisation,
    OrganisationGroupObjectPermission,
    Staff,
    Unit,
    UnitGroupObjectPermission,
)
from bostad.organisation.roles import Role, permission
from bostad.overview.demo.organisations import mail_name

WHOLE, UNIT = "on the whole organisation", "on the own unit"


@dataclass(frozen=True)
class Colleague:
    first_name: str
    last_name: str
    title: str
    code: str  # of the organisation
    unit: str
    role: Role
    held: str = WHOLE

    @property
    def username(self) -> str:
        return f"{mail_name(self.first_name)}.{mail_name(self.last_name)}"


COLLEAGUES = (
    Colleague("Gun-Britt", "Nyström", "Avtalsadministratör", "VOF", "Debiteringen", Role.CONTRACT_ADMINISTRATOR),
    Colleague("Mikael", "Lund", "Avtalsadministratör", "VOF", "Debiteringen", Role.CONTRACT_ADMINISTRATOR),
    Colleague("Eva", "Sandell", "Enhetschef", "VOF", "Debiteringen", Role.MANAGER),
    Colleague("Annika", "Berg", "Biståndshandläggare", "VOF", "Biståndsenheten", Role.CASEWORKER),
    Colleague("Helena", "Ekström", "Objektspecialist", "VOF", "Myndighet", Role.DEPARTMENT_ADMINISTRATOR),
    Colleague("Agneta", "Rosén", "Logggranskare", "VOF", "Myndighet", Role.LOG_REVIEWER),
    Colleague("Emma", "Forsberg", "Socialsekreterare", "SOF", "Vuxenenheten", Role.CASEWORKER),
    Colleague("Ali", "Hosseini", "Socialsekreterare", "SOF", "Barn och familj", Role.CASEWORKER, UNIT),
    Colleague("Camilla", "Wester", "Bosamordnare", "SOF", "Bosociala enheten", Role.HOUSING_COORDINATOR, UNIT),
    Colleague("Peter", "Sjölund", "Bosamordnare", "SOF", "Bosociala enheten", Role.HOUSING_COORDINATOR, UNIT),
    Colleague("Yasmin", "Karimi", "Behandlare", "SOF", "Bosociala enheten", Role.SUPPORT_WORKER, UNIT),
    Colleague("Tove", "Granat", "Uppsökare", "SOF", "Mottagning", Role.OUTREACH_WORKER, UNIT),
    Colleague("Birgit", "Åman", "Administrativ assistent", "SOF", "Mottagning", Role.REGISTRAR, UNIT),
    Colleague("Kent", "Löfgren", "Enhetschef", "SOF", "Bosociala enheten", Role.MANAGER),
    Colleague("Malin", "Dahl", "Förvaltningsadministratör", "SOF", "Mottagning", Role.DEPARTMENT_ADMINISTRATOR),
    Colleague("Karin", "Lindqvist", "Bostadssekreterare", "AMF", "Boendeenheten", Role.CASEWORKER),
    Colleague("David", "Mårtensson", "Bostadssekreterare", "AMF", "Boendeenheten", Role.CASEWORKER),
    Colleague("Jonas", "Åkesson", "Enhetschef", "AMF", "Boendeenheten", Role.MANAGER),
    Colleague("Ingela", "Frisk", "Budget- och skuldrådgivare", "AMF", "Ekonomiskt bistånd", Role.DEBT_ADVISER, UNIT),
    Colleague("Robert", "Nyman", "Förvaltningsadministratör", "AMF", "Boendeenheten", Role.DEPARTMENT_ADMINISTRATOR),
    Colleague("Nadja", "Persson", "Uthyrningshandläggare", "FF", "Uthyrning", Role.PROPERTY_OFFICER),
    Colleague("Björn", "Wallin", "Förvaltare", "FF", "Förvaltning", Role.PROPERTY_OFFICER),
    Colleague("Margareta", "Hellström", "Enhetschef", "FF", "Uthyrning", Role.MANAGER),
    Colleague("Stefan", "Ohlin", "Avtalsadministratör", "FF", "Uthyrning", Role.CONTRACT_ADMINISTRATOR),
    Colleague("Lena", "Törnqvist", "Förvaltningsadministratör", "FF", "Förvaltning", Role.DEPARTMENT_ADMINISTRATOR),
    Colleague("Sara", "Wikander", "Verksamhetschef", "Rönngården", "Rönngården", Role.PROVIDER_STAFF),
    Colleague("Fredrik", "Ahl", "Samordnare", "Rönngården", "Rönngården", Role.PROVIDER_STAFF),
    Colleague("Marie", "Lindgren", "Enhetschef", "Tallbacken", "Tallbacken", Role.PROVIDER_STAFF),
    Colleague("Hassan", "Aziz", "Enhetschef", "Solgläntan", "Solgläntan", Role.PROVIDER_STAFF),
    Colleague("Viktor", "Linde", "Förvaltare", "Lindens", "Uthyrningen", Role.LANDLORD),
)
REVIEWED = ("VOF", "SOF", "AMF", "FF")  # the one log reviewer looks at all departments

SIGN, TERMINATE = DelegatedAct.SIGN_SUBLET_CONTRACT, DelegatedAct.TERMINATE_TENANCY
DECIDE = DelegatedAct.DECIDE_SUPPORT
ITEMS = {SIGN: "4.12", TERMINATE: "7.3", DECIDE: "2.7"}
SIGNERS = {
    "VOF": ("gun-britt.nystrom", "mikael.lund", "eva.sandell"),
    "FF": ("nadja.persson", "stefan.ohlin", "margareta.hellstrom"),
    "SOF": ("camilla.wester", "peter.sjolund", "kent.lofgren"),
}
DECIDERS = {
    "AMF": ("karin.lindqvist", "david.martensson", "jonas.akesson"),
    "SOF": ("emma.forsberg", "kent.lofgren"),
    "VOF": ("annika.berg", "eva.sandell"),
}
TERMINATORS = {
    "VOF": ("gun-britt.nystrom", "eva.sandell"),
    "FF": ("nadja.persson", "margareta.hellstrom"),
    "SOF": ("camilla.wester", "kent.lofgren"),
}


def make(organisations: dict[str, Organisation], today: date) -> dict[str, Staff]:
    """The colleagues by user name."""
    units = {(unit.organisation_id, unit.name): unit for unit in Unit.objects.all()}
    made = {}
    for number, colleague in enumerate(COLLEAGUES, start=1):
        organisation = organisations[colleague.code]
        staff = Staff(
            username=colleague.username,
            first_name=colleague.first_name,
            last_name=colleague.last_name,
            title=colleague.title,
            unit=units[organisation.pk, colleague.unit],
            phone=f"{organisation.phone[:-2]}{number + 20:02d}",
            email=f"{colleague.username}@{organisation.email.partition('@')[2]}",
        )
        staff.set_unusable_password()
        staff.save()
        codes = REVIEWED if colleague.role == Role.LOG_REVIEWER else (colleague.code,)
        staff.groups.set([_group(colleague, organisations[code], staff.unit) for code in codes])
        made[staff.username] = staff
    _delegate(made, organisations, today)
    Absence.objects.create(
        staff=made["mikael.lund"],
        substitute=made["gun-britt.nystrom"],
        from_on=today - timedelta(days=6),
        to_on=today + timedelta(days=15),
    )
    return made


def _group(colleague: Colleague, organisation: Organisation, unit: Unit) -> Group:
    """The group of all who hold the role there; it is the group that holds it, by guardian's row."""
    on_unit = colleague.held == UNIT
    place = f"{organisation.code} {unit.name}" if on_unit else organisation.code
    group, is_new = Group.objects.get_or_create(name=f"{place}: {colleague.role.label}")
    if is_new:
        rows, where = (
            (UnitGroupObjectPermission, unit) if on_unit else (OrganisationGroupObjectPermission, organisation)
        )
        right = Permission.objects.get(
            content_type=ContentType.objects.get_for_model(where), codename=permission(colleague.role)
        )
        rows.objects.create(group=group, permission=right, content_object=where)
    return group


def _delegate(staff: dict[str, Staff], organisations: dict[str, Organisation], today: date) -> None:
    """Since the delegation order of three years ago; one had it under the former order only."""
    since = add_delegations(staff, organisations, today)
    Delegation.objects.create(
        staff=staff["helena.ekstrom"],
        organisation=organisations["VOF"],
        act=SIGN,
        item="4.11",
        from_on=date(today.year - 6, 1, 1),
        to_on=since - timedelta(days=1),
    )


def add_delegations(staff: dict[str, Staff], organisations: dict[str, Organisation], today: date) -> date:
    """What nobody may do yet; from the day that is returned."""
    since, there = date(today.year - 3, 1, 1), set(Delegation.objects.values_list("act", flat=True))
    Delegation.objects.bulk_create(
        Delegation(staff=staff[name], organisation=organisations[code], act=act, item=ITEMS[act], from_on=since)
        for act, signers in ((SIGN, SIGNERS), (TERMINATE, TERMINATORS), (DECIDE, DECIDERS))
        if act not in there
        for code, names in signers.items()
        for name in names
    )
    return since


def give_passwords() -> int:
    """The password of DEMO_PASSWORD to all who have none yet. Without one the sign-in page's list is the way in."""
    word = os.environ.get("DEMO_PASSWORD", "")
    if not word:
        return 0
    names = [colleague.username for colleague in COLLEAGUES]
    return Staff.objects.filter(username__in=names, password__startswith=UNUSABLE_PASSWORD_PREFIX).update(
        password=make_password(word)
    )


def table() -> list[tuple[str, str, str]]:
    """Name, role and organisation of each, for `demo --people`."""
    return [
        (f"{colleague.first_name} {colleague.last_name}", colleague.role.label, f"{colleague.code} {colleague.unit}")
        for colleague in COLLEAGUES
    ]

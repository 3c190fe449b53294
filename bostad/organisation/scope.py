"""What one person may see and do, resolved once per request (design 6).

Querysets take the ids of a `Scope`, never a guardian subquery: that was 420 times slower at a million cases.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bostad.organisation.models import (
    Absence,
    OrganisationGroupObjectPermission,
    OrganisationKind,
    Staff,
    UnitGroupObjectPermission,
)
from bostad.organisation.roles import READS_CASES, Role, permission


@dataclass(frozen=True)
class Grant:
    """A role on an organisation; on one of its units only, where `unit_id` is set."""

    role: Role
    organisation_id: int
    unit_id: int | None = None


@dataclass(frozen=True)
class Scope:
    staff_id: int | None
    name: str = ""
    unit_id: int | None = None
    organisation_id: int | None = None
    grants: frozenset[Grant] = frozenset()
    departments: frozenset[int] = frozenset()  # of the organisations in `grants`, those that are the municipality's
    stands_in_for: frozenset[int] = frozenset()  # absent colleagues whose list is also mine
    is_system: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def department_ids(self) -> frozenset[int]:
        """Municipal departments all of whose cases this person may read."""
        return (
            frozenset(g.organisation_id for g in self.grants if g.unit_id is None and g.role in READS_CASES)
            & self.departments
        )

    @property
    def unit_ids(self) -> frozenset[int]:
        """Units whose cases this person may read without reading the whole department."""
        return frozenset(g.unit_id for g in self.grants if g.unit_id is not None and g.role in READS_CASES)

    @property
    def partner_ids(self) -> frozenset[int]:
        """Organisations outside the departments (care providers) that see only what is shared with them: as a whole."""
        return (
            frozenset(g.organisation_id for g in self.grants if g.unit_id is None and g.role in READS_CASES)
            - self.departments
        )

    @property
    def reading_ids(self) -> frozenset[int]:
        """Organisations in which this person reads cases: all of them, those of a unit, or what is shared."""
        return frozenset(g.organisation_id for g in self.grants if g.role in READS_CASES)

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(grant.organisation_id for grant in self.grants)

    @property
    def administered_ids(self) -> frozenset[int]:
        """The organisations whose units, people and settings this person keeps. A unit has no administrator."""
        return frozenset(
            g.organisation_id for g in self.grants if g.unit_id is None and g.role == Role.DEPARTMENT_ADMINISTRATOR
        )

    def holds(self, role: Role, organisation_id: int | None, unit_id: int | None = None) -> bool:
        """Whether the role is held on the organisation as a whole, or on just this unit of it."""
        if organisation_id is None:
            return False
        return any(
            grant.role == role
            and grant.organisation_id == organisation_id
            and (grant.unit_id is None or grant.unit_id == unit_id)
            for grant in self.grants
        )


NOBODY = Scope(staff_id=None)
SYSTEM = Scope(staff_id=None, name="bostad", is_system=True)


def scope_for(staff: Staff, today: date) -> Scope:
    """Two queries for the roles, one for absent colleagues. An inactive or anonymous person sees nothing."""
    if not getattr(staff, "is_active", False) or staff.pk is None:
        return NOBODY
    rows = [*_on_organisations(staff), *_on_units(staff)]
    absent = Absence.objects.filter(substitute=staff, from_on__lte=today, to_on__gte=today)
    return Scope(
        staff_id=staff.pk,
        name=str(staff),
        unit_id=staff.unit_id,
        organisation_id=staff.unit.organisation_id if staff.unit_id else None,
        grants=frozenset(grant for grant, _kind in rows),
        departments=frozenset(grant.organisation_id for grant, kind in rows if kind == OrganisationKind.DEPARTMENT),
        stands_in_for=frozenset(absent.values_list("staff_id", flat=True)),
    )


def staff_holding(role: Role, organisation_id: int) -> QuerySet[Staff]:
    """Active staff who hold the role on the organisation, or on a unit of it."""
    codename = permission(role)
    on_whole = Q(
        groups__organisationgroupobjectpermission__content_object=organisation_id,
        groups__organisationgroupobjectpermission__permission__codename=codename,
    )
    on_unit = Q(
        groups__unitgroupobjectpermission__content_object__organisation=organisation_id,
        groups__unitgroupobjectpermission__permission__codename=codename,
    )
    return Staff.objects.filter(on_whole | on_unit, is_active=True).distinct().order_by("last_name", "first_name")


def case_readers(organisation_ids: Iterable[int]) -> QuerySet[Staff]:
    """Active staff of these departments who read the cases of their own unit: whom a case can be given to."""
    reads = Q(permission__codename__in=[permission(role) for role in READS_CASES], group__user=OuterRef("pk"))
    on_whole = OrganisationGroupObjectPermission.objects.filter(reads, content_object=OuterRef("unit__organisation"))
    on_unit = UnitGroupObjectPermission.objects.filter(reads, content_object=OuterRef("unit"))
    return Staff.objects.filter(
        Exists(on_whole) | Exists(on_unit), unit__organisation__in=organisation_ids, is_active=True
    ).order_by("last_name", "first_name")


_ROLES = Q(permission__codename__startswith="act_as_")


def _role(codename: str) -> Role:
    return Role(codename.removeprefix("act_as_"))


def _on_organisations(staff: Staff) -> Iterator[tuple[Grant, str]]:
    rows = OrganisationGroupObjectPermission.objects.filter(_ROLES, group__user=staff)
    for codename, organisation, kind in rows.values_list(
        "permission__codename", "content_object_id", "content_object__kind"
    ):
        yield Grant(_role(codename), organisation), kind


def _on_units(staff: Staff) -> Iterator[tuple[Grant, str]]:
    """Of departments only: what is shared with a care provider is shared with the whole of it, not with its units."""
    rows = UnitGroupObjectPermission.objects.filter(
        _ROLES, group__user=staff, content_object__organisation__kind=OrganisationKind.DEPARTMENT
    )
    for codename, unit, organisation, kind in rows.values_list(
        "permission__codename",
        "content_object_id",
        "content_object__organisation_id",
        "content_object__organisation__kind",
    ):
        yield Grant(_role(codename), organisation, unit), kind

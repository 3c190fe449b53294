from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from bostad.organisation.scope import Scope


class ShareQuerySet(models.QuerySet):
    def in_force(self) -> "ShareQuerySet":
        return self.filter(ended_on=None)


class CaseQuerySet(models.QuerySet):
    """Starts invisible: a page begins with `visible_to(scope)`."""

    def visible_to(self, scope: Scope) -> "CaseQuerySet":
        """The department's or unit's own cases, and for a care provider those that are shared with it."""
        mine = Q()
        if scope.department_ids:
            mine |= Q(department_id__in=scope.department_ids)
        if scope.unit_ids:
            mine |= Q(unit_id__in=scope.unit_ids)
        if scope.partner_ids:
            mine |= Q(pk__in=_shares().filter(organisation_id__in=scope.partner_ids).values("case"))
        return self.filter(mine)._not_restricted_for(scope) if mine else self.none()

    def shared_with(self, scope: Scope) -> "CaseQuerySet":
        """Other departments' cases that mine may read: a list of its own, never an OR in mine (design 6)."""
        return self.filter(
            pk__in=_shares().filter(organisation_id__in=scope.department_ids).values("case")
        )._not_restricted_for(scope)

    def _not_restricted_for(self, scope: Scope) -> "CaseQuerySet":
        named = apps.get_model("casework", "CaseAccess").objects.filter(case=OuterRef("pk"), staff=scope.staff_id)
        return self.filter(Q(confidentiality="normal") | Exists(named))

    def still_open(self) -> "CaseQuerySet":
        return self.filter(closed_on=None)

    def locked(self) -> "CaseQuerySet":
        """The only lock of the house: the parent row. Colleagues can still write notes."""
        return self.select_for_update(of=("self",), no_key=True)


def _shares() -> ShareQuerySet:
    return apps.get_model("casework", "Share").objects.in_force()


class DeadlineQuerySet(models.QuerySet):
    def still_open(self) -> "DeadlineQuerySet":
        return self.filter(status="open")

    def overdue(self, on: date) -> "DeadlineQuerySet":
        return self.filter(due_on__lt=on)

    def for_staff(self, scope: Scope) -> "DeadlineQuerySet":
        """Mine, those of colleagues I stand in for, and what my own unit has given to nobody yet.

        Of the organisations where I read cases: to work at a unit, or to have worked there, opens nothing by itself.
        """
        mine = Q(assignee_id__in={scope.staff_id, *scope.stands_in_for})
        if scope.unit_id in scope.unit_ids or scope.organisation_id in scope.department_ids | scope.partner_ids:
            mine |= Q(unit_id=scope.unit_id, assignee=None)
        opened = Q(case__department_id__in=scope.reading_ids) | Q(
            case__in=_shares().filter(organisation_id__in=scope.department_ids | scope.partner_ids).values("case")
        )
        return self.filter(mine, opened, department_id__in=scope.reading_ids)._not_restricted_for(scope)

    def visible_to(self, scope: Scope) -> "DeadlineQuerySet":
        """Addressed to my departments, units or provider, and of a case that I may open: a row tells whom it is of."""
        whole = scope.department_ids | scope.partner_ids
        addressed = Q(department_id__in=whole) | Q(unit_id__in=scope.unit_ids)
        opened = (
            Q(case__department_id__in=scope.department_ids)
            | Q(case__unit_id__in=scope.unit_ids)
            | Q(case__in=_shares().filter(organisation_id__in=whole).values("case"))
        )
        return self.filter(addressed, opened)._not_restricted_for(scope)

    def awaited_by(self, scope: Scope) -> "DeadlineQuerySet":
        """What my unit waits for another to do."""
        units = apps.get_model("organisation", "Unit").objects.filter(organisation__in=scope.department_ids)
        return self.filter(
            Q(watcher_unit__in=units.values("pk")) | Q(watcher_unit_id__in=scope.unit_ids)
        )._not_restricted_for(scope)

    def _not_restricted_for(self, scope: Scope) -> "DeadlineQuerySet":
        named = apps.get_model("casework", "CaseAccess").objects.filter(case=OuterRef("case_id"), staff=scope.staff_id)
        return self.filter(Q(case__confidentiality="normal") | Exists(named))

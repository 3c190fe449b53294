from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from bostad import swedish
from bostad.organisation.scope import Scope


class DwellingQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "DwellingQuerySet":
        """What my department manages, or what my provider runs. A dwelling holds no secret; who lives there does."""
        return self.filter(
            Q(manager_id__in=scope.departments) | Q(provider_id__in=scope.organisation_ids - scope.departments)
        )

    def matching(self, typed: str) -> "DwellingQuerySet":
        """Every word is a part of the address, or the whole is a part of the designation."""
        words = swedish.sort_key(typed).split()
        address = Q(*(Q(sort_key__contains=word) for word in words)) if words else Q(pk=None)
        return self.filter(address | Q(designation__icontains=typed))

    def free_on(self, day: date) -> "DwellingQuerySet":
        """Nobody holds it on the day, nor later: a dwelling is let until further notice."""
        occupancy = self.model._meta.get_field("occupancies").related_model
        held = occupancy.objects.in_force().filter(dwelling=OuterRef("pk")).filter(Q(to_on=None) | Q(to_on__gte=day))
        return self.filter(~Exists(held)).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))

    def locked(self) -> "DwellingQuerySet":
        """Until the transaction ends nobody else lets or offers it. After the case, before its parts."""
        return self.select_for_update(of=("self",), no_key=True)

    def by_address(self) -> "DwellingQuerySet":
        return self.order_by("sort_key", "id")


class HeadLeaseQuerySet(models.QuerySet):
    def on(self, day: date) -> "HeadLeaseQuerySet":
        """Those by which the municipality rents the dwelling that day."""
        return self.filter(from_on__lte=day).exclude(to_on__lt=day)


class OccupancyQuerySet(models.QuerySet):
    def in_force(self) -> "OccupancyQuerySet":
        return self.filter(voided=False)

    def overlapping(self, from_on: date, to_on: date | None = None) -> "OccupancyQuerySet":
        found = self.in_force().filter(Q(to_on=None) | Q(to_on__gte=from_on))
        return found if to_on is None else found.filter(from_on__lte=to_on)

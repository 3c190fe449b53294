from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q


class PersonQuerySet(models.QuerySet):
    def with_number(self, personnummer: str) -> "PersonQuerySet":
        return self.filter(personnummer=personnummer)


class HouseholdQuerySet(models.QuerySet):
    def of_person_on(self, person_id: int, day: date) -> "HouseholdQuerySet":
        still = Q(members__to_on=None) | Q(members__to_on__gte=day)
        return self.filter(still, members__person=person_id).distinct()

    def protected_on(self, day: date) -> "HouseholdQuerySet":
        """A flag on any member, a child's too, protects the household."""
        member = self.model._meta.get_field("members").related_model
        flagged = (
            member.objects.filter(household=OuterRef("pk"), from_on__lte=day)
            .filter(Q(to_on=None) | Q(to_on__gte=day))
            .exclude(person__protection="none")
        )
        return self.filter(Exists(flagged))

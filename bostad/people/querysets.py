from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from bostad import swedish


class PersonQuerySet(models.QuerySet):
    def named(self, typed: str) -> "PersonQuerySet":
        """Every word is a part of the name, as a Swede spells it: case and accents do not count, å, ä and ö do."""
        words = swedish.sort_key(typed).split()
        return self.filter(*(Q(sort_key__contains=word) for word in words)) if words else self.none()


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

from django.db.models import Prefetch, QuerySet

from bostad.casework.models import CaseParty
from bostad.casework.querysets import CaseQuerySet


class ReferralQuerySet(CaseQuerySet):
    def for_list(self) -> "QuerySet":
        """All that a row of the list shows, in one query and one for the household."""
        people = CaseParty.objects.select_related("person").order_by("id")
        return self.select_related("assignee", "unit", "department", "property_department").prefetch_related(
            Prefetch("parties", people)
        )

from datetime import date

from django.db.models import QuerySet

from bostad.casework.querysets import CaseQuerySet


class ContractQuerySet(CaseQuerySet):
    def for_list(self) -> "QuerySet":
        """All that a row of the list shows, in one query and one for the tenants."""
        return self.select_related("dwelling", "provider", "assignee", "unit", "department").prefetch_related(
            "parties__person"
        )

    def ordered_for_debiting(self) -> "ContractQuerySet":
        return self.filter(state="ordered")

    def in_term_ending_by(self, day: date) -> "ContractQuerySet":
        return self.filter(term_to__lte=day)

from django.apps import apps
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from bostad.casework.querysets import CaseQuerySet
from bostad.organisation.scope import Scope


class ContractQuerySet(CaseQuerySet):
    def for_list(self) -> "QuerySet":
        """All that a row of the list shows, in one query and one for the tenants."""
        return self.select_related("dwelling", "provider", "assignee", "unit", "department").prefetch_related(
            "parties__person"
        )

    def with_place(self, scope: Scope) -> "ContractQuerySet":
        """`place` to sort by. Where the address is hidden its order is hidden too: those come first, together."""
        hidden = Q(department__in=scope.departments) | Q(declared_protected=True)
        return self.annotate(
            place=Case(
                When(hidden, confidentiality="restricted", then=Value("")),
                default=F("dwelling__sort_key"),
                output_field=CharField(),
            )
        )

    def with_another_tenancy(self) -> "ContractQuerySet":
        """Of which a tenant has another dwelling of the same department on the day on which this one begins."""
        parties = apps.get_model("casework", "CaseParty").objects.filter(role="tenant")
        elsewhere = (
            parties.filter(
                person__in=parties.filter(case=OuterRef(OuterRef("pk"))).values("person"),
                case__department=OuterRef("department"),
                case__as_contract__occupancy__voided=False,
                case__as_contract__occupancy__from_on__lte=OuterRef("move_in_on"),
            )
            .exclude(case=OuterRef("pk"))
            .exclude(case__as_contract__occupancy__to_on__lt=OuterRef("move_in_on"))
        )
        return self.filter(Exists(elsewhere))

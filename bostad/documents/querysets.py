from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from bostad.casework.models import CaseAccess
from bostad.organisation.scope import Scope


class TemplateQuerySet(models.QuerySet):
    def in_force(self, kind: str, on: date) -> "TemplateQuerySet":
        """The approved versions of the kind on that day, newest first."""
        return self.filter(kind=kind, approved_on__lte=on, valid_from__lte=on).order_by("-version")


class LetterQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "LetterQuerySet":
        """The department's letters, but of a restricted case only for its named people."""
        named = CaseAccess.objects.filter(case=OuterRef("case_id"), staff=scope.staff_id)
        return self.filter(department_id__in=scope.departments).filter(
            Q(case__confidentiality="normal") | Exists(named)
        )

    def to_print(self) -> "LetterQuerySet":
        return self.filter(state="queued")

    def to_post(self) -> "LetterQuerySet":
        return self.filter(state="printed")

    def ready(self) -> "LetterQuerySet":
        """Every enclosed file is there."""
        return self.exclude(enclosures__document__file_state__in=["waiting", "failed"])

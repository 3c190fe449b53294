from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from bostad.casework.models import Case
from bostad.documents.printing import last_holds
from bostad.documents.states import INVALID, FileState
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope

ASKED_LATELY = timedelta(minutes=5)


class MadeByTheWorkerQuerySet(models.QuerySet):
    def to_ask_for(self, now: datetime) -> "MadeByTheWorkerQuerySet":
        """What waits for its file and has not been asked for within the last minutes, the oldest first."""
        lately = Q(asked_at__gt=now - ASKED_LATELY)
        return self.filter(file_state=FileState.WAITING).exclude(lately).order_by("id")


class DocumentQuerySet(MadeByTheWorkerQuerySet):
    def with_what_replaces_it(self) -> "DocumentQuerySet":
        """`is_replaced`: a later one of the kind, to the same recipient, holds instead."""
        later = self.model.objects.filter(
            case=OuterRef("case"), kind=OuterRef("kind"), pk__gt=OuterRef("pk"), kind__in=last_holds(),
            data__recipient__name=OuterRef("data__recipient__name"),
        )  # fmt: skip
        return self.annotate(is_replaced=Exists(later))


class TemplateQuerySet(models.QuerySet):
    def in_force(self, kind: str, on: date) -> "TemplateQuerySet":
        """The approved versions of the kind on that day, newest first."""
        return self.filter(kind=kind, approved_on__lte=on, valid_from__lte=on).order_by("-version")


class OriginalQuerySet(models.QuerySet):
    def valid(self) -> "OriginalQuerySet":
        """The sheets that are the contract, wherever they lie; not those that were replaced or called back."""
        return self.exclude(state__in=INVALID)


class LetterQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "LetterQuerySet":
        """The letters that the person's departments send, in cases that the person may open."""
        return self.filter(department_id__in=scope.departments, case__in=Case.objects.visible_to(scope).values("pk"))

    def printed_by(self, scope: Scope, roles: Collection[Role]) -> "LetterQuerySet":
        """Of those departments and units on which the person holds one of the roles: a role elsewhere opens nothing."""
        held = [grant for grant in scope.grants if grant.role in roles]
        whole = Q(department_id__in={grant.organisation_id for grant in held if grant.unit_id is None})
        return self.filter(whole | Q(case__unit_id__in={grant.unit_id for grant in held if grant.unit_id is not None}))

    def to_print(self) -> "LetterQuerySet":
        return self.filter(state="queued")

    def to_post(self) -> "LetterQuerySet":
        return self.filter(state="printed", goes_by_post=True)

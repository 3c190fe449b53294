"""The one door to the read log."""

from collections.abc import Iterable

from django.apps import apps
from django.http import HttpRequest

from bostad.audit.models import ReadLog


def log_reading(
    request: HttpRequest, *, cases: Iterable[int] = (), persons: Iterable[int] = (), why: str = ""
) -> ReadLog | None:
    """Writes who looked at which cases and persons on this page. A page without any writes nothing.

    Whoever is a party of a case that was shown was shown too, in a list as well.
    """
    case_ids = sorted(set(cases))
    parties = apps.get_model("casework", "CaseParty").objects.filter(case__in=case_ids).values_list("person", flat=True)
    person_ids = sorted({*persons, *(parties if case_ids else ())})
    if not case_ids and not person_ids:
        return None
    return ReadLog.objects.create(
        staff_id=request.user.pk,
        unit_id=request.user.unit_id,
        page=request.resolver_match.view_name,
        case_ids=case_ids,
        person_ids=person_ids,
        why=why,
    )

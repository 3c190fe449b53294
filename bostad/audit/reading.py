"""The one door to the read log."""

from collections.abc import Iterable

from django.http import HttpRequest

from bostad.audit.models import ReadLog


def log_reading(
    request: HttpRequest, *, cases: Iterable[int] = (), persons: Iterable[int] = (), why: str = ""
) -> ReadLog | None:
    """Writes who looked at which cases and persons on this page. A page without any writes nothing."""
    case_ids, person_ids = sorted(set(cases)), sorted(set(persons))
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

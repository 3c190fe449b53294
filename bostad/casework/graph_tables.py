"""Keeps the database's copy of the graphs equal to the code: after every migrate, and nothing else writes it."""

from typing import Any

from django.db import connection, transaction

from bostad.casework.graph import kinds
from bostad.casework.models import CaseState, Transition


@transaction.atomic
def equalise(**kwargs: Any) -> None:
    """Receives `post_migrate` of casework, which Django sends when every migration of the house has run."""
    if "casework_transition" not in connection.introspection.table_names():
        return  # migrated backwards, to before the spine
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL bostad.equalising = 'on'")
    wanted = {(k.key, source, target) for k in kinds() for source, target in k.edges}
    known = set(Transition.objects.values_list("kind", "source", "target"))
    Transition.objects.bulk_create(Transition(kind=k, source=s, target=t) for k, s, t in wanted - known)
    for k, s, t in known - wanted:
        Transition.objects.filter(kind=k, source=s, target=t).delete()
    CaseState.objects.all().delete()
    CaseState.objects.bulk_create(
        CaseState(kind=k.key, state=state.value, label=state.label, is_open=state.value not in k.closed)
        for k in kinds()
        for state in k.states
    )

"""Migrations that make many models, triggers and constraints at once.

Django draws every related model anew for each operation of a migration. Three hundred took two minutes so, in every new
database and every run of the tests. Neighbours of one sort can share one drawing.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db.migrations.operations import AddConstraint, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

_SORTS: tuple[tuple[type[Operation], ...], ...] = ((CreateModel,), (AddTrigger, AddConstraint, AddIndex))


class Together(Operation):
    """Neighbouring operations of one sort, over one drawing of the models."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # the drawing: made again when it is next looked at, once for all
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def together(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations in the same order, neighbours of one sort as one."""
    found: list[Operation] = []
    for sort, neighbours in groupby(operations, _sort_of):
        members = list(neighbours)
        found += members if sort is None else [Together(members)]
    return found


def _sort_of(operation: Operation) -> int | None:
    return next((n for n, sort in enumerate(_SORTS) if isinstance(operation, sort)), None)

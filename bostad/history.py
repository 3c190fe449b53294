"""Change history by trigger: every insert, change and deletion of a tracked row is kept, whichever door it came through.

The history tables take no update, delete or truncate. Who and why stand as JSON in each event row; the request and
the Celery task put them there (`acting`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pghistory
import pgtrigger
from django.db import connection
from django.db.models import Model


def append_only(name: str = "append_only") -> pgtrigger.Protect:
    """A trigger for tables that only grow: refuses every update and deletion of a row."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def no_truncate(name: str = "no_truncate") -> pgtrigger.Trigger:
    """The other half of `append_only`: TRUNCATE fires no row trigger."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'bostad: cannot truncate %', TG_TABLE_NAME;",
    )


def tracked(*, exclude: list[str] | None = None) -> Callable[[type[Model]], type[Model]]:
    """Class decorator: keep every version of a model's own columns in `<Model>Event` (a child's parent keeps its own).

    `exclude` names columns whose bytes would only be doubled (file contents, search text).
    """

    def decorate(model: type[Model]) -> type[Model]:
        return pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=exclude,
            context_field=pghistory.ContextJSONField(),
            obj_field=pghistory.ObjForeignKey(related_name=f"{model._meta.model_name}_events"),
            append_only=True,
            meta={"triggers": [no_truncate()]},
        )(model)

    return decorate


@contextmanager
def acting(**who_and_why: object) -> Iterator[None]:
    """Everything changed inside is recorded with these words, e.g. `acting(staff=7, page="contracts:order")`."""
    with pghistory.context(**who_and_why):
        yield


def guards_cannot_be_switched_off(**kwargs: object) -> None:
    """After every migrate: pgtrigger's own switch, a session setting that anyone may set, answers no for ever."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS "
            "$$ SELECT FALSE $$ LANGUAGE sql IMMUTABLE"
        )

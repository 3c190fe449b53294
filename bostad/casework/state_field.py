"""The state of a case: django-fsm's field, but no plain assignment changes it, on any instance, at any time.

(django-fsm's own `protected=True` is switched off for the whole process by every `refresh_from_db`.)
"""

from typing import Any

from django.db import models
from django_fsm import FSMField, FSMFieldDescriptor


class StateDescriptor(FSMFieldDescriptor):
    def __set__(self, instance: models.Model, value: Any) -> None:
        known = instance.__dict__.get(self.field.name, value)
        if known != value:
            raise AttributeError("Ett läge ändras bara genom ett steg (casework.steps.door).")
        self.field.set_state(instance, value)


class StateField(FSMField):
    descriptor_class = StateDescriptor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": 30, "editable": False, "default": ""}
        super().__init__(*args, **kwargs)

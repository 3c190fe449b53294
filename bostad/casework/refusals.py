"""Why a step was not taken, in words for the person who pressed the button. Nothing has changed when one is raised."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import IntegrityError, OperationalError
from django_fsm import ConcurrentTransition

from bostad.casework.conditions import Condition, declared

DEADLOCK = "40P01"
MEANWHILE = "Någon annan arbetade med samma ärende eller person just då. Inget har ändrats. Försök igen."


class StepNotTaken(Exception):
    """The sentence is for the page, at `field` where there is one; the page keeps what was typed."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


@dataclass(frozen=True)
class Lack:
    """A condition that does not hold, with the sentence it gave for these facts."""

    condition: Condition
    sentence: str


class Refused(StepNotTaken):
    """Conditions of the routine are not met."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(" ".join(lack.sentence for lack in lacks))
        self.lacks = tuple(lacks)


class WrongState(StepNotTaken):
    """The case has gone on, or is not there yet."""


class AlreadyDone(StepNotTaken):
    """Somebody, perhaps the same person with a second press, was first."""


class NotYours(StepNotTaken):
    """The step belongs to another role or another side."""


@contextmanager
def constraints_speak() -> Iterator[None]:
    """What the database refused by a constraint that has a Swedish message is refused with that message.

    A constraint that has the name of a condition is that rule, held twice: the refusal says where it stands. The last
    net as well, for two who come at once. A constraint without a message is a fault of ours and stays an error.
    """
    try:
        yield
    except ConcurrentTransition as broken:
        raise StepNotTaken(MEANWHILE) from broken
    except OperationalError as broken:  # two held what the other wanted: the database let one of them go
        if getattr(broken.__cause__, "sqlstate", "") != DEADLOCK:
            raise
        raise StepNotTaken(MEANWHILE) from broken
    except IntegrityError as broken:
        name = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", None)
        sentence = _sentence_of(name)
        rule = next((condition for condition, _ in declared() if condition.name == name), None)
        if sentence and rule:
            raise Refused([Lack(rule, sentence)]) from broken
        if sentence:
            raise StepNotTaken(sentence) from broken
        raise


def _sentence_of(constraint: str | None) -> str:
    for model in apps.get_models():
        for known in model._meta.constraints:
            if known.name == constraint and known.violation_error_message != known.default_violation_error_message:
                return str(known.violation_error_message)
    return ""

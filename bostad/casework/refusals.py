"""Why a step was not taken, in words for the person who pressed the button. Nothing has changed when one is raised."""

from collections.abc import Sequence
from dataclasses import dataclass

from bostad.casework.conditions import Condition


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

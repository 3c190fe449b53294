"""How a refusal is looked at: by the rules it names, or by its words."""

import re
from collections.abc import Callable

import pytest
from django.db import transaction

from bostad.casework.refusals import Refused, StepNotTaken


def lacking(do: Callable[[], object]) -> set[str]:
    """The names of the rules that refused. Something else, or nothing refused, fails the test."""
    with pytest.raises(Refused) as refusal, transaction.atomic():
        do()
    return {lack.condition.name for lack in refusal.value.lacks}


def told(do: Callable[[], object]) -> str:
    """What the person is told, by whatever refused."""
    with pytest.raises(StepNotTaken) as refusal, transaction.atomic():
        do()
    assert not re.search(r"\d{4}-\d{2}-\d{2}", refusal.value.sentence), "a day is said in words"
    return refusal.value.sentence

"""How the state machines of the routines are run: the same way every time, unless somebody wants to look further."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

WILD = os.environ.get("HYPOTHESIS_PROFILE") == "wild"


def run(machine: type[RuleBasedStateMachine], *, examples: int = 8, steps: int = 6) -> None:
    """`HYPOTHESIS_PROFILE=wild` tries other ways each time, many more, and shortens what it finds."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=200 if WILD else examples,
            stateful_step_count=20 if WILD else steps,
            phases=[Phase.generate, *([Phase.shrink] if WILD else [])],
            derandomize=not WILD,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

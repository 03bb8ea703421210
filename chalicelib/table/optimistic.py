"""The one way in which something that others may change at the same time is changed."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table.engine import Refused, wait

State = TypeVar("State")
Result = TypeVar("Result")

_ATTEMPTS = 8


def write(
    decide: Callable[[State], Result], state: State, read_again: Callable[[], State], runtime: Runtime
) -> Result:
    """Decide on what was read and write it on condition that it still holds; if not, read and decide anew.

    Args:
        decide: checks the rules on a state and writes; may raise domain errors, and lets `Refused` through.
        state: what was read.
        read_again: reads it anew.
        runtime: the way to wait between tries.

    Raises:
        Unavailable: DynamoDB is busy or out of reach, or the state kept changing.
    """
    for tries in range(1, _ATTEMPTS + 1):
        try:
            return decide(state)
        except Refused:
            wait(runtime, tries)
            state = read_again()
    raise Unavailable

"""How many rounds of PBKDF2 are done: what an answer's time is made of, counted instead of measured."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from chalicelib.auth import passwords

_HASHING = passwords._digest.__code__
# Coverage puts instrumented copies in the place of code that runs; where it stands stays the same.
_PLACE = (_HASHING.co_filename, _HASHING.co_firstlineno)


@contextmanager
def counted_rounds() -> Iterator[list[int]]:
    """Collect the rounds of each hash that this thread makes inside the block."""
    rounds: list[int] = []

    def notice(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and (code.co_filename, code.co_firstlineno) == _PLACE:
            rounds.append(frame.f_locals["iterations"])

    before = sys.gettrace()
    sys.settrace(notice)  # which hears of calls alone, as long as it returns nothing
    try:
        yield rounds
    finally:
        sys.settrace(before)

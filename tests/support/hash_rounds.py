"""How many rounds of PBKDF2 are done: what an answer's time is made of, counted instead of measured."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from chalicelib.auth import passwords

_HASHING = passwords._digest.__code__


@contextmanager
def counted_rounds() -> Iterator[list[int]]:
    """Collect the rounds of each hash that this thread makes inside the block."""
    rounds: list[int] = []

    def notice(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code is _HASHING:
            rounds.append(frame.f_locals["iterations"])

    before = sys.getprofile()
    sys.setprofile(notice)
    try:
        yield rounds
    finally:
        sys.setprofile(before)

"""Temporary changes to a command's own process: environment variables and signal handlers."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


@contextmanager
def environment(variables: Mapping[str, str | None]) -> Iterator[None]:
    """Set (or with None unset) environment variables, and put back what was there."""
    before = {name: os.environ.get(name) for name in variables}
    _apply(variables)
    try:
        yield
    finally:
        _apply(before)


def _apply(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@contextmanager
def until_interrupted() -> Iterator[None]:
    """End the block at the first SIGINT or SIGTERM; further ones don't interrupt the cleanup."""

    def interrupt(_: int, __: FrameType | None) -> NoReturn:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    # For SIGINT too, although it is Python's way: a shell starts background jobs with SIGINT ignored.
    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

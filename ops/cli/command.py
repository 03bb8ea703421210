"""What a command is, and the arguments that several take.

Until a command runs, nothing here or in the modules beside it imports more than Python has: so `--help`, and
the message about what is not installed, need no package.
"""

import argparse
from collections.abc import Callable
from typing import NamedTuple


class Command(NamedTuple):
    """One command: its name, what it does, its arguments, and how it runs (to an exit code)."""

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def port(text: str) -> int:
    """Return a port from what was typed.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not (text.isascii() and text.isdigit()) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port between 0 and 65535")
    return int(text)

"""What a command is, and the arguments that several take.

Until a command runs, nothing here or in the modules beside it imports more than Python has: so `--help`, and
the message about what is not installed, need no package. What an argument means is said here and there only.
"""

import argparse
from collections.abc import Callable
from typing import Any, NamedTuple


class Argument(NamedTuple):
    """An argument, as `ArgumentParser.add_argument` takes it."""

    names: tuple[str, ...]
    settings: dict[str, Any]


class Command(NamedTuple):
    """One command: its name, what it does, how it runs (to an exit code), and its arguments."""

    name: str
    summary: str
    run: Callable[[argparse.Namespace], int]
    arguments: tuple[Argument, ...] = ()


def argument(*names: str, **settings: Any) -> Argument:
    """Return an argument."""
    return Argument(names, settings)


def flag(name: str, means: str, **settings: Any) -> Argument:
    """Return an argument that is there or not."""
    return Argument((name,), {"action": "store_true", "help": means, **settings})


def number(least: int, most: int, called: str = "number") -> Callable[[str], int]:
    """Return what makes a number of what was typed."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a {called} between {least} and {most}")
        return int(text)

    return parse


def port(default: int) -> Argument:
    """Return the argument for a port to listen on."""
    means = f"where to listen (default: {default}; 0: any free one)"
    return argument("--port", type=number(0, 65535, "port"), default=default, help=means)


NO_DEMO = flag("--no-demo", "start with an empty table", dest="demo", action="store_false")
REGION = argument("--region", help="the AWS region (default: the environment's or the profile's)")

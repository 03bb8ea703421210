#!/usr/bin/env python3
"""The project's commands: `python manage.py COMMAND --help` tells about each.

Until a command runs, this needs nothing but Python, so that it can say what is missing.
"""

import argparse
import sys
from collections.abc import Sequence

from ops import CommandError
from ops.cli import COMMANDS

OWN_MODULES = frozenset({"app", "chalicelib", "ops"})


def main(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name and return its exit code; a failure is one line on stderr."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help()
        return 2
    try:
        return int(options.run(options))
    except CommandError as error:
        print(f"manage.py {options.command}: {error}", file=sys.stderr)
    except ImportError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in OWN_MODULES:
            raise
        problem = f"{missing} is not installed" if missing else str(error)
        advice = "run `make setup`, and .venv/bin/python manage.py"
        print(f"manage.py {options.command}: {problem}; {advice}.", file=sys.stderr)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py", description="Commands of the orders and shop API.")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command in COMMANDS:
        subparser = commands.add_parser(
            command.name, help=command.summary, description=_sentence(command.summary)
        )
        for names, settings in command.arguments:
            subparser.add_argument(*names, **settings)
        subparser.set_defaults(run=command.run)
    return parser


def _sentence(summary: str) -> str:
    return f"{summary[0].upper()}{summary[1:]}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

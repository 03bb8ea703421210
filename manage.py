#!/usr/bin/env python3
"""The project's commands: `python manage.py COMMAND --help` tells about each.

This file needs nothing but Python, so that it can say what is missing; what a command needs is imported when
it runs.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

OWN_MODULES = frozenset({"app", "chalicelib", "ops"})


class Command(NamedTuple):
    """One command: its name, what it does, its arguments, and how it runs (to an exit code)."""

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def _local_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=_port, default=8000, help="where to listen (default: 8000; 0: any free one)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="start with an empty table")
    parser.add_argument("--database", metavar="URL", help="use this DynamoDB endpoint, not the embedded one")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port between 0 and 65535")
    return int(text)


def _run_local(options: argparse.Namespace) -> int:
    from ops import local

    return local.run(options.port, options.host, options.demo, options.database)


def _table_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--table", metavar="NAME", help="the table (default: TABLE_NAME of the environment, or shop-local)"
    )
    parser.add_argument("--database", metavar="URL", help="the DynamoDB endpoint (default: AWS)")


def _reconcile_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    parser.add_argument(
        "--passes",
        type=_passes,
        default=3,
        help="walks in which a product must fail to add up, since goods move meanwhile (default: 3)",
    )


def _passes(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 1 and 100")
    return int(text)


def _run_reconcile(options: argparse.Namespace) -> int:
    from ops import operator, reconcile

    with operator.connected(options.database, options.table) as runtime:
        return reconcile.run(runtime, options.passes)


def _createadmin_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    parser.add_argument("email", help="the administrator's email (the password is asked for)")


def _run_createadmin(options: argparse.Namespace) -> int:
    from ops import administrators, operator

    with operator.connected(options.database, options.table) as runtime:
        print(administrators.create(options.email, None, runtime))
    return 0


def _user_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    parser.add_argument("user", help="the account's id, email or phone")


def _run_show_user(options: argparse.Namespace) -> int:
    from ops import operator, staff_users

    with operator.connected(options.database, options.table) as runtime:
        print(staff_users.show(options.user, runtime))
    return 0


def _confirm_user_arguments(parser: argparse.ArgumentParser) -> None:
    _user_arguments(parser)
    parser.add_argument("--phone", action="store_true", help="confirm the phone, not the email")


def _run_confirm_user(options: argparse.Namespace) -> int:
    from ops import operator, staff_users

    with operator.connected(options.database, options.table) as runtime:
        print(staff_users.confirm(options.user, options.phone, runtime))
    return 0


def _reopen_organization_arguments(parser: argparse.ArgumentParser) -> None:
    _table_arguments(parser)
    parser.add_argument("organization", help="the organization's id (show-user lists those of a user)")
    parser.add_argument("--name", help="open it under this name, should its own be taken")
    parser.add_argument(
        "--yes", action="store_true", help="do it; otherwise it is only said who gets in again"
    )


def _run_reopen_organization(options: argparse.Namespace) -> int:
    from ops import operator, staff_organizations

    with operator.connected(options.database, options.table) as runtime:
        print(staff_organizations.reopen(options.organization, options.name, options.yes, runtime))
    return 0


def _endpoints_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help="write the table into README.md")


def _run_endpoints(options: argparse.Namespace) -> int:
    from ops import endpoint_table

    if options.write:
        endpoint_table.write()
    else:
        print(endpoint_table.table(), end="")
    return 0


def _stage_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stage", required=True, help="a stage of .chalice/config.json, say dev or production"
    )


def _python_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--python", metavar="PATH", help="a Python of the version that Lambda runs, for bytecode"
    )


def _package_arguments(parser: argparse.ArgumentParser) -> None:
    _stage_argument(parser)
    _python_argument(parser)
    parser.add_argument("out", type=Path, help="the folder to write into")


def _run_package(options: argparse.Namespace) -> int:
    from ops.packaging import package

    return package.run(options.stage, options.out, options.python)


def _deploy_arguments(parser: argparse.ArgumentParser) -> None:
    _stage_argument(parser)
    _region_argument(parser)
    _python_argument(parser)
    parser.add_argument("--yes", action="store_true", help="don't ask before a change set is executed")
    parser.add_argument(
        "--table", metavar="NAME", help="use this table, say one restored from a backup, not the data stack's"
    )


def _region_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--region", help="the AWS region (default: the environment's or the profile's)")


def _run_deploy(options: argparse.Namespace) -> int:
    from ops.deploy import command

    return command.deploy(options.stage, options.region, options.python, options.yes, options.table)


def _destroy_arguments(parser: argparse.ArgumentParser) -> None:
    _stage_argument(parser)
    _region_argument(parser)


def _run_destroy(options: argparse.Namespace) -> int:
    from ops.deploy import command

    return command.destroy(options.stage, options.region)


def _rotate_arguments(parser: argparse.ArgumentParser) -> None:
    _stage_argument(parser)
    _region_argument(parser)
    parser.add_argument(
        "--now", action="store_true", help="even if that ends tokens of the key before the last"
    )


def _run_rotate(options: argparse.Namespace) -> int:
    from ops.deploy import rotate

    return rotate.run(options.stage, options.region, options.now)


def _emulate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stage", default="dev", help="a stage of .chalice/config.json (default: dev)")
    parser.add_argument("--port", type=_port, default=4566, help="where it listens (default: 4566; 0: any)")


def _run_emulate(options: argparse.Namespace) -> int:
    from ops.deploy import emulate

    return emulate.run(options.stage, options.port)


COMMANDS = (
    Command("local", "serve the API on this machine, with demo data", _local_arguments, _run_local),
    Command(
        "endpoints",
        "print the table of endpoints, as the README has it",
        _endpoints_arguments,
        _run_endpoints,
    ),
    Command(
        "reconcile",
        "check product by product that no stock was lost or made up",
        _reconcile_arguments,
        _run_reconcile,
    ),
    Command(
        "createadmin",
        "register a shop administrator, or make one of a staff account",
        _createadmin_arguments,
        _run_createadmin,
    ),
    Command("show-user", "show a staff account and its organizations", _user_arguments, _run_show_user),
    Command(
        "confirm-user",
        "confirm the email or phone of a staff account",
        _confirm_user_arguments,
        _run_confirm_user,
    ),
    Command(
        "reopen-organization",
        "let the people of a closed organization in again",
        _reopen_organization_arguments,
        _run_reopen_organization,
    ),
    Command(
        "package",
        "write the archive and the templates that `deploy` uploads",
        _package_arguments,
        _run_package,
    ),
    Command("deploy", "put a stage up on AWS, or change it", _deploy_arguments, _run_deploy),
    Command("rotate", "change the key that signs tokens", _rotate_arguments, _run_rotate),
    Command("destroy", "take a stage down; production keeps its data", _destroy_arguments, _run_destroy),
    Command(
        "emulate",
        "serve the whole stack in an AWS emulator on this machine",
        _emulate_arguments,
        _run_emulate,
    ),
)


def main(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name and return its exit code; a failure is one line on stderr."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help()
        return 2
    from ops import CommandError

    try:
        return int(options.run(options))
    except CommandError as error:
        print(f"manage.py {options.command}: {error}", file=sys.stderr)
    except ImportError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in OWN_MODULES:
            raise
        problem = f"{missing} is not installed" if missing else str(error)
        print(f"manage.py {options.command}: {problem}; run `make setup`.", file=sys.stderr)
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
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def _sentence(summary: str) -> str:
    return f"{summary[0].upper()}{summary[1:]}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

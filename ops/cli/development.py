"""Commands for who develops: the API on this machine, and the table of its endpoints."""

import argparse
from pathlib import Path

from ops.cli.command import NO_DEMO, Command, argument, flag, port


def _local(options: argparse.Namespace) -> int:
    from ops.local import start

    return start.run(options.port, options.host, options.demo, options.database)


def _database(options: argparse.Namespace) -> int:
    from ops.local import database

    return database.run(options.port, options.data)


def _endpoints(options: argparse.Namespace) -> int:
    from ops.docs import endpoint_table

    if options.write:
        endpoint_table.write()
    else:
        print(endpoint_table.table(), end="")
    return 0


COMMANDS = (
    Command(
        "local",
        "serve the API on this machine, with demo data",
        _local,
        (
            port(8000),
            argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)"),
            NO_DEMO,
            argument("--database", metavar="URL", help="use this DynamoDB endpoint, not the embedded one"),
        ),
    ),
    Command(
        "database",
        "serve the embedded DynamoDB with demo data, say for chalice local",
        _database,
        (
            port(8001),
            argument("--data", type=Path, metavar="FOLDER", help="keep the data here (default: in memory)"),
        ),
    ),
    Command(
        "endpoints",
        "print the table of endpoints, as the README has it",
        _endpoints,
        (flag("--write", "write the table into README.md"),),
    ),
)

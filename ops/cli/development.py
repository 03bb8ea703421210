"""Commands for who develops: the API on this machine, and the table of its endpoints."""

import argparse
from pathlib import Path

from ops.cli.command import Command, port


def _local_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=port, default=8000, help="where to listen (default: 8000; 0: any free one)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="start with an empty table")
    parser.add_argument("--database", metavar="URL", help="use this DynamoDB endpoint, not the embedded one")


def _run_local(options: argparse.Namespace) -> int:
    from ops.local import start

    return start.run(options.port, options.host, options.demo, options.database)


def _database_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=port, default=8001, help="where to listen (default: 8001; 0: any free one)"
    )
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="keep the data here (default: in memory only)"
    )


def _run_database(options: argparse.Namespace) -> int:
    from ops.local import database

    return database.run(options.port, options.data)


def _endpoints_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help="write the table into README.md")


def _run_endpoints(options: argparse.Namespace) -> int:
    from ops.docs import endpoint_table

    if options.write:
        endpoint_table.write()
    else:
        print(endpoint_table.table(), end="")
    return 0


COMMANDS = (
    Command("local", "serve the API on this machine, with demo data", _local_arguments, _run_local),
    Command(
        "database",
        "serve the embedded DynamoDB with demo data, say for chalice local",
        _database_arguments,
        _run_database,
    ),
    Command(
        "endpoints",
        "print the table of endpoints, as the README has it",
        _endpoints_arguments,
        _run_endpoints,
    ),
)

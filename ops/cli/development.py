"""Commands for who develops: the API on this machine, and what is written about it."""

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


def _openapi(options: argparse.Namespace) -> int:
    from ops.docs import openapi

    if options.release:
        openapi.release()
    elif options.write:
        openapi.write()
    else:
        print(openapi.text(), end="")
    return 0


def _clients(options: argparse.Namespace) -> int:
    from ops.docs.python_client import files

    files.write()
    return 0


def _docs(options: argparse.Namespace) -> int:
    from ops.docs.page import site

    return site.run(options.out, options.server)


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
        "print the table of endpoints, as docs/api/endpoints.md has it",
        _endpoints,
        (flag("--write", "write docs/api/endpoints.md"),),
    ),
    Command(
        "openapi",
        "print the OpenAPI document of all endpoints",
        _openapi,
        (
            flag("--write", "write docs/api/openapi.json"),
            flag("--release", "write it, and keep it as what later documents must not break"),
        ),
    ),
    Command("clients", "write what of clients/python is made of docs/api/openapi.json", _clients),
    Command(
        "docs",
        "write the API reference as a static site",
        _docs,
        (
            argument("out", type=Path, help="the folder to write into"),
            argument(
                "--server",
                metavar="URL",
                default="http://127.0.0.1:8000",
                help="where the API is served (default: %(default)s)",
            ),
        ),
    ),
)

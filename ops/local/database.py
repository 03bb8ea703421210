"""The `database` command: serves the embedded DynamoDB alone, with its table and the demo data."""

import os
import secrets
from contextlib import ExitStack
from pathlib import Path

from chalicelib.runtime import Runtime
from chalicelib.table import schema
from ops.connection import connect
from ops.demo import accounts, data
from ops.deploy.package.stages import ROOT
from ops.local import embedded
from ops.local.quick_moto import API
from ops.local.server import Answer, Request, bound
from ops.process import until_interrupted

_HOST = "127.0.0.1"
_UNKNOWN = b'{"__type": "com.amazon.coral.service#UnknownOperationException"}'


def run(port: int, folder: Path | None) -> int:
    """Serve the embedded DynamoDB until Ctrl-C or SIGTERM, and return the exit code."""
    with until_interrupted(), ExitStack() as stack:
        server = stack.enter_context(bound(_answer, _HOST, port))
        set_defaults()
        os.environ.pop("SIGNING_KEYS_SECRET", None)  # left over: there is no Secrets Manager beside it
        stack.enter_context(embedded.embedded_dynamodb(folder))
        stack.callback(server.close)  # at the end, requests are over before their database is
        filled(demo=True)
        _introduce(f"http://{_HOST}:{server.server_address[1]}", folder)
        server.serve_forever()
    return 0


def set_defaults() -> None:
    """Name a table and a key for this process, where the environment names none."""
    os.environ.setdefault("TABLE_NAME", "shop-local")
    os.environ.setdefault("ACCESS_TOKEN_SECONDS", str(24 * 60 * 60))
    os.environ.setdefault("SIGNING_KEYS", f"local:{secrets.token_hex(32)}")


def filled(demo: bool) -> Runtime:
    """Make the table, and put the demo data into it if wanted, unless they are there."""
    runtime = connect()
    schema.create_table()
    if demo:
        data.load(runtime)
    return runtime


def _answer(request: Request) -> Answer:
    api, _, operation = request.headers.get("X-Amz-Target", "").partition(".")
    if request.method != "POST" or api != API:
        return 400, [("Content-Type", "application/x-amz-json-1.0")], _UNKNOWN
    status, headers, body = embedded.call(operation, request.body)
    return status, list(headers.items()), body


def _introduce(url: str, folder: Path | None) -> None:
    where = "in memory: it ends with this command" if folder is None else f"kept in {folder}"
    print(f"DynamoDB is at {url} (Ctrl-C stops it), with the table {os.environ['TABLE_NAME']}")
    print(f"Data: {where}")
    if folder is not None and folder.resolve().is_relative_to(ROOT):
        print("  (a folder elsewhere is better: chalice local watches this one and restarts at every write)")
    print()
    print(accounts.listing())
    print("Beside it, either of:")
    print("  .venv/bin/chalice local --stage local  # finds it where .chalice/config.json says")
    print(f"  .venv/bin/python manage.py local --database {url}", flush=True)

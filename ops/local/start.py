"""The `local` command: the whole API on one port of this machine."""

import os
import sys
from contextlib import ExitStack
from functools import partial

from chalicelib import log
from chalicelib.runtime import Runtime
from ops.connection import table_errors_as_command_errors
from ops.demo import accounts, data
from ops.local.database import filled, set_defaults
from ops.local.database_url import use_endpoint
from ops.local.embedded import embedded_dynamodb
from ops.local.gateway import refusal_headers
from ops.local.reference import FOLDER, with_reference
from ops.local.server import application, bound
from ops.process import until_interrupted

_REGISTRATION = (
    '{"surname": "Doe", "name": "Jane", "patronymic": "Ann", "address": "1 Main Street", '
    '"email": "jane@example.com", "password": "correct horse"}'
)


def run(port: int, host: str, demo: bool, database: str | None) -> int:
    """Serve the API until Ctrl-C or SIGTERM, and return the exit code."""
    with until_interrupted(), ExitStack() as stack:
        from app import app

        origin = os.environ.get("ALLOWED_ORIGIN") or None
        answer = with_reference(application(app, origin), accounts.ACCOUNTS if demo else ())
        server = stack.enter_context(bound(answer, host, port, partial(refusal_headers, origin)))
        runtime = _open_database(stack, database, demo)
        log.configure(runtime.settings.log_level)
        stack.callback(server.close)  # at the end, requests are over before their database is
        token = data.sample_token(runtime) if demo else None
        _introduce(_base_url(host, server.server_address[1]), database, token)
        server.serve_forever()
    return 0


def _open_database(stack: ExitStack, url: str | None, demo: bool) -> Runtime:
    """Make a database, its table and if wanted the demo data what the application finds."""
    set_defaults()
    if url is None:
        os.environ.pop("SIGNING_KEYS_SECRET", None)  # left over: there is no Secrets Manager beside it
        stack.enter_context(embedded_dynamodb())
    else:
        use_endpoint(url, os.environ["TABLE_NAME"], demo)
    with table_errors_as_command_errors():
        return filled(demo)


def _base_url(host: str, port: int) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _introduce(base_url: str, database: str | None, token: str | None) -> None:
    """Print where the API is, what is in it, and a first request to try."""
    where = "embedded, in memory: its data ends with this command"
    if database is not None:
        where = f"{database}, table {os.environ['TABLE_NAME']}"
    print(f"Serving on {base_url} (Ctrl-C stops it)")
    print(f"Database: {where}")
    print(f"API reference, to read and to try: {base_url}{FOLDER}")
    print()
    if token is None:
        print("The table has no demo data. Register a user:")
        print(f"  curl -X POST {base_url}/users/auth/registration/ \\")
        print(f"    -H 'Content-Type: application/json' -d '{_REGISTRATION}'")
    else:
        print(accounts.listing())
        print(f"A token of user3@gmail.com: {token}")
        print()
        print("Try:")
        print(f"  curl -H 'Authorization: Bearer {token}' {base_url}/orders/order-l/1/")
    sys.stdout.flush()

"""The connection to DynamoDB and the calls that go through it.

Only here do DynamoDB's own failures become domain errors: busy or out of reach is `Unavailable`. Anything
else is passed on: a failed condition, which the unit of work interprets, or a defect.

Calls go through PynamoDB's connection, `Item._get_connection()`, which takes and gives items as they are
sent, and from there through a `JsonService` (decision 45). The connection has no public name; the release is
pinned, and `tests/table/` fails if it moves.
"""

import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from botocore.exceptions import ConnectionError as BotocoreConnectionError
from botocore.exceptions import HTTPClientError
from botocore.session import Session
from pynamodb.connection import TableConnection
from pynamodb.exceptions import PynamoDBException, TransactWriteError

from chalicelib.config import Settings
from chalicelib.errors import Unavailable
from chalicelib.integrations import aws
from chalicelib.integrations.json_service import DYNAMODB, JsonService
from chalicelib.runtime import Runtime
from chalicelib.table import meter
from chalicelib.table.items import Item

T = TypeVar("T")

BATCH_LIMIT = 100  # keys in one BatchGetItem
ATTEMPTS = 6
_FIRST_WAIT_SECONDS = 0.02

_CONFLICTS = frozenset(
    {
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
    }
)
_BUSY = _CONFLICTS | {
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "InternalServerError",
    "ServiceUnavailable",
}

_CLIENT_CLASS, _DIRECT = "creating-client-class.dynamodb", "direct-calls"
_connecting = threading.Lock()


class _Unfinished(Item):
    """Where a connection is made: no other thread may see it before it is complete."""

    _connection = None


def _adding_direct_calls(
    session: Session, settings: Settings, sleep: Callable[[float], None]
) -> Callable[..., None]:
    """Return a handler of `creating-client-class`: the client leaves its calls to a `JsonService`."""

    class DirectCalls:
        meta: Any

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            url, events = self.meta.endpoint_url, self.meta.events
            model = self.meta.service_model.operation_model
            retries = settings.dynamodb_retries
            self.direct = JsonService(DYNAMODB, session, url, retries, sleep, events, model)
            events.register("before-call.dynamodb", meter.count_call)
            events.register("after-call.dynamodb", meter.count_capacity)

        def _make_api_call(self, operation_name: str, api_params: dict[str, Any]) -> dict[str, Any]:
            return self.direct.call(operation_name, api_params)

    return lambda base_classes, **_: base_classes.insert(0, DirectCalls)


def connect(settings: Settings, sleep: Callable[[float], None] = time.sleep) -> TableConnection:
    """Bind the items to the settings' table and return the connection; all kinds of item share it.

    Args:
        settings: name the table, and say how often a call is repeated.
        sleep: waits before a call is repeated.
    """
    with _connecting:
        Item.Meta.table_name = settings.table_name
        _Unfinished._connection = None
        session = aws.session()
        connection = _Unfinished._get_connection()
        # Else PynamoDB makes one, with all handlers, for each thread.
        connection.connection._local = cast(Any, SimpleNamespace(session=session))
        session.unregister(_CLIENT_CLASS, unique_id=_DIRECT)
        session.register(_CLIENT_CLASS, _adding_direct_calls(session, settings, sleep), unique_id=_DIRECT)
        assert connection.connection.client is not None  # made here, and not with the first call
        Item._connection = connection
        return connection


def service() -> JsonService:
    """Return DynamoDB as the connection calls it, for tools and for tests that watch its events."""
    client: Any = Item._get_connection().connection.client
    return cast(JsonService, client.direct)


def call_with_retries(call: Callable[[], T], runtime: Runtime) -> T:
    """Make one DynamoDB call; retry conflicts a bounded number of times, with exponential backoff and jitter.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    for tries_left in range(ATTEMPTS - 1, -1, -1):
        try:
            return call()
        except PynamoDBException as error:
            if not tries_left or not _codes(error) & _CONFLICTS:
                raise _translated(error) from error
            back_off(runtime, ATTEMPTS - tries_left)
    raise AssertionError("the last try either returns or raises")


def back_off(runtime: Runtime, tries: int) -> None:
    """Wait before the next try: a random time below a bound that doubles with each try."""
    runtime.sleep(runtime.rng.uniform(0, _FIRST_WAIT_SECONDS * 2**tries))


def _codes(error: PynamoDBException) -> set[str]:
    response: Any = getattr(error.cause, "response", None) or {}  # None where a connection broke
    codes = {response.get("Error", {}).get("Code", "")}
    if isinstance(error, TransactWriteError):
        codes.update(reason.code for reason in error.cancellation_reasons if reason)
    return codes


def _translated(error: PynamoDBException) -> Exception:
    codes = _codes(error)
    # A failed condition is a definite answer; a conflict beside it is not.
    if codes & _BUSY or isinstance(error.cause, HTTPClientError | BotocoreConnectionError):
        return Unavailable()
    return error

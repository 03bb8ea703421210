"""The connection to DynamoDB and the calls that go through it.

Here, and only here, DynamoDB's own failures become domain errors: what is busy or out of reach is
`Unavailable`, a failed condition is `Refused`, and anything else stays what it is, a defect.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from botocore.config import Config
from botocore.exceptions import ConnectionError as BotocoreConnectionError
from botocore.exceptions import HTTPClientError
from pynamodb.connection import TableConnection
from pynamodb.exceptions import PynamoDBException, TransactWriteError
from pynamodb.expressions.condition import Condition

from chalicelib.config import Settings
from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table import meter
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position, cut
from chalicelib.table.snapshot import Snapshot

T = TypeVar("T")

BATCH_LIMIT = 100  # keys in one BatchGetItem
ATTEMPTS = 6
_FIRST_WAIT_SECONDS = 0.02
_USER_AGENT = "chalice-orders-and-shop"

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

_connecting = threading.Lock()


class Refused(Exception):
    """A conditional write found another state than it required.

    Args:
        stored: by subject of the write, the item that failed its condition, None where there is none.
    """

    def __init__(self, stored: dict[str, Item | None]) -> None:
        super().__init__(", ".join(stored))
        self.stored = stored


def connect(settings: Settings) -> TableConnection:
    """Bind the items to the settings' table and return the connection; all kinds of item share it."""
    with _connecting:
        Item.Meta.table_name = settings.table_name
        Item.Meta.max_retry_attempts = settings.botocore_retries
        Item._connection = None
        connection = Item._get_connection()
        # botocore composes its user agent anew for each call, a tenth of a call's CPU; a fixed one is taken
        # as it is.
        connection.connection.session.set_default_client_config(Config(user_agent=_USER_AGENT))
        events = connection.connection.client.meta.events
        events.register("before-call.dynamodb", meter.count_call, unique_id="meter-calls")
        events.register("after-call.dynamodb", meter.count_capacity, unique_id="meter-capacity")
        return connection


def client() -> Any:
    """Return the botocore client of the connection, for tools and tests that watch its events."""
    return Item._get_connection().connection.client


def attempt(call: Callable[[], T], runtime: Runtime) -> T:
    """Make one DynamoDB call, again after a conflict, a bounded number of times with growing random waits.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    for tries_left in range(ATTEMPTS - 1, -1, -1):
        try:
            return call()
        except PynamoDBException as error:
            if not tries_left or not _codes(error) & _CONFLICTS:
                raise _translated(error) from error
            wait(runtime, ATTEMPTS - tries_left)
    raise AssertionError("the last try either returns or raises")


def wait(runtime: Runtime, tries: int) -> None:
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


def read(keys: Iterable[Key], runtime: Runtime) -> Snapshot:
    """Read items by key, consistently, in one call (access pattern: everything whose key is known up front).

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
        ValueError: more keys than one call takes.
    """
    wanted: list[Any] = [{"pk": {"S": key.pk}, "sk": {"S": key.sk}} for key in set(keys)]
    if len(wanted) > BATCH_LIMIT:
        raise ValueError(f"{len(wanted)} keys in one read")
    found: dict[Key, Item] = {}
    for tries in range(1, ATTEMPTS + 1):
        answer = _batch_get(wanted, runtime)
        for raw in answer["Responses"].get(Item.Meta.table_name, []):
            item = Item.from_raw_data(raw)
            found[Key(item.pk, item.sk)] = item
        left = answer.get("UnprocessedKeys", {}).get(Item.Meta.table_name, {}).get("Keys", [])
        if not left:
            return Snapshot(found)
        wanted = left
        wait(runtime, tries)
    raise Unavailable()


def _batch_get(raw_keys: list[Any], runtime: Runtime) -> dict[str, Any]:
    return attempt(lambda: Item._get_connection().batch_get_item(raw_keys, consistent_read=True), runtime)


def query(
    partition: str | Sequence[str],
    runtime: Runtime,
    *,
    index: str,
    limit: int,
    after: Position | None = None,
    newest_first: bool = True,
    matching: Condition | None = None,
) -> Page[Item]:
    """Read one page of an index partition in one call; of a list spread over partitions, in one call each.

    With a filter, DynamoDB looks through at most one megabyte of index entries a call; a page may then hold
    fewer than `limit` items, none at all even, and still have a next one. So the number of calls never grows
    with the data.

    Args:
        partition: the index partition, or all of them where a list is spread over several.
        runtime: the way to wait between tries.
        index: `gsi1` to `gsi4`.
        limit: how many items the page may have.
        after: where it starts, None for the first page.
        newest_first: whether the list descends in its sort key.
        matching: a filter; not with several partitions.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    spread = [partition] if isinstance(partition, str) else partition
    ascending = newest_first is (after is not None and after.backward)
    sort = f"{index}sk"
    found: list[dict[str, Any]] = []
    stopped = None
    for part in spread:
        answer = _query_once(
            part, runtime, index=index, limit=limit, after=after, up=ascending, only=matching
        )
        found += answer["Items"]
        stopped = answer.get("LastEvaluatedKey", {}).get(sort, {}).get("S") if matching is not None else None
    if len(spread) > 1:
        found.sort(key=lambda raw: str(raw[sort]["S"]), reverse=not ascending)
    page = cut(found, limit, after, lambda raw: str(raw[sort]["S"]), stopped)
    return Page([Item.from_raw_data(raw) for raw in page.items], page.next, page.previous)


def _query_once(
    partition: str,
    runtime: Runtime,
    *,
    index: str,
    limit: int,
    after: Position | None,
    up: bool,
    only: Condition | None,
) -> dict[str, Any]:
    sort = getattr(Item, f"{index}sk")
    beyond = None
    if after is not None:
        beyond = sort > after.sort if up else sort < after.sort
    return attempt(
        lambda: Item._get_connection().query(
            partition,
            range_key_condition=beyond,
            index_name=index,
            filter_condition=only,
            limit=limit + 1 if only is None else None,
            scan_index_forward=up,
        ),
        runtime,
    )


def begins_with(partition: str, prefix: str, runtime: Runtime) -> list[dict[str, Any]]:
    """Read all raw items of a partition whose sort key begins with a prefix, one call a megabyte.

    An empty prefix is every item of the partition.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    found: list[dict[str, Any]] = []
    start: Any = None
    while True:
        answer = _begins_with_once(partition, prefix, start, runtime)
        found += answer["Items"]
        start = answer.get("LastEvaluatedKey")
        if start is None:
            return found


def _begins_with_once(partition: str, prefix: str, start: Any, runtime: Runtime) -> dict[str, Any]:
    return attempt(
        lambda: Item._get_connection().query(
            partition,
            range_key_condition=Item.sk.startswith(prefix) if prefix else None,
            exclusive_start_key=start,
        ),
        runtime,
    )

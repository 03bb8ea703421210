"""An embedded DynamoDB: moto in this process, made safe under threads and quick enough to serve from.

moto answers botocore's calls inside the process, but it is not thread-safe: under load it let 53 of 50 items
be sold. So one lock is put around its handling of a call; what is around the call still runs concurrently.
"""

import copy
import json
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn

from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from botocore.httpsession import URLLib3Session
from moto import mock_aws
from moto.core.models import botocore_stubber
from moto.core.serialize import ResponseSerializer
from moto.dynamodb import responses as dynamodb_responses
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from ops import CommandError
from ops.local.database_url import DUMMY_ACCESS
from ops.local.journal import Json, opened
from ops.local.limits import refusal
from ops.process import environment

_NO_FILES = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
API = "DynamoDB_20120810"
_URL = f"https://dynamodb.{DUMMY_ACCESS['AWS_DEFAULT_REGION']}.amazonaws.com/"
_TRANSACTION_LIMIT = 100  # AWS's; moto still refuses to get more than 25

Place = tuple[Table, DynamoType, DynamoType]  # a table, a partition key and a sort key


@contextmanager
def embedded_dynamodb(folder: Path | None = None) -> Iterator[None]:
    """Answer every AWS call of this process from memory; at the end the data is gone, or in the folder.

    While it lasts, the environment holds dummy credentials and a region and nothing else of AWS, and botocore
    can't send anything over a network: what moto does not answer is an error.
    """
    with ExitStack() as stack:
        said_of_aws = dict.fromkeys(name for name in os.environ if name.startswith("AWS_"))
        stack.enter_context(environment({**said_of_aws, **DUMMY_ACCESS, **_NO_FILES}))
        stack.enter_context(_replaced(URLLib3Session, "send", _refuse_to_send))
        stack.enter_context(quick_moto())
        if folder is not None:
            stack.enter_context(_kept_in(folder))
        stack.enter_context(_one_call_at_a_time())
        yield


@contextmanager
def quick_moto() -> Iterator[None]:
    """Let moto answer this process's AWS calls, on one thread, in a fraction of its time and memory."""
    with ExitStack() as stack:
        stack.enter_context(mock_aws(config={"core": {"mock_credentials": False}}))
        stack.enter_context(_replaced(dynamodb_responses, "TRANSACTION_MAX_ITEMS", _TRANSACTION_LIMIT))
        stack.enter_context(_quick_transactions())
        stack.enter_context(_quick_queries())
        stack.enter_context(_quick_answers())
        stack.enter_context(_nothing_kept())
        stack.enter_context(_sizes_refused())
        yield


def call(operation: str, body: bytes) -> tuple[int, Mapping[str, str], bytes]:
    """Make a call of DynamoDB's API, and return the answer's status, headers and body."""
    headers = HTTPHeaders()
    headers["X-Amz-Target"] = f"{API}.{operation}"
    headers["Content-Type"] = "application/x-amz-json-1.0"
    answered = botocore_stubber.process_request(
        AWSPreparedRequest("POST", _URL, headers, body, stream_output=False)
    )
    assert answered is not None, "moto knows this address"
    status, received, answer = answered
    return status, received, answer.encode() if isinstance(answer, str) else answer


def _refuse_to_send(*_: Any, **__: Any) -> NoReturn:
    raise RuntimeError(
        "An AWS call got past the embedded DynamoDB: it goes to another endpoint, "
        "or its client was made before ops.local.embedded was imported."
    )


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Let an attribute of `owner` itself (not one that it inherits) be `value` for a while."""
    missing = object()
    before = vars(owner).get(name, missing)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if before is missing:
            delattr(owner, name)
        else:
            setattr(owner, name, before)


@contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    """Find what a folder keeps, and keep there what is written."""

    def repeated(operation: str, parameters: Json) -> Json:
        status, _, answer = call(operation, json.dumps(parameters).encode())
        if status != HTTPStatus.OK:
            raise CommandError(f"{folder} holds what can't be repeated: {operation} is refused.")
        answered: Json = json.loads(answer)
        return answered

    process = botocore_stubber.process_request
    with opened(folder, repeated) as journal:

        def process_and_note(request: Any) -> Any:
            answered = process(request)
            api, _, operation = _target_of(request).partition(".")
            if answered and answered[0] == HTTPStatus.OK and api == API:
                journal.note(operation, json.loads(request.body))
            return answered

        with _replaced(botocore_stubber, "process_request", process_and_note):
            yield


@contextmanager
def _one_call_at_a_time() -> Iterator[None]:
    """Put a lock around moto's handling of a call, which starts in one method of one object."""
    process = botocore_stubber.process_request
    lock = threading.RLock()

    def process_alone(request: Any) -> Any:
        with lock:
            return process(request)

    with _replaced(botocore_stubber, "process_request", process_alone):
        yield


@contextmanager
def _sizes_refused() -> Iterator[None]:
    """Refuse what DynamoDB refuses for its size: of most limits moto knows nothing."""
    process = botocore_stubber.process_request

    def process_unless_refused(request: Any) -> Any:
        api, _, operation = _target_of(request).partition(".")
        reason = refusal(operation, json.loads(request.body)) if api == API else None
        if reason is None:
            return process(request)
        body = {"__type": "com.amazon.coral.validate#ValidationException", "message": reason}
        return HTTPStatus.BAD_REQUEST.value, {}, json.dumps(body)

    with _replaced(botocore_stubber, "process_request", process_unless_refused):
        yield


def _target_of(request: Any) -> str:
    target = request.headers.get("X-Amz-Target", "")  # of botocore's own calls it is bytes
    return target.decode() if isinstance(target, bytes) else str(target)


@contextmanager
def _quick_transactions() -> Iterator[None]:
    """Let a failed transaction be undone from a copy of the items that it names.

    moto copies the whole table before each transaction (240 ms with 5,000 items, 2 ms this way) and puts
    the copy back after a failure. Tables without a sort key or with a stream, which have more to undo, are
    left to that.
    """
    original: Callable[[DynamoDBBackend, list[dict[str, Any]]], None] = DynamoDBBackend.transact_write_items

    def transact_write_items(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        operations = [operation for action in transact_items for operation in action.values()]
        tables = [backend.tables.get(operation.get("TableName", "")) for operation in operations]
        if any(table and (not table.range_key_attr or table.stream_shard) for table in tables):
            return original(backend, transact_items)
        before = {place: copy.deepcopy(_item_at(place)) for place in _places(backend, operations)}
        # A table "copied" as itself makes moto's own copy free and its own undoing do nothing.
        with _replaced(Table, "__deepcopy__", lambda table, _: table):
            try:
                return original(backend, transact_items)
            except BaseException:
                for place, item in before.items():
                    _put_back(place, item)
                raise

    with _replaced(DynamoDBBackend, "transact_write_items", transact_write_items):
        yield


def _places(backend: DynamoDBBackend, operations: list[dict[str, Any]]) -> Iterator[Place]:
    """Yield where the items of a transaction are or will be; what moto is going to reject has no place."""
    for operation in operations:
        table = backend.tables.get(operation.get("TableName", ""))
        key = operation.get("Key") or operation.get("Item") or {}
        if table and table.hash_key_attr in key and table.range_key_attr in key:
            yield table, DynamoType(key[table.hash_key_attr]), DynamoType(key[table.range_key_attr])


def _item_at(place: Place) -> Item | None:
    table, hash_key, range_key = place
    item: Item | None = table.items.get(hash_key, {}).get(range_key)
    return item


def _put_back(place: Place, item: Item | None) -> None:
    table, hash_key, range_key = place
    if item is None:
        table.items[hash_key].pop(range_key, None)
    else:
        table.items[hash_key][range_key] = item


@contextmanager
def _quick_queries() -> Iterator[None]:
    """Spare a query the sorting of the whole table: it sorts what it selects anyway."""
    query = Table.query

    def query_unsorted(table: Table, *args: Any, **kwargs: Any) -> Any:
        if not table.range_key_attr:  # then its items lie one level higher
            return query(table, *args, **kwargs)
        items = [item for partition in table.items.values() for item in partition.values()]
        with _replaced(table, "all_items", lambda: items):
            return query(table, *args, **kwargs)

    with _replaced(Table, "query", query_unsorted):
        yield


@contextmanager
def _quick_answers() -> Iterator[None]:
    """Spare DynamoDB's answers the search for members under other names: it takes half of a call's time."""
    get_value = ResponseSerializer.get_value

    def get_value_by_name(serializer: ResponseSerializer, value: Any, key: str, shape: Any) -> Any:
        if type(value) is dict and serializer.service_model.service_name == "dynamodb":
            return value.get(key)
        return get_value(serializer, value, key, shape)

    with _replaced(ResponseSerializer, "get_value", get_value_by_name):
        yield


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Let go of items and tables that are no more: moto keeps each that there ever was, for its dashboard."""
    with ExitStack() as stack:
        for model in (Item, Table):
            stack.enter_context(_replaced(model, "instances_tracked", deque(maxlen=0)))
        yield

"""moto's DynamoDB, on one thread, in a fraction of its time and memory, with the limits that DynamoDB has.

What moto answers stays as it is; what it does for other services, or does again for every call, is left out.
"""

import base64
import copy
import json
import re
import uuid
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Any, cast

from moto import mock_aws
from moto.core import responses as moto_responses
from moto.core.models import DEFAULT_ACCOUNT_ID, botocore_stubber
from moto.core.parse import JSONParser
from moto.core.responses import ActionResult
from moto.core.utils import get_service_model, method_names_from_class
from moto.dynamodb import responses as dynamodb_responses
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table
from moto.dynamodb.models.utilities import dynamo_to_dict
from moto.dynamodb.parsing import ast_nodes, expressions, validators
from moto.dynamodb.responses import DynamoHandler

from chalicelib.integrations.json_service import DYNAMODB
from ops.local.limits import refusal

API = DYNAMODB.target
ITEM_OPERATIONS = {
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactGetItems",
    "TransactWriteItems",
    "UpdateItem",
}
_CONTENT_TYPE = "application/x-amz-json-1.0"
_ADDRESS = re.compile(r"https?://[^/]*\.(?P<region>[^./]+)\.amazonaws\.com/")
_TO_CONVERT = re.compile(rb'"BS?"|null')  # moto takes binary values as bytes, and null for nothing
_TRANSACTION_LIMIT = 100  # AWS's; moto still refuses to get more than 25

_EXPRESSIONS_KEPT = 1_000

_traverser: Any = ast_nodes.DepthFirstTraverser  # type: ignore[attr-defined]  # moto has no types for these
_node: Any = ast_nodes.Node  # type: ignore[attr-defined]
_update_parser: Any = expressions.UpdateExpressionParser  # type: ignore[attr-defined]
_is_a: Callable[[Any, Any], bool] = cache(issubclass)
_OF_TEXT = (  # these look at nothing but an update's expression and the names in it
    validators.ActionCountValidator,
    validators.OverlappingPathsValidator,
    validators.UpdateHashRangeKeyValidator,
)

Place = tuple[Table, DynamoType, DynamoType]  # a table, a partition key and a sort key


@contextmanager
def quick_moto() -> Iterator[None]:
    """Let moto answer this process's AWS calls, on one thread, in a fraction of its time and memory."""
    with ExitStack() as stack:
        stack.enter_context(mock_aws(config={"core": {"mock_credentials": False}}))
        stack.enter_context(replaced(dynamodb_responses, "TRANSACTION_MAX_ITEMS", _TRANSACTION_LIMIT))
        stack.enter_context(_straight_calls())
        stack.enter_context(_quick_conditions())
        stack.enter_context(_quick_updates())
        stack.enter_context(_quick_transactions())
        stack.enter_context(_quick_queries())
        stack.enter_context(_quick_projections())
        stack.enter_context(_nothing_kept())
        yield


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
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


def target_of(request: Any) -> str:
    target = request.headers.get("X-Amz-Target", "")  # of botocore's own calls it is bytes
    return target.decode() if isinstance(target, bytes) else str(target)


class _Handler(DynamoHandler):
    """moto's handler of DynamoDB's operations, given the call itself instead of an HTTP request."""

    def __init__(self, operation: str, parameters: Any, region: str) -> None:
        super().__init__()
        self.params = parameters
        self.region = region
        self.current_account = DEFAULT_ACCOUNT_ID
        self.querystring: dict[str, Any] = {}
        self.headers = {"x-amz-target": f"{API}.{operation}", "Content-Type": _CONTENT_TYPE}
        self.response_headers = {"server": "amazon.com"}
        self._operation = operation

    def serialized(self, action_result: ActionResult) -> Any:
        """Return status, headers and body; items have the form in which they are sent, all else has not."""
        result = action_result.result
        if isinstance(result, Exception):
            return super().serialized(action_result)
        if self._operation not in ITEM_OPERATIONS:
            return super().serialized(ActionResult(dynamo_to_dict(result)))
        assert isinstance(result, dict), "each item operation answers with an object"
        body = {name: value for name, value in result.items() if value is not None}
        headers = {"Content-Type": _CONTENT_TYPE, **self.response_headers}
        return HTTPStatus.OK.value, headers, json.dumps(body, default=_as_sent)

    @staticmethod
    def _enrich_response(headers: dict[str, str], body: Any) -> tuple[dict[str, str], Any]:
        """Add the request's id, and look for no place for it in the body, which is no XML."""
        return {**headers, "x-amzn-requestid": uuid.uuid4().hex.upper()}, body


def _as_sent(value: Any) -> Any:
    """Return what json does not know as JSON."""
    if isinstance(value, DynamoType):
        return {value.type: value.value}
    return base64.b64encode(value).decode()


@contextmanager
def _straight_calls() -> Iterator[None]:
    """Lead a call straight to moto's handler of its operation, unless DynamoDB refuses it for its size.

    Of most limits moto knows nothing. On the way there it builds a web server's request, and walks each
    parameter and each attribute of the answer by the service's model: a half to two thirds of a call's time.
    """
    process = botocore_stubber.process_request

    def process_straight(request: Any) -> Any:
        api, _, operation = target_of(request).partition(".")
        address = _ADDRESS.match(request.url)
        if api != API or address is None:
            return process(request)
        parameters = json.loads(request.body)
        reason = refusal(operation, parameters)
        if reason is not None:
            body = {"__type": "com.amazon.coral.validate#ValidationException", "message": reason}
            return HTTPStatus.BAD_REQUEST.value, {}, json.dumps(body)
        if _TO_CONVERT.search(request.body):
            model = get_service_model("dynamodb").operation_model(operation)
            parameters = JSONParser(model).parse(cast(Any, {"body": request.body}))
        return _Handler(operation, parameters, address["region"]).call_action()

    with ExitStack() as stack:
        stack.enter_context(replaced(botocore_stubber, "process_request", process_straight))
        stack.enter_context(replaced(dynamodb_responses, "dynamo_to_dict", lambda result: result))
        names = cache(method_names_from_class)
        stack.enter_context(replaced(moto_responses, "method_names_from_class", names))
        yield


@contextmanager
def _quick_conditions() -> Iterator[None]:
    """Split a condition into its words once: moto does so three times for each action of a transaction."""
    split = ConditionExpressionParser._lex_condition_expression

    @lru_cache(_EXPRESSIONS_KEPT)
    def words(expression: str) -> tuple[Any, ...]:
        return tuple(split(ConditionExpressionParser(expression, None, None)))

    def split_once(parser: ConditionExpressionParser) -> deque[Any]:
        return deque(words(parser.condition_expression))

    with replaced(ConditionExpressionParser, "_lex_condition_expression", split_once):
        yield


@contextmanager
def _quick_updates() -> Iterator[None]:
    """Parse an update's expression once, judge its text once, and look once at what a kind of part is."""
    make = _update_parser.make

    @lru_cache(_EXPRESSIONS_KEPT)
    def make_once(expression: str) -> Any:
        made = make(expression)
        made.valid_with = set()
        return made

    with (
        replaced(_update_parser, "make", make_once),
        replaced(validators, "deepcopy", _copied),
        replaced(validators.Validator, "validate", _validated),
        replaced(_traverser, "traverse", _traversed),
    ):
        yield


def _copied(node: Any, parent: Any = None) -> Any:
    """Return a copy of a parsed expression: a tree whose nodes know their parents."""
    if not isinstance(node, _node):
        return copy.deepcopy(node)
    copied = copy.copy(node)
    copied.parent = parent
    if node.children is not None:
        copied.children = [_copied(child, copied) for child in node.children]
    return copied


def _validated(validator: Any) -> Any:
    """Do as moto's `validate`, without what was found to be fine about the same text before."""
    node, names = validator.node_to_validate, validator.expression_attribute_names or {}
    valid_with, context = node.valid_with, (*sorted(names.items()), *validator.table.table_key_attrs)
    for processor in validator.processors:
        if context not in valid_with or not isinstance(processor, _OF_TEXT):
            node = processor.traverse(node)
    valid_with.add(context)
    return node


def _traversed(traverser: Any, root: Any) -> Any:
    """Do as moto's `traverse`, which asks Python several times about each node what it is."""
    kinds = traverser.nodes_to_be_processed()
    prepares = "pre_processing_of_child" in vars(type(traverser))

    def processed(node: Any, child_id: int) -> Any:
        parent = node.parent
        for index, child in enumerate(node.children or ()):
            if prepares:
                traverser.pre_processing_of_child(node, index)
            if _is_a(type(child), _node):
                processed(child, index)
        if _is_a(type(node), kinds):
            node = traverser.process(node)
            node.parent = parent
            if parent:
                parent.children[child_id] = node
        return node

    return processed(root, -1)


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
        with replaced(Table, "__deepcopy__", lambda table, _: table):
            try:
                return original(backend, transact_items)
            except BaseException:
                for place, item in before.items():
                    _put_back(place, item)
                raise

    with replaced(DynamoDBBackend, "transact_write_items", transact_write_items):
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
        with replaced(table, "all_items", lambda: items):
            return query(table, *args, **kwargs)

    with replaced(Table, "query", query_unsorted):
        yield


@contextmanager
def _quick_projections() -> Iterator[None]:
    """Take whole attributes as they are: moto converts the whole item to Python and back for each of them."""
    project = Item.project

    def project_whole(item: Item, paths: list[list[str]]) -> Item:
        if any(len(path) > 1 or path[0].endswith("]") for path in paths):
            return project(item, paths)
        found = {name: item.attrs[name] for (name,) in paths if name in item.attrs}
        return Item(item.hash_key, item.range_key, found)

    with replaced(Item, "project", project_whole):
        yield


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Let go of items and tables that are no more: moto keeps each that there ever was, for its dashboard."""
    with ExitStack() as stack:
        for model in (Item, Table):
            stack.enter_context(replaced(model, "instances_tracked", deque(maxlen=0)))
        yield

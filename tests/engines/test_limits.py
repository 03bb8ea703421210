"""An engine in this process refuses what DynamoDB refuses for its size."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.engines.engine import Engine
from tests.support.world import World

A = {"S": "a"}
KEY = {"pk": A, "sk": A}


@pytest.fixture(autouse=True)
def _only_in_this_process(engine: Engine) -> None:
    if engine.concurrent:
        pytest.skip("an engine of its own has its own limits, and a world holds them to DynamoDB's")


def _put(**attributes: Any) -> dict[str, Any]:
    return {"Item": {**KEY, **attributes}}


def _transaction(*keys: str) -> dict[str, Any]:
    puts = [{"Put": {"TableName": "?", "Item": {"pk": {"S": key}, "sk": A}}} for key in keys]
    return {"TransactItems": puts}


def _reading(*keys: dict[str, Any]) -> dict[str, Any]:
    return {"RequestItems": {"?": {"Keys": keys}}}


def _query(partition: str, start: str) -> dict[str, Any]:
    return {
        "KeyConditionExpression": "#0 = :0 AND begins_with (#1, :1)",
        "ExpressionAttributeNames": {"#0": "pk", "#1": "sk"},
        "ExpressionAttributeValues": {":0": {"S": partition}, ":1": {"S": start}},
    }


ALLOWED: dict[str, tuple[str, dict[str, Any]]] = {
    "the longest partition key": ("put_item", {"Item": {"pk": {"S": "я" * 1024}, "sk": A}}),
    "the longest sort key": ("put_item", {"Item": {"pk": A, "sk": {"S": "x" * 1024}}}),
    "a large item": ("put_item", _put(doc={"S": "x" * 400_000})),
    "38 digits": ("put_item", _put(version={"N": "9" * 38 + "000"})),
    "a hundred actions": ("transact_write_items", _transaction(*map(str, range(100)))),
    "the longest keys of a query": ("query", _query("x" * 2048, "x" * 1024)),
}
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "a longer partition key": ("put_item", {"Item": {"pk": {"S": "я" * 1024 + "x"}, "sk": A}}),
    "a longer sort key": ("put_item", {"Item": {"pk": A, "sk": {"S": "x" * 1025}}}),
    "an empty key": ("put_item", {"Item": {"pk": A, "sk": {"S": ""}}}),
    "a longer key of an index": ("put_item", _put(gsi1pk={"S": "x" * 2049}, gsi1sk=A)),
    "an empty key of an index": ("put_item", _put(gsi1pk={"S": ""}, gsi1sk=A)),
    "a larger item": ("put_item", _put(doc={"S": "x" * 409_600})),
    "39 digits": ("put_item", _put(version={"N": "9" * 39})),
    "too large a number": ("put_item", _put(version={"N": "1" + "0" * 126})),
    "a hundred and one actions": ("transact_write_items", _transaction(*map(str, range(101)))),
    "two actions on one item": ("transact_write_items", _transaction("1", "1")),
    "a longer key in a transaction": ("transact_write_items", _transaction("x" * 2049)),
    "a longer key to be found": ("query", _query("x" * 2049, "x")),
    "a longer beginning to be found": ("query", _query("x", "x" * 1025)),
    "a longer key to be read": ("batch_get_item", _reading({"pk": {"S": "x" * 2049}, "sk": A})),
    "a key that is read twice": ("batch_get_item", _reading(KEY, KEY)),
    "a longer key to be deleted": ("delete_item", {"Key": {"pk": {"S": "x" * 2049}, "sk": A}}),
}  # fmt: skip


def _calling(world: World, operation: str, parameters: dict[str, Any]) -> None:
    table = world.runtime.settings.table_name
    asked = json.loads(json.dumps(parameters).replace('"?"', json.dumps(table)))
    in_table = {} if operation in ("transact_write_items", "batch_get_item") else {"TableName": table}
    getattr(world.engine.client(), operation)(**in_table, **asked)


@pytest.mark.parametrize(("operation", "parameters"), ALLOWED.values(), ids=ALLOWED)
def test_what_dynamodb_takes_is_taken(world: World, operation: str, parameters: dict[str, Any]) -> None:
    _calling(world, operation, parameters)


@pytest.mark.parametrize(("operation", "parameters"), REFUSED.values(), ids=REFUSED)
def test_what_dynamodb_refuses_for_its_size_is_refused(
    world: World, operation: str, parameters: dict[str, Any]
) -> None:
    before = world.items()

    with pytest.raises(ClientError) as caught:
        _calling(world, operation, parameters)

    assert caught.value.response["Error"]["Code"] == "ValidationException"
    assert world.items() == before

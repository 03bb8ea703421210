"""What moto answers to calls of every kind; as a program, without anything that makes it quicker."""

import json
import sys
from typing import Any

import botocore.session
from botocore.exceptions import ClientError
from moto import mock_aws

TABLE = "answers"
KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}
OTHER = {"pk": {"S": "a"}, "sk": {"S": "c"}}
ITEM = {
    **KEY,
    "gsi1pk": {"S": "list"},
    "gsi1sk": {"S": "1"},
    "text": {"S": 'straße "B" \\ \u2028 😀'},
    "number": {"N": "-12.50"},
    "yes": {"BOOL": True},
    "nothing": {"NULL": True},
    "names": {"SS": ["x"]},
    "nested": {"M": {"list": {"L": [{"N": "1"}, {"M": {}}, {"L": []}]}, "S": {"S": "a member called S"}}},
}
BINARY = {
    **OTHER,
    "bytes": {"B": b"\x00\xff"},
    "more": {"BS": [b"a"]},
    "gsi1pk": {"S": "list"},
    "gsi1sk": {"S": "2"},
}
NAMES = {"ExpressionAttributeNames": {"#n": "number", "#t": "text"}}
ABSENT = {"ConditionExpression": "attribute_not_exists(pk)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
COMPARED = {
    "ConditionExpression": "attribute_exists (pk) AND (#n < :v OR NOT begins_with (#t, :t))",
    **NAMES,
    "ExpressionAttributeValues": {":v": {"N": "5"}, ":t": {"S": "q"}},
}
LISTED = {
    "IndexName": "gsi1",
    "KeyConditionExpression": "gsi1pk = :p",
    "ExpressionAttributeValues": {":p": {"S": "list"}},
}

Call = tuple[str, dict[str, Any]]


def _put(item: Any, **more: Any) -> Call:
    return "put_item", {"Item": item, **more}


def _update(expression: str, values: dict[str, Any], **more: Any) -> Call:
    said = {"UpdateExpression": expression, "ReturnValues": "ALL_NEW", "Key": KEY, **more}
    return "update_item", said | ({"ExpressionAttributeValues": values} if values else {})


def _transaction(*actions: tuple[str, dict[str, Any]]) -> Call:
    return "transact_write_items", {
        "TransactItems": [{kind: {"TableName": TABLE, **action}} for kind, action in actions]
    }


ONE = {":one": {"N": "1"}}
ADDED = {"Key": KEY, "UpdateExpression": "ADD c :one", "ExpressionAttributeValues": ONE}
CALLS: list[Call] = [
    ("describe_table", {}),
    ("get_item", {"Key": KEY}),
    _put(ITEM, ReturnConsumedCapacity="TOTAL"),
    _put(ITEM, ReturnValues="ALL_OLD", **COMPARED),
    _put(ITEM, **ABSENT),
    _put(BINARY),
    _put({"pk": {"S": "no sort key"}}),
    ("get_item", {"Key": KEY, "ConsistentRead": True, "ReturnConsumedCapacity": "INDEXES"}),
    ("get_item", {"Key": OTHER}),
    ("get_item", {"Key": KEY, "ProjectionExpression": "#n, nested.list[0], #t", **NAMES}),
    ("get_item", {"Key": KEY, "ProjectionExpression": "#t, missing, #n", **NAMES}),
    ("get_item", {"Key": {"pk": {"S": "a"}}}),
    _update(
        "SET #n = #n + :one, other = if_not_exists(other, :one) REMOVE yes",
        ONE,
        ExpressionAttributeNames={"#n": "number"},
    ),
    _update(
        "ADD #n :one SET gsi1sk = :s", {**ONE, ":s": {"S": "3"}}, ExpressionAttributeNames={"#n": "number"}
    ),
    _update("SET nested.list[0] = :one, nested.S = :one", ONE),
    _update("SET pk = :one", ONE),
    _update("SET a = :missing", ONE),
    _update("SET a = b", {}),
    _update("no expression", ONE),
    _update("SET a = :one", ONE, Key={**KEY, "sk": {"S": "new"}}),
    _update("SET a = :one", ONE, **ABSENT),
    _update("DELETE names :x", {":x": {"SS": ["x"]}}, ReturnValues="UPDATED_OLD"),
    _transaction(("Put", {"Item": {**ITEM, "sk": {"S": "d"}}}), ("Update", ADDED)),
    _transaction(("Put", {"Item": {**ITEM, "sk": {"S": "e"}}}), ("ConditionCheck", {"Key": KEY, **ABSENT})),
    _transaction(
        ("Delete", {"Key": {**KEY, "sk": {"S": "d"}}}), ("ConditionCheck", {"Key": KEY, **COMPARED})
    ),
    ("query", LISTED),
    ("query", {**LISTED, "Limit": 1, "ScanIndexForward": False, "ReturnConsumedCapacity": "TOTAL"}),
    ("query", {**LISTED, "IndexName": "keys"}),
    ("query", {**LISTED, "IndexName": "none"}),
    (
        "query",
        {**LISTED, "FilterExpression": "attribute_exists(#t)", "ExpressionAttributeNames": {"#t": "text"}},
    ),
    ("query", {**LISTED, "Select": "COUNT"}),
    ("scan", {}),
    ("scan", {"ProjectionExpression": "pk, #t", "ExpressionAttributeNames": {"#t": "text"}}),
    ("batch_get_item", {"RequestItems": {TABLE: {"Keys": [KEY, OTHER, {**KEY, "sk": {"S": "missing"}}]}}}),
    ("batch_get_item", {"RequestItems": {"none": {"Keys": [KEY]}}}),
    ("batch_write_item", {"RequestItems": {TABLE: [{"PutRequest": {"Item": {**ITEM, "sk": {"S": "f"}}}}]}}),
    ("transact_get_items", {"TransactItems": [{"Get": {"TableName": TABLE, "Key": KEY}}]}),
    ("delete_item", {"Key": KEY, "ReturnValues": "ALL_OLD"}),
    ("delete_item", {"Key": KEY, **COMPARED}),
    ("list_tables", {}),
    ("delete_table", {}),
    ("delete_table", {}),
]
TWICE = [*CALLS[:-3], *CALLS]  # what was parsed before is not parsed again
_NO_TABLE = (
    "batch_get_item",
    "batch_write_item",
    "transact_write_items",
    "transact_get_items",
    "list_tables",
)
_INDEXES = {
    "gsi1": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["text", "more"]},
    "keys": {"ProjectionType": "KEYS_ONLY"},
}


def answers() -> list[str]:
    """Return what is answered to each call, as text."""
    client: Any = botocore.session.Session().create_client(
        "dynamodb", region_name="eu-central-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )
    keys = ("pk", "sk", "gsi1pk", "gsi1sk")
    schema = [
        [
            {"AttributeName": name, "KeyType": kind}
            for name, kind in zip(names, ("HASH", "RANGE"), strict=True)
        ]
        for names in (keys[:2], keys[2:])
    ]
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in keys],
        KeySchema=schema[0],
        GlobalSecondaryIndexes=[
            {"IndexName": name, "KeySchema": schema[1], "Projection": projection}
            for name, projection in _INDEXES.items()
        ],
    )
    return [f"{name}({said}) -> {_answer(client, name, said)}" for name, said in TWICE]


def _answer(client: Any, name: str, said: dict[str, Any]) -> str:
    named = said if name in _NO_TABLE else {"TableName": TABLE, **said}
    try:
        answer = getattr(client, name)(**named)
    except ClientError as refused:
        answer = refused.response
    status = answer.pop("ResponseMetadata")["HTTPStatusCode"]
    for description in (answer.get("Table", {}), answer.get("TableDescription", {})):
        for varying in ("CreationDateTime", "TableId"):
            description.pop(varying, None)
    return f"{status} {_sorted(answer)}"


def _sorted(value: Any) -> Any:
    if type(value) is int:
        return float(value)  # JSON has one kind of number
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    with mock_aws():
        json.dump(answers(), sys.stdout)

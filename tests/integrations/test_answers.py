"""Answers of DynamoDB are understood as botocore's own client understands them, whatever they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError, ResponseStreamingError

from ops.local.quick_moto import ITEM_OPERATIONS
from tests.engines.engine import Engine
from tests.integrations.replay import Answer, Recorder, by_botocore, by_one_call

TABLE = "wire"
KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}
ITEM = {
    **KEY,
    "text": {"S": 'straße "B" \\ \u2028 😀'},
    "number": {"N": "-12.50"},
    "yes": {"BOOL": True},
    "nothing": {"NULL": True},
    "names": {"SS": ["x", "y"]},
    "numbers": {"NS": ["1", "2"]},
    "nested": {"M": {"list": {"L": [{"N": "1"}, {"M": {}}, {"L": []}]}, "S": {"S": "a member called S"}}},
}
ABSENT = {"ConditionExpression": "attribute_not_exists(pk)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
PUT = {"TableName": TABLE, "Item": ITEM, "ReturnConsumedCapacity": "TOTAL"}
CALLS: list[tuple[str, dict[str, Any]]] = [
    (
        "create_table",
        {
            "TableName": TABLE,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in KEY],
            "KeySchema": [
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
        },
    ),
    ("describe_table", {"TableName": TABLE}),
    ("get_item", {"TableName": TABLE, "Key": KEY}),
    ("put_item", PUT),
    ("put_item", {**PUT, "ReturnValues": "ALL_OLD"}),
    ("get_item", {"TableName": TABLE, "Key": KEY, "ReturnConsumedCapacity": "TOTAL"}),
    ("batch_get_item", {"RequestItems": {TABLE: {"Keys": [KEY, {**KEY, "sk": {"S": "missing"}}]}}}),
    (
        "update_item",
        {
            "TableName": TABLE,
            "Key": KEY,
            "UpdateExpression": "SET #n = #n + :one",
            "ExpressionAttributeNames": {"#n": "number"},
            "ExpressionAttributeValues": {":one": {"N": "1"}},
            "ReturnValues": "ALL_NEW",
        },
    ),
    ("batch_write_item", {"RequestItems": {TABLE: [{"PutRequest": {"Item": {**ITEM, "sk": {"S": "c"}}}}]}}),
    (
        "query",
        {
            "TableName": TABLE,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": KEY["pk"]},
            "Limit": 1,
            "ReturnConsumedCapacity": "TOTAL",
        },
    ),
    ("scan", {"TableName": TABLE}),
    ("transact_get_items", {"TransactItems": [{"Get": {"TableName": TABLE, "Key": KEY}}]}),
    (
        "transact_write_items",
        {
            "TransactItems": [{"Put": {"TableName": TABLE, "Item": {**ITEM, "sk": {"S": "d"}}}}],
            "ReturnConsumedCapacity": "TOTAL",
        },
    ),
    # Errors.
    ("put_item", {**PUT, **ABSENT}),
    (
        "transact_write_items",
        {
            "TransactItems": [
                {"Put": {"TableName": TABLE, "Item": {**ITEM, "sk": {"S": "new"}}}},
                {"Put": {"TableName": TABLE, "Item": ITEM, **ABSENT}},
            ]
        },
    ),
    ("get_item", {"TableName": "no-such-table", "Key": KEY}),
    ("get_item", {"TableName": TABLE, "Key": {"pk": {"S": ""}}}),
    ("delete_item", {"TableName": TABLE, "Key": KEY, "ReturnValues": "ALL_OLD"}),
]


@pytest.fixture
def recorded(engine: Engine) -> Iterator[list[Answer]]:
    """What the engine answers to a call of every operation, successful ones and refused ones."""
    client = engine.client(retries={"total_max_attempts": 1})
    recorder = Recorder(client)
    for name, parameters in CALLS:
        with suppress(ClientError):
            getattr(client, name)(**parameters)
    yield recorder.answers
    client.delete_table(TableName=TABLE)


def test_every_recorded_answer_is_understood_as_by_botocore(recorded: list[Answer]) -> None:
    assert {answer.operation for answer in recorded if answer.status == 200} >= ITEM_OPERATIONS
    assert sum(answer.status == 400 for answer in recorded) >= 4
    for answer in recorded:
        if answer.operation in ITEM_OPERATIONS:  # others tell times, which botocore converts
            assert by_one_call(answer) == by_botocore(answer), answer


def _error(code: str, **body: Any) -> bytes:
    return json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **body}).encode()


HTML = b"<html><body><b>Http/1.1 Service Unavailable</b></body></html>"
UNRECORDED = {
    "throttled": Answer(
        "Query",
        400,
        _error("ProvisionedThroughputExceededException", message="Too fast"),
    ),
    "out of requests": Answer("PutItem", 400, _error("ThrottlingException", message="Rate exceeded")),
    "a transaction in conflict": Answer(
        "TransactWriteItems",
        400,
        _error(
            "TransactionCanceledException",
            Message="Transaction cancelled [None, TransactionConflict]",
            CancellationReasons=[
                {"Code": "None"},
                {"Code": "TransactionConflict", "Message": "Transaction is ongoing", "Item": ITEM},
            ],
        ),
    ),
    "an item in conflict": Answer(
        "UpdateItem", 400, _error("TransactionConflictException", message="ongoing")
    ),
    "no rights": Answer(
        "GetItem", 400, b'{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"}'
    ),
    "an error without a code": Answer("GetItem", 400, b'{"message":"what"}'),
    "an error that is no JSON": Answer("GetItem", 400, b"what"),
    "too large": Answer("PutItem", 413, b""),
    "an error within DynamoDB": Answer("GetItem", 500, _error("InternalServerError", message="sorry")),
    "an error without a body": Answer("BatchGetItem", 500, b""),
    "an error of blanks": Answer("BatchGetItem", 502, b" \n"),
    "an error in HTML": Answer("Query", 503, HTML),
    "a redirection": Answer("Query", 302, b"", {"Location": "http://elsewhere.invalid"}),
    "a success without headers": Answer("GetItem", 200, b'{"Item":{}}', {}),
    "an attribute called B": Answer("GetItem", 200, b'{"Item":{"B":{"S":"BS"}}}'),
}


SPOILT = {
    "a success in HTML": Answer("Query", 200, HTML),
    "a success without a body": Answer("TransactWriteItems", 200, b""),
    "an answer that is a list": Answer("GetItem", 200, b"[]"),
    "an answer that is null": Answer("GetItem", 200, b"null"),
    "an answer that is no UTF-8": Answer("GetItem", 200, b'{"Item":{"pk":{"S":"\xff"}}}'),
    "a cut answer": Answer("GetItem", 200, b'{"Item":{"pk":{"S":"a'),
}


@pytest.mark.parametrize("answer", UNRECORDED.values(), ids=UNRECORDED)
def test_whatever_else_may_come_is_understood_as_by_botocore(answer: Answer) -> None:
    assert by_one_call(answer) == by_botocore(answer)


@pytest.mark.parametrize("answer", SPOILT.values(), ids=SPOILT)
def test_a_success_that_is_no_json_object_is_no_success(answer: Answer) -> None:
    with pytest.raises(ResponseStreamingError):
        by_one_call(answer)

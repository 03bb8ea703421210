"""The answers of DynamoDB's item operations, taken as they come over the wire.

Their JSON already has the form that we work with, `{"S": "text"}`; botocore's parser walks every attribute of
every item by the service's model, only to arrive at a copy (decision 26). What needs that walk still
gets it: errors, descriptions of tables with their timestamps, and binary values.
"""

import json
from typing import Any

from botocore.parsers import JSONParser, ResponseParserFactory
from botocore.session import Session
from botocore.utils import lowercase_dict

ITEM_OPERATIONS = (
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
)
_OUTPUTS = frozenset(f"{operation}Output" for operation in ITEM_OPERATIONS)
_BINARY_TYPES = (b'"B"', b'"BS"')


class ItemParser(JSONParser):  # type: ignore[misc]
    """botocore's parser, except that it does not walk the answers of item operations."""

    def parse(self, response: dict[str, Any], shape: Any) -> Any:
        """Return what botocore's parser returns for the same response."""
        answer = _item_answer(response, shape)
        if answer is None:
            return super().parse(response, shape)
        parsed = {name: answer[name] for name in shape.members if answer.get(name) is not None}
        metadata = {"HTTPStatusCode": 200, "HTTPHeaders": lowercase_dict(response["headers"])}
        if "x-amzn-requestid" in response["headers"]:
            metadata["RequestId"] = response["headers"]["x-amzn-requestid"]
        parsed["ResponseMetadata"] = metadata
        return parsed


def _item_answer(response: dict[str, Any], shape: Any) -> dict[str, Any] | None:
    """Return the JSON object of a response that needs no conversion, None where botocore has to see it."""
    if response["status_code"] != 200 or shape is None or shape.name not in _OUTPUTS:
        return None
    body: bytes = response["body"]
    # A quote within a JSON text is escaped: where neither stands in the body, nothing in it is binary.
    if any(binary in body for binary in _BINARY_TYPES):
        return None
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


class _ParserFactory(ResponseParserFactory):  # type: ignore[misc]
    """Gives the same parser to every call, where botocore makes one for each."""

    def __init__(self) -> None:
        super().__init__()
        self._parser = ItemParser()

    def create_parser(self, protocol_name: str) -> Any:
        """Return the parser of a protocol; DynamoDB's is called `json`."""
        return self._parser if protocol_name == "json" else super().create_parser(protocol_name)


def parse_items_as_sent(session: Session) -> None:
    """Give `ItemParser` to the clients that a botocore session makes from now on."""
    session.register_component("response_parser_factory", _ParserFactory())

"""What DynamoDB refuses for its size, and the engines that stand in for it may take.

The sizes are those of
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html.
A key attribute is known by how its name ends, as in this project's table.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ops.item_size import size

Json = Mapping[str, Any]

_KEY_BYTES = {"pk": 2048, "sk": 1024}
_ITEM_BYTES = 400 * 1024
_EXPRESSION_BYTES = 4096
_MAX_ACTIONS = 100
_MAX_KEYS = 100
_MAX_DIGITS = 38
_LARGEST_EXPONENT, _SMALLEST_EXPONENT = 125, -130
_SURROGATE = re.compile("[\ud800-\udfff]")
_KEY_IN_EXPRESSION = re.compile(r"(#\w+)\s*(?:=|<|>|<=|>=|BETWEEN|,)\s*(:\w+)(?:\s+AND\s+(:\w+))?")


def refusal(operation: str, sent: Json) -> str | None:
    """Return why DynamoDB refuses a call for its size, None when it does not."""
    return next(_refusals(operation, sent), None)


def _refusals(operation: str, sent: Json) -> Iterator[str]:
    if operation == "TransactWriteItems":
        actions = [action for part in sent.get("TransactItems", ()) for action in part.values()]
        yield from _refusals_of_number(actions, [_key_of(action) for action in actions], _MAX_ACTIONS)
        for action in actions:
            yield from _refusals_of_action(action)
    elif operation == "BatchGetItem":
        keys = [key for table in sent.get("RequestItems", {}).values() for key in table["Keys"]]
        yield from _refusals_of_number(keys, [_identity(key) for key in keys], _MAX_KEYS)
        for key in keys:
            yield from _refusals_of_keys(key)
    elif operation == "BatchWriteItem":
        for requests in sent.get("RequestItems", {}).values():
            for request in requests:
                yield from _refusals_of_action(next(iter(request.values())))
    else:
        yield from _refusals_of_action(sent)


def _refusals_of_number(parts: list[Any], keys: list[str], most: int) -> Iterator[str]:
    if len(parts) > most:
        yield f"{len(parts)} parts, and {most} are the most"
    if len(set(keys)) < len(keys):
        yield "two parts about one item"


def _refusals_of_action(sent: Json) -> Iterator[str]:
    for part in ("Key", "Item", "ExclusiveStartKey"):
        yield from _refusals_of_keys(sent.get(part) or {})
    if "Item" in sent and (stored := size(sent["Item"])) > _ITEM_BYTES:
        yield f"an item of {stored} bytes, and {_ITEM_BYTES} are the most"
    values = sent.get("ExpressionAttributeValues") or {}
    names = sent.get("ExpressionAttributeNames") or {}
    for value in [*(sent.get("Item") or {}).values(), *values.values()]:
        yield from _refusals_of_value(value)
    for name, first, last in _KEY_IN_EXPRESSION.findall(sent.get("KeyConditionExpression") or ""):
        for placeholder in filter(None, (first, last)):
            yield from _refusals_of_keys({names.get(name, name): values[placeholder]})
    for name, expression in sent.items():
        if name.endswith("Expression") and len(str(expression).encode()) > _EXPRESSION_BYTES:
            yield f"{name} of more than {_EXPRESSION_BYTES} bytes"


def _refusals_of_keys(attributes: Json) -> Iterator[str]:
    for name, value in attributes.items():
        most, text = _KEY_BYTES.get(name[-2:]), value.get("S")
        if most is not None and text is not None:
            length = len(text.encode("utf-8", "surrogatepass"))
            if not 0 < length <= most:
                yield f"the key {name} of {length} bytes, and 1 to {most} is what a key has"


def _refusals_of_value(value: Json) -> Iterator[str]:
    for kind, held in value.items():
        if kind == "N" and not _is_number(str(held)):
            yield f"the number {str(held)[:50]}"
        elif kind == "S" and _SURROGATE.search(held):
            yield "a lone surrogate"


def _is_number(text: str) -> bool:
    sign_and_digits, _, exponent = text.lower().partition("e")
    whole, _, fraction = sign_and_digits.lstrip("+-").partition(".")
    digits = (whole + fraction).lstrip("0")
    magnitude = len(digits) - len(fraction) - 1 + int(exponent or 0)
    in_range = _SMALLEST_EXPONENT <= magnitude <= _LARGEST_EXPONENT
    return not digits or (len(digits.rstrip("0")) <= _MAX_DIGITS and in_range)


def _key_of(action: Json) -> str:
    return _identity(action.get("Key") or action.get("Item") or {})


def _identity(attributes: Json) -> str:
    return repr([attributes.get("pk"), attributes.get("sk")])

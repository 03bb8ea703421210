"""How large an item is, by the rules of
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
"""

from base64 import b64decode
from collections.abc import Mapping
from math import ceil
from typing import Any


def size(item: Mapping[str, Mapping[str, Any]]) -> int:
    """Return an item's size in bytes: names and values."""
    return sum(len(name.encode()) + _size_of(value) for name, value in item.items())


def _size_of(value: Mapping[str, Any]) -> int:
    [(kind, held)] = value.items()
    if kind == "S":
        return len(held.encode("utf-8", "surrogatepass"))
    if kind == "N":
        text = str(held)
        digits = text.lstrip("-").replace(".", "").strip("0")
        return ceil(len(digits) / 2) + 1 + text.startswith("-")
    if kind == "B":
        return len(b64decode(held))
    if kind in ("SS", "NS", "BS"):
        return sum(_size_of({kind[0]: member}) for member in held)
    if kind == "L":
        return 3 + sum(1 + _size_of(member) for member in held)
    if kind == "M":
        return 3 + len(held) + size(held)
    return 1

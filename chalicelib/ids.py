"""Integer ids as they come in from outside."""

from typing import Any

LARGEST = 2**63 - 1


def parse(value: Any) -> int | None:
    """Return the id that a JSON value or a path part stands for, None when it can't be one.

    Numbers and digits in a string are taken; `true`, `1.5`, `0`, negative numbers and more than 64 bits are
    not (spec, "Reading the Orders API document").
    """
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST)):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= LARGEST else None


def unknown(value: Any) -> str:
    """Return the message for an id that names nothing (spec, "Reading the Orders API document")."""
    return f'Invalid pk "{value}" - object does not exist.'

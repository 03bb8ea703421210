"""Ids as they come in from outside: integers of staff records, uuids of the shop's."""

import re
from typing import Any

MAX_ID = 2**63 - 1
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def parse(value: Any) -> int | None:
    """Return the id that a JSON value or a path part stands for, None when it can't be one.

    Accepts integers and strings of digits; rejects `true`, `1.5`, `0`, negative numbers and anything that
    does not fit in 63 bits.
    """
    if isinstance(value, str) and value.isascii() and value.isdigit():
        digits = value.lstrip("0")
        value = int(digits) if 0 < len(digits) <= len(str(MAX_ID)) else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= MAX_ID else None


def parse_uuid(value: Any) -> str | None:
    """Return a uuid in its canonical form, None when the value is not a uuid."""
    if not isinstance(value, str) or not _UUID.fullmatch(value.lower()):
        return None
    return value.lower()


def unknown(value: Any) -> str:
    """Return the message for an id that names nothing."""
    return f'Invalid pk "{value}" - object does not exist.'

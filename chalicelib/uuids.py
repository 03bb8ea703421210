"""Uuids as they come in from outside."""

import re
from typing import Any

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def parse(value: Any) -> str | None:
    """Return a uuid in its canonical form, None when the value is no uuid at all."""
    if not isinstance(value, str) or not _UUID.fullmatch(value.lower()):
        return None
    return value.lower()

"""A field for JSON objects."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.web.fields import Field, InvalidValue, type_of

_OBJECT_LENGTH = 2000  # an object is shown with each of a hundred orders
_OBJECT_DEPTH = 10


class JsonObject(Field):
    """A JSON object with whatever is in it."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the object."""
        if not isinstance(value, dict):
            raise InvalidValue(f'Expected a dictionary of items but got type "{type_of(value)}".')
        if _depth(value, _OBJECT_DEPTH) > _OBJECT_DEPTH:
            raise InvalidValue(f"Ensure this field is nested no deeper than {_OBJECT_DEPTH} levels.")
        if len(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) > _OBJECT_LENGTH:
            raise InvalidValue(f"Ensure this field has no more than {_OBJECT_LENGTH} characters.")
        return value

    def schema(self) -> dict[str, Any]:
        """Return the schema of an object."""
        rule = f"At most {_OBJECT_LENGTH} characters of JSON, and {_OBJECT_DEPTH} levels."
        return {"type": "object", "description": rule}


def _parts_of(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _depth(value: Any, most: int) -> int:
    """Return how many levels a value has, looking no further than one beyond the limit."""
    if not isinstance(value, dict | list):
        return 0
    return 1 + max((_depth(part, most - 1) for part in _parts_of(value)), default=0) if most >= 0 else 1

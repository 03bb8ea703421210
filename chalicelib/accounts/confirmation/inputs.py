"""A confirmation code as it comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from chalicelib.web.fields import Field, InvalidValue, Text


class Code(Field):
    """A code as text or as a number; what it is not is no matter, it will not match."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the code as text."""
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise InvalidValue("A valid integer is required.")
        return str(value)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a code."""
        return {"anyOf": [{"type": "integer"}, {"type": "string"}], "examples": [281343]}


@dataclass(frozen=True, kw_only=True)
class GivenCode:
    """The code, and of what kind of contact it is."""

    type_code: Annotated[str, Text(20)]
    code: Annotated[str, Code()]

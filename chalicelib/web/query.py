"""Query parameters: a list's filters are a frozen dataclass whose fields say what they accept.

@frozen
class OrderFilters:
    done: Annotated[bool | None, FlagParameter()] = None
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar, get_type_hints

from chalicelib import ids
from chalicelib.errors import WrongParameter

T = TypeVar("T")
Query = Mapping[str, Sequence[str]]
"""All values of each query parameter."""

_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_DECLARED: dict[Any, Mapping[str, "Parameter"]] = {}  # worked out once per type


class Parameter:
    """A parameter that accepts any text; an empty value counts as absent."""

    def parse(self, text: str) -> Any:
        """Return the typed value.

        Raises:
            ValueError: the text is invalid; the message says what it must be.
        """
        return text or None

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of what the parameter takes."""
        return {"type": "string"}


class FlagParameter(Parameter):
    """true or false."""

    def parse(self, text: str) -> Any:
        """Return the truth value."""
        if text.lower() not in _FLAGS:
            raise ValueError("Must be true or false.")
        return _FLAGS[text.lower()]

    def schema(self) -> dict[str, Any]:
        """Return the schema of a truth value."""
        return {"type": "boolean"}


class IdParameter(Parameter):
    """An id."""

    def parse(self, text: str) -> Any:
        """Return the number."""
        number = ids.parse(text)
        if number is None:
            raise ValueError("Must be an id.")
        return number

    def schema(self) -> dict[str, Any]:
        """Return the schema of an id."""
        return {"type": "integer", "minimum": 1}


class ChoiceParameter(Parameter):
    """One of a few texts; an empty value counts as absent."""

    def __init__(self, choices: Sequence[str]) -> None:
        self.choices = choices

    def parse(self, text: str) -> Any:
        """Return the choice."""
        if text and text not in self.choices:
            raise ValueError(f"Must be one of {', '.join(self.choices)}.")
        return text or None

    def schema(self) -> dict[str, Any]:
        """Return the schema of a choice."""
        return {"type": "string", "enum": list(self.choices)}


def declared(query_type: Any) -> Mapping[str, Parameter]:
    """Return the parameters of a query type by name."""
    if query_type not in _DECLARED:
        hints = get_type_hints(query_type, include_extras=True)
        _DECLARED[query_type] = {
            field.name: next(part for part in hints[field.name].__metadata__ if isinstance(part, Parameter))
            for field in fields(query_type)
        }
    return _DECLARED[query_type]


def parse(query_type: type[T], query: Query) -> T:
    """Return the typed parameters of a query.

    Raises:
        WrongParameter: one of them has a value that it can't have.
    """
    given = {}
    for name, parameter in declared(query_type).items():
        text = single(query, name)
        if text is not None:
            try:
                given[name] = parameter.parse(text)
            except ValueError as error:
                raise WrongParameter(name, str(error)) from error
    return query_type(**given)


def single(query: Query, name: str) -> str | None:
    """Return the one value of a parameter, None without it.

    Raises:
        WrongParameter: it is given more than once.
    """
    values = query.get(name, [])
    if len(values) > 1:
        raise WrongParameter(name, "Give this parameter once.")
    return values[0] if values else None


def whole_number(query: Query, name: str, default: int, largest: int) -> int:
    """Return a parameter that counts something.

    Raises:
        WrongParameter: it is not an integer from 1 to `largest`.
    """
    text = single(query, name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= largest):
        raise WrongParameter(name, f"Must be a whole number from 1 to {largest}.")
    return int(text)

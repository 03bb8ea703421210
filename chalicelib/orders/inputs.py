"""Orders as they come in, and what their lists can be filtered by (Orders API document)."""

from dataclasses import dataclass
from typing import Annotated

from chalicelib.web.fields import UNSET, Flag, PrimaryKey, Text, Unset
from chalicelib.web.query import FlagParameter, IdParameter

_DESCRIPTION_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class NewOrder:
    """An order to create."""

    description: Annotated[str, Text(_DESCRIPTION_LENGTH)]
    creator: Annotated[int, PrimaryKey()]
    executor: Annotated[int, PrimaryKey()]
    client: Annotated[int, PrimaryKey()]
    service: Annotated[int, PrimaryKey()]


@dataclass(frozen=True, kw_only=True)
class OrderChange:
    """What a PUT (all but `done`) or a PATCH (any) sets."""

    description: Annotated[str | Unset, Text(_DESCRIPTION_LENGTH, required=True)] = UNSET
    executor: Annotated[int | Unset, PrimaryKey(required=True)] = UNSET
    done: Annotated[bool | Unset, Flag()] = UNSET


@dataclass(frozen=True, kw_only=True)
class OrderFilters:
    """What a list is filtered by; None does not filter."""

    done: Annotated[bool | None, FlagParameter()] = None
    service: Annotated[int | None, IdParameter()] = None
    executor: Annotated[int | None, IdParameter()] = None
    client: Annotated[int | None, IdParameter()] = None

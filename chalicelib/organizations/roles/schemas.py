"""Roles as they come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from chalicelib import ids
from chalicelib.organizations import rights
from chalicelib.organizations.fields import NAME_LENGTH
from chalicelib.web.fields import NULL, UNSET, Field, InvalidValue, PrimaryKey, Text, Unset, type_of

MAX_PERMISSIONS = 100


class Permissions(Field):
    """A list of permission ids, as codenames; each once, in the order given."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the codenames."""
        if not isinstance(value, list):
            raise InvalidValue(f'Expected a list of items but got type "{type_of(value)}".')
        if len(value) > MAX_PERMISSIONS:
            raise InvalidValue(f"Ensure this field has no more than {MAX_PERMISSIONS} elements.")
        return tuple(dict.fromkeys(_codename(given, body) for given in value))

    def schema(self) -> dict[str, Any]:
        """Return the schema of a list of ids."""
        return {"type": "array", "items": PrimaryKey().schema(), "maxItems": MAX_PERMISSIONS}


def _codename(given: Any, body: Mapping[str, Any]) -> str:
    if given is None:
        raise InvalidValue(NULL)
    number = PrimaryKey().parse(given, body)
    if number not in rights.CODENAME_OF:
        raise InvalidValue(ids.unknown(given))
    return rights.CODENAME_OF[number]


@dataclass(frozen=True, kw_only=True)
class NewRole:
    """A role to create."""

    name: Annotated[str, Text(NAME_LENGTH)]
    permissions: Annotated[tuple[str, ...], Permissions()]


@dataclass(frozen=True, kw_only=True)
class RoleChange:
    """What a PUT or a PATCH sets."""

    name: Annotated[str | Unset, Text(NAME_LENGTH, required=True)] = UNSET
    permissions: Annotated[tuple[str, ...] | Unset, Permissions(required=True)] = UNSET

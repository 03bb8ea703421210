"""Roles as they come in, and as they go out."""

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from chalicelib import ids
from chalicelib.auth import rights
from chalicelib.frozen import frozen
from chalicelib.organizations.model import NAME_LENGTH
from chalicelib.organizations.roles.model import Role
from chalicelib.web.fields import NULL, UNSET, Field, InvalidValue, PrimaryKey, Text, Unset, type_of
from chalicelib.web.values import Id, Time

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


@frozen(kw_only=True)
class NewRole:
    """A role to create."""

    name: Annotated[str, Text(NAME_LENGTH)]
    permissions: Annotated[tuple[str, ...], Permissions()]


@frozen(kw_only=True)
class RoleChange:
    """What a PUT or a PATCH sets."""

    name: Annotated[str | Unset, Text(NAME_LENGTH, required=True)] = UNSET
    permissions: Annotated[tuple[str, ...] | Unset, Permissions(required=True)] = UNSET


class RoleObject(TypedDict):
    """A role; its permissions and its organization are ids."""

    id: Id
    name: str
    permissions: list[Id]
    organization: Id
    created_at: Time
    updated_at: Time


def role_object(role: Role, organization_id: int) -> RoleObject:
    """Return a role of an organization."""
    return {
        "id": role.id,
        "name": role.name,
        "permissions": [rights.ID_OF[codename] for codename in role.permissions],
        "organization": organization_id,
        "created_at": role.created_at,
        "updated_at": role.updated_at,
    }

"""Roles as they go out."""

from typing import TypedDict

from chalicelib.organizations import rights
from chalicelib.organizations.roles.model import Role
from chalicelib.web.values import Id, Time


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

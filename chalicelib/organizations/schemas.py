"""Organizations as they go out, keys in the documents' order."""

from typing import Any, TypedDict

from chalicelib.accounts.answers import UserObject
from chalicelib.organizations import rights
from chalicelib.organizations.model import Organization
from chalicelib.web.values import Id, Time


class OrganizationObject(TypedDict):
    """An organization with its creator."""

    id: Id
    name: str
    description: str
    address: str
    creator: UserObject
    created_at: Time
    numbers: dict[str, Any] | None
    links: dict[str, Any] | None
    updated_at: Time


class PermissionObject(TypedDict):
    """A right that a role can have."""

    id: Id
    name: str
    codename: str


def organization_object(organization: Organization, creator: UserObject) -> OrganizationObject:
    """Return an organization."""
    return {
        "id": organization.id,
        "name": organization.name,
        "description": organization.description,
        "address": organization.address,
        "creator": creator,
        "created_at": organization.created_at,
        "numbers": organization.numbers,
        "links": organization.links,
        "updated_at": organization.updated_at,
    }


def permission_objects() -> list[PermissionObject]:
    """Return all rights, in the order of ids."""
    return [
        {"id": number, "name": rights.name_of(codename), "codename": codename}
        for codename, number in rights.ID_OF.items()
    ]

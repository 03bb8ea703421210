"""Organizations as they come in, and as they go out, keys in the documents' order."""

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from chalicelib import texts
from chalicelib.accounts.schemas import UserObject
from chalicelib.auth import rights
from chalicelib.frozen import frozen
from chalicelib.organizations.model import ADDRESS_LENGTH, NAME_LENGTH, Organization
from chalicelib.web.fields import BLANK, UNSET, InvalidValue, Text, Unset
from chalicelib.web.json_object import JsonObject
from chalicelib.web.values import Id, Time

_DESCRIPTION_LENGTH = 500


class Name(Text):
    """An organization's name: it is shown to strangers, whom it invites, and so must show something."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the name."""
        text: str = super().parse(value, body)
        if texts.shows_nothing(text):
            raise InvalidValue(BLANK)
        return text


@frozen(kw_only=True)
class NewOrganization:
    """An organization to create."""

    name: Annotated[str, Name(NAME_LENGTH)]
    description: Annotated[str, Text(_DESCRIPTION_LENGTH, blank=True)] = ""
    address: Annotated[str, Text(ADDRESS_LENGTH, blank=True)] = ""
    numbers: Annotated[dict[str, Any] | None, JsonObject(null=True)] = None
    links: Annotated[dict[str, Any] | None, JsonObject(null=True)] = None


@frozen(kw_only=True)
class OrganizationChange:
    """What a PUT or a PATCH sets."""

    name: Annotated[str | Unset, Name(NAME_LENGTH, required=True)] = UNSET
    description: Annotated[str | Unset, Text(_DESCRIPTION_LENGTH, blank=True)] = UNSET
    address: Annotated[str | Unset, Text(ADDRESS_LENGTH, blank=True)] = UNSET
    numbers: Annotated[dict[str, Any] | Unset | None, JsonObject(null=True)] = UNSET
    links: Annotated[dict[str, Any] | Unset | None, JsonObject(null=True)] = UNSET


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

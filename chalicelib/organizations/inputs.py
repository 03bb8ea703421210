"""Organizations as they come in."""

from dataclasses import dataclass
from typing import Annotated, Any

from chalicelib.organizations.fields import ADDRESS_LENGTH, NAME_LENGTH, JsonObject
from chalicelib.web.fields import UNSET, Text, Unset

_DESCRIPTION_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class NewOrganization:
    """An organization to create."""

    name: Annotated[str, Text(NAME_LENGTH)]
    description: Annotated[str, Text(_DESCRIPTION_LENGTH, blank=True)] = ""
    address: Annotated[str, Text(ADDRESS_LENGTH, blank=True)] = ""
    numbers: Annotated[dict[str, Any] | None, JsonObject(null=True)] = None
    links: Annotated[dict[str, Any] | None, JsonObject(null=True)] = None


@dataclass(frozen=True, kw_only=True)
class OrganizationChange:
    """What a PUT or a PATCH sets."""

    name: Annotated[str | Unset, Text(NAME_LENGTH, required=True)] = UNSET
    description: Annotated[str | Unset, Text(_DESCRIPTION_LENGTH, blank=True)] = UNSET
    address: Annotated[str | Unset, Text(ADDRESS_LENGTH, blank=True)] = UNSET
    numbers: Annotated[dict[str, Any] | Unset | None, JsonObject(null=True)] = UNSET
    links: Annotated[dict[str, Any] | Unset | None, JsonObject(null=True)] = UNSET

"""Clients as they come in."""

from dataclasses import dataclass
from typing import Annotated, Any

from chalicelib.organizations.fields import ADDRESS_LENGTH, NAME_LENGTH, JsonObject
from chalicelib.web.contact_fields import Phone
from chalicelib.web.fields import UNSET, Text, Unset


@dataclass(frozen=True, kw_only=True)
class NewClient:
    """A client to create."""

    surname: Annotated[str, Text(NAME_LENGTH, blank=True)] = ""
    name: Annotated[str, Text(NAME_LENGTH)]
    patronymic: Annotated[str, Text(NAME_LENGTH, blank=True)] = ""
    address: Annotated[str, Text(ADDRESS_LENGTH, blank=True)] = ""
    phone: Annotated[str, Phone()]
    links: Annotated[dict[str, Any] | None, JsonObject(null=True)] = None


@dataclass(frozen=True, kw_only=True)
class ClientChange:
    """What a PUT or a PATCH sets."""

    surname: Annotated[str | Unset, Text(NAME_LENGTH, blank=True)] = UNSET
    name: Annotated[str | Unset, Text(NAME_LENGTH, required=True)] = UNSET
    patronymic: Annotated[str | Unset, Text(NAME_LENGTH, blank=True)] = UNSET
    address: Annotated[str | Unset, Text(ADDRESS_LENGTH, blank=True)] = UNSET
    phone: Annotated[str | Unset, Phone(required=True)] = UNSET
    links: Annotated[dict[str, Any] | Unset | None, JsonObject(null=True)] = UNSET

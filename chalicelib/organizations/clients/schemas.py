"""Clients as they come in, and as they go out."""

from typing import Annotated, Any, TypedDict

from chalicelib.frozen import frozen
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.model import ADDRESS_LENGTH, NAME_LENGTH
from chalicelib.web.contact_fields import Phone
from chalicelib.web.fields import UNSET, Text, Unset
from chalicelib.web.json_object import JsonObject
from chalicelib.web.values import Id, PhoneNumber, Time


@frozen(kw_only=True)
class NewClient:
    """A client to create."""

    surname: Annotated[str, Text(NAME_LENGTH, blank=True)] = ""
    name: Annotated[str, Text(NAME_LENGTH)]
    patronymic: Annotated[str, Text(NAME_LENGTH, blank=True)] = ""
    address: Annotated[str, Text(ADDRESS_LENGTH, blank=True)] = ""
    phone: Annotated[str, Phone()]
    links: Annotated[dict[str, Any] | None, JsonObject(null=True)] = None


@frozen(kw_only=True)
class ClientChange:
    """What a PUT or a PATCH sets."""

    surname: Annotated[str | Unset, Text(NAME_LENGTH, blank=True)] = UNSET
    name: Annotated[str | Unset, Text(NAME_LENGTH, required=True)] = UNSET
    patronymic: Annotated[str | Unset, Text(NAME_LENGTH, blank=True)] = UNSET
    address: Annotated[str | Unset, Text(ADDRESS_LENGTH, blank=True)] = UNSET
    phone: Annotated[str | Unset, Phone(required=True)] = UNSET
    links: Annotated[dict[str, Any] | Unset | None, JsonObject(null=True)] = UNSET


class ClientObject(TypedDict):
    """A client; its organization is an id."""

    id: Id
    surname: str
    name: str
    patronymic: str
    address: str
    phone: PhoneNumber
    links: dict[str, Any] | None
    organization: Id
    created_at: Time
    updated_at: Time


def client_object(client: Client) -> ClientObject:
    """Return a client."""
    return {
        "id": client.id,
        "surname": client.surname,
        "name": client.name,
        "patronymic": client.patronymic,
        "address": client.address,
        "phone": client.phone,
        "links": client.links,
        "organization": client.organization,
        "created_at": client.created_at,
        "updated_at": client.updated_at,
    }

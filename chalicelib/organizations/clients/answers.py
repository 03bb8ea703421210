"""Clients as they go out."""

from typing import Any, TypedDict

from chalicelib.organizations.clients.model import Client
from chalicelib.web.values import Id, PhoneNumber, Time


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

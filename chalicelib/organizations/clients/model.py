"""Clients of an organization."""

from typing import Any

from chalicelib.frozen import frozen


@frozen
class Client:
    """A person whom an organization serves: a record, without sign-in."""

    id: int
    organization: int
    name: str
    phone: str
    created_at: str
    updated_at: str
    surname: str = ""
    patronymic: str = ""
    address: str = ""
    links: dict[str, Any] | None = None
    deleted: bool = False
    version: int = 1

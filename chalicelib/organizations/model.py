"""Organizations."""

from typing import Any

from chalicelib.frozen import frozen

NAME_LENGTH = 150  # of organizations, and of what they have
ADDRESS_LENGTH = 200


@frozen
class Organization:
    """A service organization; nobody can access a closed one."""

    id: int
    name: str
    description: str
    address: str
    creator: int
    created_at: str
    updated_at: str
    numbers: dict[str, Any] | None = None
    links: dict[str, Any] | None = None
    closed: bool = False
    version: int = 1

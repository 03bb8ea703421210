"""The things that the table keeps, as frozen values.

Moments are text as `times.iso` writes them. `version` counts a record's writes and conditions the next one.
"""

from dataclasses import dataclass, field
from typing import Any

STAFF = "staff"
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class User:
    """A staff account. `phone` is E.164, `email` as it was typed; both are unique, `email` without case."""

    id: int
    surname: str
    name: str
    patronymic: str
    address: str
    email: str | None
    phone: str | None
    created_at: str
    updated_at: str
    confirmed_email: bool = False
    confirmed_phone: bool = False
    password: str = field(default="", repr=False)
    is_staff: bool = False
    closed: bool = False
    generation: int = 0
    kept_session: int | None = None
    version: int = 1

    def accepts(self, session: "Session") -> bool:
        """Tell whether neither a new password nor the closing of the account ended a session."""
        in_time = session.generation == self.generation or session.id == self.kept_session
        return in_time and not self.closed

    @property
    def confirmed(self) -> bool:
        """Whether the account may use anything beyond itself (spec, "Account not confirmed")."""
        return self.confirmed_email or self.confirmed_phone


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in. `refresh_id` is the `jti` of the one refresh token that is still good.

    `owner` is a user's id as text or a customer's uuid; `expires_at` is in seconds since 1970; `generation`
    is the account's at sign-in.
    """

    id: int
    audience: str
    owner: str
    device: str
    created_at: str
    expires_at: int
    refresh_id: str = field(repr=False)
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Organization:
    """A service organization; a closed one lets nobody in."""

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


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of rights in one organization; `members` counts who has it."""

    id: int
    name: str
    permissions: tuple[str, ...]
    created_at: str
    updated_at: str
    members: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A user's place in an organization.

    `founder` is the organization's creator, who never changes: kept here so that a user's organizations
    are listed with one
    read less.
    """

    id: int
    organization: int
    user: int
    role: int
    founder: int
    created_at: str
    updated_at: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Service:
    """Something that an organization does; a deleted one stays readable in the orders that name it."""

    id: int
    organization: int
    name: str
    address: str
    phone: str
    created_at: str
    updated_at: str
    deleted: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Order:
    """A service order. `creator` and `executor` are user ids, `client` and `service` ids in the organization.

    `founder` is the organization's creator, who never changes: kept here so that an order is shown with one
    read less.
    """

    id: int
    order_code: int
    organization: int
    founder: int
    description: str
    creator: int
    executor: int
    client: int
    service: int
    created_at: str
    updated_at: str
    done: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order to create, its references known to exist."""

    description: str
    creator: int
    executor: int
    client: int
    service: int


@dataclass(frozen=True, slots=True)
class OrderShelf:
    """Orders with everything that is shown around them; services are found by organization and id."""

    orders: list[Order]
    users: dict[int, User]
    organizations: dict[int, Organization]
    services: dict[tuple[int, int], Service]

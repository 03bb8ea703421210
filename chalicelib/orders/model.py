"""Service orders."""

from dataclasses import dataclass

from chalicelib.accounts.model import User
from chalicelib.organizations.model import Organization
from chalicelib.organizations.services.model import Service


@dataclass(frozen=True, slots=True)
class Order:
    """A service order. `creator` and `executor` are user ids, `client` and `service` ids in the organization.

    `organization_creator` never changes: it is kept here so that an order is shown with one read less.
    """

    id: int
    order_code: int
    organization: int
    organization_creator: int
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
class OrdersWithRelated:
    """Orders with everything that is shown with them; services are found by organization and id.

    `former_members` has, by organization, the users who left it: nobody else can have been named there.
    """

    orders: list[Order]
    users: dict[int, User]
    organizations: dict[int, Organization]
    services: dict[tuple[int, int], Service]
    former_members: dict[int, frozenset[int]]

"""Users, organizations, services and orders as they go out, keys in the documents' order.

Plain functions: a page of orders shows the same few people a hundred times, so that each is shaped once and
shown often.
"""

from typing import Any

from chalicelib.accounts.model import User
from chalicelib.auth.model import Session
from chalicelib.orders.model import Order, OrderShelf
from chalicelib.organizations import rights
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.members.model import Member
from chalicelib.organizations.model import Organization
from chalicelib.organizations.roles.model import Role
from chalicelib.organizations.services.model import Service

Json = dict[str, Any]

DEFAULT_IMAGE = "/static/Users/default-user-image.jpeg"

ORDER_CREATED = ("description", "creator", "executor", "client", "service", "organization")
_MEMBER = ("id", "user", "role", "organization", "created_at", "updated_at")
_CLIENT = (
    "id",
    "surname",
    "name",
    "patronymic",
    "address",
    "phone",
    "links",
    "organization",
    "created_at",
    "updated_at",
)
_ORDER_CHANGED = ("description", "executor", "done")


def order_created(order: Order) -> Json:
    """Return the answer to `order-c`."""
    return {name: getattr(order, name) for name in ORDER_CREATED}


def order_changed(order: Order, *, with_done: bool) -> Json:
    """Return the answer to `order-ud`; `done` only when it was sent."""
    return {name: getattr(order, name) for name in _ORDER_CHANGED if name != "done" or with_done}


def user(shown: User, base_url: str) -> Json:
    """Return a user object."""
    return {
        "id": shown.id,
        "surname": shown.surname,
        "name": shown.name,
        "patronymic": shown.patronymic,
        "address": shown.address,
        "email": shown.email,
        "phone": shown.phone,
        "image": base_url + DEFAULT_IMAGE,
        "confirmed_email": shown.confirmed_email,
        "confirmed_phone": shown.confirmed_phone,
        "created_at": shown.created_at,
        "updated_at": shown.updated_at,
    }


def organization(shown: Organization, creator: Json) -> Json:
    """Return an organization object around its creator's."""
    return {
        "id": shown.id,
        "name": shown.name,
        "description": shown.description,
        "address": shown.address,
        "creator": creator,
        "created_at": shown.created_at,
        "numbers": shown.numbers,
        "links": shown.links,
        "updated_at": shown.updated_at,
    }


def role(shown: Role, organization_id: int) -> Json:
    """Return a role object; its permissions and its organization are ids."""
    return {
        "id": shown.id,
        "name": shown.name,
        "permissions": [rights.ID_OF[codename] for codename in shown.permissions],
        "organization": organization_id,
        "created_at": shown.created_at,
        "updated_at": shown.updated_at,
    }


def permissions() -> list[Json]:
    """Return all permission objects."""
    return [
        {"id": number, "name": rights.name_of(codename), "codename": codename}
        for codename, number in rights.ID_OF.items()
    ]


def member(shown: Member) -> Json:
    """Return a member object; its user, role and organization are ids."""
    return {name: getattr(shown, name) for name in _MEMBER}


def client(shown: Client) -> Json:
    """Return a client object; its organization is an id."""
    return {name: getattr(shown, name) for name in _CLIENT}


def session(shown: Session) -> Json:
    """Return a session object; its user is an id."""
    return {
        "id": shown.id,
        "user": int(shown.owner),
        "device": shown.device,
        "created_at": shown.created_at,
    }


def service(shown: Service, in_organization: Json) -> Json:
    """Return a service object around its organization's."""
    return {
        "id": shown.id,
        "name": shown.name,
        "address": shown.address,
        "phone": shown.phone,
        "organization": in_organization,
        "created_at": shown.created_at,
        "updated_at": shown.updated_at,
    }


def orders(shelf: OrderShelf, base_url: str) -> list[Json]:
    """Return all orders of a shelf."""
    people = {number: user(person, base_url) for number, person in shelf.users.items()}
    homes = {number: organization(home, people[home.creator]) for number, home in shelf.organizations.items()}
    services = {key: service(offered, homes[key[0]]) for key, offered in shelf.services.items()}
    return [_order(shown, people, homes, services) for shown in shelf.orders]


def _order(
    shown: Order, people: dict[int, Json], homes: dict[int, Json], services: dict[tuple[int, int], Json]
) -> Json:
    return {
        "id": shown.id,
        "order_code": shown.order_code,
        "description": shown.description,
        "creator": people[shown.creator],
        "executor": people[shown.executor],
        "organization": homes[shown.organization],
        "client": shown.client,
        "done": shown.done,
        "service": services[shown.organization, shown.service],
        "created_at": shown.created_at,
        "updated_at": shown.updated_at,
    }

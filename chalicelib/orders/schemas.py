"""Orders as they come in, what their lists can be filtered by, and orders as the Orders API prints them."""

from typing import Annotated, NotRequired, TypedDict

from chalicelib.accounts.schemas import UserObject, names_only, user_object
from chalicelib.frozen import frozen
from chalicelib.orders.model import Order, OrdersWithRelated
from chalicelib.organizations.schemas import OrganizationObject, organization_object
from chalicelib.organizations.services.schemas import ServiceObject, service_object
from chalicelib.web.fields import UNSET, Flag, PrimaryKey, Text, Unset
from chalicelib.web.query import FlagParameter, IdParameter
from chalicelib.web.values import Id, Time

_DESCRIPTION_LENGTH = 500


@frozen(kw_only=True)
class NewOrder:
    """An order to create."""

    description: Annotated[str, Text(_DESCRIPTION_LENGTH)]
    creator: Annotated[int, PrimaryKey()]
    executor: Annotated[int, PrimaryKey()]
    client: Annotated[int, PrimaryKey()]
    service: Annotated[int, PrimaryKey()]


@frozen(kw_only=True)
class OrderChange:
    """What a PUT (all but `done`) or a PATCH (any) sets."""

    description: Annotated[str | Unset, Text(_DESCRIPTION_LENGTH, required=True)] = UNSET
    executor: Annotated[int | Unset, PrimaryKey(required=True)] = UNSET
    done: Annotated[bool | Unset, Flag()] = UNSET


@frozen(kw_only=True)
class OrderFilters:
    """What a list is filtered by; None does not filter."""

    done: Annotated[bool | None, FlagParameter()] = None
    service: Annotated[int | None, IdParameter()] = None
    executor: Annotated[int | None, IdParameter()] = None
    client: Annotated[int | None, IdParameter()] = None


class CreatedOrder(TypedDict):
    """The answer to `order-c`."""

    description: str
    creator: Id
    executor: Id
    client: Id
    service: Id
    organization: Id


class ChangedOrder(TypedDict):
    """The answer to `order-ud`; `done` only when it was sent."""

    description: str
    executor: Id
    done: NotRequired[bool]


class OrderObject(TypedDict):
    """An order with the objects that it names, but for its client, which is an id."""

    id: Id
    order_code: int
    description: str
    creator: UserObject
    executor: UserObject
    organization: OrganizationObject
    client: Id
    done: bool
    service: ServiceObject
    created_at: Time
    updated_at: Time


def created_order(order: Order) -> CreatedOrder:
    """Return an order just created."""
    return {
        "description": order.description,
        "creator": order.creator,
        "executor": order.executor,
        "client": order.client,
        "service": order.service,
        "organization": order.organization,
    }


def changed_order(order: Order, *, with_done: bool) -> ChangedOrder:
    """Return what a change of an order can set."""
    changed: ChangedOrder = {"description": order.description, "executor": order.executor}
    if with_done:
        changed["done"] = order.done
    return changed


def order_objects(found: OrdersWithRelated, base_url: str) -> list[OrderObject]:
    """Return orders; a page shows the same few people many times, so each is shaped once and shown often.

    Who left an order's organization is shown by names only.
    """
    users = {number: user_object(user, base_url) for number, user in found.users.items()}
    organizations = {
        number: organization_object(organization, users[organization.creator])
        for number, organization in found.organizations.items()
    }

    def person(organization_id: int, number: int) -> UserObject:
        has_left = number in found.former_members[organization_id]
        return names_only(users[number]) if has_left else users[number]

    services = {
        key: service_object(service, organizations[key[0]]) for key, service in found.services.items()
    }
    return [
        {
            "id": order.id,
            "order_code": order.order_code,
            "description": order.description,
            "creator": person(order.organization, order.creator),
            "executor": person(order.organization, order.executor),
            "organization": organizations[order.organization],
            "client": order.client,
            "done": order.done,
            "service": services[order.organization, order.service],
            "created_at": order.created_at,
            "updated_at": order.updated_at,
        }
        for order in found.orders
    ]

"""Service orders in the table: by id, and in the lists of their organization, creator and executor."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_

from chalicelib.accounts.store import USER
from chalicelib.frozen import frozen
from chalicelib.orders.model import Order, OrdersWithRelated
from chalicelib.orders.schemas import OrderFilters
from chalicelib.organizations.roles.store import former_members
from chalicelib.organizations.services.store import SERVICE
from chalicelib.organizations.store import ORGANIZATION
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.items import OrderItem
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, PageRequest, Position
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.queries import Condition, page_of_index
from chalicelib.table.unit_of_work import UnitOfWork, absent, at_version

ORDER = DocumentKind(
    "order",
    Order,
    "id",
    "order_code",
    "organization",
    "organization_creator",
    "description",
    "creator",
    "created_at",
    "updated_at",
    "version",
    filtered={"done": bool, "executor": int, "service": int, "client": int},
)


@frozen
class OrderList:
    """One list of orders: the index and the partition that hold it."""

    index: str
    partition: str


def orders_of_organization(organization_id: int) -> OrderList:
    """All orders of an organization."""
    return OrderList("gsi1", keys.orders_of_organization(organization_id))


def orders_created_by(organization_id: int, user_id: int) -> OrderList:
    """The orders of an organization that name this creator."""
    return OrderList("gsi2", keys.orders_created_by(organization_id, user_id))


def orders_to_execute_in(organization_id: int, user_id: int) -> OrderList:
    """The orders of an organization that name this executor."""
    return OrderList("gsi3", keys.orders_to_execute_in(organization_id, user_id))


def orders_to_execute(user_id: int) -> OrderList:
    """The orders of all organizations that name this executor."""
    return OrderList("gsi4", keys.orders_to_execute(user_id))


def item_of(order: Order) -> OrderItem:
    """Return the item that keeps an order, with its place in each list."""
    sort_key = keys.by_update(order.updated_at, order.id)
    return OrderItem(
        *keys.order(order.id),
        doc=ORDER.to_document(order),
        version=order.version,
        done=order.done,
        executor=order.executor,
        service=order.service,
        client=order.client,
        gsi1pk=keys.orders_of_organization(order.organization),
        gsi1sk=sort_key,
        gsi2pk=keys.orders_created_by(order.organization, order.creator),
        gsi2sk=sort_key,
        gsi3pk=keys.orders_to_execute_in(order.organization, order.executor),
        gsi3sk=sort_key,
        gsi4pk=keys.orders_to_execute(order.executor),
        gsi4sk=sort_key,
    )


def add(work: UnitOfWork, order: Order) -> None:
    """Write a new order."""
    work.put(item_of(order), absent())


def replace(work: UnitOfWork, before: Order, after: Order) -> None:
    """Write a changed order over the one that was read."""
    work.put(item_of(after), at_version(before.version))


def delete(work: UnitOfWork, order: Order) -> None:
    """Delete the order that was read."""
    work.delete(keys.order(order.id), at_version(order.version))


def page(
    order_list: OrderList, filters: OrderFilters, page_request: PageRequest, runtime: Runtime
) -> Page[Order]:
    """Read one page of a list, newest change first, in one call."""
    return page_of_index(
        order_list.index,
        order_list.partition,
        ORDER.decode,
        page_request,
        runtime,
        matching=_condition(filters),
    )


def _condition(filters: OrderFilters) -> Condition | None:
    by_attribute = (
        (OrderItem.done, filters.done),
        (OrderItem.service, filters.service),
        (OrderItem.executor, filters.executor),
        (OrderItem.client, filters.client),
    )
    terms = [attribute == value for attribute, value in by_attribute if value is not None]
    return reduce(and_, terms) if terms else None


def position_after(order: Order) -> Position:
    """Return the place right behind an order, in each of its lists."""
    return Position(keys.by_update(order.updated_at, order.id))


def related_keys(order: Order) -> Iterable[Key]:
    """Return the keys of everything that is shown with an order."""
    yield from (keys.user(number) for number in {order.creator, order.executor, order.organization_creator})
    yield keys.service(order.organization, order.service)
    yield keys.organization(order.organization)
    yield keys.roles(order.organization)  # they say who left, and mostly were read for the rights already


def with_related(orders: Sequence[Order], preloaded: Preloaded) -> OrdersWithRelated:
    """Return orders with everything that is shown with them, all of which was read."""
    users = {
        number for order in orders for number in (order.creator, order.executor, order.organization_creator)
    }
    organizations = {order.organization for order in orders}
    services = {(order.organization, order.service) for order in orders}
    return OrdersWithRelated(
        orders=list(orders),
        users={number: preloaded.require(USER, keys.user(number)) for number in users},
        organizations={
            number: preloaded.require(ORGANIZATION, keys.organization(number)) for number in organizations
        },
        services={pair: preloaded.require(SERVICE, keys.service(*pair)) for pair in services},
        former_members={number: former_members(preloaded, number) for number in organizations},
    )

"""Service orders: by id, and in the lists of their organization, creator and executor."""

from dataclasses import dataclass
from functools import reduce
from operator import and_

from pynamodb.expressions.condition import Condition

from chalicelib.orders.model import Order
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.engine import attempt, query
from chalicelib.table.items import Item, OrderItem
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import document, record_of
from chalicelib.table.unit_of_work import absent, at_version, put


@dataclass(frozen=True)
class OrderList:
    """One list of orders: the index and the partition that hold it."""

    index: str
    partition: str


def of_organization(organization_id: int) -> OrderList:
    """All orders of an organization."""
    return OrderList("gsi1", keys.orders_of_organization(organization_id))


def created_by(organization_id: int, user_id: int) -> OrderList:
    """The orders of an organization that name this creator."""
    return OrderList("gsi2", keys.orders_created_by(organization_id, user_id))


def to_execute_in(organization_id: int, user_id: int) -> OrderList:
    """The orders of an organization that name this executor."""
    return OrderList("gsi3", keys.orders_to_execute_in(organization_id, user_id))


def to_execute(user_id: int) -> OrderList:
    """The orders of all organizations that name this executor."""
    return OrderList("gsi4", keys.orders_to_execute(user_id))


@dataclass(frozen=True)
class OrderFilter:
    """What a list is narrowed to; None leaves a field open."""

    done: bool | None = None
    service: int | None = None
    executor: int | None = None
    client: int | None = None

    def condition(self) -> Condition | None:
        """Return the filter as DynamoDB takes it, None when nothing is narrowed."""
        wanted = (
            (OrderItem.done, self.done),
            (OrderItem.service, self.service),
            (OrderItem.executor, self.executor),
            (OrderItem.client, self.client),
        )
        terms = [attribute == value for attribute, value in wanted if value is not None]
        return reduce(and_, terms) if terms else None


def item_of(order: Order) -> OrderItem:
    """Return the item that keeps an order, with its place in each list."""
    listed = keys.by_update(order.updated_at, order.id)
    return OrderItem(
        *keys.order(order.id),
        doc=document(order),
        version=order.version,
        done=order.done,
        executor=order.executor,
        service=order.service,
        client=order.client,
        gsi1pk=keys.orders_of_organization(order.organization),
        gsi1sk=listed,
        gsi2pk=keys.orders_created_by(order.organization, order.creator),
        gsi2sk=listed,
        gsi3pk=keys.orders_to_execute_in(order.organization, order.executor),
        gsi3sk=listed,
        gsi4pk=keys.orders_to_execute(order.executor),
        gsi4sk=listed,
    )


def add(order: Order, runtime: Runtime) -> None:
    """Write a new order.

    Raises:
        Refused: the id is taken.
        Unavailable: DynamoDB is busy or out of reach.
    """
    put(item_of(order), absent(), runtime)


def replace(read: Order, changed: Order, runtime: Runtime) -> None:
    """Write a changed order over the one that was read.

    Raises:
        Refused: somebody else changed or deleted it in between.
        Unavailable: DynamoDB is busy or out of reach.
    """
    put(item_of(changed), at_version(read.version), runtime)


def remove(order_id: int, runtime: Runtime) -> None:
    """Delete an order; deleting one that is gone does nothing.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    attempt(Item(*keys.order(order_id)).delete, runtime)


def page(
    listed: OrderList, runtime: Runtime, *, narrowed: OrderFilter, limit: int, after: Position | None
) -> Page[Order]:
    """Read one page of a list, newest change first, in one call.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    found = query(
        listed.partition, runtime, index=listed.index, limit=limit, after=after, matching=narrowed.condition()
    )
    return Page([record_of(item) for item in found.items], found.next, found.previous)


def position_behind(order: Order) -> Position:
    """Return the place right behind an order, in each of its lists."""
    return Position(keys.by_update(order.updated_at, order.id))

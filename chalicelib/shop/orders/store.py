"""Customers' orders: by uuid, and in lists by customer and by status, each counted."""

from typing import Any

from chalicelib.runtime import Runtime
from chalicelib.shop.bucket import old_store as buckets
from chalicelib.shop.bucket.model import Bucket
from chalicelib.shop.orders.model import RESTOCKING, OrderLine, ShopOrder
from chalicelib.shop.products import store as products
from chalicelib.table import keys
from chalicelib.table import old_counts as tallies
from chalicelib.table.engine import query
from chalicelib.table.items import Item, ShopOrderItem
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot, document

SUBJECT = "order"


def item_of(order: ShopOrder) -> ShopOrderItem:
    """Return the item that keeps an order, with its place in each list."""
    listed, shard = keys.by_creation(order.date_created, order.uuid), tallies.shard_of(order.uuid)
    doc = document(order) | {"lines": [document(line) for line in order.lines]}
    return ShopOrderItem(
        *keys.shop_order(order.uuid),
        doc=doc,
        version=order.version,
        gsi1pk=keys.orders_of_customer(order.customer),
        gsi1sk=listed,
        gsi2pk=keys.orders_of_customer_in(order.customer, order.status),
        gsi2sk=listed,
        gsi3pk=keys.shop_orders(shard),
        gsi3sk=listed,
        gsi4pk=keys.shop_orders_in(order.status, shard),
        gsi4sk=listed,
    )


def order_of(item: Item) -> ShopOrder:
    """Return the order that an item keeps."""
    doc: dict[str, Any] = item.doc
    return ShopOrder(**{**doc, "lines": tuple(OrderLine(**line) for line in doc["lines"])})


def find(snapshot: Snapshot, uuid: str) -> ShopOrder | None:
    """Return an order from a snapshot that holds its key, None when there is none."""
    item = snapshot.item(keys.shop_order(uuid))
    return order_of(item) if isinstance(item, ShopOrderItem) else None


def place(bucket: Bucket, order: ShopOrder, runtime: Runtime) -> None:
    """Write an order and empty the bucket that it came from.

    Raises:
        Refused: the bucket was changed in between (`bucket`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put(SUBJECT, item_of(order), absent())
    buckets.write(work, bucket, bucket.emptied())
    _count(work, order, {order.status: 1, tallies.TOTAL: 1})
    work.commit()


def move(read: ShopOrder, changed: ShopOrder, runtime: Runtime) -> None:
    """Write an order in its new status over the one that was read; what is returned goes back on stock.

    Raises:
        Refused: the order was changed in between (`order`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put(SUBJECT, item_of(changed), at_version(read.version))
    if changed.status in RESTOCKING:
        for line in changed.lines:
            products.take(work, line.product, -line.quantity)
    _count(work, changed, {read.status: -1, changed.status: 1})
    work.commit()


def _count(work: UnitOfWork, order: ShopOrder, changes: dict[str, int]) -> None:
    tallies.count(work, tallies.of_customer(order.customer), order.uuid, changes)
    tallies.count(work, tallies.SHOP_ORDERS, order.uuid, changes)


def page_of_customer(
    customer_uuid: str, status: str | None, runtime: Runtime, *, limit: int, after: Position | None
) -> Page[ShopOrder]:
    """Read one page of a customer's orders, newest first, in one call.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    index, partition = "gsi1", keys.orders_of_customer(customer_uuid)
    if status is not None:
        index, partition = "gsi2", keys.orders_of_customer_in(customer_uuid, status)
    return _orders(query(partition, runtime, index=index, limit=limit, after=after))


def page(status: str | None, runtime: Runtime, *, limit: int, after: Position | None) -> Page[ShopOrder]:
    """Read one page of all orders, newest first, in one call a shard.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    shards = range(tallies.SHARDS)
    if status is None:
        found = query([keys.shop_orders(n) for n in shards], runtime, index="gsi3", limit=limit, after=after)
    else:
        spread = [keys.shop_orders_in(status, n) for n in shards]
        found = query(spread, runtime, index="gsi4", limit=limit, after=after)
    return _orders(found)


def _orders(found: Page[Item]) -> Page[ShopOrder]:
    return Page([order_of(item) for item in found.items], found.next, found.previous)

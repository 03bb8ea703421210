"""Customers' orders: by uuid, and in lists by customer and by status, each counted."""

from collections import Counter
from collections.abc import Mapping

from chalicelib.runtime import Runtime
from chalicelib.shop.orders.model import RESTOCKING, OrderLine, ShopOrder
from chalicelib.shop.products import store as products
from chalicelib.table import counts, keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.counts import LIST_SHARDS
from chalicelib.table.items import ShopOrderItem
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.queries import page_of_index
from chalicelib.table.unit_of_work import UnitOfWork, absent, at_version

_LINE = DocumentKind("line", OrderLine, "uuid", "product", "quantity", "price")
SHOP_ORDER = DocumentKind(
    "shop-order",
    ShopOrder,
    "uuid",
    "customer",
    "status",
    "payment",
    "date_created",
    "lines",
    "date_paid",
    "version",
    written={"lines": lambda lines: [_LINE.to_document(line) for line in lines]},
    read={"lines": lambda documents: tuple(map(_LINE.from_document, documents))},
)


def item_of(order: ShopOrder) -> ShopOrderItem:
    """Return the item that keeps an order, with its place in each list."""
    # The beginning of the uuid tells orders of one microsecond apart, and keeps the item below a kilobyte.
    sort_key = keys.by_creation(order.date_created, order.uuid[:8])
    shard = counts.shard_of(order.uuid, LIST_SHARDS)
    return ShopOrderItem(
        *keys.shop_order(order.uuid),
        doc=SHOP_ORDER.to_document(order),
        version=order.version,
        gsi1pk=keys.orders_of_customer(order.customer),
        gsi1sk=sort_key,
        gsi2pk=keys.orders_of_customer_in(order.customer, order.status),
        gsi2sk=sort_key,
        gsi3pk=keys.shop_orders(shard),
        gsi3sk=sort_key,
        gsi4pk=keys.shop_orders_in(order.status, shard),
        gsi4sk=sort_key,
    )


def add(work: UnitOfWork, order: ShopOrder) -> None:
    """Write a new order."""
    work.put(item_of(order), absent())
    _count(work, order, {order.status: 1, counts.TOTAL: 1})


def change_status(work: UnitOfWork, before: ShopOrder, after: ShopOrder) -> None:
    """Write an order in its new status over the one that was read; what is returned goes back on stock."""
    work.put(item_of(after), at_version(before.version))
    if after.status in RESTOCKING:
        quantities: Counter[str] = Counter()  # a transaction takes each item once
        for line in after.lines:
            quantities[line.product] += line.quantity
        for product, quantity in quantities.items():
            products.take_stock(work, product, -quantity)
    _count(work, after, {before.status: -1, after.status: 1})


def _count(work: UnitOfWork, order: ShopOrder, changes: Mapping[str, int]) -> None:
    counts.add(work, counts.orders_of(order.customer), order.uuid, changes)
    counts.add(work, counts.SHOP_ORDERS, order.uuid, changes)


def page_of_customer(
    customer_uuid: str, status: str | None, page_request: PageRequest, runtime: Runtime
) -> Page[ShopOrder]:
    """Read one page of a customer's orders, newest first, in one call."""
    index, partition = "gsi1", keys.orders_of_customer(customer_uuid)
    if status is not None:
        index, partition = "gsi2", keys.orders_of_customer_in(customer_uuid, status)
    return page_of_index(index, partition, SHOP_ORDER.decode, page_request, runtime)


def page(status: str | None, page_request: PageRequest, runtime: Runtime) -> Page[ShopOrder]:
    """Read one page of all orders, newest first, in one call a shard."""
    index, partitions = "gsi3", [keys.shop_orders(shard) for shard in range(LIST_SHARDS)]
    if status is not None:
        index, partitions = "gsi4", [keys.shop_orders_in(status, shard) for shard in range(LIST_SHARDS)]
    return page_of_index(index, partitions, SHOP_ORDER.decode, page_request, runtime)

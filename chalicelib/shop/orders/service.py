"""Customers' orders: placing, showing, cancelling (Customer API document)."""

from dataclasses import replace
from typing import Any

from chalicelib.auth.principals import CustomerPrincipal
from chalicelib.errors import NotFound
from chalicelib.runtime import Runtime
from chalicelib.shop.bucket import old_store as buckets
from chalicelib.shop.bucket.model import Bucket
from chalicelib.shop.errors import BucketEmpty, InvalidPayment, NotReturnable
from chalicelib.shop.orders import store as shop_orders
from chalicelib.shop.orders.model import NEW, PAYMENTS, RETURNED, OrderLine, ShopOrder, may_become
from chalicelib.table import keys, optimistic
from chalicelib.table import old_counts as tallies
from chalicelib.table.engine import read
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot


def order_key(uuid: str | None) -> list[Key]:
    """Return the key of an order that a path names."""
    return [] if uuid is None else [keys.shop_order(uuid)]


def tally_key(customer_uuid: str) -> list[Key]:
    """Return the key of the count of a customer's orders."""
    return tallies.tally_keys(tallies.of_customer(customer_uuid))


def payment_of(value: Any) -> str:
    """Return a payment as it is kept.

    Raises:
        InvalidPayment: it is none of CASH, CARD and PAYU in any case, or no text at all.
    """
    if not isinstance(value, str) or value.lower() not in PAYMENTS:
        raise InvalidPayment
    return value.lower()


def place(payment: str, *, principal: CustomerPrincipal, records: Snapshot, runtime: Runtime) -> ShopOrder:
    """Make an order of the whole bucket, or of nothing.

    Raises:
        BucketEmpty: there is nothing in it.
        Unavailable: DynamoDB is busy or out of reach, or the bucket keeps changing.
    """

    def write(records: Snapshot) -> ShopOrder:
        bucket = buckets.bucket_of(records, principal.id)
        if not bucket.lines:
            raise BucketEmpty
        order = _order_of(bucket, payment, runtime)
        shop_orders.place(bucket, order, runtime)
        return order

    return optimistic.write(write, records, lambda: read([keys.bucket(principal.id)], runtime), runtime)


def _order_of(bucket: Bucket, payment: str, runtime: Runtime) -> ShopOrder:
    lines = (
        OrderLine(runtime.new_uuid(), line.product, line.quantity, line.price)
        for line in bucket.lines.values()
    )
    return ShopOrder(
        uuid=runtime.new_uuid(),
        customer=bucket.customer,
        status=NEW,
        payment=payment,
        date_created=runtime.now(),
        lines=tuple(lines),
    )


def order_of(uuid: str | None, *, principal: CustomerPrincipal, records: Snapshot) -> ShopOrder:
    """Return an order of the principal's: the only way in which a customer's request gets one.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    order = shop_orders.find(records, uuid) if uuid is not None else None
    if order is None or order.customer != principal.id:
        raise NotFound
    return order


def list_page(
    status: str | None,
    *,
    principal: CustomerPrincipal,
    records: Snapshot,
    limit: int,
    after: Position | None,
    runtime: Runtime,
) -> tuple[Page[ShopOrder], int]:
    """Return one page of the principal's orders, newest first, and how many there are.

    Args:
        status: only those with it, None for all.
        principal: whose orders.
        records: what was read along, with the tally's key.
        limit: how many the page may have.
        after: where it starts, None for the first page.
        runtime: the way to wait between tries.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    page = shop_orders.page_of_customer(principal.id, status, runtime, limit=limit, after=after)
    name = tallies.of_customer(principal.id)
    return page, tallies.counted(records, name, status or tallies.TOTAL)


def ensure_returnable(order: ShopOrder) -> None:
    """Refuse to return an order from a status that does not allow it.

    Raises:
        NotReturnable: the status is not `new`, `to_pay` or `paid`.
    """
    if not may_become(order, RETURNED):
        raise NotReturnable


def cancel(order: ShopOrder, *, runtime: Runtime) -> ShopOrder:
    """Return an order; its products go back on stock, once.

    Raises:
        NotReturnable: its status does not allow it, or does not any more.
        Unavailable: DynamoDB is busy or out of reach, or the order keeps changing.
    """

    def write(order: ShopOrder) -> ShopOrder:
        ensure_returnable(order)
        returned = replace(order, status=RETURNED, version=order.version + 1)
        shop_orders.move(order, returned, runtime)
        return returned

    return optimistic.write(write, order, lambda: read_again(order, runtime), runtime)


def read_again(order: ShopOrder, runtime: Runtime) -> ShopOrder:
    """Return an order as it is now.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    found = shop_orders.find(read(order_key(order.uuid), runtime), order.uuid)
    assert found is not None, "orders are never deleted"
    return found

"""Which order a request is about, and how a bucket becomes one."""

from typing import Any

from chalicelib.auth.customers import CustomerCall
from chalicelib.errors import NotFound
from chalicelib.shop.bucket.model import Bucket
from chalicelib.shop.orders.model import NEW, OrderLine, ShopOrder
from chalicelib.shop.orders.store import SHOP_ORDER
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.web.call import Call
from chalicelib.web.request import Request


def order_key(request: Request) -> list[Key | None]:
    """Return the key of the order that the path names."""
    return [key_of(keys.shop_order, request.uuid)]


def order_of_path(call: Call[Any]) -> ShopOrder:
    """Return the order that the path names, any customer's: for administrators.

    Raises:
        NotFound: there is none.
    """
    order = call.preloaded.get(SHOP_ORDER, key_of(keys.shop_order, call.request.uuid))
    if order is None:
        raise NotFound
    return order


def own_order(call: CustomerCall) -> ShopOrder:
    """Return the caller's order that the path names; customers' requests get orders only from here.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    order = order_of_path(call)
    if order.customer != call.principal.id:
        raise NotFound
    return order


def order_of(bucket: Bucket, payment: str, call: CustomerCall) -> ShopOrder:
    """Return the order of all that is in a bucket."""
    return ShopOrder(
        uuid=call.runtime.new_uuid(),
        customer=bucket.customer,
        status=NEW,
        payment=payment,
        date_created=call.now,
        lines=tuple(
            OrderLine(call.runtime.new_uuid(), line.product, line.quantity, line.price)
            for line in bucket.lines.values()
        ),
    )

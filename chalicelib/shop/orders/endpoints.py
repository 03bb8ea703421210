"""The customer's orders: `/api/orders`."""

from chalicelib.auth.customers import CUSTOMER, CustomerCall
from chalicelib.contract import ADDS, LISTS
from chalicelib.errors import NotFound
from chalicelib.shop.bucket import store as buckets
from chalicelib.shop.bucket.service import bucket_key, own_bucket
from chalicelib.shop.errors import BucketEmpty, InvalidPayment, NotReturnable
from chalicelib.shop.orders import service, store
from chalicelib.shop.orders.model import RETURNED, ShopOrder, with_status
from chalicelib.shop.orders.schemas import (
    NewShopOrder,
    OrderFilters,
    ShopOrderDetails,
    ShopOrderObject,
    ShopOrderWithCustomer,
    shop_order_details,
    shop_order_object,
    shop_order_with_customer,
)
from chalicelib.shop.schemas import StatusMessage, ok
from chalicelib.table import counts
from chalicelib.table.keys import Key
from chalicelib.web.endpoint import GET, POST, endpoint
from chalicelib.web.paging import Counted, Paging
from chalicelib.web.request import Request


@endpoint(
    POST,
    "/api/orders",
    who=CUSTOMER,
    takes=NewShopOrder,
    errors=(InvalidPayment, BucketEmpty),
    uses=ADDS,
    preload=bucket_key,
)
def place_order(call: CustomerCall, new: NewShopOrder) -> ShopOrderWithCustomer:
    """Order all that is in my bucket."""
    if new.payment is None:
        raise InvalidPayment
    bucket = own_bucket(call)
    if not bucket.lines:
        raise BucketEmpty
    order = service.order_of(bucket, new.payment, call)
    store.add(call.work, order)
    buckets.write(call.work, bucket, bucket.emptied())
    return shop_order_with_customer(order)


def _count_keys(request: Request) -> list[Key]:
    return counts.count_keys(counts.orders_of(request.subject))


@endpoint(
    GET,
    "/api/orders",
    who=CUSTOMER,
    query=OrderFilters,
    paging=Paging.ENVELOPE,
    own_list=True,
    uses=LISTS,
    preload=_count_keys,
)
def list_my_orders(call: CustomerCall, filters: OrderFilters) -> Counted[list[ShopOrderObject]]:
    """List my orders, newest first."""
    me, status = call.principal.id, filters.status
    page = store.page_of_customer(me, status, call.page, call.runtime)
    count = counts.counted(call.preloaded, counts.orders_of(me), status or counts.TOTAL)
    return Counted(page, count, [shop_order_object(order) for order in page.items])


@endpoint(
    GET,
    "/api/orders/{uuid}",
    who=CUSTOMER,
    errors=(NotFound,),
    preload=service.order_key,
    loads=service.own_order,
)
def show_my_order(call: CustomerCall, order: ShopOrder) -> ShopOrderDetails:
    """Show an order of mine with its lines."""
    return shop_order_details(order)


@endpoint(
    POST,
    "/api/orders/{uuid}/set_canceled",
    who=CUSTOMER,
    errors=(NotFound, NotReturnable),
    uses=ADDS,
    preload=service.order_key,
    loads=service.own_order,
)
def cancel_order(call: CustomerCall, order: ShopOrder) -> StatusMessage:
    """Cancel an order of mine; its products return to stock."""
    store.change_status(call.work, order, with_status(order, RETURNED))
    return ok("updated")

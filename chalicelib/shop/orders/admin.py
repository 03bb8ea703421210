"""The administration of customers' orders: `/api/admin/orders`."""

from dataclasses import replace
from datetime import timedelta

from chalicelib import times
from chalicelib.auth.staff import ADMINISTRATOR, StaffCall
from chalicelib.contract import ADDS, LISTS
from chalicelib.errors import NotFound, ValidationFailed
from chalicelib.shop.errors import WrongState
from chalicelib.shop.orders import service, store
from chalicelib.shop.orders.model import ERROR, PAID, ShopOrder, with_status
from chalicelib.shop.orders.schemas import (
    OrderFilters,
    PaymentNote,
    ShopOrderDetailsWithCustomer,
    ShopOrderWithCustomer,
    shop_order_details_with_customer,
    shop_order_with_customer,
)
from chalicelib.table import counts
from chalicelib.table.keys import Key
from chalicelib.web.endpoint import GET, POST, endpoint
from chalicelib.web.paging import Counted, Paging
from chalicelib.web.request import Request

_CLOCKS_DIFFER_BY = timedelta(minutes=5)


def _count_keys(_: Request) -> list[Key]:
    return counts.count_keys(counts.SHOP_ORDERS)


@endpoint(
    GET,
    "/api/admin/orders",
    who=ADMINISTRATOR,
    query=OrderFilters,
    paging=Paging.ENVELOPE,
    uses=LISTS,
    preload=_count_keys,
)
def admin_list_orders(call: StaffCall, filters: OrderFilters) -> Counted[list[ShopOrderWithCustomer]]:
    """List all customers' orders, newest first."""
    page = store.page(filters.status, call.page, call.runtime)
    count = counts.counted(call.preloaded, counts.SHOP_ORDERS, filters.status or counts.TOTAL)
    return Counted(page, count, [shop_order_with_customer(order) for order in page.items])


@endpoint(
    GET,
    "/api/admin/orders/{uuid}",
    who=ADMINISTRATOR,
    errors=(NotFound,),
    preload=service.order_key,
    loads=service.order_of_path,
)
def admin_show_order(call: StaffCall, order: ShopOrder) -> ShopOrderDetailsWithCustomer:
    """Show any customer's order with its lines."""
    return shop_order_details_with_customer(order)


@endpoint(
    POST,
    "/api/admin/orders/{uuid}/set_paid",
    who=ADMINISTRATOR,
    takes=PaymentNote,
    errors=(NotFound, WrongState),
    uses=ADDS,
    preload=service.order_key,
    loads=service.order_of_path,
)
def admin_set_paid(call: StaffCall, order: ShopOrder, note: PaymentNote) -> ShopOrderDetailsWithCustomer:
    """Mark an order as paid."""
    if note.date_paid is not None and note.date_paid > times.iso(call.runtime.clock() + _CLOCKS_DIFFER_BY):
        raise ValidationFailed({"date_paid": ["Ensure this value is not in the future."]})
    paid = replace(with_status(order, PAID), date_paid=note.date_paid or call.now)
    store.change_status(call.work, order, paid)
    return shop_order_details_with_customer(paid)


@endpoint(
    POST,
    "/api/admin/orders/{uuid}/set_error",
    who=ADMINISTRATOR,
    errors=(NotFound, WrongState),
    uses=ADDS,
    preload=service.order_key,
    loads=service.order_of_path,
)
def admin_set_error(call: StaffCall, order: ShopOrder) -> ShopOrderDetailsWithCustomer:
    """Mark an order as failed; its products return to stock."""
    failed = with_status(order, ERROR)
    store.change_status(call.work, order, failed)
    return shop_order_details_with_customer(failed)

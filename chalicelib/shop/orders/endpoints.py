"""The customer's orders: `/api/orders`."""

from collections.abc import Iterable

from chalice.app import Response

from chalicelib import routes, uuids
from chalicelib.shop.orders import service as shop_orders
from chalicelib.shop.orders.answers import order_line_objects, shop_order_object, shop_order_with_customer
from chalicelib.shop.orders.model import ShopOrder
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.web import envelope
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import CustomerRequest
from chalicelib.web.responses import json_response


def _bucket(request: CustomerRequest) -> Iterable[Key]:
    return [keys.bucket(request.caller or "")]


def _order(request: CustomerRequest) -> Iterable[Key]:
    return shop_orders.order_key(uuids.parse(request.path["uuid"]))


def _count(request: CustomerRequest) -> Iterable[Key]:
    return shop_orders.tally_key(request.caller or "")


@endpoint(routes.PLACE_ORDER, reads=_bucket)
def place_order(request: CustomerRequest) -> Response:
    """Order all that is in my bucket."""
    from chalicelib.shop import inputs as shop_in

    payment = shop_orders.payment_of(shop_in.load_payment(request.body))
    order = shop_orders.place(
        payment, principal=request.principal, records=request.records, runtime=request.runtime
    )
    return json_response(200, shop_order_with_customer(order))


@endpoint(routes.LIST_MY_ORDERS, reads=_count)
def list_my_orders(request: CustomerRequest) -> Response:
    """List my orders, newest first."""
    status = paging.status(request)
    asked = envelope.asked(request, request.principal.id, status)
    page, count = shop_orders.list_page(
        status,
        principal=request.principal,
        records=request.records,
        limit=asked.size,
        after=asked.after,
        runtime=request.runtime,
    )
    results = [shop_order_object(order) for order in page.items]
    return json_response(200, envelope.envelope(request, asked, page, count, results))


@endpoint(routes.SHOW_MY_ORDER, reads=_order)
def show_my_order(request: CustomerRequest) -> Response:
    """Show an order of mine with its lines."""
    order = _mine(request)
    return json_response(200, [shop_order_object(order), order_line_objects(order)])


@endpoint(routes.CANCEL_ORDER, reads=_order)
def cancel_order(request: CustomerRequest) -> Response:
    """Return an order of mine; its products go back on stock."""
    shop_orders.cancel(_mine(request), runtime=request.runtime)
    return json_response(200, {"status": "OK", "message": "updated"})


def _mine(request: CustomerRequest) -> ShopOrder:
    uuid = uuids.parse(request.path["uuid"])
    return shop_orders.order_of(uuid, principal=request.principal, records=request.records)

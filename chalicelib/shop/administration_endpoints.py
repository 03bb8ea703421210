"""Shop administration: `/api/admin/…`, for staff users with `is_staff`."""

from collections.abc import Iterable

from chalice.app import Response

from chalicelib import routes, uuids
from chalicelib.shop import administration as shop_administration
from chalicelib.shop.orders import service as shop_orders
from chalicelib.shop.orders.answers import order_line_objects, shop_order_with_customer
from chalicelib.shop.orders.model import ShopOrder
from chalicelib.shop.products import service as catalogue
from chalicelib.shop.products.answers import product_object
from chalicelib.shop.products.endpoints import listed
from chalicelib.shop.products.service import Offer
from chalicelib.table.keys import Key
from chalicelib.web import envelope
from chalicelib.web import old_paging as paging
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import StaffRequest
from chalicelib.web.responses import json_response, no_content


def _uuid(request: StaffRequest) -> str | None:
    return uuids.parse(request.path["uuid"])


def _product(request: StaffRequest) -> Iterable[Key]:
    return catalogue.product_keys(_uuid(request))


def _order(request: StaffRequest) -> Iterable[Key]:
    return shop_orders.order_key(_uuid(request))


def _order_count(_: StaffRequest) -> Iterable[Key]:
    return shop_administration.order_tally_keys()


def _offer(status: int, offer: Offer) -> Response:
    return json_response(status, product_object(*offer))


@endpoint(routes.ADMIN_LIST_PRODUCTS)
def admin_list_products(request: StaffRequest) -> Response:
    """List products, as the public list does."""
    return listed(request)


@endpoint(routes.ADMIN_CREATE_PRODUCT)
def admin_create_product(request: StaffRequest) -> Response:
    """Create a product, with its first stock."""
    from chalicelib.shop import inputs as shop_in

    fields = shop_in.load_new_product(request.body)
    principal, runtime = request.principal, request.runtime
    return _offer(201, shop_administration.create_product(fields, principal=principal, runtime=runtime))


@endpoint(routes.ADMIN_SHOW_PRODUCT, reads=_product)
def admin_show_product(request: StaffRequest) -> Response:
    """Show a product."""
    return _offer(200, catalogue.offer_in(_uuid(request), request.records))


@endpoint(routes.ADMIN_REPLACE_PRODUCT, reads=_product)
def admin_replace_product(request: StaffRequest) -> Response:
    """Change a product's description."""
    return _changed_product(request, partial=False)


@endpoint(routes.ADMIN_CHANGE_PRODUCT, reads=_product)
def admin_change_product(request: StaffRequest) -> Response:
    """Change some fields of a product."""
    return _changed_product(request, partial=True)


def _changed_product(request: StaffRequest, *, partial: bool) -> Response:
    from chalicelib.shop import inputs as shop_in

    catalogue.offer_in(_uuid(request), request.records)
    fields = shop_in.load_product(request.body, partial=partial)
    changed = shop_administration.change_product(
        _uuid(request), fields, records=request.records, runtime=request.runtime
    )
    return _offer(200, changed)


@endpoint(routes.ADMIN_WITHDRAW_PRODUCT, reads=_product)
def admin_withdraw_product(request: StaffRequest) -> Response:
    """Take a product off the list; it stays in buckets and orders."""
    shop_administration.withdraw_product(_uuid(request), records=request.records, runtime=request.runtime)
    return no_content()


@endpoint(routes.ADMIN_SET_STOCK, reads=_product)
def admin_set_stock(request: StaffRequest) -> Response:
    """Set how much of a product can be bought."""
    from chalicelib.shop import inputs as shop_in

    catalogue.offer_in(_uuid(request), request.records)
    offer = shop_administration.set_stock(
        _uuid(request),
        shop_in.load_stock(request.body),
        principal=request.principal,
        records=request.records,
        runtime=request.runtime,
    )
    return _offer(200, offer)


@endpoint(routes.ADMIN_ADJUST_STOCK, reads=_product)
def admin_adjust_stock(request: StaffRequest) -> Response:
    """Change how much of a product can be bought."""
    from chalicelib.shop import inputs as shop_in

    catalogue.offer_in(_uuid(request), request.records)
    offer = shop_administration.adjust_stock(
        _uuid(request),
        *shop_in.load_adjustment(request.body),
        principal=request.principal,
        records=request.records,
        runtime=request.runtime,
    )
    return _offer(200, offer)


@endpoint(routes.ADMIN_LIST_ORDERS, reads=_order_count)
def admin_list_orders(request: StaffRequest) -> Response:
    """List all customers' orders, newest first."""
    status = paging.status(request)
    asked = envelope.asked(request, status)
    page, count = shop_administration.list_orders(
        status, records=request.records, limit=asked.size, after=asked.after, runtime=request.runtime
    )
    results = [shop_order_with_customer(order) for order in page.items]
    return json_response(200, envelope.envelope(request, asked, page, count, results))


@endpoint(routes.ADMIN_SHOW_ORDER, reads=_order)
def admin_show_order(request: StaffRequest) -> Response:
    """Show any customer's order with its lines."""
    return _shown_order(shop_administration.order_in(_uuid(request), request.records))


def _shown_order(order: ShopOrder) -> Response:
    return json_response(200, [shop_order_with_customer(order), order_line_objects(order)])


@endpoint(routes.ADMIN_SET_PAID, reads=_order)
def admin_set_paid(request: StaffRequest) -> Response:
    """Note that an order was paid."""
    from chalicelib.shop import inputs as shop_in

    order = shop_administration.order_in(_uuid(request), request.records)
    date_paid = shop_in.load_date_paid(request.body)
    return _shown_order(shop_administration.set_paid(order, date_paid, runtime=request.runtime))


@endpoint(routes.ADMIN_SET_ERROR, reads=_order)
def admin_set_error(request: StaffRequest) -> Response:
    """Give up on an order; its products go back on stock."""
    order = shop_administration.order_in(_uuid(request), request.records)
    return _shown_order(shop_administration.set_error(order, runtime=request.runtime))

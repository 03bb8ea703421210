"""The Orders API: `/orders/…`."""

from collections.abc import Iterable

from chalice.app import Response

from chalicelib import routes
from chalicelib.errors import NotFound, PermissionDenied
from chalicelib.orders import service as orders
from chalicelib.orders import store as order_lists
from chalicelib.orders.answers import changed_order, created_order, order_objects
from chalicelib.orders.store import OrderList
from chalicelib.table.keys import Key
from chalicelib.web import order_query, paging
from chalicelib.web.endpoint import endpoint
from chalicelib.web.request import StaffRequest
from chalicelib.web.responses import json_response, no_content


def _order_and_named(request: StaffRequest) -> Iterable[Key]:
    named = orders.keys_named_in(request.body, request.organization_id)
    return [*orders.keys_of_order(request.path_id()), *named]


def _named(request: StaffRequest) -> Iterable[Key]:
    return orders.keys_named_in(request.body, request.organization_id)


def _order(request: StaffRequest) -> Iterable[Key]:
    return orders.keys_of_order(request.path_id())


@endpoint(routes.CREATE_ORDER, reads=_named)
def create_order(request: StaffRequest) -> Response:
    """Create an order in the organization that the body names."""
    from chalicelib.orders import inputs as orders_in

    draft = orders_in.load_draft(request.body, orders.references(request.principal, request.records))
    order = orders.create(draft, principal=request.principal, runtime=request.runtime)
    return json_response(201, created_order(order))


@endpoint(routes.LIST_ORDERS)
def list_orders(request: StaffRequest) -> Response:
    """List the orders of an organization, newest change first."""
    return _page(request, order_lists.of_organization(request.principal.home.id))


@endpoint(routes.LIST_CREATED_ORDERS)
def list_created_orders(request: StaffRequest) -> Response:
    """List the organization's orders that name me as their creator."""
    return _page(request, order_lists.created_by(request.principal.home.id, request.principal.id))


@endpoint(routes.LIST_ORDERS_TO_EXECUTE)
def list_orders_to_execute(request: StaffRequest) -> Response:
    """List the organization's orders that I am to execute."""
    return _page(request, order_lists.to_execute_in(request.principal.home.id, request.principal.id))


def _page(request: StaffRequest, listed: OrderList) -> Response:
    asked = order_query.parse(request, listed)
    shelf, following = orders.list_page(
        listed,
        narrowed=asked.narrowed,
        limit=asked.limit,
        after=asked.after,
        known=request.records,
        runtime=request.runtime,
    )
    headers = paging.link_to_next(request, asked.list_name, following)
    return json_response(200, order_objects(shelf, request.base_url), headers)


@endpoint(
    routes.SHOW_ORDER,
    reads=_order,
    owner=lambda request: orders.organization_of(request.path_id(), request.records),
    then=lambda request: orders.keys_around(request.path_id(), request.records),
)
def show_order(request: StaffRequest) -> Response:
    """Show an order."""
    return _shown(request)


@endpoint(routes.SHOW_ORDER_IN, reads=_order)
def show_order_in(request: StaffRequest) -> Response:
    """Show an order of the organization that the path names."""
    return _shown(request)


def _shown(request: StaffRequest) -> Response:
    order = orders.order_in(request.principal, request.path_id(), request.records, missing=NotFound)
    shelf = orders.shelf_of(order, request.records, request.runtime)
    return json_response(200, order_objects(shelf, request.base_url)[0])


@endpoint(routes.REPLACE_ORDER, reads=_order_and_named)
def replace_order(request: StaffRequest) -> Response:
    """Change an order's description and executor."""
    return _changed(request, partial=False)


@endpoint(routes.CHANGE_ORDER, reads=_order_and_named)
def change_order(request: StaffRequest) -> Response:
    """Change some fields of an order."""
    return _changed(request, partial=True)


def _changed(request: StaffRequest, *, partial: bool) -> Response:
    from chalicelib.orders import inputs as orders_in

    order = orders.order_in(request.principal, request.path_id(), request.records, missing=PermissionDenied)
    existing = orders.references(request.principal, request.records)
    changes = orders_in.load_change(request.body, existing, partial=partial)
    changed = orders.change(order, changes, runtime=request.runtime)
    return json_response(200, changed_order(changed, with_done="done" in changes))


@endpoint(routes.DELETE_ORDER, reads=_order)
def delete_order(request: StaffRequest) -> Response:
    """Delete an order."""
    order = orders.order_in(request.principal, request.path_id(), request.records, missing=PermissionDenied)
    orders.delete(order, runtime=request.runtime)
    return no_content()

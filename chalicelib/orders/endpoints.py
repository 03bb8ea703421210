"""The Orders API: `/orders/…`, and a user's orders to execute."""

from dataclasses import replace

from chalicelib.auth.staff import CONFIRMED, StaffCall, member_with
from chalicelib.contract import ADDS, DELETES, LISTS, WRITES, OrganizationIn
from chalicelib.errors import NotFound
from chalicelib.orders import service, store
from chalicelib.orders.model import Order, order_code
from chalicelib.orders.schemas import (
    ChangedOrder,
    CreatedOrder,
    NewOrder,
    OrderChange,
    OrderFilters,
    OrderObject,
    changed_order,
    created_order,
    order_objects,
)
from chalicelib.orders.store import OrderList
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page
from chalicelib.web.endpoint import DELETE, GET, PATCH, POST, PUT, OrganizationOf, endpoint
from chalicelib.web.fields import changes_in
from chalicelib.web.paging import Paging
from chalicelib.web.request import Request


@endpoint(
    POST,
    "/orders/order-c",
    who=member_with("order_create"),
    organization=OrganizationIn.BODY,
    takes=NewOrder,
    references=service.references,
    status=201,
    uses=ADDS,
    new_id="order",
    preload=service.reference_keys,
)
def create_order(call: StaffCall, new: NewOrder) -> CreatedOrder:
    """Create an order in the organization that the body names."""
    number, now, organization = call.next_id("order"), call.now, call.principal.organization
    order = Order(
        id=number,
        order_code=order_code(number),
        organization=organization.id,
        organization_creator=organization.creator,
        description=new.description,
        creator=new.creator,
        executor=new.executor,
        client=new.client,
        service=new.service,
        created_at=now,
        updated_at=now,
    )
    store.add(call.work, order)
    return created_order(order)


@endpoint(
    GET,
    "/orders/order-l/{organization}",
    who=member_with("order_view"),
    organization=OrganizationIn.PATH,
    query=OrderFilters,
    paging=Paging.LINK,
    uses=LISTS,
)
def list_orders(call: StaffCall, filters: OrderFilters) -> Page[OrderObject]:
    """List the orders of an organization, newest change first."""
    return _page(call, store.orders_of_organization(call.principal.organization.id), filters)


@endpoint(
    GET,
    "/orders/order-creator-l/{organization}",
    who=member_with("order_view"),
    organization=OrganizationIn.PATH,
    query=OrderFilters,
    paging=Paging.LINK,
    own_list=True,
    uses=LISTS,
)
def list_created_orders(call: StaffCall, filters: OrderFilters) -> Page[OrderObject]:
    """List the organization's orders that name me as their creator."""
    principal = call.principal
    return _page(call, store.orders_created_by(principal.organization.id, principal.id), filters)


@endpoint(
    GET,
    "/orders/order-executor-l/{organization}",
    who=member_with("order_view"),
    organization=OrganizationIn.PATH,
    query=OrderFilters,
    paging=Paging.LINK,
    own_list=True,
    uses=LISTS,
)
def list_orders_to_execute(call: StaffCall, filters: OrderFilters) -> Page[OrderObject]:
    """List the organization's orders that I am to execute."""
    principal = call.principal
    return _page(call, store.orders_to_execute_in(principal.organization.id, principal.id), filters)


def _page(call: StaffCall, order_list: OrderList, filters: OrderFilters) -> Page[OrderObject]:
    found, page = service.list_orders(call, order_list, filters)
    return Page(order_objects(found, call.request.base_url), page.next, None)


@endpoint(
    GET,
    "/users/user/executor",
    who=CONFIRMED,
    query=OrderFilters,
    paging=Paging.LINK,
    own_list=True,
    uses=LISTS,
)
def list_my_orders_to_execute(call: StaffCall, filters: OrderFilters) -> Page[OrderObject]:
    """List the orders that I am to execute, in all open organizations that I belong to."""
    me = call.principal.id
    found, page = service.list_orders(call, store.orders_to_execute(me), filters, viewer=me)
    return Page(order_objects(found, call.request.base_url), page.next, None)


@endpoint(
    GET,
    "/orders/order-r/{id}",
    who=member_with("order_view"),
    organization=OrganizationOf(service.organization_of),
    errors=(NotFound,),
    preload=service.order_key,
    preload_next=service.related_keys,
    loads=service.order_to_show,
)
def show_order(call: StaffCall, order: Order) -> OrderObject:
    """Show an order."""
    return _shown(call, order)


@endpoint(
    GET,
    "/orders/order-r/{id}/{organization}",
    who=member_with("order_view"),
    organization=OrganizationIn.PATH,
    errors=(NotFound,),
    preload=service.order_key,
    preload_next=service.related_keys,
    loads=service.order_to_show,
)
def show_order_in(call: StaffCall, order: Order) -> OrderObject:
    """Show an order of the organization that the path names."""
    return _shown(call, order)


def _shown(call: StaffCall, order: Order) -> OrderObject:
    return order_objects(store.with_related([order], call.preloaded), call.request.base_url)[0]


def _order_and_reference_keys(request: Request) -> list[Key | None]:
    return [*service.order_key(request), *service.reference_keys(request)]


@endpoint(
    PUT,
    "/orders/order-ud/{id}",
    who=member_with("order_change"),
    organization=OrganizationIn.BODY,
    takes=OrderChange,
    references=service.references,
    uses=WRITES,
    preload=_order_and_reference_keys,
    loads=service.order_to_change,
)
def replace_order(call: StaffCall, order: Order, change: OrderChange) -> ChangedOrder:
    """Change an order's description and executor."""
    return _apply(call, order, change)


@endpoint(
    PATCH,
    "/orders/order-ud/{id}",
    who=member_with("order_change"),
    organization=OrganizationIn.BODY,
    takes=OrderChange,
    partial=True,
    references=service.references,
    uses=WRITES,
    preload=_order_and_reference_keys,
    loads=service.order_to_change,
)
def change_order(call: StaffCall, order: Order, change: OrderChange) -> ChangedOrder:
    """Change some fields of an order."""
    return _apply(call, order, change)


def _apply(call: StaffCall, before: Order, change: OrderChange) -> ChangedOrder:
    changes = changes_in(change)
    if not changes:
        return changed_order(before, with_done=False)
    after = replace(before, **changes, updated_at=call.now, version=before.version + 1)
    store.replace(call.work, before, after)
    return changed_order(after, with_done="done" in changes)


@endpoint(
    DELETE,
    "/orders/order-ud/{id}",
    who=member_with("order_delete"),
    organization=OrganizationIn.BODY,
    status=204,
    uses=DELETES,
    preload=service.order_key,
    loads=service.order_to_change,
)
def delete_order(call: StaffCall, order: Order) -> None:
    """Delete an order."""
    store.delete(call.work, order)

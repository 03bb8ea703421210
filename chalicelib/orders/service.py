"""Which order a request concerns, what orders refer to, and pages of their lists."""

from collections.abc import Container, Iterable

from chalicelib.auth.staff import StaffCall
from chalicelib.errors import DomainError, NotFound, PermissionDenied
from chalicelib.frozen import frozen
from chalicelib.orders import store
from chalicelib.orders.model import Order, OrdersWithRelated
from chalicelib.orders.schemas import OrderFilters
from chalicelib.orders.store import ORDER, OrderList
from chalicelib.organizations.clients.store import CLIENT
from chalicelib.organizations.members.store import has_accepted
from chalicelib.organizations.model import Organization
from chalicelib.organizations.services.store import SERVICE
from chalicelib.organizations.store import ORGANIZATION
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.paging import Page
from chalicelib.table.preloaded import Preloaded, within_one_read
from chalicelib.web.request import Request


def order_key(request: Request) -> list[Key | None]:
    """Return the key of the order that the path names."""
    return [key_of(keys.order, request.id)]


def reference_keys(request: Request) -> list[Key | None]:
    """Return the keys of what an order in the body refers to."""
    organization, given = request.organization_id, request.given
    return [
        key_of(keys.member, organization, given.get("creator")),
        key_of(keys.member, organization, given.get("executor")),
        key_of(keys.client, organization, given.get("client")),
        key_of(keys.service, organization, given.get("service")),
    ]


def related_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the keys of what is shown with the order that the path names."""
    order = preloaded.get(ORDER, key_of(keys.order, request.id))
    return [] if order is None else list(store.related_keys(order))


def organization_of(request: Request, preloaded: Preloaded) -> int:
    """Return the organization of the order that the path names.

    Raises:
        NotFound: there is no such order.
    """
    order = preloaded.get(ORDER, key_of(keys.order, request.id))
    if order is None:
        raise NotFound
    return order.organization


def order_to_show(call: StaffCall) -> Order:
    """Return the order that the path names.

    Raises:
        NotFound: there is none in the organization that the right is held in.
    """
    return _order(call, NotFound)


def order_to_change(call: StaffCall) -> Order:
    """Return the order that the path names.

    Raises:
        PermissionDenied: there is none in the organization that the right is held in.
    """
    return _order(call, PermissionDenied)


def _order(call: StaffCall, missing: type[DomainError]) -> Order:
    order = call.preloaded.get(ORDER, key_of(keys.order, call.request.id))
    if order is None or order.organization != call.principal.organization.id:
        raise missing
    return order


@frozen
class _Members(Container[int]):
    """The organization's creator and those who accepted to be members, as far as they were read."""

    organization: Organization
    preloaded: Preloaded

    def __contains__(self, user_id: object) -> bool:
        is_creator = user_id == self.organization.creator
        return is_creator or has_accepted(self.preloaded, self.organization.id, user_id)


def references(call: StaffCall) -> dict[str, Container[int]]:
    """Return, for each field of an order that names a record, the ids that it may name."""
    organization, given = call.principal.organization, call.request.given
    client = call.preloaded.get(CLIENT, key_of(keys.client, organization.id, given.get("client")))
    service = call.preloaded.get(SERVICE, key_of(keys.service, organization.id, given.get("service")))
    members = _Members(organization, call.preloaded)
    return {
        "creator": members,
        "executor": members,
        "client": {client.id} if client is not None and not client.deleted else (),
        "service": {service.id} if service is not None and not service.deleted else (),
    }


def list_orders(
    call: StaffCall, order_list: OrderList, filters: OrderFilters, *, viewer: int | None = None
) -> tuple[OrdersWithRelated, Page[Order]]:
    """Return one page of a list with all that is shown with its orders.

    Args:
        call: with the requested page.
        order_list: the list.
        filters: what it is filtered by.
        viewer: for a list across organizations: leave out the orders of organizations that are closed or that
            this user does not belong to.
    """

    def shown_with(order: Order) -> Iterable[Key]:
        yield from store.related_keys(order)
        if viewer is not None:
            yield keys.member(order.organization, viewer)

    found = store.page(order_list, filters, call.page, call.runtime)
    page, to_read = within_one_read(found, shown_with, store.position_after)
    orders = page.items
    if viewer is None:
        preloaded = call.read_to_show(to_read)
    else:
        preloaded = call.read(to_read)
        orders = [order for order in orders if _is_open_to(order.organization, viewer, preloaded)]
    return store.with_related(orders, preloaded), Page(orders, page.next, None)


def _is_open_to(organization_id: int, user_id: int, preloaded: Preloaded) -> bool:
    organization = preloaded.require(ORGANIZATION, keys.organization(organization_id))
    is_creator = user_id == organization.creator
    return (is_creator or has_accepted(preloaded, organization_id, user_id)) and not organization.closed

"""Service orders: create, list, show, change, delete (Orders API document)."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from chalicelib import ids
from chalicelib.accounts.model import User
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import DomainError, NotFound, PermissionDenied
from chalicelib.orders import store as orders
from chalicelib.orders.model import Order, OrderDraft, OrdersWithRelated
from chalicelib.orders.order_code import order_code
from chalicelib.orders.store import OrderFilter, OrderList
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.model import Organization
from chalicelib.organizations.services.model import Service
from chalicelib.runtime import Runtime
from chalicelib.table import id_blocks, keys, optimistic
from chalicelib.table.engine import BATCH_LIMIT, read
from chalicelib.table.keys import Key
from chalicelib.table.paging import Position
from chalicelib.table.snapshot import Snapshot

T = TypeVar("T")


def keys_named_in(body: Mapping[str, Any], organization_id: int | None) -> list[Key]:
    """Return the keys of the records that a body refers to, so that they are read along with the session."""
    if organization_id is None:
        return []
    key_of = {"creator": keys.member, "executor": keys.member, "client": keys.client, "service": keys.service}
    named = ((key_of[field], ids.parse(body.get(field))) for field in key_of)
    return [to_key(organization_id, number) for to_key, number in named if number is not None]


@dataclass(frozen=True)
class _People(Container[int]):
    """The organization's creator and its members, as far as they were read."""

    organization: Organization
    records: Snapshot

    def __contains__(self, user_id: object) -> bool:
        assert isinstance(user_id, int)
        creator = user_id == self.organization.creator
        return creator or keys.member(self.organization.id, user_id) in self.records


@dataclass(frozen=True)
class _Offered(Container[int]):
    """The organization's clients or services that are not deleted, as far as they were read."""

    record: type[Client] | type[Service]
    organization: Organization
    records: Snapshot

    def __contains__(self, number: object) -> bool:
        assert isinstance(number, int)
        to_key = keys.client if self.record is Client else keys.service
        found = self.records.get(self.record, to_key(self.organization.id, number))
        return found is not None and not found.deleted


def references(principal: StaffPrincipal, records: Snapshot) -> dict[str, Container[int]]:
    """Return, for each field of an order that names a record, the ids that it may name."""
    home = principal.home
    people = _People(home, records)
    return {
        "creator": people,
        "executor": people,
        "client": _Offered(Client, home, records),
        "service": _Offered(Service, home, records),
    }


def create(draft: OrderDraft, *, principal: StaffPrincipal, runtime: Runtime) -> Order:
    """Create an order in the principal's organization.

    Raises:
        Unavailable: DynamoDB is busy or out of reach; the order may exist.
    """
    now = runtime.now()
    number = id_blocks.next_id("order", runtime)
    order = Order(
        id=number,
        order_code=order_code(number),
        organization=principal.home.id,
        founder=principal.home.creator,
        description=draft.description,
        creator=draft.creator,
        executor=draft.executor,
        client=draft.client,
        service=draft.service,
        created_at=now,
        updated_at=now,
    )
    orders.add(order, runtime)
    return order


def list_page(
    listed: OrderList,
    *,
    narrowed: OrderFilter,
    limit: int,
    after: Position | None,
    known: Snapshot,
    runtime: Runtime,
    viewer: int | None = None,
) -> tuple[OrdersWithRelated, Position | None]:
    """Return one page of a list with all that is shown around its orders, and where the next page starts.

    Args:
        listed: the list.
        narrowed: what it is filtered by.
        limit: how many orders a page may have.
        after: where the page starts, None for the first.
        known: what was read already.
        runtime: the way to wait between tries.
        viewer: of a list over all organizations, the user whom it shows only orders of organizations
            that let the user in.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    page = orders.page(listed, runtime, narrowed=narrowed, limit=limit, after=after)
    shown, wanted = _within_one_read(page.items, viewer)
    following = page.next if len(shown) == len(page.items) else orders.position_behind(shown[-1])
    records = _completed(known, wanted, runtime)
    if viewer is not None:
        shown = [order for order in shown if _lets_in(order.organization, viewer, records)]
    return _shelf(shown, records), following


def _lets_in(organization_id: int, user_id: int, records: Snapshot) -> bool:
    home = _there(records, Organization, keys.organization(organization_id))
    inside = user_id == home.creator or keys.member(organization_id, user_id) in records
    return inside and not home.closed


def _within_one_read(candidates: list[Order], viewer: int | None) -> tuple[list[Order], set[Key]]:
    """Return as many orders as one read can surround, and what to read.

    A hundred orders could name two hundred people. The page then ends earlier, so that the number of calls
    stays the same.
    """
    wanted: set[Key] = set()
    for count, order in enumerate(candidates):
        more = wanted.union(_keys_around(order))
        if viewer is not None:
            more.add(keys.member(order.organization, viewer))
        if len(more) > BATCH_LIMIT:
            return candidates[:count], wanted
        wanted = more
    return candidates, wanted


def _keys_around(order: Order) -> Iterable[Key]:
    yield from (keys.user(number) for number in {order.creator, order.executor, order.founder})
    yield keys.service(order.organization, order.service)
    yield keys.organization(order.organization)


def _shelf(shown: list[Order], records: Snapshot) -> OrdersWithRelated:
    people = {number for order in shown for number in (order.creator, order.executor, order.founder)}
    homes = {order.organization for order in shown}
    services = {(order.organization, order.service) for order in shown}
    return OrdersWithRelated(
        orders=shown,
        users={number: _there(records, User, keys.user(number)) for number in people},
        organizations={number: _there(records, Organization, keys.organization(number)) for number in homes},
        services={pair: _there(records, Service, keys.service(*pair)) for pair in services},
    )


def _there(records: Snapshot, record: type[T], key: Key) -> T:
    found = records.get(record, key)
    assert found is not None, f"an order names {key}, which does not exist"
    return found


def keys_of_order(order_id: int | None) -> list[Key]:
    """Return the key to read for an order that a path names."""
    return [] if order_id is None else [keys.order(order_id)]


def keys_around(order_id: int | None, records: Snapshot) -> Iterable[Key]:
    """Return what to read to show an order that was read."""
    return _keys_around(_read_order(order_id, records, NotFound))


def organization_of(order_id: int | None, records: Snapshot) -> int:
    """Return the organization of an order that was read.

    Raises:
        NotFound: there is no such order.
    """
    return _read_order(order_id, records, NotFound).organization


def order_in(
    principal: StaffPrincipal, order_id: int | None, records: Snapshot, *, missing: type[DomainError]
) -> Order:
    """Return an order of the principal's organization: the only way in which a request gets one.

    Args:
        principal: with the rights held in the organization that the request names.
        order_id: from the path.
        records: what was read along.
        missing: the error when there is no such order in that organization: `NotFound` on order-r,
            `PermissionDenied` on order-ud (spec, "Reading the Orders API document").
    """
    order = _read_order(order_id, records, missing)
    if order.organization != principal.home.id:
        raise missing
    return order


def _read_order(order_id: int | None, records: Snapshot, missing: type[DomainError]) -> Order:
    order = None if order_id is None else records.get(Order, keys.order(order_id))
    if order is None:
        raise missing
    return order


def shelf_of(order: Order, records: Snapshot, runtime: Runtime) -> OrdersWithRelated:
    """Return one order with all that is shown around it, reading what was not read yet.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    return _shelf([order], _completed(records, _keys_around(order), runtime))


def _completed(known: Snapshot, wanted: Iterable[Key], runtime: Runtime) -> Snapshot:
    lacking = [key for key in wanted if key not in known]
    return known | read(lacking, runtime) if lacking else known


def change(order: Order, changes: Mapping[str, Any], *, runtime: Runtime) -> Order:
    """Write changed fields of an order; a change that somebody else makes at the same time is kept.

    Raises:
        PermissionDenied: the order was deleted meanwhile.
        Unavailable: DynamoDB is busy or out of reach, or the order keeps changing.
    """
    if not changes:
        return order

    def write(order: Order) -> Order:
        changed = replace(order, **changes, updated_at=runtime.now(), version=order.version + 1)
        orders.replace(order, changed, runtime)
        return changed

    def read_again() -> Order:
        return _read_order(order.id, read(keys_of_order(order.id), runtime), PermissionDenied)

    return optimistic.write(write, order, read_again, runtime)


def delete(order: Order, *, runtime: Runtime) -> None:
    """Delete an order.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    orders.remove(order.id, runtime)

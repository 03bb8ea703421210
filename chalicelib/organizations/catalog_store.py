"""What an organization works with: its services and its clients."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.services.model import Service
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.engine import query
from chalicelib.table.id_blocks import Reservation
from chalicelib.table.items import ClientItem, Item, ServiceItem
from chalicelib.table.keys import Key
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version, put
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import document, record_of

Thing = Service | Client

T = TypeVar("T", ServiceItem, ClientItem)
Record = TypeVar("Record", Service, Client)

_KEYS: dict[type[Thing], Callable[[int, int], Key]] = {Service: keys.service, Client: keys.client}
_LISTS: dict[type[Thing], Callable[[int], str]] = {Service: keys.services_of, Client: keys.clients_of}


def service_item(service: Service) -> ServiceItem:
    """Return the item that keeps a service."""
    key = keys.service(service.organization, service.id)
    item = ServiceItem(*key, doc=document(service), version=service.version)
    return _listed(item, keys.services_of(service.organization), service)


def client_item(client: Client) -> ClientItem:
    """Return the item that keeps a client."""
    key = keys.client(client.organization, client.id)
    item = ClientItem(*key, doc=document(client), version=client.version)
    return _listed(item, keys.clients_of(client.organization), client)


def _listed(item: T, partition: str, thing: Thing) -> T:
    """Give an item its place in the organization's list; a deleted thing has none."""
    if not thing.deleted:
        item.gsi1pk, item.gsi1sk = partition, keys.by_id(thing.id)
    return item


def item_of(thing: Thing) -> Item:
    """Return the item that keeps a service or a client."""
    return service_item(thing) if isinstance(thing, Service) else client_item(thing)


def key_of(kind: type[Thing], organization_id: int, number: int) -> Key:
    """Return the key of a service or a client."""
    return _KEYS[kind](organization_id, number)


def list_of(kind: type[Thing], organization_id: int) -> str:
    """Return the index partition of an organization's services or clients."""
    return _LISTS[kind](organization_id)


def add(thing: Thing, runtime: Runtime) -> None:
    """Write a new service or client.

    Raises:
        Refused: the id is taken.
        Unavailable: DynamoDB is busy or out of reach.
    """
    put(item_of(thing), absent(), runtime)


def add_with_block(thing: Thing, block: Reservation, runtime: Runtime) -> None:
    """Write a new service or client and reserve the block of ids that its id begins.

    Raises:
        Refused: somebody else reserved the block since the counter was read.
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("thing", item_of(thing), absent())
    block.write(work)
    work.commit()
    block.keep()


def replace(read: Thing, changed: Thing, runtime: Runtime) -> None:
    """Write a changed service or client over the one that was read.

    Raises:
        Refused: somebody else changed it in between.
        Unavailable: DynamoDB is busy or out of reach.
    """
    put(item_of(changed), at_version(read.version), runtime)


def page(
    kind: type[Record], organization_id: int, runtime: Runtime, *, limit: int, after: Position | None
) -> Page[Record]:
    """Read one page of an organization's services or clients, in the order of ids, in one call.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    partition = list_of(kind, organization_id)
    found = query(partition, runtime, index="gsi1", limit=limit, after=after, newest_first=False)
    return Page([record_of(item) for item in found.items], found.next, found.previous)

"""Catalog entries in the table: by organization and id, and in a list in the order of ids."""

from collections.abc import Callable
from typing import Generic, TypeVar

from chalicelib.frozen import frozen
from chalicelib.organizations.clients.model import Client
from chalicelib.organizations.services.model import Service
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.items import Item
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.queries import page_of_index
from chalicelib.table.unit_of_work import UnitOfWork, absent, at_version

CatalogEntry = TypeVar("CatalogEntry", Service, Client)


@frozen
class Catalog(Generic[CatalogEntry]):
    """One kind of entry: how it is stored, and the index partition that lists those not deleted."""

    kind: DocumentKind[CatalogEntry]
    item: type[Item]
    key: Callable[[int, int], Key]
    partition: Callable[[int], str]

    def item_of(self, entry: CatalogEntry) -> Item:
        """Return the item that keeps an entry."""
        item = self.item(
            *self.key(entry.organization, entry.id),
            doc=self.kind.to_document(entry),
            version=entry.version,
        )
        if not entry.deleted:
            item.gsi1pk, item.gsi1sk = self.partition(entry.organization), keys.by_id(entry.id)
        return item

    def add(self, work: UnitOfWork, entry: CatalogEntry) -> None:
        """Write a new entry."""
        work.put(self.item_of(entry), absent())

    def replace(self, work: UnitOfWork, before: CatalogEntry, after: CatalogEntry) -> None:
        """Write a changed entry over the one that was read."""
        work.put(self.item_of(after), at_version(before.version))

    def page(self, organization_id: int, page_request: PageRequest, runtime: Runtime) -> Page[CatalogEntry]:
        """Read one page of an organization's entries, in one call."""
        return page_of_index(
            "gsi1",
            self.partition(organization_id),
            self.kind.decode,
            page_request,
            runtime,
            newest_first=False,
        )

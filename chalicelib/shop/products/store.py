"""Products: by uuid, in lists, and found by the words of their names; and their stock."""

import json
from typing import Any

from chalicelib.errors import DomainError
from chalicelib.runtime import Runtime
from chalicelib.shop.products.model import Product, StockChange, word_starts
from chalicelib.table import counts, keys
from chalicelib.table.codec import AttributeKind, DocumentKind, Raw
from chalicelib.table.counts import Count
from chalicelib.table.items import ProductItem, SearchEntryItem, StockChangeItem, StockItem
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.queries import all_of_partition, page_of_index
from chalicelib.table.unit_of_work import UnitOfWork, absent, at_version

PRODUCT = DocumentKind(
    "product",
    Product,
    "uuid",
    "name",
    "description",
    "price",
    "product_type",
    "status",
    "created_at",
    "withdrawn",
    "version",
)


class _SearchEntryKind(DocumentKind[Product]):
    """A listed product under one of its words; what the key already holds is not stored again."""

    def decode(self, raw: Raw) -> Product:
        """Return the product that is found."""
        created_at, uuid = keys.product_of_search_entry(raw["sk"]["S"])
        document: dict[str, Any] = json.loads(raw["doc"]["S"])
        shown = {name: document[name] for name in self.stored}
        return Product(uuid=uuid, created_at=created_at, product_type=raw["product_type"]["S"], **shown)


SEARCH_ENTRY = _SearchEntryKind("search-entry", Product, "name", "description", "price", "status")

# The stock is an item of its own, so that a sale rewrites one small item and no index entry. Each change
# that an administrator makes is kept: the sum of the changes = available + in buckets + sold can be checked
# product by product.
STOCK = AttributeKind[int]("stock", lambda available: available, available=int)
STOCK_CHANGE = DocumentKind("stock-change", StockChange, "delta", "changed_at", "changed_by", "reason")


def item_of(product: Product) -> ProductItem:
    """Return the item that keeps a product; a withdrawn one is on no public list."""
    sort_key = keys.by_creation(product.created_at, product.uuid)
    item = ProductItem(
        *keys.product(product.uuid),
        doc=PRODUCT.to_document(product),
        version=product.version,
        gsi3pk=keys.all_products(),
        gsi3sk=sort_key,
    )
    if not product.withdrawn:
        item.gsi1pk, item.gsi1sk = keys.listed_products(), sort_key
        item.gsi2pk, item.gsi2sk = keys.listed_products_of_type(product.product_type), sort_key
    return item


def search_entries(product: Product | None) -> dict[Key, SearchEntryItem]:
    """Return the items by which a product is found; each holds it, so that a search need not read it."""
    if product is None or product.withdrawn:
        return {}
    starts = word_starts(product.name)
    found = (keys.search_entry(start, product.created_at, product.uuid) for start in starts)
    document = SEARCH_ENTRY.to_document(product)
    return {key: SearchEntryItem(*key, doc=document, product_type=product.product_type) for key in found}


def add(work: UnitOfWork, product: Product, first_stock: StockChange) -> None:
    """Write a new product with its first stock."""
    work.put(item_of(product), absent())
    _add_stock(work, product.uuid, first_stock)
    _write_lists(work, None, product)


def replace(work: UnitOfWork, before: Product, after: Product) -> None:
    """Write a changed (or withdrawn) product over the one that was read."""
    work.put(item_of(after), at_version(before.version))
    _write_lists(work, before, after)


def ensure_unchanged(work: UnitOfWork, product: Product) -> None:
    """Let the other writes happen only while a product is as it was read: its price, and on the list."""
    work.check(keys.product(product.uuid), at_version(product.version))


def _write_lists(work: UnitOfWork, before: Product | None, after: Product) -> None:
    """Write what changes in the search and in the counts of lists."""
    old_entries, new_entries = search_entries(before), search_entries(after)
    for key in old_entries.keys() - new_entries.keys():
        work.delete(key)
    for item in new_entries.values():
        work.put(item, None)
    old_counts, new_counts = _counts(before), _counts(after)
    left = [(count, -1) for count in old_counts if count not in new_counts]
    joined = [(count, 1) for count in new_counts if count not in old_counts]
    for count, change in [*left, *joined]:
        counts.add(work, count, after.uuid, {counts.TOTAL: change})


def _counts(product: Product | None) -> list[Count]:
    if product is None or product.withdrawn:
        return []
    return [counts.products(), counts.products(product.product_type)]


def page(product_type: str | None, page_request: PageRequest, runtime: Runtime) -> Page[Product]:
    """Read one page of the products on the list, of one type or all, oldest first, in one call."""
    index, partition = "gsi1", keys.listed_products()
    if product_type is not None:
        index, partition = "gsi2", keys.listed_products_of_type(product_type)
    return page_of_index(index, partition, PRODUCT.decode, page_request, runtime, newest_first=False)


def search(start: str, product_type: str | None, runtime: Runtime) -> dict[str, Raw]:
    """Return the entry of each product with a word that begins like this, by its place in the list.

    One call looks through a megabyte: some 4,000 entries, each product once or twice among them.
    """
    entries = all_of_partition(*keys.search_entries(start), runtime)
    if product_type is not None:
        entries = [entry for entry in entries if entry["product_type"]["S"] == product_type]
    places = {keys.by_creation(*keys.product_of_search_entry(entry["sk"]["S"])): entry for entry in entries}
    return {place: places[place] for place in sorted(places)}


def available_stock(preloaded: Preloaded, product_uuid: str) -> int:
    """Return what can be bought of a product that exists."""
    return preloaded.require(STOCK, keys.stock(product_uuid))


def _add_stock(work: UnitOfWork, product_uuid: str, first: StockChange) -> None:
    """Write the first stock of a new product."""
    work.put(StockItem(*keys.stock(product_uuid), available=first.delta), absent())
    _add_stock_change(work, product_uuid, first)


def change_stock(work: UnitOfWork, product_uuid: str, before: int, changed: StockChange) -> None:
    """Change a stock from what was read."""
    item = StockItem(*keys.stock(product_uuid))
    work.update(item, [StockItem.available.add(changed.delta)], StockItem.available == before)
    _add_stock_change(work, product_uuid, changed)


def _add_stock_change(work: UnitOfWork, product_uuid: str, changed: StockChange) -> None:
    key = keys.stock_change(product_uuid, changed.changed_at, work.id)
    work.put(StockChangeItem(*key, doc=STOCK_CHANGE.to_document(changed)), absent())


def take_stock(
    work: UnitOfWork, product_uuid: str, quantity: int, otherwise: DomainError | None = None
) -> None:
    """Take a quantity off the stock, if there is enough; a negative one is given back.

    Args:
        work: writes it.
        product_uuid: the product.
        quantity: how much.
        otherwise: the error if there is not enough; None to run the request again.
    """
    item = StockItem(*keys.stock(product_uuid))
    enough = StockItem.available >= max(quantity, 0)
    work.update(item, [StockItem.available.add(-quantity)], enough, otherwise)

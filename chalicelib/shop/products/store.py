"""Products, their stock, its ledger, and the search by name.

The stock is an item of its own, so that a sale rewrites one small item and no index entry. Each
administrator's change of it leaves a receipt: received = available + in buckets + sold can be checked product
by product.
"""

from collections.abc import Iterable

from chalicelib.runtime import Runtime
from chalicelib.shop.products.model import Product
from chalicelib.shop.products.search import word_starts
from chalicelib.table import keys
from chalicelib.table import old_counts as tallies
from chalicelib.table.codec import DocumentKind
from chalicelib.table.counts import Count
from chalicelib.table.engine import begins_with, query
from chalicelib.table.items import ProductItem, ReceiptItem, StockItem, WordItem
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import Snapshot, document, record_of

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


def item_of(product: Product) -> ProductItem:
    """Return the item that keeps a product; a withdrawn one is on no public list."""
    key, listed = keys.product(product.uuid), keys.by_creation(product.created_at, product.uuid)
    item = ProductItem(
        *key,
        doc=document(product),
        version=product.version,
        gsi3pk=keys.every_product(),
        gsi3sk=listed,
    )
    if not product.withdrawn:
        item.gsi1pk, item.gsi1sk = keys.catalogue(), listed
        item.gsi2pk, item.gsi2sk = keys.catalogue_of_type(product.product_type), listed
    return item


def _words(product: Product | None) -> dict[keys.Key, WordItem]:
    if product is None or product.withdrawn:
        return {}
    found = (keys.word(start, product.created_at, product.uuid) for start in word_starts(product.name))
    return {key: WordItem(*key, product_type=product.product_type) for key in found}


def add(product: Product, quantity: int, receipt: dict[str, str], runtime: Runtime) -> None:
    """Create a product with its first stock.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("product", item_of(product), absent())
    work.put("stock", StockItem(*keys.stock(product.uuid), available=quantity), absent())
    _write_receipt(work, product.uuid, quantity, receipt)
    _list(work, None, product)
    work.commit()


def replace(stored: Product, changed: Product, runtime: Runtime) -> None:
    """Write a changed (or withdrawn) product over the one that was read, with its place in lists and search.

    Raises:
        Refused: somebody else changed it in between (`product`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    work.put("product", item_of(changed), at_version(stored.version))
    _list(work, stored, changed)
    work.commit()


def _list(work: UnitOfWork, before: Product | None, after: Product) -> None:
    """Add to a transaction what changes in the search and the counts."""
    old, new = _words(before), _words(after)
    for key in old.keys() - new.keys():
        work.delete(f"word {key.sk}", old[key])
    for key, item in new.items():
        if key not in old or old[key].product_type != item.product_type:
            work.put(f"word {key.sk}", item, None)
    lists: dict[Count, int] = {}
    for product, change in ((before, -1), (after, 1)):
        if product is not None and not product.withdrawn:
            for count in (tallies.of_products(None), tallies.of_products(product.product_type)):
                lists[count] = lists.get(count, 0) + change
    for count, change in lists.items():
        if change:
            tallies.count(work, count, after.uuid, {tallies.TOTAL: change})


def receive(product_uuid: str, available: int, delta: int, receipt: dict[str, str], runtime: Runtime) -> None:
    """Change what can be bought from what was read, leaving a receipt.

    Raises:
        Refused: the stock is not what was read any more (`stock`).
        Unavailable: DynamoDB is busy or out of reach.
    """
    work = UnitOfWork(runtime)
    item = StockItem(*keys.stock(product_uuid))
    work.update("stock", item, [StockItem.available.add(delta)], StockItem.available == available)
    _write_receipt(work, product_uuid, delta, receipt)
    work.commit()


def _write_receipt(work: UnitOfWork, product_uuid: str, delta: int, receipt: dict[str, str]) -> None:
    key = keys.receipt(product_uuid, receipt["at"], work.id)
    work.put("receipt", ReceiptItem(*key, delta=delta, doc=receipt), absent())


def take(work: UnitOfWork, product_uuid: str, quantity: int) -> None:
    """Add to a transaction that stock is taken, if there is so much; a negative quantity gives back."""
    item = StockItem(*keys.stock(product_uuid))
    enough = StockItem.available >= max(quantity, 0)
    work.update(f"stock {product_uuid}", item, [StockItem.available.add(-quantity)], enough)


def available(snapshot: Snapshot, product_uuid: str) -> int:
    """Return what can be bought of a product, from a snapshot that holds its stock's key."""
    item = snapshot.item(keys.stock(product_uuid))
    return int(item.available) if isinstance(item, StockItem) else 0


def page(product_type: str | None, runtime: Runtime, *, limit: int, after: Position | None) -> Page[Product]:
    """Read one page of the products on the list, of one type or all, oldest first, in one call.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    index, partition = ("gsi1", keys.catalogue())
    if product_type is not None:
        index, partition = ("gsi2", keys.catalogue_of_type(product_type))
    found = query(partition, runtime, index=index, limit=limit, after=after, newest_first=False)
    return Page([record_of(item) for item in found.items], found.next, found.previous)


def search(start: str, product_type: str | None, runtime: Runtime) -> list[tuple[str, str]]:
    """Return the creation moment and uuid of each product with a word that begins like this, oldest first.

    Entries are small: one call looks through some 8,000 of them, each product once or twice among them.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    raw = begins_with(keys.words_partition(start), keys.words_prefix(start), runtime)
    return sorted({keys.product_in_word(entry["sk"]["S"]) for entry in raw if _is_of(entry, product_type)})


def _is_of(entry: dict[str, dict[str, str]], product_type: str | None) -> bool:
    return product_type is None or entry["product_type"]["S"] == product_type


def stock_keys(product_uuids: Iterable[str]) -> list[keys.Key]:
    """Return the keys of the stocks of products."""
    return [keys.stock(uuid) for uuid in product_uuids]

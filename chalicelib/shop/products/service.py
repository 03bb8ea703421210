"""The list of products and the search in it (Customer API document, "Product list")."""

from collections.abc import Iterable

from chalicelib.errors import NotFound
from chalicelib.runtime import Runtime
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product
from chalicelib.shop.products.search import normalized
from chalicelib.table import keys
from chalicelib.table import old_counts as tallies
from chalicelib.table.engine import BATCH_LIMIT, read
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position, slice_of
from chalicelib.table.snapshot import Snapshot

_LONGEST_TYPE = 50
_LONGEST_START = 150  # a name of 50 characters, each of which can become three without case

Offer = tuple[Product, int]  # a product, and how much of it can still be bought


def list_page(
    name: str, product_type: str, *, limit: int, after: Position | None, runtime: Runtime
) -> tuple[Page[Offer], int]:
    """Return one page of the products that match, oldest first, and how many match in all.

    Args:
        name: the beginning of any word of the name, without case; blank for no filter.
        product_type: the type as it is written; blank for no filter.
        limit: how many the page may have.
        after: where it starts, None for the first page.
        runtime: the way to wait between tries.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    only_type = product_type or None
    start = normalized(name)
    if len(start) > _LONGEST_START or len(product_type) > _LONGEST_TYPE:
        return Page([], None, None), 0
    if start:
        return _search(start, only_type, limit, after, runtime)
    page = products.page(only_type, runtime, limit=limit, after=after)
    tally = tallies.of_products(only_type)
    stocks = products.stock_keys(product.uuid for product in page.items)
    records = _read_all([*tallies.tally_keys(tally), *stocks], limit + 1, runtime)
    return _offers(page, records), tallies.counted(records, tally)


def _search(
    start: str, product_type: str | None, limit: int, after: Position | None, runtime: Runtime
) -> tuple[Page[Offer], int]:
    matches = products.search(start, product_type, runtime)
    found = slice_of(matches, limit, after, lambda match: keys.by_creation(*match))
    uuids = [uuid for _, uuid in found.items]
    wanted = [*map(keys.product, uuids), *products.stock_keys(uuids)]
    records = _read_all(wanted, 2 * limit, runtime)
    described = (records.get(Product, keys.product(uuid)) for uuid in uuids)
    # The search entry may be a moment older than a withdrawal.
    listed = [product for product in described if product is not None and not product.withdrawn]
    return _offers(Page(listed, found.next, found.previous), records), len(matches)


def _offers(page: Page[Product], records: Snapshot) -> Page[Offer]:
    offers = [(product, products.available(records, product.uuid)) for product in page.items]
    return Page(offers, page.next, page.previous)


def _read_all(wanted: list[Key], most: int, runtime: Runtime) -> Snapshot:
    """Read keys in one call, or in two halves where a page of this size could need more than one call takes.

    That goes by the page size that was asked for, never by how much there is.
    """
    if most <= BATCH_LIMIT:
        return read(wanted, runtime) if wanted else Snapshot({})
    middle = (len(wanted) + 1) // 2
    return _read_half(wanted[:middle], runtime) | _read_half(wanted[middle:], runtime)


def _read_half(wanted: list[Key], runtime: Runtime) -> Snapshot:
    return read(wanted or [keys.product("none")], runtime)  # DynamoDB refuses a read of no keys


def product_keys(uuid: str | None) -> Iterable[Key]:
    """Return the keys of a product and its stock."""
    return [] if uuid is None else [keys.product(uuid), keys.stock(uuid)]


def show(uuid: str | None, *, runtime: Runtime) -> Offer:
    """Return a product on the list.

    Raises:
        NotFound: there is none.
        Unavailable: DynamoDB is busy or out of reach.
    """
    if uuid is None:
        raise NotFound
    return offer_in(uuid, read(product_keys(uuid), runtime))


def offer_in(uuid: str | None, records: Snapshot) -> Offer:
    """Return a product on the list, from records that hold its keys.

    Raises:
        NotFound: there is none.
    """
    product = records.get(Product, keys.product(uuid)) if uuid is not None else None
    if product is None or product.withdrawn:
        raise NotFound
    return product, products.available(records, product.uuid)

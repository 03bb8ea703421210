"""The list of products and the search in it (Customer API document, "Product list")."""

from typing import Any

from chalicelib import texts
from chalicelib.errors import NotFound
from chalicelib.shop.products import stock, store
from chalicelib.shop.products.inputs import ProductFilters
from chalicelib.shop.products.model import Product, ProductWithStock
from chalicelib.shop.products.store import PRODUCT
from chalicelib.table import counts, keys
from chalicelib.table.engine import BATCH_LIMIT
from chalicelib.table.keys import Key, key_of
from chalicelib.table.paging import Page, page_of_sequence
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call
from chalicelib.web.request import Request


def product_keys(request: Request) -> list[Key | None]:
    """Return the keys of the product that the path names and of its stock."""
    return [key_of(keys.product, request.uuid), key_of(keys.stock, request.uuid)]


def product_of_path(call: Call[Any]) -> ProductWithStock:
    """Return the product that the path names.

    Raises:
        NotFound: there is none on the list.
    """
    product = call.preloaded.get(PRODUCT, key_of(keys.product, call.request.uuid))
    if product is None or product.withdrawn:
        raise NotFound
    return ProductWithStock(product, stock.available(call.preloaded, product.uuid))


def list_products(call: Call[Any], filters: ProductFilters) -> tuple[Page[ProductWithStock], int]:
    """Return one page of the products that match, oldest first, and how many match in all."""
    start = texts.words_compared(filters.name or "")
    if start:
        return _search(call, start, filters.type)
    page = store.page(filters.type, call.page, call.runtime)
    count = counts.products(filters.type)
    to_read = [*counts.count_keys(count), *(keys.stock(product.uuid) for product in page.items)]
    preloaded = _read(call, to_read, most=call.page.limit + 1)
    return _with_stock(page, preloaded), counts.counted(preloaded, count)


def _search(call: Call[Any], start: str, product_type: str | None) -> tuple[Page[ProductWithStock], int]:
    matches = store.search(start, product_type, call.runtime)
    found = page_of_sequence(matches, call.page, lambda match: keys.by_creation(*match))
    uuids = [uuid for _, uuid in found.items]
    to_read = [*map(keys.product, uuids), *map(keys.stock, uuids)]
    preloaded = _read(call, to_read, most=2 * call.page.limit)
    products = (preloaded.get(PRODUCT, keys.product(uuid)) for uuid in uuids)
    # The search entry may be a moment older than a withdrawal.
    listed = [product for product in products if product is not None and not product.withdrawn]
    return _with_stock(Page(listed, found.next, found.previous), preloaded), len(matches)


def _with_stock(page: Page[Product], preloaded: Preloaded) -> Page[ProductWithStock]:
    return page.map(lambda product: ProductWithStock(product, stock.available(preloaded, product.uuid)))


def _read(call: Call[Any], to_read: list[Key], most: int) -> Preloaded:
    """Read keys in one call, or in two halves where a page of this size could need more than one call takes.

    That goes by the page size that was asked for, so that the number of calls does not grow with the data.
    """
    if most <= BATCH_LIMIT:
        return call.read(to_read)
    middle = (len(to_read) + 1) // 2
    call.read(to_read[:middle])
    return call.read(to_read[middle:])

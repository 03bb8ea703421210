"""The list of products and the search in it (Customer API document, "Product list")."""

from typing import Any

from chalicelib import texts
from chalicelib.errors import NotFound
from chalicelib.shop.products import store
from chalicelib.shop.products.model import Product, ProductWithStock
from chalicelib.shop.products.schemas import ProductFilters
from chalicelib.shop.products.store import PRODUCT, SEARCH_ENTRY
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
    found = stocked_product_of_path(call)
    if found.product.withdrawn:
        raise NotFound
    return found


def stocked_product_of_path(call: Call[Any]) -> ProductWithStock:
    """Return the product that the path names, on the list or withdrawn: both have a stock.

    Raises:
        NotFound: there is none.
    """
    product = call.preloaded.get(PRODUCT, key_of(keys.product, call.request.uuid))
    if product is None:
        raise NotFound
    return ProductWithStock(product, store.available_stock(call.preloaded, product.uuid))


def list_products(call: Call[Any], filters: ProductFilters) -> tuple[Page[ProductWithStock], int]:
    """Return one page of the products that match, oldest first, and how many match in all."""
    start = texts.words_to_search(filters.name or "")
    if start:
        return _search(call, start, filters.type)
    page = store.page(filters.type, call.page, call.runtime)
    count = counts.products(filters.type)
    counts_to_read = counts.count_keys(count)
    if call.page.limit == BATCH_LIMIT:  # then their stocks alone fill a call, however many there are
        call.read_to_show(counts_to_read)
    preloaded = call.read_to_show([*counts_to_read, *(keys.stock(product.uuid) for product in page.items)])
    return _with_stock(page, preloaded), counts.counted(preloaded, count)


def _search(call: Call[Any], start: str, product_type: str | None) -> tuple[Page[ProductWithStock], int]:
    matches = store.search(start, product_type, call.runtime)
    page = page_of_sequence(list(matches), call.page, lambda place: place)
    products = page.map(lambda place: SEARCH_ENTRY.decode(matches[place]))
    preloaded = call.read_to_show(keys.stock(product.uuid) for product in products.items)
    return _with_stock(products, preloaded), len(matches)


def _with_stock(page: Page[Product], preloaded: Preloaded) -> Page[ProductWithStock]:
    # One whose stock is not visible yet, or was lost, is left out: it must not take the list from everybody.
    found = ((product, preloaded.get(store.STOCK, keys.stock(product.uuid))) for product in page.items)
    stocked = [ProductWithStock(product, available) for product, available in found if available is not None]
    return Page(stocked, page.next, page.previous)

"""Walks over everything that stock can be in, for commands: lists and partitions, never a scan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from chalicelib.runtime import Runtime
from chalicelib.shop.bucket import store as buckets
from chalicelib.shop.bucket.model import Bucket
from chalicelib.shop.customers import store as customers
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.orders import store as shop_orders
from chalicelib.shop.orders.model import ShopOrder
from chalicelib.shop.products.model import Product
from chalicelib.shop.products.store import PRODUCT, STOCK, STOCK_CHANGE
from chalicelib.table import keys
from chalicelib.table.engine import BATCH_LIMIT
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.preloaded import read
from chalicelib.table.queries import all_of_partition, page_of_index

T = TypeVar("T")


@dataclass(frozen=True)
class Stock:
    """What can be bought of a product, and the sum of the administrators' changes."""

    available: int
    received: int


def every_product(runtime: Runtime) -> Iterator[Product]:
    """Give all products, withdrawn ones too."""
    return _entries(
        lambda page_request: page_of_index("gsi3", keys.all_products(), PRODUCT.decode, page_request, runtime)
    )


def stock_of(product_uuid: str, runtime: Runtime) -> Stock:
    """Return a product's stock and the sum of its changes, one call a megabyte of changes."""
    available = received = 0
    for raw in all_of_partition(keys.stock(product_uuid).pk, "", runtime):
        if raw["kind"]["S"] == STOCK.name:
            available = STOCK.decode(raw)
        elif raw["kind"]["S"] == STOCK_CHANGE.name:
            received += STOCK_CHANGE.decode(raw).delta
    return Stock(available, received)


def every_bucket(runtime: Runtime) -> Iterator[tuple[Customer, Bucket]]:
    """Give all customers and their buckets, empty ones too."""
    for page in _pages(lambda page_request: customers.page(page_request, runtime)):
        preloaded = read((keys.bucket(customer.uuid) for customer in page), runtime)
        yield from ((customer, buckets.bucket_of(preloaded, customer.uuid)) for customer in page)


def every_order(runtime: Runtime) -> Iterator[ShopOrder]:
    """Give all orders of all customers."""
    return _entries(lambda page_request: shop_orders.page(None, page_request, runtime))


def _pages(page_at: Callable[[PageRequest], Page[T]]) -> Iterator[list[T]]:
    page = page_at(PageRequest(BATCH_LIMIT))
    while page.items:
        yield page.items
        if page.next is None:
            return
        page = page_at(PageRequest(BATCH_LIMIT, page.next))


def _entries(page_at: Callable[[PageRequest], Page[T]]) -> Iterator[T]:
    for page in _pages(page_at):
        yield from page

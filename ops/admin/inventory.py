"""Walks over everything that stock can be in, for the reconciliation: lists and partitions, never a scan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from chalicelib.runtime import Runtime
from chalicelib.shop.bucket import store as buckets
from chalicelib.shop.bucket.model import Bucket
from chalicelib.shop.customers import store as customers
from chalicelib.shop.orders import store as shop_orders
from chalicelib.shop.orders.model import ShopOrder
from chalicelib.shop.products.model import Product
from chalicelib.table import keys
from chalicelib.table.engine import BATCH_LIMIT, begins_with, query
from chalicelib.table.items import Item, ReceiptItem, StockItem
from chalicelib.table.paging import Page, PageRequest, Position
from chalicelib.table.preloaded import read
from chalicelib.table.snapshot import record_of

T = TypeVar("T")


@dataclass(frozen=True)
class Stock:
    """What can be bought of a product, and the sum of its ledger of receipts."""

    available: int
    received: int


def every_product(runtime: Runtime) -> Iterator[Product]:
    """Give all products, withdrawn ones too."""
    partition = keys.every_product()
    for page in _pages(lambda at: query(partition, runtime, index="gsi3", limit=BATCH_LIMIT, after=at)):
        yield from (record_of(item) for item in page)


def stock_of(product_uuid: str, runtime: Runtime) -> Stock:
    """Return a product's stock and ledger, one call a megabyte of receipts."""
    key = keys.stock(product_uuid)
    items = [Item.from_raw_data(raw) for raw in begins_with(key.pk, "", runtime)]
    available = sum(int(item.available) for item in items if isinstance(item, StockItem))
    received = sum(int(item.delta) for item in items if isinstance(item, ReceiptItem))
    return Stock(available, received)


def every_bucket(runtime: Runtime) -> Iterator[Bucket]:
    """Give the buckets of all customers, empty ones too."""
    for page in _pages(lambda at: customers.page(PageRequest(BATCH_LIMIT, at), runtime)):
        uuids = [customer.uuid for customer in page]
        preloaded = read(map(keys.bucket, uuids), runtime)
        yield from (buckets.bucket_of(preloaded, uuid) for uuid in uuids)


def every_order(runtime: Runtime) -> Iterator[ShopOrder]:
    """Give all orders of all customers."""
    for page in _pages(lambda at: shop_orders.page(None, runtime, limit=BATCH_LIMIT, after=at)):
        yield from page


def _pages(page_at: Callable[[Position | None], Page[T]]) -> Iterator[list[T]]:
    page = page_at(None)
    while page.items:
        yield page.items
        if page.next is None:
            return
        page = page_at(page.next)

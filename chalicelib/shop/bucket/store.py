"""Buckets: one item a customer, so that an order takes the whole bucket or nothing of it."""

from dataclasses import replace

from chalicelib.shop.bucket.model import Bucket, BucketLine
from chalicelib.shop.products import store as products
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind, RecordsKind
from chalicelib.table.items import BucketItem
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import FINAL, UnitOfWork, at_version

_LINE = DocumentKind("line", BucketLine, "uuid", "product", "quantity", "price", "number", "reserved_at")
LINES = RecordsKind("bucket", _LINE)
"""The lines by product, in the order in which they were put in."""


def bucket_of(preloaded: Preloaded, customer_uuid: str) -> Bucket:
    """Return a customer's bucket; an empty one when nothing was ever put in."""
    key = keys.bucket(customer_uuid)
    return Bucket(customer_uuid, preloaded.get(LINES, key) or {}, preloaded.version(key))


def write(work: UnitOfWork, before: Bucket, after: Bucket) -> None:
    """Write a bucket over the one that was read."""
    item = BucketItem(*keys.bucket(after.customer), doc=LINES.to_document(after.lines), version=after.version)
    work.put(item, at_version(before.version))


def give_back(work: UnitOfWork, bucket: Bucket, *, last: bool = False) -> None:
    """Write an emptied bucket over the one that was read; what was in it goes back on stock.

    Args:
        work: writes it.
        bucket: as it was read.
        last: whether nothing can be put into it any more.
    """
    emptied = bucket.emptied()
    write(work, bucket, replace(emptied, version=FINAL) if last else emptied)
    for line in bucket.lines.values():
        products.take_stock(work, line.product, -line.quantity)

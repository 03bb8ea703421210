"""Buckets: one item a customer, so that an order takes the whole bucket or nothing of it."""

from chalicelib.shop.bucket.model import Bucket, BucketLine
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind, RecordsKind
from chalicelib.table.items import BucketItem
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork, at_version

# By product, in the order in which they were put in.
LINES = RecordsKind("bucket", DocumentKind("line", BucketLine, "uuid", "product", "quantity", "price"))


def bucket_of(preloaded: Preloaded, customer_uuid: str) -> Bucket:
    """Return a customer's bucket; an empty one when nothing was ever put in."""
    key = keys.bucket(customer_uuid)
    return Bucket(customer_uuid, preloaded.get(LINES, key) or {}, preloaded.version(key))


def write(work: UnitOfWork, before: Bucket, after: Bucket) -> None:
    """Write a bucket over the one that was read."""
    item = BucketItem(*keys.bucket(after.customer), doc=LINES.to_document(after.lines), version=after.version)
    work.put(item, at_version(before.version))

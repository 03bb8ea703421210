"""Buckets for those who still read snapshots; see `store.py`."""

from chalicelib.shop.bucket.model import Bucket, BucketLine
from chalicelib.table import keys
from chalicelib.table.items import BucketItem
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, at_version
from chalicelib.table.snapshot import Snapshot, document

SUBJECT = "bucket"


def bucket_of(snapshot: Snapshot, customer_uuid: str) -> Bucket:
    """Return a customer's bucket, from a snapshot that holds its key; an empty one when there is none yet."""
    item = snapshot.item(keys.bucket(customer_uuid))
    if not isinstance(item, BucketItem):
        return Bucket(customer_uuid)
    lines = {product: BucketLine(**line) for product, line in item.doc.items()}
    return Bucket(customer_uuid, lines, int(item.version or 0))


def write(work: UnitOfWork, read: Bucket, changed: Bucket) -> None:
    """Add to a transaction that a bucket is written over the one that was read (subject `bucket`)."""
    lines = {product: document(line) for product, line in changed.lines.items()}
    item = BucketItem(*keys.bucket(changed.customer), doc=lines, version=changed.version)
    work.put(SUBJECT, item, at_version(read.version) if read.version else absent())

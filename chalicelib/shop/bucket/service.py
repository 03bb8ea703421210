"""A customer's bucket: what is put in is reserved at once (Customer API document).

Every movement is one transaction of the bucket and the product's stock. The bucket is conditioned on the
version that was read, the stock on having enough: whoever loses the race for the bucket reads again and
decides anew.
"""

from dataclasses import replace
from typing import Any

from chalicelib import uuids
from chalicelib.auth.principals import CustomerPrincipal
from chalicelib.errors import NotFound
from chalicelib.runtime import Runtime
from chalicelib.shop.bucket import store as buckets
from chalicelib.shop.bucket.model import MOST_BUCKET_LINES, Bucket, BucketLine
from chalicelib.shop.errors import AlreadyInBucket, BucketFull, NotEnoughProducts, ProductNotAvailable
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product
from chalicelib.table import keys, optimistic
from chalicelib.table.engine import Refused, read
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, Position, slice_of
from chalicelib.table.snapshot import Snapshot

_NO_STOCK_IS_LARGER = 10**12


def bucket_key(customer_uuid: str) -> list[Key]:
    """Return the key of a customer's bucket."""
    return [keys.bucket(customer_uuid)]


def keys_to_add(customer_uuid: str, product: Any) -> list[Key]:
    """Return the keys of all that adding a product looks at."""
    named = uuids.parse(product)
    about = [] if named is None else [keys.product(named), keys.stock(named)]
    return [*bucket_key(customer_uuid), *about]


def list_page(
    *, principal: CustomerPrincipal, records: Snapshot, limit: int, after: Position | None
) -> tuple[Page[BucketLine], int]:
    """Return one page of the bucket's lines, as they were put in, and how many there are."""
    numbered = [
        (f"{number:03d}", line)
        for number, line in enumerate(buckets.bucket_of(records, principal.id).lines.values())
    ]
    page = slice_of(numbered, limit, after, lambda entry: entry[0])
    return Page([line for _, line in page.items], page.next, page.previous), len(numbered)


def add(
    product: Any, quantity: int, *, principal: CustomerPrincipal, records: Snapshot, runtime: Runtime
) -> BucketLine:
    """Put a product into the principal's bucket, at its present price.

    Args:
        product: the product's uuid, or whatever was sent for it.
        quantity: how many, at least 1.
        principal: whose bucket.
        records: what was read along, with the keys of `keys_to_add`.
        runtime: chance, and the way to wait between tries.

    Raises:
        AlreadyInBucket, ProductNotAvailable, NotEnoughProducts, BucketFull: as the document's table says.
        Unavailable: DynamoDB is busy or out of reach.
    """
    uuid = uuids.parse(product)

    def put_in(records: Snapshot) -> BucketLine:
        bucket = buckets.bucket_of(records, principal.id)
        value = _ensure_addable(bucket, uuid, quantity, records)
        assert uuid is not None
        line = BucketLine(runtime.new_uuid(), uuid, quantity, value)
        buckets.move(bucket, bucket.with_line(line), uuid, quantity, runtime)
        return line

    wanted = keys_to_add(principal.id, product)
    return optimistic.write(put_in, records, lambda: read(wanted, runtime), runtime)


def _ensure_addable(bucket: Bucket, uuid: str | None, quantity: int, records: Snapshot) -> int:
    """Return the product's price if it can be put in."""
    if uuid in bucket.lines:
        raise AlreadyInBucket
    product = records.get(Product, keys.product(uuid)) if uuid is not None else None
    left = products.available(records, uuid) if uuid is not None else 0
    if product is None or product.withdrawn or left < 1:
        raise ProductNotAvailable
    if quantity > left:
        raise NotEnoughProducts
    if len(bucket.lines) >= MOST_BUCKET_LINES:
        raise BucketFull
    return product.price


def change_quantity(
    line_uuid: str | None,
    quantity: int,
    *,
    principal: CustomerPrincipal,
    records: Snapshot,
    runtime: Runtime,
) -> None:
    """Change a line's quantity, moving just the difference from or to the stock; 0 removes the line.

    Raises:
        NotFound: the principal's bucket has no such line.
        NotEnoughProducts: more is wanted than is left.
        Unavailable: DynamoDB is busy or out of reach.
    """

    def change(records: Snapshot) -> None:
        bucket = buckets.bucket_of(records, principal.id)
        line = bucket.line(line_uuid or "")
        if line is None:
            raise NotFound
        more = quantity - line.quantity
        if more > _NO_STOCK_IS_LARGER:
            raise NotEnoughProducts
        if more:
            _move(bucket, replace(line, quantity=quantity), more, runtime)

    optimistic.write(change, records, lambda: read(bucket_key(principal.id), runtime), runtime)


def _move(bucket: Bucket, line: BucketLine, more: int, runtime: Runtime) -> None:
    try:
        buckets.move(bucket, bucket.with_line(line), line.product, more, runtime)
    except Refused as refused:
        if buckets.SUBJECT in refused.stored:
            raise
        raise NotEnoughProducts from refused

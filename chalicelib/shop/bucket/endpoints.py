"""The customer's bucket: `/api/bucket`."""

from chalicelib.auth.customers import CUSTOMER, CustomerCall
from chalicelib.contract import ADDS
from chalicelib.errors import NotFound
from chalicelib.shop.answers import StatusMessage, ok
from chalicelib.shop.bucket import service, store
from chalicelib.shop.bucket.answers import (
    AddedLine,
    BucketLineObject,
    ChangedLine,
    added_line,
    bucket_line_object,
)
from chalicelib.shop.bucket.inputs import LineChange, NewLine
from chalicelib.shop.bucket.model import BucketLine
from chalicelib.shop.errors import AlreadyInBucket, BucketFull, NotEnoughProducts, ProductNotAvailable
from chalicelib.shop.products import stock
from chalicelib.table.paging import page_of_sequence
from chalicelib.web.endpoint import DELETE, GET, POST, endpoint
from chalicelib.web.paging import Counted, Paging


@endpoint(
    GET,
    "/api/bucket",
    who=CUSTOMER,
    paging=Paging.ENVELOPE,
    own_list=True,
    preload=service.bucket_key,
)
def list_bucket(call: CustomerCall) -> Counted[list[BucketLineObject]]:
    """List what is in my bucket, as it was put in."""
    lines = list(enumerate(service.own_bucket(call).lines.values()))
    page = page_of_sequence(lines, call.page, lambda numbered: f"{numbered[0]:03d}")
    return Counted(page, len(lines), [bucket_line_object(line) for _, line in page.items])


@endpoint(
    POST,
    "/api/bucket",
    who=CUSTOMER,
    takes=NewLine,
    errors=(AlreadyInBucket, ProductNotAvailable, NotEnoughProducts, BucketFull),
    uses=ADDS,
    preload=service.keys_to_add,
)
def add_to_bucket(call: CustomerCall, new: NewLine) -> AddedLine:
    """Put a product into my bucket, which reserves it."""
    bucket = service.own_bucket(call)
    product = service.product_to_add(call, bucket, new)
    line = BucketLine(call.runtime.new_uuid(), product.uuid, new.quantity, product.price)
    store.write(call.work, bucket, bucket.with_line(line))
    stock.take(call.work, product.uuid, new.quantity)
    return added_line(line, bucket.customer)


@endpoint(
    POST,
    "/api/bucket/{uuid}",
    who=CUSTOMER,
    takes=LineChange,
    errors=(NotFound, NotEnoughProducts),
    uses=ADDS,
    preload=service.bucket_key,
)
def change_bucket_line(call: CustomerCall, change: LineChange) -> ChangedLine:
    """Change the quantity of a line; 0 removes it."""
    service.set_quantity(call, change.quantity)
    return {"quantity": change.quantity}


@endpoint(
    DELETE,
    "/api/bucket/{uuid}",
    who=CUSTOMER,
    errors=(NotFound,),
    uses=ADDS,
    preload=service.bucket_key,
)
def remove_bucket_line(call: CustomerCall) -> StatusMessage:
    """Remove a line; its products go back on stock."""
    service.set_quantity(call, 0)
    return ok("product removed")

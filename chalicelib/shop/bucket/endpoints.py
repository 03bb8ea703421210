"""The customer's bucket: `/api/bucket`."""

from chalicelib.auth.customers import CUSTOMER, CustomerCall
from chalicelib.contract import ADDS, CHECKS
from chalicelib.errors import NotFound
from chalicelib.shop.bucket import service
from chalicelib.shop.bucket.schemas import (
    AddedLine,
    BucketLineObject,
    ChangedLine,
    LineChange,
    NewLine,
    added_line,
    bucket_line_object,
)
from chalicelib.shop.errors import AlreadyInBucket, BucketFull, NotEnoughProducts, ProductNotAvailable
from chalicelib.shop.schemas import StatusMessage, ok
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
    lines = service.own_bucket(call).in_order()
    page = page_of_sequence(lines, call.page, lambda line: line.place)
    return Counted(page, len(lines), [bucket_line_object(line) for line in page.items])


@endpoint(
    POST,
    "/api/bucket",
    who=CUSTOMER,
    takes=NewLine,
    errors=(AlreadyInBucket, ProductNotAvailable, NotEnoughProducts, BucketFull),
    uses=ADDS | CHECKS,
    preload=service.keys_to_add,
)
def add_to_bucket(call: CustomerCall, new: NewLine) -> AddedLine:
    """Put a product into my bucket, which reserves it."""
    return added_line(service.put_in(call, new), call.principal.id)


@endpoint(
    POST,
    "/api/bucket/{uuid}",
    who=CUSTOMER,
    takes=LineChange,
    errors=(NotFound, ProductNotAvailable, NotEnoughProducts),
    uses=ADDS | CHECKS,
    preload=service.bucket_key,
    preload_next=service.raised_product_key,
)
def change_bucket_line(call: CustomerCall, change: LineChange) -> ChangedLine:
    """Change the quantity of a line; 0 removes it. What is raised has the product's present price."""
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

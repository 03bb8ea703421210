"""The customer's bucket: `/api/bucket`."""

from collections.abc import Iterable

from chalice.app import Response

from chalicelib import routes, uuids
from chalicelib.shop.bucket import service as buckets
from chalicelib.shop.bucket.answers import added_line, bucket_line_object
from chalicelib.table.keys import Key
from chalicelib.web import envelope
from chalicelib.web.old_endpoint import endpoint
from chalicelib.web.old_request import CustomerRequest
from chalicelib.web.responses import json_response


def _bucket(request: CustomerRequest) -> Iterable[Key]:
    return buckets.bucket_key(request.caller or "")


def _bucket_and_product(request: CustomerRequest) -> Iterable[Key]:
    return buckets.keys_to_add(request.caller or "", request.body.get("product"))


@endpoint(routes.LIST_BUCKET, reads=_bucket)
def list_bucket(request: CustomerRequest) -> Response:
    """List what is in my bucket."""
    asked = envelope.asked(request, request.principal.id)
    page, count = buckets.list_page(
        principal=request.principal, records=request.records, limit=asked.size, after=asked.after
    )
    results = [bucket_line_object(line) for line in page.items]
    return json_response(200, envelope.envelope(request, asked, page, count, results))


@endpoint(routes.ADD_TO_BUCKET, reads=_bucket_and_product)
def add_to_bucket(request: CustomerRequest) -> Response:
    """Put a product into my bucket, which reserves it."""
    from chalicelib.shop import inputs as shop_in

    product, quantity = shop_in.load_bucket_line(request.body)
    line = buckets.add(
        product,
        quantity,
        principal=request.principal,
        records=request.records,
        runtime=request.runtime,
    )
    return json_response(200, added_line(line, request.principal.id))


@endpoint(routes.CHANGE_BUCKET_LINE, reads=_bucket)
def change_bucket_line(request: CustomerRequest) -> Response:
    """Change the quantity of a line; 0 removes it."""
    from chalicelib.shop import inputs as shop_in

    quantity = shop_in.load_quantity(request.body)
    _change(request, quantity)
    return json_response(200, {"quantity": quantity})


@endpoint(routes.REMOVE_BUCKET_LINE, reads=_bucket)
def remove_bucket_line(request: CustomerRequest) -> Response:
    """Remove a line; its products go back on stock."""
    _change(request, 0)
    return json_response(200, {"status": "OK", "message": "product removed"})


def _change(request: CustomerRequest, quantity: int) -> None:
    buckets.change_quantity(
        uuids.parse(request.path["uuid"]),
        quantity,
        principal=request.principal,
        records=request.records,
        runtime=request.runtime,
    )

"""Lines of a bucket as they go out."""

from typing import TypedDict

from chalicelib.shop import money
from chalicelib.shop.bucket.model import BucketLine
from chalicelib.web.values import Money, Uuid


class BucketLineObject(TypedDict):
    """A line of the bucket's list."""

    quantity: int
    product: Uuid
    value: Money
    bucket_uuid: Uuid


class AddedLine(TypedDict):
    """The answer to `POST bucket`: the one place where money is a number, as documented."""

    customer: Uuid
    quantity: int
    product: Uuid
    value: float


class ChangedLine(TypedDict):
    """The answer to `POST bucket/{uuid}`."""

    quantity: int


def bucket_line_object(line: BucketLine) -> BucketLineObject:
    """Return a line of the bucket's list."""
    return {
        "quantity": line.quantity,
        "product": line.product,
        "value": money.text(line.price),
        "bucket_uuid": line.uuid,
    }


def added_line(line: BucketLine, customer_uuid: str) -> AddedLine:
    """Return a line just put in."""
    return {
        "customer": customer_uuid,
        "quantity": line.quantity,
        "product": line.product,
        "value": money.number(line.price),
    }

"""What goes into a bucket, and its lines as they go out (Customer API document)."""

from typing import Annotated, TypedDict

from chalicelib.frozen import frozen
from chalicelib.shop import fields, money
from chalicelib.shop.bucket.model import BucketLine
from chalicelib.web.values import Money, Uuid

_UNBOUNDED = 10**4300  # larger than any number in a JSON body: the real limit is the stock


@frozen(kw_only=True)
class NewLine:
    """A product to put in."""

    quantity: Annotated[int, fields.Integer(1, _UNBOUNDED)]
    product: Annotated[str | None, fields.Uuid()]  # None: what was sent names no product


@frozen(kw_only=True)
class LineChange:
    """The quantity that a line is to have; 0 removes it."""

    quantity: Annotated[int, fields.Integer(0, _UNBOUNDED)]


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

"""Buckets. Money is in cents."""

from dataclasses import field, replace

from chalicelib.frozen import frozen

MAX_BUCKET_LINES = 50


@frozen
class BucketLine:
    """A reserved quantity of a product, at the price of one when it was put in or raised last.

    `number` is the version that the bucket had with the line first: each line has a larger one than all that
    were ever put in before it, whatever was removed since.
    """

    uuid: str
    product: str
    quantity: int
    price: int
    number: int = 0
    reserved_at: str | None = None

    @property
    def place(self) -> str:
        """What lines are listed by, as text."""
        return f"{self.number:019d} {self.uuid}"


@frozen
class Bucket:
    """A customer's bucket: at most one line a product, by construction.

    `version` is 0 if it was never written, or was emptied with the account.
    """

    customer: str
    lines: dict[str, BucketLine] = field(default_factory=dict)
    version: int = 0

    def line(self, uuid: str | None) -> BucketLine | None:
        """Return the line with this uuid."""
        return next((line for line in self.lines.values() if line.uuid == uuid), None)

    def in_order(self) -> list[BucketLine]:
        """Return the lines as they are listed: in the order in which they were put in."""
        return sorted(self.lines.values(), key=lambda line: line.place)

    def with_line(self, line: BucketLine) -> "Bucket":
        """Return the bucket with this line in its product's place; a line of nothing is left out."""
        lines = {product: other for product, other in self.lines.items() if product != line.product}
        if line.quantity:
            # In its old place, so that a changed quantity does not move the line.
            lines = {**self.lines, line.product: line}
        return replace(self, lines=lines, version=self.version + 1)

    def emptied(self) -> "Bucket":
        """Return the bucket after everything in it was ordered."""
        return replace(self, lines={}, version=self.version + 1)

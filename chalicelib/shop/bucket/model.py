"""Buckets. Money is in cents."""

from dataclasses import dataclass, field, replace

MOST_BUCKET_LINES = 50


@dataclass(frozen=True, slots=True)
class BucketLine:
    """A reserved quantity of a product, at the price of one when it was put in."""

    uuid: str
    product: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """A customer's bucket: at most one line a product, by construction; `version` 0 was never written."""

    customer: str
    lines: dict[str, BucketLine] = field(default_factory=dict)
    version: int = 0

    def line(self, uuid: str | None) -> BucketLine | None:
        """Return the line with this uuid."""
        return next((line for line in self.lines.values() if line.uuid == uuid), None)

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

"""The shop's records, and the rules of buckets and orders, in plain Python.

Money is in cents. Moments are text as `times.iso` writes them.
"""

from dataclasses import dataclass, field, replace

from chalicelib.domain.records import Session

NEW = "new"
TO_PAY = "to_pay"
PAID = "paid"
RETURNED = "returned"
ERROR = "error"
STATUSES = (NEW, TO_PAY, PAID, RETURNED, ERROR)

# The one table of allowed transitions: to a status, from these. What is absent is refused.
ALLOWED_FROM: dict[str, tuple[str, ...]] = {
    RETURNED: (NEW, TO_PAY, PAID),  # a customer cancels: the products go back on stock
    PAID: (NEW, TO_PAY),  # an administrator notes the payment; a returned order can't become paid
    ERROR: (NEW, TO_PAY),  # an administrator gives up on it: the products go back on stock
}
RESTOCKING = frozenset({RETURNED, ERROR})

PAYMENTS = frozenset({"cash", "card", "payu"})
PRODUCT_STATUSES = ("new", "promotions", "sales")
MOST_BUCKET_LINES = 50


@dataclass(frozen=True, slots=True)
class Customer:
    """A shop customer; `username` and `email` are unique without case.

    A session is good while it has the account's `generation`, or is the one that began the present generation
    (`kept_session`): so one write ends all other sessions at once.
    """

    uuid: str
    username: str
    email: str
    created_at: str
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    city: str = ""
    password: str = field(default="", repr=False)
    generation: int = 0
    kept_session: int | None = None
    version: int = 1

    def accepts(self, session: Session) -> bool:
        """Tell whether a session of this customer has not been ended by a change of the password."""
        return session.generation == self.generation or session.id == self.kept_session


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold, without how much of it there is; a withdrawn one is off the list."""

    uuid: str
    name: str
    description: str
    price: int
    product_type: str
    status: str
    created_at: str
    withdrawn: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class BucketLine:
    """A reserved quantity of a product, at its price when it was put in."""

    uuid: str
    product: str
    quantity: int
    value: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """A customer's bucket: at most one line a product, by construction; `version` 0 was never written."""

    customer: str
    lines: dict[str, BucketLine] = field(default_factory=dict)
    version: int = 0

    def line(self, uuid: str) -> BucketLine | None:
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


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A product in an order, at the price that the bucket had."""

    uuid: str
    product: str
    quantity: int
    value: int


@dataclass(frozen=True, slots=True)
class ShopOrder:
    """A customer's order."""

    uuid: str
    customer: str
    status: str
    payment: str
    date_created: str
    lines: tuple[OrderLine, ...]
    date_paid: str | None = None
    version: int = 1

    @property
    def sum(self) -> int:
        """Σ value × quantity, in cents."""
        return sum(line.value * line.quantity for line in self.lines)


def may_become(order: ShopOrder, status: str) -> bool:
    """Tell whether an order may go to a status from where it is."""
    return order.status in ALLOWED_FROM[status]

"""Customers' orders and their states. Money is in cents."""

from dataclasses import dataclass

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

"""Customers' orders and their states. Money is in cents."""

from dataclasses import replace

from chalicelib.frozen import frozen
from chalicelib.shop.errors import NotReturnable, WrongState

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


@frozen
class OrderLine:
    """A product in an order, at the price that the bucket had."""

    uuid: str
    product: str
    quantity: int
    price: int


@frozen
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
        """Σ price × quantity, in cents."""
        return sum(line.price * line.quantity for line in self.lines)


def with_status(order: ShopOrder, to: str) -> ShopOrder:
    """Return an order in another status.

    Raises:
        NotReturnable: it is not in a status from which a customer can return it.
        WrongState: it is not in a status from which an administrator can take it there.
    """
    if order.status not in ALLOWED_FROM[to]:
        raise NotReturnable if to == RETURNED else WrongState(ALLOWED_FROM[to])
    return replace(order, status=to, version=order.version + 1)

"""The shop as a few dictionaries: what the specification says, without a table, transactions or HTTP."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Told = tuple[int, Any]

NOT_FOUND: Told = (404, {"message": "not found"})
ALREADY_IN: Told = (409, {"code": 1041, "message": "Product already in bucket"})
NOT_AVAILABLE: Told = (409, {"code": 1042, "message": "Product not avaliable"})
NOT_ENOUGH: Told = (409, {"code": 1043, "message": "not enough products in magazines"})
EMPTY: Told = (409, {"code": 1083, "message": "bucket is empty"})
BELOW_ZERO: Told = (409, {"message": "stock can't fall below 0"})
NOT_RETURNABLE: Told = (
    409,
    {"code": 1003, "message": "only status `new`, `to_pay`, `paid` is avaliable to return"},
)
WRONG_STATE: Told = (409, {"code": 1003, "message": "only status `new`, `to_pay` is avaliable"})
UPDATED: Told = (200, {"status": "OK", "message": "updated"})


@dataclass
class Goods:
    """A product and its stock."""

    uuid: str
    name: str
    price: str
    left: int
    withdrawn: bool = False

    def shown(self) -> dict[str, Any]:
        """Return the product as the list shows it."""
        return {
            "status": "new",
            "name": self.name,
            "description": "",
            "price": self.price,
            "product_type": "rtv",
            "quantity": self.left,
        }

    def shown_alone(self) -> dict[str, Any]:
        """Return the product as its own address shows it."""
        return {"uuid": self.uuid, **self.shown()}


@dataclass
class Placed:
    """An order; its lines are product, quantity, value."""

    uuid: str
    customer: str
    payment: str
    created: str
    lines: list[tuple[str, int, str]]
    status: str = "new"
    paid: str | None = None

    def shown(self) -> dict[str, Any]:
        """Return the order as its list shows it."""
        total = sum(Decimal(value) * quantity for _, quantity, value in self.lines)
        return {
            "order_uuid": self.uuid,
            "status": self.status,
            "date_created": self.created,
            "date_paid": self.paid,
            "sum": f"{total:.2f}",
            "payment": self.payment,
        }


@dataclass
class ShopModel:
    """Customers' buckets (product to quantity and value, in order) and orders, and products, by uuid."""

    products: dict[str, Goods] = field(default_factory=dict)
    buckets: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    orders: dict[str, Placed] = field(default_factory=dict)

    def add(self, customer: str, product: str, quantity: int) -> Told:
        """Put a product in a bucket."""
        bucket, goods = self.buckets[customer], self.products.get(product)
        if product in bucket:
            return ALREADY_IN
        if goods is None or goods.withdrawn or goods.left == 0:
            return NOT_AVAILABLE
        if quantity > goods.left:
            return NOT_ENOUGH
        goods.left -= quantity
        bucket[product] = (quantity, goods.price)
        answer = {"customer": customer, "quantity": quantity, "product": product, "value": float(goods.price)}
        return 200, answer

    def change(self, customer: str, product: str, quantity: int) -> Told:
        """Change a line's quantity; 0 removes it."""
        bucket = self.buckets[customer]
        if product not in bucket:
            return NOT_FOUND
        held, value = bucket[product]
        goods = self.products[product]
        if quantity > held and goods.withdrawn:
            return NOT_AVAILABLE
        if quantity - held > goods.left:
            return NOT_ENOUGH
        goods.left -= quantity - held
        value = goods.price if quantity > held else value
        bucket[product] = (quantity, value)
        if quantity == 0:
            del bucket[product]
        return 200, {"quantity": quantity}

    def remove(self, customer: str, product: str) -> Told:
        """Remove a line."""
        status, body = self.change(customer, product, 0)
        return (200, {"status": "OK", "message": "product removed"}) if status == 200 else (status, body)

    def order(self, customer: str, payment: str, uuid: str, now: str) -> Told:
        """Order a bucket; the order's uuid is what the other shop gave it."""
        bucket = self.buckets[customer]
        if not bucket:
            return EMPTY
        lines = [(product, quantity, value) for product, (quantity, value) in bucket.items()]
        placed = Placed(uuid, customer, payment.lower(), now, lines)
        self.orders[uuid], self.buckets[customer] = placed, {}
        return 200, {**placed.shown(), "customer": customer}

    def cancel(self, customer: str, uuid: str) -> Told:
        """Return an order."""
        placed = self.orders[uuid]
        if placed.customer != customer:
            return NOT_FOUND
        if placed.status not in ("new", "to_pay", "paid"):
            return NOT_RETURNABLE
        self._give_back(placed, "returned")
        return UPDATED

    def _give_back(self, placed: Placed, status: str) -> None:
        placed.status = status
        for product, quantity, _ in placed.lines:
            self.products[product].left += quantity

    def set_paid(self, uuid: str, now: str) -> Told | None:
        """Note a payment; None is the order as it is now."""
        placed = self.orders[uuid]
        if placed.status not in ("new", "to_pay"):
            return WRONG_STATE
        placed.status, placed.paid = "paid", now
        return None

    def set_error(self, uuid: str) -> Told | None:
        """Give up on an order; None is the order as it is now."""
        placed = self.orders[uuid]
        if placed.status not in ("new", "to_pay"):
            return WRONG_STATE
        self._give_back(placed, "error")
        return None

    def stock(self, product: str, *, to: int | None = None, by: int = 0) -> Told:
        """Set or adjust what can be bought."""
        goods = self.products[product]
        left = to if to is not None else goods.left + by
        if left < 0:
            return BELOW_ZERO
        goods.left = left
        return 200, goods.shown_alone()

    def reprice(self, product: str, price: str) -> Told:
        """Change a price."""
        goods = self.products[product]
        if goods.withdrawn:
            return NOT_FOUND
        goods.price = price
        return 200, goods.shown_alone()

    def withdraw(self, product: str) -> int:
        """Take a product off the list and return the status."""
        gone, self.products[product].withdrawn = self.products[product].withdrawn, True
        return 404 if gone else 204

    def listed(self) -> dict[str, Any]:
        """Return the results of the product list."""
        return {uuid: goods.shown() for uuid, goods in self.products.items() if not goods.withdrawn}

    def orders_of(self, customer: str, status: str | None = None) -> list[dict[str, Any]]:
        """Return a customer's orders, newest first."""
        mine = [placed for placed in self.orders.values() if placed.customer == customer]
        return [placed.shown() for placed in reversed(mine) if status in (None, placed.status)]

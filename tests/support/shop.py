"""Customers, products and shop administrators to test with, made by the services that the endpoints call."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from chalicelib.accounts.model import User
from chalicelib.auth import passwords
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.shop.customers import store as customers
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.products import store as products
from chalicelib.shop.products.model import Product, StockChange
from chalicelib.table import keys, preloaded
from chalicelib.table.unit_of_work import UnitOfWork
from tests.support.staff import Staff
from tests.support.world import NOTHING, Answer, World

PASSWORD = "correct horse battery"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Shopper:
    """A signed-in customer, with a verb for each endpoint of the bucket and of orders."""

    world: World = field(repr=False)
    customer: Customer
    token: str = field(repr=False)

    @property
    def uuid(self) -> str:
        """The customer's uuid."""
        return self.customer.uuid

    def call(self, method: str, path: str, body: Any = NOTHING) -> Answer:
        """Send a request as this customer."""
        return self.world.call(method, path, body, token=self.token)

    def add(self, product: Any, quantity: Any = 1) -> Answer:
        """Put a product in the bucket."""
        uuid = product.uuid if isinstance(product, Product) else product
        return self.call("POST", "/api/bucket", {"quantity": quantity, "product": uuid})

    def change(self, line: str, quantity: Any) -> Answer:
        """Change a line's quantity."""
        return self.call("POST", f"/api/bucket/{line}", {"quantity": quantity})

    def remove(self, line: str) -> Answer:
        """Remove a line."""
        return self.call("DELETE", f"/api/bucket/{line}")

    def lines(self) -> list[dict[str, Any]]:
        """Return what is in the bucket, as its list shows it."""
        found: list[dict[str, Any]] = self.call("GET", "/api/bucket?page_size=100").json["results"]
        return found

    def line(self, product: Product, quantity: int = 1) -> str:
        """Put a product in the bucket and return the uuid of its line."""
        added = self.add(product, quantity)
        assert added.status == 200, added.text
        lines = {line["product"]: line["bucket_uuid"] for line in self.lines()}
        return str(lines[product.uuid])

    def order(self, payment: Any = "cash") -> Answer:
        """Order the bucket."""
        return self.call("POST", "/api/orders", {"payment": payment})

    def ordered(self, product: Product, quantity: int = 1) -> str:
        """Order just that and return the order's uuid."""
        self.line(product, quantity)
        placed = self.order()
        assert placed.status == 200, placed.text
        return str(placed.json["order_uuid"])

    def show(self, order: str) -> Answer:
        """Show an order."""
        return self.call("GET", f"/api/orders/{order}")

    def cancel(self, order: str) -> Answer:
        """Cancel an order."""
        return self.call("POST", f"/api/orders/{order}/set_canceled")


@dataclass(frozen=True)
class Administrator:
    """A signed-in staff user with `is_staff`."""

    world: World = field(repr=False)
    user: User
    token: str = field(repr=False)

    def call(self, method: str, path: str, body: Any = NOTHING) -> Answer:
        """Send a request below `/api/admin/` as this user."""
        return self.world.call(method, f"/api/admin/{path}", body, token=self.token)

    def move(self, order: str, step: str, body: Any = NOTHING) -> Answer:
        """Take an order `set_paid` or `set_error`."""
        return self.call("POST", f"orders/{order}/{step}", body)

    def withdraw(self, product: Product) -> None:
        """Take a product off the list."""
        assert self.call("DELETE", f"products/{product.uuid}").status == 204


class Shop:
    """Makes what a world's shop consists of; names and usernames never repeat.

    Args:
        world: where it is.
        staff: what makes people in that world, where something made some already.
    """

    def __init__(self, world: World, staff: Staff | None = None) -> None:
        self.world = world
        self.staff = staff or Staff(world.runtime)

    def administrator(self) -> Administrator:
        """Make an administrator and begin a session."""
        user = self.staff.user(is_staff=True)
        return Administrator(self.world, user, self.world.token(user.id))

    def customer(self, **fields: str) -> Customer:
        """Register a customer; `fields` may say otherwise."""
        runtime, number = self.world.runtime, next(_numbers)
        given: dict[str, Any] = {
            "username": f"customer{number}",
            "email": f"customer{number}@shop.example",
            **fields,
        }
        given["password_hash"] = passwords.hash_password(given.pop("password", PASSWORD), runtime)
        customer = Customer(uuid=runtime.new_uuid(), created_at=runtime.now(), **given)
        work = UnitOfWork(runtime)
        customers.add(work, customer)
        work.commit()
        return customer

    def shopper(self, **fields: str) -> Shopper:
        """Register a customer and begin a session."""
        return self.signed_in(self.customer(**fields))

    def signed_in(self, customer: Customer) -> Shopper:
        """Begin a session of a customer."""
        return Shopper(self.world, customer, self.world.token(customer.uuid, audience=CUSTOMER_AUDIENCE))

    def registered(self, uuid: str) -> Customer:
        """Return a customer as the table has it."""
        key = keys.customer(uuid)
        found = preloaded.read([key], self.world.runtime).get(customers.CUSTOMER_KIND, key)
        assert found is not None
        return found

    def product(self, quantity: int = 10, **fields: Any) -> Product:
        """Put a product on the list, with so much of it; the price is in cents."""
        number, runtime = next(_numbers), self.world.runtime
        given = {
            "uuid": runtime.new_uuid(),
            "name": f"product{number}",
            "description": f"Product number {number}",
            "price": 1_000,
            "product_type": "things",
            "status": "new",
            "created_at": runtime.now(),
            **fields,
        }
        product, work = Product(**given), UnitOfWork(runtime)
        products.add(work, product, StockChange(quantity, runtime.now(), "1", "first stock"))
        work.commit()
        return product

    def left(self, product: Product) -> int:
        """Return how much of a product can still be bought, withdrawn or not."""
        found = preloaded.read([keys.stock(product.uuid)], self.world.runtime)
        return products.available_stock(found, product.uuid)

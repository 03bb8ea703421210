"""The shop's objects as they go out, keys in the Customer API document's order, money as it prints it."""

from typing import Any

from chalicelib.shop import money
from chalicelib.shop.bucket.model import BucketLine
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.orders.model import OrderLine, ShopOrder
from chalicelib.shop.products.model import Product

Json = dict[str, Any]

_PROFILE = ("username", "first_name", "last_name", "email", "phone", "city")


def profile(customer: Customer) -> Json:
    """Return the answer to `PUT profile`."""
    return {name: getattr(customer, name) for name in _PROFILE}


def customer(shown: Customer) -> Json:
    """Return a customer with the uuid."""
    return {"uuid": shown.uuid, **profile(shown)}


def product(shown: Product, quantity: int) -> Json:
    """Return a product of the list, with how much can still be bought."""
    return {
        "status": shown.status,
        "name": shown.name,
        "description": shown.description,
        "price": money.text(shown.price),
        "product_type": shown.product_type,
        "quantity": quantity,
    }


def product_alone(shown: Product, quantity: int) -> Json:
    """Return a product outside a list, with its uuid."""
    return {"uuid": shown.uuid, **product(shown, quantity)}


def bucket_line(shown: BucketLine) -> Json:
    """Return a line of the bucket's list."""
    return {
        "quantity": shown.quantity,
        "product": shown.product,
        "value": money.text(shown.value),
        "bucket_uuid": shown.uuid,
    }


def line_added(shown: BucketLine, customer_uuid: str) -> Json:
    """Return the answer to `POST bucket`: the one place where money is a number, as documented."""
    return {
        "customer": customer_uuid,
        "quantity": shown.quantity,
        "product": shown.product,
        "value": money.number(shown.value),
    }


def order(shown: ShopOrder) -> Json:
    """Return an order as its details begin."""
    return {
        "order_uuid": shown.uuid,
        "status": shown.status,
        "date_created": shown.date_created,
        "date_paid": shown.date_paid,
        "sum": money.text(shown.sum),
        "payment": shown.payment,
    }


def order_with_customer(shown: ShopOrder) -> Json:
    """Return an order as `POST orders` and the administration show it."""
    return {**order(shown), "customer": shown.customer}


def order_lines(shown: ShopOrder) -> list[Json]:
    """Return the lines of an order's details."""
    return [_order_line(line, shown.uuid) for line in shown.lines]


def _order_line(line: OrderLine, order_uuid: str) -> Json:
    return {
        "order_product_uuid": line.uuid,
        "quantity": line.quantity,
        "value": money.text(line.value),
        "order": order_uuid,
        "product": line.product,
    }

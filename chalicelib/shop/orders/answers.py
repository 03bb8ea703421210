"""Customers' orders as they go out, keys in the Customer API document's order."""

from typing import TypedDict

from chalicelib.shop import money
from chalicelib.shop.orders.model import ShopOrder


class ShopOrderObject(TypedDict):
    """An order as its details begin."""

    order_uuid: str
    status: str
    date_created: str
    date_paid: str | None
    sum: str
    payment: str


class ShopOrderWithCustomer(ShopOrderObject):
    """An order as `POST orders` and the administration show it."""

    customer: str


class OrderLineObject(TypedDict):
    """A line of an order's details."""

    order_product_uuid: str
    quantity: int
    value: str
    order: str
    product: str


def shop_order_object(order: ShopOrder) -> ShopOrderObject:
    """Return an order without its lines."""
    return {
        "order_uuid": order.uuid,
        "status": order.status,
        "date_created": order.date_created,
        "date_paid": order.date_paid,
        "sum": money.text(order.sum),
        "payment": order.payment,
    }


def shop_order_with_customer(order: ShopOrder) -> ShopOrderWithCustomer:
    """Return an order with the customer whose it is."""
    return {**shop_order_object(order), "customer": order.customer}


def order_line_objects(order: ShopOrder) -> list[OrderLineObject]:
    """Return the lines of an order."""
    return [
        {
            "order_product_uuid": line.uuid,
            "quantity": line.quantity,
            "value": money.text(line.value),
            "order": order.uuid,
            "product": line.product,
        }
        for line in order.lines
    ]

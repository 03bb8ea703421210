"""Orders and payments as they come in, what lists are filtered by, and orders as they go out."""

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from chalicelib.frozen import frozen
from chalicelib.shop import money
from chalicelib.shop.fields import Moment
from chalicelib.shop.orders.model import PAYMENTS, STATUSES, ShopOrder
from chalicelib.web.fields import Field
from chalicelib.web.query import ChoiceParameter
from chalicelib.web.values import Money, Schema, Time, Uuid


class Payment(Field):
    """A payment in any case; None for anything else."""

    def parse(self, value: Any, body: Mapping[str, Any]) -> Any:
        """Return the payment in lower case."""
        payment = value.lower() if isinstance(value, str) else None
        return payment if payment in PAYMENTS else None

    def schema(self) -> dict[str, Any]:
        """Return the schema of a payment."""
        choices = sorted(PAYMENTS)
        in_any_case = ("".join(f"[{letter}{letter.upper()}]" for letter in choice) for choice in choices)
        return {
            "type": "string",
            "pattern": f"^(?:{'|'.join(in_any_case)})$",
            "description": f"{', '.join(f'`{choice}`' for choice in choices)}; in any case.",
            "examples": choices,
        }


@frozen(kw_only=True)
class NewShopOrder:
    """How the order will be paid; it takes everything in the bucket."""

    payment: Annotated[str | None, Payment(null=True)]  # None: what was sent is not a payment


@frozen(kw_only=True)
class PaymentNote:
    """When an order was paid; the time of the request if absent."""

    date_paid: Annotated[str | None, Moment()] = None


@frozen(kw_only=True)
class OrderFilters:
    """What a list is filtered by."""

    status: Annotated[str | None, ChoiceParameter(STATUSES)] = None


class ShopOrderObject(TypedDict):
    """An order as its details begin."""

    order_uuid: Uuid
    status: Annotated[str, Schema(enum=STATUSES)]
    date_created: Time
    date_paid: Time | None
    sum: Money
    payment: Annotated[str, Schema(enum=sorted(PAYMENTS))]


class ShopOrderWithCustomer(ShopOrderObject):
    """An order as `POST orders` and the administration show it."""

    customer: Uuid


class OrderLineObject(TypedDict):
    """A line of an order's details."""

    order_product_uuid: Uuid
    quantity: int
    value: Money
    order: Uuid
    product: Uuid


ShopOrderDetails = Annotated[
    tuple[ShopOrderObject, list[OrderLineObject]],
    Schema(title="ShopOrderDetails", description="An order, then its lines: an array of the two."),
]
ShopOrderDetailsWithCustomer = Annotated[
    tuple[ShopOrderWithCustomer, list[OrderLineObject]],
    Schema(title="ShopOrderDetailsWithCustomer", description="An order with its customer, then its lines."),
]


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
    """Return an order with its customer."""
    return {**shop_order_object(order), "customer": order.customer}


def _order_line_objects(order: ShopOrder) -> list[OrderLineObject]:
    """Return the lines of an order."""
    return [
        {
            "order_product_uuid": line.uuid,
            "quantity": line.quantity,
            "value": money.text(line.price),
            "order": order.uuid,
            "product": line.product,
        }
        for line in order.lines
    ]


def shop_order_details(order: ShopOrder) -> ShopOrderDetails:
    """Return an order and its lines."""
    return shop_order_object(order), _order_line_objects(order)


def shop_order_details_with_customer(order: ShopOrder) -> ShopOrderDetailsWithCustomer:
    """Return an order with its customer, and its lines."""
    return shop_order_with_customer(order), _order_line_objects(order)

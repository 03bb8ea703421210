"""The shop's bodies as they come in (Customer API document; companion, "Shop")."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from chalicelib.shop.old_fields import Anything, Choice, Integer, Moment, NewPassword, Price, Username
from chalicelib.shop.products.model import PRODUCT_STATUSES
from chalicelib.web.old_fields import Email, Text, load
from chalicelib.web.uniqueness import Unique

MOST_STOCK = 10**9
_HUGE = 10**4300  # more than a JSON body can say: what is more than is left is the shop's business
_NAME_LENGTH = 150
_ANY_PASSWORD = 1024


class _Profile(Schema):
    username = Username(required=True)
    first_name = Text(_NAME_LENGTH, blank=True)
    last_name = Text(_NAME_LENGTH, blank=True)
    email = Email(required=True)
    phone = Text(20, blank=True)
    city = Text(100, blank=True)


class _Registration(_Profile):
    password = NewPassword(required=True)


class _Login(Schema):
    username = Text(_NAME_LENGTH, required=True)
    password = Text(_ANY_PASSWORD, required=True)


class _PasswordChange(Schema):
    username = Text(_NAME_LENGTH, required=True)
    old_password = Text(_ANY_PASSWORD, required=True)
    password = NewPassword(required=True)


class _BucketLine(Schema):
    quantity = Integer(1, _HUGE, required=True)
    product = Anything(required=True)


class _Quantity(Schema):
    quantity = Integer(0, _HUGE, required=True)


class _Order(Schema):
    payment = Anything(required=True, allow_none=True)  # null is a payment that is no text


class _Product(Schema):
    name = Text(50, required=True)
    description = Text(1000, required=True, blank=True)
    price = Price(required=True)
    product_type = Text(50, required=True)
    status = Choice(PRODUCT_STATUSES, required=True)


class _NewProduct(_Product):
    quantity = Integer(0, MOST_STOCK)


class _Stock(Schema):
    quantity = Integer(0, MOST_STOCK, required=True)


class _Adjustment(Schema):
    adjust = Integer(-MOST_STOCK, MOST_STOCK, required=True)
    reason = Text(500, required=True)


class _Payment(Schema):
    date_paid = Moment()


def load_registration(body: Mapping[str, Any], unique: Unique | None = None) -> dict[str, Any]:
    """Return the fields of a customer to register, with `password`; raises ValidationFailed."""
    return load(_Registration, body, unique=unique)


def load_login(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return `username` and `password` of a login; raises ValidationFailed."""
    return load(_Login, body)


def load_profile(body: Mapping[str, Any], unique: Unique | None = None) -> dict[str, Any]:
    """Return the fields of a profile that a PUT sets, without absent ones; raises ValidationFailed."""
    return load(_Profile, body, unique=unique)


def load_password_change(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return `username`, `old_password` and the new `password`; raises ValidationFailed."""
    return load(_PasswordChange, body)


def load_bucket_line(body: Mapping[str, Any]) -> tuple[Any, int]:
    """Return the product (whatever was sent for it) and the quantity to put in; raises ValidationFailed."""
    given = load(_BucketLine, body)
    return given["product"], given["quantity"]


def load_quantity(body: Mapping[str, Any]) -> int:
    """Return the quantity that a line is to have, 0 to remove it; raises ValidationFailed."""
    quantity: int = load(_Quantity, body)["quantity"]
    return quantity


def load_payment(body: Mapping[str, Any]) -> Any:
    """Return what was sent as `payment`; raises ValidationFailed when nothing was."""
    return load(_Order, body)["payment"]


def load_new_product(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a product to create, `price` in cents; raises ValidationFailed."""
    return load(_NewProduct, body)


def load_product(body: Mapping[str, Any], *, partial: bool) -> dict[str, Any]:
    """Return the fields of a product that a PUT (all) or a PATCH (any) sets; raises ValidationFailed."""
    return load(_Product, body, partial=partial)


def load_stock(body: Mapping[str, Any]) -> int:
    """Return how much is to be bought from now on; raises ValidationFailed."""
    quantity: int = load(_Stock, body)["quantity"]
    return quantity


def load_adjustment(body: Mapping[str, Any]) -> tuple[int, str]:
    """Return by how much the stock changes, and why; raises ValidationFailed."""
    given = load(_Adjustment, body)
    return given["adjust"], given["reason"]


def load_date_paid(body: Mapping[str, Any]) -> str | None:
    """Return when an order was paid, None for now; raises ValidationFailed."""
    return load(_Payment, body).get("date_paid")

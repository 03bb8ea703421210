"""The shop's bodies as they come in (Customer API document; companion, "Shop")."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from chalicelib.shop.old_fields import Anything, Integer, NewPassword, Username
from chalicelib.web.old_fields import Email, Text, load
from chalicelib.web.uniqueness import Unique

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

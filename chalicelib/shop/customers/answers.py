"""Customers as they go out, keys in the Customer API document's order."""

from typing import TypedDict

from chalicelib.auth.tokens import TokenPair
from chalicelib.shop.customers.model import Customer


class ProfileObject(TypedDict):
    """The answer to `PUT profile`."""

    username: str
    first_name: str
    last_name: str
    email: str
    phone: str
    city: str


class CustomerObject(TypedDict):
    """A customer: the uuid, then the profile."""

    uuid: str
    username: str
    first_name: str
    last_name: str
    email: str
    phone: str
    city: str


class Tokens(TypedDict):
    """The answer to `POST token/refresh`; `expired_at` is in seconds from now."""

    access: str
    refresh: str
    expired_at: int


class LoggedIn(Tokens):
    """The answer to `POST login`."""

    status: str
    user: str


class ChangedPassword(TypedDict):
    """The answer to `PUT setpassword`; the password is its hash, most of it hidden."""

    password: str
    username: str


def profile_object(customer: Customer) -> ProfileObject:
    """Return a customer's profile."""
    return {
        "username": customer.username,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
        "city": customer.city,
    }


def customer_object(customer: Customer) -> CustomerObject:
    """Return a customer."""
    return {"uuid": customer.uuid, **profile_object(customer)}


def tokens(pair: TokenPair) -> Tokens:
    """Return a pair of tokens."""
    return {"access": pair.access, "refresh": pair.refresh, "expired_at": pair.expires_in}

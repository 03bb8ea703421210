"""Customers as they go out, keys in the Customer API document's order."""

from typing import TypedDict

from chalicelib.auth.tokens import TokenPair
from chalicelib.shop.customers.model import Customer
from chalicelib.web.values import EmailAddress, Uuid


class ProfileObject(TypedDict):
    """The answer to `PUT profile`."""

    username: str
    first_name: str
    last_name: str
    email: EmailAddress
    phone: str
    city: str


class CustomerObject(TypedDict):
    """A customer: the uuid, then the profile."""

    uuid: Uuid
    username: str
    first_name: str
    last_name: str
    email: EmailAddress
    phone: str
    city: str


class CustomerTokens(TypedDict):
    """A pair of tokens; `expired_at` is the access token's lifetime in seconds."""

    access: str
    refresh: str
    expired_at: int


class LoggedIn(TypedDict):
    """The answer to `POST login`: the customer's uuid, and a pair of tokens."""

    status: str
    user: Uuid
    access: str
    refresh: str
    expired_at: int


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


def tokens(pair: TokenPair) -> CustomerTokens:
    """Return a pair of tokens."""
    return {"access": pair.access, "refresh": pair.refresh, "expired_at": pair.expires_in}

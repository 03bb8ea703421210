"""Customers as they come in, what the list of them can be filtered by, and customers as they go out."""

from dataclasses import field
from typing import Annotated, TypedDict

from chalicelib.auth.tokens import TokenPair
from chalicelib.frozen import frozen
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.fields import NewPassword, Username
from chalicelib.web.contact_fields import Email
from chalicelib.web.fields import UNSET, Secret, Text, Unset
from chalicelib.web.query import Parameter
from chalicelib.web.values import EmailAddress, Uuid

_NAME_LENGTH = 150


@frozen(kw_only=True)
class Profile:
    """A profile; of the optional fields, those that are not given stay as they are."""

    username: Annotated[str, Username()]
    first_name: Annotated[str | Unset, Text(_NAME_LENGTH, blank=True)] = UNSET
    last_name: Annotated[str | Unset, Text(_NAME_LENGTH, blank=True)] = UNSET
    email: Annotated[str, Email()]
    phone: Annotated[str | Unset, Text(20, blank=True)] = UNSET
    city: Annotated[str | Unset, Text(100, blank=True)] = UNSET


@frozen(kw_only=True)
class Registration(Profile):
    """A customer to register."""

    password: Annotated[str, NewPassword()] = field(repr=False)


@frozen(kw_only=True)
class Login:
    """The credentials of a customer."""

    username: Annotated[str, Text(_NAME_LENGTH)]
    password: Annotated[str, Secret()] = field(repr=False)


@frozen(kw_only=True)
class PasswordChange:
    """The credentials of a customer, and the new password."""

    username: Annotated[str, Text(_NAME_LENGTH)]
    old_password: Annotated[str, Secret()] = field(repr=False)
    password: Annotated[str, NewPassword()] = field(repr=False)


@frozen(kw_only=True)
class CustomerFilters:
    """What the list of customers is filtered by; None does not filter."""

    username: Annotated[str | None, Parameter()] = None
    email: Annotated[str | None, Parameter()] = None


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

"""Customers as they come in, and what the list of them can be filtered by."""

from dataclasses import dataclass, field
from typing import Annotated

from chalicelib.shop.fields import NewPassword, Username
from chalicelib.web.contact_fields import Email
from chalicelib.web.fields import UNSET, Secret, Text, Unset
from chalicelib.web.query import Parameter

_NAME_LENGTH = 150


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A profile; of the optional fields, those that are not given stay as they are."""

    username: Annotated[str, Username()]
    first_name: Annotated[str | Unset, Text(_NAME_LENGTH, blank=True)] = UNSET
    last_name: Annotated[str | Unset, Text(_NAME_LENGTH, blank=True)] = UNSET
    email: Annotated[str, Email()]
    phone: Annotated[str | Unset, Text(20, blank=True)] = UNSET
    city: Annotated[str | Unset, Text(100, blank=True)] = UNSET


@dataclass(frozen=True, kw_only=True)
class Registration(Profile):
    """A customer to register."""

    password: Annotated[str, NewPassword()] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Login:
    """The credentials of a customer."""

    username: Annotated[str, Text(_NAME_LENGTH)]
    password: Annotated[str, Secret()] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class PasswordChange:
    """The credentials of a customer, and the new password."""

    username: Annotated[str, Text(_NAME_LENGTH)]
    old_password: Annotated[str, Secret()] = field(repr=False)
    password: Annotated[str, NewPassword()] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class CustomerFilters:
    """What the list of customers is filtered by; None does not filter."""

    username: Annotated[str | None, Parameter()] = None
    email: Annotated[str | None, Parameter()] = None

"""Customers as they go out, keys in the Customer API document's order."""

from typing import TypedDict

from chalicelib.shop.customers.model import Customer


class Profile(TypedDict):
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


def profile(customer: Customer) -> Profile:
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
    return {"uuid": customer.uuid, **profile(customer)}

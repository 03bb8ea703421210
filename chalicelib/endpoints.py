"""The modules that define endpoints: one per noun, and one for its part of the shop administration."""

import importlib
from functools import cache

from chalicelib.web.endpoint import Endpoint

MODULES = (
    "chalicelib.orders.endpoints",
    "chalicelib.accounts.endpoints",
    "chalicelib.accounts.sessions.endpoints",
    "chalicelib.accounts.confirmation.endpoints",
    "chalicelib.accounts.resets.endpoints",
    "chalicelib.accounts.images",
    "chalicelib.organizations.leaving.endpoints",
    "chalicelib.organizations.endpoints",
    "chalicelib.organizations.members.endpoints",
    "chalicelib.organizations.invitations.endpoints",
    "chalicelib.organizations.roles.endpoints",
    "chalicelib.organizations.services.endpoints",
    "chalicelib.organizations.clients.endpoints",
    "chalicelib.shop.customers.endpoints",
    "chalicelib.shop.customers.resets.endpoints",
    "chalicelib.shop.customers.closing.endpoints",
    "chalicelib.shop.products.endpoints",
    "chalicelib.shop.bucket.endpoints",
    "chalicelib.shop.orders.endpoints",
    "chalicelib.shop.products.admin",
    "chalicelib.shop.orders.admin",
    "chalicelib.shop.customers.admin",
)


@cache
def load_all() -> tuple[Endpoint, ...]:
    """Return all endpoints, in the order of the documents."""
    return tuple(endpoint for module in MODULES for endpoint in _endpoints_of(module))


def _endpoints_of(module: str) -> list[Endpoint]:
    values = vars(importlib.import_module(module)).values()
    return [value for value in values if isinstance(value, Endpoint) and value.function.__module__ == module]


def load(reference: str) -> Endpoint:
    """Return the endpoint with an `Endpoint.reference`, importing no other module of endpoints.

    Raises:
        LookupError: there is none.
    """
    module, _, function = reference.partition(":")
    found = getattr(importlib.import_module(module), function, None) if module in MODULES else None
    if not isinstance(found, Endpoint):
        raise LookupError(f"there is no endpoint {reference}")
    return found

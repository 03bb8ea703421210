"""Chapters of the document: one per noun."""

from chalicelib.contract import Surface
from chalicelib.web.endpoint import Endpoint
from ops.docs.components import Json

# By module, the longest fitting one: the chapter, and what it is about.
_STAFF_CHAPTERS = {
    "chalicelib.orders": ("Orders", "Service orders of organizations."),
    "chalicelib.accounts": ("Accounts", "Staff accounts: registration and one's own account."),
    "chalicelib.accounts.sessions": ("Sessions", "Sign-in, refreshing and signing out; one's own sessions."),
    "chalicelib.accounts.confirmation": (
        "Confirmation",
        "Confirming an address. Only confirmed accounts have rights in organizations.",
    ),
    "chalicelib.organizations.leaving": ("Accounts", "Staff accounts: registration and one's own account."),
    "chalicelib.organizations": ("Organizations", "Organizations, and the rights that roles can have."),
    "chalicelib.organizations.members": ("Members", "Who belongs to an organization, with which role."),
    "chalicelib.organizations.invitations": ("Invitations", "What organizations offer me."),
    "chalicelib.organizations.roles": ("Roles", "Sets of rights that members have."),
    "chalicelib.organizations.services": ("Services", "What an organization does for its clients."),
    "chalicelib.organizations.clients": ("Clients", "Whom an organization serves: people without account."),
}
_SHOP_CHAPTERS = {
    "chalicelib.shop.customers": ("Customers", "Registration, log-in and profile of a customer."),
    "chalicelib.shop.products": ("Products", "The public list of products."),
    "chalicelib.shop.bucket": ("Bucket", "What a customer is about to order; a product in it is reserved."),
    "chalicelib.shop.orders": ("Customers' orders", "A customer's own orders."),
}
_MANAGED = {
    "Customers": ("Managed customers", "Customers as a shop administrator sees them."),
    "Products": ("Managed products", "Products and their stock."),
    "Customers' orders": ("Managed orders", "All customers' orders, and what happens to them."),
}


_CHAPTERS = _STAFF_CHAPTERS | _SHOP_CHAPTERS


def of(endpoint: Endpoint) -> str:
    """Return the chapter of an endpoint."""
    module = f"{endpoint.function.__module__}."
    chapter, _ = _CHAPTERS[max((name for name in _CHAPTERS if module.startswith(f"{name}.")), key=len)]
    return _MANAGED[chapter][0] if endpoint.surface is Surface.ADMINISTRATION else chapter


def chapters() -> list[Json]:
    """Return all chapters with what they are about, in order."""
    found = dict((*_CHAPTERS.values(), *_MANAGED.values()))
    return [{"name": name, "description": about} for name, about in found.items()]


def parts() -> list[Json]:
    """Return the parts that pages group chapters by."""
    parts = {
        "Staff of service organizations": _STAFF_CHAPTERS,
        "Shop": _SHOP_CHAPTERS,
        "Shop administration": _MANAGED,
    }
    return [{"name": part, "tags": list(dict(held.values()))} for part, held in parts.items()]

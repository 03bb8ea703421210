"""Who can sign in to the demo, as whoever starts it is told."""

from typing import NamedTuple

from chalicelib.contract import Surface
from ops.demo.data import STAFF_ACCOUNTS
from ops.demo.shop import PASSWORD, USERNAME


class Account(NamedTuple):
    """An account of the demo data."""

    surface: Surface
    name: str  # what it signs in with: an email, or a username
    password: str
    role: str


_ROLES = {
    5: "order rights in organization 1",
    1: "created organization 1",
    2: "order rights in organization 1",
    6: "shop administration",
}
ACCOUNTS = (
    *(Account(Surface.STAFF, *STAFF_ACCOUNTS[number], role) for number, role in _ROLES.items()),
    Account(Surface.CUSTOMER, USERNAME, PASSWORD, "a customer of the shop"),
)


def listing() -> str:
    """Return the accounts with their passwords, a line each."""
    lines = (f"  {one.surface.value:<10}{f'{one.name} ({one.password})':<34}{one.role}" for one in ACCOUNTS)
    return "\n".join(("Demo accounts (password):", *lines, ""))

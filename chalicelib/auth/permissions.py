"""Who may call a route: small predicates over the principal that read as sentences.

A route's row carries one of these; the endpoint decorator asks it before the view runs. A row without one
does not construct.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib.auth.authentication import Authentication


@dataclass(frozen=True)
class Permission:
    """A named predicate over a principal.

    Attributes:
        name: the permission in words.
        allows: tells whether a principal may call.
        authentication: how principals are known; None where nobody is asked who they are.
        public: whether anybody may call.
    """

    name: str
    allows: Callable[[Any], bool]
    authentication: Authentication | None = None
    public: bool = False


ANYONE = Permission("anyone", lambda principal: True, public=True)

ALLOW_ANY = Permission("anyone", lambda principal: True, public=True)
IS_SIGNED_IN = Permission("signed in", lambda principal: True)
IS_CONFIRMED = Permission("confirmed account", lambda principal: principal.user.confirmed)
IS_ADMINISTRATOR = Permission("shop administrator", lambda principal: principal.user.is_staff)


IS_MEMBER = Permission("member of the organization", lambda principal: principal.is_member)


def holds(codename: str) -> Permission:
    """The principal holds a right in the organization that the request is about."""
    return Permission(f"right {codename}", lambda principal: codename in principal.rights)


def all_of(*permissions: Permission) -> Permission:
    """Every one of the permissions allows it."""
    name = " and ".join(permission.name for permission in permissions)
    return Permission(
        name,
        lambda principal: all(permission.allows(principal) for permission in permissions),
        next((permission.authentication for permission in permissions), None),
    )


def any_of(*permissions: Permission) -> Permission:
    """At least one of the permissions allows it."""
    name = " or ".join(permission.name for permission in permissions)
    return Permission(name, lambda principal: any(permission.allows(principal) for permission in permissions))

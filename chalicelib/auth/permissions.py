"""Who may call an endpoint: small predicates over the principal that read as sentences.

Every endpoint declares one; the pipeline checks it before the endpoint's function runs.
"""

from collections.abc import Callable
from typing import Any

from chalicelib.auth.authentication import Authentication
from chalicelib.frozen import frozen


@frozen
class Permission:
    """A named predicate over a principal.

    Attributes:
        name: the permission in words.
        allows: tells whether a principal may call.
        authentication: how principals are authenticated; None where no credentials are needed.
        public: whether anybody may call.
    """

    name: str
    allows: Callable[[Any], bool]
    authentication: Authentication | None = None
    public: bool = False


ANYONE = Permission("anyone", lambda principal: True, public=True)


def any_of(*permissions: Permission) -> Permission:
    """At least one of the permissions allows it."""
    name = ", or ".join(permission.name for permission in permissions)
    return Permission(
        name,
        lambda principal: any(permission.allows(principal) for permission in permissions),
        next((permission.authentication for permission in permissions), None),
    )


def all_of(*permissions: Permission) -> Permission:
    """Return the permission that requires all of these."""
    name = " and ".join(permission.name for permission in permissions)
    return Permission(
        name,
        lambda principal: all(permission.allows(principal) for permission in permissions),
        next((permission.authentication for permission in permissions), None),
    )

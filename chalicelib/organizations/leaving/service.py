"""What ends in organizations when an account is closed."""

from collections.abc import Sequence
from functools import partial

from chalicelib import ids
from chalicelib.auth.staff import StaffCall
from chalicelib.organizations.members import store
from chalicelib.organizations.members.model import Membership
from chalicelib.organizations.roles.store import count_departed
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.request import Request

AT_ONCE = 15  # memberships: as many of the largest roles items as one transaction takes, 4 MB
_WRITES = 3  # for each membership

Held = Sequence[tuple[int, Membership]]


def memberships_key(request: Request) -> list[Key | None]:
    """Return the key of what the user has accepted."""
    return [key_of(keys.memberships, ids.parse(request.subject))]


def end_memberships(call: StaffCall) -> int:
    """End all memberships of the principal, and return how many writes that adds to the request.

    Of somebody who is in more organizations than one transaction has room for, the others end right after it.
    """
    user_id = call.principal.id
    held = list(store.memberships_of(call.preloaded, user_id).items())
    version = call.preloaded.version(keys.memberships(user_id))
    _end_first(call.work, user_id, held, version)
    for done in range(AT_ONCE, len(held), AT_ONCE):
        version += 1
        call.write_afterwards(partial(_end_first, user_id=user_id, held=held[done:], version=version))
    return 1 + _WRITES * len(held[:AT_ONCE])


def _end_first(work: UnitOfWork, user_id: int, held: Held, version: int) -> None:
    """End as many of the memberships that are left as one transaction has room for."""
    # Written even if there are none: what is accepted or taken away at the same time is decided anew.
    store.write_memberships(work, user_id, dict(held[AT_ONCE:]), version)
    for organization_id, membership in held[:AT_ONCE]:
        work.delete(keys.member(organization_id, user_id))
        work.delete(keys.member_id(organization_id, membership.id))
        count_departed(work, organization_id, membership.role, membership.id)

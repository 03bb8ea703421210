"""What ends in organizations when an account is closed."""

from collections.abc import Iterable
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

_AT_ONCE = 25  # memberships, with the account itself within one transaction
_WRITES = 3  # for each membership


def memberships_key(request: Request) -> list[Key | None]:
    """Return the key of what the user has accepted."""
    return [key_of(keys.memberships, ids.parse(request.subject))]


def end_memberships(call: StaffCall) -> int:
    """End all memberships of the principal, and return how many writes that adds to the request.

    Of somebody who is in more organizations than one transaction has room for, the others end right after it.
    """
    user_id = call.principal.id
    held = list(store.memberships_of(call.preloaded, user_id).items())
    # Written even if there is none: what is accepted at the same time is refused.
    store.write_memberships(call.work, user_id, {}, call.preloaded)
    _end(call.work, user_id, held[:_AT_ONCE])
    for first in range(_AT_ONCE, len(held), _AT_ONCE):
        call.write_afterwards(partial(_end, user_id=user_id, held=held[first : first + _AT_ONCE]))
    return 1 + _WRITES * len(held[:_AT_ONCE])


def _end(work: UnitOfWork, user_id: int, held: Iterable[tuple[int, Membership]]) -> None:
    for organization_id, membership in held:
        work.delete(keys.member(organization_id, user_id))
        work.delete(keys.member_id(organization_id, membership.id))
        count_departed(work, organization_id, membership.role, membership.id)

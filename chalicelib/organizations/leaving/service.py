"""Closing an account: what ends in organizations, and what is left of the account."""

from collections.abc import Sequence
from functools import partial

from chalicelib import ids
from chalicelib.accounts import store as accounts
from chalicelib.accounts.model import User, erased
from chalicelib.accounts.service import ensure_password
from chalicelib.auth import sessions
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.auth.staff import StaffCall
from chalicelib.integrations import mail, mail_texts
from chalicelib.organizations.members import store
from chalicelib.organizations.members.model import Membership
from chalicelib.organizations.roles.store import count_departed
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.paging import PageRequest
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.request import Request

AT_ONCE = 15  # memberships: as many of the largest roles items as one transaction takes, 4 MB
_WRITES = 3  # for each membership

_MAX_WRITES = 91  # besides those of the account itself, within one transaction

Held = Sequence[tuple[int, Membership]]


def memberships_key(request: Request) -> list[Key | None]:
    """Return the key of what the user has accepted."""
    return [key_of(keys.memberships, ids.parse(request.subject))]


def close(call: StaffCall, user: User, password: str) -> None:
    """Close an account: memberships end, personal data and sessions are erased, the id stays for orders.

    Raises:
        ValidationFailed: the password is wrong.
    """
    other_writes = _end_memberships(call)
    ensure_password(call, user, password)
    email = user.email
    # An unconfirmed address may be a stranger's, who should get no mail because of this account.
    if email is not None and user.confirmed_email:
        call.work.after_commit(
            lambda: mail.send_if_possible(email, mail_texts.account_closed(), call.runtime)
        )
    room = PageRequest(_MAX_WRITES - other_writes)
    found = sessions.page_of_owner(STAFF_AUDIENCE, str(user.id), room, call.runtime)
    accounts.close(call.work, user, erased(user, call.now), found.items)


def _end_memberships(call: StaffCall) -> int:
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
    left = dict(held[AT_ONCE:])
    store.write_memberships(work, user_id, left, version, last=not left)
    for organization_id, membership in held[:AT_ONCE]:
        work.delete(keys.member(organization_id, user_id))
        work.delete(keys.member_id(organization_id, membership.id))
        count_departed(work, organization_id, membership.role, membership.id)

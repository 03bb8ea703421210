"""A staff user's own account and sessions: show, change, close (companion, "Staff accounts", "Sessions")."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.accounts import store as users
from chalicelib.accounts.model import User
from chalicelib.accounts.registration import taken
from chalicelib.auth import old_session_store as sessions
from chalicelib.auth import passwords
from chalicelib.auth.model import STAFF, Session
from chalicelib.auth.principals import StaffPrincipal
from chalicelib.errors import ContactMissing, PermissionDenied, SessionOver, StillOwnsOrganizations
from chalicelib.runtime import Runtime
from chalicelib.table import keys, optimistic
from chalicelib.table.engine import Refused
from chalicelib.table.keys import Key
from chalicelib.table.paging import Position
from chalicelib.table.snapshot import Snapshot

_MOST_SESSIONS_ERASED = 90  # with the account itself within one transaction


def ensure_own(user_id: int | None, *, principal: StaffPrincipal) -> None:
    """Refuse whoever is not the user that a path names.

    Raises:
        PermissionDenied: it is somebody else, or nobody.
    """
    if user_id != principal.id:
        raise PermissionDenied


def change(fields: Mapping[str, Any], *, principal: StaffPrincipal, runtime: Runtime) -> User:
    """Change the principal's account; a new password ends every other session.

    Args:
        fields: what changes; `email` or `phone` may be None, which takes it away.
        principal: whose account it is.
        runtime: settings, clock, chance.

    Raises:
        ContactMissing: neither email nor phone would be left.
        ValidationFailed: the email or the phone is taken.
        Unavailable: DynamoDB is busy or out of reach, or the account keeps changing.
    """
    changes = dict(fields)
    if "password" in changes:
        changes["password"] = passwords.hash_password(changes["password"], runtime)

    def write(user: User) -> User:
        changed = _changed(user, changes, principal, runtime)
        if changed.email is None and changed.phone is None:
            raise ContactMissing
        try:
            users.replace(user, changed, runtime)
        except Refused as refused:
            if refused.stored.keys() & {users.EMAIL, users.PHONE}:
                raise taken(refused) from refused
            raise
        return changed

    if not changes:
        return principal.user
    return optimistic.write(write, principal.user, lambda: _read_again(principal, runtime), runtime)


def _changed(user: User, changes: Mapping[str, Any], principal: StaffPrincipal, runtime: Runtime) -> User:
    changed = replace(user, **changes, updated_at=runtime.now(), version=user.version + 1)
    before, after = users.guards_of(user), users.guards_of(changed)
    # An address in other letter case is the same address.
    if changed.confirmed_email and not users.is_same(before, after, users.EMAIL):
        changed = replace(changed, confirmed_email=False)
    if changed.confirmed_phone and not users.is_same(before, after, users.PHONE):
        changed = replace(changed, confirmed_phone=False)
    if "password" in changes:
        changed = replace(
            changed, session_epoch=user.session_epoch + 1, surviving_session=principal.session_id
        )
    return changed


def _read_again(principal: StaffPrincipal, runtime: Runtime) -> User:
    user = users.find(principal.id, runtime)
    if user is None or user.closed:
        raise SessionOver
    return user


def close(*, principal: StaffPrincipal, runtime: Runtime) -> None:
    """Close the principal's account: personal data and sessions are erased, the id stays for orders.

    Raises:
        StillOwnsOrganizations: the principal created an organization that is open.
        Unavailable: DynamoDB is busy or out of reach, or the account keeps changing.
    """
    found = sessions.page(STAFF, str(principal.id), runtime, limit=_MOST_SESSIONS_ERASED, after=None)

    def write(user: User) -> None:
        try:
            users.close(user, _anonymous(user, runtime), found.items, runtime)
        except Refused as refused:
            if "founded" in refused.stored:
                raise StillOwnsOrganizations from refused
            raise

    optimistic.write(write, principal.user, lambda: _read_again(principal, runtime), runtime)


def _anonymous(user: User, runtime: Runtime) -> User:
    """Return what is left of a closed account: nothing that tells who it was."""
    return User(
        id=user.id,
        surname="",
        name="",
        patronymic="",
        address="",
        email=None,
        phone=None,
        created_at=user.created_at,
        updated_at=runtime.now(),
        closed=True,
        session_epoch=user.session_epoch + 1,
        version=user.version + 1,
    )


def list_sessions(
    *, principal: StaffPrincipal, limit: int, after: Position | None, runtime: Runtime
) -> tuple[list[Session], Position | None]:
    """Return one page of the principal's sessions, the newest of it first, and where the next page starts.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    page = sessions.page(STAFF, str(principal.id), runtime, limit=limit, after=after)
    now = runtime.epoch()
    running = [
        session for session in page.items if session.expires_at > now and principal.user.accepts(session)
    ]
    return sorted(running, key=lambda session: session.created_at, reverse=True), page.next


def keys_of_session(owner: str | None, session_id: int | None) -> list[Key]:
    """Return the key to read for a session that a path names: among the caller's own."""
    if owner is None or session_id is None:
        return []
    return [keys.session(STAFF, owner, session_id)]


def delete_session(
    session_id: int | None, *, principal: StaffPrincipal, records: Snapshot, runtime: Runtime
) -> None:
    """End one of the principal's sessions.

    Raises:
        PermissionDenied: it is somebody else's, or there is none.
        Unavailable: DynamoDB is busy or out of reach.
    """
    found = [key for key in keys_of_session(str(principal.id), session_id) if key in records]
    if session_id is None or not found:
        raise PermissionDenied
    sessions.end(STAFF, str(principal.id), session_id, runtime)

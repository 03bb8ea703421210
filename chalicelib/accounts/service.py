"""Staff accounts: registering, changing and closing them."""

from dataclasses import replace
from typing import Any

from chalicelib.accounts import store
from chalicelib.accounts.inputs import NewUser, UserChange
from chalicelib.accounts.model import User
from chalicelib.accounts.model import taken as taken_message
from chalicelib.accounts.store import CONTACTS, EMAIL, HOLDER, PHONE
from chalicelib.auth import sessions
from chalicelib.auth.model import STAFF
from chalicelib.auth.staff import StaffCall
from chalicelib.errors import ContactMissing, PermissionDenied
from chalicelib.table.paging import PageRequest
from chalicelib.web.call import Call
from chalicelib.web.fields import Taken, changes_in

_MOST_SESSIONS_ERASED = 90  # with the account itself within one transaction


def own_account(call: StaffCall) -> User:
    """Return the account that the path names.

    Raises:
        PermissionDenied: it is somebody else's, or nobody's.
    """
    if call.request.id != call.principal.id:
        raise PermissionDenied
    return call.principal.user


def taken(call: Call[Any]) -> Taken:
    """Return what tells whether a contact is another account's."""
    own_id = None if call.principal is None else call.principal.id

    def reason(field: str, value: Any) -> str | None:
        key = store.contact_key(**{field: value}) if field in CONTACTS else None
        holder = call.read([key]).get(HOLDER, key)
        return None if holder in (None, own_id) else taken_message(field)

    return reason


def new_user(number: int, new: NewUser, password_hash: str, now: str) -> User:
    """Return an account, not confirmed yet.

    Args:
        number: its id.
        new: what was given.
        password_hash: its password's hash.
        now: the present moment.
    """
    return User(
        id=number,
        surname=new.surname,
        name=new.name,
        patronymic=new.patronymic,
        address=new.address,
        email=new.email,
        phone=new.phone,
        password_hash=password_hash,
        created_at=now,
        updated_at=now,
    )


def change(call: StaffCall, user: User, change: UserChange) -> User:
    """Change an account and return it: a new contact is not confirmed, a new password ends other sessions.

    Raises:
        ContactMissing: neither email nor phone would be left.
    """
    changes = changes_in(change)
    if not changes:
        return user
    if "password" in changes:
        changes |= {
            "password_hash": call.hash_password(changes.pop("password")),
            "session_epoch": user.session_epoch + 1,
            "surviving_session": call.principal.session_id,
        }
    changed = replace(user, **changes, updated_at=call.now, version=user.version + 1)
    if changed.email is None and changed.phone is None:
        raise ContactMissing
    contacts = store.changed_contacts(user, changed)
    after = replace(
        changed,
        confirmed_email=user.confirmed_email and EMAIL not in contacts,
        confirmed_phone=user.confirmed_phone and PHONE not in contacts,
    )
    store.replace(call.work, user, after)
    return after


def close(call: StaffCall, user: User) -> None:
    """Close an account: personal data and sessions are erased, the id stays for orders."""
    found = sessions.page_of_owner(STAFF, str(user.id), PageRequest(_MOST_SESSIONS_ERASED), call.runtime)
    store.close(call.work, user, _erased(user, call.now), found.items)


def _erased(user: User, now: str) -> User:
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
        updated_at=now,
        closed=True,
        session_epoch=user.session_epoch + 1,
        version=user.version + 1,
    )

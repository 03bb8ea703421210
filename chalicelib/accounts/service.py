"""Staff accounts: registering, changing and closing them."""

from dataclasses import replace
from typing import Any

from chalicelib import ids
from chalicelib.accounts import store
from chalicelib.accounts.inputs import NewUser, UserChange
from chalicelib.accounts.model import User
from chalicelib.accounts.model import taken as taken_message
from chalicelib.accounts.store import CONTACTS, EMAIL, HOLDER, PHONE
from chalicelib.auth import sessions, throttling
from chalicelib.auth.model import STAFF
from chalicelib.auth.staff import StaffCall
from chalicelib.auth.throttling import Counting, Limit
from chalicelib.errors import ContactMissing, PermissionDenied, ValidationFailed
from chalicelib.table.keys import Key
from chalicelib.table.paging import PageRequest
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call
from chalicelib.web.fields import Taken, changes_in
from chalicelib.web.request import Request

_MOST_SESSIONS_ERASED = 90  # with the account itself within one transaction


def own_account(call: StaffCall) -> User:
    """Return the account that the path names.

    Raises:
        PermissionDenied: it is somebody else's, or nobody's.
    """
    if call.request.id != call.principal.id:
        raise PermissionDenied
    return call.principal.user


def contact_keys(request: Request) -> list[Key]:
    """Return the keys of the claims on the contacts that are given."""
    return list(_given_contacts(request).values())


def _given_contacts(request: Request) -> dict[str, Key]:
    keys = {name: store.contact_key(**{name: request.given.get(name)}) for name in CONTACTS}
    return {name: key for name, key in keys.items() if key is not None}


def registration_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return what limits the registrations from a network."""
    return throttling.of_network(request, Counting.ALL) if _given_contacts(request) else []


def change_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return what limits how often a network is told that somebody has a contact."""
    asked = list(_given_contacts(request).values())
    if preloaded is not None:
        asked = [key for key in asked if preloaded.get(HOLDER, key) != ids.parse(request.subject)]
    return throttling.of_network(request) if asked else []


def taken(call: Call[Any]) -> Taken:
    """Return what tells whether a contact is another account's, from what was read of `contact_keys`."""
    foreign = _foreign_contacts(call)

    def reason(name: str, value: Any) -> str | None:
        if name not in foreign:
            return None
        call.tells_who_exists = True
        return taken_message(name) if foreign[name] is not None else None

    return reason


def ensure_free(call: Call[Any]) -> None:
    """Refuse contacts that another account has, before anything expensive is done for the request.

    Raises:
        ValidationFailed: it names them.
    """
    taken = [name for name, holder in _foreign_contacts(call).items() if holder is not None]
    if taken:
        raise ValidationFailed({name: [taken_message(name)] for name in taken}).as_failed_attempt()


def _foreign_contacts(call: Call[Any]) -> dict[str, int | None]:
    """Return whose the contacts are that are given and not the caller's own; None for nobody's."""
    own_id = None if call.principal is None else call.principal.id
    holders = {name: call.preloaded.get(HOLDER, key) for name, key in _given_contacts(call.request).items()}
    return {name: holder for name, holder in holders.items() if holder is None or holder != own_id}


def new_user(number: int, new: NewUser, password: str, now: str) -> User:
    """Return an account, not confirmed yet.

    Args:
        number: its id.
        new: what was given.
        password: the hash of its password.
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
        password=password,
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
            "password": call.hash_password(changes["password"]),
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

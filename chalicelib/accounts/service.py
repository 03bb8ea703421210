"""Staff accounts: registering, changing and closing them."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from chalicelib import ids
from chalicelib.accounts import store
from chalicelib.accounts.inputs import NewUser, UserChange
from chalicelib.accounts.model import User, is_same_address
from chalicelib.accounts.model import taken as taken_message
from chalicelib.accounts.store import CONTACTS, EMAIL, HOLDER, PHONE, USER
from chalicelib.auth import mailings, sessions, throttling
from chalicelib.auth.model import STAFF
from chalicelib.auth.staff import StaffCall
from chalicelib.auth.throttling import Counting, Limit
from chalicelib.errors import ContactMissing, PermissionDenied, Throttled, ValidationFailed
from chalicelib.integrations import mail, mails
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
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
    found = {name: store.contact_key(**{name: request.given.get(name)}) for name in CONTACTS}
    return {name: key for name, key in found.items() if key is not None}


def registration_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return what limits the registrations from a network."""
    return throttling.of_network(request, Counting.ALL) if _given_contacts(request) else []


def change_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return what limits attempts at the old password, and questions whether somebody has a contact."""
    if "old_password" in request.given:
        return password_limits(request, preloaded)
    asked = list(_given_contacts(request).values())
    if preloaded is not None:
        asked = [key for key in asked if preloaded.get(HOLDER, key) != ids.parse(request.subject)]
    return throttling.of_network(request) if asked else []


def password_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return what limits the attempts at the password of the user who is signed in."""
    return [
        *throttling.of_network(request),
        *throttling.of_account(request, throttling.PASSWORD, STAFF, request.subject),
    ]


def required_for_change(call: StaffCall, body: Mapping[str, Any]) -> list[str]:
    """Ask for the old password where a way to sign in is changed, unless none would be left: that is told."""
    given, user = call.request.given, call.principal.user
    if given.get(EMAIL, user.email) is None and given.get(PHONE, user.phone) is None:
        return []
    unchanged = {
        "password": body.get("password") is None,
        EMAIL: is_same_address(given.get(EMAIL, ""), user.email),
        PHONE: given.get(PHONE, "") == user.phone,
    }
    changed = [name for name in unchanged if name in body and not unchanged[name]]
    return ["old_password"] if changed else []


def notice_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of what was mailed lately to the address that is told of a change."""
    user = preloaded.get(USER, key_of(keys.user, ids.parse(request.subject)))
    told = "old_password" in request.given and user is not None and user.email is not None
    return [keys.mailings(str(user.email))] if told and user is not None else []


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
        ValidationFailed: the old password is wrong, or somebody else has the new contact.
    """
    changes = changes_in(change)
    old_password = changes.pop("old_password", None)
    if "password" in changes:
        changes |= {
            # Before the old one is compared: an attempt that fails takes as long as one that succeeds.
            "password": call.hash_password(changes["password"]),
            "session_epoch": user.session_epoch + 1,
            "surviving_session": call.principal.session_id,
        }
    changed = replace(user, **changes, updated_at=call.now, version=user.version + 1)
    if changed.email is None and changed.phone is None:
        raise ContactMissing
    if old_password is not None:
        _ensure_password(call, user, old_password)
    if not changes:
        return user
    ensure_free(call)
    same_phone = changed.phone == user.phone
    after = replace(
        changed,
        confirmed_email=user.confirmed_email and is_same_address(changed.email, user.email),
        confirmed_phone=user.confirmed_phone and same_phone,
    )
    store.replace(call.work, user, after)
    news = {
        "password": "password" in changes,
        "email address": not is_same_address(changed.email, user.email),
        "phone number": not same_phone,
    }
    if any(news.values()):
        _tell_of_change(call, user, [name for name, is_new in news.items() if is_new])
    return after


def _ensure_password(call: StaffCall, user: User, password: str) -> None:
    if not call.password_matches(password, user.password):
        raise ValidationFailed({"old_password": ["Wrong password."]})


def _tell_of_change(call: StaffCall, user: User, what: list[str]) -> None:
    """Mail what was changed in an account to the address that it had; a few times a day at most."""
    email = user.email
    if email is None:
        return
    with suppress(Throttled):
        mailings.record(call.work, mailings.NOTICES, email, call.preloaded, call.runtime)
        message = mails.account_changed(what)
        call.work.after_commit(lambda: mail.send_if_possible(email, message, call.runtime))


def close(call: StaffCall, user: User, password: str) -> None:
    """Close an account: personal data and sessions are erased, the id stays for orders.

    Raises:
        ValidationFailed: the password is wrong.
    """
    _ensure_password(call, user, password)
    email = user.email
    # Of an address that nobody confirmed, its owner may know nothing: strangers could have mail sent there.
    if email is not None and user.confirmed_email:
        call.work.after_commit(lambda: mail.send_if_possible(email, mails.account_closed(), call.runtime))
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

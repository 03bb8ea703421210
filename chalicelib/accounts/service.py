"""Staff accounts: registering, changing and closing them."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from chalicelib import ids
from chalicelib.accounts import contacts, store
from chalicelib.accounts.model import User, erased, is_same_address
from chalicelib.accounts.schemas import NewUser, UserChange
from chalicelib.accounts.store import EMAIL, PHONE, USER
from chalicelib.auth import mail_quota, sessions, throttling
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.auth.staff import StaffCall
from chalicelib.auth.throttling import Limit
from chalicelib.errors import ContactMissing, PermissionDenied, Throttled, ValidationFailed
from chalicelib.integrations import mail, mail_texts
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.paging import PageRequest
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.fields import changes_in
from chalicelib.web.request import Request

_MAX_WRITES = 91  # besides those of the account itself, within one transaction


def own_account(call: StaffCall) -> User:
    """Return the account that the path names.

    Raises:
        PermissionDenied: it is somebody else's, or nobody's.
    """
    if call.request.id != call.principal.id:
        raise PermissionDenied
    return call.principal.user


def change_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on guessing the old password, or else on probing who holds a contact."""
    if "old_password" in request.given:
        return password_limits(request, preloaded)
    return contacts.enumeration_limits(request, preloaded)


def password_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return the limits on attempts at the signed-in user's password."""
    return [
        *throttling.of_network(request),
        *throttling.of_account(request, throttling.PASSWORD, STAFF_AUDIENCE, request.subject),
    ]


def required_for_change(call: StaffCall, body: Mapping[str, Any]) -> list[str]:
    """Require the old password for a change of credentials, unless the error is that no contact is left."""
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


def change_keys(request: Request, preloaded: Preloaded) -> list[Key | None]:
    """Return the keys of the given contacts' holders, and of the old address's mail quota."""
    user = preloaded.get(USER, key_of(keys.user, ids.parse(request.subject)))
    told = user.email if user is not None and "old_password" in request.given else None
    return [*contacts.holder_keys(request, preloaded), key_of(keys.mailings, told)]


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
        ValidationFailed: the old password is wrong, or somebody else has the new contact.
    """
    changes = changes_in(change)
    old_password = changes.pop("old_password", None)
    if "password" in changes:
        changes |= {
            # Hashed before the old one is compared, so that failure takes as long as success.
            "password_hash": call.hash_password(changes.pop("password")),
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
    displaced = contacts.displaced(call)
    same_phone = changed.phone == user.phone
    after = replace(
        changed,
        confirmed_email=user.confirmed_email and is_same_address(changed.email, user.email),
        confirmed_phone=user.confirmed_phone and same_phone,
    )
    if user.confirmed and not after.confirmed:
        after = replace(after, confirmation_lost_at=call.now)
    store.replace(call.work, user, after, displaced)
    news = {
        "password": "password_hash" in changes,
        "email address": not is_same_address(changed.email, user.email),
        "phone number": not same_phone,
    }
    if any(news.values()):
        _tell_of_change(call, user, [name for name, is_new in news.items() if is_new])
    return after


def _ensure_password(call: StaffCall, user: User, password: str) -> None:
    if not call.password_matches(password, user.password_hash):
        raise ValidationFailed({"old_password": ["Wrong password."]})


def _tell_of_change(call: StaffCall, user: User, what: list[str]) -> None:
    """Mail a notice of the change to the account's old address, at most a few times a day."""
    email = user.email
    if email is None:
        return
    with suppress(Throttled):
        mail_quota.record(call.work, mail_quota.NOTICES, email, call.preloaded, call.runtime)
        message = mail_texts.account_changed(what)
        call.work.after_commit(lambda: mail.send_if_possible(email, message, call.runtime))


def close(call: StaffCall, user: User, password: str, *, other_writes: int) -> None:
    """Close an account: personal data and sessions are erased, the id stays for orders.

    Args:
        call: with so many other writes, which leave less room for sessions.
        user: the account.
        password: as it was given.
        other_writes: how many.

    Raises:
        ValidationFailed: the password is wrong.
    """
    _ensure_password(call, user, password)
    email = user.email
    # An unconfirmed address may be a stranger's, who should get no mail because of this account.
    if email is not None and user.confirmed_email:
        call.work.after_commit(
            lambda: mail.send_if_possible(email, mail_texts.account_closed(), call.runtime)
        )
    room = PageRequest(_MAX_WRITES - other_writes)
    found = sessions.page_of_owner(STAFF_AUDIENCE, str(user.id), room, call.runtime)
    store.close(call.work, user, erased(user, call.now), found.items)

"""Staff accounts: registering and changing them, and who holds the contacts (email, phone) in a request.

An account that stays unconfirmed for a week loses a contact to the next account that claims it. It is then
closed or, if it was confirmed before, only loses the contact, since organizations and orders may depend on
it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib import ids, texts, times
from chalicelib.accounts import store
from chalicelib.accounts.model import User, without_contacts
from chalicelib.accounts.model import taken as taken_message
from chalicelib.accounts.schemas import NewUser, UserChange
from chalicelib.accounts.store import CONTACTS, EMAIL, HOLDER, PHONE, USER, Displaced
from chalicelib.auth import notices, throttling
from chalicelib.auth.model import STAFF_AUDIENCE
from chalicelib.auth.staff import StaffCall
from chalicelib.auth.throttling import Counting, Limit
from chalicelib.errors import ContactMissing, PermissionDenied, ValidationFailed
from chalicelib.integrations import mail_texts
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call
from chalicelib.web.fields import Taken, changes_in
from chalicelib.web.request import Request

_CLAIM = timedelta(days=7)


def guard_keys(request: Request) -> list[Key]:
    """Return the keys of the given contacts' guard items."""
    return list(_given(request).values())


def holder_keys(request: Request, preloaded: Preloaded) -> list[Key | None]:
    """Return the keys of the accounts that hold the given contacts.

    If somebody else holds only one of them, both are looked up again with that: whoever claimed both
    meanwhile may have been read with one.
    """
    guards, own_id = guard_keys(request), None if request.claims is None else ids.parse(request.subject)
    holders = [preloaded.get(HOLDER, key) for key in guards]
    is_half_taken = None in holders and any(holder not in (None, own_id) for holder in holders)
    again = guards if is_half_taken else []
    preloaded.mark_stale(again)
    return [*again, *(key_of(keys.user, holder) for holder in holders)]


def _given(request: Request) -> dict[str, Key]:
    found = {name: store.contact_key(**{name: request.given.get(name)}) for name in CONTACTS}
    return {name: key for name, key in found.items() if key is not None}


def registration_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return the limits on registrations from a network."""
    return throttling.of_network(request, Counting.ALL) if _given(request) else []


def enumeration_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on probing whether another account holds a contact."""
    guards = guard_keys(request)
    if preloaded is not None:
        guards = [key for key in guards if preloaded.get(HOLDER, key) != ids.parse(request.subject)]
    return throttling.of_network(request) if guards else []


def taken(call: Call[Any]) -> Taken:
    """Return the function that tells whether another account holds a contact, for `taken=`."""
    holders = _foreign_holders(call)

    def reason(name: str, value: Any) -> str | None:
        if name not in holders:
            return None
        call.reveals_account = True
        return taken_message(name) if _keeps(holders[name], call.runtime) else None

    return reason


def displaced(call: Call[Any]) -> list[Displaced]:
    """Return the unconfirmed accounts that lose a given contact, because their claim on it has expired.

    Raises:
        ValidationFailed: another account keeps a contact; all such contacts are named.
    """
    holders = _foreign_holders(call)
    kept = [name for name, holder in holders.items() if _keeps(holder, call.runtime)]
    if kept:
        raise ValidationFailed({name: [taken_message(name)] for name in kept}).as_failed_attempt()
    losers = {holder.id: holder for holder in holders.values() if holder is not None}
    return [
        Displaced(
            loser, without_contacts(loser, [name for name in holders if holders[name] == loser], call.now)
        )
        for loser in losers.values()
    ]


def _foreign_holders(call: Call[Any]) -> dict[str, User | None]:
    """Return the holders of the given contacts, None for a free one, without those of the caller."""
    own_id, given = None if call.principal is None else call.principal.id, _given(call.request)
    # Read already, unless a contact was free only at the first look.
    preloaded = call.read(key_of(keys.user, call.preloaded.get(HOLDER, key)) for key in given.values())
    holders = {name: store.holder_of(preloaded, key) for name, key in given.items()}
    return {name: holder for name, holder in holders.items() if holder is None or holder.id != own_id}


def _keeps(holder: User | None, runtime: Runtime) -> bool:
    return holder is not None and not holder.is_unconfirmed_since(times.iso(runtime.clock() - _CLAIM))


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
    return enumeration_limits(request, preloaded)


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
        EMAIL: texts.is_same_mailbox(given.get(EMAIL, ""), user.email),
        PHONE: given.get(PHONE, "") == user.phone,
    }
    changed = [name for name in unchanged if name in body and not unchanged[name]]
    return ["old_password"] if changed else []


def change_keys(request: Request, preloaded: Preloaded) -> list[Key | None]:
    """Return the keys of the given contacts' holders, and of the old address's mail quota."""
    user = preloaded.get(USER, key_of(keys.user, ids.parse(request.subject)))
    told = user.email if user is not None and "old_password" in request.given else None
    return [*holder_keys(request, preloaded), key_of(keys.mailings, told)]


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
        ensure_password(call, user, old_password)
    if not changes:
        return user
    losers = displaced(call)
    same_phone = changed.phone == user.phone
    after = replace(
        changed,
        confirmed_email=user.confirmed_email and texts.is_same_mailbox(changed.email, user.email),
        confirmed_phone=user.confirmed_phone and same_phone,
    )
    if user.confirmed and not after.confirmed:
        after = replace(after, confirmation_lost_at=call.now)
    store.replace(call.work, user, after, losers)
    news = {
        "password": "password_hash" in changes,
        mail_texts.EMAIL_ADDRESS: not texts.is_same_mailbox(changed.email, user.email),
        "phone number": not same_phone,
    }
    if user.email is not None and any(news.values()):
        changed_parts = [name for name, is_new in news.items() if is_new]
        notices.tell(call, user.email, mail_texts.account_changed(changed_parts))
    return after


def ensure_password(call: StaffCall, user: User, password: str) -> None:
    """Raise an error if this is not the account's password.

    Raises:
        ValidationFailed: it is wrong.
    """
    if not call.password_matches(password, user.password_hash):
        raise ValidationFailed({"old_password": ["Wrong password."]})

"""Who holds the contacts (email, phone) in a request, and when a claim on one expires.

An account that stays unconfirmed for a week loses a contact to the next account that claims it. It is then
closed or, if it was confirmed before, only loses the contact, since organizations and orders may depend on
it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib import ids, times
from chalicelib.accounts import store
from chalicelib.accounts.model import User, erased
from chalicelib.accounts.model import taken as taken_message
from chalicelib.accounts.store import CONTACTS, HOLDER, USER, Displaced
from chalicelib.auth import throttling
from chalicelib.auth.throttling import Counting, Limit
from chalicelib.errors import ValidationFailed
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call
from chalicelib.web.fields import Taken
from chalicelib.web.request import Request

_CLAIM = timedelta(days=7)


def guard_keys(request: Request) -> list[Key]:
    """Return the keys of the given contacts' guard items."""
    return list(_given(request).values())


def holder_keys(request: Request, preloaded: Preloaded) -> list[Key | None]:
    """Return the keys of the accounts that hold the given contacts."""
    return [key_of(keys.user, preloaded.get(HOLDER, key)) for key in guard_keys(request)]


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
        Displaced(loser, _left_of(loser, [name for name in holders if holders[name] == loser], call.now))
        for loser in losers.values()
    ]


def _foreign_holders(call: Call[Any]) -> dict[str, User | None]:
    """Return the holders of the given contacts, None for a free one, without those of the caller."""
    own_id = None if call.principal is None else call.principal.id
    found = {name: call.preloaded.get(HOLDER, key) for name, key in _given(call.request).items()}
    return {
        name: None if holder is None else call.preloaded.require(USER, keys.user(holder))
        for name, holder in found.items()
        if holder is None or holder != own_id
    }


def _keeps(holder: User | None, runtime: Runtime) -> bool:
    return holder is not None and not holder.is_unconfirmed_since(times.iso(runtime.clock() - _CLAIM))


def _left_of(user: User, lost: list[str], now: str) -> User:
    """Return what is left of an account that loses contacts."""
    if user.confirmation_lost_at is None:
        return erased(user, now)
    nothing: dict[str, Any] = dict.fromkeys(lost)
    return replace(user, **nothing, version=user.version + 1)

"""Signing in with a password, and which session a request is about."""

from dataclasses import replace

from chalicelib.accounts import store
from chalicelib.accounts.model import User
from chalicelib.accounts.sessions.schemas import Credentials
from chalicelib.accounts.store import HOLDER
from chalicelib.auth import passwords, sessions, throttling
from chalicelib.auth.model import STAFF_AUDIENCE, Session
from chalicelib.auth.sessions import SESSION
from chalicelib.auth.staff import StaffCall
from chalicelib.auth.throttling import Limit
from chalicelib.auth.tokens import TokenPair
from chalicelib.errors import PermissionDenied, SignInRefused
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.call import PublicCall
from chalicelib.web.request import Request


def contact_keys(request: Request) -> list[Key | None]:
    """Return the key of the claim on the contact that signs in."""
    return [_contact(request)]


def account_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of the account behind the contact."""
    contact = _contact(request)
    return [] if contact is None else [_account(contact, preloaded)]


def sign_in_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on signing in: the network's, and the account's, whether or not it exists."""
    contact, network = _contact(request), throttling.of_network(request)
    if contact is None or preloaded is None:
        return [] if contact is None else network
    holder = preloaded.get(HOLDER, contact)
    account = keys.digest_of_guard(contact) if holder is None else str(holder)
    return [*network, *throttling.of_account(request, throttling.PASSWORD, STAFF_AUDIENCE, account)]


def _contact(request: Request) -> Key | None:
    """Return the key of the contact's guard item; None if a field is invalid, since nothing is read then."""
    given = request.given
    return store.contact_key(given.get("email"), given.get("phone")) if "password" in given else None


def _account(contact: Key, preloaded: Preloaded) -> Key:
    """Return the key of the account behind a contact; a contact that nobody has costs the same calls."""
    return keys.user(preloaded.get(HOLDER, contact) or 0)  # ids begin at 1


def sign_in(call: PublicCall, given: Credentials) -> TokenPair:
    """Begin a session and return its tokens; a hash of too few iterations is replaced after that.

    Raises:
        SignInRefused: no open account has this contact and this password; neither the answer
            nor its timing tells which of them is wrong.
    """
    contact = store.contact_key(given.email, given.phone)
    assert contact is not None, "credentials have an email or a phone"
    user = store.holder_of(call.preloaded, contact)
    user = None if user is None or user.closed else user
    if not call.password_matches(given.password, user.password_hash if user else None) or user is None:
        raise SignInRefused
    if passwords.is_outdated(user.password_hash, call.runtime):
        _replace_hash(call, user, given.password)
    return sessions.begin(
        call.work,
        STAFF_AUDIENCE,
        str(user.id),
        device=call.request.headers.get("user-agent", ""),
        session_epoch=user.session_epoch,
        runtime=call.runtime,
    )


def _replace_hash(call: PublicCall, user: User, password: str) -> None:
    """Rehash after the commit, so that a throttled attempt with the right password takes no longer."""

    def rehash(work: UnitOfWork) -> None:
        rehashed = replace(user, password_hash=call.hash_password(password), version=user.version + 1)
        store.replace(work, user, rehashed)

    call.write_afterwards(rehash)


def session_keys(request: Request) -> list[Key | None]:
    """Return the key of the session that the path names, among the caller's own."""
    return [key_of(keys.session, STAFF_AUDIENCE, request.subject, request.id)]


def own_session(call: StaffCall) -> Session:
    """Return the session that the path names.

    Raises:
        PermissionDenied: it is somebody else's, or there is none.
    """
    (key,) = session_keys(call.request)
    session = call.preloaded.get(SESSION, key)
    if session is None:
        raise PermissionDenied
    return session

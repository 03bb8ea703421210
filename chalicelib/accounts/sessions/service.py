"""Signing in with a password, and which session a request is about."""

from dataclasses import replace

from chalicelib.accounts import store
from chalicelib.accounts.sessions.inputs import Credentials
from chalicelib.accounts.store import HOLDER, USER
from chalicelib.auth import passwords, sessions, throttling
from chalicelib.auth.model import STAFF, Session
from chalicelib.auth.sessions import SESSION
from chalicelib.auth.staff import StaffCall
from chalicelib.auth.throttling import Scope
from chalicelib.auth.tokens import TokenPair
from chalicelib.errors import PermissionDenied, SignInRefused
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import PublicCall
from chalicelib.web.request import Request


def contact_keys(request: Request) -> list[Key]:
    """Return the keys of the claim on the contact that signs in, and of its address's failed attempts."""
    contact = _contact(request)
    return [] if contact is None else [contact, *throttling.scope_of(request.address, request.runtime).keys]


def account_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the keys of the account behind the contact, and of its failed attempts."""
    contact = _contact(request)
    if contact is None:
        return []
    account, scope = _account(contact, request, preloaded)
    return [account, *scope.keys[-1:]]


def _contact(request: Request) -> Key | None:
    given = request.given
    return store.contact_key(given.get("email"), given.get("phone")) if "password" in given else None


def _account(contact: Key, request: Request, preloaded: Preloaded) -> tuple[Key, Scope]:
    """Return the key of the account behind a contact, and what a try counts against.

    A contact that nobody has costs the same calls, and has to wait just the same.
    """
    holder = preloaded.get(HOLDER, contact)
    scope = throttling.scope_of(request.address, request.runtime)
    account = keys.user(0 if holder is None else holder)  # ids begin at 1
    return account, scope.of("sign-in", STAFF, contact.pk if holder is None else str(holder))


def sign_in(call: PublicCall, given: Credentials) -> TokenPair:
    """Begin a session and return its tokens; a hash of too few iterations is replaced along with that.

    Raises:
        Throttled: the account or the address has to wait after wrong tries.
        SignInRefused: no open account has this contact and this password; which of them is wrong isn't told,
            by word or time.
    """
    runtime, preloaded = call.runtime, call.preloaded
    contact = store.contact_key(given.email, given.phone)
    assert contact is not None, "credentials have an email or a phone"
    account, scope = _account(contact, call.request, preloaded)
    throttling.ensure_not_throttled(scope, preloaded, runtime)
    user = preloaded.get(USER, account)
    user = None if user is None or user.closed else user
    if not call.password_matches(given.password, user.password_hash if user else None) or user is None:
        raise SignInRefused().recording(lambda work: throttling.record_failure(work, scope, runtime))
    throttling.reset(call.work, scope, preloaded, runtime)
    if passwords.is_outdated(user.password_hash, runtime):
        rehashed = replace(user, password_hash=call.hash_password(given.password), version=user.version + 1)
        store.replace(call.work, user, rehashed)
    return sessions.begin(
        call.work,
        STAFF,
        str(user.id),
        device=call.request.headers.get("user-agent", ""),
        session_epoch=user.session_epoch,
        runtime=runtime,
    )


def session_keys(request: Request) -> list[Key | None]:
    """Return the key of the session that the path names, among the caller's own."""
    return [key_of(keys.session, STAFF, request.subject, request.id)]


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

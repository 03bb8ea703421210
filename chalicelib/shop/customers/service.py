"""Whose account a request is about, and what it takes to log in (Customer API; companion, "Shop")."""

from dataclasses import replace
from typing import Any

from chalicelib.auth import passwords, sessions, throttling
from chalicelib.auth.customers import CustomerCall, CustomerPrincipal
from chalicelib.auth.model import CUSTOMER
from chalicelib.auth.throttling import Scope
from chalicelib.auth.tokens import TokenPair
from chalicelib.errors import PermissionDenied
from chalicelib.shop.customers import store
from chalicelib.shop.customers.inputs import Login
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.customers.store import CUSTOMER_KIND, GUARD, USERNAME_TAKEN
from chalicelib.shop.errors import CredentialsMismatch
from chalicelib.table import keys
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call, PublicCall
from chalicelib.web.fields import Taken
from chalicelib.web.request import Request

_NOBODY = "nobody"  # no uuid


def own_account(call: CustomerCall) -> Customer:
    """Return the customer who calls.

    Raises:
        PermissionDenied: the path names somebody else.
    """
    if call.request.uuid != call.principal.id:
        raise PermissionDenied
    return call.principal.customer


def username_taken(call: Call[CustomerPrincipal | None]) -> Taken:
    """Return what tells why a username can't be had; whoever calls may keep the own one."""
    principal = call.principal
    own = None if principal is None else keys.username_guard(principal.customer.username)

    def reason(name: str, value: Any) -> str | None:
        if name != "username":
            return None
        guard = keys.username_guard(value)
        return USERNAME_TAKEN if guard != own and guard in call.read([guard]) else None

    return reason


def login_keys(request: Request) -> list[Key]:
    """Return the keys of the username's guard and of the failed attempts that count."""
    guard = _guard(request)
    return [] if guard is None else [guard, *_scope(request, guard).keys]


def account_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of the account that the username's guard names.

    It is read for nobody too, so that the time taken does not tell whether there is an account.
    """
    guard = _guard(request)
    return [] if guard is None else [_account(guard, preloaded)]


def _guard(request: Request) -> Key | None:
    """Return the key of the username's guard; None while a field is wrong, which is told without any read."""
    username, password = request.given.get("username"), request.given.get("password")
    return None if username is None or password is None else keys.username_guard(username)


def _account(guard: Key, preloaded: Preloaded) -> Key:
    return keys.customer(preloaded.get(GUARD, guard) or _NOBODY)


def _scope(request: Request, guard: Key) -> Scope:
    return throttling.scope_of(request.address, request.runtime).of("login", CUSTOMER, guard.pk)


def log_in(call: PublicCall, login: Login) -> tuple[Customer, TokenPair]:
    """Begin a session and return the customer and its tokens.

    A customer who does not exist costs the same calls and the same hashing, and has to wait just the same.

    Raises:
        Throttled: the account or the address has to wait after wrong tries.
        CredentialsMismatch: no customer has this username and this password.
    """
    runtime, guard = call.runtime, keys.username_guard(login.username)
    scope = _scope(call.request, guard)
    throttling.ensure_not_throttled(scope, call.preloaded, runtime)
    customer = call.preloaded.get(CUSTOMER_KIND, _account(guard, call.preloaded))
    encoded = None if customer is None else customer.password_hash
    if not call.password_matches(login.password, encoded) or customer is None:
        raise CredentialsMismatch().recording(lambda work: throttling.record_failure(work, scope, runtime))
    if passwords.is_outdated(customer.password_hash, runtime):
        rehashed = call.hash_password(login.password)
        after = replace(customer, password_hash=rehashed, version=customer.version + 1)
        store.replace(call.work, customer, after)
    throttling.reset(call.work, scope, call.preloaded, runtime)
    pair = sessions.begin(
        call.work,
        CUSTOMER,
        customer.uuid,
        device=call.request.headers.get("user-agent", ""),
        session_epoch=customer.session_epoch,
        runtime=runtime,
    )
    return customer, pair

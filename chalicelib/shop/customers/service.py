"""Whose account a request is about, and what it takes to log in (Customer API; companion, "Shop")."""

from dataclasses import replace
from typing import Any

from chalicelib import texts
from chalicelib.auth import notices, passwords, sessions, throttling
from chalicelib.auth.customers import CustomerCall, CustomerPrincipal
from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.auth.throttling import Counting, Limit
from chalicelib.auth.tokens import TokenPair
from chalicelib.errors import PermissionDenied
from chalicelib.integrations import mail_texts
from chalicelib.shop.customers import store
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.customers.schemas import Login, PasswordChange, Profile, Registration
from chalicelib.shop.customers.store import CUSTOMER_KIND, HOLDER, NO_CUSTOMER, USERNAME_TAKEN
from chalicelib.shop.errors import CredentialsMismatch
from chalicelib.shop.fields import is_same_username
from chalicelib.table import keys
from chalicelib.table.keys import Key, key_of
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.call import Call, PublicCall
from chalicelib.web.fields import Taken, changes_in
from chalicelib.web.request import Request


def own_account(call: CustomerCall) -> Customer:
    """Return the customer who calls.

    Raises:
        PermissionDenied: the path names somebody else.
    """
    if call.request.uuid != call.principal.id:
        raise PermissionDenied
    return call.principal.customer


def name_guards(request: Request) -> list[Key | None]:
    """Return the keys of the given username's and email's guard items; none without a username."""
    username, email = request.given.get("username"), request.given.get("email")
    if username is None:
        return []
    return [keys.username_guard(username), key_of(keys.email_guard, CUSTOMER_AUDIENCE, email)]


def registration_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return the limits on registrations from a network."""
    return throttling.of_network(request, Counting.ALL) if "username" in request.given else []


def enumeration_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on probing whether a username or an email is taken, unless they are the caller's."""
    probed = name_guards(request)
    if preloaded is not None:
        own = preloaded.get(CUSTOMER_KIND, key_of(keys.customer, request.subject))
        probed = [key for key in probed if own is None or key not in store.guards(own.username, own.email)]
    return throttling.of_network(request) if any(probed) else []


def username_taken(call: Call[CustomerPrincipal | None]) -> Taken:
    """Return the function that tells whether a username is taken; callers may keep their own."""
    principal = call.principal
    own = None if principal is None else keys.username_guard(principal.customer.username)

    def reason(name: str, value: Any) -> str | None:
        if name != "username" or (guard := keys.username_guard(value)) == own:
            return None
        call.reveals_account = True
        return USERNAME_TAKEN if guard in call.read([guard]) else None

    return reason


def ensure_free(call: PublicCall, new: Registration) -> None:
    """Refuse a registration that can't succeed before anything expensive is done for it.

    Raises:
        ValidationFailed: somebody has the username.
        EmailTaken: somebody has the email.
    """
    guards = store.guards(new.username, new.email)
    if any(guard in call.preloaded for guard in guards):
        # Whoever registered meanwhile may have been read with the email and without the username.
        call.read_again(guards)
    for guard, taken in guards.items():
        if guard in call.preloaded:
            raise taken


def notice_key(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of the mail quota of the customer's address, if the request gives a new one."""
    customer = preloaded.get(CUSTOMER_KIND, key_of(keys.customer, request.subject))
    email = request.given.get("email")
    if customer is None or email is None or texts.is_same_mailbox(email, customer.email):
        return []
    return [keys.mailings(customer.email)]


def change_profile(call: CustomerCall, customer: Customer, given: Profile) -> Customer:
    """Change a customer's profile and return the customer; the old address is told of a new one.

    Whoever reads the mail to the new address can reset the password.
    """
    changed = replace(customer, **changes_in(given), version=customer.version + 1)
    store.replace(call.work, customer, changed)
    if not texts.is_same_mailbox(changed.email, customer.email):
        notices.tell(call, customer.email, mail_texts.account_changed([mail_texts.EMAIL_ADDRESS]))
    return changed


def password_limits(request: Request, _: Preloaded | None) -> list[Limit]:
    """Return the limits on attempts at the signed-in customer's password."""
    return [
        *throttling.of_network(request),
        *throttling.of_account(request, throttling.PASSWORD, CUSTOMER_AUDIENCE, request.subject),
    ]


def login_keys(request: Request) -> list[Key | None]:
    """Return the key of the username's guard."""
    return [_guard(request)]


def account_keys(request: Request, preloaded: Preloaded) -> list[Key]:
    """Return the key of the account that the username's guard names.

    Without an account a key is read all the same, so that timing does not reveal whether there is one.
    """
    guard = _guard(request)
    return [] if guard is None else [_account(guard, preloaded)]


def login_limits(request: Request, preloaded: Preloaded | None) -> list[Limit]:
    """Return the limits on logging in: the network's, and the account's, whether or not it exists."""
    guard, network = _guard(request), throttling.of_network(request)
    if guard is None or preloaded is None:
        return [] if guard is None else network
    account = preloaded.get(HOLDER, guard) or keys.digest_of_guard(guard)
    return [*network, *throttling.of_account(request, throttling.PASSWORD, CUSTOMER_AUDIENCE, account)]


def _guard(request: Request) -> Key | None:
    """Return the key of the username's guard item; None if a field is invalid, since nothing is read then."""
    username, password = request.given.get("username"), request.given.get("password")
    return None if username is None or password is None else keys.username_guard(username)


def _account(guard: Key, preloaded: Preloaded) -> Key:
    return keys.customer(preloaded.get(HOLDER, guard) or NO_CUSTOMER)


def log_in(call: PublicCall, login: Login) -> tuple[Customer, TokenPair]:
    """Begin a session and return the customer and its tokens.

    An unknown username causes the same calls and the same hashing, and is throttled in the same way.

    Raises:
        CredentialsMismatch: no customer has this username and this password.
    """
    account = _account(keys.username_guard(login.username), call.preloaded)
    customer = call.preloaded.get(CUSTOMER_KIND, account)
    encoded = None if customer is None else customer.password_hash
    if not call.password_matches(login.password, encoded) or customer is None:
        raise CredentialsMismatch
    if passwords.is_outdated(customer.password_hash, call.runtime):
        _replace_hash(call, customer, login.password)
    pair = sessions.begin(
        call.work,
        CUSTOMER_AUDIENCE,
        customer.uuid,
        device=call.request.headers.get("user-agent", ""),
        session_epoch=customer.session_epoch,
        runtime=call.runtime,
    )
    return customer, pair


def _replace_hash(call: PublicCall, customer: Customer, password: str) -> None:
    """Rehash after the commit, so that a throttled attempt with the right password takes no longer."""

    def rehash(work: UnitOfWork) -> None:
        rehashed = call.hash_password(password)
        store.replace(work, customer, replace(customer, password_hash=rehashed, version=customer.version + 1))

    call.write_afterwards(rehash)


def set_password(call: CustomerCall, customer: Customer, change: PasswordChange) -> Customer:
    """Change a customer's password and return the customer; every session but the caller's ends.

    Raises:
        CredentialsMismatch: the username is not the customer's, or the old password is wrong.
    """
    # Hashed before the old one is compared, so that failure takes as long as success.
    password = call.hash_password(change.password)
    own = is_same_username(change.username, customer.username)
    if not call.password_matches(change.old_password, customer.password_hash if own else None):
        raise CredentialsMismatch
    changed = replace(
        customer,
        password_hash=password,
        session_epoch=customer.session_epoch + 1,
        surviving_session=call.principal.session_id,
        version=customer.version + 1,
    )
    store.replace(call.work, customer, changed)
    return changed

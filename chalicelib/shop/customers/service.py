"""Customers: registering, logging in and out, profile, password (Customer API; companion, "Shop")."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.auth import old_sessions as sessions
from chalicelib.auth import old_throttling as abuse
from chalicelib.auth import passwords
from chalicelib.auth.model import CUSTOMER
from chalicelib.auth.principals import CustomerPrincipal
from chalicelib.auth.tokens import TokenPair
from chalicelib.errors import DomainError, PermissionDenied, ValidationFailed
from chalicelib.runtime import Runtime
from chalicelib.shop.customers import store as customers
from chalicelib.shop.customers.model import Customer
from chalicelib.shop.errors import CredentialsMismatch, EmailTaken
from chalicelib.table import keys, optimistic
from chalicelib.table.engine import Refused, read
from chalicelib.table.old_unit_of_work import UnitOfWork
from chalicelib.web.uniqueness import Unique

_USERNAME_TAKEN = "A user with that username already exists."


def register(fields: Mapping[str, Any], *, runtime: Runtime) -> Customer:
    """Create a customer.

    Args:
        fields: username, email, password, and what else of the profile is given.
        runtime: settings, clock, chance.

    Raises:
        ValidationFailed: the username is taken.
        EmailTaken: the email is.
        Unavailable: DynamoDB is busy or out of reach.
    """
    given = {**fields, "password": passwords.hash_password(fields["password"], runtime)}
    customer = Customer(uuid=runtime.new_uuid(), created_at=runtime.now(), **given)
    try:
        customers.add(customer, runtime)
    except Refused as refused:
        raise _taken(refused) from refused
    return customer


def _taken(refused: Refused) -> DomainError:
    if customers.USERNAME in refused.stored:
        return ValidationFailed({customers.USERNAME: [_USERNAME_TAKEN]})
    return EmailTaken()


def uniqueness(own: Customer | None, runtime: Runtime) -> Unique:
    """Return what tells why a customer can't have a username; `own` is the one who may keep it."""

    def why_not(username: str) -> str | None:
        claim = keys.username_guard(username)
        if own is not None and claim == keys.username_guard(own.username):
            return None
        return _USERNAME_TAKEN if claim in read([claim], runtime) else None

    return {customers.USERNAME: why_not}


def log_in(
    username: str, password: str, *, device: str, address: str, runtime: Runtime
) -> tuple[Customer, TokenPair]:
    """Begin a session and return the customer and its tokens.

    A customer who does not exist costs the same calls and the same hashing, and has to wait just the same.

    Raises:
        Throttled: the account or the address has to wait after wrong tries.
        CredentialsMismatch: no customer has this username and this password.
        Unavailable: DynamoDB is busy or out of reach.
    """
    claim = keys.username_guard(username)
    watch = abuse.watched(address, runtime).of("login", CUSTOMER, claim.pk)
    records = read([claim, *watch.keys], runtime)
    customer = customers.holder_of(claim, records, runtime)
    abuse.ensure_patience(watch, records, runtime)
    if not passwords.matches(password, customer.password if customer else None, runtime) or customer is None:
        abuse.note_wrong(watch, runtime)
        raise CredentialsMismatch
    pair = sessions.begin_watched(
        CUSTOMER,
        customer.uuid,
        device=device,
        runtime=runtime,
        session_epoch=customer.session_epoch,
        watch=watch,
        records=records,
        along=_strengthening(customer, password, runtime),
    )
    return customer, pair


def _strengthening(
    customer: Customer, password: str, runtime: Runtime
) -> Callable[[UnitOfWork], None] | None:
    """Return what replaces a hash of too few iterations; where the account changes meanwhile, next time."""
    if not passwords.is_outdated(customer.password, runtime):
        return None
    stronger = _next(customer, password=passwords.hash_password(password, runtime))
    return lambda work: customers.strengthen(work, customer, stronger)


def refresh(refresh_token: str, *, address: str, runtime: Runtime) -> TokenPair:
    """Exchange a refresh token for a new pair; one that was used before ends the session.

    Raises:
        TokenNotValid: the token is not good, or not good any more.
        Throttled: the account or the address has to wait after wrong ones.
        Unavailable: DynamoDB is busy or out of reach.
    """
    return sessions.refresh(refresh_token, CUSTOMER, address=address, runtime=runtime)


def log_out(*, principal: CustomerPrincipal, runtime: Runtime) -> None:
    """End the session behind the principal's token.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    sessions.end(CUSTOMER, principal.id, principal.session_id, runtime=runtime)


def ensure_own(uuid: str | None, *, principal: CustomerPrincipal) -> None:
    """Refuse whoever is not the customer that a path names.

    Raises:
        PermissionDenied: it is somebody else's.
    """
    if uuid != principal.id:
        raise PermissionDenied


def change_profile(fields: Mapping[str, Any], *, principal: CustomerPrincipal, runtime: Runtime) -> Customer:
    """Change the principal's profile; what is not given stays as it is.

    Raises:
        ValidationFailed: the username is taken.
        EmailTaken: the email is.
        Unavailable: DynamoDB is busy or out of reach, or the profile keeps changing.
    """
    return _change(principal.customer, fields, runtime)


def _change(customer: Customer, fields: Mapping[str, Any], runtime: Runtime) -> Customer:
    def write(customer: Customer) -> Customer:
        changed = _next(customer, **fields)
        try:
            customers.replace(customer, changed, runtime)
        except Refused as refused:
            if refused.stored.keys() & {customers.USERNAME, customers.EMAIL}:
                raise _taken(refused) from refused
            raise
        return changed

    return optimistic.write(write, customer, lambda: _read_again(customer, runtime), runtime)


def _next(customer: Customer, **fields: Any) -> Customer:
    return replace(customer, **fields, version=customer.version + 1)


def _read_again(customer: Customer, runtime: Runtime) -> Customer:
    key = keys.customer(customer.uuid)
    found = read([key], runtime).get(Customer, key)
    assert found is not None, "customers are never deleted"
    return found


def set_password(
    username: str, old_password: str, password: str, *, principal: CustomerPrincipal, runtime: Runtime
) -> Customer:
    """Change the principal's password and end every other session of the account.

    Raises:
        CredentialsMismatch: the username or the old password is wrong.
        Unavailable: DynamoDB is busy or out of reach, or the account keeps changing.
    """
    checked = principal.customer
    _ensure_password(checked, username, old_password, runtime)
    hashed = passwords.hash_password(password, runtime)

    def write(customer: Customer) -> Customer:
        if (customer.username, customer.password) != (checked.username, checked.password):
            _ensure_password(customer, username, old_password, runtime)
        session_epoch = customer.session_epoch + 1
        changed = _next(
            customer, password=hashed, session_epoch=session_epoch, surviving_session=principal.session_id
        )
        customers.replace(customer, changed, runtime)
        return changed

    return optimistic.write(write, checked, lambda: _read_again(checked, runtime), runtime)


def _ensure_password(customer: Customer, username: str, password: str, runtime: Runtime) -> None:
    own = username.casefold() == customer.username.casefold()
    if not passwords.matches(password, customer.password if own else None, runtime):
        raise CredentialsMismatch

"""Turns a token into a principal: the session is read, consistently, on every call, and nothing is cached.

Whatever else has a known key is read in the same call.
"""

from collections.abc import Iterable

from chalicelib import ids
from chalicelib.accounts.model import User
from chalicelib.auth import tokens
from chalicelib.auth.model import CUSTOMER, Session
from chalicelib.auth.principals import CustomerPrincipal, StaffPrincipal
from chalicelib.auth.tokens import Claims
from chalicelib.errors import NotAuthenticated, SessionOver, TokenNotValid
from chalicelib.runtime import Runtime
from chalicelib.shop.customers.model import Customer
from chalicelib.table import keys
from chalicelib.table.engine import read
from chalicelib.table.keys import Key
from chalicelib.table.snapshot import Snapshot


def claims_in(authorization: str | None, audience: str, runtime: Runtime) -> Claims:
    """Return what the access token in an Authorization header says.

    Raises:
        NotAuthenticated: there is no header, or it is of another scheme (spec, "Reading the Customer API
        document").
        TokenNotValid: the token can't be accepted.
    """
    scheme, _, token = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer":
        raise NotAuthenticated
    return tokens.read(token.strip(), tokens.ACCESS, audience, runtime)


def admit_staff(
    claims: Claims, organization_id: int | None, also: Iterable[Key], runtime: Runtime
) -> tuple[StaffPrincipal, Snapshot]:
    """Return the staff user behind a token, with the rights held in an organization, and all that was read.

    Raises:
        SessionOver: the session was deleted, has expired, or never existed, or the account is closed.
        TokenNotValid: the token's owner can't be a staff user.
        Unavailable: DynamoDB is busy or out of reach.
    """
    user_id = ids.parse(claims.subject)
    if user_id is None:
        raise TokenNotValid
    records = read([*session_keys(claims), *also], runtime)
    user = records.get(User, keys.user(user_id))
    if running_session(claims, records, runtime) is None or user is None:
        raise SessionOver
    principal = StaffPrincipal(user=user, session_id=claims.session_id)
    return principal, records


def admit_customer(
    claims: Claims, also: Iterable[Key], runtime: Runtime
) -> tuple[CustomerPrincipal, Snapshot]:
    """Return the customer behind a token, and all that was read.

    Raises:
        SessionOver: the session was deleted, has expired, or never existed.
        Unavailable: DynamoDB is busy or out of reach.
    """
    records = read([*session_keys(claims), *also], runtime)
    customer = records.get(Customer, keys.customer(claims.subject))
    if running_session(claims, records, runtime) is None or customer is None:
        raise SessionOver
    return CustomerPrincipal(customer=customer, session_id=claims.session_id), records


def session_keys(claims: Claims) -> list[Key]:
    """Return the keys of everything that decides whether a session is running."""
    return [_session_key(claims), _account_key(claims)]


def running_session(claims: Claims, records: Snapshot, runtime: Runtime) -> Session | None:
    """Return the session behind a token, from records with its keys; None when it is over.

    A session is over when it was deleted or has expired, and when its account was closed or its password
    changed.
    """
    session = records.get(Session, _session_key(claims))
    if session is None or session.expires_at <= runtime.epoch():
        return None
    if claims.audience == CUSTOMER:
        customer = records.get(Customer, _account_key(claims))
        return session if customer is not None and customer.accepts(session) else None
    user = records.get(User, _account_key(claims))
    return session if user is not None and user.accepts(session) else None


def _session_key(claims: Claims) -> Key:
    return keys.session(claims.audience, claims.subject, claims.session_id)


def _account_key(claims: Claims) -> Key:
    return keys.customer(claims.subject) if claims.audience == CUSTOMER else keys.user(int(claims.subject))

"""Turns a token into a principal: the session is read, consistently, on every call, and nothing is cached.

Whatever else has a known key is read in the same call.
"""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.auth import tokens
from chalicelib.auth.principals import CustomerPrincipal, StaffPrincipal
from chalicelib.auth.tokens import Claims
from chalicelib.domain import ids, rights
from chalicelib.domain.errors import NotAuthenticated, SessionOver, TokenNotValid
from chalicelib.domain.records import Organization, Session, User
from chalicelib.domain.shop import Customer
from chalicelib.runtime import Runtime
from chalicelib.table import keys, organizations
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
    user_id = ids.parse(claims.owner)
    if user_id is None:
        raise TokenNotValid
    known = [_session_key(claims), keys.user(user_id), *_authority(organization_id, user_id)]
    records = read([*known, *also], runtime)
    user = records.get(User, keys.user(user_id))
    if not _is_running(claims, records, runtime) or user is None or user.closed:
        raise SessionOver
    principal = StaffPrincipal(user=user, session_id=claims.session_id)
    return with_rights(principal, organization_id, records), records


def admit_customer(
    claims: Claims, also: Iterable[Key], runtime: Runtime
) -> tuple[CustomerPrincipal, Snapshot]:
    """Return the customer behind a token, and all that was read.

    Raises:
        SessionOver: the session was deleted, has expired, or never existed.
        Unavailable: DynamoDB is busy or out of reach.
    """
    account = keys.customer(claims.owner)
    records = read([_session_key(claims), account, *also], runtime)
    customer = records.get(Customer, account)
    if not _is_running(claims, records, runtime) or customer is None:
        raise SessionOver
    return CustomerPrincipal(customer=customer, session_id=claims.session_id), records


def _session_key(claims: Claims) -> Key:
    return keys.session(claims.audience, claims.owner, claims.session_id)


def _is_running(claims: Claims, records: Snapshot, runtime: Runtime) -> bool:
    session = records.get(Session, _session_key(claims))
    return session is not None and session.expires_at > runtime.epoch()


def enter(
    principal: StaffPrincipal, organization_id: int, also: Iterable[Key], runtime: Runtime
) -> tuple[StaffPrincipal, Snapshot]:
    """Return the principal with the rights held in an organization that only became known by reading.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    records = read([*_authority(organization_id, principal.id), *also], runtime)
    return with_rights(principal, organization_id, records), records


def with_rights(principal: StaffPrincipal, organization_id: int | None, records: Snapshot) -> StaffPrincipal:
    """Return the principal with the rights held in an organization, from records with its authority keys.

    Its creator holds every right without being a member; a closed organization lets nobody in.
    """
    organization = organization_id and records.get(Organization, keys.organization(organization_id))
    if not organization or organization.closed:
        return principal
    if organization.creator == principal.id:
        return replace(principal, organization=organization, rights=rights.EVERY_RIGHT)
    role = organizations.role_held(records, organization.id, principal.id)
    held = rights.effective(role.permissions) if role else frozenset[str]()
    return replace(principal, organization=organization, rights=held)


def _authority(organization_id: int | None, user_id: int) -> list[Key]:
    return [] if organization_id is None else organizations.authority_keys(organization_id, user_id)

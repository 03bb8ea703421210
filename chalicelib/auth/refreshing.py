"""Exchanging a refresh token for a new pair of tokens, for users and customers alike.

A refresh token is good once. Whoever uses one a second time is not the one who used it first: both lose the
session.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any

from chalicelib.auth import sessions, throttling, tokens
from chalicelib.auth.authentication import Authentication
from chalicelib.auth.model import Session
from chalicelib.auth.throttling import Limit
from chalicelib.auth.tokens import Claims, TokenPair
from chalicelib.errors import SessionOver, TokenNotValid
from chalicelib.runtime import Runtime
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call
from chalicelib.web.fields import Secret
from chalicelib.web.request import Request


@dataclass(frozen=True, kw_only=True)
class RefreshToken:
    """A refresh token to exchange."""

    refresh: Annotated[str, Secret(4096)] = field(repr=False)


def account_keys(request: Request, authentication: Authentication) -> list[Key]:
    """Return the keys of what decides on the refresh token that was given; none where none was."""
    claims = _claims(request.given.get("refresh"), authentication, request.runtime)
    return [] if claims is None else [*authentication.keys(claims, None)]


def limits(request: Request, authentication: Authentication) -> list[Limit]:
    """Return what limits the use of refresh tokens that are not good.

    One that we signed makes nobody wait but its own session: neither the account's other sessions, nor others
    behind the same address.
    """
    if "refresh" not in request.given:
        return []
    claims = _claims(request.given["refresh"], authentication, request.runtime)
    if claims is None:
        return throttling.of_refreshing_network(request)
    return throttling.of_session(request, claims.audience, claims.subject, claims.session_id)


def refresh(call: Call[Any], token: str, authentication: Authentication) -> TokenPair:
    """Renew the session behind a refresh token and return its new tokens.

    Args:
        call: with what was read of `account_keys`.
        token: the token's text.
        authentication: how the principals of the surface are known.

    Raises:
        TokenNotValid: the token is not good, or not good any more; one that was used before ends its session.
    """
    claims = _claims(token, authentication, call.runtime)
    session = None if claims is None else _session(claims, authentication, call.preloaded, call.runtime)
    if claims is None or session is None:
        raise TokenNotValid().as_failed_attempt()
    key = sessions.key_of(claims)
    used_before = TokenNotValid().as_failed_attempt().recording(lambda work: sessions.end(work, key))
    if session.refresh_id != claims.token_id:
        raise used_before
    return sessions.renew(call.work, session, call.runtime, otherwise=used_before)


def _claims(token: str | None, authentication: Authentication, runtime: Runtime) -> Claims | None:
    try:
        return None if token is None else tokens.read(token, tokens.REFRESH, authentication.audience, runtime)
    except TokenNotValid:
        return None


def _session(
    claims: Claims, authentication: Authentication, preloaded: Preloaded, runtime: Runtime
) -> Session | None:
    try:
        authentication.principal(claims, None, preloaded, runtime)
    except SessionOver:
        return None
    return preloaded.get(sessions.SESSION, sessions.key_of(claims))

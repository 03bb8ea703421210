"""Exchanging a refresh token for a new pair of tokens, for users and customers alike.

A refresh token works once. A second use means that two parties have it, so the session ends for both.
"""

from dataclasses import field
from typing import Annotated, Any

from chalicelib.auth import sessions, throttling, tokens
from chalicelib.auth.authentication import Authentication
from chalicelib.auth.model import Session
from chalicelib.auth.throttling import Limit
from chalicelib.auth.tokens import Claims, TokenPair
from chalicelib.errors import SessionOver, TokenNotValid
from chalicelib.frozen import frozen
from chalicelib.runtime import Runtime
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.web.call import Call
from chalicelib.web.fields import Secret
from chalicelib.web.request import Request


@frozen(kw_only=True)
class RefreshToken:
    """A refresh token to exchange."""

    refresh: Annotated[str, Secret(4096)] = field(repr=False)


def account_keys(request: Request, authentication: Authentication) -> list[Key]:
    """Return the keys of the session and account behind the given refresh token; none if it is not valid."""
    claims = _claims(request.given.get("refresh"), authentication, request.runtime)
    return [] if claims is None else [*authentication.keys(claims, None)]


def limits(request: Request, authentication: Authentication) -> list[Limit]:
    """Return the limits on invalid refresh tokens.

    One that we signed counts against its own session only, not against the account's other sessions or the
    network. Anything else counts against the network.
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
        call: with the records of `account_keys` preloaded.
        token: the token's text.
        authentication: the surface's.

    Raises:
        TokenNotValid: the token is invalid, or no longer valid; reuse of an old one ends its session.
    """
    claims = _claims(token, authentication, call.runtime)
    session = None if claims is None else _session(claims, authentication, call.preloaded, call.runtime)
    if claims is None or session is None:
        raise TokenNotValid().as_failed_attempt()
    key = sessions.key_of(claims)
    used_before = TokenNotValid().as_failed_attempt().with_writes(lambda work: sessions.end(work, key))
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

"""Exchanging a refresh token for a new pair of tokens, for users and customers alike.

A refresh token is good once. Whoever uses one a second time is not the one who used it first: both lose the
session.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from chalicelib.auth import sessions, throttling, tokens
from chalicelib.auth.authentication import Authentication
from chalicelib.auth.model import Session
from chalicelib.auth.throttling import Scope
from chalicelib.auth.tokens import Claims, TokenPair
from chalicelib.errors import SessionOver, TokenNotValid
from chalicelib.runtime import Runtime
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded
from chalicelib.table.unit_of_work import UnitOfWork
from chalicelib.web.call import Call
from chalicelib.web.fields import Text
from chalicelib.web.request import Request


@dataclass(frozen=True, kw_only=True)
class RefreshToken:
    """A refresh token to exchange."""

    refresh: Annotated[str, Text(4096)]


def refresh_keys(request: Request, token: str | None, authentication: Authentication) -> list[Key]:
    """Return the keys of what decides on a refresh token; none where no token was given."""
    if token is None:
        return []
    claims = _claims(token, authentication.audience, request.runtime)
    account = [] if claims is None else authentication.keys(claims, None)
    return [*account, *_scope(request, claims).keys]


def refresh(call: Call[Any], token: str, authentication: Authentication) -> TokenPair:
    """Renew the session behind a refresh token and return its new tokens.

    Args:
        call: with what was read of `refresh_keys`.
        token: the token's text.
        authentication: how the principals of the surface are known.

    Raises:
        TokenNotValid: the token is not good, or not good any more; one that was used before ends its session.
        Throttled: the account or the address has to wait after wrong ones.
    """
    runtime, preloaded = call.runtime, call.preloaded
    claims = call.once(("refresh", token), lambda: _claims(token, authentication.audience, runtime))
    scope = _scope(call.request, claims)
    throttling.ensure_not_throttled(scope, preloaded, runtime)
    session = None if claims is None else _session(claims, authentication, preloaded, runtime)
    if claims is None or session is None:
        raise TokenNotValid().recording(lambda work: throttling.record_failure(work, scope, runtime))

    def end_session(work: UnitOfWork) -> None:
        sessions.end(work, sessions.key_of(claims))
        throttling.record_failure(work, scope, runtime)

    used_before = TokenNotValid().recording(end_session)
    if session.refresh_id != claims.token_id:
        raise used_before
    if throttling.has_failures(scope, preloaded, runtime):
        throttling.reset(call.work, scope, preloaded, runtime)
    return sessions.renew(call.work, session, runtime, otherwise=used_before)


def _claims(token: str, audience: str, runtime: Runtime) -> Claims | None:
    try:
        return tokens.read(token, tokens.REFRESH, audience, runtime)
    except TokenNotValid:
        return None


def _scope(request: Request, claims: Claims | None) -> Scope:
    scope = throttling.scope_of(request.address, request.runtime)
    return scope if claims is None else scope.of("refresh", claims.audience, claims.subject)


def _session(
    claims: Claims, authentication: Authentication, preloaded: Preloaded, runtime: Runtime
) -> Session | None:
    try:
        authentication.principal(claims, None, preloaded, runtime)
    except SessionOver:
        return None
    return preloaded.get(sessions.SESSION, sessions.key_of(claims))

"""Turns a token into a principal.

Every request reads the session consistently; nothing is cached, so ending a session takes effect at once.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from chalicelib.auth import sessions, tokens
from chalicelib.auth.model import Session
from chalicelib.auth.tokens import Claims
from chalicelib.errors import NotAuthenticated, SessionOver
from chalicelib.runtime import Runtime
from chalicelib.table.keys import Key
from chalicelib.table.preloaded import Preloaded


class Account(Protocol):
    """Whoever can sign in."""

    def accepts(self, session: Session) -> bool:
        """Tell whether a session was ended neither by a new password nor by closing the account."""


class Authentication(Protocol):
    """How one surface authenticates its principals."""

    audience: str

    def keys(self, claims: Claims, organization_id: int | None) -> Iterable[Key]:
        """Return the keys of the items that identify the caller and determine their rights."""

    def principal(
        self, claims: Claims, organization_id: int | None, preloaded: Preloaded, runtime: Runtime
    ) -> Any:
        """Return who is calling, from what was read of `keys`.

        Raises:
            SessionOver: the session was ended, has expired, or never existed, or the account is closed.
        """


def claims_of(authorization: str | None, audience: str, runtime: Runtime) -> Claims:
    """Return the claims of the access token in an Authorization header.

    Raises:
        NotAuthenticated: there is no header, or its scheme is not Bearer.
        TokenNotValid: the token can't be accepted.
    """
    scheme, _, token = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer":
        raise NotAuthenticated
    return tokens.read(token.strip(), tokens.ACCESS, audience, runtime)


def running_session(
    claims: Claims, account: Account | None, preloaded: Preloaded, runtime: Runtime
) -> Session:
    """Return the session behind a token.

    Raises:
        SessionOver: it is over: deleted, expired, or ended by its account.
    """
    session = preloaded.get(sessions.SESSION, sessions.key_of(claims))
    if session is None or account is None or not is_running(session, account, runtime):
        raise SessionOver
    return session


def is_running(session: Session, account: Account, runtime: Runtime) -> bool:
    """Tell whether a session has neither expired nor been ended by its account."""
    return session.expires_at > runtime.epoch() and account.accepts(session)

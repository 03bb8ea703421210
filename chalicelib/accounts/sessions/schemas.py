"""Tokens and sessions as they go out, keys in the documents' order."""

from typing import TypedDict

from chalicelib.auth.model import Session
from chalicelib.auth.tokens import TokenPair
from chalicelib.web.values import Id, Time


class Tokens(TypedDict):
    """A pair of tokens; `expired_at` is the access token's lifetime in seconds."""

    refresh: str
    access: str
    expired_at: int


class SessionObject(TypedDict):
    """A session; its user is an id."""

    id: Id
    user: Id
    device: str
    created_at: Time


def tokens(pair: TokenPair) -> Tokens:
    """Return a new pair of tokens."""
    return {"refresh": pair.refresh, "access": pair.access, "expired_at": pair.expires_in}


def session_object(session: Session) -> SessionObject:
    """Return a session of a user."""
    return {
        "id": session.id,
        "user": int(session.owner),
        "device": session.device,
        "created_at": session.created_at,
    }

"""What a sign-in says; tokens and sessions as they go out, keys in the documents' order."""

from dataclasses import field
from typing import Annotated, TypedDict

from chalicelib.accounts.schemas import ensure_contact
from chalicelib.auth.model import Session
from chalicelib.auth.tokens import TokenPair
from chalicelib.frozen import frozen
from chalicelib.web.contact_fields import MAX_EMAIL_LENGTH, TypedPhone
from chalicelib.web.fields import Secret, Text
from chalicelib.web.values import Id, Time


@frozen(kw_only=True)
class Credentials:
    """An email, or else a phone, and the account's password."""

    email: Annotated[str | None, Text(MAX_EMAIL_LENGTH, null=True)] = None
    phone: Annotated[str | None, TypedPhone(null=True)] = None
    password: Annotated[str, Secret()] = field(repr=False)

    precondition = staticmethod(ensure_contact)


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

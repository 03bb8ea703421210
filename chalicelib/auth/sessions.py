"""Sessions of users and customers alike: begun at sign-in, renewed at each refresh, ended by deletion."""

from dataclasses import replace

from chalicelib import texts, times
from chalicelib.auth import tokens
from chalicelib.auth.model import Session
from chalicelib.auth.tokens import Claims, TokenPair
from chalicelib.errors import DomainError
from chalicelib.runtime import Runtime
from chalicelib.table import keys
from chalicelib.table.codec import DocumentKind
from chalicelib.table.items import SessionItem
from chalicelib.table.keys import Key
from chalicelib.table.paging import Page, PageRequest
from chalicelib.table.queries import page_of_partition
from chalicelib.table.unit_of_work import UnitOfWork, absent

_DEVICE_LENGTH = 200

SESSION = DocumentKind(
    "session",
    Session,
    "id",
    "audience",
    "owner",
    "device",
    "created_at",
    "expires_at",
    "refresh_id",
    "session_epoch",
)


def key_of(claims: Claims) -> Key:
    """Return the key of the session behind a token."""
    return keys.session(claims.audience, claims.subject, claims.session_id)


def begin(
    work: UnitOfWork, audience: str, owner: str, *, device: str, session_epoch: int, runtime: Runtime
) -> TokenPair:
    """Begin a session and return its tokens.

    Args:
        work: writes it.
        audience: the surface that the session is for.
        owner: a user's id as text, or a customer's uuid.
        device: the User-Agent at sign-in.
        session_epoch: the account's.
        runtime: settings, clock, ids.
    """
    session = Session(
        id=runtime.new_session_id(),
        audience=audience,
        owner=owner,
        device=texts.usable(device)[:_DEVICE_LENGTH],
        created_at=runtime.now(),
        expires_at=min(_expiry(runtime), runtime.epoch() + runtime.settings.session_seconds),
        refresh_id=_new_token_id(runtime),
        session_epoch=session_epoch,
    )
    work.put(item_of(session), absent())
    return tokens.issue_pair(session, runtime)


def renew(work: UnitOfWork, session: Session, runtime: Runtime, *, otherwise: DomainError) -> TokenPair:
    """Replace the session's only valid refresh token, on condition that no other refresh came first.

    However often that is done, a session ends once it is as old as the settings allow.
    """
    began = times.epoch(times.moment(session.created_at))
    end = min(_expiry(runtime), began + runtime.settings.session_seconds)
    renewed = replace(session, refresh_id=_new_token_id(runtime), expires_at=end)
    work.put(item_of(renewed), SessionItem.refresh_id == session.refresh_id, otherwise)
    return tokens.issue_pair(renewed, runtime)


def page_of_owner(audience: str, owner: str, page_request: PageRequest, runtime: Runtime) -> Page[Session]:
    """Read one page of an owner's sessions, in the order of their (random) ids, in one call."""
    return page_of_partition(keys.sessions(audience, owner), SESSION.decode, page_request, runtime)


def end(work: UnitOfWork, session_key: Key) -> None:
    """End a session; its tokens are refused from the next request on."""
    work.delete(session_key)


def item_of(session: Session) -> SessionItem:
    """Return the item that keeps a session."""
    return SessionItem(
        *keys.session(session.audience, session.owner, session.id),
        doc=SESSION.to_document(session),
        refresh_id=session.refresh_id,
        expires_at=session.expires_at,
    )


def _expiry(runtime: Runtime) -> int:
    return runtime.epoch() + runtime.settings.refresh_token_seconds


def _new_token_id(runtime: Runtime) -> str:
    return runtime.new_uuid().replace("-", "")

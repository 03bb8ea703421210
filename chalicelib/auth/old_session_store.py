"""Sign-ins: one item a session, all of one owner in one partition."""

from dataclasses import replace

from chalicelib.auth.model import Session
from chalicelib.runtime import Runtime
from chalicelib.table import keys, ranges
from chalicelib.table.engine import attempt
from chalicelib.table.items import Item, SessionItem
from chalicelib.table.old_unit_of_work import UnitOfWork, absent, put
from chalicelib.table.paging import Page, Position
from chalicelib.table.snapshot import document, record_of


def _item_of(session: Session) -> SessionItem:
    return SessionItem(
        *keys.session(session.audience, session.owner, session.id),
        doc=document(session),
        refresh_id=session.refresh_id,
        expires_at=session.expires_at,
    )


def add(session: Session, runtime: Runtime) -> None:
    """Begin a session.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    put(_item_of(session), absent(), runtime)


def add_to(work: UnitOfWork, session: Session) -> None:
    """Begin a session in a transaction."""
    work.put("session", _item_of(session), absent())


def page(audience: str, owner: str, runtime: Runtime, *, limit: int, after: Position | None) -> Page[Session]:
    """Read one page of an owner's sessions, in the order of their (random) ids, in one call.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    found = ranges.page(keys.sessions(audience, owner), runtime, limit=limit, after=after)
    return Page([record_of(item) for item in found.items], found.next, found.previous)


def rotate(session: Session, refresh_id: str, expires_at: int, runtime: Runtime) -> Session:
    """Exchange the one good refresh token of a session for a new one.

    Raises:
        Refused: the session is gone, or another refresh came first.
        Unavailable: DynamoDB is busy or out of reach.
    """
    renewed = replace(session, refresh_id=refresh_id, expires_at=expires_at)
    put(_item_of(renewed), SessionItem.refresh_id == session.refresh_id, runtime)
    return renewed


def end(audience: str, owner: str, session_id: int, runtime: Runtime) -> None:
    """End a session; ending one that is gone does nothing.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    item = Item(*keys.session(audience, owner, session_id))
    attempt(item.delete, runtime)

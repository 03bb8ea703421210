"""Sessions of users and customers alike: begin, refresh with rotation, end."""

from collections.abc import Callable
from contextlib import suppress

from chalicelib.auth import old_authentication as admission
from chalicelib.auth import old_failed_attempts as tries
from chalicelib.auth import old_session_store as sessions
from chalicelib.auth import old_throttling as abuse
from chalicelib.auth import tokens
from chalicelib.auth.model import Session
from chalicelib.auth.old_throttling import Watch
from chalicelib.auth.tokens import Claims, TokenPair
from chalicelib.errors import Throttled, TokenNotValid
from chalicelib.runtime import Runtime
from chalicelib.table.engine import Refused, read
from chalicelib.table.old_unit_of_work import UnitOfWork
from chalicelib.table.snapshot import Snapshot

_DEVICE_LENGTH = 200


def begin(audience: str, owner: str, *, device: str, runtime: Runtime, session_epoch: int = 0) -> TokenPair:
    """Begin a session and return its tokens.

    Args:
        audience: the surface that the session is for.
        owner: a user's id as text, or a customer's uuid.
        device: the User-Agent at sign-in.
        runtime: settings, clock, chance.
        session_epoch: the account's, where it has one.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    session = _new(audience, owner, device, session_epoch, runtime)
    sessions.add(session, runtime)
    return tokens.issue_pair(session, runtime)


def begin_watched(
    audience: str,
    owner: str,
    *,
    device: str,
    runtime: Runtime,
    session_epoch: int,
    watch: Watch,
    records: Snapshot,
    along: Callable[[UnitOfWork], None] | None = None,
) -> TokenPair:
    """Begin a session after a right password, which ends the account's row of wrong ones.

    Args:
        audience: as for `begin`.
        owner: as for `begin`.
        device: as for `begin`.
        runtime: as for `begin`.
        session_epoch: the account's.
        watch: the watch over the account.
        records: what was read before the password was looked at, with the watch's keys.
        along: writes something in the same transaction; if that is refused, the session begins without it.

    Raises:
        Throttled: others tried so many wrong passwords meanwhile that the account has to wait.
        Unavailable: DynamoDB is busy or out of reach.
    """
    session = _new(audience, owner, device, session_epoch, runtime)
    work = UnitOfWork(runtime)
    sessions.add_to(work, session)
    abuse.forgive(work, watch, records, runtime)
    if along is not None:
        along(work)
    try:
        work.commit()
    except Refused as refused:
        if along is None or tries.TRIES in refused.stored:
            raise Throttled(1) from refused
        return begin_watched(
            audience,
            owner,
            device=device,
            runtime=runtime,
            session_epoch=session_epoch,
            watch=watch,
            records=records,
        )
    return tokens.issue_pair(session, runtime)


def _new(audience: str, owner: str, device: str, session_epoch: int, runtime: Runtime) -> Session:
    return Session(
        id=runtime.new_session_id(),
        audience=audience,
        owner=owner,
        device=device[:_DEVICE_LENGTH],
        created_at=runtime.now(),
        expires_at=runtime.epoch() + runtime.settings.refresh_token_seconds,
        refresh_id=_new_token_id(runtime),
        session_epoch=session_epoch,
    )


def refresh(refresh_token: str, audience: str, *, address: str, runtime: Runtime) -> TokenPair:
    """Exchange a refresh token for a new pair; one that was used before ends the session.

    Args:
        refresh_token: the token's text.
        audience: the surface that it is for.
        address: the caller's.
        runtime: settings, clock, chance.

    Raises:
        TokenNotValid: the token is not good, or not good any more.
        Throttled: the account or the address has to wait after wrong ones.
        Unavailable: DynamoDB is busy or out of reach.
    """
    watch = abuse.watched(address, runtime)
    try:
        claims = tokens.read(refresh_token, tokens.REFRESH, audience, runtime)
    except TokenNotValid:
        abuse.ensure_patience(watch, read(watch.keys, runtime), runtime)
        abuse.note_wrong(watch, runtime)
        raise
    watch = watch.of("refresh", audience, claims.subject)
    records = read([*admission.session_keys(claims), *watch.keys], runtime)
    abuse.ensure_patience(watch, records, runtime)
    try:
        pair = _rotate(claims, records, runtime)
    except TokenNotValid:
        abuse.note_wrong(watch, runtime)
        raise
    if abuse.has_wrong(watch, records, runtime):
        work = UnitOfWork(runtime)
        abuse.forgive(work, watch, records, runtime)
        with suppress(Refused):
            work.commit()
    return pair


def _rotate(claims: Claims, records: Snapshot, runtime: Runtime) -> TokenPair:
    session = admission.running_session(claims, records, runtime)
    if session is None:
        raise TokenNotValid
    try:
        if session.refresh_id != claims.token_id:
            raise Refused({})
        expires_at = runtime.epoch() + runtime.settings.refresh_token_seconds
        renewed = sessions.rotate(session, _new_token_id(runtime), expires_at, runtime)
    except Refused as refused:
        # Whoever uses a refresh token a second time is not the one who used it first: both lose the session.
        sessions.end(claims.audience, claims.subject, claims.session_id, runtime)
        raise TokenNotValid from refused
    return tokens.issue_pair(renewed, runtime)


def end(audience: str, owner: str, session_id: int, *, runtime: Runtime) -> None:
    """End a session; its tokens are refused from the next request on.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    sessions.end(audience, owner, session_id, runtime)


def _new_token_id(runtime: Runtime) -> str:
    return runtime.new_uuid().replace("-", "")

"""Sessions of users and customers alike: begin, refresh with rotation, end."""

from chalicelib.auth import admission, tokens
from chalicelib.auth.tokens import Claims, TokenPair
from chalicelib.domain.errors import TokenNotValid
from chalicelib.domain.records import Session
from chalicelib.runtime import Runtime
from chalicelib.table import sessions
from chalicelib.table.engine import Refused, read

_DEVICE_LENGTH = 200


def begin(audience: str, owner: str, *, device: str, runtime: Runtime, generation: int = 0) -> TokenPair:
    """Begin a session and return its tokens.

    Args:
        audience: the surface that the session is for.
        owner: a user's id as text, or a customer's uuid.
        device: the User-Agent at sign-in.
        runtime: settings, clock, chance.
        generation: the account's, where it has one.

    Raises:
        Unavailable: DynamoDB is busy or out of reach.
    """
    session = Session(
        id=runtime.new_session_id(),
        audience=audience,
        owner=owner,
        device=device[:_DEVICE_LENGTH],
        created_at=runtime.now(),
        expires_at=runtime.epoch() + runtime.settings.refresh_token_seconds,
        refresh_id=_new_token_id(runtime),
        generation=generation,
    )
    sessions.add(session, runtime)
    return tokens.issue_pair(session, runtime)


def refresh(claims: Claims, *, runtime: Runtime) -> TokenPair:
    """Exchange a refresh token for a new pair; one that was used before ends the session.

    Args:
        claims: what the refresh token says.
        runtime: settings, clock, chance.

    Raises:
        TokenNotValid: the session is over, or the token was used before.
        Unavailable: DynamoDB is busy or out of reach.
    """
    records = read(admission.session_keys(claims), runtime)
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
        sessions.end(claims.audience, claims.owner, claims.session_id, runtime)
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

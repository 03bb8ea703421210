"""Access and refresh tokens (the only user of PyJWT).

HS256 and nothing else. A token names its type, its audience, its session and the key that signed it; all of
that is required when it is read. The newest key signs, every configured key verifies, so that keys can be
rotated.
"""

from collections.abc import Sequence

import jwt

from chalicelib.auth.model import Session
from chalicelib.config import Settings, SigningKey
from chalicelib.errors import TokenNotValid
from chalicelib.frozen import frozen
from chalicelib.runtime import Runtime

ACCESS = "access"
REFRESH = "refresh"

_ALGORITHM = "HS256"
_REQUIRED = ["token_type", "exp", "iat", "jti", "aud", "user_id", "sid"]


@frozen
class Claims:
    """The claims of a valid token; `subject` is a user's id as text, or a customer's uuid."""

    audience: str
    subject: str
    session_id: int
    token_id: str


@frozen
class TokenPair:
    """A new access token, the refresh token to follow it, and the access token's lifetime in seconds."""

    access: str
    refresh: str
    expires_in: int


def issue_pair(session: Session, runtime: Runtime) -> TokenPair:
    """Return the tokens of a session; the refresh token is the one that `session.refresh_id` allows."""
    settings = runtime.settings
    return TokenPair(
        access=_issue(session, ACCESS, runtime.new_uuid(), settings.access_token_seconds, runtime),
        refresh=_issue(session, REFRESH, session.refresh_id, settings.refresh_token_seconds, runtime),
        expires_in=settings.access_token_seconds,
    )


def _issue(session: Session, kind: str, token_id: str, lifetime: int, runtime: Runtime) -> str:
    now = runtime.epoch()
    key = runtime.settings.signing_keys[0]
    payload = {
        "token_type": kind,
        "exp": now + lifetime,
        "iat": now,
        "jti": token_id.replace("-", ""),
        # A number for staff, as the Orders API document's sample token has it.
        "user_id": int(session.owner) if session.owner.isdigit() else session.owner,
        "aud": session.audience,
        "sid": session.id,
    }
    return jwt.encode(payload, key.secret, algorithm=_ALGORITHM, headers={"kid": key.id})


def read(token: str, kind: str, audience: str, runtime: Runtime) -> Claims:
    """Verify a token and return its claims.

    Args:
        token: the token's text.
        kind: `ACCESS` or `REFRESH`.
        audience: the surface's audience.
        runtime: the keys and the clock.

    Raises:
        TokenNotValid: it is malformed, expired, wrongly signed, or of another type or audience.
    """
    try:
        _ensure_one_spelling(token)
        key = _key_of(token, runtime.settings)
        # The expiry is compared below, with the runtime's clock.
        payload = jwt.decode(
            token,
            key.secret,
            algorithms=[_ALGORITHM],
            audience=audience,
            options={"require": _REQUIRED, "verify_exp": False, "verify_iat": False},
        )
        expired = int(payload["exp"]) <= runtime.epoch()
        subject = str(payload["user_id"])
        claims = Claims(audience, subject, int(payload["sid"]), str(payload["jti"]))
    except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError) as error:
        raise TokenNotValid from error
    if expired or payload["token_type"] != kind:
        raise TokenNotValid
    return claims


def _ensure_one_spelling(token: str) -> None:
    """Refuse a signature with other bits, signs or padding than it was given out with, which decode alike."""
    signature = token.rpartition(".")[2]
    if jwt.utils.base64url_encode(jwt.utils.base64url_decode(signature)).decode() != signature:
        raise TokenNotValid


def _key_of(token: str, settings: Settings) -> SigningKey:
    keys: Sequence[SigningKey] = settings.signing_keys
    named = jwt.get_unverified_header(token).get("kid")
    for key in keys:
        if key.id == named:
            return key
    raise TokenNotValid

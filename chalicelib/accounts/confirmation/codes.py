"""Confirmation codes: six digits, kept as a keyed digest that is bound to a user and an address.

Six digits are quickly tried against any digest, so that only the key, which is not in the table,
protects them.
"""

import hashlib
import hmac

from chalicelib.config import SigningKey
from chalicelib.runtime import Runtime

_SMALLEST, _LARGEST = 100_000, 999_999  # a code is also sent as a number, which has no leading zeros


def new_code(runtime: Runtime) -> str:
    """Return a new code."""
    return str(runtime.rng.randint(_SMALLEST, _LARGEST))


def digest(code: str, user_id: int, email: str, runtime: Runtime) -> str:
    """Return what is kept of a code that is mailed to an address."""
    return _digest(runtime.settings.signing_keys[0], code, user_id, email)


def matches(code: str, kept: str, user_id: int, email: str, runtime: Runtime) -> bool:
    """Tell whether a code is the one behind a digest, for this user and this address."""
    keys = runtime.settings.signing_keys
    found = [hmac.compare_digest(_digest(key, code, user_id, email), kept) for key in keys]
    return any(found)


def _digest(key: SigningKey, code: str, user_id: int, email: str) -> str:
    message = "\0".join(("confirmation", str(user_id), email.casefold(), code))
    return hmac.new(key.secret.encode(), message.encode(), hashlib.sha256).hexdigest()

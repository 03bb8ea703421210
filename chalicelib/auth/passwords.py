"""Passwords in Django's form `pbkdf2_sha256$<iterations>$<salt>$<hash>` (spec, Customer API).

Hashes from a Django database therefore keep working; those with fewer iterations than configured are replaced
at the next sign-in.
"""

import base64
import hashlib
import hmac
import string

from chalicelib.runtime import Runtime

_SCHEME = "pbkdf2_sha256"
_SALT_LETTERS = string.ascii_letters + string.digits
_SALT_LENGTH = 22
_SHOWN = 4


def _digest(password: str, salt: str, iterations: int) -> str:
    raw = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), iterations)
    return base64.b64encode(raw).decode("ascii")


def hash_password(password: str, runtime: Runtime) -> str:
    """Return the hash to store."""
    salt = "".join(runtime.rng.choices(_SALT_LETTERS, k=_SALT_LENGTH))
    iterations = runtime.settings.password_iterations
    return f"{_SCHEME}${iterations}${salt}${_digest(password, salt, iterations)}"


def matches(password: str, encoded: str | None, runtime: Runtime) -> bool:
    """Tell whether a password is the one behind a hash.

    Without a hash (an unknown or closed account), or with one of fewer iterations than new ones get, it does
    the same amount of work, so that timing does not reveal whether an account exists.
    """
    parts = (encoded or "").split("$")
    wanted = runtime.settings.password_iterations
    if len(parts) != 4 or parts[0] != _SCHEME or not parts[1].isdigit() or int(parts[1]) < 1:
        _digest(password, "no such account", wanted)
        return False
    _, iterations, salt, expected = parts
    found = hmac.compare_digest(_digest(password, salt, int(iterations)), expected)
    if int(iterations) < wanted:
        _digest(password, salt, wanted - int(iterations))
    return found


def is_outdated(encoded: str, runtime: Runtime) -> bool:
    """Tell whether a hash has fewer iterations than new ones get."""
    return int(encoded.split("$")[1]) < runtime.settings.password_iterations


def masked(encoded: str) -> str:
    """Return a hash with salt and digest hidden after their first characters (`setpassword`)."""
    scheme, iterations, salt, digest = encoded.split("$")
    hidden = (part[:_SHOWN] + "*" * (len(part) - _SHOWN) for part in (salt, digest))
    return "$".join((scheme, iterations, *hidden))

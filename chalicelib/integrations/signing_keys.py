"""The keys that sign tokens and cursors: from the environment, or from AWS Secrets Manager.

The first key signs, every key verifies. So a key is rotated without downtime by adding the new one at the
end, waiting until every function has read it, and only then moving it to the front (decision 22).
"""

import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import field
from typing import overload

from chalicelib.frozen import frozen

CACHE_SECONDS = 300
"""How long keys are cached before they are read again; a rotation waits longer than this."""

_MINIMUM_SECRET = 32
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


@frozen
class SigningKey:
    """A secret that signs tokens and cursors, named so that keys can be rotated."""

    id: str
    secret: str = field(repr=False)


def parse(text: str) -> tuple[SigningKey, ...]:
    """Return the keys of a list like `id:secret,id:secret`, or of a JSON object like `{"id": "secret"}`.

    Raises:
        ValueError: there is no key, two have one id, or a secret is too short; the message never quotes a
        secret.
    """
    keys = _listed(text)
    well_formed = all(_KEY_ID.fullmatch(key.id) and len(key.secret) >= _MINIMUM_SECRET for key in keys)
    if not (keys and well_formed and len({key.id for key in keys}) == len(keys)):
        raise ValueError(
            "is not a list like id:secret,id:secret with different ids "
            f"and secrets of at least {_MINIMUM_SECRET} characters"
        )
    return tuple(keys)


def _listed(text: str) -> list[SigningKey]:
    if not text.lstrip().startswith("{"):
        return [SigningKey(*part.strip().partition(":")[::2]) for part in text.split(",") if part.strip()]
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except ValueError:
        return []  # without the cause, whose text has the secret in it
    return [SigningKey(name, secret) for name, secret in pairs if isinstance(secret, str)]


class StoredKeys(Sequence[SigningKey]):
    """Keys that are stored elsewhere: read on first use, and read again every five minutes.

    If reading them again fails, the cached keys stay in use: better an old key than no answer.

    Args:
        read: returns the stored text; an exception of the very first read is passed on.
        clock: a monotonic clock, in seconds.
    """

    def __init__(self, read: Callable[[], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._reading = threading.Lock()
        self._keys: tuple[SigningKey, ...] = ()
        self._read_at = 0.0

    def _current(self) -> tuple[SigningKey, ...]:
        with self._reading:
            now = self._clock()
            if not self._keys or now - self._read_at >= CACHE_SECONDS:
                self._read_at = now
                self._keys = self._read_again()
        return self._keys

    def _read_again(self) -> tuple[SigningKey, ...]:
        try:
            return parse(self._read())
        except Exception:
            if not self._keys:
                raise
            return self._keys

    @overload
    def __getitem__(self, index: int) -> SigningKey: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SigningKey]: ...
    def __getitem__(self, index: int | slice) -> SigningKey | Sequence[SigningKey]:
        """Return the key at a place; the first one signs."""
        return self._current()[index]

    def __len__(self) -> int:
        """Return how many keys verify."""
        return len(self._current())

    def __repr__(self) -> str:
        """Tell the names only, and read nothing."""
        return f"StoredKeys({', '.join(key.id for key in self._keys)})"


def in_secrets_manager(secret: str, endpoint_url: str | None = None) -> StoredKeys:
    """Return the keys in a secret of AWS Secrets Manager.

    Args:
        secret: its name or ARN.
        endpoint_url: where Secrets Manager is, by default AWS's own.
    """

    def read() -> str:
        from chalicelib.integrations import aws

        return aws.secret_string(secret, aws.session(), endpoint_url)

    return StoredKeys(read)

"""The tokens of who is signed in, and when they have to be refreshed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

_LEEWAY_SECONDS = 10  # an access token is refreshed before it can expire on its way


class TokenPair(TypedDict):
    """What to keep in order to go on later without a password."""

    access: str
    refresh: str


OnTokens = Callable[[TokenPair | None], object]
"""Called with every new pair, and with None after signing out."""


class Session:
    """Who is signed in."""

    def __init__(self, tokens: TokenPair | None, on_tokens: OnTokens | None) -> None:
        self.tokens = tokens
        self._on_tokens = on_tokens
        self._refresh_at: float | None = None  # unknown for tokens of an earlier run

    @property
    def access(self) -> str | None:
        """The access token."""
        return None if self.tokens is None else self.tokens["access"]

    @property
    def due(self) -> bool:
        """Whether the access token is about to expire."""
        return (
            self.tokens is not None and self._refresh_at is not None and time.monotonic() >= self._refresh_at
        )

    def begin(self, answer: Mapping[str, Any]) -> None:
        """Go on with the pair of tokens in an answer."""
        self._refresh_at = time.monotonic() + answer["expired_at"] - _LEEWAY_SECONDS
        self._set({"access": answer["access"], "refresh": answer["refresh"]})

    def end(self) -> None:
        """Forget the tokens."""
        self._refresh_at = None
        self._set(None)

    def _set(self, tokens: TokenPair | None) -> None:
        self.tokens = tokens
        if self._on_tokens is not None:
            self._on_tokens(tokens)

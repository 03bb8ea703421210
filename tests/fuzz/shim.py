"""A world as a WSGI application, which is what Schemathesis calls in process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from tests.support.world import World

PLACEHOLDER = "a token of the "
STAFF, CUSTOMER = f"{PLACEHOLDER}staff", f"{PLACEHOLDER}customer"


@dataclass
class Shim:
    """Sends what comes in to a world.

    Attributes:
        world: the world.
        mint: makes a token for each placeholder, anew for each request: some end their own session.
        statuses: how often each status was answered.
    """

    world: World
    mint: dict[str, Callable[[], str]]
    statuses: Counter[int] = field(default_factory=Counter)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], Any]
    ) -> Iterable[bytes]:
        """Answer a request; the world holds the answer to the document."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        answer = self.world.call(
            environ["REQUEST_METHOD"],
            _target(environ),
            raw=environ["wsgi.input"].read(length) if length else None,
            headers=self._headers(environ),
        )
        self.statuses[answer.status] += 1
        status = HTTPStatus(answer.status)
        # An answer compares without its request's id, which the world therefore keeps apart.
        headers = answer.headers | ({"X-Request-Id": answer.request_id} if answer.request_id else {})
        start_response(f"{status.value} {status.phrase}", list(headers.items()))
        return [answer.text.encode()]

    def _headers(self, environ: dict[str, Any]) -> dict[str, str]:
        sent = {
            name.removeprefix("HTTP_").replace("_", "-").title(): str(value)
            for name, value in environ.items()
            if name.startswith("HTTP_") or name == "CONTENT_TYPE"
        }
        scheme, _, token = sent.get("Authorization", "").partition(" ")
        if token in self.mint:
            sent["Authorization"] = f"{scheme} {self.mint[token]()}"
        return sent


def _target(environ: dict[str, Any]) -> str:
    # REQUEST_URI is still percent-encoded, but lacks a query that werkzeug was given apart.
    path, query = environ["REQUEST_URI"].partition("?")[0], environ["QUERY_STRING"]
    return f"{path}?{query}" if query else str(path)

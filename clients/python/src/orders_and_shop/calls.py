"""A call to the API, as it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from orders_and_shop.errors import ApiError
from orders_and_shop.pages import Query

Headers = Mapping[str, str] | None
Parameters = Mapping[str, str | int | None]

BUSY = 503
PAUSING = (429, BUSY)
"""The statuses after which the API may ask for a pause; after 429 nothing has happened."""


@dataclass(frozen=True)
class Call:
    """A call that can be made again."""

    method: str
    url: str
    query: Query | None
    body: Any
    headers: Mapping[str, str]

    @property
    def repeatable(self) -> bool:
        """Whether nothing happens twice if an earlier try had an effect all the same."""
        return self.method == "GET" or any(name.lower() == "idempotency-key" for name in self.headers)

    def request(self, http: httpx.Client | httpx.AsyncClient, access: str | None) -> httpx.Request:
        """Return the request, with an access token or without one."""
        credentials = {} if access is None else {"Authorization": f"Bearer {access}"}
        return http.build_request(
            self.method,
            self.url,
            params=None if self.query is None else httpx.QueryParams(tuple(self.query)),
            json=self.body,
            headers=credentials | dict(self.headers),
        )


def success(response: httpx.Response) -> httpx.Response:
    """Return an answer if it is a success.

    Raises:
        ApiError: it is not.
    """
    if not response.is_success:
        raise ApiError.of(response)
    return response


def given(query: Parameters) -> Query:
    """Return the parameters that are not None, as the API reads them."""
    return [
        (name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in query.items()
        if value is not None
    ]


def segment(value: str | int) -> str:
    """Return a value as a part of a path."""
    return quote(str(value), safe="")

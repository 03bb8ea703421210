"""What pages of both kinds have in common: bare arrays with a `Link` header, and envelopes with `next`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from urllib.parse import parse_qsl, urlsplit

import httpx

A = TypeVar("A")
E = TypeVar("E")

Query = list[tuple[str, str]]


@dataclass(frozen=True)
class Page(Generic[A, E]):
    """A page of a list.

    Attributes:
        answer: the whole answer, with `count` where the API gives it.
        entries: what the page lists: objects, or pairs of a uuid and an object.
        next: the query of the next page; None on the last one.
    """

    answer: A
    entries: list[E]
    next: Query | None

    @classmethod
    def of(cls, response: httpx.Response) -> Page[A, E]:
        """Return the page that an answer is."""
        answer: Any = response.json()
        if isinstance(answer, list):
            return cls(cast("A", answer), answer, _query(response.links.get("next", {}).get("url")))
        results = answer["results"]
        entries = list(results.items()) if isinstance(results, dict) else results
        return cls(answer, cast("list[E]", entries), _query(answer["next"]))


def _query(address: str | None) -> Query | None:
    """Return the query of an address; the rest is ours already, so that no token goes to another host."""
    return None if address is None else parse_qsl(urlsplit(address).query, keep_blank_values=True)

# Made of `_async` by `manage.py clients`.
"""How a call is made: signed, with a fresh token, and once more after a pause that the API asks for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, ClassVar, Generic, Self, TypeVar

import httpx

from orders_and_shop.calls import BUSY, PAUSING, Call, Headers, Parameters, given, success
from orders_and_shop.errors import ApiError
from orders_and_shop.pages import Page, Query
from orders_and_shop.session import OnTokens, Session, TokenPair

A = TypeVar("A")
E = TypeVar("E")


class Transport:
    """A client's connection and session.

    Args:
        base_url: where the API is, as in `https://api.example/v1`.
        tokens: the pair of an earlier run, to go on without signing in.
        on_tokens: called with each new pair of tokens (a refresh token works once, so keep the last one), and
            with None after signing out.
        longest_wait: the longest pause in seconds after which a call is made once more; an answer that asks
            for a longer one is raised at once.
        http: the HTTP client to use, say with a proxy or other timeouts; it is not closed with this one.
    """

    _refresh_path: ClassVar[str]

    def __init__(
        self,
        base_url: str,
        *,
        tokens: TokenPair | None = None,
        on_tokens: OnTokens | None = None,
        longest_wait: float = 10,
        http: httpx.Client | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._session = Session(tokens, on_tokens)
        self._longest_wait = longest_wait
        self._http = http or httpx.Client(timeout=30)
        self._owns_http = http is None
        self._refreshing = threading.Lock()

    @property
    def tokens(self) -> TokenPair | None:
        """The tokens of who is signed in."""
        return self._session.tokens

    def close(self) -> None:
        """Close the connections."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _call(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: object = None,
        headers: Headers = None,
        signed: bool = True,
    ) -> httpx.Response:
        """Make a call, and return its answer if that is a success."""
        if signed and self._session.due:
            self._refresh(self._session.access)
        call = Call(method, self._base_url + path, query, body, dict(headers or {}))
        access = self._session.access if signed else None
        response = self._send(call, access)
        if access is not None and not response.is_success and ApiError.of(response).refuses_token:
            self._refresh(access)
            response = self._send(call, self._session.access)
        return success(response)

    def _json(self, method: str, path: str, **rest: Any) -> Any:
        """Make a call, and return what its answer says."""
        return (self._call(method, path, **rest)).json()

    def _refresh(self, refused: str | None) -> None:
        """Get the next pair of tokens, unless another call has done so meanwhile."""
        with self._refreshing:
            tokens = self._session.tokens
            if tokens is None or tokens["access"] != refused:
                return
            body = {"refresh": tokens["refresh"]}
            call = Call("POST", self._base_url + self._refresh_path, None, body, {})
            self._session.begin(success(self._send(call, None)).json())

    def _send(self, call: Call, access: str | None) -> httpx.Response:
        """Send a request, and once more if the API asks for a pause and nothing can happen twice."""
        response = self._http.send(call.request(self._http, access))
        pause = ApiError.of(response).retry_after if response.status_code in PAUSING else None
        if pause is None or pause > self._longest_wait:
            return response
        if response.status_code == BUSY and not call.repeatable:
            return response
        time.sleep(pause)
        return self._http.send(call.request(self._http, access))


class Pages(Generic[A, E]):
    """A list, asked for page by page while it is walked; nothing is asked for before.

    Walk it for its entries, or `pages()` for the answers that they come in.
    """

    def __init__(
        self, transport: Transport, path: str, query: Parameters, headers: Headers, *, signed: bool
    ) -> None:
        self._transport = transport
        self._path = path
        self._query = given(query)
        self._headers = headers
        self._signed = signed

    def __iter__(self) -> Iterator[E]:
        for page in self.pages():
            yield from page.entries

    def pages(self) -> Iterator[Page[A, E]]:
        """Walk the pages; one may be short, even empty, and not be the last."""
        page = self.first_page()
        yield page
        while page.next is not None:
            page = self._page(page.next)
            yield page

    def first_page(self) -> Page[A, E]:
        """Return the first page alone."""
        return self._page(self._query)

    def _page(self, query: Query) -> Page[A, E]:
        answer = self._transport._call(
            "GET", self._path, query=query, headers=self._headers, signed=self._signed
        )
        return Page.of(answer)

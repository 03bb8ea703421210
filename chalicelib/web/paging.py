"""Pages of lists, in requests and in answers.

A cursor is the place where the next page starts, signed together with the name of its list (endpoint, path,
filters, and the principal if the list is the principal's own), so that it can be neither forged nor used with
another list. A cursor of a public list, which everybody may see, has a checksum instead of a signature.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any, Generic, TypedDict, TypeVar
from urllib.parse import quote, urlencode

from chalicelib.errors import WrongParameter
from chalicelib.frozen import frozen
from chalicelib.table.paging import Page, PageRequest, Position
from chalicelib.web.query import single, whole_number
from chalicelib.web.request import Request
from chalicelib.web.values import Url

CURSOR = "cursor"
MAX_PAGE_SIZE = 100

T = TypeVar("T")
Results = TypeVar("Results")

_SIGNATURE_BYTES = 16
_MAX_SORT_KEY_BYTES = 1024  # bytes; DynamoDB's
_INVALID = "Invalid cursor."


class Paging(Enum):
    """How a list is given in pages: the parameter that says how large, and the size without it."""

    LINK = ("limit", 100)
    """A bare array, continued by the header `Link`."""

    ENVELOPE = ("page_size", 25)
    """An object with `count`, `next`, `previous` and `results`."""

    @property
    def size_parameter(self) -> str:
        """The name of the query parameter that says how many entries a page may have."""
        return self.value[0]

    @property
    def default_size(self) -> int:
        """How many entries a page has when the request does not say."""
        return self.value[1]


class Envelope(TypedDict, Generic[Results]):
    """A page: `count` is the whole list's, `next` and `previous` are the addresses of the pages beside it."""

    count: int
    next: Url | None
    previous: Url | None
    results: Results


@frozen
class Counted(Generic[Results]):
    """A page to be answered in its envelope: the neighbours, how long the whole list is, and the results."""

    page: Page[Any]
    count: int
    results: Results


def page_request(paging: Paging, request: Request, list_name: str) -> PageRequest:
    """Return the page that a request asks for.

    Raises:
        WrongParameter: the size is not an integer from 1 to 100, or the cursor is not one of this list.
    """
    limit = whole_number(request.query, paging.size_parameter, paging.default_size, MAX_PAGE_SIZE)
    return PageRequest(limit, _position(request, list_name))


def link_header(page: Page[Any], path: str, request: Request, list_name: str) -> dict[str, str]:
    """Return the header that continues a bare array, none on the last page."""
    if page.next is None:
        return {}
    return {"Link": f'<{_address(f"{path}/", page.next, request, list_name)}>; rel="next"'}


def envelope(counted: Counted[Results], path: str, request: Request, list_name: str) -> Envelope[Results]:
    """Return a page in its envelope."""
    beside = {"next": counted.page.next, "previous": counted.page.previous}
    addresses = {
        name: None if position is None else _address(path, position, request, list_name)
        for name, position in beside.items()
    }
    return {
        "count": counted.count,
        "next": addresses["next"],
        "previous": addresses["previous"],
        "results": counted.results,
    }


def called_path(pattern: str, path: Mapping[str, str]) -> str:
    """Return the path that was called, without a slash at its end."""
    return pattern.format(**{name: quote(value) for name, value in path.items()})


def _address(path: str, position: Position, request: Request, list_name: str) -> str:
    kept = {name: values for name, values in request.query.items() if name != CURSOR}
    query = urlencode({**kept, CURSOR: _cursor(position, list_name, request)}, doseq=True)
    return f"{request.base_url}{path}?{query}"


def _cursor(position: Position, list_name: str, request: Request) -> str:
    named = [position.sort, position.backward, position.included]
    payload = json.dumps(named, separators=(",", ":")).encode()
    signature = _signature(_keys(request)[0], list_name, payload)
    return base64.urlsafe_b64encode(signature + payload).decode("ascii").rstrip("=")


def _position(request: Request, list_name: str) -> Position | None:
    cursor = single(request.query, CURSOR)
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise WrongParameter(CURSOR, _INVALID) from error
    signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    expected = (_signature(key, list_name, payload) for key in _keys(request))
    if not any(hmac.compare_digest(signature, one) for one in expected):
        raise WrongParameter(CURSOR, _INVALID)
    try:
        sort, *flags = json.loads(payload)
        backward, included = flags
        if all(isinstance(flag, bool) for flag in flags) and 0 < len(sort.encode()) <= _MAX_SORT_KEY_BYTES:
            return Position(sort, backward, included)
    except (ValueError, TypeError, AttributeError, RecursionError):
        pass
    raise WrongParameter(CURSOR, _INVALID)


def _keys(request: Request) -> list[bytes]:
    """Return what cursors are signed with, the newest first."""
    if request.claims is None:
        return [b""]
    return [key.secret.encode() for key in request.runtime.settings.signing_keys]


def _signature(key: bytes, list_name: str, payload: bytes) -> bytes:
    message = b"cursor\0" + list_name.encode() + b"\0" + payload
    return hmac.new(key, message, hashlib.sha256).digest()[:_SIGNATURE_BYTES]

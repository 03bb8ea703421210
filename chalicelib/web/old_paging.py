"""Cursors: opaque, signed, and bound to the list that they continue.

A cursor is the place where the next page starts, signed together with the name of its list (route, partition,
filters), so that it can be neither made up nor carried over to another list.
"""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import quote, urlencode

from chalicelib.config import SigningKey
from chalicelib.errors import WrongParameter
from chalicelib.shop.orders.model import STATUSES
from chalicelib.table.paging import Position
from chalicelib.web.old_request import Request

_SIGNATURE_BYTES = 16
_INVALID = "Invalid cursor."


def _signature(key: SigningKey, list_name: str, payload: bytes) -> bytes:
    message = b"cursor\0" + list_name.encode() + b"\0" + payload
    return hmac.new(key.secret.encode(), message, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def cursor_to(position: Position, list_name: str, request: Request[Any]) -> str:
    """Return the cursor of a position in a list."""
    payload = json.dumps([position.sort, position.backward], separators=(",", ":")).encode()
    signature = _signature(request.runtime.settings.signing_keys[0], list_name, payload)
    return base64.urlsafe_b64encode(signature + payload).decode("ascii").rstrip("=")


def position_in(list_name: str, request: Request[Any]) -> Position | None:
    """Return the position that the request's `cursor` names, None without one.

    Raises:
        WrongParameter: it is no cursor of this list.
    """
    cursor = single(request, "cursor")
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise WrongParameter("cursor", _INVALID) from error
    signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    keys = request.runtime.settings.signing_keys
    if not any(hmac.compare_digest(signature, _signature(key, list_name, payload)) for key in keys):
        raise WrongParameter("cursor", _INVALID)
    return Position(*json.loads(payload))


def single(request: Request[Any], name: str) -> str | None:
    """Return the one value of a query parameter, None without it.

    Raises:
        WrongParameter: it is given more than once.
    """
    values = request.query.get(name, [])
    if len(values) > 1:
        raise WrongParameter(name, "Give this parameter once.")
    return values[0] if values else None


def page_size(request: Request[Any], name: str, default: int, largest: int) -> int:
    """Return how many entries a page may have.

    Raises:
        WrongParameter: the parameter is no whole number from 1 to `largest`.
    """
    value = single(request, name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= largest):
        raise WrongParameter(name, f"Must be a whole number from 1 to {largest}.")
    return int(value)


def url_with(request: Request[Any], path: str, **changes: str) -> str:
    """Return the address that was called with some query parameters set."""
    kept = {name: values for name, values in request.query.items() if name not in changes}
    query = urlencode({**kept, **{name: [value] for name, value in changes.items()}}, doseq=True)
    return f"{request.base_url}{path}?{query}"


def link_to_next(request: Request[Any], list_name: str, following: Position | None) -> dict[str, str]:
    """Return the Link header that continues a bare array, no header on the last page."""
    if following is None:
        return {}
    address = url_with(request, called_path(request), cursor=cursor_to(following, list_name, request))
    return {"Link": f'<{address}>; rel="next"'}


def called_path(request: Request[Any]) -> str:
    """Return the path that was called, with the slash that the documents end it with."""
    return request.route.path.format(**{name: quote(value) for name, value in request.path.items()}) + "/"


def text(request: Request[Any], name: str) -> str:
    """Return a query parameter's text, an empty one without it.

    Raises:
        WrongParameter: it is given more than once.
    """
    return single(request, name) or ""


def status(request: Request[Any]) -> str | None:
    """Return the order status that a list is narrowed to, None for all.

    Raises:
        WrongParameter: there is no such status.
    """
    value = text(request, "status")
    if value and value not in STATUSES:
        raise WrongParameter("status", f"Must be one of {', '.join(STATUSES)}.")
    return value or None

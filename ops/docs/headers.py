"""Headers of answers."""

from collections.abc import Iterable

from ops.docs.components import Components, Json

_TEXT: Json = {"type": "string"}

HEADERS: dict[str, Json] = {
    "Link": {
        "description": 'The next page: `<address>; rel="next"`. Absent on the last one.',
        "schema": _TEXT,
        "example": '<https://api.example/orders/order-l/1/?cursor=aGVyZQ>; rel="next"',
    },
    "Retry-After": {
        "description": "Seconds after which to try again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
        "example": 7,
    },
    "WWW-Authenticate": {
        "description": "How to authenticate.",
        "required": True,
        "schema": _TEXT,
        "example": 'Bearer realm="api"',
    },
    "X-Request-Id": {
        "description": "The request's id, by which the operator finds it in the log.",
        "required": True,
        "schema": _TEXT,
        "example": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
    },
    "Cache-Control": {
        "description": "How long the answer may be kept.",
        "required": True,
        "schema": _TEXT,
        "example": "no-store",
    },
    "X-Content-Type-Options": {
        "description": "The body is what `Content-Type` says.",
        "required": True,
        "schema": {"const": "nosniff"},
        "example": "nosniff",
    },
    "Strict-Transport-Security": {
        "description": "From now on HTTPS only; in answers over HTTPS.",
        "schema": _TEXT,
        "example": "max-age=31536000",
    },
    "Access-Control-Allow-Origin": {
        "description": "The origin whose pages may read the answer, where the stage names one (CORS).",
        "schema": _TEXT,
    },
    "Access-Control-Expose-Headers": {
        "description": "The headers that those pages may read (CORS).",
        "schema": _TEXT,
        "example": "Link, Retry-After, X-Request-Id",
    },
}
_EVERY_ANSWER = (
    "X-Request-Id",
    "X-Content-Type-Options",
    "Strict-Transport-Security",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
)


def named(names: Iterable[str], components: Components) -> Json:
    """Return these headers of an answer, with those that every answer has."""
    return {
        name: components.refer("headers", name, HEADERS[name]) for name in (*sorted(names), *_EVERY_ANSWER)
    }

"""How each surface refuses whom it does not know or does not let in, as the specification words it."""

from enum import Enum
from typing import Any

from chalicelib.contract import Surface
from ops.docs.exchanges import orders_api

INVALID_TOKEN_BODY: dict[str, Any] = {
    "detail": "Given token not valid for any token type",
    "code": "token_not_valid",
    "messages": [
        {"token_class": "AccessToken", "token_type": "access", "message": "Token is invalid or expired"}
    ],
}

Refusal = tuple[int, dict[str, Any]]


class Credentials(Enum):
    """What there is to say about a request's credentials."""

    NONE = "no bearer token"
    INVALID = "a token that is none of this surface's"
    OVER = "a good token whose session or account is over"
    GOOD = "a good token"


_SHOP_NONE: Refusal = (403, {"message": "Authentication credentials were not provided."})
_SHOP_INVALID: Refusal = (403, {"message": "Given token not valid for any token type"})
_SHOP_FORBIDDEN: Refusal = (403, {"message": "You do not have permission to perform this action."})
_SHOP = {
    Credentials.NONE: _SHOP_NONE,
    Credentials.INVALID: _SHOP_INVALID,
    Credentials.OVER: _SHOP_INVALID,
    Credentials.GOOD: _SHOP_FORBIDDEN,
}

REFUSALS: dict[Surface, dict[Credentials, Refusal]] = {
    Surface.STAFF: {
        Credentials.NONE: (401, orders_api.UNAUTHENTICATED_BODY),
        Credentials.INVALID: (401, INVALID_TOKEN_BODY),
        Credentials.OVER: (403, orders_api.FORBIDDEN_BODY),
        Credentials.GOOD: (403, orders_api.FORBIDDEN_BODY),
    },
    Surface.CUSTOMER: _SHOP,
    Surface.ADMINISTRATION: _SHOP,
}
"""Status and body by surface and credentials; a good token is refused for want of permission."""

"""The exchanges that the two API documents print, as examples."""

import re
from typing import Any

from chalicelib.web.endpoint import Endpoint
from ops.docs.components import Json
from ops.docs.exchanges import customer_api, orders_api
from ops.docs.exchanges.exchange import ANY_MASKED_HASH, ANY_TIME, Exchange, Marker
from ops.docs.naming import answers

HOST = "http://127.0.0.1:8000"

EXCHANGES = (*orders_api.EXCHANGES, *customer_api.EXCHANGES)
_UUIDS = (
    "80ad25ca-048c-4a01-9ff7-ed690b9cc00f",
    "f8a4c317-b80c-48cd-9063-daa5069d5ce9",
    "4c2a48be-3c40-4fb4-8e21-9b512bd19a9e",
)
_STANDING_FOR = {
    ANY_TIME.name: "2017-12-16T11:04:56.293906Z",
    ANY_MASKED_HASH.name: "pbkdf2_sha256$720000$xA9w********$vQwQ****************************************",
}


def of_bodies(endpoint: Endpoint) -> Json:
    """Return what the documents send to an endpoint."""
    return {
        _key(exchange): {"summary": exchange.title, "value": exchange.request()}
        for exchange in EXCHANGES
        if answers(endpoint, exchange.method, exchange.path)
        and exchange.request_body is not None
        and exchange.status < 300
    }


def of_answers(endpoint: Endpoint, status: int) -> Json:
    """Return what the documents print as an endpoint's answers with a status."""
    return {
        _key(exchange): {"summary": exchange.title, "value": _filled_in(exchange.response(HOST), {})}
        for exchange in EXCHANGES
        if answers(endpoint, exchange.method, exchange.path) and exchange.status == status
    }


def _key(exchange: Exchange) -> str:
    return re.sub(r"\W+", "-", exchange.title)


def _filled_in(value: Any, uuids: dict[object, str]) -> Any:
    """Return the value with something in the place of each marker; each uuid is one of its own."""
    if isinstance(value, Marker):
        other = _UUIDS[len(uuids) % len(_UUIDS)]
        return _STANDING_FOR.get(value.name) or uuids.setdefault(value.label or len(uuids), other)
    if isinstance(value, dict):
        return {key: _filled_in(part, uuids) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled_in(part, uuids) for part in value]
    return value

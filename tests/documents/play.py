"""Sends the exchanges that the two API documents print, after what has to be there for them."""

import json
from collections.abc import Iterable
from typing import Any

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from ops.docs.exchanges import customer_api, orders_api
from ops.docs.exchanges.exchange import Exchange
from tests.support.world import NOTHING, Answer, World

_STAFF_USER = 5
_BY_TITLE = {exchange.title: exchange for exchange in (*orders_api.EXCHANGES, *customer_api.EXCHANGES)}

Ids = dict[str, str]


def body_of(answer: Answer) -> Any:
    """Return an answer's body, None where there is none."""
    return json.loads(answer.text) if answer.text else None


def play_orders_exchange(world: World, exchange: Exchange) -> Answer:
    """Send an exchange of the Orders API document, and first those that it builds on."""
    for title in exchange.after:
        play_orders_exchange(world, _BY_TITLE[title])
    return send_orders_exchange(world, exchange)


def send_orders_exchange(world: World, exchange: Exchange) -> Answer:
    """Send an exchange of the Orders API document alone."""
    return _send(world, exchange, {}, world.token(_STAFF_USER) if exchange.authenticated else None)


def play_customer_exchange(world: World, exchange: Exchange) -> Answer:
    """Send an exchange of the Customer API document, and first those that it builds on."""
    for title in exchange.after:
        play_customer_exchange(world, _BY_TITLE[title])
    fill_bucket(world, exchange.bucket)
    ids = ids_in(world, exchange.path)
    return _send(world, exchange, ids, _customer_token(world) if exchange.authenticated else None)


def _send(world: World, exchange: Exchange, ids: Ids, token: str | None) -> Answer:
    body = NOTHING if exchange.request_body is None else exchange.request()
    return world.call(exchange.method, exchange.url(**ids), body, token=token)


def _customer_token(world: World) -> str:
    return world.token(customer_api.CUSTOMER, audience=CUSTOMER_AUDIENCE)


def call_as_customer(world: World, method: str, path: str, body: Any = NOTHING) -> Answer:
    """Send a request of the document's customer."""
    return world.call(method, path, body, token=_customer_token(world))


def fill_bucket(world: World, bucket: Iterable[tuple[str, int]]) -> None:
    """Put products in the customer's bucket."""
    for product, quantity in bucket:
        body = {"quantity": quantity, "product": product}
        added = call_as_customer(world, "POST", "/api/bucket", body)
        assert added.status == 200, added.text


def ids_in(world: World, path: str) -> Ids:
    """Return what the path's names stand for; an order is made of what is in the bucket."""
    if "{order_uuid}" in path:
        placed = call_as_customer(world, "POST", "/api/orders", {"payment": "cash"})
        return {"order_uuid": placed.json["order_uuid"]}
    if "{bucket_uuid}" in path:
        listed = call_as_customer(world, "GET", "/api/bucket")
        return {"bucket_uuid": listed.json["results"][0]["bucket_uuid"]}
    return {}

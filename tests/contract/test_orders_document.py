"""Every exchange that the Orders API document prints, sent to the running application."""

import json

import pytest

from ops.docs.exchanges import orders_api
from ops.docs.exchanges.exchange import Exchange
from tests.documents.difference import difference
from tests.documents.play import body_of, play_orders_exchange, send_orders_exchange
from tests.support.world import HOST, World


@pytest.mark.parametrize("exchange", orders_api.EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_goes_as_the_document_prints_it(demo_world: World, exchange: Exchange) -> None:
    answer = play_orders_exchange(demo_world, exchange)

    assert answer.status == exchange.status
    assert difference(exchange.response(HOST), body_of(answer)) is None


def test_an_empty_body_and_an_empty_object_are_the_same_refusal(demo_world: World) -> None:
    writes = [exchange for exchange in orders_api.EXCHANGES if exchange.request_body == {}]
    assert len(writes) == 4

    answers = [demo_world.call(write.method, write.url(), token=demo_world.token(5)) for write in writes]

    assert [(answer.status, answer.json) for answer in answers] == [(403, orders_api.FORBIDDEN_BODY)] * 4


def test_the_document_can_be_played_from_its_first_line_to_its_last(demo_world: World) -> None:
    before = demo_world.call("GET", "/orders/order-l/1/", token=demo_world.token(5)).json

    played = {
        exchange.title: send_orders_exchange(demo_world, exchange).status for exchange in orders_api.EXCHANGES
    }

    left = demo_world.call("GET", "/orders/order-l/1/", token=demo_world.token(5)).json
    assert played == {exchange.title: exchange.status for exchange in orders_api.EXCHANGES}
    assert [order["id"] for order in before] == [1]
    assert [(order["id"], order["description"]) for order in left] == [(100, "New order")]


def test_the_sample_token_carries_the_documented_claims(demo_world: World) -> None:
    from base64 import urlsafe_b64decode

    payload = demo_world.token(5).split(".")[1]

    claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))

    assert list(claims)[:2] == ["token_type", "exp"]
    assert set(orders_api.TOKEN_CLAIMS) <= set(claims)
    assert (claims["token_type"], claims["user_id"]) == ("access", 5)

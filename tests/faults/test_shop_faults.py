"""The shop when DynamoDB fails: at every call of every write, in every way, once and for ever."""

from collections.abc import Iterator

import pytest

from tests.engines.engine import Engine
from tests.engines.faults import FOREVER, Fault, LostAfter, inject
from tests.faults.calls import BUSY, KINDS, WRITE_ROUTES, faults
from tests.faults.shop_writes import WRITES, Request, Write
from tests.support.books import assert_books_are_right
from tests.support.shop import Shop
from tests.support.world import Answer, World

NAMES = [write.name or write.endpoint.name for write in WRITES]


@pytest.fixture(params=WRITES, ids=NAMES)
def write(request: pytest.FixtureRequest) -> Write:
    chosen: Write = request.param
    return chosen


@pytest.fixture
def shop(engine: Engine) -> Iterator[Shop]:
    """A shop in which a call is repeated once."""
    with World(engine, retries=1) as world:
        yield Shop(world)


def _struck(request: Request, write: Write, fault: Fault) -> Answer:
    with inject(request.shop.world.events, fault):
        answer = request.send(write.endpoint)
    assert fault.injected > 0
    return answer


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_fault_that_passes_is_not_noticed(shop: Shop, write: Write, kind: type[Fault]) -> None:
    for fault in faults(shop, write, kind, 1):
        request = write.prepare(shop)

        answer = _struck(request, write, fault)

        assert answer.status == write.endpoint.status, answer.text
        assert write.told(request.send(write.endpoint)) == (write.repeated or write.told(answer))
    assert_books_are_right(shop.world)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_fault_that_stays_is_a_503_and_the_request_can_be_repeated(
    shop: Shop, write: Write, kind: type[Fault]
) -> None:
    for fault in faults(shop, write, kind, FOREVER):
        request = write.prepare(shop)
        before = shop.world.items()

        answer = _struck(request, write, fault)

        assert (answer.status, answer.json) == BUSY
        assert answer.headers["retry-after"] == "1"
        took_effect = shop.world.items() != before
        assert kind is LostAfter or not took_effect
        again = request.send(write.endpoint)
        if took_effect and write.repeated is not None:
            assert write.told(again) == write.repeated
        else:
            assert again.status == write.endpoint.status, again.text
            assert write.told(request.send(write.endpoint)) == (write.repeated or write.told(again))
    assert_books_are_right(shop.world)


def test_every_write_of_the_shop_is_struck() -> None:
    assert {write.endpoint for write in WRITES} == WRITE_ROUTES

"""An answer lost on its way, on engines that know a transaction by its token as DynamoDB does."""

from collections.abc import Iterator

import pytest

from tests.engines.engine import Engine
from tests.engines.faults import LostAfter, inject
from tests.faults.calls import faults
from tests.faults.shop_writes import WRITES
from tests.support.books import assert_books_are_right
from tests.support.shop import Shop
from tests.support.world import World


@pytest.fixture
def shop(concurrent_engine: Engine) -> Iterator[Shop]:
    with World(concurrent_engine, retries=1) as world:
        yield Shop(world)


def test_a_write_whose_answer_is_lost_happens_once(shop: Shop) -> None:
    for write in WRITES:
        for fault in faults(shop, write, LostAfter, 1):
            request = write.prepare(shop)

            with inject(shop.world.events, fault):
                answer = request.send(write.endpoint)

            assert fault.injected == 1
            assert answer.status == write.endpoint.status, (write, answer.text)
            again = request.send(write.endpoint)
            if write.repeated is not None:
                assert (again.status, again.json) == write.repeated
    assert_books_are_right(shop.world)

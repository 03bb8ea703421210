"""The counter tells the calls of a program from the requests that botocore makes of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines.calls import CallCounter
from tests.engines.engine import Engine
from tests.engines.faults import ErrorBefore, inject
from tests.engines.stock import Stock


@pytest.fixture
def stock(engine: Engine) -> Iterator[Stock]:
    stock = Stock(engine, retries={"total_max_attempts": 2})
    yield stock
    stock.drop()


def test_calls_are_recorded_in_order(stock: Stock) -> None:
    with CallCounter(stock.events) as counter:
        stock.add_one()
        stock.value()
        stock.add_one()
    stock.value()

    assert counter.calls == counter.attempts == ["UpdateItem", "GetItem", "UpdateItem"]
    assert (counter.count("UpdateItem"), counter.count("Query"), counter.retries) == (2, 0, 0)


def test_a_retry_is_no_call(stock: Stock) -> None:
    with CallCounter(stock.events) as counter, inject(stock.events, ErrorBefore("GetItem")):
        stock.value()

    assert (counter.calls, counter.attempts, counter.retries) == (["GetItem"], ["GetItem", "GetItem"], 1)


def test_two_counters_stay_apart(stock: Stock) -> None:
    with CallCounter(stock.events) as outer:
        stock.add_one()
        with CallCounter(stock.events) as inner:
            stock.value()
        stock.add_one()

    assert inner.calls == ["GetItem"]
    assert outer.calls == ["UpdateItem", "GetItem", "UpdateItem"]


def test_a_counter_can_start_over(stock: Stock) -> None:
    with CallCounter(stock.events) as counter:
        stock.add_one()
        counter.reset()
        stock.value()

    assert counter.calls == counter.attempts == ["GetItem"]

"""Injected faults look to botocore, and do to the table, what the real ones do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError

from tests.engines.calls import CallCounter
from tests.engines.engine import Engine
from tests.engines.faults import (
    FOREVER,
    ErrorBefore,
    Fault,
    LostAfter,
    Throttled,
    TransactionConflict,
    TransactionThrottled,
    inject,
)
from tests.engines.stock import Stock

NO_RETRY = {"total_max_attempts": 1}
ONE_RETRY = {"total_max_attempts": 2}


@pytest.fixture
def patient(engine: Engine) -> Iterator[Stock]:
    """A client that sends a failed request once more."""
    stock = Stock(engine, retries=ONE_RETRY)
    yield stock
    stock.drop()


@pytest.fixture
def hasty(engine: Engine) -> Iterator[Stock]:
    """A client that never sends a request twice, so that every fault shows."""
    stock = Stock(engine, retries=NO_RETRY)
    yield stock
    stock.drop()


def test_an_error_before_leaves_the_table_alone(hasty: Stock) -> None:
    with inject(hasty.events, ErrorBefore()) as fault, pytest.raises(EndpointConnectionError):
        hasty.add_one()

    assert (hasty.value(), fault.injected) == (0, 1)


def test_an_error_before_is_retried_by_botocore(patient: Stock) -> None:
    with inject(patient.events, ErrorBefore()) as fault, CallCounter(patient.events) as counter:
        patient.add_one()

    assert (patient.value(), fault.injected, counter.retries) == (1, 1, 1)


def test_a_lost_answer_leaves_the_write_done(hasty: Stock) -> None:
    with inject(hasty.events, LostAfter()) as fault, pytest.raises(ConnectionClosedError):
        hasty.add_one()

    assert (hasty.value(), fault.injected) == (1, 1)


def test_a_lost_answer_makes_botocore_write_twice(patient: Stock) -> None:
    with inject(patient.events, LostAfter("UpdateItem")) as fault, CallCounter(patient.events) as counter:
        patient.add_one()

    assert (patient.value(), fault.injected) == (2, 1)
    assert counter.calls == ["UpdateItem"]
    assert counter.attempts == ["UpdateItem", "UpdateItem"]


def test_a_lost_transaction_is_sent_again_unchanged(patient: Stock) -> None:
    bodies: list[bytes] = []
    patient.events.register("request-created.dynamodb", lambda request, **_: bodies.append(request.data))

    with inject(patient.events, LostAfter("TransactWriteItems")):
        patient.add_one_in_transaction()

    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert b"ClientRequestToken" in bodies[0]


def test_an_answer_lost_for_ever_reaches_the_caller(patient: Stock) -> None:
    fault = LostAfter("UpdateItem", times=FOREVER)

    with inject(patient.events, fault), pytest.raises(ConnectionClosedError):
        patient.add_one()

    assert (patient.value(), fault.injected) == (2, 2)


def test_a_conflict_cancels_a_transaction_with_its_reasons(patient: Stock) -> None:
    conflict = TransactionConflict(action=1)

    with (
        inject(patient.events, conflict),
        CallCounter(patient.events) as counter,
        pytest.raises(ClientError) as caught,
    ):
        patient.add_one_in_transaction()

    assert caught.value.response["Error"]["Code"] == "TransactionCanceledException"
    assert caught.value.response["Error"]["Message"].endswith("reasons [None, TransactionConflict]")
    assert caught.value.response["CancellationReasons"] == [
        {"Code": "None"},
        {"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"},
    ]
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert (patient.value(), conflict.injected) == (0, 1)
    assert counter.retries == 0  # botocore leaves conflicts to the program


def test_a_conflict_refuses_a_single_write(hasty: Stock) -> None:
    with inject(hasty.events, TransactionConflict()), pytest.raises(ClientError) as caught:
        hasty.add_one()

    assert caught.value.response["Error"]["Code"] == "TransactionConflictException"
    assert hasty.value() == 0


def test_a_conflict_once_lets_the_second_call_through(hasty: Stock) -> None:
    with inject(hasty.events, TransactionConflict()) as fault:
        with pytest.raises(ClientError):
            hasty.add_one_in_transaction()
        hasty.add_one_in_transaction()

    assert (hasty.value(), fault.injected, fault.seen) == (1, 1, 2)


def test_a_conflict_never_strikes_a_read(hasty: Stock) -> None:
    with inject(hasty.events, TransactionConflict(times=FOREVER)) as fault:
        assert hasty.value() == 0

    assert fault.seen == 0
    with pytest.raises(ValueError, match="Query never fails with TransactionConflict"):
        TransactionConflict("Query")


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (Stock.add_one, "ProvisionedThroughputExceededException"),
        (Stock.value, "ProvisionedThroughputExceededException"),
        (Stock.add_one_in_transaction, "ThrottlingException"),
    ],
)
def test_throttling_for_ever_outlasts_the_retries(patient: Stock, call: Any, code: str) -> None:
    with (
        inject(patient.events, Throttled(times=FOREVER)) as fault,
        pytest.raises(ClientError) as caught,
    ):
        call(patient)

    assert caught.value.response["Error"]["Code"] == code
    assert fault.injected == 2
    assert patient.value() == 0


def test_a_throttled_transaction_is_left_to_the_program(patient: Stock) -> None:
    with (
        inject(patient.events, TransactionThrottled()) as fault,
        pytest.raises(ClientError) as caught,
    ):
        patient.add_one_in_transaction()

    assert [reason["Code"] for reason in caught.value.response["CancellationReasons"]] == [
        "ThrottlingError",
        "None",
    ]
    assert (patient.value(), fault.seen) == (0, 1)


def test_throttling_once_is_retried_by_botocore(patient: Stock) -> None:
    with inject(patient.events, Throttled()) as fault:
        patient.add_one()

    assert (patient.value(), fault.injected) == (1, 1)


def test_a_fault_strikes_the_nth_request(hasty: Stock) -> None:
    with inject(hasty.events, ErrorBefore("UpdateItem", nth=3)) as fault:
        hasty.add_one()
        hasty.value()
        hasty.add_one()
        with pytest.raises(EndpointConnectionError):
            hasty.add_one()
        hasty.add_one()

    assert (hasty.value(), fault.seen, fault.injected) == (3, 4, 1)


@pytest.mark.parametrize("inner", [Throttled("UpdateItem"), ErrorBefore(), LostAfter()])
def test_of_two_faults_the_outermost_strikes_first(patient: Stock, inner: Fault) -> None:
    with inject(patient.events, TransactionConflict()) as outer, inject(patient.events, inner):
        with pytest.raises(ClientError, match="TransactionConflict"):
            patient.add_one()
        assert (outer.injected, inner.injected, inner.seen) == (1, 0, 0)
        patient.add_one()

    assert (outer.injected, inner.injected) == (1, 1)


def test_nothing_strikes_after_the_block(hasty: Stock) -> None:
    with inject(hasty.events, ErrorBefore(times=FOREVER)) as fault:
        pass

    hasty.add_one()

    assert (hasty.value(), fault.seen) == (1, 0)


def test_a_lost_answer_is_lost_behind_http_too(concurrent_engine: Engine) -> None:
    stock = Stock(concurrent_engine, retries=ONE_RETRY)

    with inject(stock.events, LostAfter("UpdateItem")), CallCounter(stock.events) as counter:
        stock.add_one()

    assert (stock.value(), counter.retries) == (2, 1)
    stock.drop()


def test_a_lost_transaction_happens_once(concurrent_engine: Engine) -> None:
    stock = Stock(concurrent_engine, retries=ONE_RETRY)

    with inject(stock.events, LostAfter("TransactWriteItems")) as fault:
        stock.add_one_in_transaction()

    assert (stock.value(), fault.injected) == (1, 1)
    stock.drop()


def test_a_refusal_never_reaches_the_engine(concurrent_engine: Engine) -> None:
    stock = Stock(concurrent_engine, retries=NO_RETRY)

    with inject(stock.events, Throttled()), pytest.raises(ClientError):
        stock.add_one()

    assert stock.value() == 0
    stock.drop()

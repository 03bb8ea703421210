"""Calls to DynamoDB: which failures are tried again, how long it waits, and what becomes of each failure."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from pynamodb.exceptions import (
    CancellationReason,
    PutError,
    PynamoDBException,
    QueryError,
    TransactWriteError,
    VerboseClientError,
)

from chalicelib.config import Settings
from chalicelib.errors import Unavailable
from chalicelib.runtime import Runtime
from chalicelib.table import engine
from chalicelib.table.engine import ATTEMPTS, back_off, call_with_retries
from chalicelib.table.items import Item
from tests.support.world import World

ADDRESS = "https://dynamodb.invalid"
FAILED_CONDITION = "ConditionalCheckFailed"


class Longest(random.Random):
    """Draws the largest number that it may, and keeps between which it had to."""

    def __init__(self) -> None:
        super().__init__(0)
        self.bounds: list[tuple[float, float]] = []

    def uniform(self, a: float, b: float) -> float:
        self.bounds.append((a, b))
        return b


class Caller:
    """A call that fails with these errors, one after the other, and then returns what it was asked for."""

    def __init__(self, *errors: Exception) -> None:
        self._errors: Iterator[Exception] = iter(errors)
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        for error in self._errors:
            raise error
        return "answer"


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def rng() -> Longest:
    return Longest()


@pytest.fixture
def runtime(waits: list[float], rng: Longest) -> Runtime:
    return Runtime(Settings("unused", ()), sleep=waits.append, rng=rng)


def refused(code: str) -> PynamoDBException:
    """A call that DynamoDB answers with this code."""
    return PutError(code, ClientError({"Error": {"Code": code}}, "PutItem"))


def cancelled(*codes: str | None) -> PynamoDBException:
    """A transaction that these reasons keep from happening, one an action."""
    reasons = [None if code is None else CancellationReason(code) for code in codes]
    response = {"Error": {"Code": "TransactionCanceledException"}}
    cause = VerboseClientError(response, "TransactWriteItems", None, cancellation_reasons=reasons)
    return TransactWriteError(" and ".join(map(str, codes)), cause)


def broken(cause: Exception) -> PynamoDBException:
    """A call whose connection broke."""
    return QueryError(type(cause).__name__, cause)


CONFLICTS = [
    refused("TransactionConflictException"),
    refused("TransactionInProgressException"),
    cancelled("TransactionConflict"),
    cancelled(None, "ThrottlingError"),
    cancelled("ProvisionedThroughputExceeded", None),
    cancelled(FAILED_CONDITION, "TransactionConflict"),
]
BUSY = [
    refused("ThrottlingException"),
    refused("ProvisionedThroughputExceededException"),
    refused("RequestLimitExceeded"),
    refused("InternalServerError"),
    refused("ServiceUnavailable"),
    broken(EndpointConnectionError(endpoint_url=ADDRESS)),
    broken(ConnectTimeoutError(endpoint_url=ADDRESS)),
    broken(ReadTimeoutError(endpoint_url=ADDRESS)),
    broken(ConnectionClosedError(endpoint_url=ADDRESS)),
]
DEFINITE = [
    refused("ConditionalCheckFailedException"),
    cancelled(FAILED_CONDITION, None),
    refused("ValidationException"),
    refused("AccessDeniedException"),
    refused("ResourceNotFoundException"),
    cancelled("ValidationError"),
]


def _name(error: PynamoDBException) -> str:
    return error.msg


def test_what_goes_well_is_called_once(runtime: Runtime, waits: list[float]) -> None:
    caller = Caller()

    assert call_with_retries(caller, runtime) == "answer"
    assert (caller.calls, waits) == (1, [])


@pytest.mark.parametrize("conflict", CONFLICTS, ids=_name)
def test_after_a_conflict_the_call_is_made_again(runtime: Runtime, conflict: PynamoDBException) -> None:
    caller = Caller(conflict, conflict)

    assert call_with_retries(caller, runtime) == "answer"
    assert caller.calls == 3


@pytest.mark.parametrize("conflict", CONFLICTS, ids=_name)
def test_a_conflict_that_stays_is_unavailable_after_a_bounded_number_of_calls(
    runtime: Runtime, waits: list[float], conflict: PynamoDBException
) -> None:
    caller = Caller(*[conflict] * 2 * ATTEMPTS)

    with pytest.raises(Unavailable) as failed:
        call_with_retries(caller, runtime)

    assert (caller.calls, len(waits)) == (ATTEMPTS, ATTEMPTS - 1)
    assert failed.value.__cause__ is conflict


@pytest.mark.parametrize("busy", BUSY, ids=_name)
def test_what_botocore_tried_again_already_is_unavailable_at_once(
    runtime: Runtime, busy: PynamoDBException
) -> None:
    caller = Caller(busy)

    with pytest.raises(Unavailable):
        call_with_retries(caller, runtime)

    assert caller.calls == 1


@pytest.mark.parametrize("definite", DEFINITE, ids=_name)
def test_a_definite_answer_stays_what_it_is(runtime: Runtime, definite: PynamoDBException) -> None:
    caller = Caller(definite)

    with pytest.raises(type(definite)) as failed:
        call_with_retries(caller, runtime)

    assert failed.value is definite
    assert caller.calls == 1


def test_another_failure_after_a_conflict_is_told(runtime: Runtime) -> None:
    definite = refused("ConditionalCheckFailedException")

    with pytest.raises(PutError) as failed:
        call_with_retries(Caller(cancelled("TransactionConflict"), definite), runtime)

    assert failed.value is definite


def test_each_wait_is_random_below_a_bound_that_doubles(
    runtime: Runtime, waits: list[float], rng: Longest
) -> None:
    call_with_retries(Caller(*[refused("TransactionConflictException")] * (ATTEMPTS - 1)), runtime)

    assert rng.bounds == [(0, 0.02 * 2**tries) for tries in range(1, ATTEMPTS)]
    assert waits == [bound for _, bound in rng.bounds]
    assert sum(waits) < 2  # a request is answered in time even so


def test_who_waits_for_the_same_does_not_wait_equally_long() -> None:
    waits: list[float] = []
    runtime = Runtime(Settings("unused", ()), sleep=waits.append, rng=random.Random(1))

    for _ in range(20):
        back_off(runtime, 3)

    assert len(set(waits)) == len(waits)
    assert 0 <= min(waits) < max(waits) <= 0.16


def test_a_client_that_is_made_again_makes_its_calls_in_the_same_way(world: World) -> None:
    connection: Any = Item._get_connection().connection
    before = engine.service()

    connection._client = None  # PynamoDB makes another one as long as there are no credentials

    assert world.call("GET", "/api/products").status == 200
    assert engine.service() is not before
    assert engine.service().url == before.url

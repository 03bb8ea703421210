"""Faults that no engine produces on demand, injected through the events of a client.

    with inject(events, LostAfter("TransactWriteItems")) as fault:
        place_order(...)
    assert fault.injected == 1

A fault acts on the wire, below botocore's retries: these see it as they see the real one, and send the same
serialized request again. It strikes from the `nth` matching request on (retries count as requests), `times`
times, or for ever with `times=FOREVER`. Works with moto as well as with an engine behind HTTP.
"""

from __future__ import annotations

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError
from botocore.hooks import BaseEventHooks
from botocore.httpsession import URLLib3Session

FOREVER = None

TRANSACTIONS = frozenset({"TransactWriteItems", "TransactGetItems"})
CONFLICTING = TRANSACTIONS | {"PutItem", "UpdateItem", "DeleteItem"}
"""What DynamoDB refuses because of somebody else's transaction; other reads and batches never are."""

_AT_ITS_LIMIT = (
    "The level of configured provisioned throughput for the table was exceeded. "
    "Consider increasing your provisioning level with the UpdateTable API."
)

_EVENT = "before-send.dynamodb.*"
_NOWHERE = "http://injected-fault.invalid/"


class Fault(ABC):
    """A fault to be injected, and the count of how often it was.

    `operation` names what it strikes; None is every operation that can fail in this way.
    """

    possible: frozenset[str] | None = None
    """The operations that can fail in this way; None is all of them."""

    def __init__(self, operation: str | None = None, *, nth: int = 1, times: int | None = 1) -> None:
        if operation is not None and self.possible is not None and operation not in self.possible:
            raise ValueError(f"{operation} never fails with {type(self).__name__}")
        self.operation = operation
        self.injected = 0
        self.seen = 0
        self._nth = nth
        self._times = times
        self._lock = threading.Lock()

    @abstractmethod
    def strike(self, sending: Sending) -> AWSResponse:
        """Give the faulty answer, or raise what botocore's HTTP client would."""

    def is_due(self, operation: str) -> bool:
        """Count a request about to be sent, and tell whether it is one to be struck."""
        if not self._concerns(operation):
            return False
        with self._lock:
            self.seen += 1
            due = self.seen >= self._nth and (self._times is FOREVER or self.injected < self._times)
            self.injected += due
            return due

    def _concerns(self, operation: str) -> bool:
        if self.operation is not None:
            return operation == self.operation
        return self.possible is None or operation in self.possible


class ErrorBefore(Fault):
    """The connection fails before the engine hears of the request."""

    def strike(self, sending: Sending) -> AWSResponse:
        raise EndpointConnectionError(endpoint_url=sending.request.url, error="injected fault")


class LostAfter(Fault):
    """The engine does what it is asked, and its answer is lost on the way back."""

    def strike(self, sending: Sending) -> AWSResponse:
        sending.deliver()
        raise ConnectionClosedError(endpoint_url=sending.request.url, error="injected fault")


class TransactionConflict(Fault):
    """Somebody else's transaction is under way on an item; `action` is the index of ours that meets it."""

    possible = CONFLICTING

    def __init__(
        self, operation: str | None = None, *, nth: int = 1, times: int | None = 1, action: int = 0
    ) -> None:
        super().__init__(operation, nth=nth, times=times)
        self._action = action

    def strike(self, sending: Sending) -> AWSResponse:
        message = "Transaction is ongoing for the item"
        if sending.operation in TRANSACTIONS:
            return sending.cancelled(self._action, "TransactionConflict", message)
        return sending.refused("TransactionConflictException", message=message)


class Throttled(Fault):
    """The table or the account is at its limit; botocore itself retries this a few times."""

    def strike(self, sending: Sending) -> AWSResponse:
        if sending.operation in TRANSACTIONS:
            return sending.refused("ThrottlingException", message="Rate exceeded")
        return sending.refused("ProvisionedThroughputExceededException", message=_AT_ITS_LIMIT)


class TransactionThrottled(Fault):
    """A partition is at its limit in the middle of a transaction, which botocore does not retry."""

    possible = TRANSACTIONS

    def strike(self, sending: Sending) -> AWSResponse:
        return sending.cancelled(
            0, "ThrottlingError", "Throughput exceeds the current capacity of your table"
        )


@dataclass(frozen=True)
class Sending:
    """A request about to be sent, and what can become of it."""

    request: AWSPreparedRequest
    operation: str
    deliver: Callable[[], None]
    """Have the engine carry out the request, and drop its answer."""

    def cancelled(self, action: int, code: str, message: str) -> AWSResponse:
        """DynamoDB's answer to a transaction that one of its actions keeps from happening."""
        reasons = [{"Code": "None"} for _ in json.loads(self.request.body)["TransactItems"]]
        reasons[action] = {"Code": code, "Message": message}
        codes = ", ".join(reason["Code"] for reason in reasons)
        return self.refused(
            "TransactionCanceledException",
            Message="Transaction cancelled, please refer cancellation reasons for specific reasons "
            f"[{codes}]",
            CancellationReasons=reasons,
        )

    def refused(self, code: str, **body: Any) -> AWSResponse:
        """DynamoDB's answer with HTTP status 400, in place of any that the engine would give."""
        # An answer does not keep moto's handler, which comes later, from carrying the request out: an
        # address that is not AWS's does. Nothing is sent there, and a retry is a new request.
        self.request.url = _NOWHERE
        content = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **body}).encode()
        headers = {"content-type": "application/x-amz-json-1.0", "content-length": str(len(content))}
        return AWSResponse(_NOWHERE, 400, headers, _Raw(content))


class _Handler:
    """The handler of `before-send` that lets a fault strike."""

    def __init__(self, events: BaseEventHooks, fault: Fault) -> None:
        self._events = events
        self._fault = fault
        self._delivering = threading.local()

    def __call__(self, event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        operation = event_name.rpartition(".")[2]
        if getattr(self._delivering, "now", False) or request.url == _NOWHERE:
            return None  # on its way to the engine, or struck by another fault already
        if not self._fault.is_due(operation):
            return None
        return self._fault.strike(Sending(request, operation, lambda: self._deliver(event_name, request)))

    def _deliver(self, event_name: str, request: AWSPreparedRequest) -> None:
        self._delivering.now = True
        try:
            # moto answers in a handler of this same event; without moto nobody does, and it goes out.
            answers = self._events.emit(event_name, request=request)
        finally:
            self._delivering.now = False
        if all(answer is None for _, answer in answers):
            session = URLLib3Session()
            try:
                session.send(request)
            finally:
                session.close()


@contextmanager
def inject(events: BaseEventHooks, fault: Fault) -> Iterator[Fault]:
    """Let `fault` strike a client's requests inside the block. Of several the outermost comes first."""
    handler = _Handler(events, fault)
    # The event goes to all its handlers, those of the most specific name first: ours before moto's.
    events.register_first(_EVENT, handler)
    try:
        yield fault
    finally:
        events.unregister(_EVENT, handler)


class _Raw(BytesIO):
    """The part of urllib3's response that botocore reads."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()

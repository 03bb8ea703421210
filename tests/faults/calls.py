"""Each DynamoDB call of a request in turn, with a fault that strikes it."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.contract import Surface
from chalicelib.endpoints import load_all
from tests.engines.faults import (
    ErrorBefore,
    Fault,
    LostAfter,
    Throttled,
    TransactionConflict,
    TransactionThrottled,
)
from tests.faults.shop_writes import Write
from tests.support.shop import Shop

BUSY = (503, {"message": "Service temporarily unavailable, try again later."})
KINDS: tuple[type[Fault], ...] = (
    ErrorBefore,
    LostAfter,
    TransactionConflict,
    Throttled,
    TransactionThrottled,
)
_WRITING = {"POST", "PUT", "PATCH", "DELETE"}

WRITE_ROUTES = {
    endpoint
    for endpoint in load_all()
    if endpoint.surface is not Surface.STAFF
    and endpoint.path.startswith("/api/")
    and endpoint.method in _WRITING
}


def faults(shop: Shop, write: Write, kind: type[Fault], times: int | None) -> Iterator[Fault]:
    """Give a fault of this kind for each call of the write that can fail so."""
    request = write.prepare(shop)
    with shop.world.count_calls() as counter:
        assert request.send(write.endpoint).status == write.endpoint.status
    seen: Counter[str] = Counter()
    for operation in counter.calls:
        seen[operation] += 1
        if kind.possible is None or operation in kind.possible:
            yield kind(operation, nth=seen[operation], times=times)

"""Counts the DynamoDB calls and capacity units of one request, at botocore's level."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass
class Meter:
    """What a request has cost so far: calls, and consumed capacity units."""

    calls: int = 0
    capacity: float = 0.0


_current: ContextVar[Meter | None] = ContextVar("meter", default=None)


def start() -> Meter:
    """Begin counting for the current thread of execution and return the meter."""
    meter = Meter()
    _current.set(meter)
    return meter


def count_call(**_: Any) -> None:
    """Handle botocore's `before-call` event."""
    meter = _current.get()
    if meter is not None:
        meter.calls += 1


def count_capacity(parsed: dict[str, Any], **_: Any) -> None:
    """Handle botocore's `after-call` event."""
    meter = _current.get()
    if meter is not None:
        meter.capacity += sum(entry.get("CapacityUnits", 0.0) for entry in consumed(parsed))


def consumed(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an answer says that its call consumed, a table at a time."""
    said = parsed.get("ConsumedCapacity") or []
    return said if isinstance(said, list) else [said]

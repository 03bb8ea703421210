"""Which DynamoDB calls a client makes: to hold endpoints to their budgets."""

from __future__ import annotations

import json
import threading
from collections import Counter
from types import TracebackType
from typing import Any

from botocore.hooks import BaseEventHooks

from ops.local.limits import refusal


class CallCounter:
    """Records a client's calls inside a `with` block.

    `calls` has the operation of every call that the program made, `attempts` of every request that went out
    for them: botocore's retries are only in the second. Both are in the order of time, from all threads.
    """

    def __init__(self, events: BaseEventHooks) -> None:
        self._events = events
        self._lock = threading.Lock()
        self.calls: list[str] = []
        self.attempts: list[str] = []

    def count(self, operation: str) -> int:
        """How many calls were of that operation."""
        return Counter(self.calls)[operation]

    @property
    def retries(self) -> int:
        """How many requests botocore sent again."""
        return len(self.attempts) - len(self.calls)

    def reset(self) -> None:
        """Forget what was recorded."""
        with self._lock:
            self.calls.clear()
            self.attempts.clear()

    def __enter__(self) -> CallCounter:
        # Bound methods of this object: two counters on one client stay apart.
        self._events.register_first("before-call.dynamodb", self._on_call)
        self._events.register_first("response-received.dynamodb", self._on_attempt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.unregister("before-call.dynamodb", self._on_call)
        self._events.unregister("response-received.dynamodb", self._on_attempt)

    def _on_call(self, model: Any, **_: Any) -> None:
        with self._lock:
            self.calls.append(model.name)

    def _on_attempt(self, event_name: str, **_: Any) -> None:
        # Not `before-send`, where an injected fault ends the event before every handler has seen it.
        with self._lock:
            self.attempts.append(event_name.rpartition(".")[2])


def refuse_for_size(model: Any, params: dict[str, Any], **_: Any) -> None:
    """Fail a call that DynamoDB would refuse for its size, whatever the engine takes: for `before-call`."""
    reason = refusal(model.name, json.loads(params["body"]))
    assert reason is None, f"DynamoDB refuses {model.name}: {reason}"

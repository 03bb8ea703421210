"""Holds every request to the table use that its endpoint declares; a deployed role allows no more."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib.contract import Use
from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint

_KINDS = {
    "BatchGetItem": Use.GET,
    "Query": Use.QUERY,
    "PutItem": Use.PUT,
    "UpdateItem": Use.UPDATE,
    "DeleteItem": Use.DELETE,
    "Put": Use.PUT,
    "Update": Use.UPDATE,
    "Delete": Use.DELETE,
    "ConditionCheck": Use.CHECK,
}


class Declared:
    """Watches a client's calls, on any thread, while an endpoint is served."""

    def __init__(self) -> None:
        self._serving = threading.local()

    @contextmanager
    def serving(self, method: str, target: str) -> Iterator[None]:
        """Hold what happens inside the block to the endpoint that answers; what no endpoint answers may do
        nothing.

        Raises:
            AssertionError: at the end, when a call was made that the endpoint does not declare.
        """
        before = getattr(self._serving, "endpoint", None), getattr(self._serving, "beyond", None)
        self._serving.endpoint, self._serving.beyond = _endpoint(method, target), []
        try:
            yield
            assert self._serving.beyond == [], (
                f"{self._serving.endpoint} does not declare {self._serving.beyond}"
            )
        finally:
            self._serving.endpoint, self._serving.beyond = before

    def on_call(self, model: Any, params: dict[str, Any], **_: Any) -> None:
        """Notice a call about to be made: a handler of botocore's `before-call`."""
        endpoint: Endpoint | None = getattr(self._serving, "endpoint", None)
        if endpoint is not None:
            made = _kinds(model.name, params)
            self._serving.beyond += sorted(str(kind) for kind in made - endpoint.uses)


def _kinds(operation: str, params: dict[str, Any]) -> set[Use | str]:
    if operation != "TransactWriteItems":
        return {_KINDS.get(operation, operation)}
    actions = json.loads(params["body"])["TransactItems"]
    return {_KINDS.get(name, name) for action in actions for name in action}


def _endpoint(method: str, target: str) -> Endpoint | None:
    parts = target.partition("?")[0].removesuffix("/").split("/")
    return next(
        (endpoint for endpoint in load_all() if endpoint.method == method and _fits(endpoint, parts)), None
    )


def _fits(endpoint: Endpoint, parts: list[str]) -> bool:
    pattern = endpoint.path.split("/")
    return len(pattern) == len(parts) and all(
        wanted == part or (wanted.startswith("{") and part)
        for wanted, part in zip(pattern, parts, strict=True)
    )

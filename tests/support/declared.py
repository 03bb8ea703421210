"""Holds every request to what its row declares that it does to the table; a deployed role allows no more."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib import routes
from chalicelib.contract import Route, Table

_KINDS = {
    "BatchGetItem": Table.GET,
    "Query": Table.QUERY,
    "PutItem": Table.PUT,
    "UpdateItem": Table.UPDATE,
    "DeleteItem": Table.DELETE,
    "Put": Table.PUT,
    "Update": Table.UPDATE,
    "Delete": Table.DELETE,
}


class Declared:
    """Watches a client's calls, on any thread, while a row is served."""

    def __init__(self) -> None:
        self._serving = threading.local()

    @contextmanager
    def serving(self, method: str, target: str) -> Iterator[None]:
        """Hold what happens inside the block to the row that answers; what no row answers may do nothing.

        Raises:
            AssertionError: at the end, when a call was made that the row does not declare.
        """
        before = getattr(self._serving, "row", None), getattr(self._serving, "beyond", None)
        self._serving.row, self._serving.beyond = _row(method, target), []
        try:
            yield
            assert self._serving.beyond == [], f"{self._serving.row} does not declare {self._serving.beyond}"
        finally:
            self._serving.row, self._serving.beyond = before

    def on_call(self, model: Any, params: dict[str, Any], **_: Any) -> None:
        """Notice a call about to be made: a handler of botocore's `before-call`."""
        row: Route | None = getattr(self._serving, "row", None)
        if row is not None:
            made = _kinds(model.name, params)
            self._serving.beyond += sorted(str(kind) for kind in made - row.table)


def _kinds(operation: str, params: dict[str, Any]) -> set[Table | str]:
    if operation != "TransactWriteItems":
        return {_KINDS.get(operation, operation)}
    actions = json.loads(params["body"])["TransactItems"]
    return {_KINDS.get(name, name) for action in actions for name in action}


def _row(method: str, target: str) -> Route | None:
    parts = target.partition("?")[0].removesuffix("/").split("/")
    return next((row for row in routes.ALL if row.method == method and _fits(row, parts)), None)


def _fits(row: Route, parts: list[str]) -> bool:
    pattern = row.path.split("/")
    return len(pattern) == len(parts) and all(
        wanted == part or (wanted.startswith("{") and part)
        for wanted, part in zip(pattern, parts, strict=True)
    )

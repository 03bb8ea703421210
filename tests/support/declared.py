"""Holds every request to the table use that its endpoint declares, and to its keys; a role allows no more."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import Any

from chalicelib.contract import Use
from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from ops.deploy.package.key_families import FAMILIES

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
            module = endpoint.function.__module__
            if module not in FAMILIES:
                self._serving.beyond.append(f"keys, since ops/deploy/package/key_families.py lacks {module}")
                return
            families = FAMILIES[module]
            for kind, key in _made(model.name, json.loads(params["body"])):
                allowed = families.reads if kind in (Use.GET, Use.QUERY) else families.writes
                if kind not in endpoint.uses or not any(fnmatchcase(key, family) for family in allowed):
                    self._serving.beyond.append(f"{kind} {key}")


def _made(operation: str, sent: dict[str, Any]) -> Iterator[tuple[Use | str, str]]:
    """Give each thing that a call does, with the partition key that it does it to."""
    if operation == "TransactWriteItems":
        for action in sent["TransactItems"]:
            for name, what in action.items():
                yield from _made(name, what)
        return
    kind = _KINDS.get(operation, operation)
    if operation == "BatchGetItem":
        keys = [key for table in sent["RequestItems"].values() for key in table["Keys"]]
        yield from ((kind, key["pk"]["S"]) for key in keys)
    elif operation == "Query":
        partition = re.match(r"\(?#\w+ = (:\w+)", sent["KeyConditionExpression"])
        assert partition is not None, sent["KeyConditionExpression"]
        yield kind, sent["ExpressionAttributeValues"][partition[1]]["S"]
    else:
        yield kind, (sent.get("Item") or sent["Key"])["pk"]["S"]


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

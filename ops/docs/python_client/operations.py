"""The document's operations, as a client in Python sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ops.docs.components import Json
from ops.docs.python_client.types import hint


class Client(StrEnum):
    """A client's class, by who is signed in."""

    STAFF = "StaffClient"
    CUSTOMER = "CustomerClient"


_JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """An operation, with everything that it refers to in place but schemas."""

    method: str
    path: str
    said: Json
    parameters: list[Json]
    body: Json | None
    answer: Json | None
    """The schema of its success; None for no body."""
    media_type: str

    @property
    def name(self) -> str:
        """The method of the client."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.said["operationId"]).lower()

    @property
    def signed(self) -> bool:
        """Whether it wants credentials."""
        return bool(self.said["security"])

    @property
    def client(self) -> Client:
        """Whose operation it is; what wants no credentials belongs to the API that it is part of."""
        tokens = [name for alternative in self.said["security"] for name in alternative]
        is_shop = tokens == ["CustomerToken"] or (not tokens and self.path.startswith("/api/"))
        return Client.CUSTOMER if is_shop else Client.STAFF

    @property
    def is_list(self) -> bool:
        """Whether it answers page by page."""
        return any(parameter["name"] == "cursor" for parameter in self.parameters)

    def parameters_in(self, place: str) -> list[Json]:
        """Return the parameters of its path or its query."""
        return [parameter for parameter in self.parameters if parameter["in"] == place]

    def schemas(self) -> Iterator[Json]:
        """Yield the schemas that a caller meets, but for those of errors."""
        yield from (parameter["schema"] for parameter in self.parameters)
        yield from (schema for schema in (self.body, self.answer) if schema is not None)


def operations(document: Json) -> list[Operation]:
    """Return all operations, in the document's order."""
    return [
        _operation(document, method, path, said)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]


def used_schemas(document: Json, called: Iterable[Operation]) -> Json:
    """Return the schemas that the operations' callers meet, by name, in the document's order."""
    found: set[str] = set()
    for operation in called:
        for schema in operation.schemas():
            _collect(document, schema, found)
    return {name: schema for name, schema in document["components"]["schemas"].items() if name in found}


def entry(document: Json, operation: Operation) -> str:
    """Return the annotation of a list's entries."""
    assert operation.answer is not None
    answer = resolved(document, operation.answer)
    results = answer if answer["type"] == "array" else answer["properties"]["results"]
    if results["type"] == "array":
        return hint(results["items"])
    return f"tuple[str, {hint(results['additionalProperties'])}]"


def is_pair(document: Json, operation: Operation) -> bool:
    """Tell whether it answers an array whose places have types of their own."""
    return operation.answer is not None and "prefixItems" in resolved(document, operation.answer)


def begins_session(document: Json, operation: Operation) -> bool:
    """Tell whether it answers a pair of tokens."""
    answer = {} if operation.answer is None else resolved(document, operation.answer)
    return {"access", "refresh"} <= set(answer.get("properties", ()))


def resolved(document: Json, value: Json) -> Json:
    """Return a part of the document, or what it refers to."""
    if "$ref" not in value:
        return value
    section, name = value["$ref"].split("/")[-2:]
    found: Json = document["components"][section][name]
    return found


def _operation(document: Json, method: str, path: str, said: Json) -> Operation:
    parameters = [resolved(document, parameter) for parameter in said.get("parameters", [])]
    (status,) = [status for status in said["responses"] if status.startswith("2")]
    content = resolved(document, said["responses"][status]).get("content", {})
    media_type = next(iter(content), _JSON)
    body = said.get("requestBody")
    return Operation(
        method=method.upper(),
        path=path,
        said=said,
        parameters=parameters,
        body=None if body is None else body["content"][_JSON]["schema"],
        answer=content[media_type].get("schema", {}) if content else None,
        media_type=media_type,
    )


def _collect(document: Json, value: Any, found: set[str]) -> None:
    if isinstance(value, list):
        for part in value:
            _collect(document, part, found)
    elif isinstance(value, dict):
        name = str(value.get("$ref", "")).rpartition("/")[2]
        if name and name not in found:
            found.add(name)
            _collect(document, resolved(document, value), found)
        for part in value.values():
            _collect(document, part, found)

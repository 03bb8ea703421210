"""Holds every answer of every test to the API document.

An answer is right when its status and headers are declared, and its body fits the schema with its keys in
the declared order. An error's body must be one that the document prints, but for numbers and quoted parts: so
an endpoint can't answer an error that it does not declare.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from ops.docs import openapi
from ops.docs.components import Json

Declared = tuple[str, str, str]
"""An operation, a status that it declares, and which error it is: nothing when all goes well."""

SEEN: set[Declared] = set()
"""What tests of this process have seen."""

_ALWAYS = {"content-type", "content-length"}
_VARYING = re.compile(r"\d+ seconds?|\"[^\"]*\"|`[^`]*`(, `[^`]*`)*")


class Contract:
    """An API document, as what answers are held to."""

    def __init__(self, document: Json) -> None:
        self._document = document
        self._validators: dict[str, Draft202012Validator] = {}
        self._operations = [
            (method.upper(), re.compile(re.sub(r"{\w+}", "[^/]+", path.removesuffix("/"))), operation)
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ]

    def declared(self) -> set[Declared]:
        """Return every answer that an operation declares; those of the gateway are not its own."""
        return {
            (operation["operationId"], status, error)
            for _, _, operation in self._operations
            for status, response in operation["responses"].items()
            if status != "default"
            for error in (self._errors_of(status, self._resolved(response)) or [""])
        }

    def check(self, method: str, target: str, status: int, headers: dict[str, str], text: str) -> None:
        """Hold an answer to the document.

        Raises:
            AssertionError: the document has no such answer.
        """
        operation = self._operation(method, target)
        assert operation is not None, f"no operation of the document is {method} {target}"
        name = f"{operation['operationId']} {status}"
        declared = operation["responses"].get(str(status))
        assert declared is not None, f"{name} is not declared: {text}"
        response = self._resolved(declared)
        found = [*self._of_headers(response, headers), *self._of_body(response, headers, text)]
        assert found == [], f"{name}: {'; '.join(found)}\n{text}"
        for error in self._seen(str(status), response, text):
            SEEN.add((operation["operationId"], str(status), error))

    def check_gateway(self, text: str) -> None:
        """Hold what API Gateway answers by itself to the document."""
        schema = self._document["components"]["schemas"]["GatewayError"]
        assert list(self._misfits(schema, json.loads(text))) == []

    def _operation(self, method: str, target: str) -> Json | None:
        path = target.partition("?")[0].removesuffix("/")
        fitting = (
            operation
            for known, pattern, operation in self._operations
            if known == method and pattern.fullmatch(path)
        )
        return next(fitting, None)

    def _resolved(self, value: Json) -> Json:
        while "$ref" in value:
            found: Any = self._document
            for part in value["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            value = found
        return value

    def _of_headers(self, response: Json, headers: dict[str, str]) -> Iterator[str]:
        declared = {name.lower(): self._resolved(header) for name, header in response["headers"].items()}
        for name in set(headers) - set(declared) - _ALWAYS:
            yield f"undeclared header {name}"
        for name, header in declared.items():
            if header.get("required") and name not in headers:
                yield f"no header {name}"

    def _of_body(self, response: Json, headers: dict[str, str], text: str) -> Iterator[str]:
        content = response.get("content")
        if content is None:
            if text:
                yield "a body where there is none"
            return
        media_type = headers.get("content-type", "")
        if media_type not in content:
            yield f"undeclared media type {media_type!r}"
        elif media_type == "application/json":
            body, described = json.loads(text), content[media_type]
            yield from self._misfits(described["schema"], body)
            yield from self._misplaced(described["schema"], body, "$")

    def _seen(self, status: str, response: Json, text: str) -> list[str]:
        """Return which of its errors an answer may be: several where they have one body."""
        errors = self._errors_of(status, response)
        found = [error for error, kind in errors.items() if kind == _kind(json.loads(text))]
        assert found or not errors, f"an error that is not declared: {text}"
        return found or [""]

    def _errors_of(self, status: str, response: Json) -> dict[str, Any]:
        """Return the errors that a response stands for, by name, with what tells each from others."""
        if status < "400":
            return {}
        examples = response["content"]["application/json"]["examples"]
        return {
            name: _kind(self._resolved(example)["value"])
            for name, example in examples.items()
            if "$ref" in example
        }

    def _misfits(self, schema: Json, body: Any) -> Iterator[str]:
        for error in self._validator(json.dumps(schema)).iter_errors(body):
            yield f"{'/'.join(map(str, error.instance_path)) or 'the body'}: {error.message}"

    def _validator(self, schema: str) -> Draft202012Validator:
        """Return what validates by a schema; each takes half a megabyte, and most answers share one."""
        if schema not in self._validators:
            whole = {**json.loads(schema), "components": {"schemas": self._document["components"]["schemas"]}}
            self._validators[schema] = Draft202012Validator(whole, validate_formats=True)
        return self._validators[schema]

    def _misplaced(self, schema: Json, value: Any, place: str) -> Iterator[str]:
        """Tell where keys do not come in the declared order."""
        schema = self._resolved(schema)
        for branch in schema.get("anyOf", []):
            if isinstance(value, dict) and set(value) >= set(self._resolved(branch).get("required", [])):
                yield from self._misplaced(branch, value, place)
        if isinstance(value, dict):
            declared = schema.get("properties", {})
            if [name for name in value if name in declared] != [name for name in declared if name in value]:
                yield f"{place}: keys in another order than {list(declared)}"
            for name, part in value.items():
                inner = declared.get(name) or schema.get("additionalProperties") or {}
                yield from self._misplaced(inner if isinstance(inner, dict) else {}, part, f"{place}.{name}")
        elif isinstance(value, list):
            parts = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
            for index, (inner, part) in enumerate(zip(parts, value, strict=False)):
                yield from self._misplaced(inner, part, f"{place}[{index}]")


def _kind(body: Json) -> Any:
    """Return what tells one error from another: its texts and codes, but for what varies in them."""
    if not isinstance(body.get("detail", body.get("message")), str):
        return "fields"
    return tuple(
        (name, _VARYING.sub("…", value) if isinstance(value, str) else name == "code" and value)
        for name, value in body.items()
    )


@cache
def published() -> Contract:
    """Return the document that the code makes at present, as a contract."""
    return Contract(openapi.document())

"""The asynchronous clients' classes, with a method per operation."""

from __future__ import annotations

import re
import textwrap

from ops.docs.components import Json
from ops.docs.python_client.operations import (
    Client,
    Operation,
    begins_session,
    entry,
    is_pair,
    operations,
    resolved,
)
from ops.docs.python_client.types import hint

_HEAD = '''"""{described}. Made by `manage.py clients`."""

from __future__ import annotations

from typing import Literal

from orders_and_shop import types
from orders_and_shop._async.transport import AsyncPages, AsyncTransport
from orders_and_shop.calls import Headers, segment


class Async{name}(AsyncTransport):
    """{described}.

    Every method takes `headers` to send besides, say an `Idempotency-Key`: a write that has one is repeated
    as well when the API is too busy.
    """

    _refresh_path = "{refresh_path}"
'''
_DESCRIBED = {
    Client.STAFF: "What staff can call: the Orders API and the shop's administration",
    Client.CUSTOMER: "What customers of the shop can call",
}
_REFRESHES = {Client.STAFF: "refreshUser", Client.CUSTOMER: "refreshCustomer"}
_ENDS_SESSION = ("signOutUser", "logOutCustomer", "closeUser")


def module(document: Json, client: Client) -> str:
    """Return the module of a client."""
    own = [operation for operation in operations(document) if operation.client is client]
    (refresh_path,) = [one.path for one in own if one.said["operationId"] == _REFRESHES[client]]
    head = _HEAD.format(described=_DESCRIBED[client], name=client.value, refresh_path=refresh_path)
    return "\n".join([head, *(_method(document, operation) for operation in own)])


def _method(document: Json, operation: Operation) -> str:
    answer = _annotation(operation)
    if operation.is_list:
        definition, answer = "def", f"AsyncPages[{answer}, {_qualified(entry(document, operation))}]"
    else:
        definition = "async def"
    text = (
        f"{definition} {operation.name}(self, {_arguments(operation)}) -> {answer}:\n"
        f"{textwrap.indent(_docstring(document, operation), '    ')}\n"
        f"{textwrap.indent(_statements(document, operation), '    ')}\n"
    )
    return textwrap.indent(text, "    ")


def _statements(document: Json, operation: Operation) -> str:
    if operation.is_list:
        query = ", ".join(f'"{one["name"]}": {one["name"]}' for one in operation.parameters_in("query"))
        return f"return AsyncPages(self, {_path(operation)}, {{{query}}}, headers, signed={operation.signed})"
    call = _call_arguments(operation)
    if operation.answer is None:
        return "\n".join([f"await self._call({call})", *_ending(operation)])
    if operation.media_type != "application/json":
        return f"return (await self._call({call})).content"
    value = (
        f"tuple(await self._json({call}))" if is_pair(document, operation) else f"await self._json({call})"
    )
    begun = ["self._session.begin(answer)"] if begins_session(document, operation) else []
    return "\n".join(
        [f"answer: {_annotation(operation)} = {value}", *begun, *_ending(operation), "return answer"]
    )


def _ending(operation: Operation) -> list[str]:
    return ["self._session.end()"] if operation.said["operationId"] in _ENDS_SESSION else []


def _call_arguments(operation: Operation) -> str:
    body = ", body=body" if operation.body is not None else ""
    signed = "" if operation.signed else ", signed=False"
    return f'"{operation.method}", {_path(operation)}{body}, headers=headers{signed}'


def _path(operation: Operation) -> str:
    filled = re.sub(r"{(\w+)}", r"{segment(\1)}", operation.path)
    return f'"{filled}"' if filled == operation.path else f'f"{filled}"'


def _arguments(operation: Operation) -> str:
    """Return the arguments: what the path names, the body, then by name what may be left out."""
    arguments = [f"{one['name']}: {hint(one['schema'])}" for one in operation.parameters_in("path")]
    if operation.body is not None:
        required = operation.said["requestBody"]["required"]
        arguments.append(f"body: {_qualified(hint(operation.body))}{'' if required else ' | None = None'}")
    query = [
        f"{one['name']}: {_qualified(hint(one['schema']))} | None = None"
        for one in operation.parameters_in("query")
    ]
    return ", ".join([*arguments, "*", *query, "headers: Headers = None"])


def _annotation(operation: Operation) -> str:
    if operation.answer is None:
        return "None"
    return _qualified(hint(operation.answer)) if operation.media_type == "application/json" else "bytes"


def _qualified(annotation: str) -> str:
    """Return an annotation with the names of schemas found in the module `types`."""
    return re.sub(r"(?<![\w\"])(?!Literal\b|None\b)([A-Z]\w*)", r"types.\1", annotation)


def _docstring(document: Json, operation: Operation) -> str:
    said = operation.said
    described = {one["name"]: one["description"] for one in operation.parameters}
    if operation.body is not None:
        described["body"] = resolved(document, operation.body)["description"]
    described["headers"] = "Sent besides."
    arguments = [line for name, text in described.items() for line in _argument(name, text)]
    told = [textwrap.fill(paragraph, 100) for paragraph in said["description"].split("\n\n")]
    return "\n\n".join([f'"""{said["summary"]}.', *told, "\n".join(["Args:", *arguments, '"""'])])


def _argument(name: str, description: str) -> list[str]:
    text = f"{name}: {description}"
    return textwrap.wrap(text, 96, initial_indent="    ", subsequent_indent="        ")

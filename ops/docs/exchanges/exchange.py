"""An exchange printed in a document.

Bodies are written exactly as printed, key order included. Three kinds of text stand for what no document
can foretell: markers (`ANY_UUID`, `ANY_TIME`, …) in a body, `{host}` in an address, and `{name}` in a path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Any
"""A value as `json.loads` gives it, possibly with markers in it."""

DEFAULT_IMAGE = "{host}/static/Users/default-user-image.jpeg"
"""The picture of a user without one: printed with accidental request paths, settled in the specification."""


class Marker:
    """Equal to every text of one strict shape.

    A marker with a label stands for one value throughout a body: its second place must repeat the first.
    """

    def __init__(self, name: str, pattern: str, label: str = "") -> None:
        self.name = name
        self.pattern = re.compile(pattern)
        self.label = label

    def labelled(self, label: str) -> Marker:
        """The same shape, bound to one value per comparison."""
        return Marker(self.name, self.pattern.pattern, label)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Marker):
            return (self.name, self.label) == (other.name, other.label)
        return isinstance(other, str) and self.pattern.fullmatch(other) is not None

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"<{self.name} {self.label}>" if self.label else f"<{self.name}>"


ANY_UUID = Marker("any uuid", r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ANY_TIME = Marker(
    "any time", r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z"
)
ANY_MASKED_HASH = Marker(
    "any masked hash", r"pbkdf2_sha256\$(?:[6-9]\d{5}|[1-9]\d{6,})\$[^*$]{1,8}\*+\$[^*$]{1,8}\*+"
)
"""A password hash in its documented form, at least 600,000 iterations, with salt and hash masked."""


@dataclass(frozen=True)
class Exchange:
    """One request and the answer that the document prints for it.

    Each starts from the demo data, changed first by the exchanges titled in `after`, in that order, and by
    what `bucket` puts into the customer's bucket. `{bucket_uuid}` in the path is the bucket's first line and
    `{order_uuid}` the order made from that bucket. A body of None is no body at all; `{}` is an empty object.
    """

    title: str
    method: str
    path: str
    request_body: Json
    status: int
    response_body: Json
    authenticated: bool
    section: str
    after: tuple[str, ...] = ()
    bucket: tuple[tuple[str, int], ...] = ()

    def url(self, **ids: str) -> str:
        """The path with its `{name}` parts filled in; a name without a value is a KeyError."""
        return self.path.format(**ids)

    def request(self) -> Json:
        """A copy of the request's body, free to be changed."""
        return copied(self.request_body)

    def response(self, host: str) -> Json:
        """A copy of the answer's body as `host` (scheme and authority, no slash at the end) would give it."""
        return copied(self.response_body, host)


@dataclass(frozen=True)
class DocumentedError:
    """One row of an error table: what is called, and what it can answer besides success."""

    title: str
    method: str
    path: str
    status: int
    code: int | None
    message: str

    def body(self, details: Mapping[str, list[str]] | None = None) -> dict[str, Json]:
        """The answer's body in the order of the table's columns."""
        body: dict[str, Json] = {} if self.code is None else {"code": self.code}
        body["message"] = self.message
        return body if details is None else body | {"details": dict(details)}


def copied(value: Json, host: str = "{host}") -> Json:
    """A deep copy of `value` in which `{host}` is `host`; markers stay themselves."""
    if isinstance(value, dict):
        return {key: copied(item, host) for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item, host) for item in value]
    return value.replace("{host}", host) if isinstance(value, str) else value

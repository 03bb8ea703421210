"""A world in front of which something serves over HTTP: a deployed stage, or `chalice local`."""

import http.client
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from chalicelib.runtime import Runtime
from chalicelib.table import engine as table_engine
from tests.support.world import NOTHING, Answer, World, composed

_PATIENCE = 60  # seconds: two processors start a function in seconds when both are busy
_ITERATIONS = 1_000  # of the passwords that tests seed; what serves has its own setting


class HttpWorld(World):
    """A world whose requests go to an address, and whose table is the one behind that.

    Args:
        address: what serves, without a slash at the end.
        runtime: of this process, connected to the table.
    """

    def __init__(self, address: str, runtime: Runtime) -> None:
        self.address = address
        settings = replace(runtime.settings, password_iterations=_ITERATIONS)
        self.runtime = replace(runtime, settings=settings)

    def __enter__(self) -> "HttpWorld":
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the table to what serves."""

    def send(
        self, method: str, target: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Send a request as it is; `target` may be an address of this API."""
        called = urlsplit(self.address)
        path = target.removeprefix(self.address)
        connection = http.client.HTTPConnection(called.netloc, timeout=_PATIENCE)
        connection.request(method, called.path + path, content, {"Accept": "*/*"} | (headers or {}))
        response = connection.getresponse()
        return response, response.read()

    def call(
        self,
        method: str,
        target: str,
        body: Any = NOTHING,
        *,
        token: str | None = None,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        content, said = composed(body, raw, token)
        response, answered = self.send(method, target, content, said | (headers or {}))
        return Answer.of(response.status, answered.decode("utf-8", "replace"), dict(response.getheaders()))

    def start_over(self) -> None:
        """Empty the table and load the documents' own data."""
        self.empty()
        self.load_demo()

    def empty(self) -> None:
        """Delete everything in the table."""
        name = self.runtime.settings.table_name
        keys = [{"pk": item["pk"], "sk": item["sk"]} for item in self.items().values()]
        for start in range(0, len(keys), 25):
            batch = [{"DeleteRequest": {"Key": key}} for key in keys[start : start + 25]]
            table_engine.service().call("BatchWriteItem", {"RequestItems": {name: batch}})

"""The local HTTP server: serves the application as API Gateway would, or the embedded DynamoDB."""

import base64
import contextlib
import re
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, NamedTuple

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import LocalGatewayException

from chalicelib import log
from ops import CommandError
from ops.gateway_answers import FAILED
from ops.local.gateway import Gateway, Refusal
from ops.local.request_body import announced_size, read_body

_IDLE_SECONDS = 60
_LINGER_SECONDS = 1.0
_DRAIN_SECONDS = 0.5
_SCHEME_AND_HOST = re.compile(r"^[a-z]+://[^/?]*", re.IGNORECASE)
_OWN_HEADERS = frozenset({"connection", "content-length", "date", "transfer-encoding"})
_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})

Answer = tuple[int, list[tuple[str, str]], bytes]  # status, headers, body


class Request(NamedTuple):
    """A request as it came in over HTTP."""

    method: str
    target: str
    headers: Message
    body: bytes
    address: str


def application(app: Chalice, allowed_origin: str | None) -> Callable[[Request], Answer]:
    """Return what answers requests as the application behind API Gateway does."""
    config = Config.create(chalice_stage="local")

    def answer(request: Request) -> Answer:
        gateway = Gateway(app, config, request.address, allowed_origin)
        try:
            headers: Any = request.headers
            return _unpacked(gateway.handle_request(request.method, request.target, headers, request.body))
        except LocalGatewayException as refusal:
            return _refused(refusal)

    return answer


@contextmanager
def bound(
    answer: Callable[[Request], Answer],
    host: str,
    port: int,
    refusal_headers: Callable[[], dict[str, str]] = dict,
) -> Iterator["Server"]:
    """Give a server that is bound, to a free port where that is 0, and close it at the end.

    Args:
        answer: answers requests, in a thread for each connection.
        host: the address to listen on.
        port: where to listen.
        refusal_headers: gives the headers of what the server refuses by itself.
    """
    try:
        server = Server(answer, host, port, refusal_headers)
    except OSError as error:
        reason = f"can't listen on {host}:{port} ({error.strerror or error})"
        raise CommandError(f"{reason}; --port takes another port.") from error
    try:
        yield server
    finally:
        server.close()


class Server(ThreadingHTTPServer):
    """Answers each connection in a thread of its own, from `serve_forever` to `close`."""

    request_queue_size = 512
    daemon_threads = True

    def __init__(
        self,
        answer: Callable[[Request], Answer],
        host: str,
        port: int,
        refusal_headers: Callable[[], dict[str, str]],
    ) -> None:
        self.answer = answer
        self.refusal_headers = refusal_headers
        self._connections: dict[socket.socket, threading.Thread] = {}
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # HTTPServer's asks the name service who we are, and may wait long for it

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        self._connections[request] = threading.current_thread()
        try:
            super().process_request_thread(request, client_address)
        finally:
            del self._connections[request]

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # that is a client who left
            super().handle_error(request, client_address)

    def close(self) -> None:
        """Stop accepting, end idle connections at once, and wait a little for busy ones."""
        self.server_close()
        deadline = time.monotonic() + _DRAIN_SECONDS
        connections = list(self._connections.items())
        for connection, _ in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RD)
        for _, thread in connections:
            thread.join(max(0.0, deadline - time.monotonic()))


class _Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _IDLE_SECONDS

    def do_any(self) -> None:
        try:
            body = read_body(self.headers, self.rfile)
        except Refusal as refusal:
            self._close_with(refusal)
        else:
            self._send(*self._answer(body))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_any  # noqa: N815

    def handle_expect_100(self) -> bool:
        """Tell a client that waits to send its body, unless its size is reason enough to refuse it."""
        try:
            announced_size(self.headers)
        except Refusal as refusal:
            self._close_with(refusal)
            return False
        return super().handle_expect_100()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no proper request in our own style; a method that nobody knows is a wrong method."""
        status = HTTPStatus.NOT_FOUND if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._close_with(Refusal(int(status), f"{status.phrase.capitalize()}."))

    def log_message(self, *_: Any) -> None:
        """Log nothing: the application logs its requests."""

    def _answer(self, body: bytes) -> Answer:
        """Ask for the answer, and give one when that fails."""
        address = self.client_address[0]
        try:
            return self.server.answer(Request(self.command, self._target(), self.headers, body, address))
        except Exception:
            traceback.print_exc()
            return self._refuse(Refusal(*FAILED))

    def _refuse(self, refusal: Refusal) -> Answer:
        """Return what the server refuses by itself."""
        refusal.headers = self.server.refusal_headers()
        return _refused(refusal)

    def _target(self) -> str:
        # Not self.path, in which leading slashes are already made one.
        target = self.requestline.split()[1]
        return _SCHEME_AND_HOST.sub("", target) or "/"  # clients of a proxy write them too

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send the whole answer at once: a second part could wait for the client's late acknowledgement."""
        kept = [(name, value) for name, value in headers if name.lower() not in _OWN_HEADERS]
        if status in _BODILESS:
            kept, body = [(name, value) for name, value in kept if name.lower() != "content-type"], b""
        else:
            if not any(name.lower() == "content-type" for name, _ in kept):
                kept.append(("Content-Type", "application/json"))
            kept.append(("Content-Length", str(len(body))))
        kept.append(("Date", self.date_time_string()))
        kept.append(("Connection", "close" if self.close_connection else "keep-alive"))
        lines = [f"{self.protocol_version} {status} {self.responses.get(status, ('',))[0]}"]
        lines += [f"{name}: {value}" for name, value in kept]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
        self.wfile.write(head if self.command == "HEAD" else head + body)

    def _close_with(self, refusal: Refusal) -> None:
        """Answer and close, but take in what is on its way first: a reset would destroy the answer."""
        self.close_connection = True
        self._send(*self._refuse(refusal))
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(_LINGER_SECONDS)
        deadline = time.monotonic() + _LINGER_SECONDS
        with contextlib.suppress(OSError):
            while time.monotonic() < deadline and self.connection.recv(65536):
                pass


def _refused(refusal: LocalGatewayException) -> Answer:
    """Return what the gateway answers by itself, and log it, as the deployed one's access log does."""
    log.request(
        request_id=refusal.headers.get("X-Request-Id", ""),
        route="gateway",
        status=refusal.CODE,
        error=None,
        milliseconds=0,
        table_calls=0,
        table_capacity=0,
        principal=None,
    )
    return refusal.CODE, list(refusal.headers.items()), refusal.body or b""


def _unpacked(response: dict[str, Any]) -> Answer:
    """Return the parts of a function's response as they go over the wire."""
    headers = [(name, str(value)) for name, value in (response.get("headers") or {}).items()]
    for name, values in (response.get("multiValueHeaders") or {}).items():
        headers += [(name, str(value)) for value in values]
    body = response.get("body") or ""
    if response.get("isBase64Encoded"):
        return response["statusCode"], headers, base64.b64decode(body)
    return response["statusCode"], headers, body if isinstance(body, bytes) else body.encode()

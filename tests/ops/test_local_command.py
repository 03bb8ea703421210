"""`python manage.py local` as a new user meets it: what it prints, what it answers, and how it ends."""

import json
import os
import signal
import socket
from collections.abc import Iterator
from errno import EADDRINUSE
from urllib.parse import urlsplit

import pytest

from ops.demo.images import TARGET
from ops.docs.exchanges import orders_api
from ops.docs.exchanges.exchange import DEFAULT_IMAGE
from tests.documents.difference import difference
from tests.ops.local_command import Command, Request, connect, refused, send, serving

LIMIT = 10 * 1024 * 1024
NOT_FOUND = {"detail": "Not found.", "message": "not found"}


@pytest.fixture(scope="module")
def command() -> Iterator[Command]:
    with serving() as served:
        yield served


def test_the_request_to_try_answers_the_documented_listing(command: Command) -> None:
    answer = send(command.curl)

    exchange = next(one for one in orders_api.LISTINGS if one.path == "/orders/order-l/1/")
    assert command.curl.url == f"{command.base_url}/orders/order-l/1/"
    assert command.curl.headers == {"Authorization": f"Bearer {command.token}"}
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert difference(exchange.response(command.base_url), answer.json) is None


def test_tells_that_the_data_ends_with_it(command: Command) -> None:
    assert command.printed.splitlines()[:2] == [
        f"Serving on {command.base_url} (Ctrl-C stops it)",
        "Database: embedded, in memory: its data ends with this command",
    ]
    assert command.base_url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/nowhere/"),
        ("GET", "/orders/order-l/1/2/"),
        ("GET", "/orders%2Forder-l/1/"),
        ("GET", "//orders/order-l/1/"),
        ("DELETE", "/orders/order-l/1/"),
        ("GET", "/orders/order-c/"),
        ("BREW", "/orders/order-l/1/"),
    ],
)
def test_an_unknown_path_or_a_wrong_method_is_not_found(command: Command, method: str, target: str) -> None:
    answer = command.send(method, target, Authorization=f"Bearer {command.token}")

    assert (answer.status, answer.headers["content-type"]) == (404, "application/json")
    assert answer.json == NOT_FOUND


def test_head_is_a_wrong_method_and_its_answer_has_no_body(command: Command) -> None:
    connection = connect(command.base_url)
    connection.request("HEAD", "/api/products")
    head = connection.getresponse()
    head.read()
    connection.request("GET", "/nowhere")  # on the same connection: nothing was sent behind the head's answer
    after = connection.getresponse()
    content = after.read()
    connection.close()

    assert (head.status, after.status, json.loads(content)) == (404, 404, NOT_FOUND)
    assert head.headers["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    ("announcement", "sent"),
    [(("Content-Length", str(LIMIT + 1)), b""), (("Transfer-Encoding", "chunked"), b"%x\r\n" % (LIMIT + 1))],
    ids=["by length", "in chunks"],
)
def test_a_body_over_ten_mebibytes_is_too_large(
    command: Command, announcement: tuple[str, str], sent: bytes
) -> None:
    connection = connect(command.base_url)
    connection.putrequest("POST", "/orders/order-c/")
    connection.putheader(*announcement)
    connection.endheaders()
    connection.send(sent)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()

    assert (answer.status, json.loads(content)) == (
        413,
        {"detail": "Request entity too large.", "message": "request entity too large"},
    )


def test_a_body_of_ten_mebibytes_is_left_to_the_limit_of_the_application(command: Command) -> None:
    headers = {"Authorization": f"Bearer {command.token}", "Content-Type": "application/json"}

    answer = send(Request("POST", f"{command.base_url}/orders/order-c/", headers, b" " * LIMIT))

    assert (answer.status, answer.json) == (
        413,
        {"detail": "The request body is larger than 256 KiB."},
    )


def test_a_percent_encoded_path_is_the_same_path(command: Command) -> None:
    headers = {"Authorization": f"Bearer {command.token}"}

    answer = command.send("GET", "/%6Frders/order-l/%31/", **headers)

    assert (answer.status, answer.json) == (200, send(command.curl).json)


@pytest.mark.parametrize(
    "accept", [None, "*/*", "image/jpeg", "image/avif,image/webp,*/*;q=0.8", "application/json", "text/html"]
)
def test_the_image_in_the_listing_loads_whatever_is_accepted(command: Command, accept: str | None) -> None:
    (order,) = send(command.curl).json
    url = order["creator"]["image"]

    answer = send(Request("GET", url, {} if accept is None else {"Accept": accept}))

    assert url == DEFAULT_IMAGE.format(host=command.base_url)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.content == TARGET.read_bytes()


@pytest.mark.slow
def test_what_the_gateway_answers_by_itself_is_in_the_log_by_its_id() -> None:
    with serving("--no-demo") as command:
        answer = command.send("GET", "/nowhere")
        assert command.process.stdout is not None
        lines = iter(command.process.stdout.readline, "")
        logged = json.loads(next(line for line in lines if line.startswith("{")))

    assert (logged["request_id"], logged["status"]) == (answer.headers["x-request-id"], 404)


@pytest.mark.slow
def test_without_demo_data_the_request_to_try_registers_the_first_user() -> None:
    with serving("--no-demo") as command:
        registered = send(command.curl)
        account = json.loads(command.curl.body or b"")
        credentials = {name: account[name] for name in ("email", "password")}
        headers = {"Content-Type": "application/json"}
        signing_in = f"{command.base_url}/users/auth/token/"
        nobody = {"email": "user3@gmail.com", "password": "user3user3"}
        signed_in, refused = (
            send(Request("POST", signing_in, headers, json.dumps(body).encode()))
            for body in (credentials, nobody)
        )
        listed = command.send("GET", "/users/user/1/", Authorization=f"Bearer {signed_in.json['access']}")

    assert (registered.status, signed_in.status, refused.status) == (201, 200, 401)
    assert (listed.status, listed.json["id"], listed.json["email"]) == (200, 1, account["email"])


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_nothing_is_left(number: signal.Signals) -> None:
    with serving("--no-demo") as command:
        port = urlsplit(command.base_url).port
        assert command.send("GET", "/api/products").status == 200
        ended = command.interrupt(number)

        assert ended == (0, "")
        with pytest.raises(ProcessLookupError):
            os.killpg(command.process.pid, 0)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port or 0))


@pytest.mark.slow
def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        told = refused("--port", str(port))

    assert told == (
        f"manage.py local: can't listen on 127.0.0.1:{port} ({os.strerror(EADDRINUSE)}); "
        "--port takes another port."
    )


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_said() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # and never listens: nobody else gets the port meanwhile
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"

        told = refused("--port", "0", "--database", url)

    assert told.startswith(f"manage.py local: --database {url} can't be used: Could not connect")


@pytest.mark.slow
@pytest.mark.parametrize("url", ["127.0.0.1:8001", "http://127.0.0.1:eight", "http://"])
def test_what_is_no_address_is_said(url: str) -> None:
    told = refused("--port", "0", "--database", url)

    assert told == f"manage.py local: --database {url!r} is not a URL like http://127.0.0.1:8001."

"""What every answer carries, and whom the addresses in answers name (guarantees, "Every answer")."""

import json
import logging
from typing import Any

import pytest

from chalicelib.config import Settings
from chalicelib.runtime import Runtime
from chalicelib.web.app import create_app
from chalicelib.web.endpoint import Endpoint
from ops.docs.naming import path_parameters
from tests.support.endpoints import ENDPOINTS
from tests.support.events import event, send
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import HOST, Answer, World

ID = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"  # that `event` gives
IMAGE = "/static/Users/default-user-image.jpeg"
every_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=lambda endpoint: endpoint.name)


def _called(world: World, endpoint: Endpoint, **headers: str) -> Answer:
    """Call an endpoint behind the gateway at api.example.com, with what nobody has in the path."""
    parameters = dict.fromkeys(path_parameters(endpoint), "0")
    sent = event(endpoint, endpoint.path.format(**parameters), parameters=parameters, headers=headers)
    sent["requestContext"]["domainName"] = "api.example.com"
    return send(world, sent)


@every_endpoint
def test_every_answer_has_the_id_of_its_request_and_is_what_it_says_it_is(
    world: World, endpoint: Endpoint
) -> None:
    answer = _called(world, endpoint)

    assert answer.request_id == ID
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@every_endpoint
def test_nothing_is_kept_but_what_everybody_may_have(world: World, endpoint: Endpoint) -> None:
    answer = _called(world, endpoint)

    kept = endpoint.name in ("list-products", "show-default-image")
    assert (answer.headers.get("cache-control") == "no-store") is not kept


def test_tokens_and_personal_data_are_not_kept(world: World) -> None:
    scene = Scene(world)
    path = f"/users/user/{scene.creator.id}/"
    credentials = {"email": scene.creator.email, "password": PASSWORD}

    signed_in = world.call("POST", "/users/auth/token/", credentials)
    shown = world.call("GET", path, token=signed_in.json["access"])
    refreshed = world.call("POST", "/users/auth/token/refresh/", {"refresh": signed_in.json["refresh"]})

    assert [answer.status for answer in (signed_in, shown, refreshed)] == [200, 200, 200]
    for answer in (signed_in, shown, refreshed):
        assert answer.headers["cache-control"] == "no-store"


def test_the_public_picture_says_itself_how_long_it_may_be_kept(world: World) -> None:
    assert world.call("GET", IMAGE).headers["cache-control"] == "public, max-age=86400"


def test_an_answer_that_is_not_sent_over_https_does_not_ask_for_it(world: World) -> None:
    assert "strict-transport-security" not in world.call("GET", "/api/products").headers


def test_the_id_is_the_one_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("chalicelib")
    logger.addHandler(caplog.handler)
    logger.setLevel(logging.INFO)
    try:
        answers = [world.call("GET", path) for path in ("/api/products", "/orders/order-r/1/", IMAGE)]
    finally:
        logger.removeHandler(caplog.handler)

    logged = [json.loads(message)["request_id"] for message in caplog.messages]
    assert logged == [answer.request_id for answer in answers]
    assert len(set(logged)) == 3


def test_a_deployment_that_cannot_work_answers_with_them_too() -> None:
    app = create_app(runtime=lambda: Runtime(Settings.from_environment({})))

    headers = app(event(ENDPOINTS["sign-in-user"], "/users/auth/token"), None)["headers"]

    assert headers["X-Request-Id"] == ID
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_without_a_gateway_a_request_gets_an_id_of_its_own(world: World) -> None:
    sent = event(ENDPOINTS["show-default-image"], IMAGE)
    del sent["requestContext"]["requestId"]

    ids = {send(world, sent).request_id for _ in range(2)}

    assert len(ids) == 2
    assert all(len(str(found)) == len(ID) for found in ids)


def _image_of_an_order(world: World, token: str, order: int, context: dict[str, Any], **headers: str) -> str:
    sent = event(
        ENDPOINTS["show-order"],
        f"/orders/order-r/{order}",
        parameters={"id": order},
        headers={"Authorization": f"Bearer {token}", **headers},
    )
    sent["requestContext"] |= context
    answer = send(world, sent)
    assert answer.status == 200
    return str(answer.json["creator"]["image"])


FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "javascript",
    "Forwarded": "host=evil.example;proto=javascript",
}


@pytest.mark.parametrize(
    ("context", "host", "address"),
    [
        ({"domainName": "api.example.com"}, "evil.example", "https://api.example.com"),
        ({"domainName": ""}, "localhost:8000", "http://localhost:8000"),
        ({"domainName": ""}, "my_api:8000", "http://my_api:8000"),
        ({"domainName": ""}, "127.0.0.1:8000", "http://127.0.0.1:8000"),
        ({"domainName": ""}, "[::1]:8000", "http://[::1]:8000"),
        ({"domainName": ""}, "evil.example/api?", "http://localhost"),
        ({"domainName": ""}, "user@evil.example", "http://localhost"),
        ({"domainName": ""}, "evil.example:80:80", "http://localhost"),
        ({"domainName": ""}, '"><script>', "http://localhost"),
        ({"domainName": ""}, "", "http://localhost"),
    ],
)
def test_an_address_names_the_host_that_the_gateway_saw_and_nothing_that_was_forwarded(
    world: World, context: dict[str, str], host: str, address: str
) -> None:
    scene = Scene(world)
    order = scene.order().id

    image = _image_of_an_order(world, world.token(scene.creator.id), order, context, Host=host, **FORWARDED)

    assert image == address + IMAGE


@pytest.mark.parametrize(
    "scheme", ["https", "https,http", "https, https", "javascript", "javascript://evil.example/", "", "ht tp"]
)
def test_a_local_address_has_the_local_scheme_whatever_is_forwarded(world: World, scheme: str) -> None:
    scene = Scene(world)
    orders = [scene.order() for _ in range(2)]
    target = f"/orders/order-l/{scene.organization.id}/?limit=1"

    answer = world.call(
        "GET", target, token=world.token(scene.creator.id), headers={"X-Forwarded-Proto": scheme}
    )

    assert len(orders) == 2
    assert answer.json[0]["creator"]["image"] == HOST + IMAGE
    assert answer.headers["link"].startswith(f"<{HOST}/orders/order-l/")

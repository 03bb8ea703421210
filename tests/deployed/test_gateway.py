"""What API Gateway does by itself, and what it does to bodies."""

import json

import pytest

from chalicelib.web.request import MAX_BODY_BYTES
from tests.deployed.conftest import ORIGIN
from tests.deployed.stack import DeployedWorld
from tests.support.world import NOTHING

NOT_FOUND = {"detail": "Not found.", "message": "not found"}


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nowhere/"), ("DELETE", "/api/products"), ("GET", "/orders/order-c/")]
)
def test_an_unknown_path_or_method_is_our_404(deployed_world: DeployedWorld, method: str, path: str) -> None:
    answer = deployed_world.call(method, path)

    assert (answer.status, answer.json) == (404, NOT_FOUND)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "accept", ["*/*", "image/*", "image/avif,image/webp,*/*;q=0.8", "text/html", "application/json"]
)
def test_the_picture_of_the_creator_of_an_order_loads_in_every_client(
    deployed_world: DeployedWorld, accept: str
) -> None:
    deployed_world.start_over()
    listed = deployed_world.call("GET", "/orders/order-l/1/", token=deployed_world.token(5)).json
    address = listed[0]["creator"]["image"]

    response, content = deployed_world.send("GET", address, headers={"Accept": accept})

    assert address.startswith(deployed_world.deployment.address)
    assert (response.status, response.headers["Content-Type"]) == (200, "image/jpeg")
    assert content[:3] == b"\xff\xd8\xff"


def test_a_body_comes_through_byte_for_byte(deployed_world: DeployedWorld) -> None:
    deployed_world.start_over()
    body = {"description": "zażółć 🙂\n", "organization": 1}

    changed = deployed_world.call("PATCH", "/orders/order-ud/1/", body, token=deployed_world.token(5))
    no_text = deployed_world.call("POST", "/users/auth/token/", raw=b'{"email": "\xff"}')

    assert (changed.status, changed.json["description"]) == (200, "zażółć 🙂\n")
    assert no_text.status == 400


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY_BYTES, 400), (MAX_BODY_BYTES + 1, 413)])
def test_a_body_has_its_documented_limit(deployed_world: DeployedWorld, size: int, status: int) -> None:
    frame = json.dumps({"email": "a@gmail.com", "password": ""})
    content = frame.replace('""', f'"{"x" * (size - len(frame))}"').encode()

    answer = deployed_world.call("POST", "/users/auth/token/", NOTHING, raw=content)

    assert len(content) == size
    assert answer.status == status, answer.text


def test_a_parameter_in_the_path_is_decoded(deployed_world: DeployedWorld) -> None:
    answer = deployed_world.call("GET", "/api/orders/%C3%A9", token=deployed_world.token(5))

    assert (answer.status, answer.json["message"]) == (403, "Given token not valid for any token type")


def test_a_page_of_the_allowed_origin_may_read_every_answer(deployed_world: DeployedWorld) -> None:
    answers = [deployed_world.call("GET", path) for path in ("/api/products", "/api/profile", "/nowhere")]

    assert [answer.status for answer in answers] == [200, 403, 404]
    assert {answer.headers["access-control-allow-origin"] for answer in answers} == {ORIGIN}

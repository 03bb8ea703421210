"""What the gateway answers by itself is the same on this machine as where it is deployed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ops.deploy.package.api import GATEWAY_RESPONSES
from tests.engines.engine import Engine
from tests.ops.local_command import Command, Request, send, serving
from tests.ops.templates import STAGES, Templates
from tests.support.world import Answer, World

ORIGIN = STAGES["production with everything"].allowed_origin
PATHS = ["/api/login", "/api/bucket", "/users/auth/token/", "/orders/order-c/", "/orders/order-l/1/"]
ASKED = {
    "Origin": str(ORIGIN),
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


@pytest.fixture
def open_world(engine: Engine) -> Iterator[World]:
    """A world whose API the pages of an origin may call."""
    with World(engine, allowed_origin=ORIGIN) as made:
        yield made


@pytest.fixture
def deployed(templates: Templates) -> Any:
    """The definition of a deployed API that the pages of that origin may call."""
    return templates.of("production with everything")["Resources"]["RestAPI"]["Properties"]["Body"]


def _headers(parameters: dict[str, str]) -> dict[str, str]:
    """Return the headers that a deployed gateway sends, but for those that differ on this machine."""
    named = {name.rpartition(".")[2].lower(): value.strip("'") for name, value in parameters.items()}
    assert named.pop("x-request-id") == "context.requestId"
    assert named.pop("strict-transport-security")
    return named


@pytest.mark.parametrize("path", PATHS)
def test_a_preflight_is_answered_as_the_deployed_gateway_does(
    open_world: World, deployed: Any, path: str
) -> None:
    answer = open_world.call("OPTIONS", path, headers=ASKED)

    described = next(iter(deployed["paths"].values()))["options"]["x-amazon-apigateway-integration"]
    response = described["responses"]["default"]
    assert (answer.status, answer.text) == (int(response["statusCode"]), "")
    assert answer.headers == _headers(response["responseParameters"])
    assert answer.request_id
    assert answer.headers["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nowhere"), ("OPTIONS", "/nowhere"), ("DELETE", "/api/login"), ("HEAD", "/api/products")],
)
def test_what_no_endpoint_answers_is_not_found_as_the_deployed_gateway_says_it(
    open_world: World, deployed: Any, method: str, path: str
) -> None:
    answer = open_world.call(method, path, headers=ASKED)

    expected = deployed[GATEWAY_RESPONSES]["MISSING_AUTHENTICATION_TOKEN"]
    assert answer.status == expected["statusCode"] == 404
    assert answer.json == json.loads(expected["responseTemplates"]["application/json"])
    assert answer.headers == _headers(expected["responseParameters"])
    assert answer.request_id
    assert answer.headers["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize("path", [*PATHS, "/nowhere"])
def test_without_an_origin_no_page_may_call_and_a_preflight_is_not_found(world: World, path: str) -> None:
    answer = world.call("OPTIONS", path, headers=ASKED)

    assert answer.status == 404
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_an_origin_may_read_what_an_endpoint_answers(open_world: World) -> None:
    answer: Answer = open_world.call("GET", "/api/products", headers={"Origin": str(ORIGIN)})

    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "Retry-After" in answer.headers["access-control-expose-headers"]


@pytest.fixture(scope="module")
def command() -> Iterator[Command]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ALLOWED_ORIGIN", str(ORIGIN))
        with serving() as served:
            yield served


def test_the_local_start_lets_the_pages_of_the_origin_call(command: Command) -> None:
    preflight = command.send("OPTIONS", "/api/login", **ASKED)
    unknown = command.send("GET", "/nowhere")
    malformed = send(Request("POST", f"{command.base_url}/api/login", {"Content-Length": "x"}))

    assert [answer.status for answer in (preflight, unknown, malformed)] == [204, 404, 400]
    for answer in (preflight, unknown, malformed):
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-request-id"]

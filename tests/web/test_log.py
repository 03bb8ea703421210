"""One JSON line a request, with the allowed fields and nothing else: never a token, a password or a body."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.table import keys
from tests.engines.faults import Fault, Sending, inject
from tests.support.endpoints import ENDPOINTS
from tests.support.events import event, send
from tests.support.scene import Scene
from tests.support.staff import PASSWORD
from tests.support.world import World

REQUEST_FIELDS = [
    "level",
    "message",
    "request_id",
    "route",
    "status",
    "milliseconds",
    "table_calls",
    "table_capacity",
    "principal",
]
REFUSED_FIELDS = [*REQUEST_FIELDS[:5], "error", *REQUEST_FIELDS[5:]]
FAILURE_FIELDS = ["level", "message", "request_id", "route", "error", "code", "trace"]
ERRORS = {
    400: "ValidationFailed",
    401: "TokenNotValid",
    403: "PermissionDenied",
    404: "NotFound",
    415: "UnsupportedMediaType",
}
SECRET = "what nobody may read in a log"


class Lines(logging.Handler):
    """Keeps every line that is logged, parsed."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())

    @property
    def parsed(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.texts]


class Rejected(Fault):
    """DynamoDB rejects the request with words that quote it."""

    def strike(self, sending: Sending) -> AWSResponse:
        return sending.refused("ValidationException", message=f"One or more values are invalid: {SECRET}")


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


@pytest.fixture
def lines(scene: Scene) -> Iterator[Lines]:
    logger, handler = logging.getLogger("chalicelib"), Lines()
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_a_request_is_one_line_of_the_allowed_fields(scene: Scene, lines: Lines) -> None:
    order = scene.order()

    scene.world.call("GET", f"/orders/order-r/{order.id}/", token=scene.world.token(scene.creator.id))

    [line] = lines.parsed
    assert list(line) == REQUEST_FIELDS
    assert (line["level"], line["message"], line["route"]) == ("INFO", "request", "show-order")
    assert (line["status"], line["principal"], line["table_calls"]) == (200, str(scene.creator.id), 2)
    assert line["milliseconds"] > 0
    assert line["request_id"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 415])
def test_a_refused_request_is_one_line_too(scene: Scene, lines: Lines, status: int) -> None:
    token = scene.world.token(scene.creator.id)
    calls: dict[int, tuple[Any, ...]] = {
        400: ("POST", "/orders/order-c/", {"organization": scene.organization.id}),
        401: ("GET", "/orders/order-l/1/"),
        403: ("GET", "/orders/order-l/1/"),
        404: ("GET", "/orders/order-r/424242/"),
        415: ("POST", "/orders/order-c/", {}),
    }
    headers = {"Content-Type": "text/plain"} if status == 415 else {}

    scene.world.call(*calls[status], token="x.y.z" if status == 401 else token, headers=headers)

    [line] = lines.parsed
    assert (list(line), line["status"], line["error"]) == (REFUSED_FIELDS, status, ERRORS[status])
    assert line["principal"] == (None if status == 401 else str(scene.creator.id))


def test_nothing_secret_is_logged(scene: Scene, lines: Lines) -> None:
    world, email = scene.world, scene.creator.email
    pair = world.tokens(scene.creator.id)
    body = scene.draft(description=SECRET)

    world.call("POST", "/orders/order-c/", body, token=pair.access)
    world.call("POST", "/orders/order-c/", {**body, "client": SECRET}, token=pair.access)
    world.call("POST", "/orders/order-c/", raw=SECRET.encode(), token=pair.access)
    world.call("GET", f"/orders/order-l/1/?cursor={pair.access}&done={PASSWORD[:7]}", token=pair.access + "x")
    signed_in = world.call("POST", "/users/auth/token/", {"email": email, "password": PASSWORD}).json
    world.call("POST", "/users/auth/token/", {"email": email, "password": PASSWORD + SECRET})
    refreshed = world.call("POST", "/users/auth/token/refresh/", {"refresh": pair.refresh}).json

    logged = "\n".join(lines.texts)
    shown = [pair.access, pair.refresh, signed_in["access"], refreshed["refresh"], PASSWORD, SECRET, email]
    assert len(lines.texts) == 7
    assert not [secret for secret in shown if secret[:20] in logged or secret[-20:] in logged]


def test_an_unexpected_failure_is_told_without_its_words(scene: Scene, lines: Lines) -> None:
    token = scene.world.token(scene.creator.id)

    with inject(scene.world.events, Rejected("TransactWriteItems")):
        answer = scene.world.call("POST", "/orders/order-c/", scene.draft(description=SECRET), token=token)

    failure, request = lines.parsed
    assert (answer.status, answer.json) == (500, {"detail": "Internal server error."})
    assert (list(failure), list(request)) == (FAILURE_FIELDS, REFUSED_FIELDS)
    assert (failure["error"], failure["code"]) == ("TransactWriteError", "ValidationException")
    assert failure["trace"]
    assert (request["status"], failure["request_id"]) == (500, request["request_id"])
    assert SECRET not in "\n".join(lines.texts)
    assert token not in "\n".join(lines.texts)


def test_what_keeps_a_request_from_ending_is_told_with_its_place(scene: Scene, lines: Lines) -> None:
    order, (pk, sk) = scene.order(), keys.service(scene.organization.id, scene.service.id)
    scene.world.request("DeleteItem", Key={"pk": {"S": pk}, "sk": {"S": sk}})

    answer = scene.world.call(
        "GET", f"/orders/order-r/{order.id}/", token=scene.world.token(scene.creator.id)
    )

    failure, request = lines.parsed
    assert (answer.status, request["status"], request["error"]) == (503, 503, "Unavailable")
    assert (failure["error"], failure["request_id"]) == ("StaleState", request["request_id"])
    assert "preloaded.py" in failure["trace"][-1]


def test_a_line_stays_one_line(scene: Scene, lines: Lines) -> None:
    scene.world.call("GET", "/orders/order-r/%0a%22injected%22/", token=scene.world.token(scene.creator.id))

    [text] = lines.texts
    assert "\n" not in text
    assert list(json.loads(text)) == REFUSED_FIELDS


def test_what_goes_wrong_before_the_endpoint_runs_is_logged_too(scene: Scene, lines: Lines) -> None:
    request = event(
        ENDPOINTS["create-order"], "/orders/order-c/", headers={"Authorization": "Bearer x"}, body="x"
    )
    request["requestContext"]["identity"] = None  # no event of API Gateway's: nothing can be read from it

    answer = send(scene.world, request)

    assert (answer.status, answer.json) == (500, {"detail": "Internal server error."})
    failure, line = lines.parsed
    assert (failure["error"], line["error"], line["status"]) == ("AttributeError", "AttributeError", 500)

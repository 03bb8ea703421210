"""The gate that no answer of a test escapes: what the document does not have is found in `World.call`."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.world import NOTHING, World

Lie = Callable[[dict[str, Any]], None]

SHOWN = ("GET", "/orders/order-r/1/", NOTHING)
MISSING = ("GET", "/orders/order-r/7/", NOTHING)
REMOVED = ("DELETE", "/orders/order-ud/1/", {"organization": 1})


def _body(change: Callable[[Any], Any]) -> Lie:
    def lie(answer: dict[str, Any]) -> None:
        body = json.loads(answer["body"])
        answer["body"] = json.dumps(change(body))

    return lie


def _status(status: int) -> Lie:
    return lambda answer: answer.update(statusCode=status)


def _headers(**headers: str) -> Lie:
    return lambda answer: answer["headers"].update({key.replace("_", "-"): it for key, it in headers.items()})


def _without(key: str) -> Lie:
    return _body(lambda body: {name: value for name, value in body.items() if name != key})


def _more(**keys: Any) -> Lie:
    return _body(lambda body: body | keys)


def _with(key: str, change: Callable[[Any], Any]) -> Lie:
    return _body(lambda body: body | {key: change(body[key])})


def _backwards(found: dict[str, Any]) -> dict[str, Any]:
    return dict(reversed(found.items()))


# What is told, who is told it, and what the gate says.
LIES: dict[str, tuple[Any, Lie, str]] = {
    "a key is missing": (SHOWN, _without("done"), '"done" is a required property'),
    "another status": (SHOWN, _status(202), "showOrder 202 is not declared"),
    "another type": (SHOWN, _more(id="1"), '"1" is not of type "integer"'),
    "a type deep inside": (SHOWN, _with("creator", lambda creator: creator | {"email": 5}), "creator/email"),
    "another form": (SHOWN, _more(created_at="today"), '"today" is not a "date-time"'),
    "a key more": (SHOWN, _more(more=1), "('more' was unexpected)"),
    "another order": (SHOWN, _body(_backwards), "keys in another order than ['id', 'order_code'"),
    "another order deep inside": (SHOWN, _with("service", _backwards), "$.service: keys in another order"),
    "a header more": (SHOWN, _headers(X_Secret="1"), "undeclared header x-secret"),
    "another media type": (SHOWN, _headers(Content_Type="text/plain"), "undeclared media type 'text/plain'"),
    "another error": (MISSING, _more(detail="Gone."), "an error that is not declared"),
    "a body more": (REMOVED, lambda answer: answer.update(body="{}"), "a body where there is none"),
}


@pytest.mark.parametrize(("call", "lie", "found"), LIES.values(), ids=LIES)
def test_an_answer_that_is_not_as_declared_is_found(
    demo_world: World, call: tuple[str, str, Any], lie: Lie, found: str
) -> None:
    token = demo_world.token(5)
    method, target, body = call

    with pytest.raises(AssertionError) as caught:
        demo_world.tampered(lie).call(method, target, body, token=token)

    assert found in str(caught.value)


def test_a_header_that_has_to_be_there_is_missed(world: World) -> None:
    without = world.tampered(lambda answer: answer["headers"].pop("WWW-Authenticate"))

    with pytest.raises(AssertionError, match="no header www-authenticate"):
        without.call("GET", "/orders/order-r/1/")


def test_an_answer_that_is_as_declared_passes(demo_world: World) -> None:
    honest = demo_world.tampered(lambda answer: None)

    assert honest.call(*SHOWN, token=demo_world.token(5)).status == 200

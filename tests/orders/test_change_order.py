"""`PUT` and `PATCH /orders/order-ud/{id}/`."""

from typing import Any

import pytest

from tests.support.asking import Asker, asker
from tests.support.scene import Scene

FORBIDDEN = {"detail": "You do not have permission to perform this action."}
METHODS = ["PUT", "PATCH"]


def send(me: Asker, method: str, order: object, body: Any) -> Any:
    return me.world.call(method, f"/orders/order-ud/{order}/", body, token=me.token)


def full(scene: Scene, **fields: Any) -> dict[str, Any]:
    """Return a body that PUT and PATCH both take; `fields` may say otherwise."""
    given = {"description": "Changed", "executor": scene.creator.id, "organization": scene.organization.id}
    return {**given, **fields}


@pytest.mark.parametrize("method", METHODS)
def test_answers_the_two_fields_and_done_only_when_it_was_sent(scene: Scene, method: str) -> None:
    order, me = scene.order().id, asker(scene.world, scene.creator)

    without = send(me, method, order, full(scene))
    with_done = send(me, method, order, full(scene, done=True))

    assert (without.status, list(without.json.items())) == (
        200,
        [("description", "Changed"), ("executor", scene.creator.id)],
    )
    assert list(with_done.json.items())[2:] == [("done", True)]


@pytest.mark.parametrize("method", METHODS)
def test_a_change_is_kept_and_moves_updated_at_alone(scene: Scene, method: str) -> None:
    order, me = scene.order(), asker(scene.world, scene.creator)
    before = me.get(f"/orders/order-r/{order.id}/").json
    scene.world.clock.advance(minutes=5)

    send(me, method, order.id, full(scene, done=True))

    expected = before | {
        "description": "Changed",
        "done": True,
        "executor": before["creator"],
        "updated_at": scene.world.runtime.now(),
    }
    assert me.get(f"/orders/order-r/{order.id}/").json == expected


def test_a_patch_changes_what_is_given_and_nothing_else(scene: Scene) -> None:
    order, me = scene.order(description="Before").id, asker(scene.world, scene.creator)

    answer = send(me, "PATCH", order, {"organization": scene.organization.id, "executor": scene.creator.id})

    assert answer.json == {"description": "Before", "executor": scene.creator.id}


def test_a_patch_of_nothing_changes_nothing(scene: Scene) -> None:
    order, me = scene.order(description="Before").id, asker(scene.world, scene.creator)
    before = scene.world.items()
    scene.world.clock.advance(minutes=5)

    answer = send(me, "PATCH", order, {"organization": scene.organization.id})

    assert answer.json == {"description": "Before", "executor": scene.executor.id}
    assert scene.world.items() == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("number", ["424242", "0", "-1", "x", "9223372036854775808"])
def test_an_order_that_does_not_exist_is_refused(scene: Scene, method: str, number: str) -> None:
    answer = send(asker(scene.world, scene.creator), method, number, full(scene))

    assert (answer.status, answer.json) == (403, FORBIDDEN)


@pytest.mark.parametrize("method", METHODS)
def test_an_order_of_another_organization_is_refused_before_its_fields(scene: Scene, method: str) -> None:
    theirs = scene.another().order()
    me = asker(scene.world, scene.creator)
    before = scene.world.items()

    answer = send(me, method, theirs.id, {"organization": scene.organization.id, "description": ""})

    assert (answer.status, answer.json) == (403, FORBIDDEN)
    assert scene.world.items() == before


@pytest.mark.parametrize("method", METHODS)
def test_a_wrong_field_changes_nothing(scene: Scene, method: str) -> None:
    order, me = scene.order().id, asker(scene.world, scene.creator)
    before = scene.world.items()
    body = full(scene, description=None, executor=scene.another().executor.id, done="true")
    before = scene.world.items()

    answer = send(me, method, order, body)

    assert answer.status == 400
    assert list(answer.json.items()) == [
        ("description", ["This field may not be null."]),
        ("executor", [f'Invalid pk "{body["executor"]}" - object does not exist.']),
        ("done", ["Must be a valid boolean."]),
    ]
    assert scene.world.items() == before


@pytest.mark.parametrize("value", [None, 1, 0, "true", "", [], {}])
def test_done_is_true_or_false_and_nothing_that_resembles_them(scene: Scene, value: Any) -> None:
    order, me = scene.order().id, asker(scene.world, scene.creator)

    answer = send(me, "PATCH", order, {"organization": scene.organization.id, "done": value})

    message = "This field may not be null." if value is None else "Must be a valid boolean."
    assert (answer.status, answer.json) == (400, {"done": [message]})


def test_two_changes_at_the_same_time_are_both_kept(scene: Scene) -> None:
    order, me = scene.order(description="Before").id, asker(scene.world, scene.creator)
    organization = scene.organization.id
    others = iter([{"organization": organization, "done": True}])

    def interfere(**_: Any) -> None:
        for body in others:
            assert send(me, "PATCH", order, body).status == 200

    scene.world.events.register("before-call.dynamodb.PutItem", interfere)
    mine = send(me, "PATCH", order, {"organization": organization, "description": "Mine"})

    shown = me.get(f"/orders/order-r/{order}/").json
    assert mine.status == 200
    assert (shown["description"], shown["done"]) == ("Mine", True)


def test_a_change_of_an_order_that_is_deleted_meanwhile_is_refused(scene: Scene) -> None:
    order, me = scene.order().id, asker(scene.world, scene.creator)
    body = {"organization": scene.organization.id}
    others = iter([body])

    def interfere(**_: Any) -> None:
        for deletion in others:
            assert me.delete(f"/orders/order-ud/{order}/", deletion).status == 204

    scene.world.events.register("before-call.dynamodb.PutItem", interfere)
    answer = send(me, "PATCH", order, {**body, "description": "Mine"})

    assert (answer.status, answer.json) == (403, FORBIDDEN)
    assert me.get(f"/orders/order-r/{order}/").status == 404

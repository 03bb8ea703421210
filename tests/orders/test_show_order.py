"""`GET /orders/order-r/{id}/` and `/orders/order-r/{id}/{organization}/`."""

from typing import Any

import pytest

from chalicelib.table import keys
from tests.support.asking import asker
from tests.support.late_items import visible_late
from tests.support.scene import Scene

FORBIDDEN = {"detail": "You do not have permission to perform this action."}
NOT_FOUND = {"detail": "Not found."}


def test_shows_everything_around_the_order(scene: Scene) -> None:
    order = scene.order()
    me = asker(scene.world, scene.creator)

    shown = me.get(f"/orders/order-r/{order.id}/").json

    assert shown["creator"]["id"] == scene.creator.id
    assert shown["executor"]["id"] == scene.executor.id
    assert shown["organization"]["creator"] == shown["creator"]
    assert shown["service"]["organization"] == shown["organization"]
    assert (shown["client"], shown["order_code"]) == (scene.client.id, order.order_code)


def test_the_form_with_the_organization_shows_the_same(scene: Scene) -> None:
    order = scene.order()
    me = asker(scene.world, scene.creator)

    with_organization = me.get(f"/orders/order-r/{order.id}/{scene.organization.id}/")

    assert with_organization.text == me.get(f"/orders/order-r/{order.id}/").text


@pytest.mark.parametrize("late", ["SERVICE#", "USER#"])
def test_an_order_is_shown_with_what_was_made_just_before_it(scene: Scene, late: str) -> None:
    me, made = asker(scene.world, scene.creator), []

    def make() -> None:
        executor, service = scene.member(), scene.staff.service(scene.organization)
        made.append(scene.order(executor=executor, service=service).id)

    with visible_late(scene.world, make, late):
        answer = me.get(f"/orders/order-r/{made[0]}/")

    assert (answer.status, answer.json["id"]) == (200, made[0])


def test_an_order_with_a_service_that_never_becomes_visible_is_unavailable(scene: Scene) -> None:
    me, order = asker(scene.world, scene.creator), scene.order()
    key = keys.service(scene.organization.id, scene.service.id)
    scene.world.request("DeleteItem", Key={"pk": {"S": key.pk}, "sk": {"S": key.sk}})

    answer = me.get(f"/orders/order-r/{order.id}/")

    assert (answer.status, answer.headers["retry-after"]) == (503, "1")


@pytest.mark.parametrize("number", ["424242", "0", "-1", "x", "1.5", "9223372036854775808", "%20"])
def test_an_order_that_does_not_exist_is_not_found(scene: Scene, number: str) -> None:
    me = asker(scene.world, scene.creator)

    for path in (f"/orders/order-r/{number}/", f"/orders/order-r/{number}/{scene.organization.id}/"):
        answer = me.get(path)
        assert (answer.status, answer.json) == (404, NOT_FOUND)


def test_an_order_of_another_organization_is_refused_by_id_and_not_found_in_mine(scene: Scene) -> None:
    theirs = scene.another().order()
    me = asker(scene.world, scene.creator)

    refused = me.get(f"/orders/order-r/{theirs.id}/")
    not_found = me.get(f"/orders/order-r/{theirs.id}/{scene.organization.id}/")

    assert (refused.status, refused.json) == (403, FORBIDDEN)
    assert (not_found.status, not_found.json) == (404, NOT_FOUND)


def test_an_organization_where_i_hold_no_right_is_refused_before_the_order_is_looked_for(
    scene: Scene,
) -> None:
    other = scene.another()
    me = asker(scene.world, scene.creator)

    for organization in (other.organization.id, 424242, "x"):
        answer = me.get(f"/orders/order-r/{scene.order().id}/{organization}/")
        assert (answer.status, answer.json) == (403, FORBIDDEN)


def test_nothing_of_a_closed_organization_is_shown(scene: Scene) -> None:
    order = scene.order()
    me = asker(scene.world, scene.creator)
    scene.close()

    assert me.get(f"/orders/order-r/{order.id}/").json == FORBIDDEN


def event(path: str, prefix: str, token: str) -> dict[str, Any]:
    """Return an event as API Gateway sends it for a GET of an order."""
    return {
        "path": path,
        "headers": {
            "Host": "attacker.example",
            "Authorization": f"Bearer {token}",
        },
        "multiValueQueryStringParameters": None,
        "pathParameters": {"id": path.rpartition("/")[2]},
        "stageVariables": None,
        "body": None,
        "requestContext": {
            "httpMethod": "GET",
            "resourcePath": "/orders/order-r/{id}",
            "path": prefix + path,
            "stage": "prod",
            "domainName": "api.example.com",
        },
    }


@pytest.mark.parametrize("prefix", ["/prod", ""])
def test_the_image_is_on_the_host_and_below_the_stage_that_was_called(scene: Scene, prefix: str) -> None:
    path = f"/orders/order-r/{scene.order().id}"
    token = scene.world.token(scene.creator.id)

    answer = scene.world.app(event(path, prefix, token), None)

    image = f'"image":"https://api.example.com{prefix}/static/Users/default-user-image.jpeg"'
    assert answer["statusCode"] == 200
    assert image in answer["body"]


def test_the_image_loads(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    image = me.get(f"/orders/order-r/{scene.order().id}/").json["creator"]["image"]

    answer = scene.world.call("GET", image)

    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")

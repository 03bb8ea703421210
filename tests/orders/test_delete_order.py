"""`DELETE /orders/order-ud/{id}/`."""

from typing import Any

import pytest

from tests.support.asking import asker
from tests.support.scene import Scene

FORBIDDEN = {"detail": "You do not have permission to perform this action."}


def test_answers_204_without_a_body_and_the_order_is_gone(scene: Scene) -> None:
    kept, gone = scene.order(), scene.order()
    me = asker(scene.world, scene.creator)

    answer = me.delete(f"/orders/order-ud/{gone.id}/", {"organization": scene.organization.id})

    listed = me.get(f"/orders/order-l/{scene.organization.id}/").json
    assert (answer.status, answer.text) == (204, "")
    assert me.get(f"/orders/order-r/{gone.id}/").status == 404
    assert [order["id"] for order in listed] == [kept.id]


@pytest.mark.parametrize("body", [{}, None, {"organization": 424242}, {"organization": None}])
def test_without_the_organization_it_is_refused_and_nothing_changes(scene: Scene, body: Any) -> None:
    order, me = scene.order(), asker(scene.world, scene.creator)
    before = scene.world.items()

    answer = me.delete(f"/orders/order-ud/{order.id}/", *([] if body is None else [body]))

    assert (answer.status, answer.json) == (403, FORBIDDEN)
    assert scene.world.items() == before


def test_an_order_of_another_organization_is_refused(scene: Scene) -> None:
    theirs = scene.another().order()
    me = asker(scene.world, scene.creator)
    before = scene.world.items()

    answer = me.delete(f"/orders/order-ud/{theirs.id}/", {"organization": scene.organization.id})

    assert (answer.status, answer.json) == (403, FORBIDDEN)
    assert scene.world.items() == before


def test_deleting_again_is_refused(scene: Scene) -> None:
    order, me = scene.order(), asker(scene.world, scene.creator)
    body = {"organization": scene.organization.id}
    me.delete(f"/orders/order-ud/{order.id}/", body)

    assert me.delete(f"/orders/order-ud/{order.id}/", body).json == FORBIDDEN

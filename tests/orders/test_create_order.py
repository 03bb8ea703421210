"""`POST /orders/order-c/`."""

from typing import Any

import pytest

from tests.support.asking import asker
from tests.support.scene import Scene

FORBIDDEN = {"detail": "You do not have permission to perform this action."}


def test_answers_the_fields_given_in_the_documents_order(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)

    answer = me.post("/orders/order-c/", scene.draft())

    assert answer.status == 201
    assert list(answer.json.items()) == [
        ("description", "New order"),
        ("creator", scene.creator.id),
        ("executor", scene.executor.id),
        ("client", scene.client.id),
        ("service", scene.service.id),
        ("organization", scene.organization.id),
    ]


def test_a_new_order_is_listed_undone_with_a_code_of_15_digits(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    me.post("/orders/order-c/", scene.draft(description="Two\nlines, ünïcode 🛠"))

    [order] = me.get(f"/orders/order-l/{scene.organization.id}/").json

    assert order["description"] == "Two\nlines, ünïcode 🛠"
    assert order["done"] is False
    assert 10**14 <= order["order_code"] < 10**15
    assert order["created_at"] == order["updated_at"] == scene.world.runtime.now()


@pytest.mark.parametrize("field", ["creator", "executor"])
def test_the_organizations_creator_and_its_members_can_be_named(scene: Scene, field: str) -> None:
    me = asker(scene.world, scene.creator)

    for person in (scene.creator, scene.executor):
        assert me.post("/orders/order-c/", scene.draft(**{field: person.id})).status == 201


@pytest.mark.parametrize("field", ["creator", "executor", "client", "service"])
def test_what_belongs_to_another_organization_does_not_exist_here(scene: Scene, field: str) -> None:
    me, other = asker(scene.world, scene.creator), scene.another()
    theirs = {
        "creator": other.creator.id,
        "executor": other.executor.id,
        "client": other.client.id,
        "service": other.service.id,
    }[field]
    before = scene.world.items()

    answer = me.post("/orders/order-c/", scene.draft(**{field: theirs}))

    assert answer.status == 400
    assert answer.json == {field: [f'Invalid pk "{theirs}" - object does not exist.']}
    assert scene.world.items() == before


@pytest.mark.parametrize("kind", ["client", "service"])
def test_a_deleted_client_or_service_can_not_be_named(scene: Scene, kind: str) -> None:
    make = getattr(scene.staff, kind)
    deleted = make(scene.organization, deleted=True)

    answer = asker(scene.world, scene.creator).post("/orders/order-c/", scene.draft(**{kind: deleted.id}))

    assert (answer.status, answer.json) == (
        400,
        {kind: [f'Invalid pk "{deleted.id}" - object does not exist.']},
    )


def test_every_wrong_field_is_named_at_once_in_the_documents_order(scene: Scene) -> None:
    body = {
        "service": [],
        "client": "x",
        "executor": True,
        "creator": 99,
        "description": "",
        "organization": scene.organization.id,
    }

    answer = asker(scene.world, scene.creator).post("/orders/order-c/", body)

    assert answer.status == 400
    assert list(answer.json.items()) == [
        ("description", ["This field may not be blank."]),
        ("creator", ['Invalid pk "99" - object does not exist.']),
        ("executor", ["Incorrect type. Expected pk value, received bool."]),
        ("client", ["Incorrect type. Expected pk value, received str."]),
        ("service", ["Incorrect type. Expected pk value, received list."]),
    ]


@pytest.mark.parametrize("organization", [None, 0, -1, 2**63, 2**64, True, 1.5, [], {}, "x", "", 424242])
def test_an_organization_that_is_none_is_refused_before_any_field(scene: Scene, organization: Any) -> None:
    before = scene.world.items()
    me = asker(scene.world, scene.creator)

    answer = me.post("/orders/order-c/", {"organization": organization})

    assert (answer.status, answer.json) == (403, FORBIDDEN)
    assert len(scene.world.items()) == len(before) + 1  # the session of the asker


def test_digits_in_a_string_are_taken_as_ids(scene: Scene) -> None:
    draft = scene.draft()
    texts = {name: str(value) for name, value in draft.items()}

    answer = asker(scene.world, scene.creator).post("/orders/order-c/", texts)

    assert (answer.status, answer.json["creator"]) == (201, scene.creator.id)


def test_unknown_fields_are_ignored(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)

    answer = me.post("/orders/order-c/", scene.draft(id=7, order_code=1, done=True))

    [order] = me.get(f"/orders/order-l/{scene.organization.id}/").json
    assert answer.status == 201
    assert (order["id"] == 7, order["order_code"] == 1, order["done"]) == (False, False, False)


def test_nothing_can_be_created_in_a_closed_organization(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    scene.close()

    assert me.post("/orders/order-c/", scene.draft()).json == FORBIDDEN

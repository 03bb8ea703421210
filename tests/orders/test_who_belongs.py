"""Orders show how to reach people who belong to the organization, and name nobody else."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.accounts.model import User
from chalicelib.organizations.members.store import MEMBER
from chalicelib.table import keys
from chalicelib.table.preloaded import read
from tests.support.asking import Asker, asker
from tests.support.scene import Scene
from tests.support.staff import PASSWORD, rewrite
from tests.support.world import HOST

OLD = {"old_password": PASSWORD}


def _membership_path(scene: Scene, user: User) -> str:
    key = keys.member(scene.organization.id, user.id)
    member = read([key], scene.world.runtime).require(MEMBER, key)
    return f"/organizations/member-ud/{member.id}/"


def _leaves(scene: Scene, user: User) -> None:
    body = {"organization": scene.organization.id}
    assert asker(scene.world, user).delete(_membership_path(scene, user), body).status == 204


def _is_removed(scene: Scene, user: User) -> None:
    body = {"organization": scene.organization.id}
    assert asker(scene.world, scene.creator).delete(_membership_path(scene, user), body).status == 204


def _is_replaced(scene: Scene, user: User) -> None:
    body = {"organization": scene.organization.id, "user": scene.staff.user().id}
    assert asker(scene.world, scene.creator).patch(_membership_path(scene, user), body).status == 200


def _is_invited_again(scene: Scene, user: User) -> None:
    _leaves(scene, user)
    scene.staff.invitation(scene.organization, user=user)


ENDS = pytest.mark.parametrize("ends", [_leaves, _is_removed, _is_replaced, _is_invited_again])
End = Callable[[Scene, User], None]


def _worker(scene: Scene) -> User:
    return scene.member("order_guru", user=scene.staff.user(phone="+79130000077"))


def _names_only(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "surname": user.surname,
        "name": user.name,
        "patronymic": user.patronymic,
        "address": "",
        "email": None,
        "phone": None,
        "image": f"{HOST}/static/Users/default-user-image.jpeg",
        "confirmed_email": True,
        "confirmed_phone": False,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
    }


def _shown(scene: Scene, me: Asker, order: int) -> list[dict[str, Any]]:
    """Return an order as every endpoint shows it to the organization's creator."""
    home = scene.organization.id
    return [
        me.get(f"/orders/order-r/{order}/").json,
        me.get(f"/orders/order-r/{order}/{home}/").json,
        *me.get(f"/orders/order-l/{home}/").json,
    ]


@ENDS
def test_who_left_is_shown_by_names_only(scene: Scene, ends: End) -> None:
    worker = _worker(scene)
    order, me = scene.order(creator=worker, executor=worker).id, asker(scene.world, scene.creator)
    for shown in _shown(scene, me, order):
        assert (shown["creator"]["email"], shown["creator"]["phone"]) == (worker.email, worker.phone)
        assert shown["creator"] == shown["executor"]

    ends(scene, worker)

    for shown in _shown(scene, me, order):
        assert (shown["creator"], shown["executor"]) == (_names_only(worker),) * 2
        assert list(shown["creator"]) == list(_names_only(worker))
        assert shown["organization"]["creator"]["email"] == scene.creator.email


@ENDS
def test_what_who_left_enters_later_is_not_shown_either(scene: Scene, ends: End) -> None:
    worker = _worker(scene)
    order, me = scene.order(creator=worker).id, asker(scene.world, scene.creator)
    ends(scene, worker)

    rewrite(scene.world.runtime, worker, address="New Street", email="new@example.com", phone="+79130000078")

    for shown in _shown(scene, me, order):
        person = shown["creator"]
        assert (person["address"], person["email"], person["phone"]) == ("", None, None)


@ENDS
@pytest.mark.parametrize("field", ["creator", "executor"])
def test_who_left_can_not_be_named(scene: Scene, ends: End, field: str) -> None:
    worker, me = _worker(scene), asker(scene.world, scene.creator)
    order, home = scene.order(creator=worker, executor=worker).id, scene.organization.id
    ends(scene, worker)
    before = scene.world.items()

    answers = [me.post("/orders/order-c/", scene.draft(**{field: worker.id}))]
    if field == "executor":
        path, named = f"/orders/order-ud/{order}/", {"executor": worker.id, "organization": home}
        answers += [me.patch(path, named), me.put(path, {**named, "description": "Changed"})]

    unknown = {field: [f'Invalid pk "{worker.id}" - object does not exist.']}
    assert [(answer.status, answer.json) for answer in answers] == [(400, unknown)] * len(answers)
    assert scene.world.items() == before
    done = me.patch(f"/orders/order-ud/{order}/", {"organization": home, "done": True})
    assert (done.status, done.json["executor"]) == (200, worker.id)


def test_who_comes_back_is_shown_in_full_again(scene: Scene) -> None:
    worker = _worker(scene)
    order, me = scene.order(creator=worker).id, asker(scene.world, scene.creator)
    _leaves(scene, worker)

    scene.member("order_view", user=worker)

    for shown in _shown(scene, me, order):
        assert shown["creator"]["email"] == worker.email


@pytest.mark.parametrize("field", ["creator", "executor"])
def test_who_has_not_accepted_can_not_be_named(scene: Scene, field: str) -> None:
    invitation = scene.staff.invitation(scene.organization, "order_guru")

    answer = asker(scene.world, scene.creator).post(
        "/orders/order-c/", scene.draft(**{field: invitation.user})
    )

    unknown = {field: [f'Invalid pk "{invitation.user}" - object does not exist.']}
    assert (answer.status, answer.json) == (400, unknown)


def test_who_closed_the_account_can_not_be_named(scene: Scene) -> None:
    scene.world.engine.need_large_transactions()
    worker, me = _worker(scene), asker(scene.world, scene.creator)
    order, home = scene.order(executor=worker).id, scene.organization.id
    assert asker(scene.world, worker).delete(f"/users/user/{worker.id}/", OLD).status == 204

    answers = [
        me.post("/orders/order-c/", scene.draft(executor=worker.id)),
        me.patch(f"/orders/order-ud/{order}/", {"organization": home, "executor": worker.id}),
    ]

    unknown = {"executor": [f'Invalid pk "{worker.id}" - object does not exist.']}
    assert [(answer.status, answer.json) for answer in answers] == [(400, unknown)] * 2
    for shown in _shown(scene, me, order):
        assert (shown["executor"]["id"], shown["executor"]["surname"]) == (worker.id, "")


def test_in_each_list_somebody_is_shown_as_belongs_to_that_organization(scene: Scene) -> None:
    worker, executor, other = _worker(scene), scene.member("order_view"), scene.another()
    for each in (scene, other):
        for user in (worker, executor):
            if each is other:
                each.member("order_view", user=user)
        each.order(creator=worker, executor=executor)
    _leaves(scene, worker)
    viewer, me = asker(scene.world, executor), asker(scene.world, scene.creator)
    home = scene.organization.id

    emails = {
        order["organization"]["id"]: (order["creator"]["email"], order["executor"]["email"])
        for order in viewer.get("/users/user/executor/").json
    }

    assert emails == {home: (None, executor.email), other.organization.id: (worker.email, executor.email)}
    (listed,) = viewer.get(f"/orders/order-executor-l/{home}/").json
    assert listed["creator"] == _names_only(worker)
    scene.order(creator=scene.creator, executor=worker)
    (created,) = me.get(f"/orders/order-creator-l/{home}/").json
    assert (created["creator"]["email"], created["executor"]) == (scene.creator.email, _names_only(worker))


def test_the_organizations_creator_belongs_to_it_without_being_a_member(scene: Scene) -> None:
    order, me = (
        scene.order(creator=scene.creator, executor=scene.creator).id,
        asker(scene.world, scene.creator),
    )

    for shown in _shown(scene, me, order):
        assert shown["creator"] == shown["executor"] == shown["organization"]["creator"]
        assert shown["creator"]["address"] == scene.creator.address

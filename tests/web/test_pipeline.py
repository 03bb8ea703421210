"""The transaction around every endpoint: decided anew when somebody else was faster."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.engines.engine import Engine
from tests.support.asking import asker
from tests.support.late_items import visible_late
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.world import Answer, World


@contextmanager
def meanwhile(world: World, act: Callable[[], Any]) -> Iterator[None]:
    """Have something done right behind the first read of the request in the block, before it writes."""
    pending = [act]

    def on_read(**_: Any) -> None:
        if pending:
            pending.pop()()

    events = world.events
    events.register("after-call.dynamodb.BatchGetItem", on_read)
    try:
        yield
    finally:
        events.unregister("after-call.dynamodb.BatchGetItem", on_read)
    assert not pending


@dataclass(frozen=True)
class Race:
    """Two requests that change the same thing: `act` reads before and writes after `other`."""

    act: Callable[[], Answer]
    other: Callable[[], Answer]
    both: Callable[[], Any]
    expected: Any


def _bucket(world: World) -> Race:
    shop = Shop(world)
    shopper, one, two = shop.shopper(), shop.product(), shop.product()
    return Race(
        act=lambda: shopper.add(one),
        other=lambda: shopper.add(two),
        both=lambda: {line["product"] for line in shopper.lines()},
        expected={one.uuid, two.uuid},
    )


def _order(world: World) -> Race:
    scene = Scene(world)
    me, order, organization = asker(world, scene.creator), scene.order(), scene.organization.id

    def shown() -> tuple[str, bool]:
        found = me.get(f"/orders/order-r/{order.id}/").json
        return found["description"], found["done"]

    target = f"/orders/order-ud/{order.id}/"
    return Race(
        act=lambda: me.patch(target, {"description": "mine", "organization": organization}),
        other=lambda: me.patch(target, {"done": True, "organization": organization}),
        both=shown,
        expected=("mine", True),
    )


def _role(world: World) -> Race:
    scene = Scene(world)
    me, organization = asker(world, scene.creator), scene.organization.id

    def create(name: str) -> Answer:
        body = {"name": name, "permissions": [], "organization": organization}
        return me.post("/organizations/role-c/", body)

    def names() -> set[str]:
        return {role["name"] for role in me.get(f"/organizations/role-l/{organization}/").json}

    before = names()
    return Race(
        act=lambda: create("one"),
        other=lambda: create("two"),
        both=names,
        expected=before | {"one", "two"},
    )


RACES = pytest.mark.parametrize("race", [_bucket, _order, _role], ids=["bucket", "order", "role"])


@RACES
def test_whoever_lost_a_race_is_decided_anew_and_both_changes_stand(
    world: World, race: Callable[[World], Race]
) -> None:
    staged = race(world)

    with meanwhile(world, staged.other):
        answer = staged.act()

    assert answer.status in (200, 201), answer.text
    assert staged.both() == staged.expected
    assert len(world.waits) == 1


@RACES
def test_without_a_second_run_the_same_race_is_lost(engine: Engine, race: Callable[[World], Race]) -> None:
    with World(engine, runs=1) as world:
        staged = race(world)

        with meanwhile(world, staged.other):
            answer = staged.act()

    assert (answer.status, answer.headers["retry-after"]) == (503, "1")


def test_a_right_that_is_taken_away_meanwhile_is_gone(world: World) -> None:
    scene = Scene(world)
    member, order = scene.member("order_change"), scene.order()
    me, creator = asker(world, member), asker(world, scene.creator)
    organization = scene.organization.id

    def take_away() -> None:
        listed = creator.get(f"/organizations/member-l/{organization}/").json
        (membership,) = [shown["id"] for shown in listed if shown["user"] == member.id]
        removed = creator.delete(f"/organizations/member-ud/{membership}/", {"organization": organization})
        assert removed.status == 204
        body = {"description": "theirs", "organization": organization}
        assert creator.patch(f"/orders/order-ud/{order.id}/", body).status == 200

    with meanwhile(world, take_away):
        body = {"description": "mine", "organization": organization}
        answer = me.patch(f"/orders/order-ud/{order.id}/", body)

    assert (answer.status, answer.json) == (
        403,
        {"detail": "You do not have permission to perform this action."},
    )
    assert creator.get(f"/orders/order-r/{order.id}/").json["description"] == "theirs"


@pytest.mark.parametrize("body", [b'{"name": "changed"}', b"{"])
def test_whoever_gets_a_new_role_meanwhile_has_its_rights_or_those_before(scene: Scene, body: bytes) -> None:
    user = scene.member("organization_change")
    creator, token, home = (
        asker(scene.world, scene.creator),
        scene.world.token(user.id),
        scene.organization.id,
    )

    def promote() -> None:
        (number,) = (
            entry["id"]
            for entry in creator.get(f"/organizations/member-l/{home}/").json
            if entry["user"] == user.id
        )
        role = scene.staff.role(scene.organization, ["organization_guru"]).id
        changed = creator.patch(f"/organizations/member-ud/{number}/", {"role": role, "organization": home})
        assert changed.status == 200

    with visible_late(scene.world, promote, "/ROLES"):
        target = f"/organizations/organization-rud/{home}/"
        answer = scene.world.call("PATCH", target, raw=body, token=token)

    assert answer.status == (400 if body == b"{" else 200)

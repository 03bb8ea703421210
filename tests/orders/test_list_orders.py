"""`GET /orders/order-l|order-creator-l|order-executor-l/{organization}/`."""

from typing import Any

import pytest

from chalicelib.config import SigningKey
from tests.support.asking import asker
from tests.support.late_items import visible_late
from tests.support.links import next_address, pages
from tests.support.scene import Scene


def ids(answer: Any) -> list[int]:
    return [order["id"] for order in answer.json]


def some_orders(scene: Scene, count: int) -> list[int]:
    """Make orders a minute apart and return their ids, newest first."""
    made = []
    for _ in range(count):
        scene.world.clock.advance(minutes=1)
        made.append(scene.order().id)
    return made[::-1]


def test_newest_change_comes_first(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    newest, middle, oldest = some_orders(scene, 3)
    scene.world.clock.advance(minutes=1)
    body = {"organization": scene.organization.id, "done": True}
    me.patch(f"/orders/order-ud/{oldest}/", body)

    assert ids(me.get(f"/orders/order-l/{scene.organization.id}/")) == [oldest, newest, middle]


def test_lists_the_orders_of_this_organization_only(scene: Scene) -> None:
    other = scene.another()
    here, there = scene.order().id, other.order().id

    assert ids(asker(scene.world, scene.creator).get(f"/orders/order-l/{scene.organization.id}/")) == [here]
    assert ids(asker(scene.world, other.creator).get(f"/orders/order-l/{other.organization.id}/")) == [there]


def test_creator_list_goes_by_the_creator_field_and_executor_list_by_the_executor(scene: Scene) -> None:
    viewer = scene.member("order_view")
    created = scene.order(creator=viewer).id
    to_execute = scene.order(executor=viewer).id
    scene.order()
    me, organization = asker(scene.world, viewer), scene.organization.id

    assert ids(me.get(f"/orders/order-creator-l/{organization}/")) == [created]
    assert ids(me.get(f"/orders/order-executor-l/{organization}/")) == [to_execute]


@pytest.mark.parametrize("late", ["SERVICE#", "USER#"])
def test_an_order_is_listed_with_what_was_made_just_before_it(scene: Scene, late: str) -> None:
    me, made = asker(scene.world, scene.creator), []
    target = f"/orders/order-l/{scene.organization.id}/"

    def make() -> None:
        executor, service = scene.member(), scene.staff.service(scene.organization)
        made.append(scene.order(executor=executor, service=service).id)

    with visible_late(scene.world, make, late):
        answer = me.get(target)

    assert (answer.status, ids(answer)) == (200, made)


def test_an_empty_list_is_an_empty_array_without_a_link(scene: Scene) -> None:
    answer = asker(scene.world, scene.creator).get(f"/orders/order-l/{scene.organization.id}/")

    assert (answer.status, answer.text, answer.headers.get("link")) == (200, "[]", None)


def test_filters_combine(scene: Scene) -> None:
    me, other_service = asker(scene.world, scene.creator), scene.staff.service(scene.organization)
    other_client = scene.staff.client(scene.organization)
    done = scene.order(done=True).id
    served = scene.order(service=other_service).id
    both = scene.order(service=other_service, done=True).id
    executed = scene.order(executor=scene.creator, client=other_client).id
    target = f"/orders/order-l/{scene.organization.id}/"

    assert set(ids(me.get(f"{target}?done=true"))) == {done, both}
    assert set(ids(me.get(f"{target}?done=false"))) == {served, executed}
    assert set(ids(me.get(f"{target}?service={other_service.id}"))) == {served, both}
    assert ids(me.get(f"{target}?service={other_service.id}&done=true")) == [both]
    assert ids(me.get(f"{target}?executor={scene.creator.id}")) == [executed]
    assert ids(me.get(f"{target}?client={other_client.id}&executor={scene.creator.id}")) == [executed]
    assert ids(me.get(f"{target}?client={other_client.id}&done=true")) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_all_pages_together_are_the_whole_list_once(scene: Scene, limit: int) -> None:
    me, made = asker(scene.world, scene.creator), some_orders(scene, 7)

    found = list(pages(scene.world, f"/orders/order-l/{scene.organization.id}/?limit={limit}", me.token))

    assert [len(page.json) for page in found[:-1]] == [limit] * (len(found) - 1)
    assert sum((ids(page) for page in found), []) == made  # noqa: RUF017
    assert next_address(found[-1]) is None


def test_a_filtered_list_is_paged_too(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    made = [scene.order(done=number % 2 == 0).id for number in range(10)]

    target = f"/orders/order-l/{scene.organization.id}/?done=true&limit=2"
    found = [number for page in pages(scene.world, target, me.token) for number in ids(page)]

    assert sorted(found) == made[::2]


def test_the_link_keeps_limit_and_filters_on_the_host_that_was_called(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    some_orders(scene, 3)

    target = f"/orders/order-l/{scene.organization.id}/?limit=1&done=false"
    address = next_address(me.get(target)) or ""

    assert address.startswith(f"http://127.0.0.1:8000{target}&cursor=")


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1.5", "limit=1&limit=2"),
        *("done=maybe", "done=", "service=x", "executor=0", "client=-1", "client=1&client=1"),
        *("cursor=x", "cursor=", "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor=%C3%A9"),
    ],
)
def test_a_bad_value_is_a_400_that_names_the_parameter(scene: Scene, query: str) -> None:
    me = asker(scene.world, scene.creator)

    answer = me.get(f"/orders/order-l/{scene.organization.id}/?{query}")

    assert (answer.status, list(answer.json)) == (400, [query.partition("=")[0]])


def cursor_of(scene: Scene, path: str, token: str) -> str:
    address = next_address(scene.world.call("GET", path, token=token)) or ""
    return address.partition("cursor=")[2]


def test_a_cursor_is_good_for_its_own_list_only(scene: Scene) -> None:
    me, other = asker(scene.world, scene.creator), scene.another()
    some_orders(scene, 3)
    here = scene.organization.id
    cursor = cursor_of(scene, f"/orders/order-l/{here}/?limit=1", me.token)
    their_token = scene.world.token(other.creator.id)

    assert me.get(f"/orders/order-l/{here}/?cursor={cursor}").status == 200
    assert me.get(f"/orders/order-creator-l/{here}/?cursor={cursor}").status == 400
    assert me.get(f"/orders/order-l/{here}/?cursor={cursor}&done=false").status == 400
    theirs = f"/orders/order-l/{other.organization.id}/?cursor={cursor}"
    assert scene.world.call("GET", theirs, token=their_token).json == {"cursor": ["Invalid cursor."]}


def test_a_cursor_that_was_tampered_with_is_refused(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    some_orders(scene, 3)
    path = f"/orders/order-l/{scene.organization.id}/"
    cursor = cursor_of(scene, f"{path}?limit=1", me.token)

    for place in (0, len(cursor) // 2):
        other = "A" if cursor[place] != "A" else "B"
        tampered = cursor[:place] + other + cursor[place + 1 :]
        assert me.get(f"{path}?cursor={tampered}").status == 400


def test_a_cursor_signed_by_an_older_key_is_still_good(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    some_orders(scene, 3)
    path = f"/orders/order-l/{scene.organization.id}/"
    cursor = cursor_of(scene, f"{path}?limit=1", me.token)

    rotated = scene.world.with_keys(SigningKey("newer", "r" * 40), *scene.world.runtime.settings.signing_keys)

    assert rotated.call("GET", f"{path}?cursor={cursor}", token=me.token).status == 200


def test_an_unknown_organization_and_one_that_is_no_number_are_refused(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)

    for organization in (424242, "x", 0, "1x", 2**70):
        assert me.get(f"/orders/order-l/{organization}/").status == 403


def test_a_deleted_service_is_still_shown_in_the_orders_that_name_it(scene: Scene) -> None:
    deleted = scene.staff.service(scene.organization, deleted=True)
    scene.order(service=deleted)

    [order] = asker(scene.world, scene.creator).get(f"/orders/order-l/{scene.organization.id}/").json

    assert order["service"]["id"] == deleted.id

"""The companion endpoints for staff keep the same budget of DynamoDB calls, whatever there is in the
table.
"""

import pytest

from chalicelib import routes
from chalicelib.contract import Route, Surface
from chalicelib.table import keys
from chalicelib.table.items import CounterItem
from chalicelib.table.sequences import BLOCK
from tests.contract.access.people import entitled
from tests.support.asking import asker
from tests.support.companion_samples import COMPANION_SAMPLES, membership
from tests.support.scene import Scene
from tests.support.world import World

READ, QUERY, PUT, MOVE, WORK = "BatchGetItem", "Query", "PutItem", "UpdateItem", "TransactWriteItems"

MOST = 3  # in sequence, as for the documented endpoints

# At most, asked by the organization's creator, whose account is read with the session. Whoever else asks for
# something that shows the creator makes one more read.
CALLS = {
    routes.LIST_MY_ORDERS_TO_EXECUTE: [READ, QUERY],
    routes.SHOW_USER: [READ],
    routes.REPLACE_USER: [READ, PUT],
    routes.CHANGE_USER: [READ, PUT],
    routes.CLOSE_USER: [READ, QUERY, WORK],
    routes.MAIL_CODE: [READ],
    routes.ACCEPT_CODE: [READ, WORK],
    routes.LIST_SESSIONS: [READ, QUERY],
    routes.DELETE_SESSION: [READ, "DeleteItem"],
    routes.CREATE_ORGANIZATION: [READ, WORK],
    routes.LIST_ORGANIZATIONS: [READ, QUERY, READ],
    routes.SHOW_ORGANIZATION: [READ],
    routes.REPLACE_ORGANIZATION: [READ, WORK],
    routes.CHANGE_ORGANIZATION: [READ, PUT],
    routes.CLOSE_ORGANIZATION: [READ, WORK],
    routes.LIST_PERMISSIONS: [READ],
    routes.CREATE_MEMBER: [READ, WORK],
    routes.LIST_MEMBERS: [READ, QUERY],
    routes.SHOW_MEMBER: [READ, READ],
    routes.REPLACE_MEMBER: [READ, READ, WORK],
    routes.CHANGE_MEMBER: [READ, READ, WORK],
    routes.DELETE_MEMBER: [READ, READ, WORK],
    routes.CREATE_ROLE: [READ, PUT],
    routes.LIST_ROLES: [READ],
    routes.SHOW_ROLE: [READ],
    routes.REPLACE_ROLE: [READ, PUT],
    routes.CHANGE_ROLE: [READ, PUT],
    routes.DELETE_ROLE: [READ, PUT],
    routes.CREATE_SERVICE: [READ, PUT],
    routes.LIST_SERVICES: [READ, QUERY],
    routes.SHOW_SERVICE: [READ],
    routes.REPLACE_SERVICE: [READ, PUT],
    routes.CHANGE_SERVICE: [READ, PUT],
    routes.DELETE_SERVICE: [READ, PUT],
    routes.CREATE_CLIENT: [READ, PUT],
    routes.LIST_CLIENTS: [READ, QUERY],
    routes.SHOW_CLIENT: [READ],
    routes.REPLACE_CLIENT: [READ, PUT],
    routes.CHANGE_CLIENT: [READ, PUT],
    routes.DELETE_CLIENT: [READ, PUT],
}
# A container's first request, and each that finds a block of ids used up.
RESERVING = {
    routes.CREATE_ORGANIZATION: [READ, WORK],
    routes.CREATE_MEMBER: [READ, WORK],
    routes.CREATE_ROLE: [READ, WORK],
    routes.CREATE_SERVICE: [READ, WORK],
    routes.CREATE_CLIENT: [READ, WORK],
}
SHOW_THE_CREATOR = {
    routes.SHOW_ORGANIZATION,
    routes.REPLACE_ORGANIZATION,
    routes.CHANGE_ORGANIZATION,
    routes.CREATE_SERVICE,
    routes.LIST_SERVICES,
    routes.SHOW_SERVICE,
    routes.REPLACE_SERVICE,
    routes.CHANGE_SERVICE,
}


def test_every_companion_row_has_its_number() -> None:
    assert set(CALLS) == set(COMPANION_SAMPLES)
    assert {route.surface for route in CALLS} == {Surface.STAFF}


def _within(made: list[str], allowed: list[str]) -> bool:
    """Tell whether there are no more calls than allowed, and no more transactions, which cost twice."""
    return len(made) <= len(allowed) and made.count(WORK) <= allowed.count(WORK)


@pytest.mark.parametrize("route", CALLS, ids=lambda route: route.name)
def test_a_request_makes_no_more_than_its_calls(world: World, route: Route) -> None:
    scene = Scene(world)
    made = []
    for _ in range(2):  # the first reserves a block of ids where one is needed
        visit = entitled(scene, route)
        sample = COMPANION_SAMPLES[route](visit.scene, visit.who)
        with world.count_calls() as counter:
            answer = world.call(route.method, sample.target(route), sample.body, headers=visit.headers)
        assert answer.status == route.success, answer.text
        made.append(counter.calls)

    first, second = made
    assert _within(first, RESERVING.get(route, CALLS[route])), first
    assert _within(second, CALLS[route]), second


@pytest.mark.parametrize(
    "route", sorted(SHOW_THE_CREATOR, key=lambda route: route.name), ids=lambda row: row.name
)
def test_a_request_of_another_member_makes_one_more_read_for_the_creator(world: World, route: Route) -> None:
    scene = Scene(world)
    member = asker(world, scene.member("organization_creator"))
    made = []
    for _ in range(2):
        sample = COMPANION_SAMPLES[route](scene, 0)
        with world.count_calls() as counter:
            answer = world.call(route.method, sample.target(route), sample.body, token=member.token)
        assert answer.status == route.success, answer.text
        made.append(counter.calls)

    first, second = made
    assert _within(first, [*RESERVING.get(route, CALLS[route]), READ]), first
    assert _within(second, [*CALLS[route], READ]), second
    assert all(len(calls) <= MOST for calls in made)


@pytest.mark.parametrize("count", [1, 60])
def test_lists_make_the_same_calls_for_any_number_of_entries(world: World, count: int) -> None:
    scene = Scene(world)
    me, home = asker(world, scene.creator), scene.organization.id
    for _ in range(count):
        membership(scene)
        scene.staff.service(scene.organization)
        scene.staff.client(scene.organization)
        world.token(scene.creator.id)
        scene.another().member(user=scene.creator)
        scene.another().staff.order(
            scene.organization,
            creator=scene.creator,
            executor=scene.creator,
            client=scene.client,
            service=scene.service,
        )

    calls = {}
    for target in (
        f"/organizations/member-l/{home}/",
        f"/organizations/service-l/{home}/",
        f"/organizations/role-l/{home}/",
        f"/clients/client-l/{home}/",
        f"/sessions/session-user-l/{scene.creator.id}/",
        "/organizations/organization-lc/",
        "/users/user/executor/",
    ):
        with world.count_calls() as counter:
            answer = me.get(target)
        assert len(answer.json) >= min(count, 33)  # of three keys each, a hundred in one read
        calls[target.split("/")[2]] = counter.calls

    assert calls == {
        "member-l": [READ, QUERY],
        "service-l": [READ, QUERY],
        "role-l": [READ],
        "client-l": [READ, QUERY],
        "session-user-l": [READ, QUERY],
        "organization-lc": [READ, QUERY, READ],
        "user": [READ, QUERY, READ],
    }


def test_every_row_keeps_the_budget() -> None:
    assert all(len(calls) <= MOST for calls in (*CALLS.values(), *RESERVING.values()))


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def test_every_id_of_a_block_is_used_and_each_block_keeps_the_budget(scene: Scene) -> None:
    member = asker(scene.world, scene.member("organization_creator"))
    body = {"name": "S", "address": "A", "phone": "+79130000001", "organization": scene.organization.id}

    made, numbers = [], []
    for _ in range(2 * BLOCK + 1):
        with scene.world.count_calls() as counter:
            numbers.append(member.post("/organizations/service-c/", body).json["id"])
        made.append(counter.calls)

    usual = [[READ, READ, PUT]] * (BLOCK - 1)
    reserving = [READ, READ, WORK]
    allowed = [reserving, *usual, reserving, *usual, reserving]
    assert all(_within(calls, most) for calls, most in zip(made, allowed, strict=True))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_who_reads_a_counter_that_another_container_moves_meanwhile_takes_another_block(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)
    body = {"name": "S", "address": "A", "phone": "+79130000001", "organization": scene.organization.id}

    def reserve_meanwhile(**_: object) -> None:
        events.unregister("before-call.dynamodb.TransactWriteItems", reserve_meanwhile)
        counter = CounterItem(*keys.counter("service"))
        counter.update(actions=[CounterItem.last.add(BLOCK), CounterItem.kind.set(CounterItem)])

    events = scene.world.client.meta.events
    events.register("before-call.dynamodb.TransactWriteItems", reserve_meanwhile)
    first = me.post("/organizations/service-c/", body)
    second = me.post("/organizations/service-c/", body)

    assert (first.status, second.status) == (201, 201)
    assert (first.json["id"], second.json["id"]) == (BLOCK + 1, BLOCK + 2)
    for _ in range(BLOCK - 2):
        me.post("/organizations/service-c/", body)
    with scene.world.count_calls() as counter:
        assert me.post("/organizations/service-c/", body).json["id"] == 2 * BLOCK + 1
    assert _within(counter.calls, RESERVING[routes.CREATE_SERVICE])

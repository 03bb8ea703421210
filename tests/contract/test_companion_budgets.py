"""The companion endpoints for staff keep the same budget of DynamoDB calls, whatever there is in the
table.
"""

import pytest

from chalicelib.contract import Surface
from chalicelib.table import keys
from chalicelib.table.items import SequenceItem
from chalicelib.table.sequences import BLOCK
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.people import entitled
from tests.support.asking import asker
from tests.support.companion_samples import COMPANION_SAMPLES, membership
from tests.support.endpoints import ENDPOINTS
from tests.support.scene import Scene
from tests.support.world import World

READ, QUERY, PUT, MOVE, WORK = "BatchGetItem", "Query", "PutItem", "UpdateItem", "TransactWriteItems"

MOST = 3  # in sequence, as for the documented endpoints

# At most, asked by the organization's creator, whose account is read with the session. Whoever else asks for
# something that shows the creator makes one more read.
CALLS = {
    ENDPOINTS["list-my-orders-to-execute"]: [READ, QUERY],
    ENDPOINTS["show-user"]: [READ],
    ENDPOINTS["replace-user"]: [READ, PUT],
    ENDPOINTS["change-user"]: [READ, PUT],
    ENDPOINTS["close-user"]: [READ, QUERY, WORK],
    ENDPOINTS["mail-code"]: [READ],
    ENDPOINTS["accept-code"]: [READ, READ, WORK],
    ENDPOINTS["mail-reset-code"]: [READ, READ, WORK],
    ENDPOINTS["reset-password"]: [READ, READ, WORK],
    ENDPOINTS["list-sessions"]: [READ, QUERY],
    ENDPOINTS["delete-session"]: [READ, "DeleteItem"],
    ENDPOINTS["create-organization"]: [READ, WORK],
    ENDPOINTS["list-organizations"]: [READ, QUERY, READ],
    ENDPOINTS["show-organization"]: [READ],
    ENDPOINTS["replace-organization"]: [READ, WORK],
    ENDPOINTS["change-organization"]: [READ, PUT],
    ENDPOINTS["close-organization"]: [READ, WORK],
    ENDPOINTS["list-permissions"]: [READ],
    ENDPOINTS["create-member"]: [READ, WORK],
    ENDPOINTS["list-members"]: [READ, QUERY],
    ENDPOINTS["show-member"]: [READ, READ],
    ENDPOINTS["replace-member"]: [READ, READ, WORK],
    ENDPOINTS["change-member"]: [READ, READ, WORK],
    ENDPOINTS["delete-member"]: [READ, READ, WORK],
    ENDPOINTS["list-invitations"]: [READ, QUERY, READ],
    ENDPOINTS["accept-invitation"]: [READ, READ, WORK],
    ENDPOINTS["create-role"]: [READ, PUT],
    ENDPOINTS["list-roles"]: [READ],
    ENDPOINTS["show-role"]: [READ],
    ENDPOINTS["replace-role"]: [READ, PUT],
    ENDPOINTS["change-role"]: [READ, PUT],
    ENDPOINTS["delete-role"]: [READ, PUT],
    ENDPOINTS["create-service"]: [READ, PUT],
    ENDPOINTS["list-services"]: [READ, QUERY],
    ENDPOINTS["show-service"]: [READ],
    ENDPOINTS["replace-service"]: [READ, PUT],
    ENDPOINTS["change-service"]: [READ, PUT],
    ENDPOINTS["delete-service"]: [READ, PUT],
    ENDPOINTS["create-client"]: [READ, PUT],
    ENDPOINTS["list-clients"]: [READ, QUERY],
    ENDPOINTS["show-client"]: [READ],
    ENDPOINTS["replace-client"]: [READ, PUT],
    ENDPOINTS["change-client"]: [READ, PUT],
    ENDPOINTS["delete-client"]: [READ, PUT],
}
# A container's first request, and each that finds a block of ids used up.
RESERVING = {
    ENDPOINTS["create-organization"]: [READ, WORK],
    ENDPOINTS["create-member"]: [READ, WORK],
    ENDPOINTS["create-role"]: [READ, WORK],
    ENDPOINTS["create-service"]: [READ, WORK],
    ENDPOINTS["create-client"]: [READ, WORK],
}
SHOW_THE_CREATOR = {
    ENDPOINTS["show-organization"],
    ENDPOINTS["replace-organization"],
    ENDPOINTS["change-organization"],
    ENDPOINTS["create-service"],
    ENDPOINTS["list-services"],
    ENDPOINTS["show-service"],
    ENDPOINTS["replace-service"],
    ENDPOINTS["change-service"],
}


def test_every_companion_endpoint_has_its_number() -> None:
    assert set(CALLS) == set(COMPANION_SAMPLES)
    assert {endpoint.surface for endpoint in CALLS} == {Surface.STAFF}


def _within(made: list[str], allowed: list[str]) -> bool:
    """Tell whether there are no more calls than allowed, and no more transactions, which cost twice."""
    return len(made) <= len(allowed) and made.count(WORK) <= allowed.count(WORK)


@pytest.mark.parametrize("endpoint", CALLS, ids=lambda endpoint: endpoint.name)
def test_a_request_makes_no_more_than_its_calls(world: World, endpoint: Endpoint) -> None:
    scene = Scene(world)
    made = []
    for _ in range(2):  # the first reserves a block of ids where one is needed
        visit = entitled(scene, endpoint)
        sample = COMPANION_SAMPLES[endpoint](visit.scene, visit.who)
        with world.count_calls() as counter:
            answer = world.call(endpoint.method, sample.target(endpoint), sample.body, headers=visit.headers)
        assert answer.status == endpoint.status, answer.text
        made.append(counter.calls)

    first, second = made
    assert _within(first, RESERVING.get(endpoint, CALLS[endpoint])), f"{first}: new ids are in RESERVING"
    assert _within(second, CALLS[endpoint]), second


@pytest.mark.parametrize(
    "endpoint",
    sorted(SHOW_THE_CREATOR, key=lambda endpoint: endpoint.name),
    ids=lambda endpoint: endpoint.name,
)
def test_a_request_of_another_member_makes_one_more_read_for_the_creator(
    world: World, endpoint: Endpoint
) -> None:
    scene = Scene(world)
    member = asker(world, scene.member("organization_creator"))
    made = []
    for _ in range(2):
        sample = COMPANION_SAMPLES[endpoint](scene, 0)
        with world.count_calls() as counter:
            answer = world.call(endpoint.method, sample.target(endpoint), sample.body, token=member.token)
        assert answer.status == endpoint.status, answer.text
        made.append(counter.calls)

    first, second = made
    assert _within(first, [*RESERVING.get(endpoint, CALLS[endpoint]), READ]), first
    assert _within(second, [*CALLS[endpoint], READ]), second
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
        scene.staff.invitation(scene.another().organization, user=scene.creator)
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
        "/organizations/invitation-l/",
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
        "invitation-l": [READ, QUERY, READ],
        "user": [READ, QUERY, READ],
    }


def test_every_endpoint_keeps_the_budget() -> None:
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
        sequence = SequenceItem(*keys.sequence("service"))
        sequence.update(actions=[SequenceItem.last_id.add(BLOCK), SequenceItem.kind.set(SequenceItem)])

    events = scene.world.events
    events.register("before-call.dynamodb.TransactWriteItems", reserve_meanwhile)
    first = me.post("/organizations/service-c/", body)
    second = me.post("/organizations/service-c/", body)

    assert (first.status, second.status) == (201, 201)
    assert (first.json["id"], second.json["id"]) == (BLOCK + 1, BLOCK + 2)
    for _ in range(BLOCK - 2):
        me.post("/organizations/service-c/", body)
    with scene.world.count_calls() as counter:
        assert me.post("/organizations/service-c/", body).json["id"] == 2 * BLOCK + 1
    assert _within(counter.calls, RESERVING[ENDPOINTS["create-service"]])

"""Whatever a decision hangs on is read consistently; what is merely shown is not, at half the price."""

import itertools
import json
from typing import Any

import pytest

from chalicelib.web.endpoint import GET, Endpoint
from tests.contract.access.people import entitled
from tests.support.endpoints import ENDPOINTS
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.staff import Staff
from tests.support.world import World

_last_ids = itertools.count(1_000, 1_000)

SHOWN = {
    ENDPOINTS["list-orders"]: [True, False],
    ENDPOINTS["list-created-orders"]: [True, False],
    ENDPOINTS["list-orders-to-execute"]: [True, False],
    ENDPOINTS["list-products"]: [False],
    ENDPOINTS["show-product"]: [False],
    ENDPOINTS["admin-list-products"]: [True, False],
}


def _consistency_of_reads(world: World, endpoint: Endpoint) -> list[bool]:
    """Return, for each read by key that a good request makes, whether it is consistent."""
    # In one world, and each with people of its own: an id whose account was closed is never given again.
    visit = entitled(Scene(world, Staff(world.runtime, last_id=next(_last_ids))), endpoint)
    sample = SAMPLES[endpoint](visit.scene, visit.who)
    reads: list[bool] = []

    def note(params: dict[str, Any], model: Any, **_: Any) -> None:
        if model.name == "BatchGetItem":
            (asked,) = json.loads(params["body"])["RequestItems"].values()
            reads.append(asked.get("ConsistentRead", False))

    world.events.register("before-call.dynamodb", note)
    try:
        answer = world.call(endpoint.method, sample.target(endpoint), sample.body, headers=visit.headers)
    finally:
        world.events.unregister("before-call.dynamodb", note)
    assert answer.status < 300
    return reads


@pytest.mark.parametrize("endpoint", SHOWN, ids=lambda endpoint: endpoint.name)
def test_what_is_merely_shown_may_be_a_moment_old(shared_world: World, endpoint: Endpoint) -> None:
    assert _consistency_of_reads(shared_world, endpoint) == SHOWN[endpoint]


@pytest.mark.parametrize(
    "endpoint", [each for each in SAMPLES if each not in SHOWN], ids=lambda endpoint: endpoint.name
)
def test_whatever_a_decision_hangs_on_is_read_consistently(shared_world: World, endpoint: Endpoint) -> None:
    consistent = _consistency_of_reads(shared_world, endpoint)
    assert all(consistent), f"{consistent}: what may be a moment old is said in SHOWN"


def test_no_request_that_writes_decides_on_what_may_be_a_moment_old() -> None:
    assert {endpoint.method for endpoint in SHOWN} == {GET}

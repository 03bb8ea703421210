"""How many DynamoDB calls a request makes, counted where botocore makes them."""

import pytest

from chalicelib.endpoints import load_all
from chalicelib.orders.model import Order
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.people import entitled
from tests.support.endpoints import ENDPOINTS
from tests.support.links import pages
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.world import World

MOST = 3
# Companion lists that many writers feed, merged from shards: a fixed number of queries, whatever the data.
MERGED_FROM_SHARDS = {ENDPOINTS["admin-list-orders"]: 5, ENDPOINTS["admin-list-customers"]: 5}

# Of a request, whichever of a container's it is.
AT_MOST = {
    ENDPOINTS["create-order"]: 2,
    ENDPOINTS["list-orders"]: 3,
    ENDPOINTS["list-created-orders"]: 3,
    ENDPOINTS["list-orders-to-execute"]: 3,
    ENDPOINTS["show-order"]: 2,
    ENDPOINTS["show-order-in"]: 2,
    ENDPOINTS["replace-order"]: 2,
    ENDPOINTS["change-order"]: 2,
    ENDPOINTS["delete-order"]: 2,
    ENDPOINTS["show-default-image"]: 0,
}


def _calls(scene: Scene, endpoint: Endpoint) -> list[str]:
    visit = entitled(scene, endpoint)
    sample = SAMPLES[endpoint](visit.scene, visit.who)
    with scene.world.count_calls() as counter:
        answer = scene.world.call(
            endpoint.method, sample.target(endpoint), sample.body, headers=visit.headers
        )
    assert answer.status == endpoint.status, answer.text
    return counter.calls


@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_the_first_request_of_a_container_stays_within_the_budget(world: World, endpoint: Endpoint) -> None:
    scene = Scene(world)

    calls = _calls(scene, endpoint)

    assert len(calls) <= MERGED_FROM_SHARDS.get(endpoint, MOST), calls


@pytest.mark.parametrize("endpoint", AT_MOST, ids=lambda endpoint: endpoint.name)
def test_a_request_makes_no_more_than_its_calls(world: World, endpoint: Endpoint) -> None:
    scene = Scene(world)

    for calls in (_calls(scene, endpoint), _calls(scene, endpoint)):
        assert len(calls) <= AT_MOST[endpoint], calls


def test_every_endpoint_of_the_orders_document_has_its_number() -> None:
    missing = {each.name for each in load_all() if each.path.startswith("/orders/") and each not in AT_MOST}
    assert not missing, "AT_MOST has each"


def _orders_of_different_people(scene: Scene, count: int) -> list[Order]:
    orders = []
    for _ in range(count):
        scene.world.clock.advance(seconds=1)
        people = {"creator": scene.member(), "executor": scene.member()}
        orders.append(scene.order(**people, service=scene.staff.service(scene.organization)))
    return orders


@pytest.fixture(scope="module")
def scene(shared_world: World) -> Scene:
    """A scene that is only read from here on, with its own lists for each test."""
    return Scene(shared_world)


@pytest.mark.parametrize("count", [1, 25, 100])
def test_a_list_makes_no_more_calls_for_any_number_of_orders(scene: Scene, count: int) -> None:
    own = scene.another()
    for _ in range(count):
        own.order()

    with own.world.count_calls() as counter:
        answer = own.world.call(
            "GET", f"/orders/order-l/{own.organization.id}/", token=own.world.token(own.creator.id)
        )

    assert len(answer.json) == count
    assert len(counter.calls[1:]) <= AT_MOST[ENDPOINTS["list-orders"]]  # the first began the session


def test_a_page_of_a_hundred_orders_whose_people_all_differ_costs_no_more(scene: Scene) -> None:
    own = scene.another()
    written = _orders_of_different_people(own, 100)
    token = own.world.token(own.creator.id)

    seen, calls = [], []
    with own.world.count_calls() as counter:
        for page in pages(own.world, f"/orders/order-l/{own.organization.id}/?limit=100", token):
            seen.extend(order["id"] for order in page.json)
            calls.append(list(counter.calls))
            counter.reset()

    assert seen == [order.id for order in reversed(written)]
    assert max(map(len, calls)) <= AT_MOST[ENDPOINTS["list-orders"]]
    assert len(calls) > 1

"""Orders created at the same time get ids and codes of their own, on engines that keep callers apart."""

from collections.abc import Iterator

import pytest

from chalicelib.orders.model import order_code
from chalicelib.table import engine as table_engine
from tests.engines.engine import Engine
from tests.races.together import together, waiting_world
from tests.support.asking import asker
from tests.support.scene import Scene
from tests.support.world import Answer

pytestmark = pytest.mark.races


@pytest.fixture
def scene(concurrent_engine: Engine) -> Iterator[Scene]:
    """An organization in a world whose losers really wait before they try again."""
    with waiting_world(concurrent_engine) as world:
        yield Scene(world)


def _orders(scene: Scene) -> dict[int, int]:
    """Return the code of every order in the organization's list, by id."""
    listed = asker(scene.world, scene.creator).get(f"/orders/order-l/{scene.organization.id}/").json
    return {order["id"]: order["order_code"] for order in listed}


@pytest.mark.parametrize("count", [2, 16])
def test_orders_created_at_the_same_time_have_different_ids_and_codes(scene: Scene, count: int) -> None:
    me = asker(scene.world, scene.creator)

    answers = together([lambda: me.post("/orders/order-c/", scene.draft())] * count)

    orders = _orders(scene)
    assert [answer.status for answer in answers] == [201] * count
    assert len(orders) == count
    assert len(set(orders.values())) == count
    assert orders == {number: order_code(number) for number in orders}


def test_containers_that_start_at_the_same_time_share_no_id(scene: Scene) -> None:
    me = asker(scene.world, scene.creator)

    def first_order_of_a_container() -> Answer:
        table_engine.connect(
            scene.world.runtime.settings
        )  # what was reserved is forgotten with the connection
        return me.post("/orders/order-c/", scene.draft())

    answers = together([first_order_of_a_container] * 4)

    orders = _orders(scene)
    assert [answer.status for answer in answers] == [201] * 4
    assert len(orders) == len(set(orders.values())) == 4

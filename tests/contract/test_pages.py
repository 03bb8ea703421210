"""Every list refuses a page that can't be, and names the parameter."""

from collections.abc import Iterator

import pytest

from chalicelib.contract import Surface
from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.people import entitled
from tests.engines.engine import Engine
from tests.support.samples import SAMPLES
from tests.support.scene import Scenes

LISTS = [endpoint for endpoint in load_all() if endpoint.paging is not None]


@pytest.fixture(scope="module")
def scenes(engine: Engine) -> Iterator[Scenes]:
    with Scenes(engine) as made:
        yield made


@pytest.mark.parametrize("value", ["0", "101", "many", "1.5", "-1"])
@pytest.mark.parametrize("endpoint", LISTS, ids=lambda endpoint: endpoint.name)
def test_a_page_has_from_1_to_100_entries(scenes: Scenes, endpoint: Endpoint, value: str) -> None:
    assert endpoint.paging is not None
    size = endpoint.paging.size_parameter
    scene = scenes.of("lists")
    visit = entitled(scene, endpoint)
    target = f"{SAMPLES[endpoint](visit.scene, visit.who).target(endpoint)}?{size}={value}"

    answer = scene.world.call(endpoint.method, target, headers=visit.headers)

    wrong = {size: ["Must be a whole number from 1 to 100."]}
    told = wrong if endpoint.surface is Surface.STAFF else {"message": "Validation error.", "details": wrong}
    assert (answer.status, answer.json) == (400, told)

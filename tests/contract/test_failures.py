"""What any endpoint answers when the deployment is broken, or the table out of reach."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.config import Settings
from chalicelib.contract import Surface
from chalicelib.endpoints import load_all
from chalicelib.runtime import Runtime
from chalicelib.web.app import create_app
from chalicelib.web.endpoint import Endpoint
from ops.docs.naming import path_parameters
from tests.contract.access.people import entitled
from tests.engines.engine import Engine
from tests.engines.faults import FOREVER, ErrorBefore, inject
from tests.support.events import answered, event
from tests.support.samples import SAMPLES
from tests.support.scene import Scenes

WITH_A_TABLE = [endpoint for endpoint in load_all() if endpoint.uses]


def _in_form(surface: Surface, text: str) -> dict[str, Any]:
    return {"detail" if surface is Surface.STAFF else "message": text}


def _broken() -> Runtime:
    return Runtime(Settings.from_environment({}))


@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_without_its_settings_it_answers_500(endpoint: Endpoint) -> None:
    parameters = dict.fromkeys(path_parameters(endpoint), 1)
    sent = event(endpoint, endpoint.path.format(**parameters), parameters=parameters)

    answer = answered(create_app(runtime=_broken), sent)

    assert (answer.status, answer.json) == (500, _in_form(endpoint.surface, "Internal server error."))


@pytest.fixture(scope="module")
def scenes(engine: Engine) -> Iterator[Scenes]:
    with Scenes(engine) as made:
        yield made


@pytest.mark.parametrize("endpoint", WITH_A_TABLE, ids=lambda endpoint: endpoint.name)
def test_without_the_table_it_answers_503_and_when_to_try_again(scenes: Scenes, endpoint: Endpoint) -> None:
    scene = scenes.of("out of reach")
    visit = entitled(scene, endpoint)
    sample = SAMPLES[endpoint](visit.scene, visit.who)

    with inject(scene.world.events, ErrorBefore(times=FOREVER)):
        answer = scene.world.call(
            endpoint.method, sample.target(endpoint), sample.body, headers=visit.headers
        )

    busy = _in_form(endpoint.surface, "Service temporarily unavailable, try again later.")
    assert (answer.status, answer.json, answer.headers["retry-after"]) == (503, busy, "1")

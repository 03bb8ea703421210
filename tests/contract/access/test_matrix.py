"""The access matrix: every endpoint against every kind of caller.

What is expected follows from the declaration alone: the surface words the refusals, the permission names the
right, and the status is that of who gets in. A new endpoint is in the matrix at once; it needs a sample.
"""

from collections.abc import Iterator
from functools import cache

import pytest

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.callers import Visit, expected_refusal
from tests.contract.access.credentials import EVERYWHERE
from tests.contract.access.people import callers_of
from tests.documents.difference import difference
from tests.engines.engine import Engine
from tests.support.endpoints import ENDPOINTS
from tests.support.sample import Sample
from tests.support.samples import SAMPLES
from tests.support.scene import Scenes
from tests.support.world import Answer, World


@pytest.fixture(scope="module")
def scenes(engine: Engine) -> Iterator[Scenes]:
    with Scenes(engine) as made:
        yield made


@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_an_endpoint_admits_whom_it_declares_and_refuses_everybody_else(
    scenes: Scenes, endpoint: Endpoint
) -> None:
    if endpoint is ENDPOINTS["close-user"]:  # with all sessions of all who ask here
        scenes.engine.need_large_transactions()
    scene = scenes.of(endpoint)
    visits = {caller.name: caller.arrive(scene, endpoint) for caller in callers_of(endpoint)}
    refused = {name: visit for name, visit in visits.items() if expected_refusal(endpoint, visit)}
    admitted = {name: visit for name, visit in visits.items() if name not in refused}

    refusals = _refuse(endpoint, refused, scene.world)
    answers = {name: _ask(endpoint, visit, _sample(endpoint, visit)) for name, visit in admitted.items()}

    assert endpoint.who.public or set(refused) >= {caller.name for caller in EVERYWHERE}
    assert {name: deviation for name, deviation in refusals.items() if deviation} == {}
    assert admitted
    assert {name: answer.text for name, answer in answers.items() if answer.status != endpoint.status} == {}
    assert {bool(answer.text) for answer in answers.values()} == {endpoint.status != 204}


def _refuse(endpoint: Endpoint, visits: dict[str, Visit], world: World) -> dict[str, str | None]:
    """Have these visits refused, the table unchanged; return in what a refusal is not the expected one."""
    # Refused requests leave each other's things alone, so that one sample serves all that ask for the same.
    build = cache(SAMPLES[endpoint])
    samples = {name: build(visit.scene, visit.who) for name, visit in visits.items()}
    before = world.items()

    answers = {name: _ask(endpoint, visit, samples[name]) for name, visit in visits.items()}

    assert world.items() == before
    return {name: _deviation(endpoint, visits[name], answer) for name, answer in answers.items()}


def _sample(endpoint: Endpoint, visit: Visit) -> Sample:
    return SAMPLES[endpoint](visit.scene, visit.who)


def _ask(endpoint: Endpoint, visit: Visit, sample: Sample) -> Answer:
    return visit.scene.world.call(
        endpoint.method, sample.target(endpoint), sample.body, headers=visit.headers
    )


def _deviation(endpoint: Endpoint, visit: Visit, answer: Answer) -> str | None:
    """Return in what an answer is not the refusal that a visit must get."""
    refusal = expected_refusal(endpoint, visit)
    assert refusal is not None
    status, body = refusal
    if answer.status != status:
        return f"expected {status}, got {answer.status} {answer.text}"
    return difference(body, answer.json)

"""The access matrix: every row of `routes.py` against every kind of caller.

What is expected follows from the row alone: its surface words the refusals, its permission names the right,
and its success is the status of who gets in. A row that is added is in the matrix at once; it needs a sample.
"""

from collections.abc import Iterator
from functools import cache

import pytest

from chalicelib import routes
from chalicelib.contract import Route
from tests.contract.access.callers import Visit, expected_refusal
from tests.contract.access.credentials import EVERYWHERE
from tests.contract.access.people import callers_of
from tests.documents.exchange import difference
from tests.engines.engine import Engine
from tests.support.sample import Sample
from tests.support.samples import SAMPLES
from tests.support.scene import Scenes
from tests.support.world import Answer, World


@pytest.fixture(scope="module")
def scenes(engine: Engine) -> Iterator[Scenes]:
    with Scenes(engine) as made:
        yield made


@pytest.mark.parametrize("route", routes.ALL, ids=lambda route: route.name)
def test_a_row_lets_in_whom_it_says_and_refuses_everybody_else(scenes: Scenes, route: Route) -> None:
    if route is routes.CLOSE_USER:  # with all sessions of all who ask here
        scenes.engine.need_large_transactions()
    scene = scenes.of(route)
    visits = {caller.name: caller.arrive(scene, route) for caller in callers_of(route)}
    refused = {name: visit for name, visit in visits.items() if expected_refusal(route, visit)}
    admitted = {name: visit for name, visit in visits.items() if name not in refused}

    refusals = _refuse(route, refused, scene.world)
    answers = {name: _ask(route, visit, _sample(route, visit)) for name, visit in admitted.items()}

    assert route.permission.public or set(refused) >= {caller.name for caller in EVERYWHERE}
    assert {name: deviation for name, deviation in refusals.items() if deviation} == {}
    assert admitted
    assert {name: answer.text for name, answer in answers.items() if answer.status != route.success} == {}
    assert {bool(answer.text) for answer in answers.values()} == {route.success != 204}


def _refuse(route: Route, visits: dict[str, Visit], world: World) -> dict[str, str | None]:
    """Have these visits refused, the table unchanged; return in what a refusal is not the expected one."""
    # Refused requests leave each other's things alone, so that one sample serves all that ask for the same.
    build = cache(SAMPLES[route])
    samples = {name: build(visit.scene, visit.who) for name, visit in visits.items()}
    before = world.items()

    answers = {name: _ask(route, visit, samples[name]) for name, visit in visits.items()}

    assert world.items() == before
    return {name: _deviation(route, visits[name], answer) for name, answer in answers.items()}


def _sample(route: Route, visit: Visit) -> Sample:
    return SAMPLES[route](visit.scene, visit.who)


def _ask(route: Route, visit: Visit, sample: Sample) -> Answer:
    return visit.scene.world.call(route.method, sample.target(route), sample.body, headers=visit.headers)


def _deviation(route: Route, visit: Visit, answer: Answer) -> str | None:
    """Return in what an answer is not the refusal that a visit must get."""
    refusal = expected_refusal(route, visit)
    assert refusal is not None
    status, body = refusal
    if answer.status != status:
        return f"expected {status}, got {answer.status} {answer.text}"
    return difference(body, answer.json)

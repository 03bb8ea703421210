"""Every endpoint answers over HTTP, from its own function, with its own function's role."""

import pytest

from chalicelib import routes
from chalicelib.contract import Route
from tests.contract.access.people import entitled
from tests.deployed.stack import DeployedWorld
from tests.support.samples import SAMPLES
from tests.support.scene import Scene


@pytest.fixture(scope="module")
def scene(deployed_world: DeployedWorld) -> Scene:
    """People and things beside the documents' own."""
    return Scene(deployed_world)


@pytest.mark.parametrize("route", routes.ALL, ids=lambda route: route.name)
def test_an_endpoint_answers_from_its_own_function(
    scene: Scene, deployed_world: DeployedWorld, route: Route
) -> None:
    visit = entitled(scene, route)
    sample = SAMPLES[route](visit.scene, visit.who)
    before = len(deployed_world.requests_logged_by(route))

    answer = deployed_world.call(route.method, sample.target(route), sample.body, headers=visit.headers)

    assert answer.status == route.success, answer.text
    logged = deployed_world.requests_logged_by(route, more_than=before)[before:]
    assert [(line["route"], line["status"]) for line in logged] == [(route.name, route.success)]

"""Every endpoint answers over HTTP, from its own function, with its own function's role."""

import pytest

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.people import entitled
from tests.deployed.stack import DeployedWorld
from tests.support.samples import SAMPLES
from tests.support.scene import Scene


@pytest.fixture(scope="module")
def scene(deployed_world: DeployedWorld) -> Scene:
    """People and things beside the documents' own."""
    return Scene(deployed_world)


@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_an_endpoint_answers_from_its_own_function(
    scene: Scene, deployed_world: DeployedWorld, endpoint: Endpoint
) -> None:
    visit = entitled(scene, endpoint)
    sample = SAMPLES[endpoint](visit.scene, visit.who)

    answer = deployed_world.call(endpoint.method, sample.target(endpoint), sample.body, headers=visit.headers)

    assert answer.status == endpoint.status, answer.text
    logged = deployed_world.lines_logged_by(endpoint, answer)
    assert [(line["route"], line["status"]) for line in logged] == [(endpoint.name, endpoint.status)]

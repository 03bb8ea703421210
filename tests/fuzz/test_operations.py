"""Every operation gets what its schema allows and what it does not, and answers as it declares."""

from collections.abc import Iterator

import pytest

from chalicelib.auth.model import CUSTOMER_AUDIENCE
from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from tests.contract.access.people import entitled
from tests.engines.engine import Engine
from tests.fuzz import shim
from tests.fuzz.known import document_of
from tests.fuzz.plugin import Fuzzing
from tests.fuzz.run import OFF, findings
from tests.support.samples import SAMPLES
from tests.support.scene import Scene
from tests.support.world import World

_SAMPLES = 24


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    with World(engine) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", load_all(), ids=lambda endpoint: endpoint.name)
def test_an_operation_answers_as_it_declares(world: World, endpoint: Endpoint, fuzzing: Fuzzing) -> None:
    visit = entitled(Scene(world), endpoint)
    samples = [SAMPLES[endpoint](visit.scene, visit.who) for _ in range(_SAMPLES)]
    audience = CUSTOMER_AUDIENCE if isinstance(visit.who, str) else "staff"
    served = shim.Shim(
        world, dict.fromkeys((shim.STAFF, shim.CUSTOMER), lambda: world.token(visit.who, audience=audience))
    )

    found = list(
        findings(
            document_of(endpoint, samples),
            served,
            seed=fuzzing.seed,
            phases={
                "coverage": {"unexpected-methods": []},
                "stateful": OFF,
                "fuzzing": {"generation": {"mode": "positive", "max-examples": fuzzing.examples}},
            },
        )
    )

    fuzzing.count(served.statuses)
    assert found == [], f"seed {fuzzing.seed}\n\n" + "\n\n".join(found)
    assert served.statuses[endpoint.status] > 0

"""A request that sees half of what another one writes is answered as if one had come after the other."""

import random

import pytest

from tests.engines.engine import Engine
from tests.engines.moto_engine import MotoEngine
from tests.models import shop_stages, staff_stages
from tests.models.half_visible import Pair, Stage
from tests.support.world import World

pytestmark = pytest.mark.slow

STAGES = staff_stages.STAGES | shop_stages.STAGES
HARMLESS = {
    ("mail a code", "confirm"): "a code is mailed to an address that was confirmed at the same moment",
}


@pytest.mark.parametrize("name", STAGES)
def test_whoever_sees_half_of_a_write_is_answered_as_before_or_after_it(engine: Engine, name: str) -> None:
    if not isinstance(engine, MotoEngine):
        pytest.skip("only moto's tables are copied fast enough")
    mixtures = 0
    with World(engine) as world:
        stage = Stage(world, STAGES[name])
        for writes in stage.that_write():
            for request in stage.single():
                pair = Pair(stage, request, writes)
                for late in pair.mixtures(random.Random(f"{request} {writes}")):
                    outcome = pair.mixed(late)
                    allowed = pair.accepts(outcome) or (request, writes) in HARMLESS
                    assert allowed, f"{request}, while {writes}: {pair.explain(late, outcome)}"
                    mixtures += 1
    assert mixtures > len(stage.requests)

"""What makes moto, and worlds on it, quick does not change what there is and what is answered."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.engines import plain_moto
from tests.engines.engine import Engine
from tests.support.scene import Scene
from tests.support.staff import Staff
from tests.support.world import World


@pytest.fixture(autouse=True)
def _only_moto(engine: Engine) -> None:
    if engine.concurrent:
        pytest.skip("only moto runs in this process")


@pytest.mark.slow
def test_moto_answers_every_kind_of_call_as_it_does_without_what_makes_it_quick() -> None:
    plain = subprocess.run(
        [sys.executable, "-m", plain_moto.__name__], stdout=subprocess.PIPE, check=True, timeout=60
    )

    assert plain_moto.answers() == json.loads(plain.stdout)


def _made_in(engine: Engine, copied: bool) -> Any:
    with World(engine) as world:
        scene = Scene(world, None if copied else Staff(world.runtime))
        order, member = scene.order(), scene.member("order_view")
        described = world.request("DescribeTable")["Table"]
        schema = {name: described[name] for name in ("KeySchema", "GlobalSecondaryIndexes", "ItemCount")}
        return scene.creator, order, member, world.items(), schema, world.runtime.new_uuid()


def test_a_world_that_was_copied_is_as_one_that_was_made_and_keeps_what_happens_in_it(engine: Engine) -> None:
    made = _made_in(engine, copied=False)

    for _ in range(3):
        assert _made_in(engine, copied=True) == made

"""Worlds that are attacked."""

from collections.abc import Iterator

import pytest

from tests.engines.engine import Engine
from tests.races.together import waiting_world
from tests.support.scene import Scene
from tests.support.shop import Shop
from tests.support.world import World


@pytest.fixture
def world(concurrent_engine: Engine) -> Iterator[World]:
    with waiting_world(concurrent_engine) as made:
        yield made


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


@pytest.fixture
def shop(world: World) -> Shop:
    return Shop(world)

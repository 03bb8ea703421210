"""The fixtures that every test may ask for."""

from collections.abc import Iterator

import pytest

from tests.engines.engine import Engine
from tests.support.world import World

pytest_plugins = [
    "tests.engines.plugin",
    "tests.support.botocore_session",
    "tests.support.groups",
    "tests.support.seen",
    "tests.fuzz.plugin",
]


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """An empty table on the chosen engine, and the application in front of it."""
    with World(engine) as made:
        yield made


@pytest.fixture
def demo_world(world: World) -> World:
    """The same with the documents' own data in it."""
    world.load_demo()
    return world

"""The fixtures of the contract tests."""

from collections.abc import Iterator

import pytest

from tests.engines.engine import Engine
from tests.support.world import World


@pytest.fixture(scope="module")
def shared_world(engine: Engine) -> Iterator[World]:
    """One table for all tests of a module that keep out of each other's way."""
    with World(engine) as world:
        yield world

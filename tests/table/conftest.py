"""What the tests of the engine stand on: an empty table, and the runtime that leads to it."""

import pytest

from chalicelib.runtime import Runtime
from tests.support.world import World


@pytest.fixture
def runtime(world: World) -> Runtime:
    """A runtime with a table of its own."""
    return world.runtime

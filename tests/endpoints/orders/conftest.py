"""What the tests of the Orders API ask for."""

import pytest

from tests.support.scene import Scene
from tests.support.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    """An organization with everything that an order can name."""
    return Scene(world)

"""The fixtures of the shop's endpoint tests."""

from collections.abc import Iterator

import pytest

from tests.engines.engine import Engine
from tests.support.shop import Administrator, Shop, Shopper
from tests.support.world import World


@pytest.fixture(scope="module")
def shop(engine: Engine) -> Iterator[Shop]:
    """One shop for all tests of a module; each makes the customers and products that it needs."""
    with World(engine) as world:
        yield Shop(world)


@pytest.fixture
def customer(shop: Shop) -> Shopper:
    """A customer of the module's shop."""
    return shop.shopper()


@pytest.fixture(scope="module")
def administrator(shop: Shop) -> Administrator:
    """An administrator of the module's shop."""
    return shop.administrator()

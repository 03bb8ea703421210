"""The fixtures that every test may ask for."""

import gc
from collections.abc import Iterator

import pytest

from chalicelib.integrations import aws
from tests.engines.engine import Engine
from tests.support.furnishing import furnished
from tests.support.mailbox import SENDER, Mailbox, MotoMailbox
from tests.support.scene import Scene
from tests.support.world import World

pytest_plugins = [
    "tests.costs.plugin",
    "tests.engines.plugin",
    "tests.support.botocore_session",
    "tests.support.coverage_table",
    "tests.support.groups",
    "tests.support.seen",
    "tests.fuzz.plugin",
]


def pytest_collection_finish() -> None:
    """Spare the garbage collector what is there now and stays: it would walk through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    """An empty table on the chosen engine, and the application in front of it."""
    with World(engine) as made:
        yield made


@pytest.fixture
def demo_world(world: World) -> World:
    """The same with the documents' own data in it."""
    furnished(world, "the documents' data", world.load_demo)
    return world


@pytest.fixture
def scene(world: World) -> Scene:
    """An organization with everything that an order can name."""
    return Scene(world)


@pytest.fixture(scope="session")
def mail(engine: Engine) -> Iterator[None]:
    """Amazon SES, and one client of it for the session: to make it takes longer than most tests."""
    if engine.concurrent:
        pytest.skip("only moto has an Amazon SES")
    aws.client.cache_clear()  # of an environment that may be gone
    yield
    aws.client.cache_clear()


@pytest.fixture
def mailing_world(engine: Engine, mail: None) -> Iterator[World]:
    """An empty table, and an application that sends its mail through Amazon SES."""
    with World(engine, mail_sender=SENDER) as made:
        yield made


@pytest.fixture
def mailbox(mailing_world: World) -> Mailbox:
    """What that application sends."""
    return MotoMailbox()

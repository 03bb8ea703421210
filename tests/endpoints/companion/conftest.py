"""What the tests of the companion endpoints ask for."""

from collections.abc import Iterator

import pytest

from chalicelib.integrations import aws
from tests.engines.engine import Engine
from tests.support.mailbox import SENDER, Mailbox, MotoMailbox
from tests.support.scene import Scene
from tests.support.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    """An organization with people and things in it."""
    return Scene(world)


@pytest.fixture
def mailing_world(engine: Engine) -> Iterator[World]:
    """An empty table, and an application that sends its mail through Amazon SES."""
    if engine.concurrent:
        pytest.skip("only moto has an Amazon SES")
    aws.client.cache_clear()  # of an environment that may be gone
    with World(engine, mail_sender=SENDER) as made:
        yield made
    aws.client.cache_clear()


@pytest.fixture
def mailbox(mailing_world: World) -> Mailbox:
    """What that application sends."""
    return MotoMailbox()

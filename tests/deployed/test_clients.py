"""The clients do the documents' stories against the deployed stage, as against a local start."""

from collections.abc import Callable

import anyio
import pytest

from tests.clients import stories, typescript
from tests.deployed.stack import DeployedWorld
from tests.engines.engine import require


@pytest.fixture
def address(deployed_world: DeployedWorld) -> str:
    """Where the stage is, with the documents' own data, and nothing else."""
    deployed_world.start_over()
    return deployed_world.deployment.address


@pytest.mark.parametrize("story", [stories.staff, stories.customer])
def test_a_story_goes_as_told_in_python(address: str, story: Callable[[str], None]) -> None:
    story(address)


def test_both_stories_go_as_told_in_tasks(address: str) -> None:
    anyio.run(stories.staff_async, address)
    anyio.run(stories.customer_async, address)


def test_the_stories_go_as_told_in_typescript(address: str) -> None:
    with typescript.consumer(require(typescript.tools)) as project:
        project.compile()
        project.run("node", "--test", "build/stories.test.js", API_URL=address)

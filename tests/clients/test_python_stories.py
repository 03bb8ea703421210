"""The documents' stories with the Python client, against a local start."""

import anyio
import pytest

from tests.clients import stories
from tests.ops.local_command import Command

pytestmark = pytest.mark.slow


def test_staff_do_their_story(local: Command) -> None:
    stories.staff(local.base_url)


def test_a_customer_does_theirs(local: Command) -> None:
    stories.customer(local.base_url)


def test_staff_do_their_story_in_tasks(local: Command) -> None:
    anyio.run(stories.staff_async, local.base_url)


def test_a_customer_does_theirs_in_tasks(local: Command) -> None:
    anyio.run(stories.customer_async, local.base_url)

"""One local start for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.ops.local_command import Command, serving


@pytest.fixture(scope="session")
def local() -> Iterator[Command]:
    """A local start with the documents' data, which tests may add to."""
    with serving() as command:
        yield command

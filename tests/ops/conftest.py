"""The templates that several files of this folder look into, and what is slow in it."""

from typing import Any

import pytest

from tests.ops.templates import Templates


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a local start, which each file's fixture `command` is."""
    for item in items:
        if "tests/ops/" in item.path.as_posix() and "command" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """The templates of all stages."""
    return Templates(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def production(templates: Templates) -> Any:
    """The resources of production."""
    return templates.of("production")["Resources"]

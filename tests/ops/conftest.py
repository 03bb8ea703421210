"""The templates that several files of this folder look into."""

from typing import Any

import pytest

from tests.ops.templates import Templates


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """The templates of all stages."""
    return Templates(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def production(templates: Templates) -> Any:
    """The resources of production."""
    return templates.of("production")["Resources"]

"""The pytest plugin with the option that writes the counted units anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--write-units", action="store_true", help="write benchmarks/units.json anew")

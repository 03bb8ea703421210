"""The pytest plugin that gives tests their engine: `pytest --engine {moto,dynamodb-local,ministack}`.

Every xdist worker runs engines of its own. An engine is started when the first test asks for it, lives for
the session, and is shared by its tests: give each a table of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest

from ops.deploy.emulate.installation import EngineMissing
from ops.process import environment
from tests.engines import dynamodb_local, ministack, moto_engine
from tests.engines.engine import Engine, require

STARTERS: dict[str, Callable[[], AbstractContextManager[Engine]]] = {
    moto_engine.NAME: moto_engine.moto_engine,
    dynamodb_local.NAME: dynamodb_local.dynamodb_local,
    ministack.NAME: ministack.ministack,
}

CONCURRENT = [pytest.param(name, marks=pytest.mark.engine) for name in (dynamodb_local.NAME, ministack.NAME)]
"""The engines in processes of their own, as parameters that mark each test with them."""


class Engines:
    """The session's engines, each started once and only when asked for."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._known: dict[str, Engine | EngineMissing] = {}

    def get(self, name: str) -> Engine:
        """The running engine of that name; skips the test (under CI=true fails it) where it is missing."""
        return require(lambda: self._started(name))

    def _started(self, name: str) -> Engine:
        if name not in self._known:
            self._known[name] = self._start(name)
        known = self._known[name]
        if isinstance(known, EngineMissing):
            raise known
        return known

    def _start(self, name: str) -> Engine | EngineMissing:
        try:
            return self._stack.enter_context(STARTERS[name]())
        except EngineMissing as missing:
            return missing  # kept: looking for it again takes a while, and finds nothing either


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine", choices=sorted(STARTERS), default=moto_engine.NAME, help="what stands in for DynamoDB"
    )


@pytest.fixture(scope="session")
def engines() -> Iterator[Engines]:
    """Every engine of this session; all are stopped at its end."""
    with ExitStack() as stack:
        yield Engines(stack)


@pytest.fixture(scope="session")
def engine(engines: Engines, pytestconfig: pytest.Config) -> Iterator[Engine]:
    """The engine that `--engine` names, with the environment leading to it until the session ends."""
    chosen = engines.get(pytestconfig.getoption("--engine"))
    with environment(chosen.variables()):
        yield chosen


@pytest.fixture(params=CONCURRENT)
def concurrent_engine(engines: Engines, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each engine that keeps concurrent callers apart, with the environment leading to it for this test.

    The process lives for the session. The environment must not: other tests run in between.
    """
    chosen = engines.get(request.param)
    with environment(chosen.variables()):
        yield chosen

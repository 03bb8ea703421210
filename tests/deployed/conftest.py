"""One emulator with the production stage in it, for all tests of this folder."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.endpoints import load_all
from chalicelib.web.endpoint import Endpoint
from ops.deploy.emulate import ministack
from ops.deploy.emulate.ministack import Emulator
from ops.deploy.emulate.serve import deployed, table_access
from ops.deploy.package import stages
from ops.deploy.package.package import Package
from ops.deploy.package.packaging import make
from ops.process import environment
from tests.deployed.stack import DeployedWorld, Deployment
from tests.engines.engine import require

# As in production, called from a browser, with mail going out.
ORIGIN = "https://shop.example"
SENDER = "orders@mail.example"
STAGE = replace(stages.load("production"), allowed_origin=ORIGIN, mail_sender=SENDER)
_AT_ONCE = 3

_UNSET = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_SESSION_TOKEN", "AWS_PROFILE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if "tests/deployed/" in item.path.as_posix():
            item.add_marker(pytest.mark.deployed)


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    """A running emulator that enforces roles."""
    require(ministack.installed)
    with ministack.running() as running:
        yield running


@pytest.fixture(scope="session")
def package(emulator: Emulator) -> Package:
    """The production stage, with bytecode for the Python that the emulator's functions run on."""
    return make(STAGE, emulator.python)


@pytest.fixture(scope="session")
def deployment(package: Package, emulator: Emulator) -> Iterator[Deployment]:
    """The deployed package, with the environment leading to its table."""
    with environment(dict.fromkeys(_UNSET)):
        address = deployed(package, emulator)
        with table_access(package, emulator) as runtime:
            deployment = Deployment(package, emulator, address, runtime)
            _warm_up(deployment)
            yield deployment


@pytest.fixture(scope="session")
def deployed_world(deployment: Deployment) -> DeployedWorld:
    """The documents' data in the deployed table, and the API in front of it."""
    world = DeployedWorld(deployment)
    world.load_demo()
    return world


def _warm_up(deployment: Deployment) -> None:
    """Start every function, some at a time: one after another they take twice as long."""
    world = DeployedWorld(deployment)

    def start(endpoint: Endpoint) -> None:
        world.send(endpoint.method, endpoint.path.replace("{", "").replace("}", ""))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(start, load_all()))

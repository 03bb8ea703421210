"""What an outside benchmark loads: `benchmarks/product.py`, by its path."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest

from benchmarks import product
from ops.process import environment
from tests.benchmarks import dataset
from tests.engines.engine import Engine
from tests.support.endpoints import ENDPOINTS
from tests.support.world import World

PRODUCT = Path(__file__).parents[2] / "benchmarks" / "product.py"
LOAD = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("benchmarks_product", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.ENDPOINT, callable(module.seed), callable(module.sign))
"""


def _loaded(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-c", LOAD, str(PRODUCT)]
    return subprocess.run(
        command, cwd=folder, env=without | variables, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_it_is_loaded_by_its_path_from_another_folder(tmp_path: Path) -> None:
    ran = _loaded(tmp_path)

    assert (ran.returncode, ran.stdout) == (0, f"{product.ENDPOINT} True True\n"), ran.stderr


def test_a_package_that_is_on_the_path_comes_before_the_checkout(tmp_path: Path) -> None:
    (tmp_path / "chalicelib").mkdir()
    (tmp_path / "chalicelib" / "__init__.py").write_text("raise SystemExit('the packaged one')\n")

    ran = _loaded(tmp_path, PYTHONPATH=str(tmp_path))

    assert ran.stderr == "the packaged one\n"


def test_the_endpoint_that_a_process_serves_alone_is_order_r() -> None:
    assert ENDPOINTS["show-order"].reference == product.ENDPOINT


@pytest.fixture
def seeded(engine: Engine) -> Iterator[World]:
    """A world whose table the benchmark's data is in."""
    with World(engine) as world:
        settings = world.runtime.settings
        keys = ",".join(f"{key.id}:{key.secret}" for key in settings.signing_keys)
        with environment({"TABLE_NAME": settings.table_name, "SIGNING_KEYS": keys}):
            product.seed(dataset)
            yield world


def _signed(path: str, user: int, world: World) -> str:
    bearer = f"Bearer {jwt.encode({'user_id': user, 'exp': world.runtime.epoch() + 900}, 32 * 'x')}"
    event: dict[str, Any] = {
        "path": path,
        "headers": {"Authorization": bearer},
        "multiValueHeaders": {"Authorization": [bearer]},
    }
    product.sign(event, dataset)
    assert event["multiValueHeaders"]["Authorization"] == [event["headers"]["Authorization"]]
    return str(event["headers"]["Authorization"]).removeprefix("Bearer ")


@pytest.mark.parametrize(
    ("path", "user"),
    [
        ("/orders/order-r/1/", dataset.MEMBER),
        ("/orders/order-l/1/", dataset.FOUNDER),
        ("/api/profile", dataset.CUSTOMER),
        ("/api/products?name=tele", dataset.CUSTOMER),
        ("/api/admin/orders", dataset.PROJECT_ADMINISTRATOR),
    ],
)
def test_what_was_seeded_is_there_for_whoever_is_signed_in(seeded: World, path: str, user: int) -> None:
    answer = seeded.call("GET", path, token=_signed(path, user, seeded))

    assert answer.status == 200, answer.text


def test_what_is_no_token_stays_what_it_is() -> None:
    event: dict[str, Any] = {"path": "/orders/order-r/1/", "headers": {"Authorization": "Bearer x"}}

    product.sign(event, dataset)

    assert event["headers"] == {"Authorization": "Bearer x"}

"""`chalice local`: both documents over HTTP, autoreload, and what it says where something is missing."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.runtime import Runtime
from chalicelib.table import engine
from ops.docs.exchanges import customer_api, orders_api
from ops.docs.exchanges.exchange import Exchange
from ops.process import environment
from tests.documents.difference import difference
from tests.documents.play import body_of, play_customer_exchange, play_orders_exchange
from tests.ops.chalice_local import chalice_local, checkout, database, stage_variables
from tests.ops.local_command import Request, send
from tests.support.http_world import HttpWorld
from tests.support.processes import group_exists

pytestmark = pytest.mark.slow

NOWHERE = "http://127.0.0.1:1"
ADVICE = "Start `.venv/bin/python manage.py database`, and beside it `.venv/bin/chalice local --stage local`."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that can be changed."""
    return tmp_path_factory.mktemp("project")


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[HttpWorld]:
    """The API in `chalice local`, with `manage.py database` behind it."""
    with database() as dynamodb:
        checkout(project, dynamodb.url)
        with (
            chalice_local(project, "--stage", "local") as api,
            environment(stage_variables() | {"AWS_ENDPOINT_URL_DYNAMODB": dynamodb.url}),
        ):
            runtime = Runtime.from_environment()
            engine.connect(runtime.settings)
            yield HttpWorld(api.url, runtime)


@pytest.fixture
def demo(served: HttpWorld) -> HttpWorld:
    """The documents' own data, and nothing else."""
    served.start_over()
    return served


@pytest.mark.parametrize("exchange", orders_api.EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_of_the_orders_api_goes_as_printed(demo: HttpWorld, exchange: Exchange) -> None:
    answer = play_orders_exchange(demo, exchange)

    assert answer.status == exchange.status, answer.text
    assert difference(exchange.response(demo.address), body_of(answer)) is None


@pytest.mark.parametrize("exchange", customer_api.EXCHANGES, ids=lambda exchange: exchange.title)
def test_an_exchange_of_the_customer_api_goes_as_printed(demo: HttpWorld, exchange: Exchange) -> None:
    answer = play_customer_exchange(demo, exchange)

    assert answer.status == exchange.status, answer.text
    assert difference(exchange.response(demo.address), answer.json) is None


def test_a_changed_file_is_served_without_a_restart_by_hand(project: Path, served: HttpWorld) -> None:
    app = project / "app.py"
    assert served.call("GET", "/ping").status == 403

    app.write_text(
        f"{app.read_text(encoding='utf-8')}\napp.route('/ping')(lambda: 'pong')\n", encoding="utf-8"
    )

    assert _answered(served, "/ping") == "pong"


def _answered(served: HttpWorld, path: str) -> str:
    """Ask until there is an answer, while the server starts again."""
    for _ in range(120):
        try:
            answer = served.call("GET", path)
        except OSError:
            answer = None
        if answer and answer.status == 200:
            return answer.text
        time.sleep(0.25)
    raise AssertionError(f"{path} is not served")


def told(project: Path, stage: str) -> str:
    """Send a request that can't be answered, and return the one line that is said about it."""
    with chalice_local(project, "--stage", stage) as api:
        answer = send(Request("GET", f"{api.url}/api/products"))
        printed = api.log.read_text(encoding="utf-8")

    lines = [line for line in printed.splitlines() if line.startswith("chalice local: ")]
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert (len(lines), "Traceback" in printed) == (1, False)
    return lines[0]


def test_a_missing_database_is_said(tmp_path: Path) -> None:
    checkout(tmp_path, NOWHERE)

    assert told(tmp_path, "local").endswith(f'Could not connect to the endpoint URL: "{NOWHERE}/". {ADVICE}')


def test_a_missing_table_is_said(tmp_path: Path, served: HttpWorld) -> None:
    checkout(tmp_path, os.environ["AWS_ENDPOINT_URL_DYNAMODB"], TABLE_NAME="another")

    said = told(tmp_path, "local")

    assert said == f"chalice local: there is no table another in eu-central-1. {ADVICE}"


def test_a_missing_key_is_said(tmp_path: Path) -> None:
    checkout(tmp_path, NOWHERE, SIGNING_KEYS="")

    assert told(tmp_path, "local") == f"chalice local: SIGNING_KEYS is not set. {ADVICE}"


def test_a_missing_region_is_said(tmp_path: Path) -> None:
    checkout(tmp_path, NOWHERE)

    assert told(tmp_path, "dev") == f"chalice local: AWS_DEFAULT_REGION is not set. {ADVICE}"


def test_nothing_is_left_of_it(project: Path) -> None:
    with chalice_local(project, "--stage", "local") as api:
        assert group_exists(api.pid)

    deadline = time.monotonic() + 10
    while group_exists(api.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not group_exists(api.pid)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", api.port))

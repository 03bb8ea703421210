"""Engines start, answer, and leave nothing behind."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from ops.deploy.emulate import launcher
from ops.deploy.emulate.installation import EngineMissing, run_folders
from ops.deploy.emulate.launcher import EngineFailed, Launch, running
from ops.process import environment
from tests.engines.engine import Engine, require
from tests.engines.plugin import CONCURRENT, STARTERS, Engines
from tests.support.processes import group_exists

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=CONCURRENT)
def starter(request: pytest.FixtureRequest, engines: Engines) -> Callable[[], AbstractContextManager[Engine]]:
    """What starts one more engine of a kind that this machine has."""
    engines.get(request.param)
    return STARTERS[request.param]


def create_table(engine: Engine) -> None:
    engine.client().create_table(
        TableName="table",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )


def put_once(engine: Engine, pk: str) -> None:
    put = {"TableName": "table", "Item": {"pk": {"S": pk}}, "ConditionExpression": "attribute_not_exists(pk)"}
    engine.client().transact_write_items(TransactItems=[{"Put": put}])


def is_listening(engine: Engine) -> bool:
    assert engine.endpoint_url
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(engine.endpoint_url.rpartition(":")[2]))) == 0


def own_folders() -> set[Path]:
    """What this process runs in; other xdist workers come and go beside it."""
    return {found for parent in run_folders() for found in parent.glob(f"*.of-{os.getpid()}-*")}


def test_answers_transactions_and_stops(starter: Callable[[], AbstractContextManager[Engine]]) -> None:
    with starter() as engine:
        create_table(engine)
        put_once(engine, "a")
        with pytest.raises(ClientError, match="ConditionalCheckFailed"):
            put_once(engine, "a")
        assert is_listening(engine)

    assert engine.pid
    assert not group_exists(engine.pid)
    assert not is_listening(engine)


def test_two_engines_at_once_do_not_share_tables(
    starter: Callable[[], AbstractContextManager[Engine]],
) -> None:
    with starter() as one, starter() as other:
        create_table(one)

        assert one.client().list_tables()["TableNames"] == ["table"]
        assert other.client().list_tables()["TableNames"] == []


def test_leaves_no_file(starter: Callable[[], AbstractContextManager[Engine]]) -> None:
    before = own_folders()

    with starter():
        assert len(own_folders()) == len(before) + 1

    assert own_folders() == before


@pytest.mark.parametrize(
    "end",
    [
        # A shell starts background jobs with SIGINT ignored, and Python leaves it so.
        "signal.signal(signal.SIGINT, signal.default_int_handler); "
        "os.kill(os.getpid(), signal.SIGINT); time.sleep(60)",
        "sys.exit()",
        pytest.param(
            "os.kill(os.getpid(), signal.SIGKILL)",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of it"),
        ),
    ],
)
@pytest.mark.parametrize("name", CONCURRENT)
def test_ends_with_the_process_that_started_it(name: str, end: str, engines: Engines) -> None:
    engines.get(name)
    program = (
        "import os, signal, sys, time\n"
        "from tests.engines.plugin import STARTERS\n"
        f"context = STARTERS[{name!r}]()\n"
        "print(context.__enter__().pid, flush=True)\n"
        f"{end}\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=60,
        check=False,
    )

    pid = int(ended.stdout)
    deadline = time.monotonic() + 10
    while group_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not group_exists(pid)


def test_takes_another_port_when_its_own_is_gone(
    starter: Callable[[], AbstractContextManager[Engine]], monkeypatch: pytest.MonkeyPatch
) -> None:
    reserved_port = launcher._reserved_port
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))  # bound, not listening, and shared with nobody
        taken = [squatter.getsockname()[1]]

        @contextmanager
        def unlucky_at_first(port: int) -> Iterator[int]:
            with reserved_port(port) as free:
                yield taken.pop() if taken else free

        monkeypatch.setattr(launcher, "_reserved_port", unlucky_at_first)
        with starter() as engine:
            assert engine.client().list_tables()["TableNames"] == []

    assert not taken


def test_says_what_a_failing_engine_printed() -> None:
    def launch(_port: int, files: Path) -> Launch:
        return Launch([sys.executable, "-c", "raise SystemExit('no such luck')"], files, {})

    with pytest.raises(EngineFailed, match="no such luck"), running("failing", launch):
        pass


def missing() -> Engine:
    raise EngineMissing("no java here")


def test_a_missing_engine_skips_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match="no java here"):
        require(missing)


def test_a_missing_engine_fails_the_test_under_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="required under CI=true: no java here"):
        require(missing)


def test_the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGINE_TEST_SET", "before")
    monkeypatch.delenv("ENGINE_TEST_UNSET", raising=False)

    with environment({"ENGINE_TEST_SET": None, "ENGINE_TEST_UNSET": "inside"}):
        assert (os.environ.get("ENGINE_TEST_SET"), os.environ["ENGINE_TEST_UNSET"]) == (None, "inside")

    assert (os.environ["ENGINE_TEST_SET"], os.environ.get("ENGINE_TEST_UNSET")) == ("before", None)


def test_the_environment_leads_a_plain_client_to_the_engine(concurrent_engine: Engine) -> None:
    assert os.environ["AWS_ENDPOINT_URL_DYNAMODB"] == concurrent_engine.endpoint_url
    assert os.environ["AWS_EC2_METADATA_DISABLED"] == "true"


def test_moto_keeps_to_this_process(engines: Engines) -> None:
    moto = engines.get("moto")

    assert (moto.endpoint_url, moto.pid, moto.concurrent) == (None, None, False)
    assert "ResponseMetadata" in moto.client().list_tables()

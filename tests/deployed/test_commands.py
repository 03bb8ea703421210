"""The commands as an operator types them, against the emulator."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

from ops import CommandError
from ops.deploy.emulate import ministack
from ops.deploy.emulate.ministack import CREDENTIALS, REGION
from ops.deploy.package.stages import ROOT
from tests.deployed.stack import Deployment

_PATIENCE = 300


def _manage(deployment: Deployment, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    key, secret = CREDENTIALS
    access = {
        "AWS_ENDPOINT_URL": deployment.emulator.url,
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments, "--stage", "dev", "--region", REGION],
        cwd=ROOT,
        env={**kept, **access, "PYTHONUNBUFFERED": "1"},
        input=said,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )


def test_a_stage_is_put_up_and_taken_down(deployment: Deployment) -> None:
    refused = _manage(deployment, "deploy")
    put_up = _manage(deployment, "deploy", "--yes")
    other = deployment.runtime.settings.table_name
    unknown = _manage(deployment, "deploy", "--yes", "--table", "nowhere")
    moved = _manage(deployment, "deploy", "--yes", "--table", other)
    again = _manage(deployment, "deploy", "--yes")
    kept = _manage(deployment, "destroy", said="yes\n")
    taken_down = _manage(deployment, "destroy", said="orders-and-shop-dev\n")
    gone = _manage(deployment, "destroy", said="orders-and-shop-dev\n")

    assert (refused.returncode, "--yes says so where nobody can be asked" in refused.stderr) == (1, True)
    assert put_up.returncode == 0, put_up.stderr
    assert "orders-and-shop-dev-data: 6 changes" in put_up.stdout
    assert re.search(r"Add +AWS::DynamoDB::Table +Table\n", put_up.stdout)
    assert "CREATE_COMPLETE      CreateOrderFunction" in put_up.stdout
    assert "The API is at https://" in put_up.stdout
    assert (unknown.returncode, "there is no table nowhere in account" in unknown.stderr) == (1, True)
    assert (moved.returncode, f"The API uses the table {other}" in moved.stdout) == (0, True)
    assert f"The API uses the table {other}" in again.stdout
    assert "orders-and-shop-dev: nothing to change" in again.stdout
    assert (kept.returncode, "Nothing was deleted." in kept.stdout) == (1, True)
    assert taken_down.returncode == 0, taken_down.stderr
    tables = deployment.cloud.client("dynamodb").list_tables()["TableNames"]
    assert "orders-and-shop-dev" not in tables
    assert other in tables
    assert (gone.returncode, "dev is not deployed in account" in gone.stderr) == (1, True)


def test_an_emulator_does_not_take_the_place_of_another(deployment: Deployment) -> None:
    port = deployment.emulator.port

    with pytest.raises(CommandError, match=f"port {port} can't be used"), ministack.running(port=port):
        pass


@pytest.fixture
def emulating() -> Iterator[subprocess.Popen[str]]:
    """The `emulate` command, which ends with the test at the latest."""
    command = [sys.executable, "-u", "manage.py", "emulate", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as ran:
        yield ran
        ran.kill()


def test_the_whole_cloud_runs_on_this_machine_for_every_client_until_ctrl_c(
    emulating: subprocess.Popen[str],
) -> None:
    assert emulating.stdout is not None
    said = ""
    for line in emulating.stdout:
        said += line
        if line.startswith("  curl"):
            break

    tried = re.search(r"Bearer (\S+)' (http://\S+)$", said.strip())
    assert tried, said
    request = urllib.request.Request(tried[2], headers={"Authorization": f"Bearer {tried[1]}"})
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
        listed = json.load(answer)
    image = listed[0]["creator"]["image"]
    with urllib.request.urlopen(image, timeout=_PATIENCE) as answer:
        kind = answer.headers["Content-Type"]
    emulating.send_signal(signal.SIGINT)
    code = emulating.wait(_PATIENCE)
    said += emulating.stdout.read()

    assert tried[2].startswith("http://127.0.0.1:")
    assert image.startswith(tried[2].removesuffix("/orders/order-l/1/"))
    assert kind == "image/jpeg"
    assert (code, said.endswith("\nStopped.\n")) == (0, True)

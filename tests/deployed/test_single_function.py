"""The development shortcut: Chalice's own way, one function for every endpoint."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.web.endpoint import Endpoint
from ops.deploy.emulate import ministack
from ops.deploy.package import stages
from ops.deploy.package.build import chalice_package
from ops.deploy.package.data import data_template
from ops.deploy.package.package import text_of
from ops.deploy.package.stages import ROOT, Stage
from ops.deploy.stack.cloudformation import Stacks
from ops.deploy.stack.deploy import delete_stacks
from ops.deploy.stack.upload import template_url, upload, with_archive
from tests.deployed.stack import DeployedWorld, Deployment
from tests.support.endpoints import ENDPOINTS
from tests.support.events import event

_WITHOUT_WHAT_CHALICE_MADE = shutil.ignore_patterns("__pycache__", "deployed", "deployments", "venv")


@pytest.fixture
def stacks(deployment: Deployment) -> Stacks:
    return Stacks(deployment.cloud, pause=0.1)


@pytest.fixture
def stage(stacks: Stacks) -> Iterator[Stage]:
    """The development stage, with its table and its keys, and nothing else."""
    stage = stages.load("dev")
    data = stacks.prepare(stage.data_stack_name, {"TemplateBody": text_of(data_template(stage))}, {}, {})
    assert data is not None
    stacks.execute(data)
    yield stage
    delete_stacks(stage, stacks)


def test_what_chalice_packages_for_one_function_serves_every_endpoint(
    deployment: Deployment, stacks: Stacks, stage: Stage
) -> None:
    bucket = stacks.outputs(stage.data_stack_name)["ArchivesBucket"]
    build = chalice_package(stage.name, single=True)
    key = upload(deployment.cloud, bucket, "archives", build.archive, ".zip")
    url = template_url(deployment.cloud, bucket, with_archive(build.template, bucket, key))
    api = stacks.prepare(stage.stack_name, {"TemplateURL": url}, {}, {})
    assert api is not None

    stacks.execute(api)

    api_id = stacks.outputs(stage.stack_name)["RestAPIId"]
    address = f"{deployment.emulator.url}/_aws/execute-api/{api_id}/{stage.api_stage}"
    world = DeployedWorld(Deployment(deployment.package, deployment.emulator, address, deployment.runtime))
    products = world.call("GET", "/api/products/")
    orders = world.call("GET", "/orders/order-l/1/", token=world.token(5))
    assert (products.status, products.json["count"]) == (200, 0)
    assert orders.status == 401  # a token of another stage
    assert len([change for change in api.changes if "AWS::Lambda::Function" in change]) == 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout to run Chalice's command line in."""
    for name in ("app.py", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("chalicelib", ".chalice"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=_WITHOUT_WHAT_CHALICE_MADE)
    # Without a size, the emulator's answer to UpdateRestApi has one that is empty, which botocore can't read.
    config = tmp_path / ".chalice" / "config.json"
    sized = json.loads(config.read_text(encoding="utf-8")) | {"minimum_compression_size": 1024}
    config.write_text(json.dumps(sized), encoding="utf-8")
    return tmp_path


def _chalice(project: Path, command: str, deployment: Deployment) -> str:
    key, secret = ministack.CREDENTIALS
    account = {
        "AWS_ENDPOINT_URL": deployment.emulator.url,
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_DEFAULT_REGION": ministack.REGION,
    }
    ran = subprocess.run(
        [sys.executable, "-c", "from chalice.cli import main; main()", command, "--stage", "dev"],
        cwd=project,
        env=os.environ | account,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_what_chalice_deploy_puts_up_works_with_its_role(
    deployment: Deployment, stage: Stage, project: Path
) -> None:
    functions: Any = deployment.cloud.client("lambda")

    def ask(endpoint: Endpoint, path: str, body: dict[str, str] | None = None) -> tuple[int, Any]:
        # The emulator makes an API without methods of what Chalice imports: its event goes to the function.
        sent = event(
            endpoint,
            path,
            headers={"Host": "api.example.com", "Content-Type": "application/json"},
            body=None if body is None else json.dumps(body),
        )
        answer = functions.invoke(FunctionName=stage.stack_name, Payload=json.dumps(sent).encode())
        answered = json.loads(answer["Payload"].read())
        return answered["statusCode"], json.loads(answered["body"])

    said = _chalice(project, "deploy", deployment)

    person = {"username": "anakin", "email": "anakin@example.com", "password": "onlydarkside"}
    assert "Rest API URL" in said
    status, products = ask(ENDPOINTS["list-products"], "/api/products")
    assert (status, products["count"]) == (200, 0)
    assert ask(ENDPOINTS["register-customer"], "/api/register", person)[0] == 201
    assert ask(ENDPOINTS["log-in-customer"], "/api/login", person)[0] == 200
    assert ask(ENDPOINTS["list-bucket"], "/api/bucket")[0] == 403

    _chalice(project, "delete", deployment)

    assert stage.stack_name not in {made["FunctionName"] for made in functions.list_functions()["Functions"]}
